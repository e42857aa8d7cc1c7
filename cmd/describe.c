#include "cmd/describe.h"

long describe_error_position(const Description *description)
{
    const ScriptStatement *statement = description->statement;
    Span span = description->error->span;
    if (!span.file || span.file != statement->sql->file || span.start < statement->start ||
        span.start > statement->end)
        return 0;
    long position = 1;
    for (uint32_t i = statement->start; i < span.start; i++)
        position += ((unsigned char)span.file->text[i] & 0xC0) != 0x80;
    return position;
}

const TargetList *describe_columns(const Query *query)
{
    return query->command == COMMAND_SELECT ? &query->targets : &query->returning;
}

Oid describe_column_type(const Catalog *catalog, const Expr *expr)
{
    return type_base(catalog, expr->type);
}

static void describe_query(DdlSession *session, Arena *arena, const AstStatement *parsed, Description *description)
{
    const SqlText *sql = description->statement->sql;
    AnalyzeContext context = {ddl_session_catalog(session), arena, &description->diags, sql};
    if (ddl_transaction_aborted(session)) {
        diag_error(&description->diags, sqltext_span(sql, parsed->start), SQLSTATE_IN_FAILED_SQL_TRANSACTION,
                   "current transaction is aborted, commands ignored until end of transaction block");
        return;
    }
    description->params.variable = true;
    Query *query = analyze_statement(&context, parsed->node, &description->params);
    if (query && analyze_check_params(&context, &description->params))
        description->query = query;
    else
        ddl_query_failed(session);
}

Description describe_statement(DdlSession *session, Arena *arena, const ScriptStatement *statement)
{
    Description description = {.statement = statement, .is_query = true, .diags = diags_make(arena)};
    Diags *diags = &description.diags;
    AstStatements parsed = ast_parse(arena, statement->sql, diags);
    for (size_t i = 0; i < parsed.len && !diags->nerrors; i++) {
        description.is_query = ddl_classify(parsed.items[i].node) == DDL_QUERY;
        if (description.is_query)
            describe_query(session, arena, &parsed.items[i], &description);
        DiagsMark mark = diags_mark(diags);
        if (!diags->nerrors)
            ddl_apply(session, &parsed.items[i], statement->sql, diags);
        if (description.is_query) /* what fails only when it is run can be described */
            diags_demote(diags, mark);
    }
    if (!parsed.len && diags->nerrors)
        ddl_query_failed(session);
    for (description.error = diags->first; description.error && description.error->severity != DIAG_ERROR;)
        description.error = description.error->next;
    return description;
}
