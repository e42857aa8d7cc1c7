/* The shortest edit script between two texts, line by line (Myers, "An O(ND) Difference Algorithm", 1986), written
 * as a unified diff. Past a number of differences that nobody reads, the rest counts as replaced. */
#include "cmd/diff.h"

#include "base/map.h"
#include "base/vec.h"

#include <stdbool.h>
#include <string.h>

enum { CONTEXT = 3, MOST_EDITS = 2000 };

typedef struct Line {
    const char *text;
    size_t len; /* with the line feed, where there is one */
    uint64_t hash;
} Line;

typedef struct Lines {
    Line *items;
    size_t len, cap;
} Lines;

static Lines split_lines(Arena *arena, const DiffSide *side)
{
    Lines lines = {0};
    for (size_t at = 0; at < side->len;) {
        const char *end = memchr(side->text + at, '\n', side->len - at);
        size_t len = end ? (size_t)(end - side->text) - at + 1 : side->len - at;
        vec_push(arena, &lines, ((Line){side->text + at, len, map_hash_bytes(0, side->text + at, len)}));
        at += len;
    }
    return lines;
}

static bool same_line(const Line *a, const Line *b)
{
    return a->hash == b->hash && a->len == b->len && !memcmp(a->text, b->text, a->len);
}

/* What happens to the lines: kept[i] says that old line i is in the new text, added[j] that new line j is new. */
typedef struct Script {
    Arena *arena;
    const Lines *old, *new;
    bool *kept, *added;
} Script;

typedef VEC(const size_t *) Trace;

/* Follows the furthest-reaching paths back from (n, m), marking what they keep. */
static void backtrack(Script *script, const Trace *trace, size_t first, size_t n, size_t m)
{
    ptrdiff_t x = (ptrdiff_t)n, y = (ptrdiff_t)m;
    for (ptrdiff_t d = (ptrdiff_t)trace->len - 1; d >= 0; d--) {
        const size_t *v = trace->items[d] + d + 1; /* v[k], for k from -d - 1 to d + 1 */
        ptrdiff_t k = x - y;
        bool down = k == -d || (k != d && v[k - 1] < v[k + 1]);
        ptrdiff_t from_k = down ? k + 1 : k - 1;
        ptrdiff_t from_x = d ? (ptrdiff_t)v[from_k] : 0, from_y = d ? from_x - from_k : 0;
        while (x > from_x && y > from_y && x > 0 && y > 0) {
            x--;
            y--;
            script->kept[first + (size_t)x] = true;
            script->added[first + (size_t)y] = false;
        }
        x = from_x;
        y = from_y;
    }
}

/* The middle parts: n old lines and m new ones from line `first` on, which differ at both ends. */
static void compare_middle(Script *script, size_t first, size_t n, size_t m)
{
    const Line *a = script->old->items + first, *b = script->new->items + first;
    size_t most = n + m < MOST_EDITS ? n + m : MOST_EDITS;
    Trace trace = {0};
    size_t *memory = arena_array_of(script->arena, 2 * most + 3, size_t);
    size_t *v = memory + most + 1;
    for (ptrdiff_t d = 0; d <= (ptrdiff_t)most; d++) {
        vec_push(script->arena, &trace, arena_memdup(script->arena, v - d - 1, (2 * (size_t)d + 3) * sizeof *v));
        for (ptrdiff_t k = -d; k <= d; k += 2) {
            size_t x = k == -d || (k != d && v[k - 1] < v[k + 1]) ? v[k + 1] : v[k - 1] + 1;
            ptrdiff_t y = (ptrdiff_t)x - k;
            while (x < n && y >= 0 && (size_t)y < m && same_line(&a[x], &b[y])) {
                x++;
                y++;
            }
            v[k] = x;
            if (x >= n && y >= (ptrdiff_t)m) {
                backtrack(script, &trace, first, n, m);
                return;
            }
        }
    }
}

static void compare(Script *script)
{
    size_t n = script->old->len, m = script->new->len, head = 0, tail = 0;
    while (head < n && head < m && same_line(&script->old->items[head], &script->new->items[head]))
        head++;
    while (tail < n - head && tail < m - head &&
           same_line(&script->old->items[n - tail - 1], &script->new->items[m - tail - 1]))
        tail++;
    for (size_t i = 0; i < n; i++)
        script->kept[i] = i < head || i >= n - tail;
    for (size_t j = 0; j < m; j++)
        script->added[j] = !(j < head || j >= m - tail);
    if (n - tail > head && m - tail > head)
        compare_middle(script, head, n - tail - head, m - tail - head);
}

static void add_line(StrBuf *out, char sign, const Line *line)
{
    strbuf_add_char(out, sign);
    strbuf_add_bytes(out, line->text, line->len);
    if (line->text[line->len - 1] != '\n')
        strbuf_add(out, "\n\\ No newline at end of file\n");
}

typedef struct Hunk {
    size_t old_start, old_end, new_start, new_end;
} Hunk;

/* Moves both ends over unchanged lines until the next change; false at the end of both texts. */
static bool next_change(const Script *script, size_t *i, size_t *j)
{
    while (*i < script->old->len && *j < script->new->len && script->kept[*i] && !script->added[*j]) {
        (*i)++;
        (*j)++;
    }
    return *i < script->old->len || *j < script->new->len;
}

static void skip_changes(const Script *script, size_t *i, size_t *j)
{
    while (*i < script->old->len && !script->kept[*i])
        (*i)++;
    while (*j < script->new->len && script->added[*j])
        (*j)++;
}

/* A change with its context, joined with those that follow closely. */
static bool next_hunk(const Script *script, size_t *i, size_t *j, Hunk *hunk)
{
    if (!next_change(script, i, j))
        return false;
    size_t before = *i < CONTEXT ? *i : CONTEXT;
    *hunk = (Hunk){.old_start = *i - before, .new_start = *j - before};
    for (;;) {
        skip_changes(script, i, j);
        size_t ahead_i = *i, ahead_j = *j;
        if (!next_change(script, &ahead_i, &ahead_j) || ahead_i - *i > (size_t)2 * CONTEXT)
            break;
        *i = ahead_i;
        *j = ahead_j;
    }
    size_t after = script->old->len - *i < CONTEXT ? script->old->len - *i : CONTEXT;
    hunk->old_end = *i + after;
    hunk->new_end = *j + after;
    return true;
}

static void add_hunk(const Script *script, StrBuf *out, const Hunk *hunk)
{
    size_t i = hunk->old_start, j = hunk->new_start, n = hunk->old_end - i, m = hunk->new_end - j;
    strbuf_printf(out, "@@ -%zu,%zu +%zu,%zu @@\n", n ? i + 1 : i, n, m ? j + 1 : j, m);
    while (i < hunk->old_end || j < hunk->new_end) {
        if (i < hunk->old_end && !script->kept[i])
            add_line(out, '-', &script->old->items[i++]);
        else if (j < hunk->new_end && script->added[j])
            add_line(out, '+', &script->new->items[j++]);
        else {
            add_line(out, ' ', &script->old->items[i++]);
            j++;
        }
    }
}

void diff_unified(Arena *arena, StrBuf *out, const DiffSide *old, const DiffSide *new)
{
    if (old->len == new->len && (!old->len || !memcmp(old->text, new->text, old->len)))
        return;
    Lines before = split_lines(arena, old), after = split_lines(arena, new);
    Script script = {arena, &before, &after, arena_array_of(arena, before.len, bool),
                     arena_array_of(arena, after.len, bool)};
    compare(&script);
    strbuf_printf(out, "--- %s\n+++ %s\n", old->label, new->label);
    Hunk hunk;
    for (size_t i = 0, j = 0; next_hunk(&script, &i, &j, &hunk);)
        add_hunk(&script, out, &hunk);
}
