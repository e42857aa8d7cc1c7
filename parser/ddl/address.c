/* Objects as statements name them (PostgreSQL's get_object_address). */
#include "ddl/ddl_private.h"

static void set(ObjectAddress *address, ObjectClass class, Oid oid)
{
    *address = address_of(oid ? class : CLASS_NONE, oid);
}

/* ---- relations and their parts ---- */

static AstRangeVar *range_var(Ddl *ddl, AstItems names)
{
    AstRangeVar *relation = arena_new_of(ddl->scratch, AstRangeVar);
    pg_query__range_var__init(relation);
    AstName name;
    if (!ast_name(names, &name)) {
        ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "improper relation name (too many dotted names): %s",
                 ast_name_text(ddl->scratch, names));
        return NULL;
    }
    relation->catalogname = (char *)(uintptr_t)(name.catalog ? name.catalog : "");
    relation->schemaname = (char *)(uintptr_t)(name.schema ? name.schema : "");
    relation->relname = (char *)(uintptr_t)name.name;
    relation->location = -1;
    return relation;
}

const Relation *address_relation(Ddl *ddl, AstItems names, bool missing_ok, bool *failed)
{
    size_t errors = ddl->diags->nerrors;
    AstRangeVar *name = range_var(ddl, names);
    const Relation *relation = name ? analyze_range_var(&ddl->context, name, missing_ok) : NULL;
    *failed = ddl->diags->nerrors > errors;
    return relation;
}

static const struct {
    AstObjectType type;
    const char *kinds, *wrong;
} relation_types[] = {
    {PG_QUERY__OBJECT_TYPE__OBJECT_TABLE, "rp", "is not a table"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_VIEW, "v", "is not a view"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW, "m", "is not a materialized view"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_INDEX, "iI", "is not an index"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE, "S", "is not a sequence"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE, "f", "is not a foreign table"},
};

static int find_relation_type(AstObjectType type)
{
    for (size_t i = 0; i < sizeof relation_types / sizeof *relation_types; i++) {
        if (relation_types[i].type == type)
            return (int)i;
    }
    return -1;
}

static bool find_relation(Ddl *ddl, int entry, AstItems names, bool missing_ok, ObjectAddress *address)
{
    bool failed;
    const Relation *relation = address_relation(ddl, names, missing_ok, &failed);
    if (relation && !strchr(relation_types[entry].kinds, relation->kind))
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" %s", relation->name,
                        relation_types[entry].wrong);
    set(address, CLASS_RELATION, relation ? relation->oid : INVALID_OID);
    return !failed;
}

static bool part_missing(Ddl *ddl, AstObjectType type, const char *name, const Relation *relation)
{
    const char *what = type == PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER ? "trigger"
                       : type == PG_QUERY__OBJECT_TYPE__OBJECT_RULE  ? "rule"
                                                                     : "policy";
    if (type == PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT)
        return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "constraint \"%s\" for table \"%s\" does not exist",
                        name, relation->name);
    return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "%s \"%s\" for %s \"%s\" does not exist", what, name,
                    type == PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER || type == PG_QUERY__OBJECT_TYPE__OBJECT_POLICY
                        ? "table"
                        : "relation",
                    relation->name);
}

/* A trigger, rule, policy or constraint: the last name, of the relation before it. */
static bool find_part(Ddl *ddl, AstObjectType type, AstItems names, bool missing_ok, ObjectAddress *address)
{
    bool failed;
    const char *name = ast_string(names.items[names.len - 1]);
    const Relation *relation = address_relation(ddl, (AstItems){names.items, names.len - 1}, missing_ok, &failed);
    set(address, CLASS_NONE, INVALID_OID);
    if (!relation)
        return !failed;
    if (type == PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER) {
        const Trigger *trigger = address_trigger(relation, name);
        set(address, CLASS_TRIGGER, trigger ? trigger->oid : INVALID_OID);
    } else if (type == PG_QUERY__OBJECT_TYPE__OBJECT_RULE) {
        const Rule *rule = address_rule(relation, name);
        set(address, CLASS_RULE, rule ? rule->oid : INVALID_OID);
    } else if (type == PG_QUERY__OBJECT_TYPE__OBJECT_POLICY) {
        const Policy *policy = address_policy(relation, name);
        set(address, CLASS_POLICY, policy ? policy->oid : INVALID_OID);
    } else {
        const Constraint *constraint = relation_constraint(relation, name);
        set(address, CLASS_CONSTRAINT, constraint ? constraint->oid : INVALID_OID);
    }
    return address->oid || missing_ok || part_missing(ddl, type, name, relation);
}

static bool find_column(Ddl *ddl, AstItems names, bool missing_ok, ObjectAddress *address)
{
    bool failed;
    set(address, CLASS_NONE, INVALID_OID);
    if (names.len < 2)
        return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "column name must be qualified");
    const Relation *relation = address_relation(ddl, (AstItems){names.items, names.len - 1}, missing_ok, &failed);
    if (!relation)
        return !failed;
    const char *name = ast_string(names.items[names.len - 1]);
    const Column *column = catalog_find_column(relation, name);
    if (!column)
        return missing_ok || relation_require_column(ddl, relation, name, -1);
    *address = address_of_column(relation->oid, column->number);
    return true;
}

/* ---- types ---- */

static bool find_type(Ddl *ddl, AstObjectType type, const AstNode *object, bool missing_ok, ObjectAddress *address)
{
    const AstTypeName *name =
        ast_kind(object) == AST_TYPE_NAME ? object->type_name : type_name_of(ddl, ddl_names(ddl, object));
    bool failed = false;
    DiagsMark mark = diags_mark(ddl->diags);
    Oid oid = function_type(ddl, name, &failed);
    if (failed && missing_ok)
        diags_rewind(ddl->diags, mark);
    else if (failed)
        return false;
    set(address, CLASS_TYPE, oid);
    if (!oid)
        return missing_ok || ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "type \"%s\" does not exist",
                                      analyze_type_name_string(ddl->diags->arena, name));
    if (type == PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN && !type_is_domain(ddl->catalog, oid))
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" is not a domain",
                        analyze_type_name_string(ddl->diags->arena, name));
    return true;
}

static bool find_domain_constraint(Ddl *ddl, AstItems items, bool missing_ok, ObjectAddress *address)
{
    if (!find_type(ddl, PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN, items.items[0], missing_ok, address) || !address->oid)
        return address->oid || missing_ok;
    const Type *domain = catalog_type(ddl->catalog, address->oid);
    const char *name = ast_string(items.items[1]);
    for (size_t i = 0; i < domain->nchecks; i++) {
        if (strcmp(domain->checks[i].name, name) == 0) {
            set(address, CLASS_CONSTRAINT, domain->checks[i].oid);
            return true;
        }
    }
    set(address, CLASS_NONE, INVALID_OID);
    return missing_ok ||
           ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "constraint \"%s\" for domain %s does not exist", name,
                    ddl_type_name(ddl, domain->oid));
}

static bool find_cast(Ddl *ddl, AstItems items, bool missing_ok, ObjectAddress *address)
{
    ObjectAddress source, target;
    set(address, CLASS_NONE, INVALID_OID);
    if (!find_type(ddl, PG_QUERY__OBJECT_TYPE__OBJECT_TYPE, items.items[0], missing_ok, &source) ||
        !find_type(ddl, PG_QUERY__OBJECT_TYPE__OBJECT_TYPE, items.items[1], missing_ok, &target))
        return false;
    const Cast *cast = source.oid && target.oid ? catalog_find_cast(ddl->catalog, source.oid, target.oid) : NULL;
    if (cast)
        set(address, CLASS_CAST, cast->oid);
    return cast || missing_ok ||
           ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "cast from type %s to type %s does not exist",
                    ddl_type_name(ddl, source.oid), ddl_type_name(ddl, target.oid));
}

static bool find_transform(Ddl *ddl, AstItems items, bool missing_ok, ObjectAddress *address)
{
    if (!find_type(ddl, PG_QUERY__OBJECT_TYPE__OBJECT_TYPE, items.items[0], missing_ok, address))
        return false;
    const char *language = ast_string(items.items[1]);
    if (!missing_ok && !named_object_require(ddl, CLASS_LANGUAGE, language))
        return false;
    const char *name = arena_printf(ddl->scratch, "%u %s", address->oid, language);
    const NamedObject *transform = catalog_find_object(ddl->catalog, CLASS_TRANSFORM, name);
    Oid type = address->oid;
    set(address, CLASS_TRANSFORM, transform ? transform->oid : INVALID_OID);
    return transform || missing_ok ||
           ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "transform for type %s language \"%s\" does not exist",
                    ddl_type_name(ddl, type), language);
}

/* ---- functions and operators ---- */

static bool find_function(Ddl *ddl, AstObjectType type, const AstObjectWithArgs *object, bool missing_ok,
                          ObjectAddress *address)
{
    bool failed;
    const Function *function = function_lookup_with_args(ddl, object, type, missing_ok, &failed);
    set(address, CLASS_FUNCTION, function ? function->oid : INVALID_OID);
    return !failed;
}

static bool find_operator(Ddl *ddl, const AstObjectWithArgs *object, bool missing_ok, ObjectAddress *address)
{
    bool failed;
    const Operator *op = operator_lookup_with_args(ddl, object, missing_ok, &failed);
    set(address, CLASS_OPERATOR, op ? op->oid : INVALID_OID);
    return !failed;
}

/* Operator class and family: the access method stands before the name. */
static bool find_opclass(Ddl *ddl, bool family, AstItems items, bool missing_ok, ObjectAddress *address)
{
    const char *method_name = ast_string(items.items[0]), *schema, *name;
    AstItems names = {items.items + 1, items.len - 1};
    set(address, CLASS_NONE, INVALID_OID);
    const NamedObject *method = catalog_find_object(ddl->catalog, CLASS_ACCESS_METHOD, method_name);
    if (!method)
        return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "access method \"%s\" does not exist", method_name);
    if (!analyze_qualified_name(&ddl->context, names.len, names.items, &schema, &name))
        return false;
    Oid in = schema ? name_schema(ddl, schema, missing_ok) : INVALID_OID;
    if (schema && !in)
        return missing_ok;
    if (family) {
        const OpFamily *found = in ? catalog_find_opfamily_in(ddl->catalog, method->oid, in, name)
                                   : catalog_find_opfamily(ddl->catalog, method->oid, name);
        set(address, CLASS_OPFAMILY, found ? found->oid : INVALID_OID);
    } else {
        const OpClass *found = in ? catalog_find_opclass_in(ddl->catalog, method->oid, in, name)
                                  : catalog_find_opclass(ddl->catalog, method->oid, name);
        set(address, CLASS_OPCLASS, found ? found->oid : INVALID_OID);
    }
    return address->oid || missing_ok ||
           ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT,
                    "operator %s \"%s\" does not exist for access method \"%s\"", family ? "family" : "class",
                    ast_name_text(ddl->scratch, names), method_name);
}

static bool find_collation(Ddl *ddl, AstItems names, bool missing_ok, ObjectAddress *address)
{
    bool failed = false;
    DiagsMark mark = diags_mark(ddl->diags);
    Oid oid = analyze_collation_name(&ddl->context, names.len, names.items, -1, &failed);
    if (failed && missing_ok)
        diags_rewind(ddl->diags, mark);
    set(address, CLASS_COLLATION, failed ? INVALID_OID : oid);
    return !failed || missing_ok;
}

/* ---- objects of a name ---- */

static const struct {
    AstObjectType type;
    ObjectClass class;
} named_types[] = {
    {PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION, CLASS_EXTENSION},
    {PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE, CLASS_LANGUAGE},
    {PG_QUERY__OBJECT_TYPE__OBJECT_ACCESS_METHOD, CLASS_ACCESS_METHOD},
    {PG_QUERY__OBJECT_TYPE__OBJECT_CONVERSION, CLASS_CONVERSION},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TSCONFIGURATION, CLASS_TS_CONFIG},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TSDICTIONARY, CLASS_TS_DICT},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TSPARSER, CLASS_TS_PARSER},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TSTEMPLATE, CLASS_TS_TEMPLATE},
    {PG_QUERY__OBJECT_TYPE__OBJECT_STATISTIC_EXT, CLASS_STATISTICS},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FDW, CLASS_FDW},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_SERVER, CLASS_SERVER},
    {PG_QUERY__OBJECT_TYPE__OBJECT_EVENT_TRIGGER, CLASS_EVENT_TRIGGER},
    {PG_QUERY__OBJECT_TYPE__OBJECT_PUBLICATION, CLASS_PUBLICATION},
    {PG_QUERY__OBJECT_TYPE__OBJECT_SUBSCRIPTION, CLASS_SUBSCRIPTION},
};

ObjectClass address_named_class(AstObjectType type)
{
    for (size_t i = 0; i < sizeof named_types / sizeof *named_types; i++) {
        if (named_types[i].type == type)
            return named_types[i].class;
    }
    return CLASS_NONE;
}

static bool find_named(Ddl *ddl, ObjectClass class, AstItems names, bool missing_ok, ObjectAddress *address)
{
    const char *schema, *name;
    if (!analyze_qualified_name(&ddl->context, names.len, names.items, &schema, &name))
        return false;
    Oid in = schema ? name_schema(ddl, schema, missing_ok) : INVALID_OID;
    set(address, CLASS_NONE, INVALID_OID);
    if (schema && !in)
        return missing_ok;
    const NamedObject *object =
        in ? catalog_find_object_in(ddl->catalog, class, in, name) : catalog_find_object(ddl->catalog, class, name);
    if (object)
        set(address, class, object->oid);
    return object || missing_ok ||
           ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "%s \"%s\" does not exist", named_object_label(class),
                    ast_name_text(ddl->scratch, names));
}

static bool find_schema(Ddl *ddl, const char *name, bool missing_ok, ObjectAddress *address)
{
    if (missing_ok && !catalog_find_schema(ddl->catalog, name))
        return true;
    set(address, CLASS_SCHEMA, name_schema_itself(ddl, name));
    return address->oid != INVALID_OID;
}

bool address_find(Ddl *ddl, AstObjectType type, const AstNode *object, bool missing_ok, ObjectAddress *address)
{
    int entry = find_relation_type(type);
    ObjectClass class = address_named_class(type);
    AstItems items = ddl_names(ddl, object);
    *address = (ObjectAddress){0};
    if (entry >= 0)
        return find_relation(ddl, entry, items, missing_ok, address);
    if (class != CLASS_NONE)
        return find_named(ddl, class, items, missing_ok, address);
    switch ((int)type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
        return find_column(ddl, items, missing_ok, address);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
        return find_part(ddl, type, items, missing_ok, address);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
        return find_type(ddl, type, object, missing_ok, address);
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT:
        return find_domain_constraint(ddl, items, missing_ok, address);
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
        return find_function(ddl, type, object->object_with_args, missing_ok, address);
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR:
        return find_operator(ddl, object->object_with_args, missing_ok, address);
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPCLASS:
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPFAMILY:
        return find_opclass(ddl, type == PG_QUERY__OBJECT_TYPE__OBJECT_OPFAMILY, items, missing_ok, address);
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION:
        return find_collation(ddl, items, missing_ok, address);
    case PG_QUERY__OBJECT_TYPE__OBJECT_CAST:
        return find_cast(ddl, items, missing_ok, address);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRANSFORM:
        return find_transform(ddl, items, missing_ok, address);
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
        return find_schema(ddl, ast_string(object), missing_ok, address);
    default:
        return true; /* roles, databases, tablespaces … */
    }
}
