/* Names that PostgreSQL chooses (makeObjectName, ChooseRelationName, ChooseConstraintName, ChooseIndexName), and
 * the schemas that new objects go to (namespace.c). */
#include "ddl/ddl_private.h"

/* The length of text cut to at most limit bytes without splitting a character (pg_mbcliplen for UTF-8). */
static size_t clip(const char *text, size_t len, size_t limit)
{
    if (len <= limit)
        return len;
    while (limit > 0 && ((unsigned char)text[limit] & 0xC0) == 0x80)
        limit--;
    return limit;
}

const char *name_make(Arena *arena, const char *name1, const char *name2, const char *label)
{
    size_t len1 = strlen(name1), len2 = name2 ? strlen(name2) : 0, overhead = 0;
    if (name2)
        overhead++;
    if (label)
        overhead += strlen(label) + 1;
    size_t available = NAME_MAX_LENGTH > overhead ? NAME_MAX_LENGTH - overhead : 0;
    while (len1 + len2 > available) {
        if (len1 > len2)
            len1--;
        else
            len2--;
    }
    len1 = clip(name1, strlen(name1), len1);
    len2 = name2 ? clip(name2, strlen(name2), len2) : 0;
    return arena_printf(arena, "%.*s%s%.*s%s%s", (int)len1, name1, name2 ? "_" : "", (int)len2, name2 ? name2 : "",
                        label ? "_" : "", label ? label : "");
}

/* ---- constraint names ----
 *
 * PostgreSQL looks in pg_constraint for a name among the constraints of a schema. Here the session remembers, for
 * every name, all that ever had a constraint of it; whether one still has is looked up when the name is about to be
 * chosen, so that nothing has to be taken back with a transaction. */

typedef VEC(ObjectAddress) Owners;

void name_register_constraint(Ddl *ddl, const char *name, ObjectAddress owner)
{
    Owners *owners = strmap_get(&ddl->session->constraint_names, name);
    if (!owners) {
        owners = arena_new_of(ddl->arena, Owners);
        strmap_put(ddl->arena, &ddl->session->constraint_names, name, owners);
    }
    vec_push(ddl->arena, owners, owner);
}

AddressList name_constraint_owners(const Ddl *ddl, const char *name)
{
    const Owners *owners = strmap_get(&ddl->session->constraint_names, name);
    return owners ? (AddressList){owners->items, owners->len} : (AddressList){0};
}

static bool owner_has_constraint(const Ddl *ddl, ObjectAddress owner, Oid schema, const char *name)
{
    if (owner.class == CLASS_TYPE) {
        const Type *type = catalog_type(ddl->catalog, owner.oid);
        if (!type || type->schema != schema)
            return false;
        for (size_t i = 0; i < type->nchecks; i++) {
            if (strcmp(type->checks[i].name, name) == 0)
                return true;
        }
        return false;
    }
    const Relation *relation = catalog_relation(ddl->catalog, owner.oid);
    return relation && relation->schema == schema && relation_constraint(relation, name);
}

/* ConstraintNameExists */
static bool constraint_exists_in(const Ddl *ddl, Oid schema, const char *name)
{
    const Owners *owners = strmap_get(&ddl->session->constraint_names, name);
    for (size_t i = 0; owners && i < owners->len; i++) {
        if (owner_has_constraint(ddl, owners->items[i], schema, name))
            return true;
    }
    return false;
}

static bool names_contain(const Names *names, const char *name)
{
    for (size_t i = 0; names && i < names->len; i++) {
        if (strcmp(names->items[i], name) == 0)
            return true;
    }
    return false;
}

/* The label of the nth attempt: "key", "key1" … */
static const char *numbered_label(Ddl *ddl, const char *label, unsigned n)
{
    return n ? arena_printf(ddl->scratch, "%s%u", label, n) : label;
}

const char *name_choose_relation(Ddl *ddl, const char *name1, const char *name2, const char *label, Oid schema,
                                 bool is_constraint)
{
    for (unsigned n = 0;; n++) {
        const char *name = name_make(ddl->arena, name1, name2, numbered_label(ddl, label, n));
        if (!catalog_find_relation_in(ddl->catalog, schema, name) &&
            !(is_constraint && constraint_exists_in(ddl, schema, name)))
            return name;
    }
}

const char *name_choose_constraint(Ddl *ddl, const char *name1, const char *name2, const char *label, Oid schema,
                                   const Names *others)
{
    for (unsigned n = 0;; n++) {
        const char *name = name_make(ddl->arena, name1, name2, numbered_label(ddl, label, n));
        if (!names_contain(others, name) && !constraint_exists_in(ddl, schema, name))
            return name;
    }
}

const char *name_columns(Arena *arena, const char *const *names, size_t n)
{
    char *text = arena_alloc(arena, (NAME_MAX_LENGTH + 1) * 2 + 2);
    size_t len = 0;
    for (size_t i = 0; i < n && len < NAME_MAX_LENGTH + 1; i++) {
        if (len)
            text[len++] = '_';
        size_t add = clip(names[i], strlen(names[i]), NAME_MAX_LENGTH);
        memcpy(text + len, names[i], add);
        len += add;
    }
    return text;
}

const char *name_choose_array_type(Ddl *ddl, const char *name, Oid schema)
{
    const char *candidate = name;
    do {
        size_t len = clip(candidate, strlen(candidate), NAME_MAX_LENGTH - 1);
        candidate = arena_printf(ddl->arena, "_%.*s", (int)len, candidate);
    } while (catalog_find_type_in(ddl->catalog, schema, candidate));
    return candidate;
}

/* ---- claiming names ---- */

bool name_claim_type(Ddl *ddl, Oid schema, const char *name, const char *hint)
{
    const Type *old = catalog_find_type_in(ddl->catalog, schema, name);
    if (!old)
        return true;
    const Type *element = old->element ? catalog_type(ddl->catalog, old->element) : NULL;
    if (element && element->array == old->oid) {
        Type *moved = catalog_edit_type(ddl->catalog, old->oid);
        moved->name = name_choose_array_type(ddl, name, schema);
        catalog_put_type(ddl->catalog, moved);
        return true;
    }
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "type \"%s\" already exists", name);
    if (hint)
        ddl_hint(ddl, diag, "%s", hint);
    if (old->span.file)
        diag_note(ddl->diags, diag, old->span, "type \"%s\" is created here", name);
    return false;
}

bool name_claim_relation(Ddl *ddl, Oid schema, const char *name)
{
    const Relation *old = catalog_find_relation_in(ddl->catalog, schema, name);
    if (!old)
        return true;
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_DUPLICATE_TABLE, "relation \"%s\" already exists", name);
    if (old->span.file)
        diag_note(ddl->diags, diag, old->span, "relation \"%s\" is created here", name);
    return false;
}

/* ---- schemas ---- */

Oid name_schema(Ddl *ddl, const char *name, bool missing_ok)
{
    if (strcmp(name, "pg_temp") == 0)
        return catalog_temp_schema(ddl->catalog);
    const Schema *schema = catalog_find_schema(ddl->catalog, name);
    if (schema)
        return privilege_check(ddl, address_of(CLASS_SCHEMA, schema->oid), PRIVILEGE_USAGE) ? schema->oid
                                                                                            : INVALID_OID;
    if (!missing_ok)
        ddl_fail(ddl, -1, SQLSTATE_INVALID_SCHEMA_NAME, "schema \"%s\" does not exist", name);
    return INVALID_OID;
}

bool name_is_temporary_schema(const Ddl *ddl, Oid schema)
{
    return schema && schema == catalog_search_path(ddl->catalog)->temporary;
}

Oid name_default_schema(Ddl *ddl)
{
    Oid schema = catalog_search_path(ddl->catalog)->creation;
    if (!schema)
        ddl_fail(ddl, -1, SQLSTATE_INVALID_SCHEMA_NAME, "no schema has been selected to create in");
    return schema;
}

Oid name_schema_itself(Ddl *ddl, const char *name)
{
    if (strcmp(name, "pg_temp") == 0)
        return catalog_temp_schema(ddl->catalog);
    const Schema *schema = catalog_find_schema(ddl->catalog, name);
    if (!schema)
        ddl_fail(ddl, -1, SQLSTATE_INVALID_SCHEMA_NAME, "schema \"%s\" does not exist", name);
    return schema ? schema->oid : INVALID_OID;
}

static bool may_create_in(Ddl *ddl, Oid schema)
{
    return privilege_check(ddl, address_of(CLASS_SCHEMA, schema), PRIVILEGE_CREATE);
}

Oid name_creation_schema(Ddl *ddl, AstItems names, const char **name)
{
    const char *explicit;
    if (!analyze_qualified_name(&ddl->context, names.len, names.items, &explicit, name))
        return INVALID_OID;
    Oid schema = explicit ? name_schema_itself(ddl, explicit) : name_default_schema(ddl);
    return schema && may_create_in(ddl, schema) ? schema : INVALID_OID;
}

Oid name_relation_schema(Ddl *ddl, const AstRangeVar *relation, char *persistence)
{
    AstName name = ast_range_var_name(relation);
    *persistence = relation->relpersistence && *relation->relpersistence ? *relation->relpersistence : 'p';
    Oid schema;
    if (name.catalog) { /* it could only be the current database's name, which nobody knows here */
        ddl_fail(ddl, relation->location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                 "cross-database references are not implemented: \"%s.%s.%s\"", name.catalog, name.schema,
                 name.name);
        return INVALID_OID;
    }
    if (name.schema)
        schema = name_schema_itself(ddl, name.schema);
    else if (*persistence == 't')
        schema = catalog_temp_schema(ddl->catalog);
    else
        schema = name_default_schema(ddl);
    if (!schema) {
        ddl->diags->last->span = ddl_span(ddl, relation->location);
        return INVALID_OID;
    }
    if (!may_create_in(ddl, schema)) {
        ddl->diags->last->span = ddl_span(ddl, relation->location);
        return INVALID_OID;
    }
    bool temporary = name_is_temporary_schema(ddl, schema);
    if (*persistence == 't' && !temporary) {
        ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                 "cannot create temporary relation in non-temporary schema");
        return INVALID_OID;
    }
    if (*persistence == 'u' && temporary) {
        ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                 "only temporary relations may be created in temporary schemas");
        return INVALID_OID;
    }
    if (temporary)
        *persistence = 't';
    return schema;
}
