/* search_path, and names found through it: PostgreSQL's namespace.c (documentation, "The Schema Search Path").
 *
 * pg_catalog is searched first unless the path names it; the temporary schema before everything, unless the path
 * names it, but only for relations and types. */
#include "catalog/state.h"

#include <string.h>

static const char temporary_name[] = "pg_temp";

static void set_path(Catalog *catalog, const PathSetting *setting)
{
    journal_add(catalog, (Change){CHANGE_SEARCH_PATH, 0, {.path = catalog->path->setting}});
    catalog->path->setting = setting;
    catalog->path->resolved = NULL;
}

void catalog_set_search_path(Catalog *catalog, const char *const *names, size_t n)
{
    PathSetting *setting = arena_new_of(catalog->arena, PathSetting);
    const char **copies = arena_array_of(catalog->arena, n, const char *);
    for (size_t i = 0; i < n; i++) {
        copies[i] = arena_strdup(catalog->arena, names[i]);
        /* New objects may have to go there: it counts as being there once the path names it. */
        if (strcmp(names[i], temporary_name) == 0)
            catalog_temp_schema(catalog);
    }
    setting->names = copies;
    setting->n = n;
    set_path(catalog, setting);
}

void catalog_reset_search_path(Catalog *catalog)
{
    static const char *const names[] = {"$user", "public"};
    static const PathSetting default_setting = {names, 2};
    set_path(catalog, &default_setting);
}

Oid catalog_temp_schema(Catalog *catalog)
{
    const Schema *schema = catalog_find_schema(catalog, temporary_name);
    if (schema)
        return schema->oid;
    Schema *created = arena_new_of(catalog->arena, Schema);
    created->oid = catalog_new_oid(catalog);
    created->name = temporary_name;
    catalog_put_schema(catalog, created);
    catalog_set_owner(catalog, (ObjectAddress){CLASS_SCHEMA, created->oid, 0}, ROLE_SUPERUSER);
    return created->oid;
}

static bool contains(const Oid *schemas, size_t n, Oid schema)
{
    for (size_t i = 0; i < n; i++) {
        if (schemas[i] == schema)
            return true;
    }
    return false;
}

/* The schema of an element of the path; NULL for one to be passed over. */
static const Schema *find_element(const Catalog *catalog, const char *name)
{
    const NamedObject *role = NULL;
    if (strcmp(name, "$user") == 0) {
        role = catalog_object(catalog, CLASS_ROLE, catalog->role.current);
        name = role ? role->name : NULL;
    }
    const Schema *schema = name ? catalog_find_schema(catalog, name) : NULL;
    return schema && catalog_may_use_schema(catalog, schema->oid) ? schema : NULL;
}

const SearchPath *catalog_search_path(const Catalog *catalog)
{
    PathState *state = catalog->path;
    if (state->resolved)
        return state->resolved;
    const PathSetting *setting = state->setting;
    SearchPath *path = arena_new_of(catalog->arena, SearchPath);
    Oid *named = arena_array_of(catalog->arena, setting->n, Oid);
    size_t nnamed = 0;
    for (size_t i = 0; i < setting->n; i++) {
        const Schema *schema = find_element(catalog, setting->names[i]);
        if (schema && !contains(named, nnamed, schema->oid))
            named[nnamed++] = schema->oid;
    }
    const Schema *temporary = catalog_find_schema(catalog, temporary_name);
    path->temporary = temporary ? temporary->oid : INVALID_OID;
    path->creation = nnamed ? named[0] : INVALID_OID;
    Oid *schemas = arena_array_of(catalog->arena, nnamed + 2, Oid);
    if (path->temporary && !contains(named, nnamed, path->temporary))
        schemas[path->len++] = path->temporary;
    if (!contains(named, nnamed, SCHEMA_PG_CATALOG))
        schemas[path->len++] = SCHEMA_PG_CATALOG;
    for (size_t i = 0; i < nnamed; i++)
        schemas[path->len++] = named[i];
    path->schemas = schemas;
    state->resolved = path;
    return path;
}

const Type *catalog_find_type(const Catalog *catalog, const char *name)
{
    const SearchPath *path = catalog_search_path(catalog);
    for (size_t i = 0; i < path->len; i++) {
        const Type *type = catalog_find_type_in(catalog, path->schemas[i], name);
        if (type)
            return type;
    }
    return NULL;
}

const Relation *catalog_find_relation(const Catalog *catalog, const char *name)
{
    const SearchPath *path = catalog_search_path(catalog);
    for (size_t i = 0; i < path->len; i++) {
        const Relation *relation = catalog_find_relation_in(catalog, path->schemas[i], name);
        if (relation)
            return relation;
    }
    return NULL;
}

const Collation *catalog_find_collation(const Catalog *catalog, const char *name)
{
    const SearchPath *path = catalog_search_path(catalog);
    for (size_t i = 0; i < path->len; i++) {
        const Collation *collation =
            path->schemas[i] == path->temporary ? NULL : catalog_find_collation_in(catalog, path->schemas[i], name);
        if (collation)
            return collation;
    }
    return NULL;
}

const OpClass *catalog_find_opclass(const Catalog *catalog, Oid access_method, const char *name)
{
    const SearchPath *path = catalog_search_path(catalog);
    for (size_t i = 0; i < path->len; i++) {
        const OpClass *opclass = path->schemas[i] == path->temporary
                                     ? NULL
                                     : catalog_find_opclass_in(catalog, access_method, path->schemas[i], name);
        if (opclass)
            return opclass;
    }
    return NULL;
}

const OpFamily *catalog_find_opfamily(const Catalog *catalog, Oid access_method, const char *name)
{
    const SearchPath *path = catalog_search_path(catalog);
    for (size_t i = 0; i < path->len; i++) {
        const OpFamily *family = path->schemas[i] == path->temporary
                                     ? NULL
                                     : catalog_find_opfamily_in(catalog, access_method, path->schemas[i], name);
        if (family)
            return family;
    }
    return NULL;
}

const NamedObject *catalog_find_object(const Catalog *catalog, ObjectClass class, const char *name)
{
    const NamedObject *object = catalog_find_object_in(catalog, class, INVALID_OID, name);
    const SearchPath *path = catalog_search_path(catalog);
    for (size_t i = 0; i < path->len && !object; i++) {
        if (path->schemas[i] != path->temporary)
            object = catalog_find_object_in(catalog, class, path->schemas[i], name);
    }
    return object;
}

bool catalog_type_is_visible(const Catalog *catalog, Oid oid)
{
    const Type *type = catalog_type(catalog, oid);
    return type && catalog_find_type(catalog, type->name) == type;
}

bool catalog_relation_is_visible(const Catalog *catalog, Oid oid)
{
    const Relation *relation = catalog_relation(catalog, oid);
    return relation && catalog_find_relation(catalog, relation->name) == relation;
}
