/* What a star of a target list could be written as: where it ends in the text, and by which names its columns can
 * be reached at that place. A column that no name reaches (two of a sub-query have the same) has a NULL name. */
#include "analyze/star_parts.h"

#include <string.h>

/* ---- the star's place in the text ---- */

/* Just enough of PostgreSQL's lexical rules to find the end of a star whose beginning is known. */
typedef struct Scan {
    const char *text;
    size_t at, len;
} Scan;

static void skip_block_comment(Scan *scan)
{
    int depth = 0;
    do {
        if (strncmp(scan->text + scan->at, "/*", 2) == 0) {
            depth++;
            scan->at += 2;
        } else if (strncmp(scan->text + scan->at, "*/", 2) == 0) {
            depth--;
            scan->at += 2;
        } else {
            scan->at++;
        }
    } while (depth && scan->at < scan->len);
}

static void skip_space(Scan *scan)
{
    while (scan->at < scan->len) {
        const char *c = scan->text + scan->at;
        if (strchr(" \t\r\n\f\v", *c))
            scan->at++;
        else if (c[0] == '-' && c[1] == '-')
            scan->at += strcspn(c, "\r\n");
        else if (c[0] == '/' && c[1] == '*')
            skip_block_comment(scan);
        else
            return;
    }
}

/* A quoted string or identifier; doubled quotes stand for one. With escapes, a backslash hides what follows. */
static void skip_quoted(Scan *scan, bool escapes)
{
    char quote = scan->text[scan->at++];
    while (scan->at < scan->len) {
        char c = scan->text[scan->at++];
        if (escapes && c == '\\')
            scan->at++;
        else if (c == quote && scan->text[scan->at] == quote)
            scan->at++;
        else if (c == quote)
            return;
    }
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           (unsigned char)c >= 0x80;
}

/* $tag$ … $tag$; false when the dollar begins something else. */
static bool skip_dollar_quoted(Scan *scan)
{
    const char *start = scan->text + scan->at;
    size_t tag = 1;
    while (is_word(start[tag]) && start[tag] != '$')
        tag++;
    if (start[tag] != '$' || (start[1] >= '0' && start[1] <= '9'))
        return false;
    tag++;
    for (size_t i = scan->at + tag; i + tag <= scan->len; i++) {
        if (memcmp(scan->text + i, start, tag) == 0) {
            scan->at = i + tag;
            return true;
        }
    }
    return false;
}

/* One token of an expression; words include numbers, anything unknown is a single character. */
static void skip_token(Scan *scan)
{
    char c = scan->text[scan->at];
    if (c == '\'' || c == '"') {
        skip_quoted(scan, false);
    } else if ((c == 'e' || c == 'E') && scan->text[scan->at + 1] == '\'') {
        scan->at++;
        skip_quoted(scan, true);
    } else if (c == '$' && skip_dollar_quoted(scan)) {
        return;
    } else if (is_word(c)) {
        while (scan->at < scan->len && is_word(scan->text[scan->at]))
            scan->at++;
    } else {
        scan->at++;
    }
}

/* Past the bracket that closes the one here. */
static void skip_brackets(Scan *scan)
{
    int depth = 0;
    do {
        skip_space(scan);
        char c = scan->text[scan->at];
        depth += (c == '(' || c == '[') - (c == ')' || c == ']');
        skip_token(scan);
    } while (depth && scan->at < scan->len);
}

/* From the beginning of "a.b.*", "(…).f[1].*" or "*" to behind the star; *dot is where the star's dot stands (or
 * the star itself). false when the text is not what it should be. */
static bool find_end(const SqlText *sql, int32_t start, int32_t *end, int32_t *dot)
{
    Scan scan = {sql->text, (size_t)start, sql->len};
    *dot = start;
    while (scan.at < scan.len) {
        skip_space(&scan);
        char c = scan.text[scan.at];
        if (c == '*') {
            *end = (int32_t)scan.at + 1;
            return true;
        }
        if (c == '.')
            *dot = (int32_t)scan.at;
        if (c == '(' || c == '[')
            skip_brackets(&scan);
        else if (c == '.' || c == '"' || is_word(c))
            skip_token(&scan);
        else
            return false;
    }
    return false;
}

/* ---- names that reach columns ---- */

/* A column as a table of the query shows it. */
typedef struct Shown {
    const NsItem *table;
    const char *name;
} Shown;

typedef struct StarNames {
    ParseState *ps;
    StarExpansion *star;
    size_t n;
    IntMap by_column; /* by rtindex and attribute: Shown */
    StrMap once;      /* the item that alone has an unqualified column of the name; &many for several */
    IntMap own;       /* by item: its own names, likewise (StrMap) */
} StarNames;

static const char many;

static uint64_t column_key(const struct NsColumn *column)
{
    return (uint64_t)(uint32_t)column->rtindex << 16 | (uint16_t)column->attribute;
}

/* The item itself is what its unqualified name finds. */
static bool name_finds(ParseState *ps, const NsItem *item)
{
    DiagsMark mark = diags_mark(ps->an->diags);
    bool failed = false;
    int levels_up;
    const NsItem *found = relation_find_item(ps, NULL, item->name, -1, &levels_up, &failed);
    if (failed)
        diags_rewind(ps->an->diags, mark);
    return !failed && found == item;
}

/* Whether the item has just one column of the name. The counts are made once an item: its address is the key. */
static bool is_unique_in(StarNames *names, const NsItem *item, const char *name)
{
    Arena *arena = ps_arena(names->ps);
    StrMap *own = intmap_get(&names->own, (uint64_t)(uintptr_t)item);
    if (!own) {
        own = arena_new_of(arena, StrMap);
        for (size_t i = 0; i < item->ncolumns; i++) {
            void *seen = strmap_get(own, item->names[i]);
            strmap_put(arena, own, item->names[i], seen ? (void *)&many : (void *)item);
        }
        intmap_put(arena, &names->own, (uint64_t)(uintptr_t)item, own);
    }
    return strmap_get(own, name) == item;
}

static void add_name(StarNames *names, const char *qualifier, const char *name)
{
    names->star->qualifiers[names->n] = qualifier;
    names->star->names[names->n++] = name;
}

/* A table's columns, for those that show through a join. */
static void index_table(StarNames *names, const NsItem *item)
{
    Arena *arena = ps_arena(names->ps);
    if (!item->rel_visible || !name_finds(names->ps, item))
        return;
    for (size_t i = 0; i < item->ncolumns; i++) {
        if (!item->columns[i].rtindex || intmap_get(&names->by_column, column_key(&item->columns[i])))
            continue;
        Shown *shown = arena_new_of(arena, Shown);
        *shown = (Shown){item, item->names[i]};
        intmap_put(arena, &names->by_column, column_key(&item->columns[i]), shown);
    }
}

static void index_names(StarNames *names, const NsItem *item)
{
    for (size_t i = 0; item->cols_visible && i < item->ncolumns; i++) {
        if (!*item->names[i])
            continue;
        void *seen = strmap_get(&names->once, item->names[i]);
        strmap_put(ps_arena(names->ps), &names->once, item->names[i], seen ? (void *)&many : (void *)item);
    }
}

/* A column of a join without an alias: by the table it comes from, or unqualified when it is the join's own. */
static void add_join_column(StarNames *names, const NsItem *join, size_t i)
{
    const Shown *shown = intmap_get(&names->by_column, column_key(&join->columns[i]));
    if (shown && is_unique_in(names, shown->table, shown->name))
        add_name(names, shown->table->name, shown->name);
    else if (strmap_get(&names->once, join->names[i]) == join)
        add_name(names, NULL, join->names[i]);
    else
        add_name(names, NULL, NULL);
}

static void add_item(StarNames *names, const NsItem *item, bool qualify)
{
    bool found = name_finds(names->ps, item);
    for (size_t i = 0; i < item->ncolumns; i++) {
        if (!*item->names[i] || item->columns[i].dont_expand)
            continue;
        if (!item->rel_visible)
            add_join_column(names, item, i);
        else if (!is_unique_in(names, item, item->names[i]))
            add_name(names, NULL, NULL);
        else if (!qualify)
            add_name(names, NULL, item->names[i]);
        else
            add_name(names, item->name, found ? item->names[i] : NULL);
    }
}

static void name_all(StarNames *names)
{
    const Namespace *ns = &names->ps->namespace;
    size_t visible = 0;
    for (size_t i = 0; i < ns->len; i++)
        visible += ns->items[i]->cols_visible;
    for (size_t i = 0; i < ns->len; i++) {
        index_table(names, ns->items[i]);
        index_names(names, ns->items[i]);
    }
    for (size_t i = 0; i < ns->len; i++) {
        if (ns->items[i]->cols_visible)
            add_item(names, ns->items[i], visible > 1);
    }
}

static void name_table(StarNames *names, const AstColumnRef *raw)
{
    const char *schema = raw->n_fields == 3 ? ast_string(raw->fields[0]) : NULL;
    const char *table = ast_string(raw->fields[raw->n_fields - 2]);
    bool failed = false;
    int levels_up;
    const NsItem *item =
        table ? relation_find_item(names->ps, schema, table, raw->location, &levels_up, &failed) : NULL;
    if (item)
        add_item(names, item, true);
}

/* ---- recording ---- */

void star_record(ParseState *ps, const AstResTarget *target, bool returning, const TargetList *targets,
                 size_t first)
{
    Arena *arena = ps_arena(ps);
    size_t count = targets->len - first;
    StarExpansion star = {.start = target->location,
                          .query = ps->query,
                          .first = first,
                          .count = count,
                          .returning = returning,
                          .in_exists = ps->exists_depth > 0};
    int32_t dot;
    if (star.start < 0 || !find_end(ps->an->sql, star.start, &star.end, &dot))
        return;
    star.qualifiers = arena_array_of(arena, count, const char *);
    star.names = arena_array_of(arena, count, const char *);
    StarNames names = {.ps = ps, .star = &star};
    if (ast_kind(target->val) == AST_COLUMN_REF && target->val->column_ref->n_fields == 1) {
        name_all(&names);
    } else if (ast_kind(target->val) == AST_COLUMN_REF) {
        name_table(&names, target->val->column_ref);
    } else {
        star.prefix = arena_strndup(arena, ps->an->sql->text + star.start, (size_t)(dot - star.start));
        for (size_t i = 0; i < count; i++)
            add_name(&names, NULL, targets->items[first + i]->name);
    }
    vec_push(arena, ps->an->stars, star);
}
