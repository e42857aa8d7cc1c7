/* The fields of RECORD variables: those of the row that was assigned last, where the order of the text tells which
 * that is. After branches and loops that assign, it is not known. */
#include "plpgsql/checker.h"

const PlRow *record_of_query(const PlChecker *checker, const Query *query)
{
    Arena *arena = checker->context.arena;
    const TargetList *targets = query->command == COMMAND_SELECT ? &query->targets : &query->returning;
    PlRow *row = arena_new_of(arena, PlRow);
    row->names = arena_array_of(arena, targets->len + 1, const char *);
    row->types = arena_array_of(arena, targets->len + 1, Oid);
    row->typmods = arena_array_of(arena, targets->len + 1, int32_t);
    for (size_t i = 0; i < targets->len; i++) {
        const TargetEntry *target = targets->items[i];
        if (target->junk)
            continue;
        row->names[row->n] = target->name;
        row->types[row->n] = target->expr->type;
        row->typmods[row->n++] = target->expr->typmod;
    }
    return row;
}

static void assign(PlChecker *checker, const PlTarget *target, const PlRow *row)
{
    size_t used;
    const PlDatum *datum = scope_find(checker, target->parts, target->n, &used);
    if (datum && used == target->n && datum->is_record && !datum->type)
        datum->cell->row = row;
}

void record_assign(PlChecker *checker, const PlStatement *statement, const PlRow *row)
{
    for (size_t i = 0; i < statement->targets.len; i++)
        assign(checker, &statement->targets.items[i], statement->targets.len == 1 ? row : NULL);
}

void record_forget(PlChecker *checker, const PlStatement *statement)
{
    record_assign(checker, statement, NULL);
    for (size_t i = 0; i < statement->bodies.len; i++)
        for (size_t j = 0; j < statement->bodies.items[i].len; j++)
            record_forget(checker, statement->bodies.items[i].items[j]);
}
