/* From SQL types to C types. */
#include "codegen/plan.h"

#include <stdint.h>
#include <string.h>

static const char text_hint[] = "Cast it to text in the query, or set an override for the type with c_type "
                                "\"const char *\", which gives its text.";

static uint64_t type_id(const IrType *type)
{
    return (uint64_t)(uintptr_t)type;
}

static CType *make(Plan *plan, const IrType *type, CKind kind)
{
    CType *c = arena_new_of(plan->arena, CType);
    const CKindInfo *info = &ckind_info[kind];
    c->type = type;
    c->kind = kind;
    c->name = info->c_type;
    c->array_name = info->array_type;
    c->flags = info->flags;
    return c;
}

/* Gives the type a descriptor of its own, called type_NAME. */
static void generate_descriptor(Plan *plan, CType *c, const char *suffix)
{
    const IrType *type = c->kind == CKIND_ARRAY && c->type->element != NULL ? c->type->element : c->type;
    bool plain = strcmp(type->schema, plan->default_schema) == 0 || strcmp(type->schema, "pg_catalog") == 0;
    const char *qualified = plain ? type->name : arena_printf(plan->arena, "%s_%s", type->schema, type->name);
    if (type->anonymous != NULL)
        qualified = type->anonymous;
    const char *base = arena_printf(plan->arena, "type_%s%s", name_snake(plan->arena, qualified), suffix);
    c->is_generated = true;
    c->descriptor = globals_take(&plan->globals, globals_name(&plan->globals, base),
                                 arena_printf(plan->arena, "the descriptor of type %s", c->type->key));
}

static CType *unsupported(Plan *plan, const IrType *type, const char *hint)
{
    CType *c = arena_new_of(plan->arena, CType);
    c->type = type;
    c->problem = arena_printf(plan->arena, "type %s is not supported", type->display);
    c->hint = hint;
    return c;
}

/* ---- By kind of type ----------------------------------------------------------------------------------------- */

/* The unprefixed C name of a type of the schema. */
static const char *type_base_name(Plan *plan, const IrType *type)
{
    if (type->anonymous != NULL)
        return name_snake(plan->arena, type->anonymous);
    const char *renamed = plan_rename(plan, type->name);
    if (renamed != NULL)
        return renamed;
    if (strcmp(type->schema, plan->default_schema) == 0)
        return name_snake(plan->arena, type->name);
    return name_snake(plan->arena, arena_printf(plan->arena, "%s_%s", type->schema, type->name));
}

/* Claims the C name of a generated type and of arrays of it. */
static void generate_name(Plan *plan, CType *c, const char *base, const char *tag)
{
    Arena *arena = plan->arena;
    const char *owner = arena_printf(arena, "type %s", c->type->key);
    c->name = globals_take(&plan->globals, globals_name(&plan->globals, base), owner);
    c->tag = tag;
    c->array_name = globals_take(&plan->globals, name_derive(arena, c->name, "array"), owner);
}

static CType *resolve_enum(Plan *plan, const IrType *type)
{
    Arena *arena = plan->arena;
    CType *c = make(plan, type, CKIND_ENUM);
    generate_name(plan, c, type_base_name(plan, type), "enum");
    const char *owner = arena_printf(arena, "a label of type %s", type->key);
    const char *stem = name_upper(arena, c->name);
    c->unknown = globals_take(&plan->globals, name_derive(arena, stem, "UNKNOWN_LABEL"), owner);
    const char **enumerators = arena_array_of(arena, type->nlabels, const char *);
    for (size_t i = 0; i < type->nlabels; i++) {
        const char *label = name_upper(arena, name_snake(arena, type->labels[i]));
        enumerators[i] =
            globals_take(&plan->globals, name_derive(arena, stem, *label == '\0' ? "EMPTY" : label), owner);
    }
    c->enumerators = enumerators;
    c->label_function = globals_take(&plan->globals, name_derive(arena, c->name, "label"), owner);
    c->from_label_function = globals_take(&plan->globals, name_derive(arena, c->name, "from_label"), owner);
    generate_descriptor(plan, c, "");
    vec_push(arena, &plan->enums, c);
    return c;
}

static CType *resolve_composite(Plan *plan, const IrType *type)
{
    Arena *arena = plan->arena;
    StructDef *def = arena_new_of(arena, StructDef);
    const char **names = arena_array_of(arena, type->nfields, const char *);
    def->fields = arena_array_of(arena, type->nfields, Field);
    def->nfields = type->nfields;
    unsigned flags = 0;
    for (size_t i = 0; i < type->nfields; i++) {
        const IrField *field = &type->fields[i];
        CType *part = ctype_resolve(plan, field->type, (TypeUse){.nullable = field->nullable});
        if (part->problem == NULL && (part->flags & (CTYPE_TEXT_ONLY | CTYPE_NO_FIELD)) != 0)
            part = unsupported(plan, field->type, NULL);
        if (part->problem != NULL) {
            CType *bad = unsupported(plan, type, text_hint);
            bad->problem = arena_printf(arena, "type %s is not supported: %s of its attribute \"%s\"",
                                        type->display, part->problem, field->name);
            return bad;
        }
        flags |= part->flags & CTYPE_SENT_AS_TEXT;
        names[i] = field->name;
        def->fields[i] = (Field){.type = part, .nullable = field->nullable, .comment = field->comment};
    }
    if (type->nfields == 0)
        return unsupported(plan, type, text_hint);
    plan_members(plan, def, names);
    CType *c = make(plan, type, CKIND_COMPOSITE);
    c->flags |= flags;
    generate_name(plan, c, type_base_name(plan, type), "struct");
    def->name = c->name;
    def->comment = type->comment;
    c->fields = def;
    if (plan->options->emit_json)
        c->json_function = globals_take(&plan->globals, name_derive(arena, c->name, "to_json"), "a function");
    generate_descriptor(plan, c, "");
    vec_push(arena, &plan->structs, c);
    return c;
}

/* As the base type in C; the descriptor names the domain, whose OID parameters have. */
static CType *resolve_domain(Plan *plan, const IrType *type)
{
    CType *base = ctype_resolve(plan, type->base, (TypeUse){.nullable = true});
    if (base->problem != NULL)
        return base;
    CType *c = arena_memdup(plan->arena, base, sizeof *base);
    c->type = type;
    c->kind = CKIND_DOMAIN;
    c->element = base;
    c->is_used = false;
    generate_descriptor(plan, c, "");
    return c;
}

/* The type whose generated array struct the arrays of c have. */
static CType *array_item(CType *c)
{
    while (c->kind == CKIND_DOMAIN)
        c = c->element;
    return c;
}

static CType *resolve_array(Plan *plan, const IrType *type, CType *element)
{
    if (element->problem != NULL)
        return element;
    if (element->array_name == NULL || (element->flags & CTYPE_NO_FIELD) != 0 ||
        ((element->flags & CTYPE_TEXT_ONLY) != 0 && type->delimiter != '\0' && type->delimiter != ','))
        return unsupported(plan, type, text_hint);
    CType *c = make(plan, type, CKIND_ARRAY);
    c->name = element->array_name;
    c->element = element;
    c->flags |= element->flags & (CTYPE_BINARY_ONLY | CTYPE_TEXT_ONLY | CTYPE_SENT_AS_TEXT);
    CType *item = array_item(element);
    if (item->tag != NULL || item->kind == CKIND_CUSTOM) {
        item->array_is_used = true;
        c->tag = "struct";
    }
    if (!element->is_generated)
        c->descriptor = arena_printf(plan->arena, "%s_array", element->descriptor);
    else
        generate_descriptor(plan, c, "_array");
    return c;
}

CType *ctype_array_of(Plan *plan, const IrType *type, CType *element)
{
    CType *usual = ctype_resolve(plan, type, (TypeUse){0});
    if (usual->problem == NULL && usual->element == element)
        return usual;
    uint64_t id = (uint64_t)(uintptr_t)element;
    CType *made = intmap_get(&plan->item_arrays, id);
    if (made == NULL) {
        made = resolve_array(plan, ir_type_base(type), element);
        intmap_put(plan->arena, &plan->item_arrays, id, made);
    }
    return made;
}

/* A range of the user's, or a multirange of one: a struct around what the element is. */
static CType *resolve_range(Plan *plan, const IrType *type, const IrType *of, CKind kind)
{
    CType *element = ctype_resolve(plan, of, (TypeUse){0});
    if (element->problem != NULL)
        return element;
    if ((element->flags & (CTYPE_TEXT_ONLY | CTYPE_SENT_AS_TEXT | CTYPE_NO_FIELD)) != 0 ||
        (kind == CKIND_MULTIRANGE && element->kind != CKIND_RANGE))
        return unsupported(plan, type, text_hint);
    if (plan->options->emit_json && plan_json_is_opaque(element)) {
        CType *bad = unsupported(plan, type, text_hint);
        bad->problem = arena_printf(plan->arena,
                                    "type %s can't be written as JSON: its bounds have functions of the program's",
                                    type->display);
        return bad;
    }
    CType *c = make(plan, type, kind);
    c->element = element;
    c->flags |= element->flags & CTYPE_POINTS;
    generate_name(plan, c, type_base_name(plan, type), "struct");
    generate_descriptor(plan, c, "");
    vec_push(plan->arena, &plan->structs, c);
    return c;
}

/* All that is known of a type of somebody else's is that it has a text form. */
static CType *resolve_unknown(Plan *plan, const IrType *type)
{
    CType *c = make(plan, type, CKIND_TEXT_FORM);
    generate_descriptor(plan, c, "");
    return c;
}

static CType *resolve_entry(Plan *plan, const IrType *type, const CTypeEntry *entry)
{
    CType *c = make(plan, type, entry->kind);
    if (entry->c_type != NULL)
        c->name = entry->c_type;
    if (entry->array_type != NULL)
        c->array_name = entry->array_type;
    c->flags |= entry->flags;
    c->descriptor = entry->descriptor;
    if (c->descriptor == NULL)
        generate_descriptor(plan, c, "");
    return c;
}

/* The pseudo-types that a result can have. */
static const char *record_hint(const IrType *type)
{
    if (strcmp(type->name, "record") == 0 || strcmp(type->name, "_record") == 0)
        return "Its fields are not to be seen here. Select them as columns of their own, or create a composite "
               "type and "
               "cast to it: ROW(…)::name.";
    return "Cast it to a type whose shape is known.";
}

static CType *resolve_new(Plan *plan, const IrType *type)
{
    const CTypeEntry *entry = ctype_table_find(type->schema, type->extension, type->name);
    if (entry != NULL)
        return resolve_entry(plan, type, entry);
    switch (type->kind) {
    case IR_ENUM:
        return resolve_enum(plan, type);
    case IR_DOMAIN:
        return resolve_domain(plan, type);
    case IR_COMPOSITE:
        return resolve_composite(plan, type);
    case IR_ARRAY:
        return resolve_array(plan, type, ctype_resolve(plan, type->element, (TypeUse){0}));
    case IR_PSEUDO:
        return unsupported(plan, type, record_hint(type));
    case IR_BASE:
        return resolve_unknown(plan, type);
    case IR_RANGE:
        return resolve_range(plan, type, type->subtype, CKIND_RANGE);
    case IR_MULTIRANGE:
        return resolve_range(plan, type, type->range, CKIND_MULTIRANGE);
    }
    return unsupported(plan, type, text_hint);
}

/* ---- Overrides ----------------------------------------------------------------------------------------------- */

static CType *resolve_as(Plan *plan, IntMap *map, const IrType *type, CKind kind, const char *suffix)
{
    CType *c = intmap_get(map, type_id(type));
    if (c != NULL)
        return c;
    if (kind == CKIND_BYTES && !type->has_send) {
        c = arena_new_of(plan->arena, CType);
        c->type = type;
        c->problem = arena_printf(plan->arena, "type %s has no binary form", type->display);
    } else {
        c = make(plan, type, kind);
        if (kind == CKIND_BYTES)
            c->flags |= CTYPE_BINARY_ONLY;
        generate_descriptor(plan, c, suffix);
    }
    intmap_put(plan->arena, map, type_id(type), c);
    return c;
}

CType *ctype_as_text(Plan *plan, const IrType *type)
{
    return resolve_as(plan, &plan->text_types, type, CKIND_TEXT_FORM, "_text");
}

/* A type with functions of the user's. */
static CType *resolve_custom(Plan *plan, const IrType *type, const CodegenOverride *override)
{
    Arena *arena = plan->arena;
    const char *key = arena_printf(arena, "%zu %s", (size_t)(override - plan->options->overrides), type->key);
    CType *c = strmap_get(&plan->custom_types, key);
    if (c != NULL)
        return c;
    c = make(plan, type, CKIND_CUSTOM);
    c->name = override->c_type;
    c->codec = override;
    if (!type->has_send || !type->has_receive)
        c->problem = arena_printf(arena, "type %s has no binary form", type->display);
    const char *array = name_derive(arena, name_snake(arena, type->name), "array");
    c->array_name = globals_take(&plan->globals, globals_name(&plan->globals, array),
                                 arena_printf(arena, "arrays of type %s", type->key));
    generate_descriptor(plan, c, "_custom");
    strmap_put(arena, &plan->custom_types, key, c);
    vec_push(arena, &plan->structs, c);
    return c;
}

CType *ctype_resolve(Plan *plan, const IrType *type, TypeUse use)
{
    const CodegenOverride *override = override_find(plan, type, use);
    if (override != NULL && override->decode != NULL)
        return resolve_custom(plan, type, override);
    if (override != NULL && strcmp(override->c_type, "querc_bytes") == 0)
        return resolve_as(plan, &plan->bytes_types, type, CKIND_BYTES, "_bytes");
    if (override != NULL)
        return ctype_as_text(plan, type);
    CType *c = intmap_get(&plan->types, type_id(type));
    if (c == NULL) {
        c = resolve_new(plan, type);
        intmap_put(plan->arena, &plan->types, type_id(type), c);
    }
    return c;
}

/* ---- Use ----------------------------------------------------------------------------------------------------- */

void ctype_use(Plan *plan, CType *c)
{
    if (c->is_used)
        return;
    c->is_used = true;
    if (c->is_generated)
        vec_push(plan->arena, &plan->used_types, c);
    if (c->element != NULL)
        ctype_use(plan, c->element);
    if (c->fields != NULL)
        for (size_t i = 0; i < c->fields->nfields; i++)
            ctype_use(plan, c->fields->fields[i].type);
}

const char *ctype_declare(Arena *arena, const char *type, const char *name)
{
    bool pointer = type[strlen(type) - 1] == '*';
    return arena_printf(arena, "%s%s%s", type, pointer ? "" : " ", name);
}
