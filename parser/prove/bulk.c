/* Which parameters of a bulk command are arrays with a value of each row: those that stand alone in unnest(…). A
 * column that such a value is stored in decides whether it can be NULL, as it does for a parameter of INSERT …
 * VALUES.
 *
 * The values are followed from the target back to FROM through subqueries and joins, where INSERT … SELECT and
 * UPDATE … FROM have them. A value that goes another way is not NULL unless the user says so, like any parameter.
 */
#include "prove/bulk.h"

#include "prove/ir_types.h"
#include "prove/nullness.h"
#include "prove/reason.h"

typedef struct ItemUse {
    bool is_item;
    bool takes_null, refuses_null; /* columns that it is stored in */
    const Relation *relation;      /* the first one of these */
    const Column *column;
} ItemUse;

typedef struct BulkWalk {
    const Catalog *catalog;
    NullProof *proof;
    ItemUse *uses; /* by number from 1 */
    size_t n;
} BulkWalk;

bool bulk_is_command(IrCommand command)
{
    return command == IR_BULKEXEC || command == IR_BULKMANY;
}

static bool is_cast(CoercionForm form)
{
    return form == FORM_EXPLICIT_CAST || form == FORM_IMPLICIT_CAST;
}

/* The expression under casts, those that storing it in a column adds and those to varchar(20)[] included. */
static const Expr *without_casts(const Expr *expr)
{
    for (;;) {
        if (expr->kind == EXPR_RELABEL || expr->kind == EXPR_COERCE_TO_DOMAIN || expr->kind == EXPR_COERCE_VIA_IO)
            expr = ((const Coercion *)expr)->arg;
        else if (expr->kind == EXPR_ARRAY_COERCE)
            expr = ((const ArrayCoerce *)expr)->arg;
        else if (expr->kind == EXPR_FUNC && is_cast(((const FuncExpr *)expr)->form))
            expr = ((const FuncExpr *)expr)->args.items[0];
        else
            return expr;
    }
}

/* The number of the parameter in unnest($1), or 0. OID as in pg_proc.dat: unnest(anyarray). */
static size_t unnested_param(const BulkWalk *walk, const Expr *expr)
{
    enum { FUNCTION_UNNEST = 2331 };
    if (expr->kind != EXPR_FUNC || ((const FuncExpr *)expr)->function != FUNCTION_UNNEST)
        return 0;
    const Expr *arg = without_casts(((const FuncExpr *)expr)->args.items[0]);
    size_t number = arg->kind == EXPR_PARAM ? (size_t)((const Param *)arg)->number : 0;
    return number <= walk->n ? number : 0;
}

static bool note_query(Query *query, void *context);

static bool note_expr(Expr *expr, void *context)
{
    BulkWalk *walk = context;
    size_t number = unnested_param(walk, expr);
    if (number != 0)
        walk->uses[number].is_item = true;
    if (expr->kind == EXPR_SUBLINK)
        note_query(((SubLink *)expr)->query, walk);
    return expr_walk(expr, note_expr, context);
}

/* ---- Where values go ----------------------------------------------------------------------------------------- */

/* The function that a column of ROWS FROM comes from, if it is its only one: composite values become several. */
static const Expr *function_of_column(const RangeTblEntry *rte, int attribute)
{
    int first = 1;
    for (size_t i = 0; i < rte->nfunctions; i++) {
        int n = (int)rte->functions[i].ncolumns;
        if (attribute < first + n)
            return n == 1 ? rte->functions[i].expr : NULL;
        first += n;
    }
    return NULL;
}

/* The parameter that the value is an element of, or 0. */
static size_t element_param(const BulkWalk *walk, const Query *query, const Expr *expr)
{
    for (;;) {
        expr = without_casts(expr);
        size_t number = unnested_param(walk, expr);
        if (number != 0)
            return number;
        const Var *var = (const Var *)expr;
        if (expr->kind != EXPR_VAR || var->levels_up != 0 || var->attribute <= 0)
            return 0;
        const RangeTblEntry *rte = query->rtable[var->rtindex - 1];
        size_t at = (size_t)var->attribute - 1;
        if (rte->kind == RTE_SUBQUERY && !rte->subquery->set_operations && at < rte->subquery->targets.len) {
            query = rte->subquery;
            expr = query->targets.items[at]->expr;
        } else if (rte->kind == RTE_JOIN && at < rte->ncolumns) {
            expr = rte->join_vars[at];
        } else {
            expr = rte->kind == RTE_FUNCTION ? function_of_column(rte, var->attribute) : NULL;
        }
        if (!expr)
            return 0;
    }
}

static void note_targets(BulkWalk *walk, const Query *query, const TargetList *targets)
{
    const Relation *relation = catalog_relation(walk->catalog, query->rtable[query->result_relation - 1]->relation);
    for (size_t i = 0; relation && i < targets->len; i++) {
        const TargetEntry *target = targets->items[i];
        size_t number = !target->junk && target->expr ? element_param(walk, query, target->expr) : 0;
        const Column *column = number ? catalog_column(relation, target->number) : NULL;
        if (!column)
            continue;
        ItemUse *use = &walk->uses[number];
        bool takes_null = null_relation_column(walk->proof, relation, target->number, false);
        use->takes_null = use->takes_null || takes_null;
        use->refuses_null = use->refuses_null || !takes_null;
        if (!use->column) {
            use->relation = relation;
            use->column = column;
        }
    }
}

static bool note_query(Query *query, void *context)
{
    BulkWalk *walk = context;
    if (query->result_relation && query->command != COMMAND_MERGE)
        note_targets(walk, query, &query->targets);
    for (size_t i = 0; i < query->nmerge_actions; i++)
        note_targets(walk, query, &query->merge_actions[i].targets);
    query_walk_exprs(query, note_expr, walk);
    return query_walk_subqueries(query, note_query, walk);
}

/* ---- What they are then -------------------------------------------------------------------------------------- */

static ProveNull said(const ProveInput *input, int number)
{
    for (size_t i = 0; i < input->nparams; i++)
        if (input->params[i].number == number)
            return input->params[i].null;
    return PROVE_NULL_UNSAID;
}

static void mark(ProveProject *project, const ProveInput *input, const ItemUse *use, IrParam *param)
{
    ProveNull null = said(input, param->number);
    const IrType *array = ir_type_base(param->type);
    param->item = array->kind == IR_ARRAY ? array->element : NULL;
    param->nullable = null == PROVE_NULL_UNSAID ? use->takes_null && !use->refuses_null : null == PROVE_NULLABLE;
    if (!use->column)
        return;
    param->table = ir_table_of(project, use->relation->oid);
    param->column = use->column->name;
    if (project->options.explain && null == PROVE_NULL_UNSAID)
        param->reason = reason_at(project,
                                  arena_printf(project->arena, "stored in column \"%s\", which %s NULL",
                                               use->column->name, param->nullable ? "takes" : "does not take"),
                                  use->column->span);
}

static bool refuse(ProveProject *project, const ProveInput *input)
{
    Diag *diag =
        diag_error(project->diags, input->span, SQLSTATE_FEATURE_NOT_SUPPORTED,
                   "query \"%s\" is :%s but unnests no parameter", input->name, ir_command_name(input->command));
    diag_detail(project->diags, diag,
                "Each member of the structs is an array to the statement: a parameter alone in unnest().");
    diag_hint(project->diags, diag,
              "Write INSERT … SELECT … FROM unnest($1::type[], $2::type[]), or use :batchexec or :copyfrom.");
    return false;
}

bool bulk_mark_items(ProveProject *project, const ProveInput *input, NullProof *proof, IrParam *params)
{
    BulkWalk walk = {.catalog = project->catalog,
                     .proof = proof,
                     .uses = arena_array_of(input->scratch, input->nparam_types + 1, ItemUse),
                     .n = input->nparam_types};
    bool found = false;
    note_query(input->tree, &walk);
    for (size_t i = 0; i < walk.n; i++)
        if (walk.uses[i + 1].is_item) {
            mark(project, input, &walk.uses[i + 1], &params[i]);
            found = found || params[i].item;
        }
    return found || refuse(project, input);
}
