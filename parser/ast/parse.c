/* Text to raw parse trees through libpg_query.
 *
 * A text is parsed as a whole, which is fastest. Only when that fails is it cut into statements, and each parsed by
 * itself, so that one mistake gives one error and hides no other statement. */
#include "ast/ast_private.h"

#include "base/stack.h"
#include "base/vec.h"
#include "source/lex.h"
#include "source/scan.h"

#include <pg_query.h>

#include <string.h>

enum {
    /* A text shorter than this cannot nest deeply enough to need care. */
    SHORT_TEXT = 2000,
    /* Estimates up to this need no large stack. */
    SHALLOW = 1000,
    /* The server with its default max_stack_depth refuses 1+1+... at some 7,000 to 9,000 levels, and the like for
     * other chains: deeper trees are refused here as there. A level of an expression is two messages, its node and
     * the one inside. */
    DEPTH_LIMIT = 8000,
    MESSAGES_PER_LEVEL = 2,
    /* A tree as JSON may take twenty times the bytes of its text, and PostgreSQL's strings end at 1 GB. */
    LONGEST_JSON = 16 << 20,
    /* An estimate of more than this is refused unseen: libpg_query's time grows with the square of the depth. */
    ESTIMATE_LIMIT = 5 * DEPTH_LIMIT,
};

/* One text given to libpg_query. */
typedef struct Parse {
    Arena *arena;
    const char *text; /* terminated */
    size_t len;
    int32_t shift; /* to add to each location */
    bool measure;  /* the tree's depth must be checked */
    PgQuery__ParseResult *tree;
    ScanError error; /* without a message when there is none */
    bool too_deep;
} Parse;

static void *arena_allocate(void *arena, size_t size)
{
    return arena_alloc(arena, size);
}

static void keep(void *arena, void *memory)
{
    (void)arena;
    (void)memory;
}

static void keep_error(Parse *parse, const PgQueryError *error)
{
    parse->error = (ScanError){arena_strdup(parse->arena, error->message),
                               arena_strdup(parse->arena, error->funcname), error->cursorpos};
}

PgQuery__ParseResult *tree_from_protobuf(Arena *arena, size_t len, const char *data)
{
    ProtobufCAllocator allocator = {arena_allocate, keep, arena};
    return pg_query__parse_result__unpack(&allocator, len, (const uint8_t *)data);
}

static void parse_as_json(Parse *parse)
{
    PgQueryParseResult result = pg_query_parse(parse->text);
    if (result.error)
        keep_error(parse, result.error);
    else
        parse->tree = tree_from_json(parse->arena, result.parse_tree, parse->text, parse->len);
    pg_query_free_parse_result(result);
}

static void parse_as_protobuf(Parse *parse)
{
    PgQueryProtobufParseResult result = pg_query_parse_protobuf(parse->text);
    if (result.error)
        keep_error(parse, result.error);
    else
        parse->tree = tree_from_protobuf(parse->arena, result.parse_tree.len, result.parse_tree.data);
    pg_query_free_protobuf_parse_result(result);
}

static void run_parse(void *context)
{
    Parse *parse = context;
    if (parse->len <= LONGEST_JSON)
        parse_as_json(parse);
    if (!parse->tree && !parse->error.message)
        parse_as_protobuf(parse);
    if (!parse->tree)
        return;
    if (parse->measure)
        parse->too_deep = tree_depth(&parse->tree->base) > (size_t)DEPTH_LIMIT * MESSAGES_PER_LEVEL;
    if (parse->shift != 0 && !parse->too_deep)
        tree_shift(&parse->tree->base, parse->shift);
}

/* Parses on a stack that is large enough for the text. */
static void run_on_stack(Parse *parse, size_t len)
{
    size_t estimate = len < SHORT_TEXT ? 0 : depth_estimate(parse->text, len, SHALLOW);
    parse->measure = estimate > DEPTH_LIMIT / 2;
    if (estimate > ESTIMATE_LIMIT)
        parse->too_deep = true;
    else if (estimate <= SHALLOW)
        run_parse(parse);
    else if (!stack_run(STACK_FOR_TREES, run_parse, parse))
        parse->too_deep = true;
}

/* A stretch of the SqlText. */
typedef struct Piece {
    const SqlText *sql;
    size_t start;     /* in the SqlText */
    const char *text; /* terminated copy, or the end of the SqlText's own text */
    size_t len;
    int32_t shift; /* to make its locations those of the SqlText */
} Piece;

static void report_depth(const Piece *piece, Diags *diags)
{
    Lexer lexer = lexer_of(piece->text, piece->len);
    Lexeme lexeme = {0};
    while (lex_next(&lexer, &lexeme) && lexeme_is_comment(&lexeme))
        continue;
    diag_error(diags, sqltext_span(piece->sql, (int64_t)(piece->start + lexeme.start)),
               SQLSTATE_STATEMENT_TOO_COMPLEX, "stack depth limit exceeded");
}

/* The piece's statements, NULL when reported. */
static PgQuery__ParseResult *parse_piece(Arena *arena, const Piece *piece, Diags *diags)
{
    Parse parse = {.arena = arena, .text = piece->text, .len = piece->len, .shift = piece->shift};
    run_on_stack(&parse, piece->len);
    PgQuery__ParseResult *tree = parse.tree;
    if (parse.too_deep) {
        report_depth(piece, diags);
        tree = NULL;
    } else if (parse.error.message) {
        scan_report(diags, piece->sql, piece->start, piece->text, parse.error);
    } else if (!tree) {
        diag_error(diags, sqltext_span(piece->sql, (int64_t)piece->start), SQLSTATE_INTERNAL_ERROR,
                   "libpg_query's parse tree could not be read");
    }
    size_t origin = piece->start - (size_t)piece->shift; /* of the tree's locations */
    for (size_t i = 0; tree && i < tree->n_stmts; i++)
        if (!grammar_check(piece->sql, origin, tree->stmts[i]->stmt, diags))
            return NULL;
    return tree;
}

/* Adds the tree's statements. Their ranges in PostgreSQL's tree include blanks and comments around them. */
static void add_statements(Arena *arena, const Piece *piece, const PgQuery__ParseResult *tree,
                           AstStatements *statements)
{
    for (size_t i = 0; i < tree->n_stmts; i++) {
        const PgQuery__RawStmt *raw = tree->stmts[i];
        size_t start = (size_t)raw->stmt_location;
        size_t end = raw->stmt_len > 0 ? start + (size_t)raw->stmt_len : piece->len;
        Lexer lexer = lexer_of(piece->text, end);
        if (start > 0)
            lexer.at = start;
        Lexeme lexeme;
        bool begun = false;
        AstStatement statement = {.node = raw->stmt};
        while (lex_next(&lexer, &lexeme)) {
            if (lexeme_is_comment(&lexeme))
                continue;
            if (!begun)
                statement.start = (uint32_t)piece->start + lexeme.start;
            begun = true;
            statement.end = (uint32_t)piece->start + lexeme.end;
        }
        vec_push(arena, statements, statement);
    }
}

static void parse_by_statements(Arena *arena, const SqlText *sql, const StatementRanges *ranges, Diags *diags,
                                AstStatements *statements)
{
    for (size_t i = 0; i < ranges->len; i++) {
        StatementRange range = ranges->items[i];
        /* with its semicolon, for the message to name it as the server would */
        const char *semicolon = range.terminated ? memchr(sql->text + range.end, ';', sql->len - range.end) : NULL;
        size_t end = semicolon ? (size_t)(semicolon - sql->text) + 1 : range.end;
        Piece piece = {sql, range.start, NULL, end - range.start, (int32_t)range.start};
        char *text = arena_strndup(arena, sql->text + range.start, piece.len);
        for (size_t k = range.end; semicolon && k + 1 < end; k++)
            text[k - range.start] = ' '; /* a comment before the semicolon may hold one itself */
        piece.text = text;
        PgQuery__ParseResult *tree = parse_piece(arena, &piece, diags);
        if (!tree)
            continue;
        size_t before = statements->len;
        for (size_t k = 0; k < tree->n_stmts; k++)
            vec_push(arena, statements, ((AstStatement){tree->stmts[k]->stmt, range.start, range.end}));
        if (statements->len - before > 1) { /* the cut was too coarse: ask PostgreSQL */
            statements->len = before;
            add_statements(arena, &piece, tree, statements);
        }
    }
}

AstStatements ast_parse(Arena *arena, const SqlText *sql, Diags *diags)
{
    AstStatements statements = {0};
    if (!scan_check_encoding(sql, diags))
        return statements;
    DiagsMark mark = diags_mark(diags);
    Piece whole = {sql, 0, sql->text, sql->len, 0};
    const PgQuery__ParseResult *tree = parse_piece(arena, &whole, diags);
    if (tree) {
        add_statements(arena, &whole, tree, &statements);
        return statements;
    }
    StatementRanges ranges = {0};
    statements_split(arena, sql->text, sql->len, &ranges);
    if (ranges.len < 2)
        return statements;
    DiagsMark failed = diags_mark(diags);
    parse_by_statements(arena, sql, &ranges, diags, &statements);
    if (diags->nerrors > failed.nerrors) {
        /* each mistake has its own error now: drop the one of the whole */
        Diag *first = mark.last ? mark.last->next : diags->first;
        if (mark.last)
            mark.last->next = first->next;
        else
            diags->first = first->next;
        diags->nerrors--;
    }
    return statements;
}

const AstNode *ast_parse_one(Arena *arena, const SqlText *sql, Diags *diags)
{
    size_t errors = diags->nerrors;
    AstStatements statements = ast_parse(arena, sql, diags);
    if (diags->nerrors > errors)
        return NULL;
    if (statements.len == 1)
        return statements.items[0].node;
    if (statements.len == 0)
        diag_error(diags, sqltext_span(sql, 0), SQLSTATE_SYNTAX_ERROR, "there is no statement");
    else
        diag_error(diags, sqltext_span(sql, statements.items[1].start), SQLSTATE_SYNTAX_ERROR,
                   "cannot insert multiple commands into a prepared statement");
    return NULL;
}

/* The expression of a SELECT that has nothing else; NULL for any other statement. */
static const AstNode *only_target(const AstNode *node)
{
    const AstSelectStmt *stmt = ast_kind(node) == AST_SELECT_STMT ? node->select_stmt : NULL;
    if (!stmt || stmt->n_target_list != 1 || stmt->op != PG_QUERY__SET_OPERATION__SETOP_NONE)
        return NULL;
    bool clauses = stmt->n_distinct_clause || stmt->into_clause || stmt->n_from_clause || stmt->where_clause ||
                   stmt->n_group_clause || stmt->having_clause || stmt->n_window_clause || stmt->n_sort_clause ||
                   stmt->limit_count || stmt->limit_offset || stmt->n_locking_clause;
    const AstResTarget *target = stmt->target_list[0]->res_target;
    return clauses || ast_text(target->name) ? NULL : target->val;
}

const AstNode *ast_parse_expression(Arena *arena, const SqlText *sql, Diags *diags)
{
    static const char prefix[] = "SELECT ";
    enum { PREFIX = sizeof prefix - 1 };
    if (!scan_check_encoding(sql, diags))
        return NULL;
    SqlSegment *segments = arena_array_of(arena, sql->nsegments + 1, SqlSegment);
    Span start = sqltext_span(sql, 0);
    segments[0] = (SqlSegment){.text = 0, .file = start.start, .file_end = start.end, .fixed = true};
    for (size_t i = 0; i < sql->nsegments; i++) {
        segments[i + 1] = sql->segments[i];
        segments[i + 1].text += PREFIX;
    }
    SqlText select = {sql->file, arena_printf(arena, "%s%s", prefix, sql->text), sql->len + PREFIX, segments,
                      sql->nsegments + 1};
    Piece piece = {&select, 0, select.text, select.len, -(int32_t)PREFIX};
    const PgQuery__ParseResult *tree = parse_piece(arena, &piece, diags);
    if (!tree)
        return NULL;
    const AstNode *expression = tree->n_stmts == 1 ? only_target(tree->stmts[0]->stmt) : NULL;
    if (!expression)
        diag_error(diags, start, SQLSTATE_SYNTAX_ERROR, "expected one expression");
    return expression;
}
