/* Rows of system catalogs about types, functions and other objects that are known by name. */
#include "evaluate/evaluate_private.h"

/* ---- types and functions ---- */

static void add_type(Scan *scan, const Type *type)
{
    scan_add(scan)->type = type;
}

void scan_types(Scan *scan)
{
    const Catalog *catalog = scan->evaluation->catalog;
    bool domains = scan->table->schema != SCHEMA_PG_CATALOG;
    const char *name = scan_key(scan, domains ? "domain_name" : "typname");
    const Type *type;
    Oid oid;
    if (name) {
        OidList schemas = scan_schema_oids(scan->evaluation);
        for (size_t i = 0; i < schemas.len; i++)
            if ((type = catalog_find_type_in(catalog, schemas.items[i], name)) &&
                (!domains || type->typtype == TYPTYPE_DOMAIN))
                add_type(scan, type);
        return;
    }
    if (!domains && scan_key_oid(scan, "oid", &oid)) {
        if ((type = catalog_type(catalog, oid)))
            add_type(scan, type);
        return;
    }
    OidList all = catalog_all_objects(catalog, scan->evaluation->arena, CLASS_TYPE);
    for (size_t i = 0; i < all.len; i++) {
        type = catalog_type(catalog, all.items[i]);
        if (!domains || type->typtype == TYPTYPE_DOMAIN)
            add_type(scan, type);
    }
}

static void add_labels(Scan *scan, const Type *type)
{
    for (size_t i = 0; type && i < type->nlabels; i++) {
        CatalogRow *row = scan_add(scan);
        row->type = type;
        row->number = i;
    }
}

void scan_labels(Scan *scan)
{
    const Catalog *catalog = scan->evaluation->catalog;
    Oid oid;
    if (scan_key_oid(scan, "enumtypid", &oid)) {
        add_labels(scan, catalog_type(catalog, oid));
        return;
    }
    OidList all = catalog_user_objects(catalog, scan->evaluation->arena, CLASS_TYPE);
    for (size_t i = 0; i < all.len; i++)
        add_labels(scan, catalog_type(catalog, all.items[i]));
}

void scan_functions(Scan *scan)
{
    const Catalog *catalog = scan->evaluation->catalog;
    Arena *arena = scan->evaluation->arena;
    bool is_catalog = scan->table->schema == SCHEMA_PG_CATALOG;
    const char *name = scan_key(scan, is_catalog ? "proname" : "routine_name");
    Oid oid;
    if (name) {
        FunctionList list = catalog_functions_named(catalog, arena, name);
        for (size_t i = 0; i < list.len; i++)
            scan_add(scan)->function = list.items[i];
        return;
    }
    if (is_catalog && scan_key_oid(scan, "oid", &oid)) {
        const Function *function = catalog_function(catalog, oid);
        if (function)
            scan_add(scan)->function = function;
        return;
    }
    OidList all = catalog_all_objects(catalog, arena, CLASS_FUNCTION);
    for (size_t i = 0; i < all.len; i++)
        scan_add(scan)->function = catalog_function(catalog, all.items[i]);
}

/* ---- named objects ---- */

static const struct {
    const char *table;
    ObjectClass class;
    const char *name;
} named[] = {
    {"pg_extension", CLASS_EXTENSION, "extname"},         {"pg_language", CLASS_LANGUAGE, "lanname"},
    {"pg_event_trigger", CLASS_EVENT_TRIGGER, "evtname"}, {"pg_publication", CLASS_PUBLICATION, "pubname"},
    {"pg_subscription", CLASS_SUBSCRIPTION, "subname"},   {"pg_foreign_server", CLASS_SERVER, "srvname"},
    {"pg_foreign_data_wrapper", CLASS_FDW, "fdwname"},    {"pg_statistic_ext", CLASS_STATISTICS, "stxname"},
    {"pg_ts_config", CLASS_TS_CONFIG, "cfgname"},         {"pg_ts_dict", CLASS_TS_DICT, "dictname"},
};

void scan_named(Scan *scan)
{
    const Catalog *catalog = scan->evaluation->catalog;
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (strcmp(named[i].table, scan->table->name) != 0)
            continue;
        const char *name = scan_key(scan, named[i].name);
        OidList all = catalog_all_objects(catalog, scan->evaluation->arena, named[i].class);
        for (size_t j = 0; j < all.len; j++) {
            const NamedObject *object = catalog_object(catalog, named[i].class, all.items[j]);
            if (!name || strcmp(object->name, name) == 0)
                scan_add(scan)->object = object;
        }
    }
}
