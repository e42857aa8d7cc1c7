/* Raw expressions kept beside the resolved ones of checks, indexes, defaults and domains.
 *
 * When a column's type changes, PostgreSQL writes out what depends on the column as text and analyzes the text
 * again (ATPostAlterTypeCleanup). Here the raw trees are at hand. The names in them are those that the columns had
 * when they were written, so they are analyzed against the present columns under their former names. */
#include "ddl/ddl_private.h"

enum { SLOT_BITS = 16 };

static uint64_t source_key(Oid object, int slot)
{
    return (uint64_t)object << SLOT_BITS | (uint64_t)slot;
}

static void keep(Ddl *ddl, Oid object, int slot, ExprSource source)
{
    ExprSource *kept = arena_memdup(ddl->arena, &source, sizeof source);
    intmap_put(ddl->arena, &ddl->session->expression_sources, source_key(object, slot), kept);
}

void source_keep(Ddl *ddl, Oid object, int slot, const AstNode *raw, const Relation *relation)
{
    if (raw)
        keep(ddl, object, slot, (ExprSource){raw, ddl->sql, relation});
}

void source_copy(Ddl *ddl, Oid from, Oid to, const Relation *relation, int nslots)
{
    for (int slot = 0; slot < nslots; slot++) {
        const ExprSource *source = intmap_get(&ddl->session->expression_sources, source_key(from, slot));
        /* The text names the columns of the relation it was written for; they are matched by name when it is used.
         */
        if (source)
            keep(ddl, to, slot, (ExprSource){source->raw, source->sql, relation});
    }
}

bool source_find(Ddl *ddl, Oid object, int slot, const Relation *now, ExprSource *source)
{
    const ExprSource *kept = intmap_get(&ddl->session->expression_sources, source_key(object, slot));
    if (!kept)
        return false;
    *source = *kept;
    if (!now || !kept->relation)
        return true;
    Relation *renamed = arena_memdup(ddl->scratch, now, sizeof *now);
    Column *columns = arena_memdup(ddl->scratch, now->columns, now->ncolumns * sizeof *columns);
    for (size_t i = 0; i < now->ncolumns && i < kept->relation->ncolumns; i++)
        columns[i].name = kept->relation->columns[i].name;
    renamed->columns = columns;
    renamed->name = kept->relation->name;
    source->relation = renamed;
    return true;
}
