/* Views and materialized views (PostgreSQL's DefineView, ExecRefreshMatView). */
#include "ddl/ddl_private.h"

/* ---- queries ---- */

static bool has_modifying_cte(const Query *query)
{
    for (size_t i = 0; i < query->nctes; i++) {
        const Query *cte = query->ctes[i]->query;
        if (cte && cte->command != COMMAND_SELECT)
            return true;
    }
    return false;
}

Query *view_analyze_query(Ddl *ddl, const AstNode *query)
{
    ParamTypes none = {0};
    return analyze_statement(&ddl->context, query, &none);
}

bool view_columns(Ddl *ddl, const Query *query, AstItems aliases, const char *too_many, Relation *relation)
{
    const TargetList *targets = query->command == COMMAND_SELECT ? &query->targets : &query->returning;
    Columns columns = {0};
    for (size_t i = 0; i < targets->len; i++) {
        const TargetEntry *target = targets->items[i];
        if (target->junk)
            continue;
        const char *alias = columns.len < aliases.len ? ast_string(aliases.items[columns.len]) : NULL;
        Column column = {
            .name = arena_strdup(ddl->arena, alias ? alias : target->name),
            .number = (int16_t)(columns.len + 1),
            .type = target->expr->type,
            .typmod = target->expr->typmod,
            .collation = target->expr->collation,
            .is_local = true,
            .span = ddl_span(ddl, target->location),
        };
        if (!column.collation)
            column.collation = type_collation(ddl->catalog, column.type);
        vec_push(ddl->arena, &columns, column);
    }
    if (aliases.len > columns.len)
        return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "%s", too_many);
    relation->columns = columns.items;
    relation->ncolumns = columns.len;
    return true;
}

/* ---- temporary relations ---- */

typedef struct TemporarySearch {
    Ddl *ddl;
} TemporarySearch;

static bool query_uses_temporary(Query *query, void *context);

static bool expr_uses_temporary(Expr *expr, void *context)
{
    if (expr->kind == EXPR_SUBLINK && ((SubLink *)expr)->query &&
        query_uses_temporary(((SubLink *)expr)->query, context))
        return true;
    return expr_walk(expr, expr_uses_temporary, context);
}

static bool query_uses_temporary(Query *query, void *context)
{
    const TemporarySearch *search = context;
    for (size_t i = 0; i < query->nrtable; i++) {
        const RangeTblEntry *rte = query->rtable[i];
        const Relation *relation =
            rte->kind == RTE_RELATION ? catalog_relation(search->ddl->catalog, rte->relation) : NULL;
        if (relation && relation->persistence == 't')
            return true;
    }
    return query_walk_exprs(query, expr_uses_temporary, context) ||
           query_walk_subqueries(query, query_uses_temporary, context);
}

bool view_uses_temporary(Ddl *ddl, Query *query)
{
    TemporarySearch search = {ddl};
    return query_uses_temporary(query, &search);
}

/* ---- CREATE VIEW ---- */

static Query *analyze(Ddl *ddl, const AstViewStmt *stmt)
{
    if (ddl_classify(stmt->query) == DDL_SCHEMA) {
        ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "views must not contain SELECT INTO");
        return NULL;
    }
    Query *query = view_analyze_query(ddl, stmt->query);
    if (!query)
        return NULL;
    if (query->command != COMMAND_SELECT) {
        ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "unexpected parse analysis result");
        return NULL;
    }
    if (has_modifying_cte(query)) {
        ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                 "views must not contain data-modifying statements in WITH");
        return NULL;
    }
    return query;
}

/* checkViewTupleDesc: the old columns come first and stay as they are. */
static bool check_replacement(Ddl *ddl, const Relation *old, const Relation *new)
{
    if (new->ncolumns < old->ncolumns)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION, "cannot drop columns from view");
    for (size_t i = 0; i < old->ncolumns; i++) {
        const Column *was = &old->columns[i], *is = &new->columns[i];
        if (strcmp(was->name, is->name) != 0) {
            Diag *diag = ddl_error(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                                   "cannot change name of view column \"%s\" to \"%s\"", was->name, is->name);
            ddl_hint(ddl, diag, "Use ALTER VIEW ... RENAME COLUMN ... to change name of view column instead.");
            return false;
        }
        if (was->type != is->type || was->typmod != is->typmod)
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                            "cannot change data type of view column \"%s\" from %s to %s", was->name,
                            catalog_format_type_typmod(ddl->catalog, ddl->diags->arena, was->type, was->typmod),
                            catalog_format_type_typmod(ddl->catalog, ddl->diags->arena, is->type, is->typmod));
        if (was->collation != is->collation)
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                            "cannot change collation of view column \"%s\"", was->name);
    }
    return true;
}

/* Defaults set with ALTER VIEW stay with the columns they belong to. */
static void keep_column_properties(const Relation *old, Column *columns)
{
    for (size_t i = 0; i < old->ncolumns; i++) {
        columns[i].has_default = old->columns[i].has_default;
        columns[i].default_expr = old->columns[i].default_expr;
        columns[i].comment = old->columns[i].comment;
    }
}

static bool replace_view(Ddl *ddl, const Relation *old, Relation *new)
{
    if (old->kind != RELKIND_VIEW)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" is not a view", old->name);
    if (!relation_check_columns(ddl, new) || !check_replacement(ddl, old, new))
        return false;
    Relation *edit = catalog_edit_relation(ddl->catalog, old->oid);
    Column *columns = arena_memdup(ddl->arena, new->columns, new->ncolumns * sizeof *columns);
    keep_column_properties(old, columns);
    edit->columns = columns;
    edit->ncolumns = new->ncolumns;
    edit->view = new->view;
    edit->check_option = new->check_option;
    edit->span = new->span;
    catalog_put_relation(ddl->catalog, edit);
    ObjectAddress self = address_of(CLASS_RELATION, edit->oid);
    catalog_remove_references(ddl->catalog, self);
    depend_on_schema(ddl, self, edit->schema);
    depend_on(ddl, self, address_of(CLASS_EXTENSION, edit->owner_extension), DEPENDENCY_EXTENSION);
    for (size_t i = 0; i < edit->ncolumns; i++)
        relation_depend_column(ddl, edit->oid, &edit->columns[i]);
    depend_on_query(ddl, self, edit->view);
    return true;
}

static char check_option_of(Ddl *ddl, const AstViewStmt *stmt)
{
    const char *option = ast_option_text(ddl->scratch, ast_option(AST_ITEMS(stmt, options), "check_option"));
    if (stmt->with_check_option == PG_QUERY__VIEW_CHECK_OPTION__LOCAL_CHECK_OPTION ||
        (option && strcmp(option, "local") == 0))
        return 'l';
    if (stmt->with_check_option == PG_QUERY__VIEW_CHECK_OPTION__CASCADED_CHECK_OPTION || option)
        return 'c';
    return 0;
}

bool create_view(Ddl *ddl, const AstNode *node)
{
    const AstViewStmt *stmt = node->view_stmt;
    Query *query = analyze(ddl, stmt);
    if (!query)
        return false;
    if (!reloption_check(ddl, AST_ITEMS(stmt, options), RELOPT_VIEW, false))
        return false;
    AstRangeVar name = *stmt->view;
    char temporary[] = "t";
    if (view_uses_temporary(ddl, query))
        name.relpersistence = temporary;
    char persistence;
    Oid schema = name_relation_schema(ddl, &name, &persistence);
    if (!schema)
        return false;
    if (persistence == 'u')
        return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR,
                        "views cannot be unlogged because they do not have storage");
    Relation *view =
        relation_new(ddl, RELKIND_VIEW, arena_strdup(ddl->arena, name.relname), schema, persistence, name.location);
    view->view = query;
    view->check_option = check_option_of(ddl, stmt);
    if (!view_columns(ddl, query, AST_ITEMS(stmt, aliases), "CREATE VIEW specifies more column names than columns",
                      view))
        return false;
    const Relation *old = stmt->replace ? catalog_find_relation_in(ddl->catalog, schema, view->name) : NULL;
    if (old && !owner_check_relation(ddl, old))
        return false;
    if (old)
        return replace_view(ddl, old, view);
    if (!relation_create(ddl, view))
        return false;
    depend_on_query(ddl, address_of(CLASS_RELATION, view->oid), query);
    return true;
}

static bool has_plain_unique_index(const Ddl *ddl, const Relation *relation)
{
    for (size_t i = 0; i < relation->nindexes; i++) {
        const Relation *index = catalog_relation(ddl->catalog, relation->indexes[i]);
        if (index && index->index->is_unique && !index->index->predicate && !index->index->expressions)
            return true;
    }
    return false;
}

bool refresh_matview(Ddl *ddl, const AstNode *node)
{
    const AstRefreshMatViewStmt *stmt = node->refresh_mat_view_stmt;
    const Relation *relation = analyze_range_var(&ddl->context, stmt->relation, false);
    if (!relation)
        return false;
    if (!strchr("rmp", relation->kind))
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" is not a table or materialized view",
                        relation->name);
    if (!owner_check_relation(ddl, relation))
        return false;
    if (relation->kind != RELKIND_MATVIEW)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "\"%s\" is not a materialized view",
                        relation->name);
    if (stmt->concurrent && stmt->skip_data)
        return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "%s and %s options cannot be used together", "CONCURRENTLY",
                        "WITH NO DATA");
    if (stmt->concurrent && !has_plain_unique_index(ddl, relation)) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                               "cannot refresh materialized view \"%s\" concurrently",
                               describe_relation_name(ddl, relation));
        ddl_hint(ddl, diag,
                 "Create a unique index with no WHERE clause on one or more columns of the materialized view.");
        return false;
    }
    Relation *edit = catalog_edit_relation(ddl->catalog, relation->oid);
    edit->populated = !stmt->skip_data;
    catalog_put_relation(ddl->catalog, edit);
    return true;
}
