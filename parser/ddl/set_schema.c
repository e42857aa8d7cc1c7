/* ALTER … SET SCHEMA (PostgreSQL's AlterObjectNamespace). */
#include "ddl/ddl_private.h"

static void move_edge(Ddl *ddl, ObjectAddress object, Oid from, Oid to)
{
    depend_forget(ddl, object, address_of(CLASS_SCHEMA, from));
    depend_on_schema(ddl, object, to);
}

static bool taken(Ddl *ddl, const char *code, const char *what, const char *name, Oid schema)
{
    return ddl_fail(ddl, -1, code, "%s \"%s\" already exists in schema \"%s\"", what, name,
                    catalog_schema(ddl->catalog, schema)->name);
}

/* CheckSetNamespace */
static bool check_move(Ddl *ddl, Oid from, Oid to)
{
    if (name_is_temporary_schema(ddl, from) || name_is_temporary_schema(ddl, to))
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "cannot move objects into or out of temporary schemas");
    return (from != SCHEMA_PG_TOAST && to != SCHEMA_PG_TOAST) ||
           ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot move objects into or out of TOAST schema");
}

/* ---- types and relations ---- */

static bool move_type(Ddl *ddl, Oid oid, Oid schema)
{
    Type *edit = catalog_edit_type(ddl->catalog, oid);
    if (!check_move(ddl, edit->schema, schema))
        return false;
    if (edit->schema == schema)
        return true;
    if (catalog_find_type_in(ddl->catalog, schema, edit->name))
        return taken(ddl, SQLSTATE_DUPLICATE_OBJECT, "type", edit->name, schema);
    Oid from = edit->schema, array = edit->array;
    edit->schema = schema;
    catalog_put_type(ddl->catalog, edit);
    if (edit->typtype != TYPTYPE_COMPOSITE ||
        catalog_relation(ddl->catalog, edit->relation)->kind == RELKIND_COMPOSITE)
        move_edge(ddl, address_of(CLASS_TYPE, oid), from, schema);
    if (array) {
        Type *moved = catalog_edit_type(ddl->catalog, array);
        moved->schema = schema;
        moved->name = name_choose_array_type(ddl, edit->name, schema);
        catalog_put_type(ddl->catalog, moved);
    }
    return true;
}

static bool move_relation(Ddl *ddl, Oid oid, Oid schema);

static bool move_parts(Ddl *ddl, const Relation *relation, Oid schema)
{
    for (size_t i = 0; i < relation->nindexes; i++) {
        if (!move_relation(ddl, relation->indexes[i], schema))
            return false;
    }
    DependencyList list = catalog_dependents(ddl->catalog, ddl->scratch, address_of(CLASS_RELATION, relation->oid));
    for (size_t i = 0; i < list.len; i++) {
        const Dependency *edge = &list.items[i];
        const Relation *part =
            edge->dependent.class == CLASS_RELATION ? catalog_relation(ddl->catalog, edge->dependent.oid) : NULL;
        if (part && part->kind == RELKIND_SEQUENCE && part->owner_relation == relation->oid &&
            edge->kind != DEPENDENCY_NORMAL && !move_relation(ddl, part->oid, schema))
            return false;
    }
    return true;
}

static bool move_relation(Ddl *ddl, Oid oid, Oid schema)
{
    Relation *edit = catalog_edit_relation(ddl->catalog, oid);
    Oid from = edit->schema;
    if (!check_move(ddl, from, schema))
        return false;
    if (from == schema)
        return true;
    if (catalog_find_relation_in(ddl->catalog, schema, edit->name))
        return taken(ddl, SQLSTATE_DUPLICATE_TABLE, "relation", edit->name, schema);
    edit->schema = schema;
    catalog_put_relation(ddl->catalog, edit);
    if (!edit->index && edit->kind != RELKIND_COMPOSITE)
        move_edge(ddl, address_of(CLASS_RELATION, oid), from, schema);
    if (edit->row_type && !move_type(ddl, edit->row_type, schema))
        return false;
    for (size_t i = 0; i < edit->nconstraints; i++)
        name_register_constraint(ddl, edit->constraints[i].name, address_of(CLASS_RELATION, oid));
    return move_parts(ddl, edit, schema);
}

static bool refuse_owned(Ddl *ddl, const Relation *sequence)
{
    const Relation *owner = catalog_relation(ddl->catalog, sequence->owner_relation);
    Diag *diag =
        ddl_error(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot move an owned sequence into another schema");
    ddl_detail(ddl, diag, "Sequence \"%s\" is linked to table \"%s\".", sequence->name, owner ? owner->name : "");
    return false;
}

static bool set_relation_schema(Ddl *ddl, const AstAlterObjectSchemaStmt *stmt)
{
    const Relation *relation = analyze_range_var(&ddl->context, stmt->relation, stmt->missing_ok);
    if (!relation)
        return stmt->missing_ok;
    if (!owner_check_relation(ddl, relation))
        return false;
    if (relation->kind == RELKIND_SEQUENCE && relation->owner_relation)
        return refuse_owned(ddl, relation);
    Oid schema = name_schema_itself(ddl, stmt->newschema);
    if (!schema || !privilege_check(ddl, address_of(CLASS_SCHEMA, schema), PRIVILEGE_CREATE))
        return false;
    if (!relation_check_not_system(ddl, relation))
        return false;
    if (relation->index)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot change schema of index \"%s\"",
                        relation->name);
    if (relation->kind == RELKIND_COMPOSITE)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" is a composite type", relation->name);
    return move_relation(ddl, relation->oid, schema);
}

/* ---- other objects ---- */

static bool move_function(Ddl *ddl, Oid oid, Oid schema)
{
    Function *edit = catalog_edit_function(ddl->catalog, oid);
    Oid from = edit->schema;
    if (!check_move(ddl, from, schema))
        return false;
    if (from == schema)
        return true;
    if (!rename_function_free(ddl, edit, schema, edit->name))
        return false;
    edit->schema = schema;
    catalog_put_function(ddl->catalog, edit);
    move_edge(ddl, address_of(CLASS_FUNCTION, oid), from, schema);
    return true;
}

static bool move_operator(Ddl *ddl, Oid oid, Oid schema)
{
    Operator *edit = catalog_edit_operator(ddl->catalog, oid);
    Oid from = edit->schema;
    if (!check_move(ddl, from, schema))
        return false;
    edit->schema = schema;
    catalog_put_operator(ddl->catalog, edit);
    move_edge(ddl, address_of(CLASS_OPERATOR, oid), from, schema);
    return true;
}

static bool move_collation(Ddl *ddl, Oid oid, Oid schema)
{
    Collation *edit = catalog_edit_collation(ddl->catalog, oid);
    Oid from = edit->schema;
    if (!check_move(ddl, from, schema))
        return false;
    if (from != schema && catalog_find_collation_in(ddl->catalog, schema, edit->name))
        return taken(ddl, SQLSTATE_DUPLICATE_OBJECT, "collation", edit->name, schema);
    edit->schema = schema;
    catalog_put_collation(ddl->catalog, edit);
    move_edge(ddl, address_of(CLASS_COLLATION, oid), from, schema);
    return true;
}

static const char *method_name(const Ddl *ddl, Oid method)
{
    const NamedObject *object = catalog_object(ddl->catalog, CLASS_ACCESS_METHOD, method);
    return object ? object->name : "";
}

static bool move_opclass(Ddl *ddl, ObjectAddress address, Oid schema)
{
    const char *in = catalog_schema(ddl->catalog, schema)->name;
    if (address.class == CLASS_OPFAMILY) {
        OpFamily *family = catalog_edit_opfamily(ddl->catalog, address.oid);
        Oid from = family->schema;
        if (!check_move(ddl, from, schema))
            return false;
        if (from != schema && catalog_find_opfamily_in(ddl->catalog, family->access_method, schema, family->name))
            return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT,
                            "operator family \"%s\" for access method \"%s\" already exists in schema \"%s\"",
                            family->name, method_name(ddl, family->access_method), in);
        family->schema = schema;
        catalog_put_opfamily(ddl->catalog, family);
        move_edge(ddl, address, from, schema);
        return true;
    }
    OpClass *opclass = catalog_edit_opclass(ddl->catalog, address.oid);
    Oid from = opclass->schema;
    if (!check_move(ddl, from, schema))
        return false;
    if (from != schema && catalog_find_opclass_in(ddl->catalog, opclass->access_method, schema, opclass->name))
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT,
                        "operator class \"%s\" for access method \"%s\" already exists in schema \"%s\"",
                        opclass->name, method_name(ddl, opclass->access_method), in);
    opclass->schema = schema;
    catalog_put_opclass(ddl->catalog, opclass);
    move_edge(ddl, address, from, schema);
    return true;
}

static bool move_object(Ddl *ddl, ObjectAddress address, Oid schema);

/* Every member goes along. */
static bool move_extension(Ddl *ddl, ObjectAddress extension, Oid schema)
{
    const NamedObject *object = catalog_object(ddl->catalog, CLASS_EXTENSION, extension.oid);
    const ExtensionState *state = object->extension;
    DependencyList list = catalog_dependents(ddl->catalog, ddl->scratch, extension);
    for (size_t i = 0; i < list.len; i++)
        if (list.items[i].kind == DEPENDENCY_EXTENSION && list.items[i].dependent.class == CLASS_SCHEMA &&
            list.items[i].dependent.oid == schema)
            return ddl_fail(
                ddl, -1, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                "cannot move extension \"%s\" into schema \"%s\" because the extension contains the schema",
                object->name, catalog_schema(ddl->catalog, schema)->name);
    if (state && state->schema == schema)
        return true;
    if (!state || !state->relocatable)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "extension \"%s\" does not support SET SCHEMA",
                        object->name);
    for (size_t i = 0; i < list.len; i++) {
        if (list.items[i].kind == DEPENDENCY_EXTENSION && !move_object(ddl, list.items[i].dependent, schema))
            return false;
    }
    extension_moved(ddl, extension.oid, schema);
    return true;
}

static bool move_named(Ddl *ddl, ObjectAddress address, Oid schema)
{
    NamedObject *edit = catalog_edit_object(ddl->catalog, address.class, address.oid);
    if (!edit || !edit->schema)
        return true;
    Oid from = edit->schema;
    if (!check_move(ddl, from, schema))
        return false;
    if (from != schema && catalog_find_object_in(ddl->catalog, address.class, schema, edit->name))
        return taken(ddl, SQLSTATE_DUPLICATE_OBJECT, named_object_label(address.class), edit->name, schema);
    edit->schema = schema;
    catalog_put_object(ddl->catalog, edit);
    move_edge(ddl, address, from, schema);
    return true;
}

static bool move_type_object(Ddl *ddl, Oid oid, Oid schema)
{
    const Type *type = catalog_type(ddl->catalog, oid);
    if (type->typtype != TYPTYPE_COMPOSITE)
        return move_type(ddl, oid, schema) && (!type->multirange || move_type(ddl, type->multirange, schema));
    if (catalog_relation(ddl->catalog, type->relation)->kind == RELKIND_COMPOSITE)
        return move_relation(ddl, type->relation, schema);
    Diag *diag =
        ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "%s is a table's row type", ddl_type_name(ddl, oid));
    ddl_hint(ddl, diag, "Use ALTER TABLE instead.");
    return false;
}

static bool move_object(Ddl *ddl, ObjectAddress address, Oid schema)
{
    switch ((int)address.class) {
    case CLASS_RELATION:
        return move_relation(ddl, address.oid, schema);
    case CLASS_TYPE:
        return move_type_object(ddl, address.oid, schema);
    case CLASS_FUNCTION:
        return move_function(ddl, address.oid, schema);
    case CLASS_OPERATOR:
        return move_operator(ddl, address.oid, schema);
    case CLASS_COLLATION:
        return move_collation(ddl, address.oid, schema);
    case CLASS_OPCLASS:
    case CLASS_OPFAMILY:
        return move_opclass(ddl, address, schema);
    case CLASS_EXTENSION:
        return move_extension(ddl, address, schema);
    default:
        return move_named(ddl, address, schema);
    }
}

bool alter_object_schema(Ddl *ddl, const AstNode *node)
{
    const AstAlterObjectSchemaStmt *stmt = node->alter_object_schema_stmt;
    if (stmt->relation)
        return set_relation_schema(ddl, stmt);
    ObjectAddress address;
    if (!address_find(ddl, stmt->object_type, stmt->object, stmt->missing_ok, &address))
        return false;
    if (address.class == CLASS_NONE)
        return true;
    Oid schema = name_schema_itself(ddl, stmt->newschema);
    if (!schema)
        return false;
    if (address.oid < FIRST_USER_OID)
        return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be owner of %s",
                        describe_object(ddl, address));
    if (!catalog_has_own_owner(ddl->catalog, address) && role_lacks_superuser(ddl))
        return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be superuser to set schema of %s",
                        describe_object(ddl, address));
    if (!owner_check_move(ddl, address, schema))
        return false;
    return move_object(ddl, address, schema);
}

/* ALTER … DEPENDS ON EXTENSION: both must be there. */
bool alter_depends(Ddl *ddl, const AstNode *node)
{
    const AstAlterObjectDependsStmt *stmt = node->alter_object_depends_stmt;
    ObjectAddress address;
    bool found = stmt->relation ? analyze_range_var(&ddl->context, stmt->relation, false) != NULL
                                : address_find(ddl, stmt->object_type, stmt->object, false, &address);
    const char *extension = stmt->extname->sval;
    return found && (catalog_find_object(ddl->catalog, CLASS_EXTENSION, extension) ||
                     ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "extension \"%s\" does not exist", extension));
}
