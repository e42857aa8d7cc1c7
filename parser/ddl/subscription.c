/* Subscriptions: their parameters (PostgreSQL's subscriptioncmds.c). What the publisher says is not asked. */
#include "ddl/ddl_private.h"

/* ---- parameters ---- */

enum {
    SUB_CONNECT = 1 << 0,
    SUB_ENABLED = 1 << 1,
    SUB_CREATE_SLOT = 1 << 2,
    SUB_SLOT_NAME = 1 << 3,
    SUB_COPY_DATA = 1 << 4,
    SUB_SYNCHRONOUS_COMMIT = 1 << 5,
    SUB_REFRESH = 1 << 6,
    SUB_BINARY = 1 << 7,
    SUB_STREAMING = 1 << 8,
    SUB_TWO_PHASE = 1 << 9,
    SUB_DISABLE_ON_ERR = 1 << 10,
    SUB_LSN = 1 << 11,
    SUB_ORIGIN = 1 << 12,
    SUB_PASSWORD_REQUIRED = 1 << 13,
    SUB_RUN_AS_OWNER = 1 << 14,
    SUB_FAILOVER = 1 << 15,
};

static const struct {
    const char *name;
    unsigned parameter;
    int since; /* version of the server */
    bool is_bool;
} parameters[] = {
    {"connect", SUB_CONNECT, 14, true},
    {"enabled", SUB_ENABLED, 14, true},
    {"create_slot", SUB_CREATE_SLOT, 14, true},
    {"slot_name", SUB_SLOT_NAME, 14, false},
    {"copy_data", SUB_COPY_DATA, 14, true},
    {"synchronous_commit", SUB_SYNCHRONOUS_COMMIT, 14, false},
    {"refresh", SUB_REFRESH, 14, true},
    {"binary", SUB_BINARY, 14, true},
    {"streaming", SUB_STREAMING, 14, false}, /* a Boolean until version 16 */
    {"two_phase", SUB_TWO_PHASE, 15, true},
    {"disable_on_error", SUB_DISABLE_ON_ERR, 15, true},
    {"lsn", SUB_LSN, 15, false},
    {"origin", SUB_ORIGIN, 16, false},
    {"password_required", SUB_PASSWORD_REQUIRED, 16, true},
    {"run_as_owner", SUB_RUN_AS_OWNER, 16, true},
    {"failover", SUB_FAILOVER, 17, true},
};

/* What was given, and what is true of it. */
typedef struct SubscriptionOptions {
    unsigned given, values;
    bool no_slot; /* slot_name = NONE */
} SubscriptionOptions;

static bool read_slot_name(Ddl *ddl, const AstDefElem *option, SubscriptionOptions *out)
{
    const char *name = ast_option_text(ddl->scratch, option);
    out->no_slot = name && strcmp(name, "none") == 0;
    if (out->no_slot || !name)
        return true;
    size_t len = strlen(name);
    if (!len)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_NAME, "replication slot name \"%s\" is too short", name);
    if (len > NAME_MAX_LENGTH)
        return ddl_fail(ddl, -1, SQLSTATE_NAME_TOO_LONG, "replication slot name \"%s\" is too long", name);
    if (strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == len)
        return true;
    Diag *diag =
        ddl_error(ddl, -1, SQLSTATE_INVALID_NAME, "replication slot name \"%s\" contains invalid character", name);
    ddl_hint(ddl, diag,
             "Replication slot names may only contain lower case letters, numbers, and the underscore character.");
    return false;
}

static bool read_option(Ddl *ddl, const AstDefElem *option, unsigned allowed, SubscriptionOptions *out)
{
    enum { N = sizeof parameters / sizeof *parameters, STREAMING_IN_PARALLEL = 16 };
    size_t i = 0;
    bool value = true;
    while (i < N && strcmp(parameters[i].name, option->defname) != 0)
        i++;
    if (i == N || !(parameters[i].parameter & allowed) || parameters[i].since > catalog_version(ddl->catalog))
        return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "unrecognized subscription parameter: \"%s\"",
                        option->defname);
    unsigned parameter = parameters[i].parameter;
    if (out->given & parameter)
        return ddl_fail(ddl, option->location, SQLSTATE_SYNTAX_ERROR, "conflicting or redundant options");
    bool streaming = parameter == SUB_STREAMING && catalog_version(ddl->catalog) < STREAMING_IN_PARALLEL;
    if ((parameters[i].is_bool || streaming) && option->arg && !ast_option_bool(option, &value))
        return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "%s requires a Boolean value", option->defname);
    out->given |= parameter;
    out->values = value ? out->values | parameter : out->values & ~parameter;
    return parameter != SUB_SLOT_NAME || read_slot_name(ddl, option, out);
}

static bool exclusive(Ddl *ddl, const char *one, const char *other)
{
    return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "%s and %s are mutually exclusive options", one, other);
}

static bool must_set(Ddl *ddl, const char *one, const char *other)
{
    return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "subscription with %s must also set %s", one, other);
}

/* What goes together (the end of parse_subscription_options); defaults are those of CREATE. */
static bool check_together(Ddl *ddl, unsigned allowed, SubscriptionOptions *out)
{
    static const struct {
        unsigned parameter;
        const char *text;
    } without_connection[] = {{SUB_ENABLED, "enabled = true"},
                              {SUB_CREATE_SLOT, "create_slot = true"},
                              {SUB_COPY_DATA, "copy_data = true"}};
    if ((allowed & SUB_CONNECT) && !(out->values & SUB_CONNECT)) {
        for (size_t i = 0; i < sizeof without_connection / sizeof *without_connection; i++)
            if (out->values & out->given & without_connection[i].parameter)
                return exclusive(ddl, "connect = false", without_connection[i].text);
        out->values &= ~(unsigned)(SUB_ENABLED | SUB_CREATE_SLOT | SUB_COPY_DATA);
    }
    if (!out->no_slot)
        return true;
    if (out->values & SUB_ENABLED)
        return out->given & SUB_ENABLED ? exclusive(ddl, "slot_name = NONE", "enabled = true")
                                        : must_set(ddl, "slot_name = NONE", "enabled = false");
    if (out->values & SUB_CREATE_SLOT)
        return out->given & SUB_CREATE_SLOT ? exclusive(ddl, "slot_name = NONE", "create_slot = true")
                                            : must_set(ddl, "slot_name = NONE", "create_slot = false");
    return true;
}

static bool read_options(Ddl *ddl, AstItems options, unsigned allowed, SubscriptionOptions *out)
{
    *out = (SubscriptionOptions){.values = allowed & (SUB_CONNECT | SUB_ENABLED | SUB_CREATE_SLOT | SUB_COPY_DATA)};
    for (size_t i = 0; i < options.len; i++)
        if (!read_option(ddl, options.items[i]->def_elem, allowed, out))
            return false;
    return check_together(ddl, allowed, out);
}

static bool check_publications(Ddl *ddl, AstItems names)
{
    StrMap seen = {0};
    for (size_t i = 0; i < names.len; i++)
        if (strmap_put(ddl->scratch, &seen, ast_string(names.items[i]), &seen))
            return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "publication name \"%s\" used more than once",
                            ast_string(names.items[i]));
    return true;
}

static bool refuse_in_block(Ddl *ddl, const char *command)
{
    return ddl->session->in_transaction &&
           !ddl_fail(ddl, -1, SQLSTATE_ACTIVE_SQL_TRANSACTION, "%s cannot run inside a transaction block", command);
}

/* ---- statements ---- */

bool create_subscription(Ddl *ddl, const AstNode *node)
{
    const AstCreateSubscriptionStmt *stmt = node->create_subscription_stmt;
    const unsigned allowed = SUB_CONNECT | SUB_ENABLED | SUB_CREATE_SLOT | SUB_SLOT_NAME | SUB_COPY_DATA |
                             SUB_SYNCHRONOUS_COMMIT | SUB_BINARY | SUB_STREAMING | SUB_TWO_PHASE |
                             SUB_DISABLE_ON_ERR | SUB_ORIGIN | SUB_PASSWORD_REQUIRED | SUB_RUN_AS_OWNER |
                             SUB_FAILOVER;
    SubscriptionOptions options;
    if (!read_options(ddl, AST_ITEMS(stmt, options), allowed, &options))
        return false;
    if ((options.values & SUB_CREATE_SLOT) &&
        refuse_in_block(ddl, "CREATE SUBSCRIPTION ... WITH (create_slot = true)"))
        return false;
    enum { FIRST_WITHOUT_SUPERUSER = 16 };
    if (role_lacks_superuser(ddl) && catalog_version(ddl->catalog) < FIRST_WITHOUT_SUPERUSER)
        return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be superuser to create subscriptions");
    if (catalog_find_object(ddl->catalog, CLASS_SUBSCRIPTION, stmt->subname))
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "subscription \"%s\" already exists", stmt->subname);
    return check_publications(ddl, AST_ITEMS(stmt, publication)) &&
           named_object_create(ddl, CLASS_SUBSCRIPTION, INVALID_OID, stmt->subname) != INVALID_OID;
}

static unsigned alterable(int kind)
{
    switch (kind) {
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_OPTIONS:
        return SUB_SLOT_NAME | SUB_SYNCHRONOUS_COMMIT | SUB_BINARY | SUB_STREAMING | SUB_DISABLE_ON_ERR |
               SUB_ORIGIN | SUB_PASSWORD_REQUIRED | SUB_RUN_AS_OWNER | SUB_FAILOVER;
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_ENABLED:
        return SUB_ENABLED;
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_SET_PUBLICATION:
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_ADD_PUBLICATION:
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_DROP_PUBLICATION:
        return SUB_COPY_DATA | SUB_REFRESH;
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_REFRESH:
        return SUB_COPY_DATA;
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_SKIP:
        return SUB_LSN;
    default:
        return 0;
    }
}

bool alter_subscription(Ddl *ddl, const AstNode *node)
{
    const AstAlterSubscriptionStmt *stmt = node->alter_subscription_stmt;
    const NamedObject *subscription = named_object_require(ddl, CLASS_SUBSCRIPTION, stmt->subname);
    SubscriptionOptions options;
    unsigned allowed = alterable((int)stmt->kind);
    return subscription && owner_check(ddl, address_of(CLASS_SUBSCRIPTION, subscription->oid)) &&
           (!allowed || read_options(ddl, AST_ITEMS(stmt, options), allowed, &options)) &&
           check_publications(ddl, AST_ITEMS(stmt, publication));
}

bool drop_subscription(Ddl *ddl, const AstNode *node)
{
    const AstDropSubscriptionStmt *stmt = node->drop_subscription_stmt;
    const NamedObject *subscription = catalog_find_object(ddl->catalog, CLASS_SUBSCRIPTION, stmt->subname);
    if (!subscription)
        return stmt->missing_ok || named_object_require(ddl, CLASS_SUBSCRIPTION, stmt->subname);
    ObjectAddress address = address_of(CLASS_SUBSCRIPTION, subscription->oid);
    return owner_check(ddl, address) && delete_object(ddl, address, false);
}
