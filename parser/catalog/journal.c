/* What everything was before each change, and the way back. Nothing is ever taken out of the journal but by going
 * back, for a catalog must be able to return to its beginning. */
#include "catalog/state.h"

void journal_add(Catalog *catalog, Change change)
{
    vec_push(catalog->arena, &catalog->journal, change);
}

CatalogSavepoint catalog_savepoint(const Catalog *catalog)
{
    return catalog->journal.len;
}

static void undo(Catalog *catalog, const Change *change)
{
    switch (change->kind) {
    case CHANGE_SLOT:
        objects_undo(catalog->objects, change->number, change->old.object);
        break;
    case CHANGE_INDEX:
        catalog->index->items[change->number].value = change->old.value;
        break;
    case CHANGE_EDGE_ADDED:
        graph_undo_add(catalog->graphs[change->old.graph]);
        break;
    case CHANGE_EDGE_REMOVED:
        graph_undo_remove(catalog->graphs[change->old.graph], change->number);
        break;
    case CHANGE_SEARCH_PATH:
        catalog->path->setting = change->old.path;
        break;
    }
}

void catalog_rollback(Catalog *catalog, CatalogSavepoint savepoint)
{
    if (savepoint >= catalog->journal.len)
        return;
    while (catalog->journal.len > savepoint)
        undo(catalog, &catalog->journal.items[--catalog->journal.len]);
    catalog->path->resolved = NULL;
    opclass_forget_defaults(catalog);
}
