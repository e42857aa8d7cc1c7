/* The life of a catalog. */
#include "catalog/state.h"

Catalog *catalog_new(Arena *arena)
{
    return catalog_new_for(arena, 15);
}

Catalog *catalog_new_for(Arena *arena, int version)
{
    Catalog *catalog = arena_new_of(arena, Catalog);
    catalog->arena = arena;
    catalog->version = version;
    catalog->builtin = (Builtin){&builtin_postgres, VERSION_BIT(version)};
    catalog->objects = objects_new(arena, catalog->builtin.set);
    catalog->index = arena_new_of(arena, KeyIndex);
    for (uint8_t i = 0; i < NGRAPHS; i++) {
        catalog->graphs[i] = arena_new_of(arena, Graph);
        catalog->graphs[i]->number = i;
    }
    catalog->path = arena_new_of(arena, PathState);
    catalog->default_opclasses = arena_new_of(arena, IntMap);
    catalog->next_oid = FIRST_USER_OID;
    catalog->role.current = ROLE_SUPERUSER;
    catalog_reset_search_path(catalog);
    catalog->journal.len = 0; /* the first search_path is no change */
    return catalog;
}

/* Graphs have no memo. */
const Catalog *catalog_reader(Arena *arena, const Catalog *catalog)
{
    Catalog *reader = arena_new_of(arena, Catalog);
    *reader = *catalog;
    reader->arena = arena;
    reader->objects = objects_copy(arena, catalog->objects);
    reader->index = index_copy(arena, catalog->index);
    reader->path = arena_new_of(arena, PathState);
    reader->path->setting = catalog->path->setting;
    reader->default_opclasses = arena_new_of(arena, IntMap);
    return reader;
}

bool catalog_knows_version(int version)
{
    return version >= FIRST_VERSION && version <= LAST_VERSION;
}

const int *catalog_versions(size_t *n)
{
    static const int versions[] = {14, 15, 16, 17, 18};
    _Static_assert(sizeof versions / sizeof *versions == LAST_VERSION - FIRST_VERSION + 1, "a version is missing");
    *n = sizeof versions / sizeof *versions;
    return versions;
}

int catalog_version(const Catalog *catalog)
{
    return catalog->version;
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
