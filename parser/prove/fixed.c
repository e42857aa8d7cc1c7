/* Values that are the same for every row, and the conditions that tie columns to them.
 *
 * Equal is not the same: 1.0 = 1.00 as numeric, but as text they differ. So a column that is only known to be equal
 * to something stands for a fixed value by itself, but not inside an expression, unless its type has no such pairs
 * (the operator class has an equalimage function, as PostgreSQL needs to know for deduplication). */
#include "catalog/builtin_oids.h"
#include "prove/cardinality.h"

#include <string.h>

enum { BTREE_EQUALIMAGE_PROC = 4, OPERATOR_BOOL_EQ = 91 /* boolean = boolean */ };

static uint64_t column_key(int rtindex, int attribute)
{
    return ((uint64_t)(uint32_t)rtindex << 16) | (uint16_t)attribute;
}

/* ---- types and operators ---- */

bool operator_is_equality(const NullProof *proof, Oid op, Oid opclass)
{
    const Catalog *catalog = proof->catalog;
    const OpClass *class = catalog_opclass(catalog, opclass);
    const Operator *found = catalog_operator(catalog, op);
    if (!class || !found)
        return false;
    int equality = class->access_method == AM_HASH ? HASH_EQ : BTREE_EQ;
    return catalog_family_operator(catalog, class->family, found->left, found->right, equality) == op;
}

bool collation_is_deterministic(const Catalog *catalog, Oid collation)
{
    const Collation *found = collation ? catalog_collation(catalog, collation) : NULL;
    return !collation || (found && found->deterministic);
}

static const OpClass *default_class(const Catalog *catalog, Oid type)
{
    const Type *t = catalog_type(catalog, type);
    while (t && t->typtype == TYPTYPE_DOMAIN)
        t = catalog_type(catalog, t->base);
    return t ? catalog_default_opclass(catalog, AM_BTREE, t->oid) : NULL;
}

/* Whether equal values of the type are the same in every respect. */
static bool equal_is_same(const Catalog *catalog, Oid type, Oid collation)
{
    const OpClass *class = default_class(catalog, type);
    Oid oid =
        class ? catalog_family_function(catalog, class->family, class->input, class->input, BTREE_EQUALIMAGE_PROC)
              : INVALID_OID;
    const Function *function = oid ? catalog_function(catalog, oid) : NULL;
    if (!function)
        return false;
    if (strcmp(function->name, "btequalimage") == 0)
        return true;
    return strcmp(function->name, "btvarstrequalimage") == 0 && collation_is_deterministic(catalog, collation);
}

/* ---- fixed values ---- */

bool count_entry_is_fixed(const RowCount *count, int rtindex)
{
    return rtindex > 0 && (size_t)rtindex <= count->query->nrtable && count->fixed[rtindex];
}

static const Equality *determines(const RowCount *count, const Var *var)
{
    return intmap_get(&count->determined, column_key(var->rtindex, var->attribute));
}

/* Whether the value may differ between rows that the query returns. */
static bool may_vary(Expr *expr, void *context)
{
    const RowCount *count = context;
    switch ((int)expr->kind) {
    case EXPR_VAR: {
        const Var *var = (const Var *)expr;
        return var->levels_up == 0 && !count_entry_is_fixed(count, var->rtindex) &&
               !(determines(count, var) && equal_is_same(count_catalog(count), expr->type, expr->collation));
    }
    case EXPR_FUNC:
    case EXPR_OP: {
        Oid oid = expr->kind == EXPR_FUNC ? ((FuncExpr *)expr)->function : ((OpExpr *)expr)->function;
        const Function *function = catalog_function(count_catalog(count), oid);
        if (!function || function->volatility == 'v' || function->returns_set)
            return true;
        break;
    }
    case EXPR_SUBLINK:
        return ((SubLink *)expr)->sublink != SUBLINK_EXPR || expr_contains_vars_of_level(expr, 0);
    case EXPR_AGGREF:
    case EXPR_WINDOW_FUNC:
    case EXPR_NEXT_VALUE:
        return true;
    default:
        break;
    }
    return expr_walk(expr, may_vary, context);
}

bool count_varies(RowCount *count, Expr *value)
{
    return may_vary(value, count);
}

/* Fixed as far as the equality of this operator family can tell. */
bool count_is_fixed(RowCount *count, Expr *value, Oid family)
{
    if (!value || !count_varies(count, value))
        return true;
    if (value->kind != EXPR_VAR || ((Var *)value)->levels_up || !determines(count, (Var *)value))
        return false;
    const OpClass *class = default_class(count_catalog(count), value->type);
    return class && class->family == family;
}

bool count_is_determined(RowCount *count, Expr *expr)
{
    const OpClass *class = default_class(count_catalog(count), expr->type);
    if (class && count_is_fixed(count, expr, class->family))
        return true;
    for (size_t i = 0; class && i < count->equalities.len; i++) {
        const Equality *equality = &count->equalities.items[i];
        if (!equality->owners && expr_equal(equality->column, expr_without_relabel(expr)) &&
            operator_is_equality(count->scope->proof, equality->op, class->oid) &&
            collation_is_deterministic(count_catalog(count), equality->collation) &&
            count_is_fixed(count, equality->value, class->family))
            return true;
    }
    return false;
}

/* ---- equalities ---- */

void count_add_equality(RowCount *count, Equality equality)
{
    equality.column = expr_without_relabel(equality.column);
    if (equality.column->kind == EXPR_CONST || equality.column->kind == EXPR_PARAM)
        return;
    Equality *kept = vec_add(count_arena(count), &count->equalities);
    *kept = equality;
}

static void add_comparison(RowCount *count, const OpExpr *op, bool null_too, const bool *owners)
{
    if (op->args.len != 2)
        return;
    Expr *left = op->args.items[0], *right = op->args.items[1];
    count_add_equality(count, (Equality){left, right, op->op, op->input_collation, null_too, owners});
    const Operator *found = catalog_operator(count_catalog(count), op->op);
    if (found && found->commutator)
        count_add_equality(count,
                           (Equality){right, left, found->commutator, op->input_collation, null_too, owners});
}

/* A condition that fixes what it is about: a column that is true or false, or NULL. */
static void add_fixed(RowCount *count, Expr *column, bool is_null, const bool *owners)
{
    const OpClass *class = is_null ? default_class(count_catalog(count), column->type) : NULL;
    if (is_null && !class)
        return;
    Oid op =
        class ? catalog_family_operator(count_catalog(count), class->family, class->input, class->input, BTREE_EQ)
              : (Oid)OPERATOR_BOOL_EQ;
    count_add_equality(count, (Equality){column, NULL, op, column->collation, is_null, owners});
}

static void add_condition(RowCount *count, Expr *condition, const bool *owners)
{
    if (!condition)
        return;
    if (condition->kind == EXPR_BOOL && ((BoolExpr *)condition)->op == BOOL_AND) {
        BoolExpr *both = (BoolExpr *)condition;
        for (size_t i = 0; i < both->args.len; i++)
            add_condition(count, both->args.items[i], owners);
        return;
    }
    Condition *kept = vec_add(count_arena(count), &count->conditions);
    *kept = (Condition){condition, owners};
    Expr *inner = condition->kind == EXPR_BOOL && ((BoolExpr *)condition)->op == BOOL_NOT
                      ? ((BoolExpr *)condition)->args.items[0]
                      : condition;
    if (condition->kind == EXPR_OP)
        add_comparison(count, (OpExpr *)condition, false, owners);
    else if (inner != condition && inner->kind == EXPR_DISTINCT)
        add_comparison(count, (OpExpr *)inner, true, owners);
    else if (inner->kind == EXPR_VAR)
        add_fixed(count, inner, false, owners);
    else if (condition->kind == EXPR_NULL_TEST && ((NullTest *)condition)->is_null &&
             !((NullTest *)condition)->arg_is_row)
        add_fixed(count, ((NullTest *)condition)->arg, true, owners);
}

static void mark_entries(const JoinNode *node, bool *owners)
{
    if (!node)
        return;
    if (node->kind == NODE_RTREF)
        owners[node->rtindex] = true;
    for (size_t i = 0; node->kind == NODE_FROM && i < node->nitems; i++)
        mark_entries(node->items[i], owners);
    if (node->kind == NODE_JOIN) {
        mark_entries(node->left, owners);
        mark_entries(node->right, owners);
    }
}

static const bool *entries_of(const RowCount *count, const JoinNode *node)
{
    bool *owners = arena_array_of(count_arena(count), count->query->nrtable + 1, bool);
    mark_entries(node, owners);
    return owners;
}

static bool leaf_is_extended(const RowCount *count, const JoinNode *node)
{
    while (node->kind == NODE_JOIN)
        node = node->left;
    return node->kind != NODE_RTREF || count->scope->extended[node->rtindex];
}

/* A join none of whose sides may be without a row, as conditions above it or a foreign key say, is an inner one. */
JoinKind count_effective_join(const RowCount *count, const JoinNode *node)
{
    bool left = leaf_is_extended(count, node->left), right = leaf_is_extended(count, node->right);
    switch (node->join) {
    case JOIN_INNER:
        break;
    case JOIN_LEFT:
        return right ? JOIN_LEFT : JOIN_INNER;
    case JOIN_RIGHT:
        return left ? JOIN_RIGHT : JOIN_INNER;
    case JOIN_FULL:
        if (left && right)
            return JOIN_FULL;
        return right ? JOIN_LEFT : left ? JOIN_RIGHT : JOIN_INNER;
    }
    return JOIN_INNER;
}

static void collect(RowCount *count, const JoinNode *node, const bool *owners)
{
    if (!node || node->kind == NODE_RTREF)
        return;
    if (node->kind == NODE_FROM) {
        for (size_t i = 0; i < node->nitems; i++)
            collect(count, node->items[i], owners);
        add_condition(count, node->quals, owners);
        return;
    }
    JoinKind join = count_effective_join(count, node);
    if (join == JOIN_INNER) {
        add_condition(count, node->quals, owners);
        collect(count, node->left, owners);
        collect(count, node->right, owners);
        return;
    }
    /* What holds inside one side of a join determines that side alone, whatever kind the join is. */
    const bool *left = entries_of(count, node->left), *right = entries_of(count, node->right);
    if (join != JOIN_FULL)
        add_condition(count, node->quals, join == JOIN_LEFT ? right : left);
    /* All that the outer side is goes through the join. */
    collect(count, node->left, join == JOIN_LEFT ? owners : left);
    collect(count, node->right, join == JOIN_RIGHT ? owners : right);
}

void count_collect_equalities(RowCount *count)
{
    collect(count, count->query->jointree, NULL);
}

/* Columns that hold a fixed value in every row. */
bool count_find_determined(RowCount *count)
{
    bool changed = false;
    for (size_t i = 0; i < count->equalities.len; i++) {
        Equality *equality = &count->equalities.items[i];
        const Var *var = (const Var *)equality->column;
        if (equality->owners || var->expr.kind != EXPR_VAR || var->levels_up || determines(count, var))
            continue;
        const OpClass *class = default_class(count_catalog(count), var->expr.type);
        if (class && operator_is_equality(count->scope->proof, equality->op, class->oid) &&
            collation_is_deterministic(count_catalog(count), equality->collation) &&
            count_is_fixed(count, equality->value, class->family)) {
            intmap_put(count_arena(count), &count->determined, column_key(var->rtindex, var->attribute), equality);
            changed = true;
        }
    }
    return changed;
}
