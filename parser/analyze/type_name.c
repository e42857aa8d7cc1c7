/* Type names: parse_type.c of PostgreSQL. Type modifiers are in typmod.c. */
#include "analyze/type_parts.h"

#include <string.h>

static const char *name_part(const PgQuery__Node *node)
{
    return node->node_case == PG_QUERY__NODE__NODE_STRING ? node->string->sval : "";
}

const char *analyze_type_name_string(Arena *arena, const PgQuery__TypeName *name)
{
    StrBuf buf;
    strbuf_init(&buf);
    for (size_t i = 0; i < name->n_names; i++)
        strbuf_printf(&buf, "%s%s", i ? "." : "", name_part(name->names[i]));
    if (name->pct_type)
        strbuf_add(&buf, "%TYPE");
    if (name->n_array_bounds)
        strbuf_add(&buf, "[]");
    const char *text = arena_strdup(arena, buf.text);
    strbuf_release(&buf);
    return text;
}

static void report(const AnalyzeContext *context, int32_t location, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void report(const AnalyzeContext *context, int32_t location, const char *code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag_add(context->diags, DIAG_ERROR, sqltext_span(context->sql, location), code, format, args);
    va_end(args);
}

/* table.column%TYPE */
static Oid column_type(const AnalyzeContext *context, const PgQuery__TypeName *name, int32_t *typmod, bool *failed)
{
    Arena *arena = context->arena;
    *failed = true;
    if (name->n_names < 2 || name->n_names > 4) {
        report(context, name->location, SQLSTATE_SYNTAX_ERROR,
               "improper %%TYPE reference (too %s dotted names): %s", name->n_names < 2 ? "few" : "many",
               ast_name_text(arena, (AstItems){name->names, name->n_names}));
        return INVALID_OID;
    }
    PgQuery__RangeVar relation;
    pg_query__range_var__init(&relation);
    size_t n = name->n_names;
    relation.relname = name->names[n - 2]->string->sval;
    if (n >= 3)
        relation.schemaname = name->names[n - 3]->string->sval;
    relation.location = name->location;
    const Relation *found = analyze_range_var(context, &relation, false);
    if (!found)
        return INVALID_OID;
    const char *column_name = name_part(name->names[n - 1]);
    const Column *column = catalog_find_column(found, column_name);
    if (!column) {
        report(context, name->location, SQLSTATE_UNDEFINED_COLUMN,
               "column \"%s\" of relation \"%s\" does not exist", column_name, found->name);
        return INVALID_OID;
    }
    *failed = false;
    *typmod = column->typmod;
    return column->type;
}

static const Type *find_named(const AnalyzeContext *context, const PgQuery__TypeName *name, bool *failed)
{
    const char *schema = NULL, *type = NULL;
    if (!relation_split_name(context, name->location, name->n_names, name->names, &schema, &type)) {
        *failed = true;
        return NULL;
    }
    if (!schema)
        return catalog_find_type(context->catalog, type);
    const Schema *found = catalog_find_schema(context->catalog, schema);
    if (found) {
        *failed = !relation_check_schema(context, found, name->location);
        return *failed ? NULL : catalog_find_type_in(context->catalog, found->oid, type);
    }
    *failed = true;
    report(context, name->location, SQLSTATE_INVALID_SCHEMA_NAME, "schema \"%s\" does not exist", schema);
    return NULL;
}

Oid analyze_lookup_type_name(const AnalyzeContext *context, const PgQuery__TypeName *name, int32_t *typmod,
                             bool *failed)
{
    *failed = false;
    *typmod = -1;
    Oid oid = INVALID_OID;
    if (!name->n_names) {
        oid = name->type_oid;
    } else if (name->pct_type) {
        oid = column_type(context, name, typmod, failed);
    } else {
        const Type *type = find_named(context, name, failed);
        oid = type ? type->oid : INVALID_OID;
    }
    if (*failed || !oid)
        return INVALID_OID;
    const Type *type = catalog_type(context->catalog, oid);
    if (name->n_typmods || name->typemod >= 0) {
        if (!typmod_resolve(context, type, name, typmod)) {
            *failed = true;
            return INVALID_OID;
        }
    }
    if (name->n_array_bounds)
        oid = type ? type->array : INVALID_OID;
    return oid;
}

Oid analyze_type_name(const AnalyzeContext *context, const PgQuery__TypeName *name, int32_t *typmod)
{
    bool failed = false;
    Oid oid = analyze_lookup_type_name(context, name, typmod, &failed);
    if (failed)
        return INVALID_OID;
    const Type *type = catalog_type(context->catalog, oid);
    if (type && type->defined)
        return oid;
    Span span = sqltext_span(context->sql, name->location);
    const char *text = analyze_type_name_string(context->arena, name);
    if (type) {
        diag_error(context->diags, span, SQLSTATE_UNDEFINED_OBJECT, "type \"%s\" is only a shell", text);
        return INVALID_OID;
    }
    Diag *diag = diag_error(context->diags, span, SQLSTATE_UNDEFINED_OBJECT, "type \"%s\" does not exist", text);
    type_name_hint(context, diag, name);
    return INVALID_OID;
}

Oid analyze_collation_name(const AnalyzeContext *context, size_t n, PgQuery__Node *const *names, int32_t location,
                           bool *failed)
{
    const char *schema = NULL, *name = NULL;
    *failed = true;
    if (!relation_split_name(context, location, n, names, &schema, &name))
        return INVALID_OID;
    const Collation *collation = NULL;
    if (schema) {
        const Schema *found = catalog_find_schema(context->catalog, schema);
        if (!found) {
            report(context, location, SQLSTATE_INVALID_SCHEMA_NAME, "schema \"%s\" does not exist", schema);
            return INVALID_OID;
        }
        if (!relation_check_schema(context, found, location))
            return INVALID_OID;
        collation = catalog_find_collation_in(context->catalog, found->oid, name);
    } else {
        collation = catalog_find_collation(context->catalog, name);
    }
    if (!collation) {
        report(context, location, SQLSTATE_UNDEFINED_OBJECT,
               "collation \"%s\" for encoding \"UTF8\" does not exist",
               ast_name_text(context->arena, (AstItems){names, n}));
        return INVALID_OID;
    }
    *failed = false;
    return collation->oid;
}
