/* Bodies that migrations run: DO blocks, and functions that are called by SELECT, CALL or other bodies. Here is
 * what a body does to the session; how it goes through its statements is plpgsql/run.h. */
#include "ddl/ddl_private.h"
#include "plpgsql/run.h"

enum { MOST_DEPTH = 50 }; /* of calls in calls */

typedef struct RunHost {
    Ddl *ddl;
    bool in_block;    /* the transaction is the user's */
    bool may_end;     /* a body may end it: in DO and CALL outside of blocks */
    size_t nwarnings; /* before */
} RunHost;

static PlHost host_of(RunHost *host);

/* ---- what bodies do ---- */

/* PreventInTransactionBlock of what is in a function: the command, or NULL for one that is allowed there. */
static const char *forbidden_command(const AstNode *node)
{
    switch ((int)ast_kind(node)) {
    case AST_VACUUM_STMT:
        return node->vacuum_stmt->is_vacuumcmd ? "VACUUM" : NULL;
    case AST_CLUSTER_STMT:
        return node->cluster_stmt->relation ? NULL : "CLUSTER";
    case AST_INDEX_STMT:
        return node->index_stmt->concurrent ? "CREATE INDEX CONCURRENTLY" : NULL;
    case AST_DROP_STMT:
        return node->drop_stmt->concurrent ? "DROP INDEX CONCURRENTLY" : NULL;
    case AST_CREATEDB_STMT:
    case AST_DROPDB_STMT:
    case AST_ALTER_SYSTEM_STMT:
    case AST_CREATE_TABLE_SPACE_STMT:
    case AST_DROP_TABLE_SPACE_STMT:
        return ast_command_tag(node);
    default:
        return NULL;
    }
}

/* A statement of a body, or of a text that it executes. */
static bool apply(void *data, const AstNode *node, const SqlText *sql, uint32_t start, uint32_t end)
{
    RunHost *host = data;
    Ddl inner = *host->ddl;
    inner.sql = sql;
    inner.start = (int32_t)start;
    inner.end = (int32_t)end;
    inner.parsed_body = NULL;
    inner.context.sql = sql;
    if (ast_kind(node) == AST_SELECT_STMT)
        return select_settings(&inner, node);
    const char *forbidden = forbidden_command(node);
    if (forbidden)
        return ddl_fail(&inner, -1, SQLSTATE_ACTIVE_SQL_TRANSACTION, "%s cannot be executed from a function",
                        forbidden);
    if (!ast_check_version(sql, node, start, catalog_version(inner.catalog), inner.diags))
        return false;
    return ddl_apply_node(&inner, node);
}

typedef struct RunPoint {
    CatalogSavepoint point;
    SearchPathNames path;
    SessionRoles roles;
} RunPoint;

static const void *savepoint(void *data)
{
    const RunHost *host = data;
    const DdlSession *session = host->ddl->session;
    RunPoint *point = arena_new_of(host->ddl->scratch, RunPoint);
    *point = (RunPoint){catalog_savepoint(session->catalog), session->path, session->roles};
    return point;
}

static void rollback(void *data, const void *to)
{
    const RunHost *host = data;
    const RunPoint *point = to;
    DdlSession *session = host->ddl->session;
    catalog_rollback(session->catalog, point->point);
    search_path_restore(session, point->path);
    session_role_restore(session, point->roles);
}

static bool end_transaction(void *data, bool commit, Span place)
{
    const RunHost *host = data;
    DdlSession *session = host->ddl->session;
    if (!host->may_end || session->depth > 2) {
        diag_error(host->ddl->diags, place, "2D000", "invalid transaction termination");
        return false;
    }
    transaction_end(session, commit);
    transaction_begin(session);
    return true;
}

static bool changes(void *data, const AstNode *node)
{
    const RunHost *host = data;
    return routine_statement_changes(host->ddl->session, node);
}

static AddressList constraint_owners(void *data, const char *name)
{
    const RunHost *host = data;
    return name_constraint_owners(host->ddl, name);
}

/* ---- functions ---- */

typedef struct SqlRun {
    RunHost *host;
    const PlHost *body_host;
    Span place;
} SqlRun;

static bool call_in_sql(void *data, const EvaluateCall *call, Value *result)
{
    const SqlRun *run = data;
    return run->body_host->call(run->body_host->data, call, run->place, result);
}

/* A function in SQL: its statements in order; what it gives is the last one's first column. */
static bool run_sql(RunHost *host, const DdlBody *body, const EvaluateCall *call, Value *result)
{
    Ddl *ddl = host->ddl;
    PlHost body_host = host_of(host);
    SqlRun run = {host, &body_host, SPAN_NONE};
    Evaluation evaluation = {.catalog = ddl->catalog,
                             .arena = ddl->scratch,
                             .params = call->args,
                             .nparams = call->nargs,
                             .call = call_in_sql,
                             .data = &run};
    AnalyzeContext context = {ddl->catalog, ddl->scratch, ddl->diags, body->sql};
    for (size_t i = 0; i < body->statements->len; i++) {
        const AstStatement *statement = &body->statements->items[i];
        *result = value_unknown();
        run.place = sqltext_span(body->sql, statement->start);
        if (!analyze_is_optimizable(statement->node)) {
            if (!apply(host, statement->node, body->sql, statement->start, statement->end))
                return false;
            continue;
        }
        ParamTypes params = function_parameters(ddl, call->function);
        Query *query = analyze_statement(&context, statement->node, &params);
        if (!query)
            return false;
        EvaluatedRows rows = evaluate_query(&evaluation, query);
        bool known;
        const EvaluatedRow *row = evaluate_first_row(&rows, &known);
        const TargetList *targets = query->command == COMMAND_SELECT ? &query->targets : &query->returning;
        if (row && targets->len && !call->function->returns_set)
            *result = value_convert(ddl->scratch, ddl->catalog, &row->values[0], targets->items[0]->expr->type,
                                    call->function->return_type);
        if (evaluation.failed || !apply(host, statement->node, body->sql, statement->start, statement->end))
            return false;
    }
    return true;
}

static bool run_plpgsql(RunHost *host, const DdlBody *body, const EvaluateCall *call, Value *result)
{
    Ddl *ddl = host->ddl;
    PlHost body_host = host_of(host);
    PlCall given = {{call->function, NULL}, call->args, true};
    AnalyzeContext context = {ddl->catalog, ddl->scratch, ddl->diags, body->sql};
    return plpgsql_run(&context, body->body, &given, &body_host, result);
}

/* What was found in a body is there because of the call. */
static void note_call(Diags *diags, DiagsMark mark, const Function *function, Span place)
{
    for (Diag *diag = mark.last ? mark.last->next : diags->first; diag; diag = diag->next)
        diag_note(diags, diag, place, "%s is called here", function->name);
}

static bool has_null(const EvaluateCall *call)
{
    for (size_t i = 0; i < call->nargs; i++)
        if (call->args[i].state == VALUE_NULL)
            return true;
    return false;
}

static void warn_not_run(Ddl *ddl, const Function *function, Span place)
{
    Diag *diag = diag_warning(ddl->diags, place, NULL,
                              "whether and how often %s is called is not known here: what it changes in the schema "
                              "is not seen",
                              function->name);
    ddl_hint(ddl, diag, "Call it with constants, or over rows of the system catalogs.");
    ddl->session->doubt = true;
}

static bool call_function(void *data, const EvaluateCall *call, Span place, Value *result)
{
    RunHost *host = data;
    Ddl *ddl = host->ddl;
    DdlSession *session = ddl->session;
    DdlBody *body = routine_find(session, call->function);
    *result = value_unknown();
    if (!body)
        return true;
    bool changing = routine_changes(session, body);
    if (!call->certain || session->depth >= MOST_DEPTH || (!body->is_sql && !body->body)) {
        if (changing)
            warn_not_run(ddl, call->function, place);
        return true;
    }
    if (call->function->strict && has_null(call)) {
        *result = value_null();
        return true;
    }
    DiagsMark mark = diags_mark(ddl->diags);
    SearchPathNames path = session->path;
    if (body->sets_path)
        search_path_restore(session, body->path);
    session->depth++;
    bool good = body->is_sql ? run_sql(host, body, call, result) : run_plpgsql(host, body, call, result);
    session->depth--;
    if (body->sets_path)
        search_path_restore(session, path);
    note_call(ddl->diags, mark, call->function, place);
    return good;
}

static PlHost host_of(RunHost *host)
{
    return (PlHost){.data = host,
                    .arena = host->ddl->arena,
                    .ignores_asserts = host->ddl->session->ignores_asserts,
                    .doubt = &host->ddl->session->doubt,
                    .apply = apply,
                    .call = call_function,
                    .changes = changes,
                    .constraint_owners = constraint_owners,
                    .savepoint = savepoint,
                    .rollback = rollback,
                    .end_transaction = end_transaction};
}

/* ---- statements ---- */

/* A statement outside of a block is a transaction of its own. */
static RunHost begin(Ddl *ddl, bool may_end)
{
    RunHost host = {ddl, ddl->session->in_transaction, may_end && !ddl->session->in_transaction,
                    ddl->diags->nwarnings};
    if (!host.in_block)
        transaction_begin(ddl->session);
    ddl->session->depth++;
    return host;
}

/* What a warning says is not applied may have been an EXECUTE of GRANT. */
static void note_doubts(const RunHost *host)
{
    if (host->ddl->diags->nwarnings > host->nwarnings)
        catalog_doubt_privileges(host->ddl->catalog);
}

static bool end(const RunHost *host, bool good)
{
    note_doubts(host);
    host->ddl->session->depth--;
    if (!host->in_block)
        transaction_end(host->ddl->session, good);
    return good;
}

bool run_do_block(Ddl *ddl, const PlBody *body)
{
    RunHost host = begin(ddl, true);
    PlHost body_host = host_of(&host);
    PlCall call = {{NULL, NULL}, NULL, false};
    AnalyzeContext context = {ddl->catalog, ddl->scratch, ddl->diags, body->sql};
    Value result;
    return end(&host, plpgsql_run(&context, body, &call, &body_host, &result));
}

/* ---- calls in queries ---- */

typedef struct QueryRun {
    RunHost *host;
    const SqlText *sql;
} QueryRun;

static bool call_in_query(void *data, const EvaluateCall *call, Value *result)
{
    const QueryRun *run = data;
    Ddl *ddl = run->host->ddl;
    return call_function(run->host, call, ddl_span(ddl, call->location), result);
}

/* Rows of what is changed are not known, nor how often a function is called for them. */
static void warn_modification(Ddl *ddl)
{
    Diag *diag =
        diag_warning(ddl->diags, ddl_span(ddl, -1), NULL,
                     "a function that may change the schema is called for rows: what it changes is not seen");
    ddl_hint(ddl, diag, "Call it in a SELECT, with constants.");
    ddl->session->doubt = true;
}

static bool evaluate(Ddl *ddl, RunHost *host, const AstNode *node)
{
    Diags ignored = diags_make(ddl->scratch); /* the caller analyzes queries, and reports what is wrong */
    AnalyzeContext context = {ddl->catalog, ddl->scratch, &ignored, ddl->sql};
    ParamTypes params = {.variable = true};
    QueryRun run = {host, ddl->sql};
    Evaluation evaluation = {.catalog = ddl->catalog, .arena = ddl->scratch, .call = call_in_query, .data = &run};
    if (ast_kind(node) == AST_CALL_STMT) {
        FuncExpr *call = analyze_call(&context, node->call_stmt->funccall, &params);
        if (call)
            evaluate_expr(&evaluation, &call->expr);
        return !evaluation.failed;
    }
    Query *query = analyze_statement(&context, node, &params);
    if (query && query->command != COMMAND_SELECT)
        warn_modification(ddl);
    else if (query)
        evaluate_query(&evaluation, query);
    return !evaluation.failed;
}

bool run_calls(Ddl *ddl, const AstNode *node)
{
    if (!routine_statement_changes(ddl->session, node))
        return true;
    RunHost host = begin(ddl, ast_kind(node) == AST_CALL_STMT);
    return end(&host, evaluate(ddl, &host, node));
}
