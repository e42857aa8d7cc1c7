/* Extended statistics (PostgreSQL's CreateStatistics): recorded, as they can be in the way of a DROP. */
#include "ddl/ddl_private.h"

/* ChooseExtendedStatisticName */
static const char *choose_name(Ddl *ddl, const AstCreateStatsStmt *stmt, const Relation *relation)
{
    Names columns = {0};
    for (size_t i = 0; i < stmt->n_exprs; i++) {
        const char *name = ast_text(stmt->exprs[i]->stats_elem->name);
        vec_push(ddl->scratch, &columns, name ? name : "expr");
    }
    const char *text = name_columns(ddl->scratch, columns.items, columns.len);
    for (unsigned n = 0;; n++) {
        const char *label = n ? arena_printf(ddl->scratch, "stat%u", n) : "stat";
        const char *name = name_make(ddl->arena, relation->name, text, label);
        if (!catalog_find_object_in(ddl->catalog, CLASS_STATISTICS, relation->schema, name))
            return name;
    }
}

enum { STATISTICS_MAX_COLUMNS = 8 };

static bool check_list(Ddl *ddl, const AstCreateStatsStmt *stmt)
{
    StrMap seen = {0};
    static const char *const kinds[] = {"ndistinct", "dependencies", "mcv"};
    for (size_t i = 0; i < stmt->n_stat_types; i++) {
        const char *kind = ast_string(stmt->stat_types[i]);
        bool known = false;
        for (size_t j = 0; j < sizeof kinds / sizeof *kinds; j++)
            known |= strcmp(kind, kinds[j]) == 0;
        if (!known)
            return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "unrecognized statistics kind \"%s\"", kind);
    }
    if (stmt->n_exprs > STATISTICS_MAX_COLUMNS)
        return ddl_fail(ddl, -1, SQLSTATE_TOO_MANY_COLUMNS, "cannot have more than %d columns in statistics",
                        STATISTICS_MAX_COLUMNS);
    for (size_t i = 0; i < stmt->n_exprs; i++) {
        const char *name = ast_text(stmt->exprs[i]->stats_elem->name);
        if (name && strmap_put(ddl->scratch, &seen, name, &seen))
            return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_COLUMN, "duplicate column name in statistics definition");
    }
    return true;
}

static bool check_expressions(Ddl *ddl, const AstCreateStatsStmt *stmt, const Relation *relation)
{
    ExprScope scope = {.relations = &relation, .nrelations = 1};
    VEC(Expr *) exprs = {0};
    for (size_t i = 0; i < stmt->n_exprs; i++) {
        const AstStatsElem *element = stmt->exprs[i]->stats_elem;
        if (ast_text(element->name)) {
            if (!catalog_find_column(relation, element->name))
                return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_COLUMN, "column \"%s\" does not exist", element->name);
            continue;
        }
        Expr *expr =
            analyze_expression(&ddl->context, element->expr, &scope, PARSE_STATS_EXPRESSION, INVALID_OID, -1, NULL);
        if (!expr)
            return false;
        for (size_t j = 0; j < exprs.len; j++) {
            if (expr_equal(exprs.items[j], expr))
                return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_COLUMN,
                                "duplicate expression in statistics definition");
        }
        vec_push(ddl->scratch, &exprs, expr);
    }
    if (stmt->n_exprs == 1 && (exprs.len == 0 || exprs.items[0]->kind == EXPR_VAR))
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                        "extended statistics require at least 2 columns");
    return true;
}

/* Columns that it is about take it with them. */
static void depend_statistics(Ddl *ddl, Oid oid, const AstCreateStatsStmt *stmt, const Relation *relation)
{
    bool any = false;
    for (size_t i = 0; i < stmt->n_exprs; i++) {
        const char *name = ast_text(stmt->exprs[i]->stats_elem->name);
        const Column *column = name ? relation_user_column(relation, name) : NULL;
        any |= column != NULL;
        if (column)
            depend_on(ddl, address_of(CLASS_STATISTICS, oid), address_of_column(relation->oid, column->number),
                      DEPENDENCY_AUTO);
        ExprScope scope = {.relations = &relation, .nrelations = 1};
        Expr *expr = name ? NULL
                          : analyze_expression(&ddl->context, stmt->exprs[i]->stats_elem->expr, &scope,
                                               PARSE_STATS_EXPRESSION, INVALID_OID, -1, NULL);
        depend_on_expr(ddl, address_of(CLASS_STATISTICS, oid), expr, &relation->oid, 1, relation->oid,
                       DEPENDENCY_AUTO);
    }
    if (!any)
        depend_on(ddl, address_of(CLASS_STATISTICS, oid), address_of(CLASS_RELATION, relation->oid),
                  DEPENDENCY_AUTO);
}

bool create_statistics(Ddl *ddl, const AstNode *node)
{
    const AstCreateStatsStmt *stmt = node->create_stats_stmt;
    if (stmt->n_relations != 1 || ast_kind(stmt->relations[0]) != AST_RANGE_VAR)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "only a single relation is allowed in CREATE STATISTICS");
    const Relation *relation = analyze_range_var(&ddl->context, stmt->relations[0]->range_var, false);
    if (!relation)
        return false;
    if (!strchr("rmpf", relation->kind)) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot define statistics for relation \"%s\"",
                               relation->name);
        describe_not_supported(ddl, diag, relation->kind);
        return false;
    }
    if (!owner_check_relation(ddl, relation))
        return false;
    const char *name = NULL;
    Oid schema = relation->schema;
    if (stmt->n_defnames)
        schema = name_creation_schema(ddl, AST_ITEMS(stmt, defnames), &name);
    if (!schema)
        return false;
    if (!name)
        name = choose_name(ddl, stmt, relation);
    if (stmt->if_not_exists && catalog_find_object_in(ddl->catalog, CLASS_STATISTICS, schema, name))
        return true;
    if (!check_list(ddl, stmt) || !check_expressions(ddl, stmt, relation))
        return false;
    Oid oid = named_object_create(ddl, CLASS_STATISTICS, schema, name);
    if (oid)
        depend_statistics(ddl, oid, stmt, relation);
    return oid != INVALID_OID;
}

bool alter_statistics(Ddl *ddl, const AstNode *node)
{
    const AstAlterStatsStmt *stmt = node->alter_stats_stmt;
    if (ast_statistics_target(stmt) < -1)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "statistics target %d is too low",
                        ast_statistics_target(stmt));
    AstItems names = AST_ITEMS(stmt, defnames);
    AstNode list = {.node_case = PG_QUERY__NODE__NODE_LIST};
    AstList items;
    pg_query__list__init(&items);
    items.n_items = names.len;
    items.items = (AstNode **)(uintptr_t)names.items;
    list.list = &items;
    ObjectAddress address;
    return address_find(ddl, PG_QUERY__OBJECT_TYPE__OBJECT_STATISTIC_EXT, &list, stmt->missing_ok, &address) &&
           (address.class == CLASS_NONE || owner_check(ddl, address));
}
