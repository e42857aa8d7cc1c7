/* Who acts: SET and RESET of role and session_authorization (PostgreSQL's check_role, check_session_authorization
 * in commands/variable.c, and miscinit.c). A session begins as a superuser without a name. */
#include "ddl/ddl_private.h"

static const SessionRoles initial_roles = {ROLE_SUPERUSER, ROLE_SUPERUSER};

void session_role_restore(DdlSession *session, SessionRoles roles)
{
    session->roles = roles;
    catalog_set_role(session->catalog, roles.current);
}

void session_role_reset(DdlSession *session)
{
    session->has_local_roles = false;
    session_role_restore(session, initial_roles);
}

/* SET LOCAL lasts until the block ends, and does nothing outside of one. */
static void change(DdlSession *session, SessionRoles roles, bool is_local)
{
    if (is_local && !session->in_transaction)
        return;
    if (is_local && !session->has_local_roles)
        session->outer_roles = session->roles;
    session->has_local_roles = is_local;
    session_role_restore(session, roles);
}

static bool find(Ddl *ddl, const char *name, Oid *role)
{
    *role = role_find(ddl, name);
    return *role || ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "role \"%s\" does not exist", name);
}

static bool set_role(Ddl *ddl, const char *name, bool is_local)
{
    SessionRoles roles = ddl->session->roles;
    roles.current = roles.session;
    if (name && strcmp(name, "none") != 0) {
        if (!find(ddl, name, &roles.current))
            return false;
        if (catalog_role_is_member(ddl->catalog, roles.session, roles.current) == CERTAINLY_NOT)
            return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "permission denied to set role \"%s\"", name);
    }
    change(ddl->session, roles, is_local);
    return true;
}

/* The one who began the session is a superuser, who may become anybody. */
static bool set_session(Ddl *ddl, const char *name, bool is_local)
{
    SessionRoles roles = initial_roles;
    if (name && !find(ddl, name, &roles.session))
        return false;
    roles.current = roles.session;
    change(ddl->session, roles, is_local);
    return true;
}

bool session_role_set(Ddl *ddl, const char *setting, const char *name, bool is_local)
{
    return strcmp(setting, "role") == 0 ? set_role(ddl, name, is_local) : set_session(ddl, name, is_local);
}

bool session_role_is_setting(const char *setting)
{
    return strcmp(setting, "role") == 0 || strcmp(setting, "session_authorization") == 0;
}
