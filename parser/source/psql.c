/* Statements, backslash commands and COPY data of a psql script (psql's documentation, "Meta-Commands"). */
#include "source/psql.h"

#include "base/vec.h"
#include "source/lex.h"

#include <string.h>

typedef struct Split {
    Arena *arena;
    Lexer lexer;
    StatementCut cut;
    StatementRanges *statements, *skipped;
    bool no_more_data; /* no line ends COPY data from here on */
} Split;

static size_t find_line_end(const Lexer *lexer, size_t offset)
{
    const char *newline = memchr(lexer->text + offset, '\n', lexer->len - offset);
    return newline ? (size_t)(newline - lexer->text) : lexer->len;
}

/* The end of the next line that is \. alone, or 0 when there is none. */
static size_t find_data_end(const Lexer *lexer, size_t offset)
{
    while (offset < lexer->len) {
        size_t line = offset + 1, end = find_line_end(lexer, line < lexer->len ? line : lexer->len);
        offset = end;
        size_t len = end > line ? end - line : 0;
        if (len > 0 && lexer->text[end - 1] == '\r')
            len--;
        if (len == 2 && memcmp(lexer->text + line, "\\.", 2) == 0)
            return end;
    }
    return 0;
}

/* Past the data lines that follow COPY ... FROM stdin, with the \. that ends them. Where no such line follows, the
 * data is not in the script. */
static void skip_copy_data(Split *split)
{
    Lexer *lexer = &split->lexer;
    size_t start = find_line_end(lexer, lexer->at);
    size_t end = split->no_more_data ? 0 : find_data_end(lexer, start);
    if (end == 0) {
        split->no_more_data = true;
        return;
    }
    vec_push(split->arena, split->skipped, ((StatementRange){(uint32_t)start, (uint32_t)end, false}));
    lexer->at = end;
}

/* `at_end` tells a statement cut off by the end of the text. */
static void end_statement(Split *split, bool at_end)
{
    bool copy = split->cut.begun && split->cut.stdin_ && !at_end;
    if (split->cut.begun)
        vec_push(split->arena, split->statements, ((StatementRange){split->cut.start, split->cut.end, !at_end}));
    split->cut = (StatementCut){0};
    if (copy)
        skip_copy_data(split);
}

/* The commands that send the statement before them: \g, \gx, \gset, \gdesc, \gexec, \crosstabview ... */
static bool is_sending(const char *command, size_t len)
{
    static const char *const sending[] = {"g", "gx", "gset", "gdesc", "gexec", "watch", "crosstabview"};
    for (size_t i = 0; i < sizeof sending / sizeof *sending; i++)
        if (strlen(sending[i]) == len && memcmp(sending[i], command, len) == 0)
            return true;
    return false;
}

static void backslash(Split *split, const Lexeme *sign)
{
    Lexer *lexer = &split->lexer;
    if (lexer->at < lexer->len && lexer->text[lexer->at] == ';') {
        vec_push(split->arena, split->skipped, ((StatementRange){sign->start, sign->start + 1, false}));
        lexer->at++;
        end_statement(split, false);
        return;
    }
    size_t end = find_line_end(lexer, sign->start), command = sign->end;
    while (command < end && ((lexer->text[command] | 32) >= 'a' && (lexer->text[command] | 32) <= 'z'))
        command++;
    bool sends = is_sending(lexer->text + sign->end, command - sign->end);
    lexer->at = end;
    vec_push(split->arena, split->skipped,
             ((StatementRange){sign->start, (uint32_t)end, sends && split->cut.begun}));
    if (sends)
        end_statement(split, false);
}

void psql_split(Arena *arena, const char *text, size_t len, StatementRanges *statements, StatementRanges *skipped)
{
    Split split = {.arena = arena, .lexer = lexer_of(text, len), .statements = statements, .skipped = skipped};
    Lexeme lexeme;
    while (lex_next(&split.lexer, &lexeme)) {
        if (lexeme_is_comment(&lexeme))
            continue;
        if (lexeme.kind == LEX_BACKSLASH)
            backslash(&split, &lexeme);
        else if (statement_feed(&split.cut, text, &lexeme))
            end_statement(&split, false);
    }
    end_statement(&split, true);
}
