/* Expansion of stars, in order of text. A star in EXISTS (SELECT * …) stays: its columns do not matter. So does one
 * over columns that SQL has no way to name singly, as when two columns of one item have the same name. */
#include "prove/expand.h"

#include "base/strbuf.h"

#include <stdlib.h>
#include <string.h>

static int by_place(const void *a, const void *b)
{
    const StarExpansion *left = *(const StarExpansion *const *)a, *right = *(const StarExpansion *const *)b;
    return (left->start > right->start) - (left->start < right->start);
}

static bool can_expand(const StarExpansion *star)
{
    if (star->in_exists || !star->count || !star->names)
        return false;
    for (size_t i = 0; i < star->count; i++)
        if (!star->names[i])
            return false;
    return true;
}

static void add_columns(Arena *arena, StrBuf *out, const StarExpansion *star)
{
    for (size_t i = 0; i < star->count; i++) {
        if (i)
            strbuf_add(out, ", ");
        if (star->prefix)
            strbuf_printf(out, "%s.", star->prefix);
        else if (star->qualifiers && star->qualifiers[i])
            strbuf_printf(out, "%s.", catalog_quote_identifier(arena, star->qualifiers[i]));
        strbuf_add(out, catalog_quote_identifier(arena, star->names[i]));
    }
}

const char *expand_stars(Arena *arena, const char *text, const StarExpansion *stars, size_t nstars)
{
    const StarExpansion **order = arena_array_of(arena, nstars, const StarExpansion *);
    size_t n = 0;
    for (size_t i = 0; i < nstars; i++)
        if (can_expand(&stars[i]))
            order[n++] = &stars[i];
    if (!n)
        return text;
    qsort(order, n, sizeof *order, by_place);
    StrBuf out;
    strbuf_init(&out);
    size_t done = 0;
    for (size_t i = 0; i < n; i++) {
        if ((size_t)order[i]->start < done)
            continue; /* transformed twice, as the query of a CTE may be */
        strbuf_add_bytes(&out, text + done, (size_t)order[i]->start - done);
        add_columns(arena, &out, order[i]);
        done = (size_t)order[i]->end;
    }
    strbuf_add(&out, text + done);
    const char *result = arena_strdup(arena, out.text);
    strbuf_release(&out);
    return result;
}
