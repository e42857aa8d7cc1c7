/* Files that are schema and queries at once, as sqlc's own examples have them: `CREATE TABLE` beside
 * `-- name: X :one`.
 *
 * As a schema file, such a file has no annotated queries; as a query file, no statements without a name. Whether
 * what has no name is a slip or schema depends on where the file is listed. */
#include "source/mixed.h"

#include "source/lex.h"
#include "source/paths_private.h"
#include "source/queries_private.h"

#include <string.h>
#include <sys/stat.h>

/* ---- telling them apart ---- */

/* Whether the statement begins like one that a schema consists of, and no query. */
static bool makes_schema(const char *text, uint32_t start, uint32_t end)
{
    static const char *const words[] = {"create", "alter", "drop", "comment", "grant", "revoke", "set", "do"};
    Lexer lexer = {.text = text, .len = end, .at = start};
    Lexeme first;
    while (lex_next(&lexer, &first) && lexeme_is_comment(&first))
        ;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (lexeme_is(text, &first, words[i]))
            return true;
    return false;
}

/* "name:" right behind the sign of a comment: most files have none, and need not be read for queries. */
static bool may_have_queries(const SourceFile *file)
{
    for (const char *at = file->text; (at = strstr(at, "name:")); at++) {
        const char *sign = at;
        while (sign > file->text && (sign[-1] == ' ' || sign[-1] == '\t'))
            sign--;
        if (sign > file->text && (sign[-1] == '-' || sign[-1] == '*' || sign[-1] == '#'))
            return true;
    }
    return false;
}

bool mixed_has_queries(Arena *arena, SourceFile *file, StatementRanges *ranges)
{
    if (!may_have_queries(file))
        return false;
    Diags ignored = diags_make(arena); /* reported when the file is read for its queries */
    QueryFile queries = {0};
    queries_read(arena, file, &ignored, &queries);
    for (size_t i = 0; i < queries.len; i++) {
        Span span = queries.items[i].span;
        if (!makes_schema(file->text, span.start, span.end))
            vec_push(arena, ranges, ((StatementRange){span.start, span.end, true}));
    }
    return ranges->len > 0;
}

/* ---- statements without a name ---- */

static bool is_among(const SourceFile *file, const PathNames *names)
{
    for (size_t i = 0; i < names->len; i++) {
        struct stat st;
        if (stat(names->items[i], &st) == 0 && st.st_dev == file->device && st.st_ino == file->inode)
            return true;
    }
    return false;
}

bool mixed_is_schema(Arena *arena, const SourceFile *file, const SourcePath *schema, size_t nschema)
{
    Diags ignored = diags_make(arena);
    for (size_t i = 0; i < nschema; i++) {
        PathNames names = {0};
        if (paths_list(arena, &schema[i], &ignored, &names) && is_among(file, &names))
            return true;
    }
    return false;
}

static void report(const QueryFile *queries, const LooseStatement *loose, Diags *diags)
{
    Span span = {queries->file, loose->start, loose->start};
    if (loose->query) {
        diags->query = loose->query;
        Diag *diag =
            diag_error(diags, span, ANNOTATION_ERROR, "query \"%s\" has more than one statement", loose->query);
        diag_note(diags, diag, loose->after, "query \"%s\" begins here", loose->query);
        diag_hint(diags, diag, "begin each statement with a \"-- name: X :command\" line of its own");
        diags->query = NULL;
        return;
    }
    Diag *diag =
        diag_error(diags, span, ANNOTATION_ERROR, "statement without a \"-- name: X :command\" line before it");
    diag_hint(diags, diag,
              makes_schema(queries->file->text, loose->start, loose->end)
                  ? "every statement of a query file needs a name and a command, unless the file is listed under "
                    "\"schema\" as well"
                  : "every statement of a query file needs a name and a command");
}

bool queries_check_loose(const QueryFile *queries, bool is_schema, Diags *diags)
{
    size_t errors = diags->nerrors;
    const LooseStatement *last = NULL; /* the first that follows a name line, or the file's beginning, is enough */
    for (size_t i = 0; i < queries->nloose; i++) {
        const LooseStatement *loose = &queries->loose[i];
        bool belongs = is_schema && (!loose->query || makes_schema(queries->file->text, loose->start, loose->end));
        if (belongs || (last && last->query == loose->query))
            continue;
        report(queries, loose, diags);
        last = loose;
    }
    return diags->nerrors == errors;
}
