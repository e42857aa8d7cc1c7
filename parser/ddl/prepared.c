/* PREPARE, EXECUTE, DEALLOCATE (PostgreSQL's prepare.c), and what a SELECT can do to the session: SELECT INTO, and
 * set_config of search_path as pg_dump writes it. */
#include "ddl/ddl_private.h"

#include <strings.h>

bool ddl_prepared_statement(const DdlSession *session, const char *name, struct Query **query, const Oid **params,
                            size_t *nparams)
{
    const PreparedStatement *prepared = strmap_get(&session->prepared, name);
    if (!prepared)
        return false;
    *query = prepared->query;
    *params = prepared->params;
    *nparams = prepared->nparams;
    return true;
}

/* The types given in PREPARE name (types), the rest is found by use. */
static bool given_types(Ddl *ddl, const AstPrepareStmt *stmt, ParamTypes *params)
{
    *params = (ParamTypes){.variable = true};
    params->types = arena_array_of(ddl->arena, stmt->n_argtypes + 1, Oid);
    params->locations = arena_array_of(ddl->arena, stmt->n_argtypes + 1, int32_t);
    params->len = params->cap = stmt->n_argtypes;
    for (size_t i = 0; i < stmt->n_argtypes; i++) {
        int32_t typmod;
        params->types[i] = analyze_type_name(&ddl->context, stmt->argtypes[i]->type_name, &typmod);
        params->locations[i] = -1;
        if (!params->types[i])
            return false;
    }
    return true;
}

bool prepare(Ddl *ddl, const AstNode *node)
{
    const AstPrepareStmt *stmt = node->prepare_stmt;
    ParamTypes params;
    if (!given_types(ddl, stmt, &params))
        return false;
    if (!analyze_is_optimizable(stmt->query))
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_PSTATEMENT_DEFINITION, "utility statements cannot be prepared");
    Query *query = analyze_statement(&ddl->context, stmt->query, &params);
    if (!query || !analyze_check_params(&ddl->context, &params))
        return false;
    if (strmap_get(&ddl->session->prepared, stmt->name))
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_PSTATEMENT, "prepared statement \"%s\" already exists",
                        stmt->name);
    PreparedStatement *prepared = arena_new_of(ddl->arena, PreparedStatement);
    *prepared = (PreparedStatement){arena_strdup(ddl->arena, stmt->name), query, params.types, params.len};
    strmap_put(ddl->arena, &ddl->session->prepared, prepared->name, prepared);
    return true;
}

/* EvaluateParams: the arguments must be assignable to the parameters. */
static bool check_arguments(Ddl *ddl, const AstExecuteStmt *stmt, const PreparedStatement *prepared)
{
    if (stmt->n_params != prepared->nparams) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_SYNTAX_ERROR,
                               "wrong number of parameters for prepared statement \"%s\"", stmt->name);
        ddl_detail(ddl, diag, "Expected %zu parameters but got %zu.", prepared->nparams, (size_t)stmt->n_params);
        return false;
    }
    for (size_t i = 0; i < stmt->n_params; i++)
        if (!analyze_expression(&ddl->context, stmt->params[i], NULL, PARSE_EXECUTE_PARAMETER, prepared->params[i],
                                -1, NULL))
            return false;
    return true;
}

bool execute(Ddl *ddl, const AstNode *node)
{
    const AstExecuteStmt *stmt = node->execute_stmt;
    const PreparedStatement *prepared = strmap_get(&ddl->session->prepared, stmt->name);
    if (!prepared)
        return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_PSTATEMENT, "prepared statement \"%s\" does not exist",
                        stmt->name);
    return check_arguments(ddl, stmt, prepared);
}

bool deallocate(Ddl *ddl, const AstNode *node)
{
    const char *name = ast_text(node->deallocate_stmt->name);
    StrMap *prepared = &ddl->session->prepared;
    if (!name) {
        *prepared = (StrMap){0};
        return true;
    }
    if (!strmap_get(prepared, name))
        return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_PSTATEMENT, "prepared statement \"%s\" does not exist", name);
    strmap_put(ddl->arena, prepared, arena_strdup(ddl->arena, name), NULL);
    return true;
}

/* ---- SELECT ---- */

static const char *text_constant(const AstNode *node)
{
    if (ast_kind(node) == AST_TYPE_CAST)
        node = node->type_cast->arg;
    if (ast_kind(node) != AST_A_CONST || node->a_const->val_case != PG_QUERY__A__CONST__VAL_SVAL)
        return NULL;
    return node->a_const->sval->sval;
}

/* set_config('search_path', '…', is_local) in a target list. */
static bool apply_set_config(Ddl *ddl, const AstNode *node)
{
    if (ast_kind(node) != AST_FUNC_CALL || node->func_call->n_args != 3)
        return true;
    AstName name;
    if (!ast_name(AST_ITEMS(node->func_call, funcname), &name) || strcmp(name.name, "set_config") != 0 ||
        (name.schema && strcmp(name.schema, "pg_catalog") != 0))
        return true;
    const char *setting = text_constant(node->func_call->args[0]), *value = text_constant(node->func_call->args[1]);
    const AstNode *local = node->func_call->args[2];
    bool is_role = setting && session_role_is_setting(setting);
    if (!setting || !value || (strcasecmp(setting, "search_path") != 0 && !is_role))
        return true;
    bool is_local = ast_kind(local) == AST_A_CONST && local->a_const->val_case == PG_QUERY__A__CONST__VAL_BOOLVAL &&
                    local->a_const->boolval->boolval;
    return is_role ? session_role_set(ddl, setting, value, is_local) : search_path_set_text(ddl, value, is_local);
}

bool select_settings(Ddl *ddl, const AstNode *node)
{
    const AstSelectStmt *select = node->select_stmt;
    for (size_t i = 0; i < select->n_target_list; i++)
        if (ast_kind(select->target_list[i]) == AST_RES_TARGET &&
            !apply_set_config(ddl, select->target_list[i]->res_target->val))
            return false;
    return true;
}

bool apply_select(Ddl *ddl, const AstNode *node)
{
    const AstSelectStmt *leftmost = node->select_stmt;
    while (leftmost->larg)
        leftmost = leftmost->larg;
    if (leftmost->into_clause)
        return create_table_select_into(ddl, node, leftmost->into_clause);
    return select_settings(ddl, node) && run_calls(ddl, node);
}

bool apply_modification(Ddl *ddl, const AstNode *node)
{
    return run_calls(ddl, node);
}
