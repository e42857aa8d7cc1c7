/* The PL/pgSQL body in CREATE FUNCTION, CREATE PROCEDURE and DO, read (plpgsql_validator and plpgsql_inline_handler
 * do it when the statement is run). That needs no catalog, so that a caller with threads can do it ahead. */
#include "ddl/ddl_private.h"

#include <string.h>

struct DdlParsedBody {
    const char *text;
    const SqlText *sql;
    const PlBody *body; /* NULL when diags has an error, or libpg_query's parser has nothing against it */
    Diags diags;
};

static DdlParsedBody *parse(Arena *arena, const AstStatement *statement, const SqlText *sql, const char *text,
                            int32_t location)
{
    DdlParsedBody *parsed = arena_new_of(arena, DdlParsedBody);
    if (location < 0)
        location = (int32_t)statement->start;
    *parsed = (DdlParsedBody){text, function_body_sql(arena, sql, text, location), NULL, diags_make(arena)};
    parsed->body = plpgsql_read(arena, parsed->sql, &parsed->diags);
    if (parsed->diags.nerrors == 0)
        return parsed;
    parsed->body = NULL;
    /* An error only where libpg_query's parser finds one too. */
    const char *whole = arena_strndup(arena, sql->text + statement->start, statement->end - statement->start);
    if (!plpgsql_is_refused(whole))
        parsed->diags = diags_make(arena);
    return parsed;
}

const DdlParsedBody *ddl_parse_body(Arena *arena, const AstStatement *statement, const SqlText *sql)
{
    AstItems options;
    const char *language = NULL; /* that it is when it is not said */
    if (ast_kind(statement->node) == AST_CREATE_FUNCTION_STMT)
        options = AST_ITEMS(statement->node->create_function_stmt, options);
    else if (ast_kind(statement->node) == AST_DO_STMT) {
        options = AST_ITEMS(statement->node->do_stmt, args);
        language = "plpgsql";
    } else
        return NULL;
    const AstDefElem *said = ast_option(options, "language");
    if (said)
        language = ast_option_text(arena, said);
    const AstDefElem *as = ast_option(options, "as");
    if (!as || !language || strcmp(language, "plpgsql") != 0)
        return NULL;
    AstItems parts = ast_items(as->arg);
    const char *text = parts.len ? ast_string(parts.items[parts.len - 1]) : ast_option_text(arena, as);
    return text ? parse(arena, statement, sql, text, as->location) : NULL;
}

const PlBody *parsed_body(Ddl *ddl, const char *text, int32_t location, const SqlText **sql)
{
    const DdlParsedBody *parsed = ddl->parsed_body;
    if (!parsed || strcmp(parsed->text, text) != 0) {
        AstStatement statement = {NULL, (uint32_t)ddl->start, (uint32_t)ddl->end};
        parsed = parse(ddl->arena, &statement, ddl->sql, text, location);
    }
    diags_append(ddl->diags, &parsed->diags);
    *sql = parsed->sql;
    return parsed->body;
}
