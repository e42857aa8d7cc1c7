/* How a parameter is called when nobody named it: like the column it is compared with. */
#include "prove/param_name.h"

#include <string.h>

/* What a cast, written or implied, converts; NULL for anything else. */
static Expr *below_cast(Expr *expr)
{
    switch ((int)expr->kind) {
    case EXPR_RELABEL:
    case EXPR_COERCE_VIA_IO:
    case EXPR_COLLATE:
    case EXPR_COERCE_TO_DOMAIN:
        return ((Coercion *)expr)->arg;
    case EXPR_ARRAY_COERCE:
        return ((ArrayCoerce *)expr)->arg;
    case EXPR_FUNC: { /* a cast made by a function */
        const FuncExpr *call = (FuncExpr *)expr;
        return call->form != FORM_EXPLICIT_CALL && call->args.len ? call->args.items[0] : NULL;
    }
    default:
        return NULL;
    }
}

ParamUse *param_of(UseWalk *walk, Expr *expr)
{
    for (Expr *below; (below = below_cast(expr));)
        expr = below;
    if (expr->kind != EXPR_PARAM)
        return NULL;
    int number = ((Param *)expr)->number;
    return number > 0 && (size_t)number <= walk->n ? &walk->uses[number] : NULL;
}

const Expr *without_coercions(const Expr *expr)
{
    while (expr->kind == EXPR_RELABEL || expr->kind == EXPR_COLLATE || expr->kind == EXPR_COERCE_VIA_IO)
        expr = ((const Coercion *)expr)->arg;
    return expr;
}

void param_suggest(ParamUse *use, const char *name)
{
    if (!use->name && name && *name && strcmp(name, "?column?") != 0)
        use->name = name;
}

void param_hint(ParamUse *use, const char *name)
{
    if (use && !use->hint)
        use->hint = name;
}

/* ---- names by the other side of an operator ---- */

/* How many nodes of an expression are looked at: what is larger suggests no name, and chains of operators, where
 * each is looked at again inside the next, cost no more than their length. */
enum { NODES_LOOKED_AT = 64 };

/* The one parameter that the expression's value is made of, or NULL: '%' || $1, coalesce($1, ''), CASE … THEN $1.
 */
typedef struct SoleParam {
    UseWalk *walk;
    Oid type; /* of the whole expression: a parameter of another one is called otherwise */
    ParamUse *use;
    int nodes;
    bool none;
} SoleParam;

static void find_sole(SoleParam *sole, Expr *expr);

static void find_sole_in(SoleParam *sole, const ExprList *list)
{
    for (size_t i = 0; i < list->len; i++)
        find_sole(sole, list->items[i]);
}

static void find_sole(SoleParam *sole, Expr *expr)
{
    ParamUse *use = param_of(sole->walk, expr);
    sole->none |=
        ++sole->nodes > NODES_LOOKED_AT || (use && (expr->type != sole->type || (sole->use && use != sole->use)));
    if (sole->none)
        return;
    if (use)
        sole->use = use;
    Expr *below = below_cast(expr);
    if (below && !use)
        find_sole(sole, below);
    switch ((int)expr->kind) {
    case EXPR_COALESCE:
    case EXPR_MIN_MAX:
        find_sole_in(sole, &((VariadicExpr *)expr)->args);
        break;
    case EXPR_OP:
    case EXPR_NULLIF:
        find_sole_in(sole, &((OpExpr *)expr)->args);
        break;
    case EXPR_CASE:
        for (size_t i = 0; i < ((CaseExpr *)expr)->nwhens; i++)
            find_sole(sole, ((CaseExpr *)expr)->whens[i].result);
        find_sole(sole, ((CaseExpr *)expr)->otherwise);
        break;
    default:
        break;
    }
}

ParamUse *param_sole(UseWalk *walk, Expr *expr)
{
    Expr *core = expr;
    for (;;) {
        if (expr->kind == EXPR_SUBSCRIPT && ((Subscript *)expr)->assigned) /* SET tags[1] = $1 */
            expr = ((Subscript *)expr)->assigned;
        else if (!(expr = below_cast(expr)))
            break;
        core = expr;
    }
    SoleParam sole = {.walk = walk, .type = core->type};
    find_sole(&sole, core);
    return sole.none ? NULL : sole.use;
}

/* The entry and the column of it that a Var stands for; NULL for a system column or a whole row. */
static const RangeTblEntry *entry_of(const UseWalk *walk, const Var *var)
{
    const UseWalk *level = walk;
    for (int i = 0; i < var->levels_up && level; i++)
        level = level->outer;
    if (!level || var->rtindex <= 0 || (size_t)var->rtindex > level->query->nrtable || var->attribute <= 0)
        return NULL;
    const RangeTblEntry *rte = level->query->rtable[var->rtindex - 1];
    return (size_t)var->attribute <= rte->ncolumns ? rte : NULL;
}

typedef struct FirstColumn {
    const UseWalk *walk;
    const char *name; /* NULL: none */
    int nodes;
} FirstColumn;

static bool find_column(Expr *expr, void *context)
{
    FirstColumn *first = context;
    const RangeTblEntry *rte = expr->kind == EXPR_VAR ? entry_of(first->walk, (const Var *)expr) : NULL;
    if (rte)
        first->name = rte->columns[((const Var *)expr)->attribute - 1].name;
    if (rte || ++first->nodes > NODES_LOOKED_AT)
        return true;
    return expr->kind != EXPR_SUBLINK && expr_walk(expr, find_column, context);
}

static const char *first_column(const UseWalk *walk, Expr *expr)
{
    FirstColumn first = {.walk = walk};
    find_column(expr, &first);
    return first.name;
}

/* The parameter is compared with this expression: a column gives its name, and also a larger expression that has
 * columns: sum(price) > $1. */
static void suggest_by_peer(UseWalk *walk, ParamUse *use, Expr *peer)
{
    const Expr *bare = without_coercions(peer);
    const RangeTblEntry *rte = bare->kind == EXPR_VAR ? entry_of(walk, (const Var *)bare) : NULL;
    if (!rte) {
        param_hint(use, first_column(walk, peer));
        return;
    }
    const Var *var = (const Var *)bare;
    param_suggest(use, rte->columns[var->attribute - 1].name);
    if (rte->kind == RTE_RELATION && !use->table) {
        use->table = rte->relation;
        use->column = var->attribute;
    }
}

/* lower(email) = lower($1): what is compared is email and $1. */
static bool same_call(const Expr *left, const Expr *right)
{
    const FuncExpr *a = (const FuncExpr *)left, *b = (const FuncExpr *)right;
    return left->kind == EXPR_FUNC && right->kind == EXPR_FUNC && a->function == b->function && a->args.len == 1 &&
           b->args.len == 1;
}

static void note_side(UseWalk *walk, Expr *side, Expr *peer)
{
    ParamUse *use = param_of(walk, side);
    if (use) {
        suggest_by_peer(walk, use, peer);
        return;
    }
    use = param_sole(walk, side);
    if (use && !first_column(walk, side))
        param_hint(use, first_column(walk, peer));
}

void param_note_pair(UseWalk *walk, Expr *left, Expr *right)
{
    if (same_call(left, right)) {
        param_note_pair(walk, ((FuncExpr *)left)->args.items[0], ((FuncExpr *)right)->args.items[0]);
        return;
    }
    note_side(walk, left, right);
    note_side(walk, right, left);
}
