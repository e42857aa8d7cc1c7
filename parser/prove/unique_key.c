/* Which entries of FROM give at most one row: those with a unique key all of whose columns are compared with values
 * that are the same for every row (fixed.c). */
#include "prove/cardinality.h"

/* ---- unique keys ---- */

/* An expression is compared as the index writes it. */
static bool is_key_column(const Equality *equality, int rtindex, const Index *index, size_t i)
{
    if (index->columns[i] <= 0)
        return index->expressions && index->expressions[i] &&
               expr_equal_at(equality->column, expr_without_relabel(index->expressions[i]), rtindex);
    const Var *var = (const Var *)equality->column;
    return var->expr.kind == EXPR_VAR && var->levels_up == 0 && var->rtindex == rtindex &&
           var->attribute == index->columns[i];
}

/* NULLs are not equal to each other for a unique index, unless it says so. */
static bool null_is_unique(RowCount *count, int rtindex, const Index *index, size_t i)
{
    return index->nulls_not_distinct ||
           (index->columns[i] > 0 && !null_rte_column(count->scope, rtindex, index->columns[i]));
}

bool count_key_column_is_tied(RowCount *count, int rtindex, const Index *index, size_t i)
{
    const Catalog *catalog = count_catalog(count);
    const OpClass *class = catalog_opclass(catalog, index->opclasses[i]);
    for (size_t k = 0; class && k < count->equalities.len; k++) {
        const Equality *equality = &count->equalities.items[k];
        if ((equality->owners && !equality->owners[rtindex]) || !is_key_column(equality, rtindex, index, i) ||
            !operator_is_equality(count->scope->proof, equality->op, class->oid))
            continue;
        if (equality->collation != index->collations[i] &&
            !collation_is_deterministic(catalog, equality->collation))
            continue; /* may hold what is different to the index together */
        if (equality->null_too && !null_is_unique(count, rtindex, index, i))
            continue;
        if (count_is_fixed(count, equality->value, class->family))
            return true;
    }
    return false;
}

static bool column_is_compared(const RowCount *count, int rtindex, int attribute)
{
    for (size_t i = 0; i < count->equalities.len; i++) {
        const Equality *equality = &count->equalities.items[i];
        const Var *var = (const Var *)equality->column;
        const Operator *op = catalog_operator(count_catalog(count), equality->op);
        const Function *function = op ? catalog_function(count_catalog(count), op->function) : NULL;
        if (var->expr.kind == EXPR_VAR && !var->levels_up && var->rtindex == rtindex &&
            var->attribute == attribute && !equality->null_too && function && function->strict &&
            !(equality->owners && !equality->owners[rtindex]))
            return true;
    }
    return false;
}

/* x IS NOT NULL, which declarations and comparisons prove too. */
static bool null_test_holds(const RowCount *count, int rtindex, const Expr *predicate)
{
    if (predicate->kind != EXPR_NULL_TEST || ((const NullTest *)predicate)->is_null ||
        ((const NullTest *)predicate)->arg_is_row || ((const NullTest *)predicate)->arg->kind != EXPR_VAR)
        return false;
    int attribute = ((const Var *)((const NullTest *)predicate)->arg)->attribute;
    return column_is_compared(count, rtindex, attribute) ||
           varset_find(&count->scope->proved, rtindex, attribute) ||
           !null_rte_column(count->scope, rtindex, attribute);
}

static bool predicate_holds(RowCount *count, int rtindex, const Expr *predicate)
{
    if (predicate->kind == EXPR_BOOL && ((const BoolExpr *)predicate)->op == BOOL_AND) {
        const ExprList *args = &((const BoolExpr *)predicate)->args;
        for (size_t i = 0; i < args->len; i++)
            if (!predicate_holds(count, rtindex, args->items[i]))
                return false;
        return true;
    }
    for (size_t i = 0; i < count->conditions.len; i++) {
        const Condition *condition = &count->conditions.items[i];
        if (!(condition->owners && !condition->owners[rtindex]) &&
            expr_equal_at(condition->expr, predicate, rtindex))
            return true;
    }
    return null_test_holds(count, rtindex, predicate);
}

bool count_index_predicate_holds(RowCount *count, int rtindex, const Index *index)
{
    return !index->predicate || predicate_holds(count, rtindex, index->predicate);
}

static bool index_finds_one(RowCount *count, int rtindex, const Index *index)
{
    if (!index || !index->is_unique || !index->valid || !index->immediate || !index->nkeys)
        return false;
    for (size_t i = 0; i < index->nkeys; i++)
        if (!count_key_column_is_tied(count, rtindex, index, i))
            return false;
    return count_index_predicate_holds(count, rtindex, index);
}

/* ---- entries ---- */

/* The columns of an entry that are fixed, for the query it stands for. */
static bool entry_query_is_single(RowCount *count, int rtindex, Query *query, NullScope *outer)
{
    NullProof *proof = count->scope->proof;
    if (cardinality_of(proof, query, outer) != IR_ROWS_MANY)
        return true;
    GivenColumns given = {0};
    for (size_t i = 0; i < count->equalities.len; i++) {
        const Equality *equality = &count->equalities.items[i];
        const Var *var = (const Var *)equality->column;
        if (var->expr.kind == EXPR_VAR && !var->levels_up && var->rtindex == rtindex && var->attribute > 0 &&
            !equality->null_too && !(equality->owners && !equality->owners[rtindex]) &&
            (!equality->value || !count_varies(count, equality->value)))
            vec_push(proof->arena, &given, ((GivenColumn){var->attribute, equality->op, equality->collation}));
    }
    return given.len && query_gives_one_for(proof, query, outer, &given);
}

/* An index of a partitioned table spans its partitions, one of a parent by inheritance does not. */
static bool relation_is_single(RowCount *count, const RangeTblEntry *rte, int rtindex)
{
    const Catalog *catalog = count_catalog(count);
    const Relation *relation = catalog_relation(catalog, rte->relation);
    if (!relation)
        return false;
    if (relation->view && relation->kind == RELKIND_VIEW)
        return entry_query_is_single(count, rtindex, relation->view, NULL);
    if (rte->inherit && relation->kind != RELKIND_PARTITIONED &&
        catalog_children(catalog, count_arena(count), relation->oid).len)
        return false;
    for (size_t i = 0; i < relation->nindexes; i++) {
        const Relation *index = catalog_relation(catalog, relation->indexes[i]);
        if (index && index_finds_one(count, rtindex, index->index)) {
            count->keys[rtindex] = index->name;
            return true;
        }
    }
    return false;
}

static bool function_is_single(const RangeTblEntry *rte)
{
    for (size_t i = 0; i < rte->nfunctions; i++) {
        const Expr *expr = rte->functions[i].expr;
        if ((expr->kind == EXPR_FUNC && ((const FuncExpr *)expr)->returns_set) ||
            (expr->kind == EXPR_OP && ((const OpExpr *)expr)->returns_set))
            return false;
    }
    return true;
}

static bool cte_is_single(RowCount *count, const RangeTblEntry *rte, int rtindex)
{
    NullScope *defining;
    CommonTableExpr *cte = null_find_cte(count->scope, rte, &defining);
    return cte && cte->query && !cte->recursive && entry_query_is_single(count, rtindex, cte->query, defining);
}

static bool entry_is_single(RowCount *count, int rtindex)
{
    const RangeTblEntry *rte = count->query->rtable[rtindex - 1];
    switch (rte->kind) {
    case RTE_RELATION:
        return relation_is_single(count, rte, rtindex);
    case RTE_SUBQUERY:
        return entry_query_is_single(count, rtindex, rte->subquery, count->scope);
    case RTE_FUNCTION:
        return function_is_single(rte);
    case RTE_VALUES:
        return rte->nrows == 1;
    case RTE_CTE:
        return cte_is_single(count, rte, rtindex);
    case RTE_RESULT:
        return true;
    case RTE_JOIN:
    case RTE_TABLEFUNC:
    case RTE_NAMED_TUPLESTORE:
        break;
    }
    return false;
}

/* ---- entries with the same row everywhere ---- */

/* Looks for columns of entries that are not fixed, from inside sub-selects. */
typedef struct VaryingWalk {
    const RowCount *count;
    int depth; /* levels below the query being counted */
} VaryingWalk;

static bool query_reads_varying(Query *query, void *context);

static bool reads_varying(Expr *expr, void *context)
{
    const VaryingWalk *walk = context;
    if (expr->kind == EXPR_VAR)
        return ((Var *)expr)->levels_up == walk->depth &&
               !count_entry_is_fixed(walk->count, ((Var *)expr)->rtindex);
    if (expr->kind == EXPR_SUBLINK && query_reads_varying(((SubLink *)expr)->query, context))
        return true;
    return expr_walk(expr, reads_varying, context);
}

static bool query_reads_varying(Query *query, void *context)
{
    const VaryingWalk *walk = context;
    VaryingWalk below = {walk->count, walk->depth + 1};
    return query_walk_exprs(query, reads_varying, &below) ||
           query_walk_subqueries(query, query_reads_varying, &below);
}

/* LATERAL: another row for each of those it looks at. */
static bool depends_on_varying(const RowCount *count, const RangeTblEntry *rte)
{
    VaryingWalk walk = {count, 0};
    if (rte->kind == RTE_SUBQUERY)
        return query_reads_varying(rte->subquery, &walk);
    for (size_t i = 0; rte->kind == RTE_FUNCTION && i < rte->nfunctions; i++)
        if (reads_varying(rte->functions[i].expr, &walk))
            return true;
    for (size_t i = 0; rte->kind == RTE_VALUES && i < rte->nrows; i++)
        for (size_t k = 0; k < rte->values[i].len; k++)
            if (reads_varying(rte->values[i].items[k], &walk))
                return true;
    return false;
}

static bool all_fixed(const RowCount *count, const JoinNode *node)
{
    if (node->kind == NODE_JOIN)
        return all_fixed(count, node->left) && all_fixed(count, node->right);
    return node->kind == NODE_RTREF && count->fixed[node->rtindex];
}

/* Whether the entry is in the node and no outer join inside takes its row away. */
static bool has_inside(const JoinNode *node, int rtindex)
{
    if (node->kind == NODE_RTREF)
        return node->rtindex == rtindex;
    return node->kind == NODE_JOIN &&
           (((node->join == JOIN_INNER || node->join == JOIN_LEFT) && has_inside(node->left, rtindex)) ||
            ((node->join == JOIN_INNER || node->join == JOIN_RIGHT) && has_inside(node->right, rtindex)));
}

/* A row that is there for some rows of the outer side and not for others is not the same everywhere. */
static bool extension_varies(const RowCount *count, int rtindex)
{
    const JoinNode *join = count->scope->extended[rtindex];
    if (!join)
        return false;
    if (join->join != JOIN_LEFT && join->join != JOIN_RIGHT)
        return true;
    const JoinNode *outer = join->join == JOIN_LEFT ? join->left : join->right;
    const JoinNode *inner = join->join == JOIN_LEFT ? join->right : join->left;
    return !all_fixed(count, outer) || !has_inside(inner, rtindex);
}

static bool entry_is_fixed(const RowCount *count, int rtindex)
{
    return count->single[rtindex] && !extension_varies(count, rtindex) &&
           !depends_on_varying(count, count->query->rtable[rtindex - 1]);
}

/* ---- all of them ---- */

void count_find_single(RowCount *count, const GivenColumns *given)
{
    Query *query = count->query;
    count->single = arena_array_of(count_arena(count), query->nrtable + 1, bool);
    count->fixed = arena_array_of(count_arena(count), query->nrtable + 1, bool);
    count->keys = arena_array_of(count_arena(count), query->nrtable + 1, const char *);
    int column = 0;
    for (size_t t = 0; given && t < query->targets.len; t++) {
        column += !query->targets.items[t]->junk;
        for (size_t i = 0; !query->targets.items[t]->junk && i < given->len; i++)
            if (given->items[i].column == column)
                count_add_equality(count, (Equality){.column = query->targets.items[t]->expr,
                                                     .op = given->items[i].op,
                                                     .collation = given->items[i].collation});
    }
    count_collect_equalities(count);
    bool changed = true;
    while (changed) {
        changed = count_find_determined(count);
        for (size_t i = 1; i <= query->nrtable; i++) {
            if (!count->single[i] && entry_is_single(count, (int)i))
                changed = count->single[i] = true;
            if (!count->fixed[i] && entry_is_fixed(count, (int)i))
                changed = count->fixed[i] = true;
        }
    }
}
