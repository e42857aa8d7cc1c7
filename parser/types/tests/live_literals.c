/* Compares types/literal with a live PostgreSQL 15: the cases of literals.txt, and mutations of them.
 *
 *     live_literals [COUNT [SEED [TYPE]]]   prints each literal that is answered differently; exit code 1 if any is
 *                                           refused that the server accepts, or for another reason
 *     live_literals -m COUNT [SEED [TYPE]]  messages and details have to agree too
 *     live_literals -a FILE                 prints the cases of FILE with the server's answers
 *
 * The server is that of libpq's environment variables. Exit code 77 when there is no server of version 15. */
#include "literal_cases.h"

#include "base/strbuf.h"
#include "base/vec.h"
#include "server.h"
#include "types/literal/datetime.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 500, TEXT_MAX = 400 };

typedef struct Comparison {
    PGconn *conn;
    Catalog *catalog;
    Arena *arena; /* of one batch */
    bool messages;
    uint64_t state;
    VEC(LiteralCase) seeds;
    long wrong, lenient, accepted;
} Comparison;

static size_t below(Comparison *compare, size_t n)
{
    compare->state = compare->state * 6364136223846793005U + 1442695040888963407U;
    return (size_t)(compare->state >> 33) % n;
}

/* ---- Mutation ---- */

static const char *seed_text(Comparison *compare, const char *type_name)
{
    for (;;) {
        const LiteralCase *seed = &compare->seeds.items[below(compare, compare->seeds.len)];
        if (strcmp(seed->type_name, type_name) == 0)
            return seed->text;
    }
}

static void insert(StrBuf *text, size_t at, const char *bytes, size_t len)
{
    char *rest = strdup(text->text + at);
    text->len = at;
    strbuf_add_bytes(text, bytes, len);
    strbuf_add(text, rest);
    free(rest);
}

static void remove_part(StrBuf *text, size_t at, size_t len)
{
    memmove(text->text + at, text->text + at + len, text->len - at - len + 1);
    text->len -= len;
}

/* One small change. */
static void mutate(Comparison *compare, const char *type_name, StrBuf *text)
{
    static const char alphabet[] = "0123456789-+.:,/ {}[]()\"'\\eExXaAbBnNuUtTpPzZ<>!&|*$@?_\t\n";
    size_t at = below(compare, text->len + 1), rest = text->len - at;
    const char *other = seed_text(compare, type_name);
    size_t other_at = below(compare, strlen(other) + 1), other_len = strlen(other) - other_at;
    switch (below(compare, 7)) {
    case 0:
        if (rest)
            remove_part(text, at, 1);
        break;
    case 1:
        if (rest)
            remove_part(text, at, 1 + below(compare, rest < 4 ? rest : 4));
        break;
    case 2:
        insert(text, at, &alphabet[below(compare, sizeof alphabet - 1)], 1);
        break;
    case 3:
        if (rest)
            text->text[at] = alphabet[below(compare, sizeof alphabet - 1)];
        break;
    case 4:
        if (rest) {
            char again = text->text[at];
            insert(text, at, &again, 1);
        }
        break;
    case 5:
        insert(text, at, other + other_at, other_len ? 1 + below(compare, other_len) : 0);
        break;
    default:
        if (text->len > at + 1) {
            char first = text->text[at];
            text->text[at] = text->text[at + 1];
            text->text[at + 1] = first;
        }
    }
}

/* Words of several seeds of the type. */
static void recombine(Comparison *compare, const char *type_name, StrBuf *text)
{
    strbuf_clear(text);
    for (size_t n = 1 + below(compare, 5); n > 0; n--) {
        const char *other = seed_text(compare, type_name);
        for (size_t skip = below(compare, 4); skip > 0 && strchr(other, ' '); skip--)
            other = strchr(other, ' ') + 1;
        strbuf_add_bytes(text, other, strcspn(other, " "));
        if (n > 1 && below(compare, 12))
            strbuf_add_char(text, ' ');
    }
}

static bool is_ascii(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return true;
}

static LiteralCase draw(Comparison *compare, const char *only_type)
{
    const LiteralCase *seed;
    do
        seed = &compare->seeds.items[below(compare, compare->seeds.len)];
    while ((only_type && strcmp(seed->type_name, only_type) != 0) || !is_ascii(seed->text));
    StrBuf text;
    strbuf_init(&text);
    strbuf_add(&text, seed->text);
    bool words = below(compare, 3) == 0;
    if (words)
        recombine(compare, seed->type_name, &text);
    for (size_t n = words ? below(compare, 2) : 1 + below(compare, 3); n > 0; n--)
        mutate(compare, seed->type_name, &text);
    if (text.len > TEXT_MAX || !is_ascii(text.text))
        strbuf_clear(&text);
    LiteralCase result = {.type_name = seed->type_name, .text = arena_strdup(compare->arena, text.text)};
    strbuf_release(&text);
    return result;
}

/* ---- Answers ---- */

typedef struct Answer {
    const char *code, *message, *detail;
} Answer;

static Answer our_answer(Comparison *compare, const LiteralCase *asked)
{
    int32_t typmod;
    Oid type = literal_find_type(compare->catalog, asked->type_name, &typmod);
    LiteralError error = {0};
    if (!type) {
        fprintf(stderr, "no type %s\n", asked->type_name);
        exit(1);
    }
    if (literal_valid(compare->catalog, compare->arena, type, typmod, asked->text, &error))
        return (Answer){"ok", "", ""};
    return (Answer){error.code, error.message, error.detail ? error.detail : ""};
}

/* A list of strings as the text of an array. */
static void add_string(StrBuf *array, const char *text)
{
    strbuf_add(array, array->len > 1 ? ",\"" : "\"");
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            strbuf_add_char(array, '\\');
        strbuf_add_char(array, *text);
    }
    strbuf_add_char(array, '"');
}

static void server_answers(Comparison *compare, const LiteralCase *cases, size_t n, Answer *answers)
{
    StrBuf types, texts;
    strbuf_init(&types);
    strbuf_init(&texts);
    strbuf_add_char(&types, '{');
    strbuf_add_char(&texts, '{');
    for (size_t i = 0; i < n; i++) {
        add_string(&types, cases[i].type_name);
        add_string(&texts, cases[i].text);
    }
    strbuf_add_char(&types, '}');
    strbuf_add_char(&texts, '}');
    PGresult *result = PQexecParams(compare->conn,
                                    "select a[1], a[2], a[3] from (select lit.answer(t, l) as a from"
                                    " unnest($1::text[], $2::text[]) as u (t, l)) as s",
                                    2, NULL, (const char *const[]){types.text, texts.text}, NULL, NULL, 0);
    if (PQresultStatus(result) != PGRES_TUPLES_OK || (size_t)PQntuples(result) != n) {
        fprintf(stderr, "%s", PQerrorMessage(compare->conn));
        exit(1);
    }
    for (size_t i = 0; i < n; i++)
        answers[i] = (Answer){arena_strdup(compare->arena, PQgetvalue(result, (int)i, 0)),
                              arena_strdup(compare->arena, PQgetvalue(result, (int)i, 1)),
                              arena_strdup(compare->arena, PQgetvalue(result, (int)i, 2))};
    PQclear(result);
    strbuf_release(&types);
    strbuf_release(&texts);
}

/* Whether a time zone is named that the server may or may not know, or have a fixed offset for. */
static bool names_zone(const char *text)
{
    FieldList fields;
    if (!fields_split(text, FIELDS_BUFFER, &fields))
        return false;
    for (size_t i = 0; i < fields.n; i++) {
        bool word = fields.kinds[i] == FIELD_STRING && word_of_zone_name(fields.texts[i]).kind == WORD_NAMED_ZONE;
        bool dynamic = fields.kinds[i] == FIELD_STRING && word_of_zone(fields.texts[i]).kind == WORD_DYNAMIC_ZONE;
        bool name = fields.kinds[i] == FIELD_DATE && char_is_alpha(*fields.texts[i]);
        if (word || dynamic || name)
            return true;
    }
    return false;
}

/* Whether the server accepts it with days, months and years in another order. */
static bool order_matters(Comparison *compare, const LiteralCase *asked)
{
    static const char *const settings[] = {"set datestyle = dmy", "set datestyle = ymd"};
    bool accepted = false;
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        Answer answer;
        PQclear(server_query(compare->conn, settings[i]));
        server_answers(compare, asked, 1, &answer);
        accepted = accepted || strcmp(answer.code, "ok") == 0;
    }
    PQclear(server_query(compare->conn, "set datestyle = mdy"));
    return accepted;
}

/* What is accepted here although this server does not, or refused for another reason: it depends on its settings,
 * files or limits, on the order of a range type of the user's, on what a regular expression is, or on the grammar
 * of type names. */
static bool may_differ(Comparison *compare, const LiteralCase *asked, const Answer *theirs, bool accepted)
{
    static const struct {
        const char *type, *code;
    } reasons[] = {
        {"tstzrange", "22000"}, {"timestamptz", "22008"},
        {"tstzrange", "22008"}, {"jsonpath", "2201B"},
        {"lit.float", "22000"}, {"money", "22P02"},
        {"reg", "42601"},       {"reg", "3F000"},
        {"reg", "42704"},       {"tsrange", "22000"},
        {"daterange", "22000"}, {"reg", "0A000"},
        {"line", "22003"},      {"", "54001"},
        {"", "XX000"},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (strcmp(reasons[i].code, theirs->code) == 0 && strstr(asked->type_name, reasons[i].type))
            return true;
    bool wrong_zone = strcmp(theirs->code, "22023") == 0 || strcmp(theirs->code, "22007") == 0;
    bool several = strstr(asked->type_name, "range") || strstr(asked->type_name, "[]");
    if (wrong_zone && (several || names_zone(asked->text)))
        return true;
    /* Of a range, each bound may be good in an order of its own; whether it is past noon now is not known. */
    bool misread = strcmp(theirs->code, "22008") == 0 || strcmp(theirs->code, "22007") == 0;
    bool now = strstr(asked->text, "now") || strstr(asked->text, "NOW");
    return misread && (several || now || (accepted && order_matters(compare, asked)));
}

static bool is_ok(const Answer *answer)
{
    return strcmp(answer->code, "ok") == 0;
}

static void judge(Comparison *compare, const LiteralCase *asked, const Answer *theirs)
{
    Answer ours = our_answer(compare, asked);
    compare->accepted += is_ok(&ours);
    if (strcmp(ours.code, theirs->code) == 0 &&
        (!compare->messages ||
         (strcmp(ours.message, theirs->message) == 0 && strcmp(ours.detail, theirs->detail) == 0)))
        return;
    bool lenient =
        !is_ok(theirs) && strcmp(ours.code, theirs->code) != 0 && may_differ(compare, asked, theirs, is_ok(&ours));
    compare->lenient += lenient;
    compare->wrong += !lenient;
    if (!lenient)
        printf("%s\n    server: %s %s %s\n    querc:  %s %s %s\n",
               literal_case_format(compare->arena, asked->type_name, asked->text, theirs->code), theirs->code,
               theirs->message, theirs->detail, ours.code, ours.message, ours.detail);
}

static void compare_cases(Comparison *compare, const LiteralCase *cases, size_t n)
{
    Answer answers[BATCH];
    for (size_t done = 0, part; done < n; done += part) {
        part = n - done < BATCH ? n - done : BATCH;
        server_answers(compare, cases + done, part, answers);
        for (size_t i = 0; i < part; i++)
            judge(compare, &cases[done + i], &answers[i]);
    }
}

static void compare_mutations(Comparison *compare, long count, const char *only_type)
{
    LiteralCase cases[BATCH];
    for (long done = 0; done < count; done += BATCH) {
        for (size_t i = 0; i < BATCH; i++)
            cases[i] = draw(compare, only_type);
        compare_cases(compare, cases, BATCH);
        arena_clear(compare->arena);
    }
}

/* ---- Files ---- */

static bool load_seeds(Comparison *compare)
{
    FILE *file = fopen(QUERC_SOURCE_DIR "/parser/types/tests/literals.txt", "r");
    char *line = NULL;
    size_t size = 0;
    Arena *arena = catalog_arena(compare->catalog);
    while (file && getline(&line, &size, file) >= 0) {
        LiteralCase seed;
        if (literal_case_parse(arena_strdup(arena, line), &seed))
            vec_push(arena, &compare->seeds, seed);
    }
    free(line);
    if (!file) {
        perror("literals.txt");
        return false;
    }
    fclose(file);
    return true;
}

static int print_answers(Comparison *compare, const char *path)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t size = 0;
    if (!file) {
        perror(path);
        return 2;
    }
    while (getline(&line, &size, file) >= 0) {
        LiteralCase asked;
        Answer answer;
        if (!literal_case_parse(line, &asked)) {
            printf("%s\n", line);
            continue;
        }
        server_answers(compare, &asked, 1, &answer);
        Answer ours = our_answer(compare, &asked);
        bool lenient = is_ok(&ours) && !is_ok(&answer) && may_differ(compare, &asked, &answer, true);
        const char *code = lenient ? arena_printf(compare->arena, "~%s", answer.code) : answer.code;
        printf("%s\n", literal_case_format(compare->arena, asked.type_name, asked.text, code));
        arena_clear(compare->arena);
    }
    free(line);
    fclose(file);
    return 0;
}

static void set_up_server(PGconn *conn)
{
    FILE *file = fopen(QUERC_SOURCE_DIR "/parser/types/tests/literal_schema.sql", "r");
    char *sql = NULL;
    size_t size = 0;
    if (!file || getdelim(&sql, &size, '\0', file) < 0) {
        perror("literal_schema.sql");
        exit(2);
    }
    fclose(file);
    PQclear(server_query(conn, "set client_min_messages = error; set lc_messages = 'C'"));
    PQclear(server_query(conn, sql));
    free(sql);
}

int main(int argc, char **argv)
{
    PGconn *conn = PQconnectdb("");
    if (PQstatus(conn) != CONNECTION_OK || PQserverVersion(conn) / 10000 != 15) {
        fprintf(stderr, "no PostgreSQL 15 to compare with: %s", PQerrorMessage(conn));
        PQfinish(conn);
        return 77;
    }
    Arena *arena = arena_new();
    Comparison compare = {.conn = conn, .catalog = catalog_new(arena), .arena = arena_new()};
    set_up_server(conn);
    literal_make_types(compare.catalog);
    int status = 0;
    if (argc == 3 && strcmp(argv[1], "-a") == 0) {
        status = print_answers(&compare, argv[2]);
    } else if (!load_seeds(&compare)) {
        status = 2;
    } else {
        compare.messages = argc > 1 && strcmp(argv[1], "-m") == 0;
        argv += compare.messages;
        argc -= compare.messages;
        long count = argc > 1 ? strtol(argv[1], NULL, 10) : 20000;
        compare.state = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
        compare_cases(&compare, compare.seeds.items, compare.seeds.len);
        compare_mutations(&compare, count, argc > 3 ? argv[3] : NULL);
        printf("%zu cases and %ld mutations, %ld accepted, %ld answered differently, %ld accepted here alone\n",
               compare.seeds.len, count, compare.accepted, compare.wrong, compare.lenient);
        status = compare.wrong ? 1 : 0;
    }
    PQfinish(conn);
    arena_free(compare.arena);
    arena_free(arena);
    return status;
}
