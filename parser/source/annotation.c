/* What comments say: the line `-- name: X :command` and the lines that begin with @.
 *
 * The grammar is sqlc's, with blanks allowed where sqlc is strict. What is nearly an annotation is a mistake and
 * never a silent comment: a query that vanishes is found too late. */
#include "source/queries_private.h"

#include <string.h>

/* A place in a comment's text. */
typedef struct Cursor {
    Arena *arena;
    SourceFile *file;
    uint32_t at, end;
} Cursor;

typedef struct Word {
    uint32_t start, end;
} Word;

static const struct {
    const char *name;
    QueryCommand command;
} commands[] = {
    {"one", QUERY_ONE},           {"opt", QUERY_OPT},
    {"many", QUERY_MANY},         {"exec", QUERY_EXEC},
    {"execrows", QUERY_EXECROWS}, {"execresult", QUERY_EXECRESULT},
    {"copyfrom", QUERY_COPYFROM}, {"batchexec", QUERY_BATCHEXEC},
    {"batchone", QUERY_BATCHONE}, {"batchmany", QUERY_BATCHMANY},
    {"bulkexec", QUERY_BULKEXEC}, {"bulkmany", QUERY_BULKMANY},
};
enum { NCOMMANDS = sizeof commands / sizeof *commands };

const char *query_command_name(QueryCommand command)
{
    for (size_t i = 0; i < NCOMMANDS; i++)
        if (commands[i].command == command)
            return commands[i].name;
    return "";
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_name_part(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9');
}

static void skip_blanks(Cursor *cursor)
{
    while (cursor->at < cursor->end && is_blank(cursor->file->text[cursor->at]))
        cursor->at++;
}

/* The next run of bytes up to a blank. */
static Word next_word(Cursor *cursor)
{
    skip_blanks(cursor);
    Word word = {cursor->at, cursor->at};
    while (cursor->at < cursor->end && !is_blank(cursor->file->text[cursor->at]))
        cursor->at++;
    word.end = cursor->at;
    return word;
}

static const char *word_text(const Cursor *cursor, Word word)
{
    return arena_strndup(cursor->arena, cursor->file->text + word.start, word.end - word.start);
}

static Span word_span(const Cursor *cursor, Word word)
{
    return (Span){cursor->file, word.start, word.end};
}

static bool word_is(const Cursor *cursor, Word word, const char *text)
{
    size_t len = strlen(text);
    if (word.end - word.start != len)
        return false;
    for (size_t i = 0; i < len; i++) {
        char c = cursor->file->text[word.start + i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (c != text[i])
            return false;
    }
    return true;
}

static bool is_name(const Cursor *cursor, Word word)
{
    if (word.start == word.end || !is_letter(cursor->file->text[word.start]))
        return false;
    for (uint32_t i = word.start; i < word.end; i++)
        if (!is_name_part(cursor->file->text[i]))
            return false;
    return true;
}

static int find_command(const Cursor *cursor, Word word)
{
    for (int i = 0; i < NCOMMANDS; i++)
        if (word_is(cursor, word, commands[i].name))
            return i;
    return -1;
}

static NameLine bad_command(const Cursor *cursor, Word word, Diags *diags)
{
    const char *text = word_text(cursor, word);
    if (text[0] != ':') {
        Diag *diag = diag_error(diags, word_span(cursor, word), ANNOTATION_ERROR,
                                "expected a command such as \":one\" after the query's name, not \"%s\"", text);
        if (find_command(cursor, word) >= 0)
            diag_hint(diags, diag, "write \":%s\"", text);
        return NAME_LINE_BAD;
    }
    if (strcmp(text, ":execlastid") == 0) {
        Diag *diag = diag_error(diags, word_span(cursor, word), ANNOTATION_ERROR,
                                "command \":execlastid\" is not supported: PostgreSQL has no last inserted id");
        diag_hint(diags, diag, "use RETURNING and \":one\"");
        return NAME_LINE_BAD;
    }
    if (strcmp(text, ":iter") == 0) {
        Diag *diag = diag_error(diags, word_span(cursor, word), ANNOTATION_ERROR, "unknown command \":iter\"");
        diag_hint(diags, diag, "\":many\" also gives the rows one at a time, with _open and _next");
        return NAME_LINE_BAD;
    }
    Diag *diag = diag_error(diags, word_span(cursor, word), ANNOTATION_ERROR, "unknown command \"%s\"", text);
    NearestName nearest = {.wanted = text + 1};
    for (size_t i = 0; i < NCOMMANDS; i++)
        nearest_offer(&nearest, commands[i].name);
    if (nearest.found)
        diag_hint(diags, diag, "did you mean \":%s\"?", nearest.found);
    else
        diag_hint(
            diags, diag,
            "commands are :one, :opt, :many, :exec, :execrows, :execresult, :copyfrom, :batchexec, :batchone, "
            ":batchmany, :bulkexec and :bulkmany");
    return NAME_LINE_BAD;
}

/* What was meant by `X:one`, `X: one` or a name with other signs. */
static void hint_name(const Cursor *cursor, Word name, Word command, Diags *diags, Diag *diag)
{
    const char *text = cursor->file->text;
    const char *colon = memchr(text + name.start, ':', name.end - name.start);
    if (!colon) {
        diag_hint(diags, diag, "a name has letters, digits and underscores, and begins with no digit");
        return;
    }
    Word first = {name.start, (uint32_t)(colon - text)}, rest = {first.end + 1, name.end};
    if (rest.start == rest.end)
        rest = command;
    if (is_name(cursor, first) && find_command(cursor, rest) >= 0)
        diag_hint(diags, diag, "did you mean \"-- name: %s :%s\"?", word_text(cursor, first),
                  word_text(cursor, rest));
    else
        diag_hint(diags, diag, "write \"-- name: X :command\", with a blank before the command");
}

/* What follows `name:`. */
static NameLine read_name_and_command(Cursor *cursor, const Comment *comment, Diags *diags, AnnotatedQuery *query)
{
    Word name = next_word(cursor);
    if (name.start == name.end || cursor->file->text[name.start] == ':') {
        uint32_t place = name.start == name.end ? comment->text : name.start;
        diag_error(diags, (Span){cursor->file, place, name.start == name.end ? comment->text_end : name.end},
                   ANNOTATION_ERROR, "missing query name in \"-- name: X :command\"");
        return NAME_LINE_BAD;
    }
    Word command = next_word(cursor);
    if (!is_name(cursor, name)) {
        Diag *diag = diag_error(diags, word_span(cursor, name), ANNOTATION_ERROR, "invalid query name \"%s\"",
                                word_text(cursor, name));
        hint_name(cursor, name, command, diags, diag);
        return NAME_LINE_BAD;
    }
    query->name = word_text(cursor, name);
    query->name_span = word_span(cursor, name);
    if (command.start == command.end) {
        Diag *diag =
            diag_error(diags, query->name_span, ANNOTATION_ERROR, "query \"%s\" has no command", query->name);
        diag_hint(diags, diag, "write \"-- name: %s :one\", or :many, :exec, :execrows ...", query->name);
        return NAME_LINE_BAD;
    }
    query->command_span = word_span(cursor, command);
    Word bare = {command.start + 1, command.end};
    int found = cursor->file->text[command.start] == ':' ? find_command(cursor, bare) : -1;
    if (found < 0)
        return bad_command(cursor, command, diags);
    query->command = commands[found].command;
    Word rest = next_word(cursor);
    if (rest.start < rest.end) {
        diag_error(diags, (Span){cursor->file, rest.start, comment->text_end}, ANNOTATION_ERROR,
                   "unexpected text after the command \":%s\"", commands[found].name);
        return NAME_LINE_BAD;
    }
    return NAME_LINE_GOOD;
}

/* A comment that has the shape of a name line, `[word[:]] Name :command` with a known command, but not its word. */
static NameLine check_misspelt(Cursor cursor, const Comment *comment, Diags *diags)
{
    cursor.at = comment->text;
    Word words[4];
    size_t n = 0;
    while (n < 4 && (words[n] = next_word(&cursor), words[n].start < words[n].end))
        n++;
    if (n < 2 || n > 3)
        return NAME_LINE_NONE;
    Word command = words[n - 1];
    Word bare = {command.start + 1, command.end};
    if (cursor.file->text[command.start] != ':' || find_command(&cursor, bare) < 0 ||
        !is_name(&cursor, words[n - 2]))
        return NAME_LINE_NONE;
    Span span = {cursor.file, words[0].start, words[0].end};
    const char *first = word_text(&cursor, words[0]);
    Diag *diag = n == 2 ? diag_error(diags, span, ANNOTATION_ERROR, "missing \"name:\" before \"%s\"", first)
                        : diag_error(diags, span, ANNOTATION_ERROR, "unknown annotation \"%s\"", first);
    diag_hint(diags, diag, "did you mean \"-- name: %s %s\"?", word_text(&cursor, words[n - 2]),
              word_text(&cursor, command));
    return NAME_LINE_BAD;
}

NameLine annotation_read_name(Arena *arena, SourceFile *file, const Comment *comment, Diags *diags,
                              AnnotatedQuery *query)
{
    Cursor cursor = {arena, file, comment->text, comment->text_end};
    Word word = {cursor.at, cursor.at};
    while (cursor.at < cursor.end && is_letter(file->text[cursor.at]))
        cursor.at++;
    word.end = cursor.at;
    skip_blanks(&cursor);
    bool exact = word.end - word.start == 4 && memcmp(file->text + word.start, "name", 4) == 0;
    if (!exact || cursor.at >= cursor.end || file->text[cursor.at] != ':' ||
        (cursor.at + 1 < cursor.end && is_letter(file->text[cursor.at + 1]) && cursor.at > word.end))
        return check_misspelt(cursor, comment, diags);
    cursor.at++;
    return read_name_and_command(&cursor, comment, diags, query);
}

/* ---- lines with @ ---- */

static const char *const flags[] = {"@column", "@param", "@row", "@sqlc-vet-disable"};

bool annotation_is_ours(SourceFile *file, const Comment *comment)
{
    Cursor cursor = {NULL, file, comment->text, comment->text_end};
    Word word = next_word(&cursor);
    return word_is(&cursor, word, "@column") || word_is(&cursor, word, "@row");
}

/* A name, in double quotes if it has blanks. */
static Word next_column_name(Cursor *cursor, const char **name)
{
    skip_blanks(cursor);
    const char *text = cursor->file->text;
    if (cursor->at >= cursor->end || text[cursor->at] != '"') {
        Word word = next_word(cursor);
        *name = word_text(cursor, word);
        return word;
    }
    Word word = {cursor->at++, 0};
    while (cursor->at < cursor->end && (text[cursor->at] != '"' || text[cursor->at + 1] == '"'))
        cursor->at += text[cursor->at] == '"' ? 2 : 1;
    if (cursor->at < cursor->end)
        cursor->at++;
    word.end = cursor->at;
    Token quoted = {.start = word.start, .end = word.end, .kind = TOKEN_IDENT};
    *name = token_identifier(cursor->arena, text, &quoted);
    return word;
}

/* `NAME [not] null` and nothing more. */
static bool read_null(Cursor *cursor, const char **name, Word *place, bool *nullable)
{
    *place = next_column_name(cursor, name);
    Word word = next_word(cursor);
    *nullable = !word_is(cursor, word, "not");
    if (!*nullable)
        word = next_word(cursor);
    Word rest = next_word(cursor);
    return place->start < place->end && word_is(cursor, word, "null") && rest.start == rest.end;
}

static bool same_name(const char *a, const char *b)
{
    for (; *a && *b; a++, b++) {
        char x = *a >= 'A' && *a <= 'Z' ? (char)(*a - 'A' + 'a') : *a;
        char y = *b >= 'A' && *b <= 'Z' ? (char)(*b - 'A' + 'a') : *b;
        if (x != y)
            return false;
    }
    return *a == *b;
}

static bool read_param(Cursor *cursor, Diags *diags, AnnotatedQuery *query)
{
    const char *name;
    Word place;
    bool nullable;
    if (!read_null(cursor, &name, &place, &nullable))
        return false;
    NearestName nearest = {.wanted = name};
    for (size_t i = 0; i < query->nparams; i++) {
        QueryParam *param = &query->params[i];
        const char *number = arena_printf(cursor->arena, "$%d", param->number);
        const char *known = param->name ? param->name : number;
        if (same_name(known, name) || strcmp(number, name) == 0) {
            param->null = nullable ? QUERY_NULLABLE : QUERY_NOT_NULL;
            return true;
        }
        nearest_offer(&nearest, known);
    }
    Diag *diag = diag_error(diags, word_span(cursor, place), ANNOTATION_ERROR,
                            "query \"%s\" has no parameter \"%s\"", query->name, name);
    if (nearest.found)
        diag_hint(diags, diag, "did you mean \"%s\"?", nearest.found);
    return true;
}

static void read_column(Cursor *cursor, Diags *diags, AnnotatedQuery *query)
{
    const char *name;
    Word place;
    bool nullable;
    if (!read_null(cursor, &name, &place, &nullable)) {
        diag_error(diags, (Span){cursor->file, place.start, cursor->end}, ANNOTATION_ERROR,
                   "expected \"@column NAME not null\" or \"@column NAME null\"");
        return;
    }
    QueryColumnNull *columns = arena_array_of(cursor->arena, query->ncolumns + 1, QueryColumnNull);
    if (query->ncolumns > 0)
        memcpy(columns, query->columns, query->ncolumns * sizeof *columns);
    columns[query->ncolumns++] = (QueryColumnNull){name, nullable, word_span(cursor, place)};
    query->columns = columns;
}

static void read_row(Cursor *cursor, Diags *diags, AnnotatedQuery *query)
{
    Word name = next_word(cursor), rest = next_word(cursor);
    if (!is_name(cursor, name) || rest.start < rest.end) {
        diag_error(diags, (Span){cursor->file, name.start, cursor->end}, ANNOTATION_ERROR,
                   "expected \"@row NAME\"");
        return;
    }
    query->row = word_text(cursor, name);
    query->row_span = word_span(cursor, name);
}

static void warn_if_near(const Cursor *cursor, Word word, Diags *diags)
{
    const char *text = word_text(cursor, word);
    NearestName nearest = {.wanted = text};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        nearest_offer(&nearest, flags[i]);
    if (text[0] != '@' || !nearest.found || nearest.distance > 1)
        return;
    Diag *diag = diag_warning(diags, word_span(cursor, word), ANNOTATION_ERROR, "unknown annotation \"%s\"", text);
    diag_hint(diags, diag, "did you mean \"%s\"?", nearest.found);
}

bool annotation_read_flag(Arena *arena, SourceFile *file, const Comment *comment, Diags *diags,
                          AnnotatedQuery *query)
{
    Cursor cursor = {arena, file, comment->text, comment->text_end};
    Word flag = next_word(&cursor);
    if (flag.start == flag.end || file->text[flag.start] != '@')
        return false;
    if (word_is(&cursor, flag, "@param"))
        return read_param(&cursor, diags, query);
    if (word_is(&cursor, flag, "@column")) {
        read_column(&cursor, diags, query);
    } else if (word_is(&cursor, flag, "@row")) {
        read_row(&cursor, diags, query);
    } else if (word_is(&cursor, flag, "@sqlc-vet-disable")) {
        skip_blanks(&cursor);
        query->vet_disabled = true;
        query->vet_disabled_what = word_text(&cursor, (Word){cursor.at, comment->text_end});
    } else {
        warn_if_near(&cursor, flag, diags);
        return false;
    }
    return true;
}
