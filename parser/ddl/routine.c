/* The bodies of functions in PL/pgSQL and SQL, kept for when migrations call them, and which of them may change the
 * schema: by a statement of their own, by dynamic SQL that may be one, or by what they call. */
#include "ast/walk.h"
#include "ddl/ddl_private.h"
#include "plpgsql/run.h"

#include <strings.h>

SearchPathNames routine_path(Ddl *ddl, AstItems options, bool *sets_path)
{
    SearchPathNames path = ddl->session->path;
    *sets_path = false;
    for (size_t i = 0; i < options.len; i++) {
        const AstDefElem *option = options.items[i]->def_elem;
        if (strcmp(option->defname, "set") != 0 || ast_kind(option->arg) != AST_VARIABLE_SET_STMT ||
            strcasecmp(option->arg->variable_set_stmt->name, "search_path") != 0)
            continue;
        const AstVariableSetStmt *set = option->arg->variable_set_stmt;
        const char **names = arena_array_of(ddl->arena, set->n_args, const char *);
        size_t n = 0;
        for (size_t j = 0; j < set->n_args; j++)
            if (ast_kind(set->args[j]) == AST_A_CONST &&
                set->args[j]->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL)
                names[n++] = arena_strdup(ddl->arena, set->args[j]->a_const->sval->sval);
        *sets_path = true;
        return (SearchPathNames){names, n, false};
    }
    if (!path.is_default && path.len == 0)
        path.is_default = true;
    return path;
}

void routine_keep(Ddl *ddl, DdlBody *body, const Function *function)
{
    DdlSession *session = ddl->session;
    intmap_put(ddl->arena, &session->routines, function->oid, body);
    strmap_put(ddl->arena, &session->routine_names, function->name, body);
    vec_push(ddl->arena, &session->routine_bodies, body);
}

bool routine_keep_sql(Ddl *ddl, const Function *function, AstItems options, int32_t location)
{
    DdlBody *body = arena_new_of(ddl->arena, DdlBody);
    body->function = function->oid;
    body->source = function->source;
    body->is_sql = true;
    body->sql = function_body_text(ddl, function->source, location);
    body->path = routine_path(ddl, options, &body->sets_path);
    routine_keep(ddl, body, function);
    return true;
}

DdlBody *routine_find(const DdlSession *session, const Function *function)
{
    DdlBody *body = intmap_get(&session->routines, function->oid);
    return body && body->source == function->source ? body : NULL;
}

/* ---- what changes the schema ---- */

static bool any_routine_changes(DdlSession *session);

typedef struct Calls {
    DdlSession *session;
    Arena *scratch;
} Calls;

static bool named_routine_changes(const Calls *calls, const char *name)
{
    if (!strmap_get(&calls->session->routine_names, name))
        return false;
    FunctionList list = catalog_functions_named(calls->session->catalog, calls->scratch, name);
    for (size_t i = 0; i < list.len; i++) {
        DdlBody *body = routine_find(calls->session, list.items[i]);
        if (body && routine_changes(calls->session, body))
            return true;
    }
    return false;
}

static bool visit_call(const ProtobufCMessage *message, void *context)
{
    if (message->descriptor == &pg_query__func_call__descriptor) {
        const AstFuncCall *call = (const AstFuncCall *)message;
        const char *name = call->n_funcname ? ast_string(call->funcname[call->n_funcname - 1]) : NULL;
        if (name && named_routine_changes(context, name))
            return true;
    }
    return ast_walk(message, visit_call, context);
}

static bool sets_path(const AstNode *node)
{
    const AstVariableSetStmt *set = ast_kind(node) == AST_VARIABLE_SET_STMT ? node->variable_set_stmt : NULL;
    const char *name = set ? ast_text(set->name) : NULL;
    return set && (!name || strcasecmp(name, "search_path") == 0);
}

/* Leaving what it calls aside. */
static bool changes_itself(const AstNode *node)
{
    return ddl_classify(node) == DDL_SCHEMA || sets_path(node);
}

bool routine_statement_changes(DdlSession *session, const AstNode *node)
{
    if (changes_itself(node))
        return true;
    if (!any_routine_changes(session))
        return false;
    Calls calls = {session, arena_new()};
    bool changes = visit_call(&node->base, &calls);
    arena_free(calls.scratch);
    return changes;
}

/* ---- bodies ---- */

/* What a body is asked with: the statements' own effects, or those of what they call too. */
typedef struct Asked {
    DdlSession *session;
    bool calls;
} Asked;

static bool statement_changes(void *data, const AstNode *node)
{
    const Asked *asked = data;
    return asked->calls ? routine_statement_changes(asked->session, node) : changes_itself(node);
}

static bool body_changes(DdlSession *session, DdlBody *body, bool calls)
{
    Asked asked = {session, calls};
    Diags diags = diags_make(session->arena);
    if (body->is_sql) {
        if (!body->statements) {
            AstStatements parsed = ast_parse(session->arena, body->sql, &diags);
            body->statements = arena_memdup(session->arena, &parsed, sizeof parsed);
        }
        for (size_t i = 0; i < body->statements->len; i++)
            if (statement_changes(&asked, body->statements->items[i].node))
                return true;
        return false;
    }
    if (!body->body)
        body->body = plpgsql_read(session->arena, body->sql, &diags);
    PlHost host = {.data = &asked, .changes = statement_changes};
    return body->body && plpgsql_may_change(body->body, &host);
}

/* Most projects have functions, but none that changes the schema: then no call is looked at. */
static bool any_routine_changes(DdlSession *session)
{
    while (!session->any_routine_changes && session->nlooked < session->routine_bodies.len)
        session->any_routine_changes =
            body_changes(session, session->routine_bodies.items[session->nlooked++], false);
    return session->any_routine_changes;
}

bool routine_changes(DdlSession *session, DdlBody *body)
{
    size_t known = session->routine_bodies.len;
    if (body->asking || body->asked == known)
        return body->changes;
    body->asking = true;
    body->changes = false;
    body->changes = body_changes(session, body, true);
    body->asking = false;
    body->asked = known;
    return body->changes;
}
