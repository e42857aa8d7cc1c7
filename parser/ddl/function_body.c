/* The bodies of SQL functions, analyzed when the function is created (PostgreSQL's fmgr_sql_validator,
 * check_sql_fn_retval). */
#include "ddl/ddl_private.h"

typedef VEC(Query *) Queries;

typedef struct Body {
    Ddl *ddl;
    const Function *function;
    AnalyzeContext context;
    Queries queries;
    bool last_is_utility;
} Body;

/* ---- the text ---- */

typedef VEC(SqlSegment) Segments;

/* The segments of a text between single quotes, in which its own quotes are doubled; false when it is not there. */
static bool doubled_quotes(Arena *arena, const SqlText *sql, const char *text, const char *from, Segments *segments)
{
    const char *at = strchr(from, '\'');
    if (!at || (at > from && strchr("eEuU&", at[-1])))
        return false;
    bool begins = true;
    at++;
    for (size_t i = 0; text[i]; i++, at++) {
        if (begins) {
            Span span = sqltext_span(sql, at - sql->text);
            vec_push(arena, segments, ((SqlSegment){.text = (uint32_t)i, .file = span.start}));
        }
        if (*at != text[i] || (*at == '\'' && at[1] != '\''))
            return false;
        begins = *at == '\'';
        at += begins;
    }
    return *at == '\'' && segments->len > 0;
}

const SqlText *function_body_sql(Arena *arena, const SqlText *statement, const char *text, int32_t location)
{
    size_t len = strlen(text);
    const char *from = statement->text + location;
    const char *found = strstr(from, text);
    SqlText *sql = arena_new_of(arena, SqlText);
    SqlSegment *segment = arena_new_of(arena, SqlSegment);
    Span span = sqltext_span(statement, location);
    segment->fixed = true;
    if (found && len) {
        span = sqltext_range(statement, found - statement->text, found - statement->text + (int64_t)len);
        segment->fixed = span.end - span.start != len;
    }
    segment->file = span.start;
    segment->file_end = span.end;
    Segments segments = {0};
    if (!found && doubled_quotes(arena, statement, text, from, &segments)) {
        *sql = (SqlText){span.file, text, len, segments.items, segments.len};
        return sql;
    }
    *sql = (SqlText){span.file, text, len, segment, 1};
    return sql;
}

const SqlText *function_body_text(Ddl *ddl, const char *text, int32_t location)
{
    return function_body_sql(ddl->arena, ddl->sql, text, location < 0 ? ddl->start : location);
}

/* ---- analysis ---- */

ParamTypes function_parameters(Ddl *ddl, const Function *function)
{
    ParamTypes params = {.function_name = function->name, .len = function->nargs, .cap = function->nargs};
    params.types = arena_memdup(ddl->arena, function->arg_types, (function->nargs + 1U) * sizeof *params.types);
    params.locations = arena_array_of(ddl->arena, function->nargs + 1U, int32_t);
    const char **names = arena_array_of(ddl->arena, function->nargs + 1U, const char *);
    size_t n = 0;
    for (size_t i = 0; function->arg_names && i < (function->nall ? function->nall : function->nargs); i++) {
        char mode = function->nall ? function->all_modes[i] : ARGMODE_IN;
        if (mode != ARGMODE_OUT && mode != ARGMODE_TABLE)
            names[n++] = function->arg_names[i];
    }
    params.names = names;
    return params;
}

const AstNode *function_select_of_return(Ddl *ddl, const AstNode *node)
{
    AstNode *target = arena_new_of(ddl->arena, AstNode), *select = arena_new_of(ddl->arena, AstNode);
    pg_query__node__init(target);
    pg_query__node__init(select);
    target->node_case = PG_QUERY__NODE__NODE_RES_TARGET;
    target->res_target = arena_new_of(ddl->arena, AstResTarget);
    pg_query__res_target__init(target->res_target);
    target->res_target->val = node->return_stmt->returnval;
    target->res_target->location = ast_location(node->return_stmt->returnval);
    select->node_case = PG_QUERY__NODE__NODE_SELECT_STMT;
    select->select_stmt = arena_new_of(ddl->arena, AstSelectStmt);
    pg_query__select_stmt__init(select->select_stmt);
    select->select_stmt->op = PG_QUERY__SET_OPERATION__SETOP_NONE;
    select->select_stmt->limit_option = PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_DEFAULT;
    AstNode **targets = arena_memdup(ddl->arena, &target, sizeof target);
    select->select_stmt->target_list = targets;
    select->select_stmt->n_target_list = 1;
    return select;
}

/* check_sql_fn_statements: a CALL gives nothing back in an SQL function. */
static bool check_call(Body *body, const AstCallStmt *stmt)
{
    ParamTypes params = function_parameters(body->ddl, body->function);
    const FuncExpr *call = analyze_call(&body->context, stmt->funccall, &params);
    const Function *procedure = call ? catalog_function(body->ddl->catalog, call->function) : NULL;
    for (size_t i = 0; procedure && i < procedure->nall; i++) {
        if (procedure->all_modes[i] == ARGMODE_OUT || procedure->all_modes[i] == ARGMODE_INOUT)
            return ddl_fail(body->ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                            "calling procedures with output arguments is not supported in SQL functions");
    }
    return call != NULL;
}

static bool analyze(Body *body, const AstNode *statement)
{
    if (ast_kind(statement) == AST_RETURN_STMT)
        statement = function_select_of_return(body->ddl, statement);
    body->last_is_utility = !analyze_is_optimizable(statement);
    if (ast_kind(statement) == AST_CALL_STMT && !check_call(body, statement->call_stmt))
        return false;
    if (body->last_is_utility) {
        vec_push(body->ddl->arena, &body->queries, NULL);
        return true;
    }
    ParamTypes params = function_parameters(body->ddl, body->function);
    Query *query = analyze_statement(&body->context, statement, &params);
    vec_push(body->ddl->arena, &body->queries, query);
    return query != NULL;
}

/* The statements of BEGIN ATOMIC, which may not be utility statements. */
static bool analyze_list(Body *body, AstItems items)
{
    for (size_t i = 0; i < items.len; i++) {
        const AstNode *item = items.items[i];
        if (ast_kind(item) == AST_NONE)
            continue;
        if (ast_kind(item) != AST_LIST && ast_kind(item) != AST_RETURN_STMT && !analyze_is_optimizable(item))
            return ddl_fail(body->ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                            "%s is not yet supported in unquoted SQL function body", ast_command_tag(item));
        if (!(ast_kind(item) == AST_LIST ? analyze_list(body, ast_items(item)) : analyze(body, item)))
            return false;
    }
    return true;
}

static bool analyze_text(Body *body, const char *text, int32_t location)
{
    const SqlText *sql = function_body_text(body->ddl, text, location);
    body->context.sql = sql;
    size_t errors = body->ddl->diags->nerrors;
    AstStatements statements = ast_parse(body->ddl->arena, sql, body->ddl->diags);
    if (body->ddl->diags->nerrors > errors)
        return false;
    for (size_t i = 0; i < statements.len; i++) {
        if (!analyze(body, statements.items[i].node))
            return false;
    }
    return true;
}

/* ---- the result ---- */

static bool mismatch(Body *body, const char *detail)
{
    Ddl *ddl = body->ddl;
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                           "return type mismatch in function declared to return %s",
                           ddl_type_name(ddl, body->function->return_type));
    ddl_detail(ddl, diag, "%s", detail);
    return false;
}

static bool assignable(Body *body, Oid from, Oid to)
{
    return from == to || coercion_possible(body->ddl->catalog, 1, &from, &to, COERCION_ASSIGNMENT);
}

static const TargetList *final_targets(const Query *query)
{
    if (!query)
        return NULL;
    if (query->command == COMMAND_SELECT)
        return &query->targets;
    return query->returning.len ? &query->returning : NULL;
}

static bool check_row(Body *body, const Oids *actual, const Oids *wanted)
{
    Ddl *ddl = body->ddl;
    for (size_t i = 0; i < actual->len; i++) {
        if (i >= wanted->len)
            return mismatch(body, "Final statement returns too many columns.");
        if (!assignable(body, actual->items[i], wanted->items[i]))
            return mismatch(body,
                            arena_printf(ddl->scratch, "Final statement returns %s instead of %s at column %zu.",
                                         ddl_type_name(ddl, actual->items[i]), ddl_type_name(ddl, wanted->items[i]),
                                         i + 1));
    }
    return actual->len == wanted->len || mismatch(body, "Final statement returns too few columns.");
}

/* The columns that the declared result has; false when they are not known (RECORD). */
static bool declared_columns(Body *body, Oids *wanted)
{
    Ddl *ddl = body->ddl;
    Names names = {0};
    Oid result = body->function->return_type;
    if (result == TYPE_RECORD)
        return function_outputs(ddl, body->function, wanted, &names) > 0;
    const Relation *row = catalog_relation(ddl->catalog, type_or_domain_relation(ddl->catalog, result));
    for (size_t i = 0; row && i < row->ncolumns; i++) {
        if (!row->columns[i].dropped)
            vec_push(ddl->scratch, wanted, row->columns[i].type);
    }
    return row != NULL;
}

static bool check_result(Body *body)
{
    Oid result = body->function->return_type;
    if (result == TYPE_VOID)
        return true;
    const Query *last = body->queries.len ? vec_last(&body->queries) : NULL;
    const TargetList *targets = final_targets(last);
    if (!targets)
        return mismatch(body,
                        catalog_version(body->ddl->catalog) >= 17
                            ? "Function's final statement must be SELECT or INSERT/UPDATE/DELETE/MERGE RETURNING."
                            : "Function's final statement must be SELECT or INSERT/UPDATE/DELETE RETURNING.");
    Oids actual = {0}, wanted = {0};
    for (size_t i = 0; i < targets->len; i++) {
        if (!targets->items[i]->junk)
            vec_push(body->ddl->scratch, &actual, targets->items[i]->expr->type);
    }
    bool is_row = result == TYPE_RECORD || type_or_domain_relation(body->ddl->catalog, result);
    if (!is_row) {
        if (actual.len != 1)
            return mismatch(body, "Final statement must return exactly one column.");
        return assignable(body, actual.items[0], result) ||
               mismatch(body, arena_printf(body->ddl->scratch, "Actual return type is %s.",
                                           ddl_type_name(body->ddl, actual.items[0])));
    }
    bool known = declared_columns(body, &wanted);
    if (actual.len == 1 && !(known && wanted.len == 1) && body->function->kind != PROKIND_PROCEDURE &&
        assignable(body, actual.items[0], result))
        return true;
    return !known || check_row(body, &actual, &wanted);
}

static bool is_polymorphic(const Function *function)
{
    for (size_t i = 0; i < function->nargs; i++) {
        if (type_is_polymorphic(function->arg_types[i]))
            return true;
    }
    return type_is_polymorphic(function->return_type);
}

bool function_check_body(Ddl *ddl, Oid oid, const AstNode *sql_body, const char *text, int32_t location)
{
    Body body = {.ddl = ddl, .function = catalog_function(ddl->catalog, oid), .context = ddl->context};
    if (is_polymorphic(body.function) && !sql_body) {
        size_t errors = ddl->diags->nerrors;
        ast_parse(ddl->arena, function_body_text(ddl, text, location), ddl->diags);
        return ddl->diags->nerrors == errors;
    }
    if (sql_body && is_polymorphic(body.function))
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                        "SQL function with unquoted function body cannot have polymorphic arguments");
    bool analyzed = sql_body ? analyze_list(&body, ddl_names(ddl, sql_body)) : analyze_text(&body, text, location);
    if (!analyzed || !check_result(&body))
        return false;
    Function *edit = catalog_edit_function(ddl->catalog, oid);
    edit->body = body.queries.items;
    edit->nbody = body.last_is_utility ? 0 : body.queries.len;
    for (size_t i = 0; i < body.queries.len; i++) {
        if (!body.queries.items[i])
            edit->nbody = 0;
        else if (sql_body)
            depend_on_query(ddl, address_of(CLASS_FUNCTION, oid), body.queries.items[i]);
    }
    catalog_put_function(ddl->catalog, edit);
    return true;
}
