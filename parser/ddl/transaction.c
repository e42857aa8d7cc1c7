/* Transaction blocks and savepoints, which take DDL back (PostgreSQL's xact.c). Outside a block each statement
 * stands for itself. What is only a warning on the server is nothing here. */
#include "ddl/ddl_private.h"

static bool is_named(const Savepoint *savepoint, const char *name)
{
    return savepoint->name && strcmp(savepoint->name, name) == 0;
}

/* The latest savepoint of the name: its index, or 0 (the block's own beginning has no name). */
static size_t find_savepoint(const DdlSession *session, const char *name)
{
    for (size_t i = session->savepoints.len; i-- > 1;)
        if (is_named(&session->savepoints.items[i], name))
            return i;
    return 0;
}

void transaction_begin(DdlSession *session)
{
    if (session->in_transaction)
        return;
    session->in_transaction = true;
    session->first_new = catalog_new_oid(session->catalog);
    session->savepoints.len = 0;
    vec_push(session->arena, &session->savepoints,
             ((Savepoint){NULL, catalog_savepoint(session->catalog), session->path, session->roles}));
}

/* What SET LOCAL hid comes back; after ROLLBACK also what SET changed. */
void transaction_end(DdlSession *session, bool commit)
{
    if (!session->in_transaction)
        return;
    if (!commit) {
        catalog_rollback(session->catalog, session->savepoints.items[0].point);
        search_path_restore(session, session->savepoints.items[0].path);
        session_role_restore(session, session->savepoints.items[0].roles);
    } else {
        enum_commit_labels(session);
        if (session->has_local_path)
            search_path_restore(session, session->outer_path);
        if (session->has_local_roles)
            session_role_restore(session, session->outer_roles);
    }
    if (session->has_local_bodies)
        session->check_function_bodies = session->outer_check_function_bodies;
    session->has_local_path = session->has_local_bodies = session->has_local_roles = false;
    session->in_transaction = session->aborted = false;
    session->savepoints.len = 0;
}

bool transaction_drop_tables(Ddl *ddl)
{
    Addresses tables = {0};
    for (size_t i = 0; i < ddl->session->drop_on_commit.len; i++) {
        ObjectAddress table = {CLASS_RELATION, ddl->session->drop_on_commit.items[i], 0};
        if (catalog_relation(ddl->catalog, table.oid))
            vec_push(ddl->scratch, &tables, table);
    }
    ddl->session->drop_on_commit.len = 0;
    return tables.len == 0 || delete_objects(ddl, &tables, true);
}

bool transaction_require_block(Ddl *ddl, const char *command)
{
    if (ddl->session->in_transaction || ddl->session->trying)
        return true;
    return ddl_fail(ddl, -1, SQLSTATE_NO_ACTIVE_SQL_TRANSACTION, "%s can only be used in transaction blocks",
                    command);
}

static bool require_savepoint(Ddl *ddl, const char *command, const char *name, size_t *found)
{
    if (!transaction_require_block(ddl, command))
        return false;
    *found = find_savepoint(ddl->session, name);
    if (*found)
        return true;
    return ddl_fail(ddl, -1, SQLSTATE_INVALID_SAVEPOINT_SPECIFICATION, "savepoint \"%s\" does not exist", name);
}

static bool aborted(Ddl *ddl)
{
    return ddl->session->aborted &&
           !ddl_fail(ddl, -1, SQLSTATE_IN_FAILED_SQL_TRANSACTION,
                     "current transaction is aborted, commands ignored until end of transaction block");
}

static bool set_savepoint(Ddl *ddl, const char *name)
{
    DdlSession *session = ddl->session;
    if (aborted(ddl) || !transaction_require_block(ddl, "SAVEPOINT"))
        return false;
    vec_push(ddl->arena, &session->savepoints,
             ((Savepoint){arena_strdup(ddl->arena, name), catalog_savepoint(session->catalog), session->path,
                          session->roles}));
    return true;
}

static bool release(Ddl *ddl, const char *name)
{
    size_t found;
    if (aborted(ddl) || !require_savepoint(ddl, "RELEASE SAVEPOINT", name, &found))
        return false;
    ddl->session->savepoints.len = found;
    return true;
}

static bool rollback_to(Ddl *ddl, const char *name)
{
    size_t found;
    if (!require_savepoint(ddl, "ROLLBACK TO SAVEPOINT", name, &found))
        return false;
    DdlSession *session = ddl->session;
    catalog_rollback(session->catalog, session->savepoints.items[found].point);
    search_path_restore(session, session->savepoints.items[found].path);
    session_role_restore(session, session->savepoints.items[found].roles);
    session->savepoints.len = found + 1;
    session->aborted = false;
    return true;
}

bool apply_transaction(Ddl *ddl, const AstNode *node)
{
    const AstTransactionStmt *stmt = node->transaction_stmt;
    DdlSession *session = ddl->session;
    bool was_aborted = session->aborted;
    if (session->trying)
        return true; /* of a block that is not seen */
    switch ((int)stmt->kind) {
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START:
        if (aborted(ddl))
            return false;
        transaction_begin(session);
        return true;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK:
        if (stmt->chain &&
            !transaction_require_block(ddl, stmt->kind == PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT
                                                ? "COMMIT AND CHAIN"
                                                : "ROLLBACK AND CHAIN"))
            return false;
        if (stmt->kind == PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT && !was_aborted)
            transaction_drop_tables(ddl);
        transaction_end(session, stmt->kind == PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT && !was_aborted);
        if (stmt->chain)
            transaction_begin(session);
        return true;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_SAVEPOINT:
        return set_savepoint(ddl, stmt->savepoint_name);
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_RELEASE:
        return release(ddl, stmt->savepoint_name);
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_TO:
        return rollback_to(ddl, stmt->savepoint_name);
    default: {
        /* a server with its default settings refuses two-phase commit in the same way */
        Diag *diag =
            ddl_error(ddl, -1, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE, "prepared transactions are disabled");
        ddl_hint(ddl, diag, "Set max_prepared_transactions to a nonzero value.");
        return false;
    }
    }
}
