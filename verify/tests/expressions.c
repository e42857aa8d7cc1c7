/* Random statements, analyzed here and prepared on a server: the answers must be the same.
 *
 *     verify_expressions [--count N] [--seed N] [--only N] [--show N]
 *
 * --only prints and compares one statement of a run; --show bounds how many differences are printed (default 20),
 * each made as small as it stays different. The server is that of libpq's environment variables; nothing may be in
 * its database. Exit code 1 when anything differs, 77 when the server is not the PostgreSQL that querc speaks. */
#include "generate.h"

#include "analyze/analyze.h"
#include "base/stack.h"
#include "ddl/ddl.h"
#include "verify/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_DIFFERENT = 1, EXIT_USAGE = 2, EXIT_SKIPPED = 77, POSTGRES_MAJOR = 15, BATCH = 200 };

typedef struct Test {
    Arena *arena; /* for the run */
    Arena *scratch;
    Catalog *catalog;
    Stock stock;
    Server *server;
    uint64_t seed, count, show;
    int64_t only; /* -1: all */
    uint64_t different, rejected;
    StrMap kinds; /* of differences that were printed */
    StrMap codes; /* how often the server gave each SQLSTATE */
    int code;
} Test;

static void die(const char *what)
{
    fprintf(stderr, "verify_expressions: %s\n", what);
    exit(EXIT_USAGE);
}

/* ---- Our answer ---- */

static Answer error_answer(const Diags *diags, const char *text)
{
    const Diag *diag = diags->first;
    while (diag && diag->severity != DIAG_ERROR)
        diag = diag->next;
    if (!diag)
        return (Answer){.rejected = true, .message = "rejected without an error"};
    Answer answer = {
        .rejected = true, .code = diag->code, .message = diag->message, .detail = diag->detail, .hint = diag->hint};
    if (diag->span.file)
        for (uint32_t i = 0; i <= diag->span.start; i++)
            answer.position += ((unsigned char)text[i] & 0xC0) != 0x80;
    return answer;
}

static Answer offline_answer(const Catalog *catalog, Arena *arena, const char *text)
{
    Diags diags = diags_make(arena);
    SourceFile *file = source_from_text(arena, "statement", text, strlen(text));
    const SqlText *sql = sqltext_of_file(arena, file);
    const AstNode *raw = ast_parse_one(arena, sql, &diags);
    AnalyzeContext context = {.catalog = catalog, .arena = arena, .diags = &diags, .sql = sql};
    ParamTypes params = {.variable = true};
    Query *query = raw ? analyze_statement(&context, raw, &params) : NULL;
    if (!query || !analyze_check_params(&context, &params))
        return error_answer(&diags, text);
    Answer answer = {.nparams = params.len};
    answer.params = arena_array_of(arena, params.len, const char *);
    for (size_t i = 0; i < params.len; i++)
        answer.params[i] = catalog_type_key(catalog, arena, params.types[i]);
    const TargetList *list = query->command == COMMAND_SELECT ? &query->targets : &query->returning;
    answer.columns = arena_array_of(arena, list->len, AnswerColumn);
    for (size_t i = 0; i < list->len; i++)
        if (!list->items[i]->junk)
            answer.columns[answer.ncolumns++] =
                (AnswerColumn){list->items[i]->name,
                               catalog_type_key(catalog, arena, type_base(catalog, list->items[i]->expr->type))};
    return answer;
}

/* ---- Comparing ---- */

static bool is_code(const Answer *answer, const char *code)
{
    return answer->rejected && answer->code && strcmp(answer->code, code) == 0;
}

static bool begins(const char *text, const char *prefix)
{
    return text && strncmp(text, prefix, strlen(prefix)) == 0;
}

/* Where the two need not say the same: the server has an internal error; what money looks like is a matter of its
 * locale; the CHECK of a domain is not evaluated here; and that ARRAY(SELECT ...) has no array type is found out by
 * the server only once something asks for that type, so that another error of the statement may come first. */
static bool is_no_answer(const Answer *offline, const Answer *server)
{
    if (is_code(server, "XX000") || is_code(server, "23514"))
        return true;
    if (is_code(server, "22P02") && begins(server->message, "invalid input syntax for type money"))
        return true;
    return server->rejected && is_code(offline, "42704") && begins(offline->message, "could not find array type");
}

static bool differs(Test *test, const Answer *offline, const Answer *server)
{
    AnswerDifferences differences = {0};
    answers_compare(test->scratch, offline, server, true, &differences);
    return differences.len && !is_no_answer(offline, server);
}

static bool ask(Test *test, const char *text, Answer *offline, Answer *server)
{
    const char *error;
    *offline = offline_answer(test->catalog, test->scratch, text);
    if (!server_prepare(test->server, test->scratch, &text, 1, server, &error))
        die(error);
    return differs(test, offline, server);
}

/* ---- Making a difference smaller ---- */

typedef struct Shrink {
    Test *test;
    Node *root;
    const char *offline_code, *server_code; /* that the difference keeps, "" for accepted */
    size_t tries;
} Shrink;

static const char *verdict_code(const Answer *answer)
{
    return answer->rejected && answer->code ? answer->code : "";
}

static const char *statement_text(Test *test, const Node *root)
{
    StrBuf text;
    strbuf_init(&text);
    node_print(&text, root);
    const char *copy = arena_strdup(test->scratch, text.text);
    strbuf_release(&text);
    return copy;
}

static bool still_differs(Shrink *shrink)
{
    Answer offline, server;
    shrink->tries++;
    return ask(shrink->test, statement_text(shrink->test, shrink->root), &offline, &server) &&
           strcmp(verdict_code(&offline), shrink->offline_code) == 0 &&
           strcmp(verdict_code(&server), shrink->server_code) == 0;
}

static bool try_instead(Shrink *shrink, Node **slot, Node *other)
{
    Node *before = *slot;
    *slot = other;
    if (still_differs(shrink))
        return true;
    *slot = before;
    return false;
}

/* The expressions directly below a node, in place of it. */
static bool hoist(Shrink *shrink, Node **slot, Node *from)
{
    for (size_t i = 0; i < from->nkids; i++) {
        if (from->kids[i]->is_expr ? try_instead(shrink, slot, from->kids[i]) : hoist(shrink, slot, from->kids[i]))
            return true;
    }
    return false;
}

static bool drop_kid(Shrink *shrink, Node *list)
{
    static const char *const separators[] = {KID ", ", ", " KID};
    for (size_t s = 0; s < 2; s++)
        for (size_t i = 0; i < list->nkids && list->nkids > 1; i++) {
            const char *at = list->format;
            size_t skip = i;
            while (*at && (*at != *KID || skip--))
                at++;
            const char *begin = s ? at - 2 : at;
            if (begin < list->format || strncmp(begin, separators[s], 3) != 0)
                continue;
            Node before = *list;
            list->format = arena_printf(shrink->test->scratch, "%.*s%s", (int)(begin - before.format),
                                        before.format, begin + 3);
            list->kids = arena_memdup(shrink->test->scratch, before.kids, before.nkids * sizeof *before.kids);
            memmove(list->kids + i, list->kids + i + 1, (before.nkids - i - 1) * sizeof *list->kids);
            list->nkids--;
            if (still_differs(shrink))
                return true;
            *list = before;
        }
    return false;
}

static Node *simple(Shrink *shrink, const char *text)
{
    Node *made = arena_new_of(shrink->test->scratch, Node);
    *made = (Node){.format = text, .is_expr = *text};
    return made;
}

static bool shrink_slot(Shrink *shrink, Node **slot)
{
    Node *here = *slot;
    bool smaller = false;
    if (here->is_expr && here->nkids) {
        smaller = hoist(shrink, slot, here) || try_instead(shrink, slot, simple(shrink, "NULL")) ||
                  try_instead(shrink, slot, simple(shrink, "1"));
    } else if (here->is_expr && strlen(here->format) > 4) {
        smaller = try_instead(shrink, slot, simple(shrink, "NULL"));
    } else if (!here->is_expr && *here->format) {
        smaller = try_instead(shrink, slot, simple(shrink, ""));
    }
    if (smaller)
        return true;
    if (drop_kid(shrink, here))
        smaller = true;
    for (size_t i = 0; i < here->nkids; i++)
        smaller |= shrink_slot(shrink, &here->kids[i]);
    return smaller;
}

static const char *shrink_statement(Test *test, Node *root, const Answer *offline, const Answer *server)
{
    enum { ENOUGH = 3000 };
    Shrink shrink = {test, root, verdict_code(offline), verdict_code(server), 0};
    for (bool smaller = true; smaller && shrink.tries < ENOUGH;) {
        smaller = false;
        for (size_t i = 0; i < root->nkids; i++)
            smaller |= shrink_slot(&shrink, &root->kids[i]);
    }
    return statement_text(test, shrink.root);
}

/* ---- Running ---- */

static void print_side(const char *side, const Answer *answer)
{
    StrBuf text;
    strbuf_init(&text);
    answer_print(&text, "    ", answer);
    printf("  %s:\n%s", side, text.text);
    strbuf_release(&text);
}

/* Differences with the same codes and the same first words are of one kind. */
static const char *kind_of(Test *test, const Answer *offline, const Answer *server)
{
    enum { WORDS = 12 };
    const char *ours = offline->rejected ? offline->message : "", *theirs = server->rejected ? server->message : "";
    return arena_printf(test->arena, "%s %.*s %s %.*s", verdict_code(offline), WORDS, ours, verdict_code(server),
                        WORDS, theirs);
}

static void report(Test *test, uint64_t number, Node *root, const Answer *offline, const Answer *server)
{
    const char *kind = kind_of(test, offline, server);
    if (test->different++ && (test->kinds.len >= test->show || strmap_get(&test->kinds, kind)))
        return;
    strmap_put(test->arena, &test->kinds, kind, (void *)kind);
    const char *text = shrink_statement(test, root, offline, server);
    Answer smaller_offline, smaller_server;
    ask(test, text, &smaller_offline, &smaller_server);
    printf("--seed %llu --only %llu:\n  %s\n", (unsigned long long)test->seed, (unsigned long long)number, text);
    print_side("server", &smaller_server);
    print_side("querc", &smaller_offline);
    fflush(stdout);
}

/* splitmix64: neighbours have nothing in common. */
static uint64_t mixed(uint64_t x)
{
    x += 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31);
}

static Node *make_statement(Test *test, uint64_t number)
{
    Generator gen = {.stock = &test->stock, .arena = test->scratch};
    gen.state = mixed(mixed(test->seed) + number);
    return generate_statement(&gen);
}

static void count_code(Test *test, const Answer *server)
{
    if (!server->rejected)
        return;
    test->rejected++;
    const char *code = verdict_code(server);
    uint64_t *count = strmap_get(&test->codes, code);
    if (!count) {
        count = arena_new_of(test->arena, uint64_t);
        strmap_put(test->arena, &test->codes, arena_strdup(test->arena, code), count);
    }
    ++*count;
}

static void print_summary(const Test *test)
{
    printf("seed %llu: %llu statements, %llu rejected by the server, %llu different\n",
           (unsigned long long)test->seed, (unsigned long long)test->count, (unsigned long long)test->rejected,
           (unsigned long long)test->different);
    for (size_t i = 0; i < test->codes.len; i++)
        printf("%s%s %llu", i ? ", " : "  ", test->codes.items[i].key,
               (unsigned long long)*(uint64_t *)test->codes.items[i].value);
    if (test->codes.len)
        putchar('\n');
}

static void run_batch(Test *test, uint64_t first, size_t n)
{
    Node *roots[BATCH];
    const char *texts[BATCH], *error;
    Answer server[BATCH];
    arena_clear(test->scratch);
    for (size_t i = 0; i < n; i++) {
        roots[i] = make_statement(test, first + i);
        texts[i] = statement_text(test, roots[i]);
    }
    if (test->only >= 0)
        printf("%s\n", texts[0]);
    if (!server_prepare(test->server, test->scratch, texts, n, server, &error))
        die(error);
    for (size_t i = 0; i < n; i++) {
        Answer offline = offline_answer(test->catalog, test->scratch, texts[i]);
        count_code(test, &server[i]);
        if (test->only >= 0)
            print_side("server", &server[i]);
        if (differs(test, &offline, &server[i]))
            report(test, first + i, roots[i], &offline, &server[i]);
    }
}

/* ---- Setting up ---- */

static void apply_here(Test *test, const char *path)
{
    SourceFile *file = source_read_file(test->arena, path);
    Diags diags = diags_make(test->arena);
    if (!file)
        die(path);
    const SqlText *sql = sqltext_of_file(test->arena, file);
    AstStatements statements = ast_parse(test->arena, sql, &diags);
    DdlSession *session = ddl_session_new(test->catalog);
    for (size_t i = 0; i < statements.len; i++)
        ddl_apply(session, &statements.items[i], sql, &diags);
    for (const Diag *diag = diags.first; diag; diag = diag->next)
        if (diag->severity == DIAG_ERROR)
            die(diag->message);
    Answer answer = server_run(test->server, test->arena, file->text);
    if (answer.rejected)
        die(answer.message);
}

static bool takes_column(const Catalog *catalog, const Type *type)
{
    if (type->typtype == TYPTYPE_PSEUDO || !type->defined || (type->relation && type->oid < FIRST_USER_OID))
        return false;
    const Type *element = type->element ? catalog_type(catalog, type->element) : NULL;
    return !element ||
           (element->typtype != TYPTYPE_PSEUDO && !(element->relation && element->oid < FIRST_USER_OID));
}

/* la.everything has a column of every type that can have one; its columns are called by OID on our side. */
static void make_everything(Test *test)
{
    enum { LAST_OID = 20000 };
    StrBuf sql;
    strbuf_init(&sql);
    strbuf_add(&sql, "CREATE TABLE la.everything (");
    bool first = true;
    for (Oid oid = 1; oid < LAST_OID; oid++) {
        const Type *type = catalog_type(test->catalog, oid);
        if (!type || !takes_column(test->catalog, type))
            continue;
        strbuf_printf(&sql, "%s\nc%u %s", first ? "" : ",", oid,
                      catalog_format_type(test->catalog, test->arena, oid));
        first = false;
    }
    strbuf_add(&sql, ")");
    Answer answer = server_run(test->server, test->arena, sql.text);
    if (answer.rejected)
        die(answer.message);
    Diags diags = diags_make(test->arena);
    SourceFile *file = source_from_text(test->arena, "everything", arena_strdup(test->arena, sql.text), sql.len);
    const SqlText *text = sqltext_of_file(test->arena, file);
    AstStatements statements = ast_parse(test->arena, text, &diags);
    if (!statements.len || !ddl_apply(ddl_session_new(test->catalog), &statements.items[0], text, &diags))
        die("la.everything");
    strbuf_release(&sql);
}

static void run_all(void *context)
{
    Test *test = context;
    apply_here(test, QUERC_SOURCE_DIR "/parser/types/tests/live_schema.sql");
    make_everything(test);
    test->stock = (Stock){.arena = test->arena, .catalog = test->catalog};
    stock_fill(&test->stock);
    if (test->only >= 0) {
        run_batch(test, (uint64_t)test->only, 1);
        test->count = 1;
    } else {
        for (uint64_t done = 0; done < test->count; done += BATCH)
            run_batch(test, done, test->count - done < BATCH ? (size_t)(test->count - done) : BATCH);
    }
    print_summary(test);
    test->code = test->different ? EXIT_DIFFERENT : 0;
}

static void read_options(Test *test, int argc, char **argv)
{
    for (int i = 1; i + 1 < argc; i += 2) {
        uint64_t value = strtoull(argv[i + 1], NULL, 10);
        if (strcmp(argv[i], "--count") == 0)
            test->count = value;
        else if (strcmp(argv[i], "--seed") == 0)
            test->seed = value;
        else if (strcmp(argv[i], "--only") == 0)
            test->only = (int64_t)value;
        else if (strcmp(argv[i], "--show") == 0)
            test->show = value;
        else
            die("options: --count N, --seed N, --only N, --show N");
    }
}

int main(int argc, char **argv)
{
    Test test = {.arena = arena_new(), .scratch = arena_new(), .count = 20000, .seed = 1, .only = -1, .show = 20};
    const char *error;
    read_options(&test, argc, argv);
    test.catalog = catalog_new(test.arena);
    test.server = server_connect(test.arena, NULL, false, &error);
    if (!test.server)
        die(error);
    if (server_major(test.server) == POSTGRES_MAJOR)
        stack_run(STACK_FOR_TREES, run_all, &test);
    else
        test.code = EXIT_SKIPPED;
    server_close(test.server);
    arena_free(test.scratch);
    arena_free(test.arena);
    return test.code;
}
