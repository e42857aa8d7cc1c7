/* Foreign keys: a row whose key columns are not NULL has a row in the table it refers to, so that a join along the
 * whole key finds one.
 *
 * That holds of what one snapshot shows of both tables, hence not where rows may be newer than the snapshot: the
 * target of a statement, and tables joined under FOR UPDATE, whose locked rows are read again as they are by then.
 * Nor does it hold of constraints that were never validated or may be deferred, of children by inheritance, which
 * do not have their parent's foreign keys, nor where row security may hide the row that is referred to. */
#include "prove/cardinality.h"
#include "prove/nullness.h"

enum { MOST_KEY_COLUMNS = 32 }; /* INDEX_MAX_KEYS */

/* The table's column that a value is taken from unchanged. */
typedef struct Origin {
    const Query *query;
    int rtindex;
    int attribute;
} Origin;

typedef struct KeyPair {
    Var *child;
    int parent; /* attribute */
    Oid op;     /* child = parent, or its commutator */
    Oid collation;
} KeyPair;

typedef struct KeyPairs {
    KeyPair items[MOST_KEY_COLUMNS];
    size_t len;
    Origin origin;
} KeyPairs;

/* ---- where a column comes from ---- */

static Expr *target_column(const Query *query, int column)
{
    if (query->command != COMMAND_SELECT || query->set_operations || query->ngrouping_sets)
        return NULL;
    int number = 0;
    for (size_t i = 0; i < query->targets.len; i++)
        if (!query->targets.items[i]->junk && ++number == column)
            return query->targets.items[i]->expr;
    return NULL;
}

/* Through joins, sub-selects, views and common table expressions. */
static bool find_origin(NullScope *scope, const NullProof *proof, Query *query, Expr *expr, Origin *origin)
{
    expr = expr_without_relabel(expr);
    if (expr->kind != EXPR_VAR || ((Var *)expr)->levels_up || ((Var *)expr)->rtindex <= 0)
        return false;
    const Var *var = (const Var *)expr;
    const RangeTblEntry *rte = query->rtable[var->rtindex - 1];
    Query *inner = NULL;
    if (rte->kind == RTE_RELATION) {
        const Relation *relation = catalog_relation(proof->catalog, rte->relation);
        if (!relation || relation->kind != RELKIND_VIEW) {
            *origin = (Origin){query, var->rtindex, var->attribute};
            return relation && var->attribute > 0;
        }
        inner = relation->view;
    } else if (rte->kind == RTE_JOIN) {
        bool known = rte->join_vars && var->attribute > 0 && (size_t)var->attribute <= rte->ncolumns;
        Expr *side = known ? rte->join_vars[var->attribute - 1] : NULL;
        return side && find_origin(scope, proof, query, side, origin);
    } else if (rte->kind == RTE_SUBQUERY) {
        inner = rte->subquery;
    } else if (rte->kind == RTE_CTE && scope && scope->query == query) {
        NullScope *defining;
        const CommonTableExpr *cte = null_find_cte(scope, rte, &defining);
        inner = cte && !cte->recursive ? cte->query : NULL;
    }
    Expr *column = inner ? target_column(inner, var->attribute) : NULL;
    return column && find_origin(NULL, proof, inner, column, origin);
}

/* ---- the conditions ---- */

static bool add_pair(NullScope *child, Expr *left, Expr *right, int parent, int levels, const OpExpr *op,
                     KeyPairs *pairs)
{
    left = expr_without_relabel(left);
    right = expr_without_relabel(right);
    if (left->kind != EXPR_VAR || right->kind != EXPR_VAR)
        return false;
    Var *from = (Var *)left, *to = (Var *)right;
    if (to->levels_up || to->rtindex != parent || to->attribute <= 0 || from->levels_up != levels ||
        (!levels && from->rtindex == parent) || pairs->len == MOST_KEY_COLUMNS)
        return false;
    Var here = *from; /* as the child's level writes it */
    here.levels_up = 0;
    Origin origin;
    if (!find_origin(child, child->proof, child->query, &here.expr, &origin) || null_expr(child, &here.expr))
        return false;
    if (pairs->len && (origin.query != pairs->origin.query || origin.rtindex != pairs->origin.rtindex))
        return false;
    pairs->origin = origin;
    here.attribute = (int16_t)origin.attribute;
    Var *kept = arena_new_of(child->proof->arena, Var);
    *kept = here;
    pairs->items[pairs->len++] = (KeyPair){kept, to->attribute, op->op, op->input_collation};
    return true;
}

/* Nothing but equalities between the child's columns and the parent's. */
static bool collect_pairs(NullScope *child, Expr *conditions, int parent, int levels, KeyPairs *pairs)
{
    if (conditions->kind == EXPR_BOOL && ((BoolExpr *)conditions)->op == BOOL_AND) {
        const ExprList *args = &((BoolExpr *)conditions)->args;
        for (size_t i = 0; i < args->len; i++)
            if (!collect_pairs(child, args->items[i], parent, levels, pairs))
                return false;
        return true;
    }
    const OpExpr *op = (const OpExpr *)conditions;
    if (conditions->kind != EXPR_OP || op->args.len != 2)
        return false;
    return add_pair(child, op->args.items[0], op->args.items[1], parent, levels, op, pairs) ||
           add_pair(child, op->args.items[1], op->args.items[0], parent, levels, op, pairs);
}

/* ---- the constraint ---- */

/* Equal for the constraint means equal for the condition. */
static bool is_key_equality(NullProof *proof, const Relation *parent, const Constraint *key, const KeyPair *pair)
{
    const Relation *index = catalog_relation(proof->catalog, key->index);
    const Column *column = catalog_column(parent, pair->parent);
    if (!index || !index->index || !column)
        return false;
    const Collation *collation = column->collation ? catalog_collation(proof->catalog, column->collation) : NULL;
    if (column->collation && pair->collation != column->collation && !(collation && collation->deterministic))
        return false;
    for (size_t i = 0; i < index->index->nkeys; i++)
        if (index->index->columns[i] == pair->parent)
            return operator_is_equality(proof, pair->op, index->index->opclasses[i]);
    return false;
}

static const KeyPair *pair_of(const KeyPairs *pairs, int child, int parent)
{
    for (size_t i = 0; i < pairs->len; i++)
        if (pairs->items[i].child->attribute == child && pairs->items[i].parent == parent)
            return &pairs->items[i];
    return NULL;
}

static bool constraint_fits(NullProof *proof, const Constraint *key, const Relation *parent, const KeyPairs *pairs)
{
    if (key->type != CONSTRAINT_FOREIGN || key->foreign_relation != parent->oid || !key->validated ||
        key->deferrable)
        return false;
    size_t used = 0;
    for (size_t i = 0; i < key->ncolumns; i++) {
        const KeyPair *pair = pair_of(pairs, key->columns[i], key->foreign_columns[i]);
        if (!pair || !is_key_equality(proof, parent, key, pair))
            return false;
        used++;
    }
    return used == pairs->len;
}

static bool has_plain_children(NullProof *proof, const Relation *relation)
{
    return relation->kind != RELKIND_PARTITIONED &&
           catalog_children(proof->catalog, proof->arena, relation->oid).len > 0;
}

static bool is_table(const Relation *relation)
{
    return relation && (relation->kind == RELKIND_TABLE || relation->kind == RELKIND_PARTITIONED);
}

/* The table's rows as the snapshot shows them, all of them. */
static const Relation *whole_table(NullProof *proof, const Query *query, int rtindex)
{
    const RangeTblEntry *rte = query->rtable[rtindex - 1];
    const Relation *relation = rte->kind == RTE_RELATION ? catalog_relation(proof->catalog, rte->relation) : NULL;
    bool all = is_table(relation) && query->result_relation != rtindex && !rte->has_tablesample &&
               rte->relkind != RELKIND_COMPOSITE && !relation->row_security &&
               (rte->inherit || relation->kind != RELKIND_PARTITIONED);
    return all ? relation : NULL;
}

static const Relation *referencing_table(NullProof *proof, const Origin *origin)
{
    const RangeTblEntry *rte = origin->query->rtable[origin->rtindex - 1];
    const Relation *relation = rte->kind == RTE_RELATION ? catalog_relation(proof->catalog, rte->relation) : NULL;
    if (!is_table(relation) || origin->query->result_relation == origin->rtindex ||
        rte->relkind == RELKIND_COMPOSITE || (rte->inherit && has_plain_children(proof, relation)))
        return NULL;
    return relation;
}

bool foreign_key_finds_row(NullScope *child, Query *query, int parent, Expr *conditions, int levels)
{
    NullProof *proof = child->proof;
    const Relation *referenced = proof->locks_rows ? NULL : whole_table(proof, query, parent);
    KeyPairs pairs = {0};
    if (!referenced || !collect_pairs(child, conditions, parent, levels, &pairs) || !pairs.len)
        return false;
    const Relation *relation = referencing_table(proof, &pairs.origin);
    for (size_t i = 0; relation && i < relation->nconstraints; i++)
        if (constraint_fits(proof, &relation->constraints[i], referenced, &pairs))
            return true;
    return false;
}

/* ---- sub-selects ---- */

static bool limits_rows(const Query *query)
{
    return query->offset || (query->limit && !limit_is(query->limit, "1"));
}

/* SELECT … FROM parent WHERE parent.key = child.key, as it stands. */
bool subquery_finds_row(NullScope *scope, Query *query)
{
    if (query_always_has_row(scope->proof, query, scope))
        return true;
    const JoinNode *from = query->jointree;
    if (query->command != COMMAND_SELECT || query->set_operations || query->group.len || query->ngrouping_sets ||
        query->having || query->has_target_srfs || query->has_modifying_cte || limits_rows(query) || !from ||
        !from->quals || from->nitems != 1 || from->items[0]->kind != NODE_RTREF)
        return false;
    return foreign_key_finds_row(scope, query, from->items[0]->rtindex, from->quals, 1);
}
