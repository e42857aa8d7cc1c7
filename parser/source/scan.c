/* PostgreSQL's scanner through libpg_query. */
#include "source/scan.h"

#include "base/vec.h"
#include "source/lex.h"

#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>

#include <string.h>

static void *arena_allocate(void *arena, size_t size)
{
    return arena_alloc(arena, size);
}

static void keep(void *arena, void *memory)
{
    (void)arena;
    (void)memory;
}

static KeywordKind keyword_kind(PgQuery__KeywordKind kind)
{
    switch (kind) {
    case PG_QUERY__KEYWORD_KIND__UNRESERVED_KEYWORD:
        return KEYWORD_UNRESERVED;
    case PG_QUERY__KEYWORD_KIND__COL_NAME_KEYWORD:
        return KEYWORD_COL_NAME;
    case PG_QUERY__KEYWORD_KIND__TYPE_FUNC_NAME_KEYWORD:
        return KEYWORD_TYPE_FUNC_NAME;
    case PG_QUERY__KEYWORD_KIND__RESERVED_KEYWORD:
        return KEYWORD_RESERVED;
    case PG_QUERY__KEYWORD_KIND__NO_KEYWORD:
    case _PG_QUERY__KEYWORD_KIND_IS_INT_SIZE:
        break;
    }
    return KEYWORD_NONE;
}

static TokenKind named_token_kind(int token)
{
    switch (token) {
    case PG_QUERY__TOKEN__IDENT:
    case PG_QUERY__TOKEN__UIDENT:
        return TOKEN_IDENT;
    case PG_QUERY__TOKEN__SCONST:
    case PG_QUERY__TOKEN__USCONST:
    case PG_QUERY__TOKEN__BCONST:
    case PG_QUERY__TOKEN__XCONST:
        return TOKEN_STRING;
    case PG_QUERY__TOKEN__FCONST:
    case PG_QUERY__TOKEN__ICONST:
        return TOKEN_NUMBER;
    case PG_QUERY__TOKEN__PARAM:
        return TOKEN_PARAM;
    case PG_QUERY__TOKEN__Op:
    case PG_QUERY__TOKEN__LESS_EQUALS:
    case PG_QUERY__TOKEN__GREATER_EQUALS:
    case PG_QUERY__TOKEN__NOT_EQUALS:
        return TOKEN_OPERATOR;
    case PG_QUERY__TOKEN__TYPECAST:
    case PG_QUERY__TOKEN__DOT_DOT:
    case PG_QUERY__TOKEN__COLON_EQUALS:
    case PG_QUERY__TOKEN__EQUALS_GREATER:
        return TOKEN_PUNCTUATION;
    case PG_QUERY__TOKEN__SQL_COMMENT:
        return TOKEN_LINE_COMMENT;
    case PG_QUERY__TOKEN__C_COMMENT:
        return TOKEN_BLOCK_COMMENT;
    default:
        return TOKEN_UNKNOWN;
    }
}

static Token token_of(const char *text, size_t base, const PgQuery__ScanToken *scanned)
{
    Token token = {.start = (uint32_t)(base + (size_t)scanned->start),
                   .end = (uint32_t)(base + (size_t)scanned->end)};
    token.keyword = keyword_kind(scanned->keyword_kind);
    if (token.keyword != KEYWORD_NONE)
        token.kind = TOKEN_KEYWORD;
    else if ((int)scanned->token >= PG_QUERY__TOKEN__IDENT)
        token.kind = named_token_kind((int)scanned->token);
    else if (strchr("+-*/<>=%^", text[token.start]))
        token.kind = TOKEN_OPERATOR;
    else if (strchr("()[],;:.", text[token.start]))
        token.kind = TOKEN_PUNCTUATION;
    else
        token.kind = TOKEN_UNKNOWN;
    return token;
}

bool scan_tokens(Arena *arena, const SqlText *sql, size_t start, size_t end, Diags *diags, TokenList *tokens)
{
    const char *text = end == sql->len ? sql->text + start : arena_strndup(arena, sql->text + start, end - start);
    PgQueryScanResult result = pg_query_scan(text);
    if (result.error) {
        ScanError error = {result.error->message, result.error->funcname, result.error->cursorpos};
        scan_report(diags, sql, start, text, error);
        pg_query_free_scan_result(result);
        return false;
    }
    ProtobufCAllocator allocator = {arena_allocate, keep, arena};
    const PgQuery__ScanResult *scanned =
        pg_query__scan_result__unpack(&allocator, result.pbuf.len, (const uint8_t *)result.pbuf.data);
    for (size_t i = 0; scanned && i < scanned->n_tokens; i++)
        vec_push(arena, tokens, token_of(sql->text, start, scanned->tokens[i]));
    pg_query_free_scan_result(result);
    return true;
}

bool token_is(const char *text, const Token *token, const char *word)
{
    size_t len = strlen(word);
    if (token->end - token->start != len)
        return false;
    for (size_t i = 0; i < len; i++) {
        char c = text[token->start + i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (c != word[i])
            return false;
    }
    return true;
}

bool token_is_comment(const Token *token)
{
    return token->kind == TOKEN_LINE_COMMENT || token->kind == TOKEN_BLOCK_COMMENT;
}

const char *token_identifier(Arena *arena, const char *text, const Token *token)
{
    size_t len = token->end - token->start;
    const char *from = text + token->start;
    if (len < 2 || from[0] != '"' || from[len - 1] != '"')
        return arena_strndup(arena, from, len);
    char *name = arena_alloc(arena, len);
    size_t n = 0;
    for (size_t i = 1; i + 1 < len; i++) {
        name[n++] = from[i];
        if (from[i] == '"')
            i++;
    }
    name[n] = '\0';
    return name;
}

void statements_split(Arena *arena, const char *text, size_t len, StatementRanges *ranges)
{
    Lexer lexer = lexer_of(text, len);
    Lexeme lexeme;
    StatementCut cut = {0};
    while (lex_next(&lexer, &lexeme)) {
        if (lexeme_is_comment(&lexeme) || !statement_feed(&cut, text, &lexeme))
            continue;
        if (cut.begun)
            vec_push(arena, ranges, ((StatementRange){cut.start, cut.end, true}));
        cut = (StatementCut){0};
    }
    if (cut.begun)
        vec_push(arena, ranges, ((StatementRange){cut.start, cut.end, false}));
}
