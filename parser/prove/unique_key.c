/* Which entries of FROM give at most one row: those with a unique key all of whose columns are compared with values
 * that are the same for every row.
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

static const Catalog *catalog_of(const RowCount *count)
{
    return count->scope->proof->catalog;
}

static Arena *arena_of(const RowCount *count)
{
    return count->scope->proof->arena;
}

static Expr *strip(Expr *expr)
{
    while (expr->kind == EXPR_RELABEL)
        expr = ((Coercion *)expr)->arg;
    return expr;
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

static bool is_deterministic(const Catalog *catalog, Oid collation)
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
    return strcmp(function->name, "btvarstrequalimage") == 0 && is_deterministic(catalog, collation);
}

/* ---- fixed values ---- */

static bool is_fixed_entry(const RowCount *count, int rtindex)
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
        return var->levels_up == 0 && !is_fixed_entry(count, var->rtindex) &&
               !(determines(count, var) && equal_is_same(catalog_of(count), expr->type, expr->collation));
    }
    case EXPR_FUNC:
    case EXPR_OP: {
        Oid oid = expr->kind == EXPR_FUNC ? ((FuncExpr *)expr)->function : ((OpExpr *)expr)->function;
        const Function *function = catalog_function(catalog_of(count), oid);
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

/* Fixed as far as the equality of this operator family can tell. */
static bool is_fixed(RowCount *count, Expr *value, Oid family)
{
    if (!value || !may_vary(value, count))
        return true;
    if (value->kind != EXPR_VAR || ((Var *)value)->levels_up || !determines(count, (Var *)value))
        return false;
    const OpClass *class = default_class(catalog_of(count), value->type);
    return class && class->family == family;
}

bool count_is_determined(RowCount *count, Expr *expr)
{
    const OpClass *class = default_class(catalog_of(count), expr->type);
    if (class && is_fixed(count, expr, class->family))
        return true;
    for (size_t i = 0; class && i < count->equalities.len; i++) {
        const Equality *equality = &count->equalities.items[i];
        if (!equality->owners && expr_equal(equality->column, strip(expr)) &&
            operator_is_equality(count->scope->proof, equality->op, class->oid) &&
            is_deterministic(catalog_of(count), equality->collation) &&
            is_fixed(count, equality->value, class->family))
            return true;
    }
    return false;
}

/* ---- equalities ---- */

static void add_equality(RowCount *count, Equality equality)
{
    equality.column = strip(equality.column);
    if (equality.column->kind == EXPR_CONST || equality.column->kind == EXPR_PARAM)
        return;
    Equality *kept = vec_add(arena_of(count), &count->equalities);
    *kept = equality;
}

static void add_comparison(RowCount *count, const OpExpr *op, bool null_too, const bool *owners)
{
    if (op->args.len != 2)
        return;
    Expr *left = op->args.items[0], *right = op->args.items[1];
    add_equality(count, (Equality){left, right, op->op, op->input_collation, null_too, owners});
    const Operator *found = catalog_operator(catalog_of(count), op->op);
    if (found && found->commutator)
        add_equality(count, (Equality){right, left, found->commutator, op->input_collation, null_too, owners});
}

/* A condition that fixes what it is about: a column that is true or false, or NULL. */
static void add_fixed(RowCount *count, Expr *column, bool is_null, const bool *owners)
{
    const OpClass *class = is_null ? default_class(catalog_of(count), column->type) : NULL;
    if (is_null && !class)
        return;
    Oid op = class ? catalog_family_operator(catalog_of(count), class->family, class->input, class->input, BTREE_EQ)
                   : (Oid)OPERATOR_BOOL_EQ;
    add_equality(count, (Equality){column, NULL, op, column->collation, is_null, owners});
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
    Condition *kept = vec_add(arena_of(count), &count->conditions);
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
    bool *owners = arena_array_of(arena_of(count), count->query->nrtable + 1, bool);
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

/* ---- unique keys ---- */

/* An expression is compared as the index writes it. */
static bool is_key_column(const Equality *equality, int rtindex, const Index *index, size_t i)
{
    if (index->columns[i] <= 0)
        return index->expressions && index->expressions[i] &&
               expr_equal_at(equality->column, strip(index->expressions[i]), rtindex);
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
    const Catalog *catalog = catalog_of(count);
    const OpClass *class = catalog_opclass(catalog, index->opclasses[i]);
    for (size_t k = 0; class && k < count->equalities.len; k++) {
        const Equality *equality = &count->equalities.items[k];
        if ((equality->owners && !equality->owners[rtindex]) || !is_key_column(equality, rtindex, index, i) ||
            !operator_is_equality(count->scope->proof, equality->op, class->oid))
            continue;
        if (equality->collation != index->collations[i] && !is_deterministic(catalog, equality->collation))
            continue; /* may hold what is different to the index together */
        if (equality->null_too && !null_is_unique(count, rtindex, index, i))
            continue;
        if (is_fixed(count, equality->value, class->family))
            return true;
    }
    return false;
}

static bool column_is_compared(const RowCount *count, int rtindex, int attribute)
{
    for (size_t i = 0; i < count->equalities.len; i++) {
        const Equality *equality = &count->equalities.items[i];
        const Var *var = (const Var *)equality->column;
        const Operator *op = catalog_operator(catalog_of(count), equality->op);
        const Function *function = op ? catalog_function(catalog_of(count), op->function) : NULL;
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

/* An index of a partitioned table means something once every partition has its part (pg_index.indisvalid). */
static bool has_all_partitions(const RowCount *count, const Relation *table, const Relation *index)
{
    if (table->kind != RELKIND_PARTITIONED)
        return true;
    OidList parts = catalog_children(catalog_of(count), arena_of(count), table->oid);
    for (size_t i = 0; i < parts.len; i++) {
        const Relation *part = catalog_relation(catalog_of(count), parts.items[i]);
        bool found = false;
        for (size_t k = 0; part && k < part->nindexes && !found; k++) {
            const Relation *own = catalog_relation(catalog_of(count), part->indexes[k]);
            found = own && own->nparents && own->parents[0] == index->oid && has_all_partitions(count, part, own);
        }
        if (!found)
            return false;
    }
    return true;
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
            (!equality->value || !may_vary(equality->value, count)))
            vec_push(proof->arena, &given, ((GivenColumn){var->attribute, equality->op, equality->collation}));
    }
    return given.len && query_gives_one_for(proof, query, outer, &given);
}

/* An index of a partitioned table spans its partitions, one of a parent by inheritance does not. */
static bool relation_is_single(RowCount *count, const RangeTblEntry *rte, int rtindex)
{
    const Catalog *catalog = catalog_of(count);
    const Relation *relation = catalog_relation(catalog, rte->relation);
    if (!relation)
        return false;
    if (relation->view && relation->kind == RELKIND_VIEW)
        return entry_query_is_single(count, rtindex, relation->view, NULL);
    if (rte->inherit && relation->kind != RELKIND_PARTITIONED &&
        catalog_children(catalog, arena_of(count), relation->oid).len)
        return false;
    for (size_t i = 0; i < relation->nindexes; i++) {
        const Relation *index = catalog_relation(catalog, relation->indexes[i]);
        if (index && index_finds_one(count, rtindex, index->index) && has_all_partitions(count, relation, index)) {
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
        return ((Var *)expr)->levels_up == walk->depth && !is_fixed_entry(walk->count, ((Var *)expr)->rtindex);
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

static bool find_determined(RowCount *count)
{
    bool changed = false;
    for (size_t i = 0; i < count->equalities.len; i++) {
        Equality *equality = &count->equalities.items[i];
        const Var *var = (const Var *)equality->column;
        if (equality->owners || var->expr.kind != EXPR_VAR || var->levels_up || determines(count, var))
            continue;
        const OpClass *class = default_class(catalog_of(count), var->expr.type);
        if (class && operator_is_equality(count->scope->proof, equality->op, class->oid) &&
            is_deterministic(catalog_of(count), equality->collation) &&
            is_fixed(count, equality->value, class->family)) {
            intmap_put(arena_of(count), &count->determined, column_key(var->rtindex, var->attribute), equality);
            changed = true;
        }
    }
    return changed;
}

void count_find_single(RowCount *count, const GivenColumns *given)
{
    Query *query = count->query;
    count->single = arena_array_of(arena_of(count), query->nrtable + 1, bool);
    count->fixed = arena_array_of(arena_of(count), query->nrtable + 1, bool);
    count->keys = arena_array_of(arena_of(count), query->nrtable + 1, const char *);
    int column = 0;
    for (size_t t = 0; given && t < query->targets.len; t++) {
        column += !query->targets.items[t]->junk;
        for (size_t i = 0; !query->targets.items[t]->junk && i < given->len; i++)
            if (given->items[i].column == column)
                add_equality(count, (Equality){.column = query->targets.items[t]->expr,
                                               .op = given->items[i].op,
                                               .collation = given->items[i].collation});
    }
    collect(count, query->jointree, NULL);
    bool changed = true;
    while (changed) {
        changed = find_determined(count);
        for (size_t i = 1; i <= query->nrtable; i++) {
            if (!count->single[i] && entry_is_single(count, (int)i))
                changed = count->single[i] = true;
            if (!count->fixed[i] && entry_is_fixed(count, (int)i))
                changed = count->fixed[i] = true;
        }
    }
}
