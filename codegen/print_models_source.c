/* models.c: labels, descriptors and functions of what the query files share. */
#include "codegen/print.h"

#include "codegen/writer.h"

#include <stdlib.h>
#include <string.h>

/* OIDs from here on are given out by initdb and by users, and differ between servers (FirstGenbkiObjectId). */
enum { FIRST_UNSTABLE_OID = 10000 };

/* ---- Types --------------------------------------------------------------------------------------------------- */

typedef struct LabelOrder {
    const char *label;
    size_t number;
} LabelOrder;

static int compare_labels(const void *a, const void *b)
{
    return strcmp(((const LabelOrder *)a)->label, ((const LabelOrder *)b)->label);
}

/* The order for binary search. */
static void print_label_order(StrBuf *out, const Plan *plan, const CType *c)
{
    size_t n = c->type->nlabels;
    LabelOrder *order = arena_array_of(plan->arena, n, LabelOrder);
    const char **numbers = arena_array_of(plan->arena, n, const char *);
    for (size_t i = 0; i < n; i++)
        order[i] = (LabelOrder){c->type->labels[i], i};
    qsort(order, n, sizeof *order, compare_labels);
    for (size_t i = 0; i < n; i++)
        numbers[i] = arena_printf(plan->arena, "%zu", order[i].number);
    write_list(out, arena_printf(plan->arena, "static const uint16_t %s_sorted[] = {", c->name), numbers, n,
               "};\n");
}

static void print_label_table(StrBuf *out, const Plan *plan, const CType *c)
{
    strbuf_printf(out, "\nstatic const char *const %s_texts[] = {\n", c->name);
    for (size_t i = 0; i < c->type->nlabels; i++) {
        strbuf_add(out, "    ");
        write_string(out, "    ", c->type->labels[i]);
        strbuf_add(out, ",\n");
    }
    strbuf_add(out, "};\n");
    print_label_order(out, plan, c);
    strbuf_printf(out, "static const querc_enum %s_labels = {%s_texts, %s_sorted, %zu};\n", c->name, c->name,
                  c->name, c->type->nlabels);
}

static void print_labels(StrBuf *out, const Plan *plan, const CType *c)
{
    if (c->type->nlabels > 0)
        print_label_table(out, plan, c);
    else
        strbuf_printf(out, "\nstatic const querc_enum %s_labels = {NULL, NULL, 0};\n", c->name);
    WRITE(out,
          "\n"
          "const char *${label}(${name} value)\n"
          "{\n"
          "    return querc_enum_label(&${name}_labels, (int)value);\n"
          "}\n"
          "\n"
          "${name} ${from_label}(const char *label)\n"
          "{\n"
          "    return (${name})querc_enum_value(&${name}_labels, label);\n"
          "}\n",
          {"name", c->name}, {"label", c->label_function}, {"from_label", c->from_label_function});
}

/* The descriptors of a composite's attributes, as of a row's columns. */
static void print_composite(StrBuf *out, const Plan *plan, const CType *c)
{
    const StructDef *def = c->fields;
    strbuf_printf(out, "\nstatic const querc_column %s_attributes[] = {\n", c->name);
    for (size_t i = 0; i < def->nfields; i++) {
        const Field *field = &def->fields[i];
        ColumnPlan column = {.name = c->type->fields[i].name,
                             .type = field->type,
                             .path = field->name,
                             .flag = field->flag,
                             .null_is_zero = field->nullable};
        print_column(out, plan, c->name, &column);
    }
    strbuf_add(out, "};\n");
    bool has_keys = print_json_keys(out, c);
    WRITE(out,
          "static const querc_composite ${name}_shape = {${name}_attributes, sizeof(${name}), ${n}, ${keys}};\n",
          {"name", c->name}, {"n", arena_printf(plan->arena, "%zu", def->nfields)},
          {"keys", has_keys ? arena_printf(plan->arena, "%s_keys", c->name) : "NULL"});
}

static const char *json_codec(const Plan *plan, const CType *c)
{
    return arena_printf(plan->arena,
                        "static json_t *%s_json(const void *value)\n"
                        "{\n"
                        "    return %s((const %s *)value);\n"
                        "}\n"
                        "\n",
                        c->descriptor, c->codec->json, c->name);
}

/* The user's functions, as the runtime calls them. */
static void print_codec(StrBuf *out, const Plan *plan, const CType *c)
{
    bool json = plan->options->emit_json;
    WRITE(out,
          "\n"
          "static bool ${type}_decode(querc_decoder *decoder, const void *data, size_t len, void *value)\n"
          "{\n"
          "    return ${decode}(decoder, data, len, (${c_type} *)value);\n"
          "}\n"
          "\n"
          "static bool ${type}_encode(querc_encoder *encoder, const void *value)\n"
          "{\n"
          "    return ${encode}(encoder, (const ${c_type} *)value);\n"
          "}\n"
          "\n"
          "${json}"
          "static const querc_codec ${type}_codec = {${type}_decode, ${type}_encode, ${json_name}};\n",
          {"type", c->descriptor}, {"decode", c->codec->decode}, {"encode", c->codec->encode}, {"c_type", c->name},
          {"json", json ? json_codec(plan, c) : ""},
          {"json_name", json ? arena_printf(plan->arena, "%s_json", c->descriptor) : "NULL"});
}

static void print_type(StrBuf *out, const Plan *plan, const CType *c)
{
    const IrType *type = c->type;
    uint32_t oid = type->oid < FIRST_UNSTABLE_OID ? type->oid : 0;
    bool is_array = c->kind == CKIND_ARRAY && type->element != NULL;
    const char *name = is_array ? arena_printf(plan->arena, "%s[]", type->element->name) : type->name;
    strbuf_printf(out, "\nconst querc_type %s = {\n    .kind = %s,\n    .oid = %u,\n    .schema = ", c->descriptor,
                  ckind_info[c->kind].enumerator, oid);
    write_string(out, "", is_array ? type->element->schema : type->schema);
    strbuf_add(out, ",\n    .name = ");
    write_string(out, "", name);
    strbuf_add(out, ",\n");
    if (c->element != NULL)
        strbuf_printf(out, "    .element = &%s,\n", c->element->descriptor);
    if (c->kind == CKIND_ENUM)
        strbuf_printf(out, "    .labels = &%s_labels,\n", c->name);
    if (c->kind == CKIND_COMPOSITE)
        strbuf_printf(out, "    .composite = &%s_shape,\n", c->name);
    if (c->kind == CKIND_RANGE || c->kind == CKIND_CUSTOM)
        strbuf_printf(out, "    .size = sizeof(%s),\n", c->name);
    if (c->kind == CKIND_CUSTOM)
        strbuf_printf(out, "    .codec = &%s_codec,\n", c->descriptor);
    strbuf_add(out, "};\n");
}

static void print_type_definitions(StrBuf *out, const Plan *plan)
{
    CType **types = print_sorted_types(plan);
    for (size_t i = 0; i < plan->enums.len; i++)
        if (print_is_shown(plan, plan->enums.items[i]->is_used))
            print_labels(out, plan, plan->enums.items[i]);
    for (size_t i = 0; i < plan->structs.len; i++) {
        const CType *c = plan->structs.items[i];
        if (c->is_used && c->kind == CKIND_COMPOSITE)
            print_composite(out, plan, c);
        else if (c->is_used && c->kind == CKIND_CUSTOM)
            print_codec(out, plan, c);
    }
    for (size_t i = 0; i < plan->used_types.len; i++)
        print_type(out, plan, types[i]);
}

/* ---- The schema ---------------------------------------------------------------------------------------------- */

static int compare_constraints(const void *a, const void *b)
{
    const IrConstraint *x = (*(const ConstraintPlan *const *)a)->constraint;
    const IrConstraint *y = (*(const ConstraintPlan *const *)b)->constraint;
    int order = strcmp(x->schema, y->schema);
    if (order == 0)
        order = strcmp(x->table, y->table);
    return order != 0 ? order : strcmp(x->name, y->name);
}

/* Those of NOT NULL, or all others. */
static size_t print_constraint_table(StrBuf *out, const Plan *plan, const char *table, bool not_null)
{
    size_t n = 0;
    const ConstraintPlan **sorted = arena_array_of(plan->arena, plan->constraints.len, const ConstraintPlan *);
    for (size_t i = 0; i < plan->constraints.len; i++)
        if ((plan->constraints.items[i].constraint->type == IR_NOT_NULL) == not_null)
            sorted[n++] = &plan->constraints.items[i];
    if (n == 0)
        return 0;
    qsort(sorted, n, sizeof *sorted, compare_constraints);
    strbuf_printf(out, "\nstatic const querc_constraint %s[] = {\n", table);
    for (size_t i = 0; i < n; i++) {
        const IrConstraint *constraint = sorted[i]->constraint;
        strbuf_add(out, "    {");
        write_string(out, "", constraint->schema);
        strbuf_add(out, ", ");
        write_string(out, "", constraint->table);
        strbuf_add(out, ", ");
        write_string(out, "", constraint->name);
        strbuf_printf(out, ", %s},\n", sorted[i]->name);
    }
    strbuf_add(out, "};\n");
    return n;
}

/* What has to be looked up by name: not arrays, which are found through their elements. */
static bool is_looked_up(const CType *c)
{
    return c->kind != CKIND_ARRAY && (c->type->oid == 0 || c->type->oid >= FIRST_UNSTABLE_OID);
}

static size_t print_type_table(StrBuf *out, const Plan *plan)
{
    CType **types = print_sorted_types(plan);
    size_t n = 0;
    for (size_t i = 0; i < plan->used_types.len; i++) {
        if (!is_looked_up(types[i]))
            continue;
        if (n++ == 0)
            strbuf_add(out, "\nstatic const querc_type *const types[] = {\n");
        strbuf_printf(out, "    &%s,\n", types[i]->descriptor);
    }
    if (n > 0)
        strbuf_add(out, "};\n");
    return n;
}

static void print_schema(StrBuf *out, const Plan *plan)
{
    size_t nconstraints = print_constraint_table(out, plan, "constraints", false);
    size_t nnot_nulls = print_constraint_table(out, plan, "not_nulls", true);
    size_t ntypes = print_type_table(out, plan);
    strbuf_printf(out, "\nconst querc_schema %s = {\n", plan->schema_constant);
    if (nconstraints > 0)
        strbuf_printf(out, "    .constraints = constraints,\n    .constraint_count = %zu,\n", nconstraints);
    else
        strbuf_add(out, "    .constraints = NULL,\n");
    if (nnot_nulls > 0)
        strbuf_printf(out, "    .not_nulls = not_nulls,\n    .not_null_count = %zu,\n", nnot_nulls);
    if (ntypes > 0)
        strbuf_printf(out, "    .types = types,\n    .type_count = %zu,\n", ntypes);
    strbuf_add(out, "};\n");
}

/* ---- Rows ---------------------------------------------------------------------------------------------------- */

static void define_columns(StrBuf *out, const Plan *plan, const StructDef *def)
{
    if (def->shared_columns == NULL)
        return;
    strbuf_printf(out, "\nconst querc_column %s", def->shared_columns);
    print_columns(out, plan, def->columns_from);
}

void print_models_source(StrBuf *out, const Plan *plan)
{
    strbuf_printf(out, "/* What the query files share. Generated by querc: do not edit. */\n#include \"%s.h\"\n",
                  plan->options->models_name);
    print_type_definitions(out, plan);
    print_schema(out, plan);
    print_each_row_struct(out, plan, define_columns);
    print_json_types_source(out, plan);
    print_each_row_struct(out, plan, print_json_struct_source);
}
