/* CREATE TABLE AS, CREATE MATERIALIZED VIEW, SELECT INTO (PostgreSQL's createas.c). */
#include "ddl/ddl_private.h"

/* The query of EXECUTE name, whose statement must be a SELECT. */
static Query *prepared_query(Ddl *ddl, const AstExecuteStmt *stmt)
{
    Query *query;
    const Oid *params;
    size_t nparams;
    if (!ddl_prepared_statement(ddl->session, stmt->name, &query, &params, &nparams)) {
        ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_PSTATEMENT, "prepared statement \"%s\" does not exist", stmt->name);
        return NULL;
    }
    if (!query || query->command != COMMAND_SELECT) {
        ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "prepared statement is not a SELECT");
        return NULL;
    }
    return query;
}

static Query *analyze(Ddl *ddl, const AstNode *query)
{
    return ast_kind(query) == AST_EXECUTE_STMT ? prepared_query(ddl, query->execute_stmt)
                                               : view_analyze_query(ddl, query);
}

static bool store(Ddl *ddl, const AstIntoClause *into, Query *query, char kind, Oid schema, char persistence)
{
    Relation *relation = relation_new(ddl, kind, arena_strdup(ddl->arena, into->rel->relname), schema, persistence,
                                      into->rel->location);
    if (!view_columns(ddl, query, AST_ITEMS(into, col_names), "too many column names were specified", relation))
        return false;
    relation->populated = kind != RELKIND_MATVIEW || !into->skip_data;
    const char *method = ast_text(into->access_method);
    if (method && !(relation->access_method = relation_access_method(ddl, method)))
        return false;
    if (kind == RELKIND_MATVIEW)
        relation->view = query;
    if (!relation_create(ddl, relation))
        return false;
    if (into->on_commit == PG_QUERY__ON_COMMIT_ACTION__ONCOMMIT_DROP)
        vec_push(ddl->arena, &ddl->session->drop_on_commit, relation->oid);
    depend_on(ddl, address_of(CLASS_RELATION, relation->oid),
              address_of(CLASS_ACCESS_METHOD, relation->access_method), DEPENDENCY_NORMAL);
    if (kind == RELKIND_MATVIEW)
        depend_on_query(ddl, address_of(CLASS_RELATION, relation->oid), query);
    return true;
}

static bool create(Ddl *ddl, const AstIntoClause *into, const AstNode *raw, char kind, bool if_not_exists)
{
    /* The query is a part of the statement, but that of EXECUTE is looked for when all else is right. */
    bool prepared = ast_kind(raw) == AST_EXECUTE_STMT;
    Query *query = prepared ? NULL : analyze(ddl, raw);
    if (!prepared && !query)
        return false;
    char persistence;
    Oid schema = name_relation_schema(ddl, into->rel, &persistence);
    if (!schema)
        return false;
    if (if_not_exists && catalog_find_relation_in(ddl->catalog, schema, into->rel->relname))
        return true;
    if (prepared)
        query = analyze(ddl, raw);
    if (!query || !reloption_check(ddl, AST_ITEMS(into, options), RELOPT_HEAP, false))
        return false;
    if (kind == RELKIND_MATVIEW && view_uses_temporary(ddl, query))
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "materialized views must not use temporary tables or views");
    return store(ddl, into, query, kind, schema, persistence);
}

bool create_table_as(Ddl *ddl, const AstNode *node)
{
    const AstCreateTableAsStmt *stmt = node->create_table_as_stmt;
    bool matview = stmt->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW;
    return create(ddl, stmt->into, stmt->query, matview ? RELKIND_MATVIEW : RELKIND_TABLE, stmt->if_not_exists);
}

/* A copy of the statement whose leftmost SELECT has no INTO. */
static AstSelectStmt *without_into(Ddl *ddl, const AstSelectStmt *select)
{
    AstSelectStmt *copy = arena_memdup(ddl->arena, select, sizeof *copy);
    copy->into_clause = NULL;
    if (copy->larg)
        copy->larg = without_into(ddl, copy->larg);
    return copy;
}

bool create_table_select_into(Ddl *ddl, const AstNode *node, const AstIntoClause *into)
{
    AstNode *query = arena_memdup(ddl->arena, node, sizeof *query);
    query->select_stmt = without_into(ddl, node->select_stmt);
    return create(ddl, into, query, RELKIND_TABLE, false);
}
