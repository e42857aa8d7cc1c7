/* The SQL in a body against the catalog: what the server would say when a statement is first run. */
#include "plpgsql/checker.h"

#include <string.h>
#include <strings.h>

/* ---- what cannot be known ---- */

/* The name in `relation "…" does not exist`. */
static const char *missing_relation(Arena *arena, const Diag *diag)
{
    const char *start = strchr(diag->message, '"'), *end = start ? strchr(start + 1, '"') : NULL;
    if (!end)
        return "";
    const char *name = arena_strndup(arena, start + 1, (size_t)(end - start - 1)), *dot = strrchr(name, '.');
    return dot ? dot + 1 : name;
}

static bool mentions(const char *text, const char *word)
{
    size_t len = strlen(word);
    for (; *text; text++)
        if (strncasecmp(text, word, len) == 0)
            return true;
    return false;
}

/* Whether the error may be about something that another statement makes before this one runs. */
static bool is_doubtful(PlChecker *checker, const Diag *diag)
{
    if (!diag || !diag->code)
        return false;
    if (strcmp(diag->code, SQLSTATE_UNDEFINED_TABLE) == 0) {
        const char *name = missing_relation(checker->context.arena, diag);
        return strncmp(name, "pg_", 3) == 0 || checker->may_exist(checker->data, name);
    }
    if (strcmp(diag->code, SQLSTATE_UNDEFINED_FUNCTION) == 0 ||
        strcmp(diag->code, SQLSTATE_UNDEFINED_OBJECT) == 0 || strcmp(diag->code, SQLSTATE_INVALID_SCHEMA_NAME) == 0)
        return checker->body->is_dynamic;
    if (strcmp(diag->code, SQLSTATE_UNDEFINED_COLUMN) == 0)
        return mentions(checker->body->sql->text, "alter");
    return false;
}

/* ---- pieces of SQL ---- */

static bool mentions_argument(const PlChecker *checker, const PlExpr *expr)
{
    const char *text = checker->body->sql->text;
    return memchr(text + expr->range.start, '$', expr->range.end - expr->range.start) != NULL;
}

Query *check_resolve(PlChecker *checker, const PlExpr *expr, bool *gave_up)
{
    const AstNode *node = expr->node;
    bool call = ast_kind(node) == AST_CALL_STMT;
    *gave_up = !node || (!call && !analyze_is_optimizable(node)) ||
               (checker->is_polymorphic && mentions_argument(checker, expr));
    if (*gave_up)
        return NULL;
    DiagsMark mark = diags_mark(checker->context.diags);
    checker->lookup.gave_up = false;
    checker->references.len = 0;
    Query *query = NULL;
    if (call)
        analyze_call(&checker->context, node->call_stmt->funccall, &checker->params);
    else
        query = analyze_statement(&checker->context, node, &checker->params);
    *gave_up = checker->lookup.gave_up;
    if (*gave_up)
        diags_rewind(checker->context.diags, mark);
    return *gave_up ? NULL : query;
}

static Query *resolve(PlChecker *checker, const PlExpr *expr)
{
    bool gave_up;
    DiagsMark mark = diags_mark(checker->context.diags);
    Query *query = check_resolve(checker, expr, &gave_up);
    const Diag *first = mark.last ? mark.last->next : checker->context.diags->first;
    if (is_doubtful(checker, first))
        diags_rewind(checker->context.diags, mark);
    return query;
}

void check_expr(PlChecker *checker, const PlExpr *expr)
{
    resolve(checker, expr);
}

/* ---- statements ---- */

/* The field of a record that is assigned to must be there. */
static void check_target(PlChecker *checker, const PlTarget *target)
{
    VariableMatch match = {.typmod = -1};
    if (target->n > 1 && scope_find_variable(checker, target->parts, target->n, &match) && match.record)
        checker_error(checker, target->range.start, SQLSTATE_UNDEFINED_COLUMN, "record \"%s\" has no field \"%s\"",
                      match.record, target->parts[target->n - 1]);
}

typedef VEC(Oid) Types;

/* The columns of the function's result; false when they are not known. */
static bool result_types(const PlChecker *checker, Types *types)
{
    const Function *function = checker->routine->function;
    Arena *arena = checker->context.arena;
    if (!function)
        return false;
    for (size_t i = 0; i < function->nall; i++)
        if (function->all_modes[i] == ARGMODE_OUT || function->all_modes[i] == ARGMODE_INOUT ||
            function->all_modes[i] == ARGMODE_TABLE)
            vec_push(arena, types, function->all_types[i]);
    if (!types->len) {
        Oid row = type_or_domain_relation(checker->context.catalog, function->return_type);
        const Relation *relation = catalog_relation(checker->context.catalog, row);
        for (size_t i = 0; relation && i < relation->ncolumns; i++)
            if (!relation->columns[i].dropped)
                vec_push(arena, types, relation->columns[i].type);
        if (!relation)
            vec_push(arena, types, function->return_type);
    }
    for (size_t i = 0; i < types->len; i++)
        if (type_is_polymorphic(types->items[i]) || types->items[i] == TYPE_RECORD)
            return false;
    return true;
}

/* RETURN QUERY: the query's columns must have the very types of the result's (convert_tuples_by_position). */
static void check_rows(PlChecker *checker, const PlExpr *expr, const Query *query)
{
    Types wanted = {0};
    const Catalog *catalog = checker->context.catalog;
    Arena *arena = checker->context.diags->arena;
    if (!query || !result_types(checker, &wanted))
        return;
    const TargetList *targets = query->command == COMMAND_SELECT ? &query->targets : &query->returning;
    const char *detail = NULL;
    size_t n = 0;
    for (size_t i = 0; i < targets->len; i++) {
        if (targets->items[i]->junk)
            continue;
        Oid type = targets->items[i]->expr->type;
        if (!detail && n < wanted.len && type != wanted.items[n])
            detail = arena_printf(arena, "Returned type %s does not match expected type %s in column %zu.",
                                  catalog_format_type(catalog, arena, type),
                                  catalog_format_type(catalog, arena, wanted.items[n]), n + 1);
        n++;
    }
    if (!n)
        return;
    if (n != wanted.len)
        detail = arena_printf(arena, "Number of returned columns (%zu) does not match expected column count (%zu).",
                              n, wanted.len);
    if (detail)
        diag_detail(checker->context.diags,
                    checker_error(checker, expr->range.start, SQLSTATE_DATATYPE_MISMATCH,
                                  "structure of query does not match function result type"),
                    "%s", detail);
}

bool check_destination(PlChecker *checker, const PlStatement *statement, const Query *query)
{
    bool selects = query && query->command == COMMAND_SELECT;
    if (statement->kind != PL_STATEMENT || statement->targets.len || !query || (!selects && !query->returning.len))
        return true;
    Diag *diag =
        checker_error(checker, statement->start, SQLSTATE_SYNTAX_ERROR, "query has no destination for result data");
    if (selects)
        diag_hint(checker->context.diags, diag,
                  "If you want to discard the results of a SELECT, use PERFORM instead.");
    return false;
}

void check_statement(PlChecker *checker, const PlStatement *statement)
{
    const PlRow *row = NULL;
    for (size_t i = 0; i < statement->targets.len; i++)
        check_target(checker, &statement->targets.items[i]);
    for (size_t i = 0; i < statement->exprs.len; i++) {
        const Query *query = resolve(checker, statement->exprs.items[i]);
        if (statement->kind == PL_RETURN_QUERY)
            check_rows(checker, statement->exprs.items[i], query);
        check_destination(checker, statement, query);
        bool gives_row = statement->kind == PL_FOR_QUERY || statement->kind == PL_STATEMENT;
        row = query && gives_row && statement->targets.len ? record_of_query(checker, query) : NULL;
    }
    record_assign(checker, statement, row);
}

void plpgsql_check(const AnalyzeContext *context, const PlBody *body, const PlRoutine *routine,
                   PlMayExist *may_exist, void *data)
{
    PlChecker checker = {
        .context = *context, .body = body, .routine = routine, .may_exist = may_exist, .data = data};
    checker.context.sql = body->sql_text;
    /* what is wrong with types has been said when the function was created, or will be when it is */
    walk_body(&checker);
}
