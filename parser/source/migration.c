/* The conventions of migration tools, each from its own documentation.
 *
 *   goose          -- +goose Up           -- +goose Down       number, as a number
 *   dbmate         -- migrate:up          -- migrate:down      file name, by bytes
 *   tern           ---- create above / drop below ----         number
 *   sql-migrate    -- +migrate Up         -- +migrate Down     number, then name
 *   golang-migrate x.up.sql, x.down.sql                        number
 *   sqlx           x.sql or x.up.sql, x.down.sql               number
 *   Atlas          atlas.sum in the directory                  file name, by bytes
 *   Flyway         V1.2__x.sql, R__x.sql, U1.2__x.sql          version
 *   Diesel, Hasura a directory each, with up.sql and down.sql  number of the directory
 *   Prisma         a directory each, with migration.sql        number of the directory
 *   Postgrator     1.do.x.sql, 1.undo.x.sql                    number
 *   yoyo           x.sql, x.rollback.sql                       number
 *   node-pg-migrate -- Up Migration, -- Down Migration         number
 *   MyBatis        -- //@UNDO                                  number
 *   Rambler        -- rambler up, -- rambler down              number
 *
 * Marks are whole lines. The tools look for them without regard to quotes, and so do we. */
#include "source/migration.h"

#include "base/strbuf.h"
#include "source/paths_private.h"

#include <string.h>
#include <strings.h>
#include <sys/stat.h>

typedef struct Mark {
    SchemaFormat format;
    bool up;
    const char *text; /* after the dashes and blanks */
    bool options;     /* words may follow */
} Mark;

static const Mark marks[] = {
    {SCHEMA_GOOSE, true, "+goose up", false},
    {SCHEMA_GOOSE, false, "+goose down", false},
    {SCHEMA_DBMATE, true, "migrate:up", true},
    {SCHEMA_DBMATE, false, "migrate:down", true},
    {SCHEMA_SQL_MIGRATE, true, "+migrate up", true},
    {SCHEMA_SQL_MIGRATE, false, "+migrate down", true},
    {SCHEMA_NODE_PG_MIGRATE, true, "up migration", false},
    {SCHEMA_NODE_PG_MIGRATE, false, "down migration", false},
    {SCHEMA_MYBATIS, false, "//@undo", false},
    {SCHEMA_RAMBLER, true, "rambler up", false},
    {SCHEMA_RAMBLER, false, "rambler down", false},
    {SCHEMA_TERN, false, "create above / drop below ----", false},
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* The mark that the line is, or NULL. */
static const Mark *find_mark(const char *line, size_t len)
{
    while (len > 0 && is_blank(line[len - 1]))
        len--;
    while (len > 0 && is_blank(*line))
        line++, len--;
    if (len < 2 || line[0] != '-' || line[1] != '-')
        return NULL;
    bool tern = len > 4 && memcmp(line, "----", 4) == 0;
    size_t sign = tern ? 4 : 2;
    line += sign;
    len -= sign;
    while (len > 0 && is_blank(*line))
        line++, len--;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t wanted = strlen(marks[i].text);
        if ((marks[i].format == SCHEMA_TERN) != tern || len < wanted ||
            strncasecmp(line, marks[i].text, wanted) != 0)
            continue;
        if (len == wanted || (marks[i].options && is_blank(line[wanted])))
            return &marks[i];
    }
    return NULL;
}

static size_t line_end(const char *text, size_t len, size_t from)
{
    const char *newline = memchr(text + from, '\n', len - from);
    return newline ? (size_t)(newline - text) : len;
}

SchemaFormat migration_format(const char *text, size_t len)
{
    for (size_t line = 0; line < len;) {
        size_t end = line_end(text, len, line);
        const Mark *mark = find_mark(text + line, end - line);
        if (mark)
            return mark->format;
        line = end + 1;
    }
    return SCHEMA_PLAIN;
}

static void blank(char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] != '\n' && text[i] != '\r')
            text[i] = ' ';
}

void migration_blank_down(SchemaFormat format, char *text, size_t len)
{
    bool up = true;
    for (size_t line = 0; line < len;) {
        size_t end = line_end(text, len, line);
        const Mark *mark = find_mark(text + line, end - line);
        if (mark && mark->format == format)
            up = mark->up;
        if (!up)
            blank(text + line, end - line);
        line = end + 1;
    }
}

/* ---- order ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Compares two runs of digits as numbers of any size and moves past them. */
static int compare_numbers(const char **a, const char **b)
{
    while (**a == '0')
        ++*a;
    while (**b == '0')
        ++*b;
    const char *x = *a, *y = *b;
    while (is_digit(**a))
        ++*a;
    while (is_digit(**b))
        ++*b;
    ptrdiff_t nx = *a - x, ny = *b - y;
    if (nx != ny)
        return nx < ny ? -1 : 1;
    return strncmp(x, y, (size_t)nx);
}

/* Compares versions such as 1.10 and 1.9, whose parts `separators` divide. */
static int compare_versions(const char **a, const char **b, const char *separators)
{
    for (;;) {
        int order = compare_numbers(a, b);
        if (order != 0)
            return order;
        bool more_a = **a && strchr(separators, **a) && is_digit((*a)[1]);
        bool more_b = **b && strchr(separators, **b) && is_digit((*b)[1]);
        if (!more_a || !more_b)
            return more_a - more_b;
        ++*a;
        ++*b;
    }
}

/* The name has Flyway's form: the prefix, a version (none for R) and two underscores. */
static bool is_flyway(const char *name, char prefix)
{
    if (name[0] != prefix)
        return false;
    const char *c = name + 1;
    if (prefix != 'R')
        while (is_digit(*c) || ((*c == '.' || *c == '_') && is_digit(c[1])))
            c++;
    return (prefix == 'R' || c > name + 1) && strncmp(c, "__", 2) == 0;
}

/* A file up.sql in the directory of the path. */
static bool has_way_up(const char *path)
{
    StrBuf up;
    strbuf_init(&up);
    strbuf_add_bytes(&up, path, (size_t)(path_base(path) - path));
    strbuf_add(&up, "up.sql");
    struct stat st;
    bool found = stat(up.text, &st) == 0;
    strbuf_release(&up);
    return found;
}

bool migration_is_undo(const char *path)
{
    const char *name = path_base(path);
    const char *after = name + strspn(name, "0123456789");
    return is_flyway(name, 'U') || (after > name && strncmp(after, ".undo.", 6) == 0) ||
           path_has_suffix(name, ".rollback.sql") || (strcmp(name, "down.sql") == 0 && has_way_up(path));
}

static int compare_parts(const char *a, size_t alen, const char *b, size_t blen)
{
    size_t shorter = alen < blen ? alen : blen;
    int order = memcmp(a, b, shorter);
    return order != 0 ? order : (alen > blen) - (alen < blen);
}

/* One component of the two paths: [a, a + alen) and [b, b + blen). Every one ends in a byte that is no digit. */
static int compare_components(const char *a, size_t alen, const char *b, size_t blen)
{
    const char *x = a, *y = b;
    int order = 0;
    bool flyway_a = is_flyway(a, 'V'), flyway_b = is_flyway(b, 'V');
    bool repeat_a = is_flyway(a, 'R'), repeat_b = is_flyway(b, 'R');
    if (repeat_a != repeat_b)
        return repeat_a - repeat_b;
    if (flyway_a && flyway_b) {
        x++, y++;
        order = compare_versions(&x, &y, "._");
    } else if (alen && blen && is_digit(*a) && is_digit(*b)) {
        order = compare_versions(&x, &y, ".");
    }
    return order != 0 ? order : compare_parts(a, alen, b, blen);
}

int migration_compare(const void *left, const void *right)
{
    const char *a = *(const char *const *)left, *b = *(const char *const *)right;
    for (;;) {
        size_t alen = strcspn(a, "/"), blen = strcspn(b, "/");
        bool more_a = a[alen], more_b = b[blen];
        if (more_a != more_b) /* a directory's own files come before those of directories in it */
            return more_a - more_b;
        int order = compare_components(a, alen, b, blen);
        if (order != 0 || !more_a)
            return order;
        a += alen + 1;
        b += blen + 1;
    }
}
