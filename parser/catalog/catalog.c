/* The life of a catalog. */
#include "catalog/state.h"

Catalog *catalog_new(Arena *arena)
{
    Catalog *catalog = arena_new_of(arena, Catalog);
    catalog->arena = arena;
    catalog->builtin = &builtin_postgres_15;
    catalog->objects = objects_new(arena, catalog->builtin);
    catalog->index = arena_new_of(arena, KeyIndex);
    for (uint8_t i = 0; i < NGRAPHS; i++) {
        catalog->graphs[i] = arena_new_of(arena, Graph);
        catalog->graphs[i]->number = i;
    }
    catalog->path = arena_new_of(arena, PathState);
    catalog->default_opclasses = arena_new_of(arena, IntMap);
    catalog->next_oid = FIRST_USER_OID;
    catalog_reset_search_path(catalog);
    catalog->journal.len = 0; /* the first search_path is no change */
    return catalog;
}

Arena *catalog_arena(const Catalog *catalog)
{
    return catalog->arena;
}

Oid catalog_new_oid(Catalog *catalog)
{
    return catalog->next_oid++;
}

Oid catalog_reserve_oids(Catalog *catalog, size_t n)
{
    Oid first = catalog->next_oid;
    catalog->next_oid += (Oid)n;
    return first;
}
