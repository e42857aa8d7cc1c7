/* Lists of diagnostics and the search for the nearest name. */
#include "base/diag.h"

#include "base/map.h"

#include <stdlib.h>
#include <string.h>

Diags diags_make(Arena *arena)
{
    return (Diags){.arena = arena};
}

Diag *diag_add(Diags *diags, DiagSeverity severity, Span span, const char *code, const char *format, va_list args)
{
    Diag *diag = arena_new_of(diags->arena, Diag);
    diag->severity = severity;
    diag->code = code;
    diag->span = span;
    diag->message = arena_vprintf(diags->arena, format, args);
    diag->query = diags->query;
    if (diags->last)
        diags->last->next = diag;
    else
        diags->first = diag;
    diags->last = diag;
    diags->nerrors += severity == DIAG_ERROR;
    diags->nwarnings += severity == DIAG_WARNING;
    return diag;
}

Diag *diag_error(Diags *diags, Span span, const char *code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Diag *diag = diag_add(diags, DIAG_ERROR, span, code, format, args);
    va_end(args);
    return diag;
}

Diag *diag_warning(Diags *diags, Span span, const char *code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Diag *diag = diag_add(diags, DIAG_WARNING, span, code, format, args);
    va_end(args);
    return diag;
}

Diag *diag_detail(Diags *diags, Diag *diag, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag->detail = arena_vprintf(diags->arena, format, args);
    va_end(args);
    return diag;
}

Diag *diag_hint(Diags *diags, Diag *diag, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag->hint = arena_vprintf(diags->arena, format, args);
    va_end(args);
    return diag;
}

Diag *diag_note(Diags *diags, Diag *diag, Span span, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    DiagNote *note = arena_new_of(diags->arena, DiagNote);
    note->span = span;
    note->message = arena_vprintf(diags->arena, format, args);
    va_end(args);
    DiagNote **end = &diag->notes;
    while (*end)
        end = &(*end)->next;
    *end = note;
    return diag;
}

DiagsMark diags_mark(const Diags *diags)
{
    return (DiagsMark){diags->last, diags->nerrors, diags->nwarnings};
}

void diags_rewind(Diags *diags, DiagsMark mark)
{
    diags->last = mark.last;
    if (mark.last)
        mark.last->next = NULL;
    else
        diags->first = NULL;
    diags->nerrors = mark.nerrors;
    diags->nwarnings = mark.nwarnings;
}

void diags_append(Diags *diags, const Diags *from)
{
    if (!from->first)
        return;
    if (diags->last)
        diags->last->next = from->first;
    else
        diags->first = from->first;
    diags->last = from->last;
    diags->nerrors += from->nerrors;
    diags->nwarnings += from->nwarnings;
}

typedef struct DiagPlace {
    Diag *diag;
    size_t file, order;
} DiagPlace;

static int compare_places(const void *a, const void *b)
{
    const DiagPlace *left = a, *right = b;
    if (left->file != right->file)
        return left->file < right->file ? -1 : 1;
    if (left->diag->span.start != right->diag->span.start)
        return left->diag->span.start < right->diag->span.start ? -1 : 1;
    return left->order < right->order ? -1 : 1;
}

void diags_sort(Diags *diags)
{
    size_t n = 0, nfiles = 0;
    for (Diag *diag = diags->first; diag; diag = diag->next)
        n++;
    if (n < 2)
        return;
    DiagPlace *places = arena_array_of(diags->arena, n, DiagPlace);
    size_t *ranks = arena_array_of(diags->arena, n, size_t);
    IntMap files = {0};
    n = 0;
    for (Diag *diag = diags->first; diag; diag = diag->next, n++) {
        size_t *rank = intmap_get(&files, (uintptr_t)diag->span.file);
        if (!rank && diag->span.file) {
            rank = &ranks[nfiles++];
            *rank = nfiles;
            intmap_put(diags->arena, &files, (uintptr_t)diag->span.file, rank);
        }
        places[n] = (DiagPlace){diag, rank ? *rank : 0, n};
    }
    qsort(places, n, sizeof *places, compare_places);
    for (size_t i = 0; i + 1 < n; i++)
        places[i].diag->next = places[i + 1].diag;
    diags->first = places[0].diag;
    diags->last = places[n - 1].diag;
    diags->last->next = NULL;
}

void diags_demote(Diags *diags, DiagsMark mark)
{
    for (Diag *diag = mark.last ? mark.last->next : diags->first; diag; diag = diag->next) {
        if (diag->severity != DIAG_ERROR)
            continue;
        diag->severity = DIAG_WARNING;
        diags->nerrors--;
        diags->nwarnings++;
    }
}

/* Levenshtein distance, given up (limit + 1) once it must exceed the limit. Names longer than the row are not
 * compared; an identifier has at most 63 bytes. */
static size_t edit_distance(const char *a, const char *b, size_t limit)
{
    enum { LONGEST = 128 };
    size_t la = strlen(a), lb = strlen(b);
    if (lb >= LONGEST || la > lb + limit || lb > la + limit)
        return limit + 1;
    size_t row[LONGEST];
    for (size_t j = 0; j <= lb; j++)
        row[j] = j;
    for (size_t i = 1; i <= la; i++) {
        size_t diagonal = row[0], best = row[0] = i;
        for (size_t j = 1; j <= lb; j++) {
            size_t up = row[j];
            size_t cost = diagonal + (a[i - 1] != b[j - 1]);
            if (up + 1 < cost)
                cost = up + 1;
            if (row[j - 1] + 1 < cost)
                cost = row[j - 1] + 1;
            diagonal = up;
            row[j] = cost;
            if (cost < best)
                best = cost;
        }
        if (best > limit)
            return limit + 1;
    }
    return row[lb];
}

void nearest_offer(NearestName *best, const char *candidate)
{
    size_t limit = 1 + strlen(best->wanted) / 4;
    if (best->found && best->distance <= limit)
        limit = best->distance ? best->distance - 1 : 0;
    size_t distance = edit_distance(best->wanted, candidate, limit);
    if (distance <= limit && (!best->found || distance < best->distance)) {
        best->found = candidate;
        best->distance = distance;
    }
}
