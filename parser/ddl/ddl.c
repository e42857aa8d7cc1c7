/* The session, and which handler applies which statement (PostgreSQL's tcop/utility.c). */
#include "ddl/ddl_private.h"

typedef struct Command {
    DdlHandler *apply;
    DdlClass class;
} Command;

/* By node kind. What is not listed is no statement, or none that PostgreSQL's grammar lets a user write. */
static const Command commands[] = {
    [AST_SELECT_STMT] = {apply_select, DDL_QUERY},
    [AST_INSERT_STMT] = {apply_modification, DDL_QUERY},
    [AST_UPDATE_STMT] = {apply_modification, DDL_QUERY},
    [AST_DELETE_STMT] = {apply_modification, DDL_QUERY},
    [AST_MERGE_STMT] = {apply_modification, DDL_QUERY},

    [AST_CREATE_STMT] = {create_table, DDL_SCHEMA},
    [AST_CREATE_FOREIGN_TABLE_STMT] = {create_foreign_table, DDL_SCHEMA},
    [AST_CREATE_TABLE_AS_STMT] = {create_table_as, DDL_SCHEMA},
    [AST_VIEW_STMT] = {create_view, DDL_SCHEMA},
    [AST_REFRESH_MAT_VIEW_STMT] = {refresh_matview, DDL_SCHEMA},
    [AST_INDEX_STMT] = {create_index, DDL_SCHEMA},
    [AST_CREATE_SEQ_STMT] = {create_sequence, DDL_SCHEMA},
    [AST_ALTER_SEQ_STMT] = {alter_sequence, DDL_SCHEMA},
    [AST_ALTER_TABLE_STMT] = {alter_table, DDL_SCHEMA},
    [AST_ALTER_TABLE_MOVE_ALL_STMT] = {accept, DDL_SCHEMA},
    [AST_CREATE_ENUM_STMT] = {create_enum, DDL_SCHEMA},
    [AST_ALTER_ENUM_STMT] = {alter_enum, DDL_SCHEMA},
    [AST_COMPOSITE_TYPE_STMT] = {create_composite, DDL_SCHEMA},
    [AST_CREATE_DOMAIN_STMT] = {create_domain, DDL_SCHEMA},
    [AST_ALTER_DOMAIN_STMT] = {alter_domain, DDL_SCHEMA},
    [AST_CREATE_RANGE_STMT] = {create_range, DDL_SCHEMA},
    [AST_ALTER_TYPE_STMT] = {alter_type, DDL_SCHEMA},
    [AST_DEFINE_STMT] = {define_object, DDL_SCHEMA},
    [AST_CREATE_FUNCTION_STMT] = {create_function, DDL_SCHEMA},
    [AST_ALTER_FUNCTION_STMT] = {alter_function, DDL_SCHEMA},
    [AST_ALTER_OPERATOR_STMT] = {alter_operator, DDL_SCHEMA},
    [AST_CREATE_OP_CLASS_STMT] = {create_opclass, DDL_SCHEMA},
    [AST_CREATE_OP_FAMILY_STMT] = {create_opfamily, DDL_SCHEMA},
    [AST_ALTER_OP_FAMILY_STMT] = {alter_opfamily, DDL_SCHEMA},
    [AST_CREATE_CAST_STMT] = {create_cast, DDL_SCHEMA},
    [AST_ALTER_COLLATION_STMT] = {alter_collation, DDL_SCHEMA},
    [AST_CREATE_SCHEMA_STMT] = {create_schema, DDL_SCHEMA},
    [AST_CREATE_EXTENSION_STMT] = {create_extension, DDL_SCHEMA},
    [AST_ALTER_EXTENSION_STMT] = {alter_extension, DDL_SCHEMA},
    [AST_ALTER_EXTENSION_CONTENTS_STMT] = {alter_extension_contents, DDL_SCHEMA},
    [AST_RULE_STMT] = {create_rule, DDL_SCHEMA},
    [AST_CREATE_TRIG_STMT] = {create_trigger, DDL_SCHEMA},
    [AST_CREATE_POLICY_STMT] = {create_policy, DDL_SCHEMA},
    [AST_ALTER_POLICY_STMT] = {alter_policy, DDL_SCHEMA},
    [AST_CREATE_EVENT_TRIG_STMT] = {create_event_trigger, DDL_SCHEMA},
    [AST_ALTER_EVENT_TRIG_STMT] = {alter_event_trigger, DDL_SCHEMA},
    [AST_CREATE_STATS_STMT] = {create_statistics, DDL_SCHEMA},
    [AST_ALTER_STATS_STMT] = {alter_statistics, DDL_SCHEMA},
    [AST_CREATE_CONVERSION_STMT] = {create_conversion, DDL_SCHEMA},
    [AST_CREATE_FDW_STMT] = {create_wrapper, DDL_SCHEMA},
    [AST_CREATE_FOREIGN_SERVER_STMT] = {create_server, DDL_SCHEMA},
    [AST_CREATE_TRANSFORM_STMT] = {create_transform, DDL_SCHEMA},
    [AST_CREATE_AM_STMT] = {create_access_method, DDL_SCHEMA},
    [AST_CREATE_PUBLICATION_STMT] = {create_publication, DDL_SCHEMA},
    [AST_CREATE_SUBSCRIPTION_STMT] = {create_subscription, DDL_SCHEMA},
    [AST_CREATE_PLANG_STMT] = {create_language, DDL_SCHEMA},
    [AST_ALTER_TSDICTIONARY_STMT] = {alter_ts_dictionary, DDL_SCHEMA},
    [AST_ALTER_TSCONFIGURATION_STMT] = {alter_ts_configuration, DDL_SCHEMA},
    [AST_ALTER_FDW_STMT] = {alter_wrapper, DDL_SCHEMA},
    [AST_ALTER_FOREIGN_SERVER_STMT] = {alter_server, DDL_SCHEMA},
    [AST_ALTER_PUBLICATION_STMT] = {alter_publication, DDL_SCHEMA},
    [AST_ALTER_SUBSCRIPTION_STMT] = {alter_subscription, DDL_SCHEMA},
    [AST_DROP_SUBSCRIPTION_STMT] = {drop_subscription, DDL_SCHEMA},
    [AST_CREATE_USER_MAPPING_STMT] = {create_user_mapping, DDL_SCHEMA},
    [AST_ALTER_USER_MAPPING_STMT] = {alter_user_mapping, DDL_SCHEMA},
    [AST_DROP_USER_MAPPING_STMT] = {drop_user_mapping, DDL_SCHEMA},
    [AST_IMPORT_FOREIGN_SCHEMA_STMT] = {import_foreign_schema, DDL_SCHEMA},
    [AST_DROP_STMT] = {drop_objects, DDL_SCHEMA},
    [AST_RENAME_STMT] = {rename_object, DDL_SCHEMA},
    [AST_ALTER_OBJECT_SCHEMA_STMT] = {alter_object_schema, DDL_SCHEMA},
    [AST_ALTER_OWNER_STMT] = {alter_owner, DDL_SCHEMA},
    [AST_ALTER_OBJECT_DEPENDS_STMT] = {alter_depends, DDL_SCHEMA},
    [AST_COMMENT_STMT] = {comment_on, DDL_SCHEMA},
    [AST_SEC_LABEL_STMT] = {security_label, DDL_SCHEMA},
    [AST_DROP_OWNED_STMT] = {drop_owned, DDL_SCHEMA},
    [AST_REASSIGN_OWNED_STMT] = {reassign_owned, DDL_SCHEMA},
    [AST_DO_STMT] = {do_block, DDL_SCHEMA},

    /* of which nothing bears on types */
    [AST_GRANT_STMT] = {grant, DDL_UTILITY},
    [AST_GRANT_ROLE_STMT] = {grant_role, DDL_UTILITY},
    [AST_ALTER_DEFAULT_PRIVILEGES_STMT] = {alter_default_privileges, DDL_UTILITY},
    [AST_CREATE_ROLE_STMT] = {create_role, DDL_UTILITY},
    [AST_ALTER_ROLE_STMT] = {alter_role, DDL_UTILITY},
    [AST_ALTER_ROLE_SET_STMT] = {alter_role_set, DDL_UTILITY},
    [AST_DROP_ROLE_STMT] = {drop_role, DDL_UTILITY},
    [AST_CREATEDB_STMT] = {accept, DDL_UTILITY},
    [AST_DROPDB_STMT] = {accept, DDL_UTILITY},
    [AST_ALTER_DATABASE_STMT] = {accept, DDL_UTILITY},
    [AST_ALTER_DATABASE_SET_STMT] = {accept, DDL_UTILITY},
    [AST_ALTER_DATABASE_REFRESH_COLL_STMT] = {accept, DDL_UTILITY},
    [AST_ALTER_SYSTEM_STMT] = {accept, DDL_UTILITY},
    [AST_CREATE_TABLE_SPACE_STMT] = {accept, DDL_UTILITY},
    [AST_DROP_TABLE_SPACE_STMT] = {accept, DDL_UTILITY},
    [AST_ALTER_TABLE_SPACE_OPTIONS_STMT] = {accept, DDL_UTILITY},
    [AST_NOTIFY_STMT] = {accept, DDL_UTILITY},
    [AST_LISTEN_STMT] = {accept, DDL_UTILITY},
    [AST_UNLISTEN_STMT] = {accept, DDL_UTILITY},
    [AST_LOAD_STMT] = {accept, DDL_UTILITY},
    [AST_CHECK_POINT_STMT] = {accept, DDL_UTILITY},
    [AST_CONSTRAINTS_SET_STMT] = {accept, DDL_UTILITY},
    [AST_VARIABLE_SHOW_STMT] = {accept, DDL_UTILITY},
    [AST_FETCH_STMT] = {accept, DDL_UTILITY},
    [AST_CLOSE_PORTAL_STMT] = {accept, DDL_UTILITY},
    [AST_VACUUM_STMT] = {vacuum, DDL_UTILITY},
    [AST_CLUSTER_STMT] = {cluster, DDL_UTILITY},
    [AST_REINDEX_STMT] = {reindex, DDL_UTILITY},
    [AST_LOCK_STMT] = {lock_table, DDL_UTILITY},
    [AST_TRUNCATE_STMT] = {truncate_table, DDL_UTILITY},
    [AST_COPY_STMT] = {copy, DDL_UTILITY},
    [AST_EXPLAIN_STMT] = {explain, DDL_UTILITY},
    [AST_CALL_STMT] = {call, DDL_UTILITY},
    [AST_DECLARE_CURSOR_STMT] = {declare_cursor, DDL_UTILITY},
    [AST_PREPARE_STMT] = {prepare, DDL_UTILITY},
    [AST_EXECUTE_STMT] = {execute, DDL_UTILITY},
    [AST_DEALLOCATE_STMT] = {deallocate, DDL_UTILITY},
    [AST_VARIABLE_SET_STMT] = {set_variable, DDL_UTILITY},
    [AST_DISCARD_STMT] = {discard, DDL_UTILITY},
    [AST_TRANSACTION_STMT] = {apply_transaction, DDL_UTILITY},
};

static const Command *command_of(const AstNode *node)
{
    size_t kind = (size_t)ast_kind(node);
    if (kind >= sizeof commands / sizeof *commands || !commands[kind].apply)
        return NULL;
    return &commands[kind];
}

DdlSession *ddl_session_new(Catalog *catalog)
{
    Arena *arena = catalog_arena(catalog);
    DdlSession *session = arena_new_of(arena, DdlSession);
    session->catalog = catalog;
    session->arena = arena;
    session->path.is_default = true;
    session_role_reset(session);
    session->check_function_bodies = true;
    return session;
}

Catalog *ddl_session_catalog(const DdlSession *session)
{
    return session->catalog;
}

void ddl_begin_file(DdlSession *session)
{
    session->in_transaction = session->aborted = false;
    session->savepoints.len = 0;
    session->has_local_path = session->has_local_bodies = false;
    session->check_function_bodies = true;
    session->ignores_asserts = false;
    search_path_reset(session);
    session_role_reset(session);
}

DdlClass ddl_classify(const AstNode *statement)
{
    const Command *command = command_of(statement);
    if (!command)
        return DDL_UTILITY;
    if (ast_kind(statement) == AST_SELECT_STMT) {
        const AstSelectStmt *select = statement->select_stmt;
        while (select->larg)
            select = select->larg;
        if (select->into_clause)
            return DDL_SCHEMA;
    }
    return command->class;
}

bool ddl_apply_node(Ddl *ddl, const AstNode *node)
{
    const Command *command = command_of(node);
    if (!command)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "unsupported statement: %s", ast_kind_name(node));
    return command->apply(ddl, node);
}

/* ROLLBACK and its like are what may follow in an aborted transaction. */
static bool refused_as_aborted(Ddl *ddl, const AstNode *node)
{
    if (!ddl->session->aborted || ast_kind(node) == AST_TRANSACTION_STMT)
        return false;
    ddl_error(ddl, -1, SQLSTATE_IN_FAILED_SQL_TRANSACTION,
              "current transaction is aborted, commands ignored until end of transaction block");
    return true;
}

/* Queries are checked where they are analyzed. */
static bool refused_by_version(Ddl *ddl, const AstNode *node)
{
    return ddl_classify(node) != DDL_QUERY &&
           !ast_check_version(ddl->sql, node, (uint32_t)ddl->start, catalog_version(ddl->catalog), ddl->diags);
}

bool ddl_apply(DdlSession *session, const AstStatement *statement, const SqlText *sql, Diags *diags)
{
    return ddl_apply_parsed(session, statement, NULL, sql, diags);
}

bool ddl_apply_parsed(DdlSession *session, const AstStatement *statement, const DdlParsedBody *body,
                      const SqlText *sql, Diags *diags)
{
    Arena *scratch = arena_new();
    Ddl ddl = {
        .session = session,
        .catalog = session->catalog,
        .arena = session->arena,
        .scratch = scratch,
        .diags = diags,
        .sql = sql,
        .start = (int32_t)statement->start,
        .end = (int32_t)statement->end,
        .parsed_body = body,
        .context = {.catalog = session->catalog, .arena = session->arena, .diags = diags, .sql = sql},
    };
    CatalogSavepoint before = catalog_savepoint(session->catalog);
    SearchPathNames path = session->path;
    SessionRoles roles = session->roles;
    bool ok = !refused_as_aborted(&ddl, statement->node) && !refused_by_version(&ddl, statement->node) &&
              ddl_apply_node(&ddl, statement->node);
    if (ok && !session->in_transaction)
        ok = transaction_drop_tables(&ddl);
    if (!ok) {
        catalog_rollback(session->catalog, before);
        session->path = path;
        session_role_restore(session, roles);
        session->aborted = session->in_transaction;
    }
    arena_free(scratch);
    return ok;
}

bool ddl_try(DdlSession *session, const AstStatement *statement, const SqlText *sql, Diags *diags)
{
    CatalogSavepoint before = catalog_savepoint(session->catalog);
    ddl_begin_file(session);
    session->trying = true;
    bool good = ddl_apply(session, statement, sql, diags);
    session->trying = false;
    ddl_begin_file(session);
    catalog_rollback(session->catalog, before);
    return good;
}

bool ddl_transaction_aborted(const DdlSession *session)
{
    return session->aborted;
}

void ddl_query_failed(DdlSession *session)
{
    session->aborted = session->in_transaction;
}

/* ---- errors ---- */

Span ddl_span(const Ddl *ddl, int32_t location)
{
    return sqltext_span(ddl->sql, location < 0 ? ddl->start : location);
}

Diag *ddl_error(Ddl *ddl, int32_t location, const char *code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Diag *diag = diag_add(ddl->diags, DIAG_ERROR, ddl_span(ddl, location), code, format, args);
    va_end(args);
    return diag;
}

bool ddl_fail(Ddl *ddl, int32_t location, const char *code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag_add(ddl->diags, DIAG_ERROR, ddl_span(ddl, location), code, format, args);
    va_end(args);
    return false;
}

const char *ddl_type_name(const Ddl *ddl, Oid type)
{
    return catalog_format_type(ddl->catalog, ddl->diags->arena, type);
}

AstItems ddl_names(Ddl *ddl, const AstNode *node)
{
    if (!node || ast_kind(node) == AST_LIST)
        return ast_items(node);
    AstNode **items = arena_array_of(ddl->scratch, 1, AstNode *);
    items[0] = (AstNode *)(uintptr_t)node;
    return (AstItems){items, 1};
}

/* defGetBoolean: an option without a value is true. */
bool ddl_option_bool(const Ddl *ddl, const AstDefElem *option)
{
    (void)ddl;
    bool value = false;
    if (!option)
        return false;
    if (!option->arg)
        return true;
    return ast_option_bool(option, &value) && value;
}
