/* Owners: what only an owner may do, ALTER … OWNER TO, REASSIGN OWNED, DROP OWNED (PostgreSQL's aclcheck_error,
 * AlterObjectOwner_internal, ATExecChangeOwner, pg_shdepend.c). */
#include "ddl/ddl_private.h"

/* ---- what messages call an object ---- */

static const char *relation_label(char kind)
{
    switch (kind) {
    case RELKIND_INDEX:
    case RELKIND_PARTITIONED_INDEX:
        return "index";
    case RELKIND_SEQUENCE:
        return "sequence";
    case RELKIND_VIEW:
        return "view";
    case RELKIND_MATVIEW:
        return "materialized view";
    case RELKIND_FOREIGN:
        return "foreign table";
    default:
        return "table";
    }
}

static ObjectLabel type_label(const Ddl *ddl, Oid oid)
{
    const Type *type = catalog_type(ddl->catalog, oid);
    bool is_array = type && catalog_is_array(type) && type->element;
    return (ObjectLabel){"type", ddl_type_name(ddl, is_array ? type->element : oid)};
}

ObjectLabel owner_label(const Ddl *ddl, ObjectAddress object)
{
    const Catalog *catalog = ddl->catalog;
    const Relation *relation = object.class == CLASS_RELATION ? catalog_relation(catalog, object.oid) : NULL;
    const NamedObject *named = catalog_object(catalog, object.class, object.oid);
    switch ((int)object.class) {
    case CLASS_RELATION:
        return (ObjectLabel){relation_label(relation->kind), relation->name};
    case CLASS_TYPE:
        return type_label(ddl, object.oid);
    case CLASS_FUNCTION:
        return (ObjectLabel){"function", catalog_function(catalog, object.oid)->name};
    case CLASS_OPERATOR:
        return (ObjectLabel){"operator", catalog_operator(catalog, object.oid)->name};
    case CLASS_COLLATION:
        return (ObjectLabel){"collation", catalog_collation(catalog, object.oid)->name};
    case CLASS_OPCLASS:
        return (ObjectLabel){"operator class", catalog_opclass(catalog, object.oid)->name};
    case CLASS_OPFAMILY:
        return (ObjectLabel){"operator family", catalog_opfamily(catalog, object.oid)->name};
    case CLASS_SCHEMA:
        return (ObjectLabel){"schema", catalog_schema(catalog, object.oid)->name};
    case CLASS_SERVER:
        return (ObjectLabel){"foreign server", named->name};
    default:
        return (ObjectLabel){named_object_label(object.class), named ? named->name : ""};
    }
}

/* ---- checks ---- */

bool owner_is_other(const Ddl *ddl, ObjectAddress object)
{
    Oid current = ddl->session->roles.current;
    return current != ROLE_SUPERUSER &&
           catalog_role_has_privileges_of(ddl->catalog, current, catalog_owner(ddl->catalog, object)) ==
               CERTAINLY_NOT;
}

bool owner_fail(Ddl *ddl, ObjectLabel label)
{
    return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be owner of %s %s", label.what, label.name);
}

bool owner_check(Ddl *ddl, ObjectAddress object)
{
    return !owner_is_other(ddl, object) || owner_fail(ddl, owner_label(ddl, object));
}

bool owner_check_relation(Ddl *ddl, const Relation *relation)
{
    return owner_check(ddl, address_of(CLASS_RELATION, relation->oid));
}

/* The schema that an object is in, or 0 (get_object_namespace). */
static Oid schema_of(const Ddl *ddl, ObjectAddress object)
{
    const Catalog *catalog = ddl->catalog;
    const NamedObject *named = catalog_object(catalog, object.class, object.oid);
    switch ((int)object.class) {
    case CLASS_RELATION:
        return catalog_relation(catalog, object.oid)->schema;
    case CLASS_TYPE:
        return catalog_type(catalog, object.oid)->schema;
    case CLASS_FUNCTION:
        return catalog_function(catalog, object.oid)->schema;
    case CLASS_OPERATOR:
        return catalog_operator(catalog, object.oid)->schema;
    case CLASS_COLLATION:
        return catalog_collation(catalog, object.oid)->schema;
    case CLASS_OPCLASS:
        return catalog_opclass(catalog, object.oid)->schema;
    case CLASS_OPFAMILY:
        return catalog_opfamily(catalog, object.oid)->schema;
    default:
        return named ? named->schema : INVALID_OID;
    }
}

/* An owner of the schema may drop what is in it. */
bool owner_may_drop(const Ddl *ddl, ObjectAddress object)
{
    Oid schema = schema_of(ddl, object);
    return !owner_is_other(ddl, object) || (schema && !owner_is_other(ddl, address_of(CLASS_SCHEMA, schema)));
}

bool owner_check_rename(Ddl *ddl, ObjectAddress object)
{
    if (!owner_check(ddl, object))
        return false;
    Oid schema = schema_of(ddl, object);
    return !schema || privilege_check(ddl, address_of(CLASS_SCHEMA, schema), PRIVILEGE_CREATE);
}

bool owner_check_move(Ddl *ddl, ObjectAddress object, Oid schema)
{
    return owner_check(ddl, object) && privilege_check(ddl, address_of(CLASS_SCHEMA, schema), PRIVILEGE_CREATE);
}

/* The object a check is about: a part of a relation is its owner's. */
bool owner_check_part(Ddl *ddl, ObjectAddress object)
{
    ObjectAddress of = object;
    if (object.class == CLASS_CONSTRAINT || object.class == CLASS_TRIGGER || object.class == CLASS_RULE ||
        object.class == CLASS_POLICY)
        of = depend_owner(ddl, object);
    of.sub = 0;
    if (!owner_is_other(ddl, of))
        return true;
    bool of_relation = of.class == CLASS_RELATION && (object.sub || object.class != CLASS_RELATION);
    ObjectLabel label = owner_label(ddl, of);
    return owner_fail(ddl, of_relation ? (ObjectLabel){"relation", label.name} : label);
}

/* ---- ALTER … OWNER TO ---- */

static void give(Ddl *ddl, ObjectAddress object, Oid role)
{
    catalog_set_owner(ddl->catalog, object, role);
    if (object.class != CLASS_RELATION)
        return;
    /* sequences of its columns go along */
    DependencyList list = catalog_dependents(ddl->catalog, ddl->scratch, object);
    for (size_t i = 0; i < list.len; i++) {
        ObjectAddress part = list.items[i].dependent;
        const Relation *sequence = part.class == CLASS_RELATION ? catalog_relation(ddl->catalog, part.oid) : NULL;
        if (sequence && sequence->kind == RELKIND_SEQUENCE && sequence->owner_relation == object.oid)
            catalog_set_owner(ddl->catalog, address_of(CLASS_RELATION, part.oid), role);
    }
}

/* What the one who gives an object away, and the one who gets it, must be allowed. */
static bool check_gift(Ddl *ddl, ObjectAddress object, ObjectLabel label, Oid role)
{
    Oid current = ddl->session->roles.current;
    if (owner_is_other(ddl, object))
        return owner_fail(ddl, label);
    if (catalog_role_is_member(ddl->catalog, current, role) == CERTAINLY_NOT)
        return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be member of role \"%s\"",
                        role_name(ddl, role));
    ObjectAddress schema = address_of(CLASS_SCHEMA, schema_of(ddl, object));
    if (!schema.oid || !role_lacks_superuser(ddl) ||
        catalog_role_may(ddl->catalog, role, schema, PRIVILEGE_CREATE) != CERTAINLY_NOT)
        return true;
    return privilege_fail(ddl, schema);
}

/* A wrapper and an event trigger are for superusers alone. */
static bool check_superuser_only(Ddl *ddl, ObjectAddress object, Oid role)
{
    bool wrapper = object.class == CLASS_FDW;
    if (!wrapper && object.class != CLASS_EVENT_TRIGGER && object.class != CLASS_SUBSCRIPTION)
        return true;
    const char *what = wrapper ? "foreign-data wrapper" : named_object_label(object.class);
    const char *name = owner_label(ddl, object).name;
    if (wrapper && role_lacks_superuser(ddl)) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE,
                               "permission denied to change owner of foreign-data wrapper \"%s\"", name);
        ddl_hint(ddl, diag, "Must be superuser to change owner of a foreign-data wrapper.");
        return false;
    }
    if (catalog_role_is_superuser(ddl->catalog, role) != CERTAINLY_NOT)
        return true;
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE,
                           "permission denied to change owner of %s \"%s\"", what, name);
    ddl_hint(ddl, diag, "The owner of %s %s must be a superuser.", wrapper || *what != 'e' ? "a" : "an", what);
    return false;
}

/* AlterTypeOwner: what is part of something else is not given away by itself. */
static bool check_type(Ddl *ddl, AstObjectType statement, Oid oid)
{
    const Type *type = catalog_type(ddl->catalog, oid);
    const Relation *row = type->relation ? catalog_relation(ddl->catalog, type->relation) : NULL;
    bool is_array = catalog_is_array(type) && type->element;
    const char *name = ddl_type_name(ddl, oid);
    if (statement == PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN && type->typtype != TYPTYPE_DOMAIN)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "%s is not a domain", name);
    if (row && row->kind != RELKIND_COMPOSITE) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "%s is a table's row type", name);
        ddl_hint(ddl, diag, "Use ALTER TABLE instead.");
        return false;
    }
    if (!is_array && !type->range)
        return true;
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot alter %s type %s",
                           is_array ? "array" : "multirange", name);
    ddl_hint(ddl, diag, "You can alter type %s, which will alter the %s type as well.",
             ddl_type_name(ddl, is_array ? type->element : type->range), is_array ? "array" : "multirange");
    return false;
}

bool alter_owner(Ddl *ddl, const AstNode *node)
{
    const AstAlterOwnerStmt *stmt = node->alter_owner_stmt;
    ObjectAddress object;
    Oid role;
    if (!role_of_spec(ddl, stmt->newowner, &role) ||
        !address_find(ddl, stmt->object_type, stmt->object, false, &object))
        return false;
    if (stmt->object_type == PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE)
        return database_give(ddl, role);
    if (object.class == CLASS_TYPE && !check_type(ddl, stmt->object_type, object.oid))
        return false;
    if (object.class == CLASS_NONE || catalog_owner(ddl->catalog, object) == role)
        return true;
    if (!check_superuser_only(ddl, object, role) ||
        (role_lacks_superuser(ddl) && !check_gift(ddl, object, owner_label(ddl, object), role)))
        return false;
    give(ddl, object, role);
    return true;
}

static bool refuse_linked(Ddl *ddl, const Relation *sequence)
{
    const Relation *table = catalog_relation(ddl->catalog, sequence->owner_relation);
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot change owner of sequence \"%s\"",
                           sequence->name);
    ddl_detail(ddl, diag, "Sequence \"%s\" is linked to table \"%s\".", sequence->name, table ? table->name : "");
    return false;
}

/* ALTER TABLE … OWNER TO. That of an index is only a warning on the server. */
bool alter_change_owner(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    const Relation *relation = catalog_relation(ddl->catalog, target->relation);
    ObjectAddress object = address_of(CLASS_RELATION, relation->oid);
    Oid role, old = catalog_owner(ddl->catalog, object);
    if (!role_of_spec(ddl, command->newowner, &role))
        return false;
    if (role == old || relation->index)
        return true;
    if (relation->kind == RELKIND_SEQUENCE && relation->owner_relation &&
        role_same(ddl, old, role) == CERTAINLY_NOT)
        return refuse_linked(ddl, relation);
    if (role_lacks_superuser(ddl) && !check_gift(ddl, object, owner_label(ddl, object), role))
        return false;
    give(ddl, object, role);
    return true;
}

/* ---- REASSIGN OWNED, DROP OWNED ---- */

/* The roles of the statement, whose powers the current one must have. */
static bool find_roles(Ddl *ddl, AstItems specs, const char *denied, Oids *roles)
{
    for (size_t i = 0; i < specs.len; i++) {
        Oid role;
        if (!role_of_spec(ddl, specs.items[i]->role_spec, &role))
            return false;
        if (catalog_role_has_privileges_of(ddl->catalog, ddl->session->roles.current, role) == CERTAINLY_NOT)
            return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "%s", denied);
        vec_push(ddl->scratch, roles, role);
    }
    return true;
}

static bool is_one_of(const Oids *roles, Oid role)
{
    for (size_t i = 0; i < roles->len; i++)
        if (roles->items[i] == role)
            return true;
    return false;
}

static void collect_owned(Ddl *ddl, const Oids *roles, Addresses *owned)
{
    AddressList all = catalog_objects_since(ddl->catalog, ddl->scratch, FIRST_USER_OID);
    for (size_t i = 0; i < all.len; i++)
        if (catalog_has_own_owner(ddl->catalog, all.items[i]) &&
            is_one_of(roles, catalog_owner(ddl->catalog, all.items[i])))
            vec_push(ddl->scratch, owned, all.items[i]);
}

bool reassign_owned(Ddl *ddl, const AstNode *node)
{
    const AstReassignOwnedStmt *stmt = node->reassign_owned_stmt;
    static const char denied[] = "permission denied to reassign objects";
    Oids roles = {0};
    Addresses owned = {0};
    Oid to;
    if (!find_roles(ddl, AST_ITEMS(stmt, roles), denied, &roles) || !role_of_spec(ddl, stmt->newrole, &to))
        return false;
    if (catalog_role_has_privileges_of(ddl->catalog, ddl->session->roles.current, to) == CERTAINLY_NOT)
        return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "%s", denied);
    collect_owned(ddl, &roles, &owned);
    for (size_t i = 0; i < owned.len; i++)
        catalog_set_owner(ddl->catalog, owned.items[i], to);
    return true;
}

/* The privileges of these roles, for whatever it is. */
static void revoke_all(Ddl *ddl, const Oids *roles)
{
    AddressList all = catalog_objects_since(ddl->catalog, ddl->scratch, FIRST_USER_OID);
    for (size_t i = 0; i <= all.len; i++) {
        /* schema public is the one object of the server's own that DDL grants on as a rule */
        ObjectAddress object = i < all.len ? all.items[i] : address_of(CLASS_SCHEMA, SCHEMA_PUBLIC);
        Acl acl = catalog_acl(ddl->catalog, ddl->scratch, object);
        AclItem *kept = arena_array_of(ddl->scratch, acl.len + 1, AclItem);
        size_t n = 0;
        for (size_t k = 0; k < acl.len; k++)
            if (!is_one_of(roles, acl.items[k].grantee))
                kept[n++] = acl.items[k];
        if (n < acl.len)
            catalog_set_acl(ddl->catalog, object, (Acl){kept, n});
    }
}

bool drop_owned(Ddl *ddl, const AstNode *node)
{
    const AstDropOwnedStmt *stmt = node->drop_owned_stmt;
    Oids roles = {0};
    Addresses owned = {0};
    if (!find_roles(ddl, AST_ITEMS(stmt, roles), "permission denied to drop objects", &roles))
        return false;
    if (is_one_of(&roles, ROLE_SUPERUSER)) {
        diag_warning(ddl->diags, ddl_span(ddl, -1), NULL,
                     "DROP OWNED is not followed for the role that the session began with");
        return true;
    }
    collect_owned(ddl, &roles, &owned);
    if (owned.len && !delete_objects(ddl, &owned, stmt->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE))
        return false;
    revoke_all(ddl, &roles);
    return true;
}
