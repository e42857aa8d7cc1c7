/* Objects as messages name them (PostgreSQL's getObjectDescription). */
#include "ddl/ddl_private.h"

#include <stdlib.h>

const char *describe_relation_kind(char kind)
{
    switch (kind) {
    case RELKIND_INDEX:
    case RELKIND_PARTITIONED_INDEX:
        return "index";
    case RELKIND_SEQUENCE:
        return "sequence";
    case RELKIND_TOAST:
        return "toast table";
    case RELKIND_VIEW:
        return "view";
    case RELKIND_MATVIEW:
        return "materialized view";
    case RELKIND_COMPOSITE:
        return "composite type";
    case RELKIND_FOREIGN:
        return "foreign table";
    default:
        return "table";
    }
}

void describe_not_supported(Ddl *ddl, Diag *diag, char kind)
{
    const char *plural = kind == RELKIND_INDEX               ? "indexes"
                         : kind == RELKIND_PARTITIONED_INDEX ? "partitioned indexes"
                         : kind == RELKIND_PARTITIONED       ? "partitioned tables"
                         : kind == RELKIND_TOAST             ? "TOAST tables"
                                                             : NULL;
    if (plural)
        ddl_detail(ddl, diag, "This operation is not supported for %s.", plural);
    else
        ddl_detail(ddl, diag, "This operation is not supported for %ss.", describe_relation_kind(kind));
}

static const char *qualified(Ddl *ddl, Oid schema, const char *name, bool visible)
{
    const char *quoted = catalog_quote_identifier(ddl->diags->arena, name);
    const Schema *in = visible ? NULL : catalog_schema(ddl->catalog, schema);
    if (!in)
        return quoted;
    return arena_printf(ddl->diags->arena, "%s.%s", catalog_quote_identifier(ddl->diags->arena, in->name), quoted);
}

const char *describe_relation_name(Ddl *ddl, const Relation *relation)
{
    return qualified(ddl, relation->schema, relation->name,
                     catalog_relation_is_visible(ddl->catalog, relation->oid));
}

static const char *describe_relation(Ddl *ddl, const Relation *relation)
{
    return arena_printf(ddl->diags->arena, "%s %s", describe_relation_kind(relation->kind),
                        describe_relation_name(ddl, relation));
}

static bool in_search_path(const Ddl *ddl, Oid schema)
{
    const SearchPath *path = catalog_search_path(ddl->catalog);
    for (size_t i = 0; i < path->len; i++) {
        if (path->schemas[i] == schema)
            return true;
    }
    return false;
}

const char *describe_signature(Ddl *ddl, const char *name, const Oid *types, size_t n)
{
    const char *text = "";
    for (size_t i = 0; i < n; i++)
        text = arena_printf(ddl->scratch, "%s%s%s", text, i ? ", " : "", ddl_type_name(ddl, types[i]));
    return arena_printf(ddl->diags->arena, "%s(%s)", name, text);
}

const char *describe_function(Ddl *ddl, const Function *function)
{
    const char *text = "";
    for (size_t i = 0; i < function->nargs; i++)
        text = arena_printf(ddl->scratch, "%s%s%s", text, i ? "," : "", ddl_type_name(ddl, function->arg_types[i]));
    const char *name = qualified(ddl, function->schema, function->name, in_search_path(ddl, function->schema));
    return arena_printf(ddl->diags->arena, "%s(%s)", name, text);
}

static const char *describe_operator(Ddl *ddl, const Operator *op)
{
    return arena_printf(ddl->diags->arena, "operator %s(%s,%s)", op->name,
                        op->left ? ddl_type_name(ddl, op->left) : "NONE", ddl_type_name(ddl, op->right));
}

static const char *part_name(const Ddl *ddl, const Relation *relation, ObjectAddress object)
{
    if (object.class == CLASS_CONSTRAINT) {
        const Constraint *constraint = relation_constraint_by_oid(relation, object.oid);
        return constraint ? constraint->name : "";
    }
    for (size_t i = 0; i < relation->nrules; i++) {
        if (relation->rules[i].oid == object.oid)
            return relation->rules[i].name;
    }
    for (size_t i = 0; i < relation->ntriggers; i++) {
        if (relation->triggers[i].oid == object.oid)
            return relation->triggers[i].name;
    }
    for (size_t i = 0; i < relation->npolicies; i++) {
        if (relation->policies[i].oid == object.oid)
            return relation->policies[i].name;
    }
    (void)ddl;
    return "";
}

/* A constraint, rule, trigger or policy, by what it hangs on. */
static const char *describe_part(Ddl *ddl, ObjectAddress object, const char *what)
{
    ObjectAddress owner = depend_owner(ddl, object);
    if (owner.class == CLASS_TYPE) {
        const Type *type = catalog_type(ddl->catalog, owner.oid);
        for (size_t i = 0; type && i < type->nchecks; i++) {
            if (type->checks[i].oid == object.oid)
                return arena_printf(ddl->diags->arena, "constraint %s on type %s", type->checks[i].name,
                                    ddl_type_name(ddl, owner.oid));
        }
        return what;
    }
    const Relation *relation = catalog_relation(ddl->catalog, owner.oid);
    if (!relation)
        return what;
    return arena_printf(ddl->diags->arena, "%s %s on %s", what, part_name(ddl, relation, object),
                        describe_relation(ddl, relation));
}

static const char *describe_column(Ddl *ddl, ObjectAddress object, const char *prefix)
{
    const Relation *relation = catalog_relation(ddl->catalog, object.oid);
    if (!relation)
        return prefix;
    if (object.sub == 0)
        return describe_relation(ddl, relation);
    const Column *column = catalog_column(relation, object.sub);
    return arena_printf(ddl->diags->arena, "%scolumn %s of %s", prefix, column ? column->name : "",
                        describe_relation(ddl, relation));
}

static const char *describe_for_method(Ddl *ddl, const char *what, const char *name, Oid access_method)
{
    const NamedObject *method = catalog_object(ddl->catalog, CLASS_ACCESS_METHOD, access_method);
    return arena_printf(ddl->diags->arena, "%s %s for access method %s", what, name, method ? method->name : "");
}

static const char *describe_user_mapping(Ddl *ddl, ObjectAddress object)
{
    DependencyList list = catalog_references(ddl->catalog, ddl->scratch, object);
    const NamedObject *server =
        list.len ? catalog_object(ddl->catalog, CLASS_SERVER, list.items[0].referenced.oid) : NULL;
    Oid role = catalog_owner(ddl->catalog, object);
    return arena_printf(ddl->diags->arena, "user mapping for %s on server %s",
                        role == ROLE_SUPERUSER ? "public" : role_name(ddl, role), server ? server->name : "");
}

/* Its key is the type's number and the language's name. */
static const char *describe_transform(Ddl *ddl, ObjectAddress object)
{
    const NamedObject *transform = catalog_object(ddl->catalog, CLASS_TRANSFORM, object.oid);
    char *language;
    Oid type = transform ? (Oid)strtoul(transform->name, &language, 10) : INVALID_OID;
    return type ? arena_printf(ddl->diags->arena, "transform for %s language%s", ddl_type_name(ddl, type), language)
                : "transform";
}

static const char *describe_named(Ddl *ddl, ObjectAddress object)
{
    const NamedObject *named = catalog_object(ddl->catalog, object.class, object.oid);
    if (!named)
        return named_object_label(object.class);
    bool visible = !named->schema || in_search_path(ddl, named->schema);
    return arena_printf(ddl->diags->arena, "%s %s", named_object_label(object.class),
                        qualified(ddl, named->schema, named->name, visible));
}

const char *describe_object(Ddl *ddl, ObjectAddress object)
{
    Arena *arena = ddl->diags->arena;
    switch ((int)object.class) {
    case CLASS_SCHEMA: {
        const Schema *schema = catalog_schema(ddl->catalog, object.oid);
        return schema ? arena_printf(arena, "schema %s", schema->name) : "schema";
    }
    case CLASS_TYPE:
        return arena_printf(arena, "type %s", ddl_type_name(ddl, object.oid));
    case CLASS_RELATION:
        return describe_column(ddl, object, "");
    case CLASS_DEFAULT:
        return describe_column(ddl, object, "default value for ");
    case CLASS_FUNCTION: {
        const Function *function = catalog_function(ddl->catalog, object.oid);
        return function ? arena_printf(arena, "function %s", describe_function(ddl, function)) : "function";
    }
    case CLASS_OPERATOR: {
        const Operator *op = catalog_operator(ddl->catalog, object.oid);
        return op ? describe_operator(ddl, op) : "operator";
    }
    case CLASS_COLLATION: {
        const Collation *collation = catalog_collation(ddl->catalog, object.oid);
        return collation ? arena_printf(arena, "collation %s", collation->name) : "collation";
    }
    case CLASS_OPCLASS: {
        const OpClass *opclass = catalog_opclass(ddl->catalog, object.oid);
        return opclass ? describe_for_method(ddl, "operator class", opclass->name, opclass->access_method)
                       : "operator class";
    }
    case CLASS_OPFAMILY: {
        const OpFamily *family = catalog_opfamily(ddl->catalog, object.oid);
        return family ? describe_for_method(ddl, "operator family", family->name, family->access_method)
                      : "operator family";
    }
    case CLASS_CAST: {
        const Cast *cast = catalog_cast(ddl->catalog, object.oid);
        return cast ? arena_printf(arena, "cast from %s to %s", ddl_type_name(ddl, cast->source),
                                   ddl_type_name(ddl, cast->target))
                    : "cast";
    }
    case CLASS_TRANSFORM:
        return describe_transform(ddl, object);
    case CLASS_USER_MAPPING:
        return describe_user_mapping(ddl, object);
    case CLASS_CONSTRAINT:
        return describe_part(ddl, object, "constraint");
    case CLASS_RULE:
        return describe_part(ddl, object, "rule");
    case CLASS_TRIGGER:
        return describe_part(ddl, object, "trigger");
    case CLASS_POLICY:
        return describe_part(ddl, object, "policy");
    default:
        return describe_named(ddl, object);
    }
}
