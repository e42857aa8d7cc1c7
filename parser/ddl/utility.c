/* Statements that change nothing a query's types depend on. What they name must exist all the same, and the queries
 * inside them must be right. */
#include "ddl/ddl_private.h"

#include <ctype.h>

static const char any_relation[] = "rivmSfpIct";
enum { CURSOR_HOLD = 0x20 }; /* CURSOR_OPT_HOLD */

static const char with_rows[] = "rpmf";

bool accept(Ddl *ddl, const AstNode *node)
{
    (void)ddl;
    (void)node;
    return true;
}

/* ---- DO ---- */

/* Words that make a DO block's text one that may change the schema. */
static bool may_change_schema(const char *text)
{
    static const char *const words[] = {"create", "alter", "drop", "execute", "import"};
    for (const char *at = text; *at; at++) {
        if (at != text && (isalnum((unsigned char)at[-1]) || at[-1] == '_'))
            continue;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            size_t len = strlen(words[i]), k = 0;
            while (k < len && tolower((unsigned char)at[k]) == words[i][k])
                k++;
            if (k == len && !isalnum((unsigned char)at[len]) && at[len] != '_')
                return true;
        }
    }
    return false;
}

/* Of a user's language it is not known whether it has a handler for blocks. */
static bool check_inline_language(Ddl *ddl, const char *language)
{
    static const char *const others[] = {"internal", "c", "sql", "pltcl", "pltclu"};
    if (!catalog_find_object(ddl->catalog, CLASS_LANGUAGE, language)) {
        language_missing(ddl, language);
        return false;
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(others[i], language) == 0)
            return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                            "language \"%s\" does not support inline code execution", language);
    return true;
}

bool do_block(Ddl *ddl, const AstNode *node)
{
    const AstDefElem *body = ast_option(AST_ITEMS(node->do_stmt, args), "as");
    const char *text = body ? ast_option_text(ddl->scratch, body) : NULL;
    const char *language = ast_option_text(ddl->scratch, ast_option(AST_ITEMS(node->do_stmt, args), "language"));
    if (text)
        role_doubt_body(ddl, text);
    if (!check_inline_language(ddl, language ? language : "plpgsql"))
        return false;
    if (text && (!language || strcmp(language, "plpgsql") == 0))
        return plpgsql_do_block(ddl, text, body->location);
    if (!text || !may_change_schema(text))
        return true;
    Diag *diag = diag_warning(ddl->diags, ddl_span(ddl, -1), NULL,
                              "a DO block in another language than PL/pgSQL is not run: what it changes in the "
                              "schema is not seen");
    ddl_hint(ddl, diag, "Write the statements that change the schema outside of the block.");
    return true;
}

/* ---- statements around a query ---- */

static bool check_inner(Ddl *ddl, const AstNode *query)
{
    if (!analyze_is_optimizable(query))
        return true;
    AnalyzeContext context = ddl->context;
    context.arena = ddl->scratch;
    ParamTypes params = {.variable = true};
    return analyze_statement(&context, query, &params) != NULL;
}

/* EXPLAIN ANALYZE runs what it explains. */
static bool creates_table(Ddl *ddl, const AstNode *node)
{
    const AstDefElem *analyze = ast_option(AST_ITEMS(node->explain_stmt, options), "analyze");
    const AstNode *query = node->explain_stmt->query;
    return analyze && ddl_option_bool(ddl, analyze) && ddl_classify(query) == DDL_SCHEMA;
}

bool explain(Ddl *ddl, const AstNode *node)
{
    const AstNode *query = node->explain_stmt->query;
    if (creates_table(ddl, node))
        return ddl_apply_node(ddl, query);
    if (ast_kind(query) == AST_EXECUTE_STMT)
        return execute(ddl, query);
    if (ast_kind(query) == AST_CREATE_TABLE_AS_STMT) {
        const AstNode *inner = query->create_table_as_stmt->query;
        return ast_kind(inner) == AST_EXECUTE_STMT ? execute(ddl, inner) : check_inner(ddl, inner);
    }
    return check_inner(ddl, query);
}

bool declare_cursor(Ddl *ddl, const AstNode *node)
{
    const AstNode *query = node->declare_cursor_stmt->query;
    if (ast_kind(query) != AST_SELECT_STMT)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_CURSOR_DEFINITION, "DECLARE CURSOR must specify a query");
    if (!check_inner(ddl, query))
        return false;
    bool hold = node->declare_cursor_stmt->options & CURSOR_HOLD;
    return hold || transaction_require_block(ddl, "DECLARE CURSOR");
}

static bool check_columns(Ddl *ddl, const Relation *relation, AstItems names)
{
    for (size_t i = 0; i < names.len; i++)
        if (!relation_require_column(ddl, relation, ast_string(names.items[i]), -1))
            return false;
    return true;
}

bool copy(Ddl *ddl, const AstNode *node)
{
    const AstCopyStmt *stmt = node->copy_stmt;
    if (!stmt->relation)
        return !stmt->query || check_inner(ddl, stmt->query);
    const Relation *relation = analyze_range_var(&ddl->context, stmt->relation, false);
    if (!relation || !check_columns(ddl, relation, AST_ITEMS(stmt, attlist)))
        return false;
    if (!stmt->where_clause)
        return true;
    ExprScope scope = {.relations = &relation, .nrelations = 1};
    return analyze_condition(&ddl->context, stmt->where_clause, &scope, PARSE_COPY_WHERE, "WHERE") != NULL;
}

bool call(Ddl *ddl, const AstNode *node)
{
    ParamTypes params = {.variable = true};
    return analyze_call(&ddl->context, node->call_stmt->funccall, &params) && run_calls(ddl, node);
}

/* ---- statements about relations ---- */

static bool check_relations(Ddl *ddl, AstItems relations, const char *kinds, const char *wrong)
{
    for (size_t i = 0; i < relations.len; i++)
        if (ast_kind(relations.items[i]) == AST_RANGE_VAR &&
            !relation_open(ddl, relations.items[i]->range_var, kinds, wrong))
            return false;
    return true;
}

bool truncate_table(Ddl *ddl, const AstNode *node)
{
    return check_relations(ddl, AST_ITEMS(node->truncate_stmt, relations), "rpf", "is not a table");
}

bool lock_table(Ddl *ddl, const AstNode *node)
{
    return transaction_require_block(ddl, "LOCK TABLE") &&
           check_relations(ddl, AST_ITEMS(node->lock_stmt, relations), "rpv", "is not a table or view");
}

bool vacuum(Ddl *ddl, const AstNode *node)
{
    const AstVacuumStmt *stmt = node->vacuum_stmt;
    if (stmt->is_vacuumcmd && ddl->session->in_transaction)
        return ddl_fail(ddl, -1, SQLSTATE_ACTIVE_SQL_TRANSACTION, "VACUUM cannot run inside a transaction block");
    for (size_t i = 0; i < stmt->n_rels; i++) {
        const AstVacuumRelation *item = stmt->rels[i]->vacuum_relation;
        const Relation *relation =
            item->relation ? relation_open(ddl, item->relation, any_relation, "cannot be vacuumed") : NULL;
        if (!relation || !check_columns(ddl, relation, AST_ITEMS(item, va_cols)))
            return false;
    }
    return true;
}

static const Relation *index_of(Ddl *ddl, const Relation *table, const char *name)
{
    for (size_t i = 0; i < table->nindexes; i++) {
        const Relation *index = catalog_relation(ddl->catalog, table->indexes[i]);
        if (index && strcmp(index->name, name) == 0)
            return index;
    }
    return NULL;
}

bool cluster(Ddl *ddl, const AstNode *node)
{
    const AstClusterStmt *stmt = node->cluster_stmt;
    if (!stmt->relation)
        return true;
    const Relation *table = relation_open(ddl, stmt->relation, with_rows, "is not a table or materialized view");
    const char *name = ast_text(stmt->indexname);
    if (!table)
        return false;
    if (!name || index_of(ddl, table, name))
        return true;
    return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "index \"%s\" for table \"%s\" does not exist", name,
                    table->name);
}

bool reindex(Ddl *ddl, const AstNode *node)
{
    const AstReindexStmt *stmt = node->reindex_stmt;
    if (stmt->relation)
        return relation_open(ddl, stmt->relation, any_relation, "is not a table or index") != NULL;
    if (stmt->kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SCHEMA)
        return name_schema_itself(ddl, stmt->name) != INVALID_OID;
    return true;
}
