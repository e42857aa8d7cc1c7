/* Privileges: GRANT and REVOKE on objects, and what a statement may do without being an owner (PostgreSQL's
 * catalog/aclchk.c, aclupdate in utils/adt/acl.c). */
#include "ddl/ddl_private.h"

/* ---- checks ---- */

bool privilege_fail(Ddl *ddl, ObjectAddress object)
{
    if (object.class == CLASS_DATABASE)
        return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "permission denied for database");
    ObjectLabel label = owner_label(ddl, object);
    return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "permission denied for %s %s", label.what,
                    label.name);
}

bool privilege_is_missing(const Ddl *ddl, ObjectAddress object, unsigned privileges)
{
    Oid current = ddl->session->roles.current;
    return current != ROLE_SUPERUSER &&
           catalog_role_may(ddl->catalog, current, object, privileges) == CERTAINLY_NOT;
}

bool privilege_check(Ddl *ddl, ObjectAddress object, unsigned privilege)
{
    return !privilege_is_missing(ddl, object, privilege) || privilege_fail(ddl, object);
}

/* The database has no number of its own. */
static ObjectAddress database(void)
{
    return address_of(CLASS_DATABASE, 1);
}

bool privilege_check_database(Ddl *ddl, unsigned privilege)
{
    return privilege_check(ddl, database(), privilege);
}

/* A new owner may do everything in it. What else he may do is no longer known: schema public is his too. */
bool database_give(Ddl *ddl, Oid role)
{
    catalog_set_owner(ddl->catalog, database(), role);
    catalog_set_owner(ddl->catalog, address_of(CLASS_SCHEMA, SCHEMA_PUBLIC), role);
    return true;
}

/* ---- privileges by name ---- */

static const struct {
    const char *name;
    unsigned privilege;
} privilege_names[] = {
    {"insert", PRIVILEGE_INSERT},
    {"select", PRIVILEGE_SELECT},
    {"update", PRIVILEGE_UPDATE},
    {"delete", PRIVILEGE_DELETE},
    {"truncate", PRIVILEGE_TRUNCATE},
    {"references", PRIVILEGE_REFERENCES},
    {"trigger", PRIVILEGE_TRIGGER},
    {"execute", PRIVILEGE_EXECUTE},
    {"usage", PRIVILEGE_USAGE},
    {"create", PRIVILEGE_CREATE},
    {"temporary", PRIVILEGE_TEMPORARY},
    {"temp", PRIVILEGE_TEMPORARY},
    {"connect", PRIVILEGE_CONNECT},
    {"set", PRIVILEGE_SET},
    {"alter system", PRIVILEGE_ALTER_SYSTEM},
    {"maintain", PRIVILEGE_MAINTAIN},
    {"rule", 0}, /* ignored, for compatibility */
};

enum { FIRST_WITH_MAINTAIN = 17 };

static bool find_privilege(Ddl *ddl, const char *name, unsigned *privilege)
{
    for (size_t i = 0; i < sizeof privilege_names / sizeof *privilege_names; i++) {
        if (strcmp(privilege_names[i].name, name) != 0)
            continue;
        *privilege = privilege_names[i].privilege;
        if (*privilege != PRIVILEGE_MAINTAIN || catalog_version(ddl->catalog) >= FIRST_WITH_MAINTAIN)
            return true;
    }
    return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "unrecognized privilege type \"%s\"", name);
}

/* What the server calls a privilege (privilege_to_string). */
static const char *privilege_text(Arena *arena, const char *name)
{
    char *text = arena_strdup(arena, strcmp(name, "temporary") == 0 ? "temp" : name);
    for (char *c = text; *c; c++)
        if (*c >= 'a' && *c <= 'z')
            *c = (char)(*c - 32);
    return text;
}

/* ---- kinds of objects ---- */

typedef struct GrantKind {
    AstObjectType type;
    ObjectClass class;
    char relation;     /* kind of relation whose privileges they are */
    const char *label; /* as in "invalid privilege type X for …" */
} GrantKind;

static const GrantKind grant_kinds[] = {
    {PG_QUERY__OBJECT_TYPE__OBJECT_TABLE, CLASS_RELATION, RELKIND_TABLE, "relation"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE, CLASS_RELATION, RELKIND_SEQUENCE, "sequence"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE, CLASS_DATABASE, 0, "database"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN, CLASS_TYPE, 0, "domain"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TYPE, CLASS_TYPE, 0, "type"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION, CLASS_FUNCTION, 0, "function"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE, CLASS_FUNCTION, 0, "procedure"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE, CLASS_FUNCTION, 0, "routine"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE, CLASS_LANGUAGE, 0, "language"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA, CLASS_SCHEMA, 0, "schema"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FDW, CLASS_FDW, 0, "foreign-data wrapper"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_SERVER, CLASS_SERVER, 0, "foreign server"},
};

static const GrantKind *kind_of(AstObjectType type)
{
    for (size_t i = 0; i < sizeof grant_kinds / sizeof *grant_kinds; i++)
        if (grant_kinds[i].type == type)
            return &grant_kinds[i];
    return NULL;
}

/* ---- the objects of a statement ---- */

static bool find_relation(Ddl *ddl, const GrantKind *kind, const AstRangeVar *name, Addresses *objects)
{
    const Relation *relation = analyze_range_var(&ddl->context, name, false);
    if (!relation)
        return false;
    const char *wrong = relation->index                       ? "is an index"
                        : relation->kind == RELKIND_COMPOSITE ? "is a composite type"
                        : kind->relation == RELKIND_SEQUENCE && relation->kind != RELKIND_SEQUENCE
                            ? "is not a sequence"
                            : NULL;
    if (wrong)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" %s", relation->name, wrong);
    vec_push(ddl->scratch, objects, address_of(CLASS_RELATION, relation->oid));
    return true;
}

static bool check_type(Ddl *ddl, const GrantKind *kind, Oid oid)
{
    const Type *type = catalog_type(ddl->catalog, oid);
    if (catalog_is_array(type) && type->element) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_INVALID_GRANT_OPERATION, "cannot set privileges of array types");
        ddl_hint(ddl, diag, "Set the privileges of the element type instead.");
        return false;
    }
    return kind->type != PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN || type->typtype == TYPTYPE_DOMAIN ||
           ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" is not a domain", type->name);
}

static bool check_language(Ddl *ddl, Oid oid)
{
    if (oid != LANGUAGE_C && oid != LANGUAGE_INTERNAL)
        return true;
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "language \"%s\" is not trusted",
                           catalog_object(ddl->catalog, CLASS_LANGUAGE, oid)->name);
    ddl_detail(ddl, diag,
               "GRANT and REVOKE are not allowed on untrusted languages, because only superusers can use untrusted "
               "languages.");
    return false;
}

static bool find_object(Ddl *ddl, const GrantKind *kind, const AstNode *node, Addresses *objects)
{
    ObjectAddress object;
    if (kind->class == CLASS_RELATION)
        return find_relation(ddl, kind, node->range_var, objects);
    if (kind->class == CLASS_DATABASE) {
        object = database();
    } else {
        AstObjectType type = kind->class == CLASS_TYPE ? PG_QUERY__OBJECT_TYPE__OBJECT_TYPE : kind->type;
        if (!address_find(ddl, type, node, false, &object))
            return false;
    }
    if ((kind->class == CLASS_TYPE && !check_type(ddl, kind, object.oid)) ||
        (kind->class == CLASS_LANGUAGE && !check_language(ddl, object.oid)))
        return false;
    vec_push(ddl->scratch, objects, object);
    return true;
}

static bool is_of_kind(const Ddl *ddl, const GrantKind *kind, ObjectAddress object, Oid schema)
{
    if (object.class != kind->class)
        return false;
    if (kind->class == CLASS_RELATION) {
        const Relation *relation = catalog_relation(ddl->catalog, object.oid);
        bool sequence = relation->kind == RELKIND_SEQUENCE;
        return relation->schema == schema && sequence == (kind->relation == RELKIND_SEQUENCE) && !relation->index &&
               relation->kind != RELKIND_COMPOSITE;
    }
    const Function *function = catalog_function(ddl->catalog, object.oid);
    bool procedure = function->kind == PROKIND_PROCEDURE;
    return function->schema == schema && (kind->type == PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE ||
                                          procedure == (kind->type == PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE));
}

/* ON ALL … IN SCHEMA */
static bool find_in_schemas(Ddl *ddl, const GrantKind *kind, AstItems schemas, Addresses *objects)
{
    for (size_t i = 0; i < schemas.len; i++) {
        Oid schema = name_schema(ddl, ast_string(schemas.items[i]), false);
        if (!schema)
            return false;
        AddressList all = catalog_objects_since(ddl->catalog, ddl->scratch, FIRST_USER_OID);
        for (size_t k = 0; k < all.len; k++)
            if (is_of_kind(ddl, kind, all.items[k], schema))
                vec_push(ddl->scratch, objects, all.items[k]);
    }
    return true;
}

/* ---- what is granted ---- */

typedef struct Grant {
    const GrantKind *kind;
    Oids grantees;
    unsigned privileges, of_columns; /* 0 and 0: all */
    bool all, is_grant, grant_option, cascade;
} Grant;

static bool add_privilege(Ddl *ddl, Grant *grant, const AstAccessPriv *item)
{
    unsigned column_privileges = PRIVILEGE_SELECT | PRIVILEGE_INSERT | PRIVILEGE_UPDATE | PRIVILEGE_REFERENCES,
             privilege;
    bool is_table = grant->kind->relation == RELKIND_TABLE;
    if (item->n_cols && !is_table)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_GRANT_OPERATION,
                        "column privileges are only valid for relations");
    if (!ast_text(item->priv_name)) { /* ALL (columns) */
        grant->of_columns |= column_privileges;
        return true;
    }
    if (!find_privilege(ddl, item->priv_name, &privilege))
        return false;
    unsigned valid =
        item->n_cols ? column_privileges : catalog_all_privileges(grant->kind->class, grant->kind->relation);
    if (is_table && !item->n_cols)
        valid |= PRIVILEGE_USAGE; /* the table may turn out to be a sequence */
    if (catalog_version(ddl->catalog) >= FIRST_WITH_MAINTAIN && is_table && !item->n_cols)
        valid |= PRIVILEGE_MAINTAIN;
    if (privilege & ~valid)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_GRANT_OPERATION, "invalid privilege type %s for %s",
                        privilege_text(ddl->scratch, item->priv_name),
                        item->n_cols ? "column" : grant->kind->label);
    if (item->n_cols)
        grant->of_columns |= privilege;
    else
        grant->privileges |= privilege;
    return true;
}

static bool read_grant(Ddl *ddl, const AstGrantStmt *stmt, Grant *grant)
{
    Oid grantor;
    if (stmt->grantor) {
        if (!role_of_spec(ddl, stmt->grantor, &grantor))
            return false;
        if (role_same(ddl, grantor, ddl->session->roles.current) == CERTAINLY_NOT)
            return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "grantor must be current user");
    }
    for (size_t i = 0; i < stmt->n_grantees; i++) {
        Oid role;
        if (!role_or_public(ddl, stmt->grantees[i]->role_spec, &role))
            return false;
        vec_push(ddl->scratch, &grant->grantees, role);
    }
    grant->all = !stmt->n_privileges;
    grant->is_grant = stmt->is_grant;
    grant->grant_option = stmt->grant_option;
    grant->cascade = stmt->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
    for (size_t i = 0; grant->kind && i < stmt->n_privileges; i++)
        if (!add_privilege(ddl, grant, stmt->privileges[i]->access_priv))
            return false;
    return true;
}

/* ---- the change of an object's privileges ---- */

/* select_best_grantor: the owner for those who act for him, else a holder of the grant option whom the current role
 * acts for. 0 when there is none. */
static Oid choose_grantor(const Ddl *ddl, ObjectAddress object, Acl acl, unsigned privileges)
{
    Oid current = ddl->session->roles.current, owner = catalog_owner(ddl->catalog, object);
    if (catalog_role_has_privileges_of(ddl->catalog, current, owner) != CERTAINLY_NOT)
        return owner;
    for (size_t i = 0; i < acl.len; i++)
        if ((acl.items[i].grantable & privileges) &&
            catalog_role_has_privileges_of(ddl->catalog, current, acl.items[i].grantee) != CERTAINLY_NOT)
            return acl.items[i].grantee;
    return INVALID_OID;
}

typedef VEC(AclItem) AclItems;

static AclItem *find_item(AclItems *items, Oid grantee, Oid grantor)
{
    for (size_t i = 0; i < items->len; i++)
        if (items->items[i].grantee == grantee && items->items[i].grantor == grantor)
            return &items->items[i];
    return NULL;
}

/* What others have from a role that can no longer grant it goes too (recursive_revoke). */
static bool revoke_dependents(Ddl *ddl, AclItems *items, Oid grantor, unsigned lost, bool cascade)
{
    for (size_t i = 0; i < items->len; i++)
        if (items->items[i].grantee == grantor)
            lost &= ~items->items[i].grantable;
    for (size_t i = 0; lost && i < items->len; i++) {
        AclItem *item = &items->items[i];
        if (item->grantor != grantor || !(item->privileges & lost) || item->grantee == grantor)
            continue;
        if (!cascade) {
            Diag *diag = ddl_error(ddl, -1, SQLSTATE_DEPENDENT_OBJECTS_STILL_EXIST, "dependent privileges exist");
            ddl_hint(ddl, diag, "Use CASCADE to revoke them too.");
            return false;
        }
        unsigned grantable = item->grantable & lost;
        item->privileges &= ~lost;
        item->grantable &= ~lost;
        if (grantable && !revoke_dependents(ddl, items, item->grantee, grantable, true))
            return false;
    }
    return true;
}

static bool change_one(Ddl *ddl, const Grant *grant, AclItems *items, Oid grantee, Oid grantor, unsigned privileges)
{
    AclItem *item = find_item(items, grantee, grantor);
    if (grant->is_grant) {
        if (!item) {
            item = vec_add(ddl->scratch, items);
            *item = (AclItem){.grantee = grantee, .grantor = grantor};
        }
        item->privileges |= privileges;
        if (grant->grant_option)
            item->grantable |= privileges;
        return true;
    }
    if (!item)
        return true;
    unsigned lost = item->grantable & privileges;
    item->grantable &= ~privileges;
    if (!grant->grant_option)
        item->privileges &= ~privileges;
    return !lost || revoke_dependents(ddl, items, grantee, lost, grant->cascade);
}

/* Privileges for columns count as those for the table: more than there are can be taken to be there, but not fewer.
 */
static unsigned privileges_for(const Ddl *ddl, const Grant *grant, ObjectAddress object)
{
    const Relation *relation = object.class == CLASS_RELATION ? catalog_relation(ddl->catalog, object.oid) : NULL;
    unsigned all = catalog_all_privileges(object.class, relation ? relation->kind : 0);
    return grant->all ? all : (grant->privileges | (grant->is_grant ? grant->of_columns : 0)) & all;
}

static bool apply_to(Ddl *ddl, const Grant *grant, ObjectAddress object)
{
    Acl acl = catalog_acl(ddl->catalog, ddl->scratch, object);
    unsigned privileges = privileges_for(ddl, grant, object);
    Oid grantor = choose_grantor(ddl, object, acl, privileges);
    if (!grantor) {
        unsigned all = ~0u;
        /* Whoever may do anything at all with it is only warned. */
        return catalog_role_may(ddl->catalog, ddl->session->roles.current, object, all) != CERTAINLY_NOT ||
               privilege_fail(ddl, object);
    }
    AclItems items = {0};
    for (size_t i = 0; i < acl.len; i++)
        vec_push(ddl->scratch, &items, acl.items[i]);
    for (size_t i = 0; i < grant->grantees.len; i++) {
        Oid grantee = grant->grantees.items[i];
        if (grant->is_grant && grant->grant_option && grantee == ROLE_PUBLIC)
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_GRANT_OPERATION,
                            "grant options can only be granted to roles");
        if (!change_one(ddl, grant, &items, grantee, grantor, privileges))
            return false;
    }
    size_t kept = 0;
    for (size_t i = 0; i < items.len; i++)
        if (items.items[i].privileges)
            items.items[kept++] = items.items[i];
    catalog_set_acl(ddl->catalog, object, (Acl){items.items, kept});
    return true;
}

bool grant(Ddl *ddl, const AstNode *node)
{
    const AstGrantStmt *stmt = node->grant_stmt;
    Grant grant = {.kind = kind_of(stmt->objtype)};
    Addresses objects = {0};
    if (!read_grant(ddl, stmt, &grant))
        return false;
    if (!grant.kind) /* tablespaces, large objects, parameters */
        return true;
    if (stmt->targtype == PG_QUERY__GRANT_TARGET_TYPE__ACL_TARGET_ALL_IN_SCHEMA) {
        if (!find_in_schemas(ddl, grant.kind, AST_ITEMS(stmt, objects), &objects))
            return false;
    } else {
        for (size_t i = 0; i < stmt->n_objects; i++)
            if (!find_object(ddl, grant.kind, stmt->objects[i], &objects))
                return false;
    }
    for (size_t i = 0; i < objects.len; i++)
        if (!apply_to(ddl, &grant, objects.items[i]))
            return false;
    return true;
}

/* What it grants, objects made later have, which is not followed. */
bool alter_default_privileges(Ddl *ddl, const AstNode *node)
{
    const AstAlterDefaultPrivilegesStmt *stmt = node->alter_default_privileges_stmt;
    const AstDefElem *roles = ast_option(AST_ITEMS(stmt, options), "roles");
    const AstDefElem *schemas = ast_option(AST_ITEMS(stmt, options), "schemas");
    AstItems names = schemas ? ast_items(schemas->arg) : (AstItems){0};
    if (roles && !role_check_exists(ddl, ast_items(roles->arg)))
        return false;
    for (size_t i = 0; i < names.len; i++)
        if (!name_schema(ddl, ast_string(names.items[i]), false))
            return false;
    Grant grant = {.kind = kind_of(stmt->action->objtype)};
    if (!read_grant(ddl, stmt->action, &grant))
        return false;
    if (stmt->action->is_grant && grant.kind)
        catalog_doubt_grants(ddl->catalog, grant.kind->class);
    return true;
}
