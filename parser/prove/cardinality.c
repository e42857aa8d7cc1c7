/* How many rows a query can return.
 *
 * Columns that an equality ties to a parameter, a constant or another tied column are "determined"; an entry of
 * FROM all of whose unique key is determined gives at most one row, and all its columns are determined then.
 * Repeated until nothing changes. */
#include "prove/cardinality.h"

#include "base/map.h"
#include "base/vec.h"
#include "catalog/builtin_oids.h"

#include <string.h>

/* column = value; only entries in `owners` (all when NULL) may be determined by it: the ON of an outer join says
 * nothing about its outer side. */
typedef struct Equality {
    Var *column;
    Expr *value;
    Oid op;
    const bool *owners;
} Equality;

typedef struct RowCount {
    const Catalog *catalog;
    Arena *arena;
    Query *query;
    bool *single; /* by range table index */
    IntMap determined;
    VEC(Equality) equalities;
} RowCount;

static uint64_t column_key(int rtindex, int attribute)
{
    return ((uint64_t)(uint32_t)rtindex << 16) | (uint16_t)attribute;
}

static bool is_single(const RowCount *count, int rtindex)
{
    return rtindex > 0 && (size_t)rtindex <= count->query->nrtable && count->single[rtindex];
}

/* ---- determined expressions ---- */

static bool is_undetermined(Expr *expr, void *context)
{
    const RowCount *count = context;
    switch ((int)expr->kind) {
    case EXPR_VAR: {
        const Var *var = (const Var *)expr;
        return var->levels_up == 0 && !is_single(count, var->rtindex) &&
               !intmap_get(&count->determined, column_key(var->rtindex, var->attribute));
    }
    case EXPR_FUNC:
    case EXPR_OP: {
        Oid oid = expr->kind == EXPR_FUNC ? ((FuncExpr *)expr)->function : ((OpExpr *)expr)->function;
        const Function *function = catalog_function(count->catalog, oid);
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
    return expr_walk(expr, is_undetermined, context);
}

/* ---- equalities ---- */

static Expr *strip(Expr *expr)
{
    while (expr->kind == EXPR_RELABEL)
        expr = ((Coercion *)expr)->arg;
    return expr;
}

static void add_equality(RowCount *count, Expr *column, Expr *value, Oid op, const bool *owners)
{
    column = strip(column);
    if (column->kind != EXPR_VAR || ((Var *)column)->levels_up != 0)
        return;
    Equality *equality = vec_add(count->arena, &count->equalities);
    *equality = (Equality){(Var *)column, value, op, owners};
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
    if (condition->kind == EXPR_OP && ((OpExpr *)condition)->args.len == 2) {
        OpExpr *op = (OpExpr *)condition;
        add_equality(count, op->args.items[0], op->args.items[1], op->op, owners);
        const Operator *found = catalog_operator(count->catalog, op->op);
        if (found && found->commutator)
            add_equality(count, op->args.items[1], op->args.items[0], found->commutator, owners);
    }
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

static void collect(RowCount *count, const JoinNode *node, const bool *owners)
{
    if (!node)
        return;
    if (node->kind == NODE_FROM) {
        for (size_t i = 0; i < node->nitems; i++)
            collect(count, node->items[i], owners);
        add_condition(count, node->quals, owners);
        return;
    }
    if (node->kind != NODE_JOIN)
        return;
    const bool *inside = owners;
    if (node->join == JOIN_LEFT || node->join == JOIN_RIGHT) {
        bool *inner = arena_array_of(count->arena, count->query->nrtable + 1, bool);
        mark_entries(node->join == JOIN_LEFT ? node->right : node->left, inner);
        inside = inner;
    }
    if (node->join != JOIN_FULL)
        add_condition(count, node->quals, inside);
    /* What holds inside one side of a join determines that side alone, whatever kind the join is. */
    if (node->join == JOIN_INNER) {
        collect(count, node->left, owners);
        collect(count, node->right, owners);
        return;
    }
    bool *left = arena_array_of(count->arena, count->query->nrtable + 1, bool);
    bool *right = arena_array_of(count->arena, count->query->nrtable + 1, bool);
    mark_entries(node->left, left);
    mark_entries(node->right, right);
    collect(count, node->left, left);
    collect(count, node->right, right);
}

/* ---- unique keys ---- */

static bool is_equality_of(const RowCount *count, Oid op, Oid opclass)
{
    const OpClass *class = catalog_opclass(count->catalog, opclass);
    if (!class)
        return false;
    FamilyOperatorList families = catalog_operator_families(count->catalog, count->arena, op);
    int equality = class->access_method == AM_HASH ? HASH_EQ : BTREE_EQ;
    for (size_t i = 0; i < families.len; i++)
        if (families.items[i].family == class->family && families.items[i].strategy == equality)
            return true;
    return false;
}

static bool key_column_is_tied(RowCount *count, int rtindex, int16_t attribute, Oid opclass)
{
    for (size_t i = 0; i < count->equalities.len; i++) {
        const Equality *equality = &count->equalities.items[i];
        if (equality->column->rtindex != rtindex || equality->column->attribute != attribute ||
            (equality->owners && !equality->owners[rtindex]))
            continue;
        if (!is_undetermined(equality->value, count) && is_equality_of(count, equality->op, opclass))
            return true;
    }
    return false;
}

static bool has_plain_children(const RowCount *count, const Relation *relation)
{
    return relation->kind != RELKIND_PARTITIONED &&
           catalog_children(count->catalog, count->arena, relation->oid).len > 0;
}

static bool relation_is_single(RowCount *count, const RangeTblEntry *rte, int rtindex)
{
    const Relation *relation = catalog_relation(count->catalog, rte->relation);
    if (!relation)
        return false;
    if (relation->view)
        return cardinality_of(count->catalog, count->arena, relation->view) != IR_ROWS_MANY;
    if (rte->inherit && has_plain_children(count, relation))
        return false;
    for (size_t i = 0; i < relation->nindexes; i++) {
        const Relation *index_relation = catalog_relation(count->catalog, relation->indexes[i]);
        const Index *index = index_relation ? index_relation->index : NULL;
        if (!index || !index->is_unique || !index->valid || index->predicate || !index->nkeys)
            continue;
        size_t tied = 0;
        while (tied < index->nkeys && index->columns[tied] > 0 &&
               key_column_is_tied(count, rtindex, index->columns[tied], index->opclasses[tied]))
            tied++;
        if (tied == index->nkeys)
            return true;
    }
    return false;
}

static bool function_is_single(const RowCount *count, const RangeTblEntry *rte)
{
    (void)count;
    for (size_t i = 0; i < rte->nfunctions; i++) {
        const Expr *expr = rte->functions[i].expr;
        if ((expr->kind == EXPR_FUNC && ((const FuncExpr *)expr)->returns_set) ||
            (expr->kind == EXPR_OP && ((const OpExpr *)expr)->returns_set))
            return false;
    }
    return true;
}

static bool cte_is_single(const RowCount *count, const RangeTblEntry *rte)
{
    if (rte->cte_levels_up != 0)
        return false;
    for (size_t i = 0; i < count->query->nctes; i++) {
        const CommonTableExpr *cte = count->query->ctes[i];
        if (strcmp(cte->name, rte->cte_name) == 0 && cte->query && !cte->recursive)
            return cardinality_of(count->catalog, count->arena, cte->query) != IR_ROWS_MANY;
    }
    return false;
}

static bool entry_is_single(RowCount *count, int rtindex)
{
    const RangeTblEntry *rte = count->query->rtable[rtindex - 1];
    switch (rte->kind) {
    case RTE_RELATION:
        return relation_is_single(count, rte, rtindex);
    case RTE_SUBQUERY:
        return cardinality_of(count->catalog, count->arena, rte->subquery) != IR_ROWS_MANY;
    case RTE_FUNCTION:
        return function_is_single(count, rte);
    case RTE_VALUES:
        return rte->nrows == 1;
    case RTE_CTE:
        return cte_is_single(count, rte);
    case RTE_RESULT:
        return true;
    case RTE_JOIN:
    case RTE_TABLEFUNC:
    case RTE_NAMED_TUPLESTORE:
        break;
    }
    return false;
}

/* ---- the whole query ---- */

static bool all_single(const RowCount *count, const JoinNode *node)
{
    if (!node)
        return true;
    switch (node->kind) {
    case NODE_RTREF:
        return count->single[node->rtindex];
    case NODE_JOIN:
        return node->join != JOIN_FULL && all_single(count, node->left) && all_single(count, node->right);
    case NODE_FROM:
        for (size_t i = 0; i < node->nitems; i++)
            if (!all_single(count, node->items[i]))
                return false;
        break;
    }
    return true;
}

static void find_single_entries(RowCount *count)
{
    Query *query = count->query;
    count->single = arena_array_of(count->arena, query->nrtable + 1, bool);
    collect(count, query->jointree, NULL);
    bool changed = true;
    while (changed) {
        changed = false;
        for (size_t i = 1; i <= query->nrtable; i++)
            if (!count->single[i] && entry_is_single(count, (int)i))
                changed = count->single[i] = true;
        static const bool present = true;
        for (size_t i = 0; i < count->equalities.len; i++) {
            const Equality *equality = &count->equalities.items[i];
            uint64_t key = column_key(equality->column->rtindex, equality->column->attribute);
            if (equality->owners || intmap_get(&count->determined, key) || is_undetermined(equality->value, count))
                continue;
            const Operator *op = catalog_operator(count->catalog, equality->op);
            const OpClass *class = catalog_default_opclass(count->catalog, AM_BTREE, op ? op->left : INVALID_OID);
            if (class && is_equality_of(count, equality->op, class->oid)) {
                intmap_put(count->arena, &count->determined, key, (void *)&present);
                changed = true;
            }
        }
    }
}

static bool is_constant_at_most_one(const Expr *limit)
{
    while (limit && limit->kind == EXPR_RELABEL)
        limit = ((const Coercion *)limit)->arg;
    if (limit && limit->kind == EXPR_FUNC && ((const FuncExpr *)limit)->args.len == 1)
        limit = ((const FuncExpr *)limit)->args.items[0]; /* int4 literal made int8 */
    if (!limit || limit->kind != EXPR_CONST || ((const Const *)limit)->is_null)
        return false;
    const char *text = ((const Const *)limit)->text;
    return strcmp(text, "1") == 0 || strcmp(text, "0") == 0;
}

static IrCardinality of_set_operation(const Catalog *catalog, Arena *arena, Query *query, const SetOpNode *node)
{
    if (node->rtindex)
        return cardinality_of(catalog, arena, query->rtable[node->rtindex - 1]->subquery);
    IrCardinality left = of_set_operation(catalog, arena, query, node->left);
    switch (node->op) {
    case SETOP_UNION:
        return IR_ROWS_MANY;
    case SETOP_INTERSECT:
        if (left == IR_ROWS_MANY)
            left = of_set_operation(catalog, arena, query, node->right);
        break;
    case SETOP_EXCEPT:
        break;
    }
    return left == IR_ROWS_MANY ? IR_ROWS_MANY : IR_ROWS_AT_MOST_ONE;
}

/* Before WHERE of a parent, LIMIT and OFFSET. */
static IrCardinality of_rows(RowCount *count)
{
    Query *query = count->query;
    if (query->set_operations)
        return of_set_operation(count->catalog, count->arena, query, query->set_operations);
    if (query->has_target_srfs)
        return IR_ROWS_MANY;
    if (!query->group.len && !query->ngrouping_sets && (query->has_aggs || query->having))
        return query->having ? IR_ROWS_AT_MOST_ONE : IR_ROWS_EXACTLY_ONE;
    if (query->ngrouping_sets)
        return IR_ROWS_MANY;
    find_single_entries(count);
    if (!all_single(count, query->jointree))
        return IR_ROWS_MANY;
    const JoinNode *from = query->jointree;
    if (!from || (!from->nitems && !from->quals))
        return query->group.len ? IR_ROWS_AT_MOST_ONE : IR_ROWS_EXACTLY_ONE;
    if (from->quals || from->nitems != 1 || from->items[0]->kind != NODE_RTREF)
        return IR_ROWS_AT_MOST_ONE;
    const RangeTblEntry *rte = query->rtable[from->items[0]->rtindex - 1];
    if (rte->kind == RTE_VALUES || rte->kind == RTE_FUNCTION)
        return IR_ROWS_EXACTLY_ONE;
    return rte->kind == RTE_SUBQUERY ? cardinality_of(count->catalog, count->arena, rte->subquery)
                                     : IR_ROWS_AT_MOST_ONE;
}

static bool may_skip_rows(const Relation *relation)
{
    for (size_t i = 0; i < relation->ntriggers; i++)
        if (relation->triggers[i].on_insert && relation->triggers[i].row &&
            (relation->triggers[i].before || relation->triggers[i].instead))
            return true;
    return relation->nrules > 0;
}

static IrCardinality of_insert(const Catalog *catalog, Arena *arena, Query *query)
{
    IrCardinality rows = query->insert_rows == 1 ? IR_ROWS_EXACTLY_ONE : IR_ROWS_MANY;
    if (!query->insert_rows && query->jointree && query->jointree->nitems == 1 &&
        query->jointree->items[0]->kind == NODE_RTREF) {
        const RangeTblEntry *rte = query->rtable[query->jointree->items[0]->rtindex - 1];
        if (rte->kind == RTE_SUBQUERY)
            rows = cardinality_of(catalog, arena, rte->subquery);
    }
    if (rows != IR_ROWS_EXACTLY_ONE)
        return rows;
    const RangeTblEntry *target = query->rtable[query->result_relation - 1];
    const Relation *relation = catalog_relation(catalog, target->relation);
    const OnConflict *conflict = query->on_conflict;
    bool skips = (conflict && (!conflict->do_update || conflict->where)) || !relation || may_skip_rows(relation);
    return skips ? IR_ROWS_AT_MOST_ONE : IR_ROWS_EXACTLY_ONE;
}

static IrCardinality of_change(RowCount *count)
{
    Query *query = count->query;
    if (query->command == COMMAND_MERGE)
        return IR_ROWS_MANY;
    find_single_entries(count);
    return count->single[query->result_relation] ? IR_ROWS_AT_MOST_ONE : IR_ROWS_MANY;
}

IrCardinality cardinality_of(const Catalog *catalog, Arena *arena, Query *query)
{
    RowCount count = {.catalog = catalog, .arena = arena, .query = query};
    if (query->command == COMMAND_INSERT)
        return of_insert(catalog, arena, query);
    if (query->command != COMMAND_SELECT)
        return of_change(&count);
    IrCardinality rows = of_rows(&count);
    if (rows == IR_ROWS_MANY && is_constant_at_most_one(query->limit) && !query->limit_with_ties)
        rows = IR_ROWS_AT_MOST_ONE;
    if (rows == IR_ROWS_EXACTLY_ONE && (query->limit || query->offset))
        rows = IR_ROWS_AT_MOST_ONE;
    return rows;
}
