/* Finding the relations that a query names: PostgreSQL's RangeVarGetRelid, parserOpenTable and relation_open. */
#include "analyze/declared.h"
#include "analyze/query_parts.h"

#include <string.h>

const char *relation_kind_detail(char kind)
{
    switch (kind) {
    case RELKIND_INDEX:
        return "This operation is not supported for indexes.";
    case RELKIND_PARTITIONED_INDEX:
        return "This operation is not supported for partitioned indexes.";
    case RELKIND_SEQUENCE:
        return "This operation is not supported for sequences.";
    case RELKIND_TOAST:
        return "This operation is not supported for TOAST tables.";
    case RELKIND_VIEW:
        return "This operation is not supported for views.";
    case RELKIND_MATVIEW:
        return "This operation is not supported for materialized views.";
    case RELKIND_COMPOSITE:
        return "This operation is not supported for composite types.";
    case RELKIND_FOREIGN:
        return "This operation is not supported for foreign tables.";
    case RELKIND_PARTITIONED:
        return "This operation is not supported for partitioned tables.";
    default:
        return "This operation is not supported for tables.";
    }
}

bool analyze_qualified_name(const AnalyzeContext *context, size_t n, AstNode *const *names, const char **schema,
                            const char **name)
{
    AstItems items = {names, n};
    AstName parts;
    Span span = SPAN_NONE;
    if (!ast_name(items, &parts)) {
        diag_error(context->diags, span, SQLSTATE_SYNTAX_ERROR,
                   "improper qualified name (too many dotted names): %s", ast_name_text(context->arena, items));
        return false;
    }
    if (parts.catalog) {
        /* It could only be the current database's name, which nobody knows here. */
        diag_error(context->diags, span, SQLSTATE_FEATURE_NOT_SUPPORTED,
                   "cross-database references are not implemented: %s", ast_name_text(context->arena, items));
        return false;
    }
    *schema = parts.schema;
    *name = parts.name;
    return true;
}

bool relation_split_name(const AnalyzeContext *context, int32_t location, size_t n, AstNode *const *names,
                         const char **schema, const char **name)
{
    if (analyze_qualified_name(context, n, names, schema, name))
        return true;
    context->diags->last->span = sqltext_span(context->sql, location);
    return false;
}

bool relation_check_schema(const AnalyzeContext *context, const Schema *schema, int32_t location)
{
    if (catalog_may_use_schema(context->catalog, schema->oid))
        return true;
    diag_error(context->diags, sqltext_span(context->sql, location), SQLSTATE_INSUFFICIENT_PRIVILEGE,
               "permission denied for schema %s", schema->name);
    return false;
}

/* RangeVarGetRelid; *failed after an error, which a missing relation is not. */
static const Relation *find_relation(const AnalyzeContext *context, const AstRangeVar *name, bool *failed)
{
    AstName parts = ast_range_var_name(name);
    if (parts.catalog) {
        diag_error(context->diags, sqltext_span(context->sql, name->location), SQLSTATE_FEATURE_NOT_SUPPORTED,
                   "cross-database references are not implemented: \"%s.%s.%s\"", parts.catalog,
                   parts.schema ? parts.schema : "", parts.name);
        *failed = true;
        return NULL;
    }
    if (!parts.schema)
        return catalog_find_relation(context->catalog, parts.name);
    const Schema *schema = catalog_find_schema(context->catalog, parts.schema);
    *failed = schema && !relation_check_schema(context, schema, name->location);
    return schema && !*failed ? catalog_find_relation_in(context->catalog, schema->oid, parts.name) : NULL;
}

/* The nearest name among the user's relations that can be seen without a schema; PostgreSQL has no hint here. */
static void hint_nearest(const AnalyzeContext *context, Diag *diag, const char *wanted)
{
    NearestName near = {.wanted = wanted};
    OidList all = catalog_user_objects(context->catalog, context->arena, CLASS_RELATION);
    for (size_t i = 0; i < all.len; i++) {
        const Relation *relation = catalog_relation(context->catalog, all.items[i]);
        if (relation && !relation->index && relation->kind != RELKIND_COMPOSITE &&
            catalog_relation_is_visible(context->catalog, relation->oid))
            nearest_offer(&near, relation->name);
    }
    if (!near.found)
        return;
    diag_hint(context->diags, diag, "did you mean \"%s\"?", near.found);
    declared_relation(context, diag, catalog_find_relation(context->catalog, near.found));
}

const Relation *analyze_range_var(const AnalyzeContext *context, const AstRangeVar *name, bool missing_ok)
{
    bool failed = false;
    const Relation *relation = find_relation(context, name, &failed);
    if (relation || failed || missing_ok)
        return relation;
    Span span = sqltext_span(context->sql, name->location);
    AstName parts = ast_range_var_name(name);
    if (parts.schema && !catalog_find_schema(context->catalog, parts.schema))
        diag_error(context->diags, span, SQLSTATE_INVALID_SCHEMA_NAME, "schema \"%s\" does not exist",
                   parts.schema);
    else if (parts.schema)
        diag_error(context->diags, span, SQLSTATE_UNDEFINED_TABLE, "relation \"%s.%s\" does not exist",
                   parts.schema, parts.name);
    else
        hint_nearest(context,
                     diag_error(context->diags, span, SQLSTATE_UNDEFINED_TABLE, "relation \"%s\" does not exist",
                                parts.name),
                     parts.name);
    return NULL;
}

/* isFutureCTE */
static bool is_future_cte(const ParseState *ps, const char *name)
{
    for (; ps; ps = ps->parent) {
        for (size_t i = 0; i < ps->nfuture_ctes; i++) {
            if (strcmp(ps->future_ctes[i]->name, name) == 0)
                return true;
        }
    }
    return false;
}

static void report_missing(ParseState *ps, const AstRangeVar *name)
{
    AstName parts = ast_range_var_name(name);
    if (parts.schema) {
        ps_error(ps, name->location, SQLSTATE_UNDEFINED_TABLE, "relation \"%s.%s\" does not exist", parts.schema,
                 parts.name);
        return;
    }
    Diag *diag =
        ps_error(ps, name->location, SQLSTATE_UNDEFINED_TABLE, "relation \"%s\" does not exist", parts.name);
    if (is_future_cte(ps, parts.name)) {
        ps_detail(ps, diag,
                  "There is a WITH item named \"%s\", but it cannot be referenced from this part of the query.",
                  parts.name);
        ps_hint(ps, diag, "Use WITH RECURSIVE, or re-order the WITH items to remove forward references.");
    } else {
        AnalyzeContext context = ps_context(ps);
        hint_nearest(&context, diag, parts.name);
    }
}

const Relation *relation_open_named(ParseState *ps, const AstRangeVar *name)
{
    AnalyzeContext context = ps_context(ps);
    bool failed = false;
    const Relation *relation = find_relation(&context, name, &failed);
    if (!relation) {
        if (!failed)
            report_missing(ps, name);
        return NULL;
    }
    const char *what = NULL;
    if (relation->kind == RELKIND_INDEX || relation->kind == RELKIND_PARTITIONED_INDEX)
        what = "an index";
    else if (relation->kind == RELKIND_COMPOSITE)
        what = "a composite type";
    if (!what)
        return relation;
    if (catalog_version(ps_catalog(ps)) < 16) {
        ps_error(ps, name->location, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" is %s", relation->name, what);
        return NULL;
    }
    Diag *diag =
        ps_error(ps, name->location, SQLSTATE_WRONG_OBJECT_TYPE, "cannot open relation \"%s\"", relation->name);
    ps_detail(ps, diag, "%s", relation_kind_detail(relation->kind));
    return NULL;
}
