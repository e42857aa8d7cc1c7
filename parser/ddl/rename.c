/* RENAME of everything but columns and constraints (PostgreSQL's ExecRenameStmt). */
#include "ddl/ddl_private.h"

/* ---- relations and types ---- */

/* RenameTypeInternal: the array type goes along. */
static bool rename_type(Ddl *ddl, Oid oid, const char *name)
{
    const Type *type = catalog_type(ddl->catalog, oid);
    Oid array = type->array;
    if (!name_claim_type(ddl, type->schema, name, NULL))
        return false;
    Type *edit = catalog_edit_type(ddl->catalog, oid);
    edit->name = name;
    catalog_put_type(ddl->catalog, edit);
    if (array) {
        edit = catalog_edit_type(ddl->catalog, array);
        edit->name = name_choose_array_type(ddl, name, edit->schema);
        catalog_put_type(ddl->catalog, edit);
    }
    return true;
}

static void rename_index_constraint(Ddl *ddl, const Relation *index, const char *name)
{
    Relation *table = catalog_edit_relation(ddl->catalog, index->index->table);
    Constraint *constraints =
        arena_memdup(ddl->arena, table->constraints, table->nconstraints * sizeof *constraints);
    for (size_t i = 0; i < table->nconstraints; i++) {
        if (constraints[i].oid == index->index->constraint)
            constraints[i].name = name;
    }
    table->constraints = constraints;
    catalog_put_relation(ddl->catalog, table);
    name_register_constraint(ddl, name, address_of(CLASS_RELATION, table->oid));
}

bool rename_relation(Ddl *ddl, Oid oid, const char *name)
{
    const Relation *relation = catalog_relation(ddl->catalog, oid);
    if (!name_claim_relation(ddl, relation->schema, name))
        return false;
    if (relation->row_type && !rename_type(ddl, relation->row_type, name))
        return false;
    if (relation->index && relation->index->constraint)
        rename_index_constraint(ddl, relation, name);
    Relation *edit = catalog_edit_relation(ddl->catalog, oid);
    edit->name = name;
    catalog_put_relation(ddl->catalog, edit);
    return true;
}

static bool check_kind(Ddl *ddl, AstObjectType type, const Relation *relation)
{
    if (!owner_check_rename(ddl, address_of(CLASS_RELATION, relation->oid)))
        return false;
    static const struct {
        AstObjectType type;
        char kind;
        const char *wrong;
    } kinds[] = {
        {PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE, RELKIND_SEQUENCE, "is not a sequence"},
        {PG_QUERY__OBJECT_TYPE__OBJECT_VIEW, RELKIND_VIEW, "is not a view"},
        {PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW, RELKIND_MATVIEW, "is not a materialized view"},
        {PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE, RELKIND_FOREIGN, "is not a foreign table"},
        {PG_QUERY__OBJECT_TYPE__OBJECT_TYPE, RELKIND_COMPOSITE, "is not a composite type"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].type == type && kinds[i].kind != relation->kind)
            return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" %s", relation->name, kinds[i].wrong);
    }
    if (type != PG_QUERY__OBJECT_TYPE__OBJECT_TYPE && relation->kind == RELKIND_COMPOSITE) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" is a composite type", relation->name);
        ddl_hint(ddl, diag, "Use ALTER TYPE instead.");
        return false;
    }
    return relation_check_not_system(ddl, relation);
}

const Relation *rename_target(Ddl *ddl, const AstRenameStmt *stmt, AstObjectType type)
{
    const Relation *relation = analyze_range_var(&ddl->context, stmt->relation, stmt->missing_ok);
    return relation && check_kind(ddl, type, relation) ? relation : NULL;
}

static bool rename_relation_statement(Ddl *ddl, const AstRenameStmt *stmt, const char *name)
{
    size_t errors = ddl->diags->nerrors;
    const Relation *relation = rename_target(ddl, stmt, stmt->rename_type);
    if (!relation)
        return ddl->diags->nerrors == errors;
    return rename_relation(ddl, relation->oid, name);
}

static bool rename_type_statement(Ddl *ddl, const AstRenameStmt *stmt, const char *name)
{
    ObjectAddress address;
    if (!address_find(ddl, PG_QUERY__OBJECT_TYPE__OBJECT_TYPE, stmt->object, false, &address))
        return false;
    const Type *type = catalog_type(ddl->catalog, address.oid);
    if (stmt->rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN && type->typtype != TYPTYPE_DOMAIN)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "%s is not a domain", ddl_type_name(ddl, type->oid));
    if (type->oid < FIRST_USER_OID)
        return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be owner of type %s",
                        ddl_type_name(ddl, type->oid));
    if (!owner_check(ddl, address_of(CLASS_TYPE, type->oid)))
        return false;
    if (type->typtype == TYPTYPE_COMPOSITE) {
        const Relation *row = catalog_relation(ddl->catalog, type->relation);
        if (row->kind == RELKIND_COMPOSITE)
            return rename_relation(ddl, row->oid, name);
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "%s is a table's row type",
                               ddl_type_name(ddl, type->oid));
        ddl_hint(ddl, diag, "Use ALTER TABLE instead.");
        return false;
    }
    const Type *element = catalog_is_array(type) ? catalog_type(ddl->catalog, type->element) : NULL;
    if (element && element->array == type->oid) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot alter array type %s",
                               ddl_type_name(ddl, type->oid));
        ddl_hint(ddl, diag, "You can alter type %s, which will alter the array type as well.",
                 ddl_type_name(ddl, element->oid));
        return false;
    }
    return rename_type(ddl, type->oid, name);
}

static bool rename_domain_constraint(Ddl *ddl, const AstRenameStmt *stmt, const char *name)
{
    Oid oid = type_require(ddl, ast_items(stmt->object), -1);
    if (!oid || !owner_check(ddl, address_of(CLASS_TYPE, oid)))
        return false;
    Type *edit = catalog_edit_type(ddl->catalog, oid);
    DomainCheck *checks = arena_memdup(ddl->arena, edit->checks, edit->nchecks * sizeof *checks);
    edit->checks = checks;
    for (size_t i = 0; i < edit->nchecks; i++) {
        if (strcmp(checks[i].name, stmt->subname) != 0)
            continue;
        checks[i].name = name;
        catalog_put_type(ddl->catalog, edit);
        name_register_constraint(ddl, name, address_of(CLASS_TYPE, oid));
        return true;
    }
    return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "constraint \"%s\" for domain %s does not exist",
                    stmt->subname, ddl_type_name(ddl, oid));
}

/* ---- parts of relations ---- */

static bool part_missing(Ddl *ddl, const AstRenameStmt *stmt, const char *what, const char *of,
                         const Relation *relation)
{
    return stmt->missing_ok ||
           ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "%s \"%s\" for %s \"%s\" does not exist", what,
                    stmt->subname, of, relation->name);
}

static bool part_taken(Ddl *ddl, const char *what, const char *name, const char *of, const Relation *relation)
{
    return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "%s \"%s\" for %s \"%s\" already exists", what, name, of,
                    relation->name);
}

static bool rename_trigger_on(Ddl *ddl, Oid oid, const char *old_name, const char *name)
{
    Relation *edit = catalog_edit_relation(ddl->catalog, oid);
    const Trigger *old = address_trigger(edit, old_name);
    if (address_trigger(edit, name))
        return part_taken(ddl, "trigger", name, "relation", edit);
    Trigger *triggers = arena_memdup(ddl->arena, edit->triggers, edit->ntriggers * sizeof *triggers);
    triggers[old - edit->triggers].name = name;
    edit->triggers = triggers;
    catalog_put_relation(ddl->catalog, edit);
    return true;
}

/* A trigger of a partitioned table is renamed on its partitions too, and only from there. */
static bool rename_trigger(Ddl *ddl, const AstRenameStmt *stmt, const Relation *relation, const char *name)
{
    const Trigger *trigger = address_trigger(relation, stmt->subname);
    if (!trigger)
        return part_missing(ddl, stmt, "trigger", "table", relation);
    if (trigger_is_clone(ddl, trigger)) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_INTERNAL_ERROR, "cannot rename trigger \"%s\" on table \"%s\"",
                               trigger->name, relation->name);
        ddl_hint(ddl, diag, "Rename the trigger on the partitioned table \"%s\" instead.",
                 catalog_relation(ddl->catalog, relation->parents[0])->name);
        return false;
    }
    Oids relations = {0};
    vec_push(ddl->scratch, &relations, relation->oid);
    trigger_clones(ddl, trigger->oid, &relations);
    for (size_t i = 0; i < relations.len; i++) {
        if (!rename_trigger_on(ddl, relations.items[i], stmt->subname, name))
            return false;
    }
    return true;
}

static bool rename_rule(Ddl *ddl, const AstRenameStmt *stmt, const Relation *relation, const char *name)
{
    const Rule *rule = address_rule(relation, stmt->subname);
    if (!rule)
        return part_missing(ddl, stmt, "rule", "relation", relation);
    if (address_rule(relation, name))
        return part_taken(ddl, "rule", name, "relation", relation);
    Relation *edit = catalog_edit_relation(ddl->catalog, relation->oid);
    Rule *rules = arena_memdup(ddl->arena, edit->rules, edit->nrules * sizeof *rules);
    rules[rule - relation->rules].name = name;
    edit->rules = rules;
    catalog_put_relation(ddl->catalog, edit);
    return true;
}

static bool rename_policy(Ddl *ddl, const AstRenameStmt *stmt, const Relation *relation, const char *name)
{
    const Policy *policy = address_policy(relation, stmt->subname);
    if (!policy)
        return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "policy \"%s\" for table \"%s\" does not exist",
                        stmt->subname, relation->name);
    if (address_policy(relation, name))
        return part_taken(ddl, "policy", name, "table", relation);
    Relation *edit = catalog_edit_relation(ddl->catalog, relation->oid);
    Policy *policies = arena_memdup(ddl->arena, edit->policies, edit->npolicies * sizeof *policies);
    policies[policy - relation->policies].name = name;
    edit->policies = policies;
    catalog_put_relation(ddl->catalog, edit);
    return true;
}

static bool rename_part(Ddl *ddl, const AstRenameStmt *stmt, const char *name)
{
    const Relation *relation = analyze_range_var(&ddl->context, stmt->relation, stmt->missing_ok);
    if (!relation)
        return stmt->missing_ok;
    if (!owner_check_relation(ddl, relation))
        return false;
    if (stmt->rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER)
        return rename_trigger(ddl, stmt, relation, name);
    if (stmt->rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_RULE)
        return rename_rule(ddl, stmt, relation, name);
    return rename_policy(ddl, stmt, relation, name);
}

/* ---- other objects ---- */

bool rename_function_free(Ddl *ddl, const Function *function, Oid schema, const char *name)
{
    FunctionList list = catalog_functions_named(ddl->catalog, ddl->scratch, name);
    for (size_t i = 0; i < list.len; i++) {
        const Function *other = list.items[i];
        if (other->schema == schema && other->nargs == function->nargs &&
            (other->nargs == 0 ||
             memcmp(other->arg_types, function->arg_types, other->nargs * sizeof *other->arg_types) == 0))
            return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_FUNCTION, "function %s already exists in schema \"%s\"",
                            describe_signature(ddl, name, function->arg_types, function->nargs),
                            catalog_schema(ddl->catalog, schema)->name);
    }
    return true;
}

static bool rename_function(Ddl *ddl, Oid oid, const char *name)
{
    const Function *function = catalog_function(ddl->catalog, oid);
    if (!rename_function_free(ddl, function, function->schema, name))
        return false;
    Function *edit = catalog_edit_function(ddl->catalog, oid);
    edit->name = name;
    catalog_put_function(ddl->catalog, edit);
    return true;
}

static bool rename_schema(Ddl *ddl, const AstRenameStmt *stmt, const char *name)
{
    const Schema *old = catalog_find_schema(ddl->catalog, stmt->subname);
    if (!old)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_SCHEMA_NAME, "schema \"%s\" does not exist", stmt->subname);
    Oid oid = old->oid;
    if (catalog_find_schema(ddl->catalog, name))
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_SCHEMA, "schema \"%s\" already exists", name);
    if (!owner_check(ddl, address_of(CLASS_SCHEMA, oid)) || !privilege_check_database(ddl, PRIVILEGE_CREATE))
        return false;
    if (strncmp(name, "pg_", 3) == 0)
        return ddl_fail(ddl, -1, SQLSTATE_RESERVED_NAME, "unacceptable schema name \"%s\"", name);
    /* pg_catalog and public are records of the built-in tables; a renamed public is a copy of its own. */
    Schema *edit = catalog_edit_schema(ddl->catalog, oid);
    edit->name = name;
    catalog_put_schema(ddl->catalog, edit);
    return true;
}

static bool exists_already(Ddl *ddl, const char *what, const char *name, Oid schema)
{
    return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "%s \"%s\" already exists in schema \"%s\"", what, name,
                    catalog_schema(ddl->catalog, schema)->name);
}

static bool rename_named(Ddl *ddl, ObjectAddress address, const char *name)
{
    NamedObject *edit = catalog_edit_object(ddl->catalog, address.class, address.oid);
    const char *what = named_object_label(address.class);
    if (catalog_find_object_in(ddl->catalog, address.class, edit->schema, name)) {
        if (edit->schema)
            return exists_already(ddl, what, name, edit->schema);
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "%s \"%s\" already exists", what, name);
    }
    edit->name = name;
    catalog_put_object(ddl->catalog, edit);
    return true;
}

static bool rename_collation(Ddl *ddl, Oid oid, const char *name)
{
    Collation *edit = catalog_edit_collation(ddl->catalog, oid);
    if (catalog_find_collation_in(ddl->catalog, edit->schema, name))
        return exists_already(ddl, "collation", name, edit->schema);
    edit->name = name;
    catalog_put_collation(ddl->catalog, edit);
    return true;
}

static bool method_taken(Ddl *ddl, const char *what, const char *name, Oid method, Oid schema)
{
    return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT,
                    "operator %s \"%s\" for access method \"%s\" already exists in schema \"%s\"", what, name,
                    catalog_object(ddl->catalog, CLASS_ACCESS_METHOD, method)->name,
                    catalog_schema(ddl->catalog, schema)->name);
}

static bool rename_opclass(Ddl *ddl, ObjectAddress address, const char *name)
{
    if (address.class == CLASS_OPFAMILY) {
        OpFamily *family = catalog_edit_opfamily(ddl->catalog, address.oid);
        if (catalog_find_opfamily_in(ddl->catalog, family->access_method, family->schema, name))
            return method_taken(ddl, "family", name, family->access_method, family->schema);
        family->name = name;
        catalog_put_opfamily(ddl->catalog, family);
        return true;
    }
    OpClass *opclass = catalog_edit_opclass(ddl->catalog, address.oid);
    if (catalog_find_opclass_in(ddl->catalog, opclass->access_method, opclass->schema, name))
        return method_taken(ddl, "class", name, opclass->access_method, opclass->schema);
    opclass->name = name;
    catalog_put_opclass(ddl->catalog, opclass);
    return true;
}

/* AlterObjectRename_internal: what nobody owns is for superusers. */
static bool check_owner(Ddl *ddl, ObjectAddress address)
{
    if (catalog_has_own_owner(ddl->catalog, address))
        return owner_check_rename(ddl, address);
    return !role_lacks_superuser(ddl) || ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE,
                                                  "must be superuser to rename %s", describe_object(ddl, address));
}

static bool rename_by_address(Ddl *ddl, const AstRenameStmt *stmt, const char *name)
{
    ObjectAddress address;
    if (!address_find(ddl, stmt->rename_type, stmt->object, stmt->missing_ok, &address))
        return false;
    if (address.class != CLASS_NONE && !check_owner(ddl, address))
        return false;
    switch ((int)address.class) {
    case CLASS_NONE:
        return true;
    case CLASS_FUNCTION:
        return rename_function(ddl, address.oid, name);
    case CLASS_COLLATION:
        return rename_collation(ddl, address.oid, name);
    case CLASS_OPCLASS:
    case CLASS_OPFAMILY:
        return rename_opclass(ddl, address, name);
    default:
        return rename_named(ddl, address, name);
    }
}

bool rename_object(Ddl *ddl, const AstNode *node)
{
    const AstRenameStmt *stmt = node->rename_stmt;
    const char *name = arena_strdup(ddl->arena, stmt->newname);
    switch ((int)stmt->rename_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
        return rename_relation_statement(ddl, stmt, name);
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ATTRIBUTE:
        return rename_column(ddl, stmt, name);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
        return rename_constraint(ddl, stmt, name);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
        return rename_type_statement(ddl, stmt, name);
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT:
        return rename_domain_constraint(ddl, stmt, name);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
        return rename_part(ddl, stmt, name);
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
        return rename_schema(ddl, stmt, name);
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROLE:
        return rename_role(ddl, stmt->subname, name);
    default:
        return rename_by_address(ddl, stmt, name);
    }
}
