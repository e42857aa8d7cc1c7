/* CREATE EXTENSION: the constant tables of a known extension become objects of the catalog. */
#include "catalog/state.h"

#include <string.h>

static const ExtensionSet *find_set(const char *name)
{
    for (const ExtensionSet *const *set = builtin_extensions; *set; set++) {
        if (strcmp((*set)->name, name) == 0)
            return *set;
    }
    return NULL;
}

/* What is said about the extension on the catalog's server; NULL when that has no such extension. */
static const ExtensionControl *control_of(const Catalog *catalog, const ExtensionSet *set)
{
    for (size_t i = 0; set && i < set->ncontrols; i++) {
        if (set->controls[i].servers & catalog->builtin.version)
            return &set->controls[i];
    }
    return NULL;
}

/* The next name of a list of objectset.h; NULL at its end. */
static const char *next_name(const char **list)
{
    const char *name = *list;
    if (!*name)
        return NULL;
    *list += strlen(name) + 1;
    return name;
}

static bool list_contains(const char *list, const char *name)
{
    for (const char *item; (item = next_name(&list));) {
        if (strcmp(item, name) == 0)
            return true;
    }
    return false;
}

const char *const *catalog_extension_names(const Catalog *catalog, Arena *arena, size_t *n)
{
    VEC(const char *) names = {0};
    for (const ExtensionSet *const *set = builtin_extensions; *set; set++) {
        if (control_of(catalog, *set))
            vec_push(arena, &names, (*set)->name);
    }
    *n = names.len;
    return names.items;
}

const ExtensionInfo *catalog_extension_info(const Catalog *catalog, Arena *arena, const char *name)
{
    const ExtensionSet *set = find_set(name);
    const ExtensionControl *control = control_of(catalog, set);
    if (!control)
        return NULL;
    ExtensionInfo *info = arena_new_of(arena, ExtensionInfo);
    *info = (ExtensionInfo){set->name, control->version, control->schema, control->relocatable};
    return info;
}

/* ---- Objects
 * ----------------------------------------------------------------------------------------------------------- */

typedef struct Loader {
    Catalog *catalog;
    RecordReader reader;
    ObjectAddress extension;
} Loader;

static void own(Loader *loader, ObjectClass class, Oid oid)
{
    catalog_depend(loader->catalog, (ObjectAddress){class, oid, 0}, loader->extension, DEPENDENCY_EXTENSION);
}

/* An object that comes with another one, such as an array type with its element type. */
static void attach(Loader *loader, ObjectClass class, Oid oid, ObjectClass to_class, Oid to)
{
    catalog_depend(loader->catalog, (ObjectAddress){class, oid, 0}, (ObjectAddress){to_class, to, 0},
                   DEPENDENCY_INTERNAL);
}

static void load_type(Loader *loader, const Type *type)
{
    catalog_put_type(loader->catalog, type);
    if (type->relation)
        attach(loader, CLASS_TYPE, type->oid, CLASS_RELATION, type->relation);
    else if (catalog_is_array(type))
        attach(loader, CLASS_TYPE, type->oid, CLASS_TYPE, type->element);
    else if (type->typtype == TYPTYPE_MULTIRANGE)
        attach(loader, CLASS_TYPE, type->oid, CLASS_TYPE, type->range);
    else
        own(loader, CLASS_TYPE, type->oid);
}

static void load_relation(Loader *loader, const Relation *relation)
{
    catalog_put_relation(loader->catalog, relation);
    if (relation->index)
        attach(loader, CLASS_RELATION, relation->oid, CLASS_RELATION, relation->index->table);
    else
        own(loader, CLASS_RELATION, relation->oid);
}

static void load_object(Loader *loader, RecordKind kind, const void *object)
{
    Catalog *catalog = loader->catalog;
    switch (kind) {
    case RECORD_SCHEMA:
        catalog_put_schema(catalog, object);
        own(loader, CLASS_SCHEMA, ((const Schema *)object)->oid);
        break;
    case RECORD_TYPE:
        load_type(loader, object);
        break;
    case RECORD_RELATION:
        load_relation(loader, object);
        break;
    case RECORD_FUNCTION:
        catalog_put_function(catalog, object);
        own(loader, CLASS_FUNCTION, ((const Function *)object)->oid);
        break;
    case RECORD_OPERATOR:
        catalog_put_operator(catalog, object);
        own(loader, CLASS_OPERATOR, ((const Operator *)object)->oid);
        break;
    case RECORD_COLLATION:
        catalog_put_collation(catalog, object);
        own(loader, CLASS_COLLATION, ((const Collation *)object)->oid);
        break;
    case RECORD_OPCLASS:
        catalog_put_opclass(catalog, object);
        own(loader, CLASS_OPCLASS, ((const OpClass *)object)->oid);
        break;
    case RECORD_OPFAMILY:
        catalog_put_opfamily(catalog, object);
        own(loader, CLASS_OPFAMILY, ((const OpFamily *)object)->oid);
        break;
    case RECORD_OBJECT:
        catalog_put_object(catalog, object);
        own(loader, ((const NamedObject *)object)->class, ((const NamedObject *)object)->oid);
        break;
    case NRECORD_KINDS:
        break;
    }
}

static void load_casts(Loader *loader)
{
    const RecordReader *reader = &loader->reader;
    for (size_t i = 0; i < reader->set->ncasts; i++) {
        if (!in_version(reader->set->cast_versions, i, loader->catalog->builtin.version))
            continue;
        Cast *cast = arena_memdup(reader->arena, &reader->set->casts[i], sizeof *cast);
        cast->oid = record_reference(reader, cast->oid);
        cast->source = record_reference(reader, cast->source);
        cast->target = record_reference(reader, cast->target);
        cast->function = record_reference(reader, cast->function);
        cast->owner_extension = reader->extension;
        catalog_put_cast(loader->catalog, cast);
        own(loader, CLASS_CAST, cast->oid);
    }
}

static void load_families(Loader *loader)
{
    const RecordReader *reader = &loader->reader;
    uint8_t version = loader->catalog->builtin.version;
    for (size_t i = 0; i < reader->set->nfamily_operators; i++) {
        if (!in_version(reader->set->family_operator_versions, i, version))
            continue;
        FamilyOperator *member = arena_memdup(reader->arena, &reader->set->family_operators[i], sizeof *member);
        member->family = record_reference(reader, member->family);
        member->left = record_reference(reader, member->left);
        member->right = record_reference(reader, member->right);
        member->op = record_reference(reader, member->op);
        member->sort_family = record_reference(reader, member->sort_family);
        catalog_put_family_operator(loader->catalog, member);
    }
    for (size_t i = 0; i < reader->set->nfamily_functions; i++) {
        if (!in_version(reader->set->family_function_versions, i, version))
            continue;
        FamilyFunction *member = arena_memdup(reader->arena, &reader->set->family_functions[i], sizeof *member);
        member->family = record_reference(reader, member->family);
        member->left = record_reference(reader, member->left);
        member->right = record_reference(reader, member->right);
        member->function = record_reference(reader, member->function);
        catalog_put_family_function(loader->catalog, member);
    }
}

/* ---- Extensions
 * --------------------------------------------------------------------------------------------------------- */

/* The first OID of an extension that is there: it reserved its OIDs in one go, its own among them. */
static Oid first_oid(const NamedObject *extension)
{
    return extension->oid - (REFERENCE_EXTENSION - FIRST_USER_OID);
}

/* Sees to what the extension requires; bases gets the first OID of each. */
static ExtensionResult require(Catalog *catalog, const ExtensionSet *set, Oid schema, bool cascade, Span span,
                               Oid *bases, const char **missing)
{
    const char *list = set->requires;
    for (const char *name; (name = next_name(&list));) {
        const NamedObject *required = catalog_find_object_in(catalog, CLASS_EXTENSION, INVALID_OID, name);
        if (!required && !cascade) {
            *missing = name;
            return EXTENSION_MISSING_REQUIRED;
        }
        if (!required) {
            ExtensionResult result = catalog_create_extension(catalog, name, schema, NULL, true, span, missing);
            if (result != EXTENSION_CREATED)
                return result;
            required = catalog_find_object_in(catalog, CLASS_EXTENSION, INVALID_OID, name);
        }
        if (!required->extension || required->extension->declared) {
            *missing = name;
            return EXTENSION_DECLARED_REQUIRED;
        }
        *bases++ = first_oid(required);
    }
    return EXTENSION_CREATED;
}

static void put_extension(Catalog *catalog, Oid oid, const char *name, const ExtensionState *state, Span span)
{
    NamedObject *extension = arena_new_of(catalog->arena, NamedObject);
    *extension = (NamedObject){.oid = oid,
                               .class = CLASS_EXTENSION,
                               .name = name,
                               .extension = arena_memdup(catalog->arena, state, sizeof *state),
                               .span = span};
    catalog_put_object(catalog, extension);
    catalog_depend(catalog, (ObjectAddress){CLASS_EXTENSION, oid, 0},
                   (ObjectAddress){CLASS_SCHEMA, state->schema, 0}, DEPENDENCY_NORMAL);
}

Oid catalog_declare_extension(Catalog *catalog, const char *name, const ExtensionState *state, Span span)
{
    Oid oid = catalog_new_oid(catalog);
    put_extension(catalog, oid, name, state, span);
    return oid;
}

static void create_extension_object(Loader *loader, const ExtensionSet *set, const ExtensionControl *control,
                                    const char *version)
{
    Catalog *catalog = loader->catalog;
    ExtensionState state = {.version = version ? version : control->version,
                            .schema = loader->reader.schema,
                            .relocatable = control->relocatable};
    put_extension(catalog, loader->extension.oid, set->name, &state, loader->reader.span);
    const char *list = set->requires;
    for (const char *name; (name = next_name(&list));) {
        const NamedObject *required = catalog_find_object_in(catalog, CLASS_EXTENSION, INVALID_OID, name);
        catalog_depend(catalog, loader->extension, (ObjectAddress){CLASS_EXTENSION, required->oid, 0},
                       DEPENDENCY_NORMAL);
    }
}

bool catalog_extension_updates(const Catalog *catalog, const char *name, const char *from, const char *to)
{
    const ExtensionControl *control = control_of(catalog, find_set(name));
    const char *list = control ? control->updates : "";
    for (const char *source, *target; (source = next_name(&list)) && (target = next_name(&list));) {
        if (strcmp(source, from) == 0 && strcmp(target, to) == 0)
            return true;
    }
    return false;
}

AddressList catalog_objects_since(const Catalog *catalog, Arena *arena, Oid first)
{
    VEC(ObjectAddress) list = {0};
    const Objects *objects = catalog->objects;
    for (size_t number = first - FIRST_USER_OID; number < objects->len - objects->nbuiltin; number++) {
        const void *object = objects->slots[objects->nbuiltin + number];
        if (!object)
            continue;
        static const ObjectClass classes[NOBJECT_KINDS] = {
            [RECORD_SCHEMA] = CLASS_SCHEMA,       [RECORD_TYPE] = CLASS_TYPE,
            [RECORD_RELATION] = CLASS_RELATION,   [RECORD_FUNCTION] = CLASS_FUNCTION,
            [RECORD_OPERATOR] = CLASS_OPERATOR,   [OBJECT_CAST] = CLASS_CAST,
            [RECORD_COLLATION] = CLASS_COLLATION, [RECORD_OPCLASS] = CLASS_OPCLASS,
            [RECORD_OPFAMILY] = CLASS_OPFAMILY,
        };
        int kind = objects->kinds[number] - 1;
        ObjectClass class = kind == RECORD_OBJECT ? ((const NamedObject *)object)->class : classes[kind];
        vec_push(arena, &list, ((ObjectAddress){class, FIRST_USER_OID + (Oid)number, 0}));
    }
    return (AddressList){list.items, list.len};
}

/* The schema that the control file names; it is no member of the extension. */
static Oid fixed_schema(Catalog *catalog, const char *name, Span span)
{
    const Schema *found = catalog_find_schema(catalog, name);
    if (found)
        return found->oid;
    Schema *schema = arena_new_of(catalog->arena, Schema);
    *schema = (Schema){.oid = catalog_new_oid(catalog), .name = name, .span = span};
    catalog_put_schema(catalog, schema);
    return schema->oid;
}

ExtensionResult catalog_create_extension(Catalog *catalog, const char *name, Oid schema, const char *version,
                                         bool cascade, Span span, const char **missing)
{
    *missing = NULL;
    const ExtensionSet *set = find_set(name);
    const ExtensionControl *control = control_of(catalog, set);
    if (!control)
        return EXTENSION_UNKNOWN;
    if (version && !list_contains(control->versions, version)) {
        *missing = version;
        return EXTENSION_UNKNOWN_VERSION;
    }
    size_t nrequired = 0;
    const char *list = set->requires;
    while (next_name(&list))
        nrequired++;
    Oid *bases = arena_array_of(catalog->arena, nrequired + 1, Oid);
    ExtensionResult result = require(catalog, set, schema, cascade, span, bases + 1, missing);
    if (result != EXTENSION_CREATED)
        return result;
    bases[0] = catalog_reserve_oids(catalog, set->objects->nobjects);
    Oid extension = bases[0] + (REFERENCE_EXTENSION - FIRST_USER_OID);
    Loader loader = {catalog,
                     {.arena = catalog->arena,
                      .set = set->objects,
                      .bases = bases,
                      .schema = control->schema ? fixed_schema(catalog, control->schema, span) : schema,
                      .extension = extension,
                      .span = span},
                     {CLASS_EXTENSION, extension, 0}};
    create_extension_object(&loader, set, control, version);
    /* A trusted extension's script is run by a superuser, whoever asks for it. */
    Oid role = catalog->role.current;
    if (catalog_role_is_superuser(catalog, role) != CERTAINLY)
        catalog->role.current = ROLE_SUPERUSER;
    for (int kind = 0; kind < NRECORD_KINDS; kind++) {
        const RecordTable *table = &set->objects->tables[kind];
        for (uint32_t i = 0; i < table->n; i++) {
            if (in_version(table->versions, i, catalog->builtin.version))
                load_object(&loader, (RecordKind)kind, record_object(&loader.reader, (RecordKind)kind, i));
        }
    }
    load_casts(&loader);
    load_families(&loader);
    catalog->role.current = role;
    return EXTENSION_CREATED;
}
