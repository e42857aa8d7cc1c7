/* ALTER TABLE and its like: subcommands in PostgreSQL's order of passes (ATController, ATRewriteCatalogs). */
#include "ddl/ddl_private.h"

/* AlterTablePass: what a statement does first, whatever the order it is written in. */
typedef enum Pass {
    PASS_DROP,
    PASS_ALTER_TYPE,
    PASS_ADD_COLUMN,
    PASS_COLUMN_ATTRIBUTES,
    PASS_ADD_INDEX,
    PASS_ADD_CONSTRAINT,
    PASS_ADD_FOREIGN_KEY,
    PASS_MISC,
    NPASSES
} Pass;

typedef struct Action {
    Pass pass;
    AlterHandler *apply;
    const char *label; /* as in "ALTER action ... cannot be performed on relation" */
    const char *kinds; /* of relations it can be performed on */
} Action;

#define AT(name) PG_QUERY__ALTER_TABLE_TYPE__##name

static const Action actions[] = {
    [AT(AT_AddColumn)] = {PASS_ADD_COLUMN, alter_add_column, "ADD COLUMN", "rcfp"},
    [AT(AT_DropColumn)] = {PASS_DROP, alter_drop_column, "DROP COLUMN", "rcfp"},
    [AT(AT_ColumnDefault)] = {PASS_ADD_CONSTRAINT, alter_column_default, "ALTER COLUMN ... SET DEFAULT", "rvfp"},
    [AT(AT_DropNotNull)] = {PASS_DROP, alter_drop_not_null, "ALTER COLUMN ... DROP NOT NULL", "rfp"},
    [AT(AT_SetNotNull)] = {PASS_COLUMN_ATTRIBUTES, alter_set_not_null, "ALTER COLUMN ... SET NOT NULL", "rfp"},
    [AT(AT_DropExpression)] = {PASS_DROP, alter_drop_expression, "ALTER COLUMN ... DROP EXPRESSION", "rfp"},
    [AT(AT_SetStatistics)] = {PASS_MISC, alter_statistics_target, "ALTER COLUMN ... SET STATISTICS", "rmiIfp"},
    [AT(AT_SetOptions)] = {PASS_MISC, alter_column_options, "ALTER COLUMN ... SET", "rmfp"},
    [AT(AT_ResetOptions)] = {PASS_MISC, alter_column_options, "ALTER COLUMN ... RESET", "rmfp"},
    [AT(AT_SetStorage)] = {PASS_MISC, alter_storage, "ALTER COLUMN ... SET STORAGE", "rmfp"},
    [AT(AT_SetCompression)] = {PASS_MISC, alter_compression, "ALTER COLUMN ... SET COMPRESSION", "rmp"},
    [AT(AT_AlterColumnGenericOptions)] = {PASS_MISC, alter_column_check, "ALTER COLUMN ... OPTIONS", "f"},
    [AT(AT_AddConstraint)] = {PASS_ADD_CONSTRAINT, alter_add_constraint, "ADD CONSTRAINT", "rfp"},
    [AT(AT_AlterConstraint)] = {PASS_MISC, alter_constraint, "ALTER CONSTRAINT", "rp"},
    [AT(AT_ValidateConstraint)] = {PASS_MISC, alter_validate_constraint, "VALIDATE CONSTRAINT", "rfp"},
    [AT(AT_DropConstraint)] = {PASS_DROP, alter_drop_constraint, "DROP CONSTRAINT", "rfp"},
    [AT(AT_AlterColumnType)] = {PASS_ALTER_TYPE, alter_column_type, "ALTER COLUMN ... SET DATA TYPE", "rcfp"},
    [AT(AT_ChangeOwner)] = {PASS_MISC, alter_change_owner, "OWNER TO", "rvmcfpSiI"},
    [AT(AT_ClusterOn)] = {PASS_MISC, alter_cluster_on, "CLUSTER ON", "rmp"},
    [AT(AT_DropCluster)] = {PASS_MISC, alter_drop_cluster, "SET WITHOUT CLUSTER", "rmp"},
    [AT(AT_SetLogged)] = {PASS_MISC, alter_set_logged, "SET LOGGED", "rpS"},
    [AT(AT_SetUnLogged)] = {PASS_MISC, alter_set_unlogged, "SET UNLOGGED", "rpS"},
    [AT(AT_DropOids)] = {PASS_DROP, alter_accept, "SET WITHOUT OIDS", "rfp"},
    [AT(AT_SetAccessMethod)] = {PASS_MISC, alter_set_access_method, "SET ACCESS METHOD", "rm"},
    [AT(AT_SetTableSpace)] = {PASS_MISC, alter_accept, "SET TABLESPACE", "rmiIp"},
    [AT(AT_SetRelOptions)] = {PASS_MISC, alter_options, "SET", "rvmip"},
    [AT(AT_ResetRelOptions)] = {PASS_MISC, alter_options, "RESET", "rvmip"},
    [AT(AT_EnableTrig)] = {PASS_MISC, alter_trigger_state, "ENABLE TRIGGER", "rfp"},
    [AT(AT_EnableAlwaysTrig)] = {PASS_MISC, alter_trigger_state, "ENABLE ALWAYS TRIGGER", "rfp"},
    [AT(AT_EnableReplicaTrig)] = {PASS_MISC, alter_trigger_state, "ENABLE REPLICA TRIGGER", "rfp"},
    [AT(AT_DisableTrig)] = {PASS_MISC, alter_trigger_state, "DISABLE TRIGGER", "rfp"},
    [AT(AT_EnableTrigAll)] = {PASS_MISC, alter_accept, "ENABLE TRIGGER ALL", "rfp"},
    [AT(AT_DisableTrigAll)] = {PASS_MISC, alter_accept, "DISABLE TRIGGER ALL", "rfp"},
    [AT(AT_EnableTrigUser)] = {PASS_MISC, alter_accept, "ENABLE TRIGGER USER", "rfp"},
    [AT(AT_DisableTrigUser)] = {PASS_MISC, alter_accept, "DISABLE TRIGGER USER", "rfp"},
    [AT(AT_EnableRule)] = {PASS_MISC, alter_rule_state, "ENABLE RULE", "rp"},
    [AT(AT_EnableAlwaysRule)] = {PASS_MISC, alter_rule_state, "ENABLE ALWAYS RULE", "rp"},
    [AT(AT_EnableReplicaRule)] = {PASS_MISC, alter_rule_state, "ENABLE REPLICA RULE", "rp"},
    [AT(AT_DisableRule)] = {PASS_MISC, alter_rule_state, "DISABLE RULE", "rp"},
    [AT(AT_AddInherit)] = {PASS_MISC, alter_add_inherit, "INHERIT", "rfp"},
    [AT(AT_DropInherit)] = {PASS_MISC, alter_drop_inherit, "NO INHERIT", "rfp"},
    [AT(AT_AddOf)] = {PASS_MISC, alter_add_of, "OF", "rp"},
    [AT(AT_DropOf)] = {PASS_MISC, alter_drop_of, "NOT OF", "rp"},
    [AT(AT_ReplicaIdentity)] = {PASS_MISC, alter_replica_identity, "REPLICA IDENTITY", "rmp"},
    [AT(AT_EnableRowSecurity)] = {PASS_MISC, alter_row_security, "ENABLE ROW SECURITY", "rp"},
    [AT(AT_DisableRowSecurity)] = {PASS_MISC, alter_row_security, "DISABLE ROW SECURITY", "rp"},
    [AT(AT_ForceRowSecurity)] = {PASS_MISC, alter_accept, "FORCE ROW SECURITY", "rp"},
    [AT(AT_NoForceRowSecurity)] = {PASS_MISC, alter_accept, "NO FORCE ROW SECURITY", "rp"},
    [AT(AT_GenericOptions)] = {PASS_MISC, alter_foreign_options, "OPTIONS", "f"},
    [AT(AT_AttachPartition)] = {PASS_MISC, alter_attach_partition, "ATTACH PARTITION", "rpI"},
    [AT(AT_DetachPartition)] = {PASS_MISC, alter_detach_partition, "DETACH PARTITION", "rp"},
    [AT(AT_DetachPartitionFinalize)] = {PASS_MISC, alter_accept, "DETACH PARTITION ... FINALIZE", "rp"},
    [AT(AT_AddIdentity)] = {PASS_ADD_CONSTRAINT, alter_add_identity, "ALTER COLUMN ... ADD IDENTITY", "rvfp"},
    [AT(AT_SetIdentity)] = {PASS_COLUMN_ATTRIBUTES, alter_set_identity, "ALTER COLUMN ... SET", "rvfp"},
    [AT(AT_DropIdentity)] = {PASS_DROP, alter_drop_identity, "ALTER COLUMN ... DROP IDENTITY", "rvfp"},
};

static const Action *action_of(const AstAlterTableCmd *command)
{
    size_t subtype = (size_t)command->subtype;
    if (subtype >= sizeof actions / sizeof *actions || !actions[subtype].apply)
        return NULL;
    return &actions[subtype];
}

static Pass pass_of(const AstAlterTableCmd *command, const Action *action)
{
    if (command->subtype == AT(AT_ColumnDefault) && !command->def)
        return PASS_DROP;
    if (command->subtype != AT(AT_AddConstraint))
        return action->pass;
    switch ((int)command->def->constraint->contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
        return PASS_ADD_FOREIGN_KEY;
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
        return PASS_ADD_CONSTRAINT;
    default:
        return PASS_ADD_INDEX;
    }
}

bool alter_check_kind(Ddl *ddl, const Relation *relation, const char *kinds, const char *action)
{
    if (strchr(kinds, relation->kind))
        return true;
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE,
                           "ALTER action %s cannot be performed on relation \"%s\"", action, relation->name);
    describe_not_supported(ddl, diag, relation->kind);
    return false;
}

static bool check_commands(Ddl *ddl, const AstAlterTableStmt *stmt, const Relation *relation)
{
    for (size_t i = 0; i < stmt->n_cmds; i++) {
        const Action *action = action_of(stmt->cmds[i]->alter_table_cmd);
        if (!action)
            return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "unsupported form of ALTER TABLE");
        if (!alter_check_kind(ddl, relation, action->kinds, action->label))
            return false;
    }
    return true;
}

/* What ALTER VIEW, ALTER SEQUENCE … demand of the relation; ALTER TABLE takes any but a composite type. */
static bool check_kind(Ddl *ddl, const AstAlterTableStmt *stmt, const Relation *relation)
{
    if (!owner_check_relation(ddl, relation))
        return false;
    static const struct {
        AstObjectType type;
        const char *kinds, *wrong;
    } kinds[] = {
        {PG_QUERY__OBJECT_TYPE__OBJECT_VIEW, "v", "is not a view"},
        {PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW, "m", "is not a materialized view"},
        {PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE, "f", "is not a foreign table"},
        {PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE, "S", "is not a sequence"},
        {PG_QUERY__OBJECT_TYPE__OBJECT_INDEX, "iI", "is not an index"},
        {PG_QUERY__OBJECT_TYPE__OBJECT_TYPE, "c", "is not a composite type"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].type == stmt->objtype && !strchr(kinds[i].kinds, relation->kind))
            return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" %s", relation->name, kinds[i].wrong);
    }
    if (stmt->objtype != PG_QUERY__OBJECT_TYPE__OBJECT_TYPE && relation->kind == RELKIND_COMPOSITE) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" is a composite type", relation->name);
        ddl_hint(ddl, diag, "Use ALTER TYPE instead.");
        return false;
    }
    return relation_check_not_system(ddl, relation);
}

static bool check_types(Ddl *ddl, const AstAlterTableStmt *stmt, const AlterTarget *target)
{
    for (size_t i = 0; i < stmt->n_cmds; i++) {
        const AstAlterTableCmd *command = stmt->cmds[i]->alter_table_cmd;
        if (command->subtype == AT(AT_AlterColumnType) && !alter_check_column_type(ddl, target, command))
            return false;
    }
    return true;
}

bool alter_table(Ddl *ddl, const AstNode *node)
{
    const AstAlterTableStmt *stmt = node->alter_table_stmt;
    const Relation *relation = analyze_range_var(&ddl->context, stmt->relation, stmt->missing_ok);
    if (!relation)
        return stmt->missing_ok;
    if (!check_kind(ddl, stmt, relation) || !check_commands(ddl, stmt, relation))
        return false;
    TableConstraints pending = {0};
    RetypedColumns retyped = {0};
    AlterTarget target = {
        .relation = relation->oid, .recurse = stmt->relation->inh, .pending = &pending, .retyped = &retyped};
    if (!check_types(ddl, stmt, &target))
        return false;
    for (int pass = 0; pass < NPASSES; pass++) {
        for (size_t i = 0; i < stmt->n_cmds; i++) {
            const AstAlterTableCmd *command = stmt->cmds[i]->alter_table_cmd;
            const Action *action = action_of(command);
            if ((int)pass_of(command, action) == pass && !action->apply(ddl, &target, command))
                return false;
        }
        if (pass == PASS_ALTER_TYPE && !alter_reanalyze_dependents(ddl, &retyped))
            return false;
        if (pass == PASS_COLUMN_ATTRIBUTES && !alter_add_pending(ddl, &target))
            return false;
    }
    return true;
}
