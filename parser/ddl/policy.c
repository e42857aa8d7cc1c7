/* Row security policies (PostgreSQL's policy.c). */
#include "ddl/ddl_private.h"

const Policy *address_policy(const Relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->npolicies; i++) {
        if (strcmp(relation->policies[i].name, name) == 0)
            return &relation->policies[i];
    }
    return NULL;
}

typedef struct PolicyExprs {
    Expr *qual, *check;
} PolicyExprs;

static bool analyze_one(Ddl *ddl, const AstNode *raw, const Relation *relation, Expr **expr)
{
    ExprScope scope = {.relations = &relation, .nrelations = 1};
    if (!raw)
        return true;
    *expr = analyze_condition(&ddl->context, raw, &scope, PARSE_POLICY, "POLICY");
    return *expr != NULL;
}

static void depend_policy(Ddl *ddl, Oid policy, Oid relation, const PolicyExprs *exprs)
{
    ObjectAddress self = address_of(CLASS_POLICY, policy);
    depend_on(ddl, self, address_of(CLASS_RELATION, relation), DEPENDENCY_AUTO);
    depend_on_expr(ddl, self, exprs->qual, &relation, 1, INVALID_OID, DEPENDENCY_NORMAL);
    depend_on_expr(ddl, self, exprs->check, &relation, 1, INVALID_OID, DEPENDENCY_NORMAL);
}

/* RangeVarCallbackForPolicy */
static const Relation *open_table(Ddl *ddl, const AstRangeVar *name)
{
    const Relation *relation = analyze_range_var(&ddl->context, name, false);
    if (!relation || !owner_check_relation(ddl, relation) || !relation_check_not_system(ddl, relation))
        return NULL;
    if (strchr("rp", relation->kind))
        return relation;
    ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" is not a table", relation->name);
    return NULL;
}

bool create_policy(Ddl *ddl, const AstNode *node)
{
    const AstCreatePolicyStmt *stmt = node->create_policy_stmt;
    const Relation *relation = open_table(ddl, stmt->table);
    if (!relation || !role_check_exists(ddl, AST_ITEMS(stmt, roles)))
        return false;
    const char *command = stmt->cmd_name;
    if (stmt->with_check && (strcmp(command, "select") == 0 || strcmp(command, "delete") == 0))
        return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "WITH CHECK cannot be applied to SELECT or DELETE");
    if (stmt->qual && strcmp(command, "insert") == 0)
        return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "only WITH CHECK expression allowed for INSERT");
    PolicyExprs exprs = {0};
    if (!analyze_one(ddl, stmt->qual, relation, &exprs.qual) ||
        !analyze_one(ddl, stmt->with_check, relation, &exprs.check))
        return false;
    if (address_policy(relation, stmt->policy_name))
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "policy \"%s\" for table \"%s\" already exists",
                        stmt->policy_name, relation->name);
    Relation *edit = catalog_edit_relation(ddl->catalog, relation->oid);
    Policy *policies = arena_array_of(ddl->arena, edit->npolicies + 1, Policy);
    if (edit->npolicies)
        memcpy(policies, edit->policies, edit->npolicies * sizeof *policies);
    Policy policy = {.oid = catalog_new_oid(ddl->catalog),
                     .name = arena_strdup(ddl->arena, stmt->policy_name),
                     .command = arena_strdup(ddl->arena, command),
                     .span = ddl_span(ddl, -1)};
    policies[edit->npolicies++] = policy;
    edit->policies = policies;
    catalog_put_relation(ddl->catalog, edit);
    depend_policy(ddl, policy.oid, edit->oid, &exprs);
    return true;
}

bool alter_policy(Ddl *ddl, const AstNode *node)
{
    const AstAlterPolicyStmt *stmt = node->alter_policy_stmt;
    const Relation *relation = open_table(ddl, stmt->table);
    if (!relation || !role_check_exists(ddl, AST_ITEMS(stmt, roles)))
        return false;
    PolicyExprs exprs = {0};
    if (!analyze_one(ddl, stmt->qual, relation, &exprs.qual) ||
        !analyze_one(ddl, stmt->with_check, relation, &exprs.check))
        return false;
    const Policy *policy = address_policy(relation, stmt->policy_name);
    if (!policy)
        return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "policy \"%s\" for table \"%s\" does not exist",
                        stmt->policy_name, relation->name);
    if (exprs.check && (strcmp(policy->command, "select") == 0 || strcmp(policy->command, "delete") == 0))
        return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "only USING expression allowed for SELECT, DELETE");
    if (exprs.qual && strcmp(policy->command, "insert") == 0)
        return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "only WITH CHECK expression allowed for INSERT");
    depend_policy(ddl, policy->oid, relation->oid, &exprs);
    return true;
}
