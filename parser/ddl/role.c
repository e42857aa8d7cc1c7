/* Roles: what they are called, CREATE, ALTER and DROP ROLE, membership (PostgreSQL's commands/user.c).
 *
 * Migrations name roles that their server has had all along. A name that no statement has created or dropped is
 * therefore taken to be that of a role there is (ROLE_ASSUMED), about which nothing is refused; once a statement
 * has dropped it, it is gone until another one creates it. */
#include "ddl/ddl_private.h"

#include <ctype.h>
#include <strings.h>

/* ---- names ---- */

static const NamedObject *find_object(const Ddl *ddl, const char *name)
{
    return catalog_find_object_in(ddl->catalog, CLASS_ROLE, INVALID_OID, name);
}

static Oid put_new(Ddl *ddl, const char *name, const RoleState *state)
{
    NamedObject *object = arena_new_of(ddl->arena, NamedObject);
    *object = (NamedObject){
        .oid = catalog_new_oid(ddl->catalog),
        .class = CLASS_ROLE,
        .name = arena_strdup(ddl->arena, name),
        .role = arena_memdup(ddl->arena, state, sizeof *state),
        .span = ddl_span(ddl, -1),
    };
    catalog_put_object(ddl->catalog, object);
    return object->oid;
}

static void put_state(Ddl *ddl, Oid role, const RoleState *state)
{
    NamedObject *edit = catalog_edit_object(ddl->catalog, CLASS_ROLE, role);
    edit->role = arena_memdup(ddl->arena, state, sizeof *state);
    catalog_put_object(ddl->catalog, edit);
}

static bool missing(Ddl *ddl, const char *code, const char *name)
{
    return ddl_fail(ddl, -1, code, "role \"%s\" does not exist", name);
}

Oid role_find(Ddl *ddl, const char *name)
{
    if (strcmp(name, "public") == 0) /* everybody is no role */
        return INVALID_OID;
    const NamedObject *object = find_object(ddl, name);
    if (!object)
        return put_new(ddl, name, &(RoleState){.knowledge = ROLE_ASSUMED, .inherit = true});
    return object->role->knowledge == ROLE_DROPPED ? INVALID_OID : object->oid;
}

/* get_rolespec_oid; *is_public (may be NULL) where PUBLIC is allowed. */
static bool resolve(Ddl *ddl, const AstRoleSpec *spec, Oid *role, bool *is_public)
{
    *role = INVALID_OID;
    switch ((int)spec->roletype) {
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CURRENT_ROLE:
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CURRENT_USER:
        *role = ddl->session->roles.current;
        return true;
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_SESSION_USER:
        *role = ddl->session->roles.session;
        return true;
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC:
        if (!is_public)
            return missing(ddl, SQLSTATE_UNDEFINED_OBJECT, "public");
        *is_public = true; /* and ROLE_PUBLIC is no role's number */
        return true;
    default:
        *role = role_find(ddl, spec->rolename);
        return *role || missing(ddl, SQLSTATE_UNDEFINED_OBJECT, spec->rolename);
    }
}

bool role_of_spec(Ddl *ddl, const AstRoleSpec *spec, Oid *role)
{
    return resolve(ddl, spec, role, NULL);
}

bool role_or_public(Ddl *ddl, const AstRoleSpec *spec, Oid *role)
{
    bool is_public;
    return resolve(ddl, spec, role, &is_public);
}

const char *role_name(const Ddl *ddl, Oid role)
{
    const NamedObject *object = catalog_object(ddl->catalog, CLASS_ROLE, role);
    return object ? object->name : "the role that the session began with";
}

bool role_check_exists(Ddl *ddl, AstItems specs)
{
    for (size_t i = 0; i < specs.len; i++) {
        Oid role;
        if (!role_or_public(ddl, specs.items[i]->role_spec, &role))
            return false;
    }
    return true;
}

Certainty role_same(const Ddl *ddl, Oid a, Oid b)
{
    if (a == b)
        return CERTAINLY;
    const RoleState *one = catalog_role_state(ddl->catalog, a == ROLE_SUPERUSER ? b : a);
    bool unnamed = a == ROLE_SUPERUSER || b == ROLE_SUPERUSER;
    return unnamed && (!one || one->knowledge == ROLE_ASSUMED) ? UNCERTAIN : CERTAINLY_NOT;
}

/* Words of statements that change what roles may do. */
void role_doubt_body(Ddl *ddl, const char *text)
{
    static const char *const words[] = {"grant", "role", "group", "owner", "owned"};
    for (const char *at = text; *at; at++) {
        bool inside = at != text && (isalnum((unsigned char)at[-1]) || at[-1] == '_');
        for (size_t i = 0; !inside && i < sizeof words / sizeof *words; i++) {
            if (strncasecmp(at, words[i], strlen(words[i])) == 0) {
                catalog_doubt_privileges(ddl->catalog);
                return;
            }
        }
    }
}

/* ---- what the current role may do with others ---- */

bool role_lacks_superuser(const Ddl *ddl)
{
    return catalog_role_is_superuser(ddl->catalog, ddl->session->roles.current) == CERTAINLY_NOT;
}

/* have_createrole_privilege */
static bool lacks_create_role(const Ddl *ddl)
{
    const RoleState *state = catalog_role_state(ddl->catalog, ddl->session->roles.current);
    return role_lacks_superuser(ddl) && state && !state->create_role;
}

static bool check_reserved(Ddl *ddl, const char *name)
{
    if (strncmp(name, "pg_", 3) != 0)
        return true;
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_RESERVED_NAME, "role name \"%s\" is reserved", name);
    ddl_detail(ddl, diag, "Role names starting with \"pg_\" are reserved.");
    return false;
}

/* ---- membership ---- */

static size_t find_membership(const RoleState *state, Oid role)
{
    size_t i = 0;
    while (i < state->nmember_of && state->member_of[i].role != role)
        i++;
    return i;
}

static void set_membership(Ddl *ddl, Oid member, Oid role, bool admin)
{
    RoleState state = *catalog_role_state(ddl->catalog, member);
    RoleMembership *list = arena_array_of(ddl->arena, state.nmember_of + 1, RoleMembership);
    if (state.nmember_of)
        memcpy(list, state.member_of, state.nmember_of * sizeof *list);
    size_t at = find_membership(&state, role);
    if (at == state.nmember_of)
        list[state.nmember_of++] = (RoleMembership){.role = role, .inherits = state.inherit};
    list[at].admin |= admin;
    state.member_of = list;
    put_state(ddl, member, &state);
}

/* Takes the membership away, or the ADMIN OPTION alone. */
static void clear_membership(Ddl *ddl, Oid member, Oid role, bool admin_only)
{
    const RoleState *old = catalog_role_state(ddl->catalog, member);
    size_t at = old ? find_membership(old, role) : 0;
    if (!old || at == old->nmember_of)
        return;
    RoleState state = *old;
    RoleMembership *list = arena_memdup(ddl->arena, old->member_of, old->nmember_of * sizeof *list);
    if (admin_only)
        list[at].admin = false;
    else
        list[at] = list[--state.nmember_of];
    state.member_of = list;
    put_state(ddl, member, &state);
}

/* The checks of AddRoleMems and DelRoleMems on who may do it. */
static bool check_may_grant(Ddl *ddl, Oid role)
{
    if (catalog_role_is_superuser(ddl->catalog, role) == CERTAINLY)
        return !role_lacks_superuser(ddl) ||
               ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be superuser to alter superusers");
    Oid current = ddl->session->roles.current;
    if (!lacks_create_role(ddl))
        return true;
    /* is_admin_of_role: by membership of any depth */
    Oids reached = {0};
    vec_push(ddl->scratch, &reached, current);
    for (size_t i = 0; i < reached.len; i++) {
        const RoleState *state = catalog_role_state(ddl->catalog, reached.items[i]);
        if (!state || state->knowledge != ROLE_CREATED)
            return true;
        for (size_t k = 0; k < state->nmember_of; k++) {
            if (state->member_of[k].role == role && state->member_of[k].admin)
                return true;
            size_t seen = 0;
            while (seen < reached.len && reached.items[seen] != state->member_of[k].role)
                seen++;
            if (seen == reached.len)
                vec_push(ddl->scratch, &reached, state->member_of[k].role);
        }
    }
    return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "must have admin option on role \"%s\"",
                    role_name(ddl, role));
}

static bool add_member(Ddl *ddl, Oid member, Oid role, bool admin)
{
    const RoleState *state = catalog_role_state(ddl->catalog, role);
    bool superuser = state && state->superuser;
    if (!superuser && catalog_role_is_member(ddl->catalog, role, member) == CERTAINLY)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_GRANT_OPERATION, "role \"%s\" is a member of role \"%s\"",
                        role_name(ddl, role), role_name(ddl, member));
    if (member != ROLE_SUPERUSER)
        set_membership(ddl, member, role, admin);
    return true;
}

static bool change_members(Ddl *ddl, Oid role, AstItems members, bool add, bool admin)
{
    if (!members.len)
        return true;
    if (!check_may_grant(ddl, role))
        return false;
    for (size_t i = 0; i < members.len; i++) {
        Oid member = INVALID_OID;
        if (!role_of_spec(ddl, members.items[i]->role_spec, &member))
            return false;
        if (!add)
            clear_membership(ddl, member, role, admin);
        else if (!add_member(ddl, member, role, admin))
            return false;
    }
    return true;
}

bool grant_role(Ddl *ddl, const AstNode *node)
{
    const AstGrantRoleStmt *stmt = node->grant_role_stmt;
    for (size_t i = 0; i < stmt->n_granted_roles; i++) {
        const AstAccessPriv *granted = stmt->granted_roles[i]->access_priv;
        if (granted->n_cols)
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_GRANT_OPERATION,
                            "column names cannot be included in GRANT/REVOKE ROLE");
        Oid role = role_find(ddl, granted->priv_name);
        if (!role)
            return missing(ddl, SQLSTATE_UNDEFINED_OBJECT, granted->priv_name);
        if (!change_members(ddl, role, AST_ITEMS(stmt, grantee_roles), stmt->is_grant, ast_grants_admin(stmt)))
            return false;
    }
    return true;
}

/* ---- CREATE and ALTER ROLE ---- */

typedef struct RoleOptions {
    const AstDefElem *superuser, *inherit, *create_role, *replication, *bypass_rls;
    const AstDefElem *member_of, *members, *admin_members;
} RoleOptions;

static bool read_options(Ddl *ddl, AstItems options, RoleOptions *out)
{
    const struct {
        const char *name;
        const AstDefElem **place;
    } known[] = {
        {"superuser", &out->superuser},    {"inherit", &out->inherit},
        {"createrole", &out->create_role}, {"isreplication", &out->replication},
        {"bypassrls", &out->bypass_rls},   {"addroleto", &out->member_of},
        {"rolemembers", &out->members},    {"adminmembers", &out->admin_members},
    };
    for (size_t i = 0; i < options.len; i++) {
        const AstDefElem *option = options.items[i]->def_elem;
        int32_t limit;
        for (size_t k = 0; k < i; k++)
            if (strcmp(options.items[k]->def_elem->defname, option->defname) == 0)
                return ddl_fail(ddl, option->location, SQLSTATE_SYNTAX_ERROR, "conflicting or redundant options");
        for (size_t k = 0; k < sizeof known / sizeof *known; k++)
            if (strcmp(known[k].name, option->defname) == 0)
                *known[k].place = option;
        if (strcmp(option->defname, "connectionlimit") == 0 && ast_integer(option->arg, &limit) && limit < -1)
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "invalid connection limit: %d", limit);
    }
    return true;
}

static void set_attributes(const Ddl *ddl, const RoleOptions *options, RoleState *state)
{
    if (options->superuser)
        state->superuser = ddl_option_bool(ddl, options->superuser);
    if (options->inherit)
        state->inherit = ddl_option_bool(ddl, options->inherit);
    if (options->create_role)
        state->create_role = ddl_option_bool(ddl, options->create_role);
}

static bool check_may_create(Ddl *ddl, const RoleOptions *options)
{
    const char *what = options->superuser && ddl_option_bool(ddl, options->superuser)       ? "superusers"
                       : options->replication && ddl_option_bool(ddl, options->replication) ? "replication users"
                       : options->bypass_rls && ddl_option_bool(ddl, options->bypass_rls)   ? "bypassrls users"
                                                                                            : NULL;
    if (what && role_lacks_superuser(ddl))
        return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be superuser to create %s", what);
    return what || !lacks_create_role(ddl) ||
           ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "permission denied to create role");
}

bool create_role(Ddl *ddl, const AstNode *node)
{
    const AstCreateRoleStmt *stmt = node->create_role_stmt;
    RoleOptions options = {0};
    /* What makes a role in a body does so because the role may be there already, and then as it pleases. */
    RoleState state = {.knowledge = ddl->session->depth ? ROLE_ASSUMED : ROLE_CREATED, .inherit = true};
    if (!read_options(ddl, AST_ITEMS(stmt, options), &options) || !check_may_create(ddl, &options) ||
        !check_reserved(ddl, stmt->role))
        return false;
    const NamedObject *old = find_object(ddl, stmt->role);
    if (old && old->role->knowledge == ROLE_CREATED)
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "role \"%s\" already exists", stmt->role);
    /* One that statements have used was not there after all; what they gave it stays with it. */
    bool used = old && old->role->knowledge == ROLE_ASSUMED;
    if (used) {
        state.member_of = old->role->member_of;
        state.nmember_of = old->role->nmember_of;
    }
    set_attributes(ddl, &options, &state);
    Oid role = used ? old->oid : put_new(ddl, stmt->role, &state);
    if (used)
        put_state(ddl, role, &state);
    AstItems in = options.member_of ? ast_items(options.member_of->arg) : (AstItems){0};
    for (size_t i = 0; i < in.len; i++) {
        Oid group;
        if (!role_of_spec(ddl, in.items[i]->role_spec, &group) || !check_may_grant(ddl, group) ||
            !add_member(ddl, role, group, false))
            return false;
    }
    return (!options.members || change_members(ddl, role, ast_items(options.members->arg), true, false)) &&
           (!options.admin_members || change_members(ddl, role, ast_items(options.admin_members->arg), true, true));
}

static bool check_may_alter(Ddl *ddl, Oid role, const RoleOptions *options)
{
    bool superuser = catalog_role_is_superuser(ddl->catalog, role) == CERTAINLY;
    const char *what = superuser || options->superuser ? "superuser roles or change superuser attribute"
                       : options->replication          ? "replication roles or change replication attribute"
                                                       : NULL;
    if (what && role_lacks_superuser(ddl))
        return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be superuser to alter %s", what);
    if (options->bypass_rls && role_lacks_superuser(ddl))
        return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE,
                        "must be superuser to change bypassrls attribute");
    return true;
}

/* ALTER ROLE, and ALTER GROUP … ADD or DROP USER */
bool alter_role(Ddl *ddl, const AstNode *node)
{
    const AstAlterRoleStmt *stmt = node->alter_role_stmt;
    RoleOptions options = {0};
    Oid role;
    if (!read_options(ddl, AST_ITEMS(stmt, options), &options) || !role_of_spec(ddl, stmt->role, &role) ||
        !check_may_alter(ddl, role, &options))
        return false;
    const RoleState *old = catalog_role_state(ddl->catalog, role);
    if (old) {
        RoleState state = *old;
        set_attributes(ddl, &options, &state);
        put_state(ddl, role, &state);
    }
    return !options.members || change_members(ddl, role, ast_items(options.members->arg), stmt->action > 0, false);
}

/* ALTER ROLE … SET takes effect in later sessions. */
bool alter_role_set(Ddl *ddl, const AstNode *node)
{
    const AstRoleSpec *spec = node->alter_role_set_stmt->role;
    Oid role;
    return !spec || role_of_spec(ddl, spec, &role);
}

bool rename_role(Ddl *ddl, const char *old_name, const char *name)
{
    const NamedObject *taken = find_object(ddl, name);
    Oid role = role_find(ddl, old_name);
    if (!role)
        return missing(ddl, SQLSTATE_UNDEFINED_OBJECT, old_name);
    if (role == ddl->session->roles.session || role == ddl->session->roles.current)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "%s user cannot be renamed",
                        role == ddl->session->roles.session ? "session" : "current");
    if (!check_reserved(ddl, old_name) || !check_reserved(ddl, name))
        return false;
    if (taken && taken->role->knowledge == ROLE_CREATED)
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "role \"%s\" already exists", name);
    if (lacks_create_role(ddl))
        return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "permission denied to rename role");
    NamedObject *edit = catalog_edit_object(ddl->catalog, CLASS_ROLE, role);
    edit->name = name;
    catalog_put_object(ddl->catalog, edit);
    put_new(ddl, old_name, &(RoleState){.knowledge = ROLE_DROPPED});
    return true;
}

/* ---- DROP ROLE ---- */

static bool mentions(const Ddl *ddl, ObjectAddress object, Oid role)
{
    Acl acl = catalog_acl(ddl->catalog, ddl->scratch, object);
    for (size_t i = 0; i < acl.len; i++)
        if (acl.items[i].grantee == role || acl.items[i].grantor == role)
            return true;
    return false;
}

/* checkSharedDependencies: what the role owns or has privileges for; false after the error. */
static bool check_unused(Ddl *ddl, Oid role)
{
    AddressList objects = catalog_objects_since(ddl->catalog, ddl->scratch, FIRST_USER_OID);
    StrBuf detail;
    strbuf_init(&detail);
    for (size_t i = 0; i < objects.len; i++) {
        ObjectAddress object = objects.items[i];
        if (!catalog_has_own_owner(ddl->catalog, object))
            continue;
        bool owner = catalog_owner(ddl->catalog, object) == role;
        if (owner || mentions(ddl, object, role))
            strbuf_printf(&detail, "%s%s %s", detail.len ? "\n" : "", owner ? "owner of" : "privileges for",
                          describe_object(ddl, object));
    }
    bool unused = !detail.len;
    if (!unused) {
        Diag *diag =
            ddl_error(ddl, -1, SQLSTATE_DEPENDENT_OBJECTS_STILL_EXIST,
                      "role \"%s\" cannot be dropped because some objects depend on it", role_name(ddl, role));
        ddl_detail(ddl, diag, "%s", detail.text);
    }
    strbuf_release(&detail);
    return unused;
}

static bool check_may_drop(Ddl *ddl, Oid role)
{
    if (role == ddl->session->roles.current)
        return ddl_fail(ddl, -1, SQLSTATE_OBJECT_IN_USE, "current user cannot be dropped");
    if (role == ddl->session->roles.session)
        return ddl_fail(ddl, -1, SQLSTATE_OBJECT_IN_USE, "session user cannot be dropped");
    if (catalog_role_is_superuser(ddl->catalog, role) == CERTAINLY && role_lacks_superuser(ddl))
        return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be superuser to drop superusers");
    bool known = catalog_role_state(ddl->catalog, role)->knowledge == ROLE_CREATED;
    return !known || catalog_doubts_privileges(ddl->catalog) || check_unused(ddl, role);
}

static void forget(Ddl *ddl, Oid role)
{
    AddressList objects = catalog_objects_since(ddl->catalog, ddl->scratch, FIRST_USER_OID);
    put_state(ddl, role, &(RoleState){.knowledge = ROLE_DROPPED});
    for (size_t i = 0; i < objects.len; i++)
        if (objects.items[i].class == CLASS_ROLE)
            clear_membership(ddl, objects.items[i].oid, role, false);
}

bool drop_role(Ddl *ddl, const AstNode *node)
{
    const AstDropRoleStmt *stmt = node->drop_role_stmt;
    if (lacks_create_role(ddl))
        return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "permission denied to drop role");
    for (size_t i = 0; i < stmt->n_roles; i++) {
        const AstRoleSpec *spec = stmt->roles[i]->role_spec;
        if (spec->roletype != PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CSTRING)
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE,
                            "cannot use special role specifier in DROP ROLE");
        Oid role = role_find(ddl, spec->rolename);
        if (!role && !stmt->missing_ok)
            return missing(ddl, SQLSTATE_UNDEFINED_OBJECT, spec->rolename);
        if (!role)
            continue;
        if (!check_may_drop(ddl, role))
            return false;
        forget(ddl, role);
    }
    return true;
}
