/* A query file cut into annotated queries.
 *
 * One pass over the file's lexemes finds comments and statements; a name line begins a section that lasts until the
 * next one. Then each section must hold exactly one statement, whose macros are rewritten. */
#include "source/queries_private.h"

#include "base/map.h"
#include "source/lex.h"

#include <string.h>

typedef struct Section {
    AnnotatedQuery query;
    NameLine line; /* NONE for what comes before the first name line */
    size_t name;   /* the number of the name line among the comments */
    StatementRanges statements;
} Section;

typedef struct Reader {
    Arena *arena;
    SourceFile *file;
    Diags *diags;
    Comments comments;
    VEC(Section) sections;
    StatementCut cut;
} Reader;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

/* ---- comments ---- */

static bool begins_line(SourceFile *file, uint32_t offset)
{
    while (offset > 0 && is_blank(file->text[offset - 1]))
        offset--;
    return offset == 0 || file->text[offset - 1] == '\n' ||
           (offset == 3 && memcmp(file->text, "\xEF\xBB\xBF", 3) == 0);
}

static void trim(SourceFile *file, Comment *comment)
{
    while (comment->text < comment->text_end && is_blank(file->text[comment->text]))
        comment->text++;
    while (comment->text < comment->text_end && is_blank(file->text[comment->text_end - 1]))
        comment->text_end--;
}

static void add_line_comment(Reader *reader, const Lexeme *lexeme)
{
    Comment *comment = vec_add(reader->arena, &reader->comments);
    uint32_t sign = reader->file->text[lexeme->start] == '#' ? 1 : 2;
    *comment = (Comment){.start = lexeme->start, .end = lexeme->end, .text = lexeme->start + sign};
    comment->text_end = lexeme->end;
    comment->own_line = begins_line(reader->file, lexeme->start);
    comment->in_statement = reader->cut.begun;
    trim(reader->file, comment);
}

/* One Comment a line, without the asterisks that often begin them. */
static void add_block_comment(Reader *reader, const Lexeme *lexeme)
{
    const char *text = reader->file->text;
    bool own_line = begins_line(reader->file, lexeme->start);
    uint32_t end = lexeme->unterminated ? lexeme->end : lexeme->end - 2;
    uint32_t line = lexeme->start;
    while (line < end || line == lexeme->start) {
        const char *newline = memchr(text + line, '\n', end > line ? end - line : 0);
        uint32_t line_end = newline ? (uint32_t)(newline - text) : end;
        Comment *comment = vec_add(reader->arena, &reader->comments);
        *comment = (Comment){.start = line, .end = newline ? line_end : lexeme->end, .text = line};
        comment->text_end = line_end;
        comment->own_line = own_line;
        comment->in_statement = reader->cut.begun;
        if (line == lexeme->start)
            comment->text += 2;
        trim(reader->file, comment);
        while (comment->text < comment->text_end && text[comment->text] == '*')
            comment->text++;
        trim(reader->file, comment);
        line = line_end + 1;
    }
}

/* ---- sections ---- */

static void end_statement(Reader *reader, bool terminated)
{
    if (reader->cut.begun)
        vec_push(reader->arena, &vec_last(&reader->sections).statements,
                 ((StatementRange){reader->cut.start, reader->cut.end, terminated}));
    reader->cut = (StatementCut){0};
}

static void read_comment(Reader *reader, const Lexeme *lexeme)
{
    size_t number = reader->comments.len;
    if (lexeme->kind == LEX_LINE_COMMENT)
        add_line_comment(reader, lexeme);
    else
        add_block_comment(reader, lexeme);
    Comment *first = &reader->comments.items[number];
    if (first->in_statement && !first->own_line)
        return;
    Section section = {.name = number};
    section.line = annotation_read_name(reader->arena, reader->file, first, reader->diags, &section.query);
    if (section.line == NAME_LINE_NONE)
        return;
    end_statement(reader, false);
    first->name_line = true;
    vec_push(reader->arena, &reader->sections, section);
}

/* In PostgreSQL's words; it quotes all that is left of the text, which here is that of the line. */
static void report_unterminated(Reader *reader, const Lexeme *comment)
{
    const char *rest = reader->file->text + comment->start;
    size_t len = strcspn(rest, "\r\n");
    diag_error(reader->diags, (Span){reader->file, comment->start, comment->start + 2}, SQLSTATE_SYNTAX_ERROR,
               "unterminated /* comment at or near \"%.*s\"", (int)len, rest);
}

/* Reads [start, end). Returns false at quotes or a comment that the end cuts off, unless `last_resort` is set. */
static bool read_part(Reader *reader, size_t start, size_t end, bool last_resort)
{
    Lexer lexer = lexer_of(reader->file->text, end);
    if (start > 0)
        lexer.at = start;
    lexer.hash_names = true;
    Lexeme lexeme;
    while (lex_next(&lexer, &lexeme)) {
        if (lexeme.unterminated && !last_resort)
            return false;
        if (lexeme_is_comment(&lexeme)) {
            if (lexeme.unterminated)
                report_unterminated(reader, &lexeme);
            else
                read_comment(reader, &lexeme);
        } else if (statement_feed(&reader->cut, lexer.text, &lexeme)) {
            end_statement(reader, true);
        }
    }
    end_statement(reader, false);
    return true;
}

static void start_reading(Reader *reader)
{
    reader->comments = (Comments){0};
    reader->sections.len = 0;
    reader->cut = (StatementCut){0};
    vec_push(reader->arena, &reader->sections, (Section){0});
}

/* `-- name:` at the start of the line at offset. */
static bool is_name_line(SourceFile *file, size_t offset)
{
    const char *text = file->text;
    if (strncmp(text + offset, "--", 2) != 0)
        return false;
    offset += 2;
    while (text[offset] == ' ' || text[offset] == '\t')
        offset++;
    return strncmp(text + offset, "name:", 5) == 0;
}

/* A quote that is never closed swallows what follows up to the next quote, and from there on code and strings are
 * the wrong way round. So that the mistake is found where it is and hides no other query, the file is cut at its
 * name lines first and each part read by itself. */
static void read_by_parts(Reader *reader)
{
    size_t part = 0, line = 0, len = reader->file->len;
    while (line < len) {
        const char *newline = memchr(reader->file->text + line, '\n', len - line);
        line = newline ? (size_t)(newline - reader->file->text) + 1 : len;
        if (line == len || is_name_line(reader->file, line)) {
            read_part(reader, part, line, true);
            part = line;
        }
    }
}

/* ---- queries ---- */

static uint32_t end_before(const Reader *reader, size_t section)
{
    if (section == 0 || reader->sections.items[section - 1].statements.len == 0)
        return 0;
    return vec_last(&reader->sections.items[section - 1].statements).end;
}

static bool check_statements(Reader *reader, const Section *section)
{
    const AnnotatedQuery *query = &section->query;
    if (section->statements.len == 0) {
        diag_error(reader->diags, query->name_span, ANNOTATION_ERROR, "query \"%s\" has no statement", query->name);
        return false;
    }
    return true; /* what follows is among the loose statements */
}

static void read_flags(Reader *reader, Section *section, size_t begin, uint32_t end)
{
    for (size_t i = begin; i < reader->comments.len; i++) {
        Comment *comment = &reader->comments.items[i];
        if (i == section->name)
            continue;
        if (comment->name_line || comment->start >= end)
            break;
        comment->used = annotation_read_flag(reader->arena, reader->file, comment, reader->diags, &section->query);
    }
}

/* Makes the section's query; false when something is wrong with it. */
static bool make_query(Reader *reader, const SqlText *text, size_t number)
{
    Section *section = &reader->sections.items[number];
    AnnotatedQuery *query = &section->query;
    size_t errors = reader->diags->nerrors;
    reader->diags->query = query->name;
    size_t begin = docs_begin(reader->file, &reader->comments, section->name, end_before(reader, number));
    bool good = check_statements(reader, section);
    StatementRange range = section->statements.len > 0 ? section->statements.items[0] : (StatementRange){0};
    good = good && macros_rewrite(reader->arena, text, range.start, range.end, reader->diags, query);
    if (good) {
        query->span = (Span){reader->file, range.start, range.end};
        read_flags(reader, section, begin, range.end);
        query->docs = docs_text(reader->arena, reader->file, &reader->comments, begin, section->name, range.start);
    } else {
        for (size_t i = begin;
             i < reader->comments.len && (i <= section->name || !reader->comments.items[i].name_line); i++)
            reader->comments.items[i].used = true;
    }
    reader->diags->query = NULL;
    return good && reader->diags->nerrors == errors;
}

/* What comes before the first name line, and after a query's statement. */
static void collect_loose(const Reader *reader, QueryFile *queries)
{
    for (size_t i = 0; i < reader->sections.len; i++) {
        const Section *section = &reader->sections.items[i];
        if (section->line == NAME_LINE_BAD) /* reported */
            continue;
        bool named = section->line == NAME_LINE_GOOD;
        for (size_t k = named; k < section->statements.len; k++) {
            queries->loose = vec_grow(reader->arena, queries->loose, queries->nloose, &queries->cap_loose,
                                      sizeof *queries->loose);
            queries->loose[queries->nloose++] =
                (LooseStatement){section->statements.items[k].start, section->statements.items[k].end,
                                 section->query.name, section->query.name_span};
        }
    }
}

/* `@column` and `@row` lines that stand where no query takes them. */
static void report_strays(Reader *reader)
{
    for (size_t i = 0; i < reader->comments.len; i++) {
        const Comment *comment = &reader->comments.items[i];
        if (comment->used || comment->name_line || !annotation_is_ours(reader->file, comment))
            continue;
        Diag *diag = diag_error(reader->diags, (Span){reader->file, comment->text, comment->text_end},
                                ANNOTATION_ERROR, "annotation belongs to no query");
        diag_hint(reader->diags, diag, "put it between the query's \"-- name:\" line and its statement");
    }
}

static void report_duplicate(Diags *diags, const AnnotatedQuery *query, const AnnotatedQuery *first)
{
    Diag *diag = diag_error(diags, query->name_span, ANNOTATION_ERROR, "query \"%s\" is defined more than once",
                            query->name);
    diag_note(diags, diag, first->name_span, "query \"%s\" is first defined here", query->name);
}

static void make_queries(Reader *reader, const SqlText *text, QueryFile *queries)
{
    StrMap names = {0};
    for (size_t i = 1; i < reader->sections.len; i++) {
        Section *section = &reader->sections.items[i];
        if (section->line != NAME_LINE_GOOD)
            continue;
        const AnnotatedQuery *first = strmap_get(&names, section->query.name);
        if (first)
            report_duplicate(reader->diags, &section->query, first);
        else
            strmap_put(reader->arena, &names, section->query.name, &section->query);
        if (make_query(reader, text, i) && !first)
            vec_push(reader->arena, queries, section->query);
    }
}

bool queries_read(Arena *arena, SourceFile *file, Diags *diags, QueryFile *queries)
{
    Reader reader = {.arena = arena, .file = file, .diags = diags};
    size_t errors = diags->nerrors;
    const SqlText *text = sqltext_of_file(arena, file);
    queries->file = file;
    if (!scan_check_encoding(text, diags))
        return false;
    DiagsMark mark = diags_mark(diags);
    start_reading(&reader);
    if (!read_part(&reader, 0, file->len, false)) {
        diags_rewind(diags, mark);
        start_reading(&reader);
        read_by_parts(&reader);
    }
    collect_loose(&reader, queries);
    make_queries(&reader, text, queries);
    report_strays(&reader);
    return diags->nerrors == errors;
}

bool queries_check_names(Arena *arena, const QueryFile *const *files, size_t nfiles, Diags *diags)
{
    StrMap names = {0};
    size_t errors = diags->nerrors;
    for (size_t i = 0; i < nfiles; i++) {
        for (size_t k = 0; k < files[i]->len; k++) {
            AnnotatedQuery *query = &files[i]->items[k];
            const AnnotatedQuery *first = strmap_get(&names, query->name);
            if (first)
                report_duplicate(diags, query, first);
            else
                strmap_put(arena, &names, query->name, query);
        }
    }
    return diags->nerrors == errors;
}
