/* JOIN: what its two sides see, the columns it merges, and the names it leaves visible. The JoinExpr case of
 * PostgreSQL's transformFromClauseItem (parse_clause.c). */
#include "analyze/query_parts.h"

#include <string.h>

static JoinKind join_kind(PgQuery__JoinType type)
{
    switch ((int)type) {
    case PG_QUERY__JOIN_TYPE__JOIN_LEFT:
        return JOIN_LEFT;
    case PG_QUERY__JOIN_TYPE__JOIN_FULL:
        return JOIN_FULL;
    case PG_QUERY__JOIN_TYPE__JOIN_RIGHT:
        return JOIN_RIGHT;
    default:
        return JOIN_INNER;
    }
}

/* A JOIN being transformed. */
typedef struct Join {
    ParseState *ps;
    const AstJoinExpr *raw;
    JoinKind kind;
    FromItem left, right;
    Namespace names; /* of both sides */
    JoinColumns columns;
    bool *left_merged, *right_merged; /* by column of the sides */
} Join;

/* ---- the two sides ---- */

static bool transform_sides(Join *join)
{
    ParseState *ps = join->ps;
    if (!from_transform_item(ps, join->raw->larg, &join->left))
        return false;
    /* The right side may refer to the left one laterally, though not where its rows may be made up of NULLs. */
    namespace_set_lateral(&join->left.names, true, join->kind == JOIN_INNER || join->kind == JOIN_LEFT);
    size_t before = ps->namespace.len;
    namespace_append(ps, &ps->namespace, &join->left.names);
    bool ok = from_transform_item(ps, join->raw->rarg, &join->right);
    ps->namespace.len = before;
    if (!ok || !namespace_check_conflicts(ps, &join->left.names, &join->right.names))
        return false;
    namespace_append(ps, &join->names, &join->left.names);
    namespace_append(ps, &join->names, &join->right.names);
    return true;
}

/* ---- USING ---- */

/* The index of a USING column in one side; -1 after an error. */
static int find_using_column(Join *join, const NsItem *side, const char *name, const char *which)
{
    int found = -1;
    for (size_t i = 0; i < side->ncolumns; i++) {
        if (strcmp(side->names[i], name) != 0)
            continue;
        if (found >= 0) {
            ps_error(join->ps, join->left.node->location, SQLSTATE_AMBIGUOUS_COLUMN,
                     "common column name \"%s\" appears more than once in %s table", name, which);
            return -1;
        }
        found = (int)i;
    }
    if (found < 0)
        ps_error(join->ps, join->left.node->location, SQLSTATE_UNDEFINED_COLUMN,
                 "column \"%s\" specified in USING clause does not exist in %s table", name, which);
    return found;
}

static Expr *relabel(ParseState *ps, Expr *var, Oid type, int32_t typmod)
{
    Coercion *coercion = expr_make(ps_arena(ps), EXPR_RELABEL, Coercion, type, -1);
    coercion->expr.typmod = typmod;
    coercion->arg = var;
    coercion->form = FORM_IMPLICIT_CAST;
    return &coercion->expr;
}

static Expr *merge_side(ParseState *ps, Expr *var, Oid type, int32_t typmod)
{
    if (var->type != type)
        return coerce_type(ps, var, var->type, type, typmod, COERCION_IMPLICIT, FORM_IMPLICIT_CAST, -1);
    return var->typmod == typmod ? var : relabel(ps, var, type, typmod);
}

/* buildMergedJoinVar: what a merged column is made of; NULL after an error. */
static Expr *merge_columns(Join *join, Expr *left, Expr *right)
{
    ParseState *ps = join->ps;
    ExprList both = {0};
    exprlist_push(ps_arena(ps), &both, left);
    exprlist_push(ps_arena(ps), &both, right);
    Oid type = coerce_select_common(ps, &both, "JOIN/USING", NULL);
    if (!type)
        return NULL;
    int32_t typmod = coerce_common_typmod(&both, type);
    Expr *l = merge_side(ps, left, type, typmod);
    Expr *r = l ? merge_side(ps, right, type, typmod) : NULL;
    if (!r)
        return NULL;
    Expr *merged = l;
    switch (join->kind) {
    case JOIN_INNER:
        if (l->kind != EXPR_VAR && r->kind == EXPR_VAR)
            merged = r;
        break;
    case JOIN_LEFT:
        break;
    case JOIN_RIGHT:
        merged = r;
        break;
    case JOIN_FULL: {
        VariadicExpr *coalesce = expr_make(ps_arena(ps), EXPR_COALESCE, VariadicExpr, type, -1);
        exprlist_push(ps_arena(ps), &coalesce->args, l);
        exprlist_push(ps_arena(ps), &coalesce->args, r);
        coalesce->expr.typmod = typmod;
        merged = &coalesce->expr;
        break;
    }
    }
    return collate_assign_expr(ps, merged) ? merged : NULL;
}

/* A merged column that is neither side's belongs to the join itself: its rtindex is filled in when the join has
 * one. */
static void add_column(Join *join, const char *name, Expr *var, const struct NsColumn *source)
{
    JoinColumns *columns = &join->columns;
    size_t i = columns->len++;
    columns->names[i] = name;
    columns->vars[i] = var;
    if (source)
        columns->columns[i] = *source;
    else
        columns->columns[i] = (struct NsColumn){.attribute = (int16_t)columns->len,
                                                .type = var->type,
                                                .typmod = var->typmod,
                                                .collation = var->collation};
}

/* A column named in USING: its places and Vars on both sides. */
typedef struct UsingColumn {
    const char *name;
    int l, r;
    Expr *left, *right;
} UsingColumn;

static bool find_using_columns(Join *join, const char *name, UsingColumn *column)
{
    ParseState *ps = join->ps;
    NsItem *left = join->left.top, *right = join->right.top;
    int l = find_using_column(join, left, name, "left");
    int r = l < 0 ? -1 : find_using_column(join, right, name, "right");
    if (r < 0)
        return false;
    *column = (UsingColumn){name, l, r, range_column_var(ps, &left->columns[l], 0, -1),
                            range_column_var(ps, &right->columns[r], 0, -1)};
    return true;
}

static bool merge_using_column(Join *join, const UsingColumn *column)
{
    Expr *merged = merge_columns(join, column->left, column->right);
    if (!merged)
        return false;
    const struct NsColumn *source = merged == column->left    ? &join->left.top->columns[column->l]
                                    : merged == column->right ? &join->right.top->columns[column->r]
                                                              : NULL;
    add_column(join, column->name, merged, source);
    join->left_merged[column->l] = join->right_merged[column->r] = true;
    return true;
}

/* transformJoinUsingClause: left = right for each column */
static Expr *using_condition(Join *join, const ExprList *lefts, const ExprList *rights)
{
    ParseState *ps = join->ps;
    ParseExprKind saved = ps->expr_kind;
    ps->expr_kind = PARSE_JOIN_USING;
    BoolExpr *conjunction = expr_make(ps_arena(ps), EXPR_BOOL, BoolExpr, TYPE_BOOL, -1);
    conjunction->op = BOOL_AND;
    bool ok = true;
    for (size_t i = 0; ok && i < lefts->len; i++) {
        Expr *equal = oper_make_named(ps, "=", lefts->items[i], rights->items[i], -1);
        equal = equal ? coerce_to_boolean(ps, equal, lefts->len > 1 ? "AND" : "JOIN/USING") : NULL;
        if (equal)
            exprlist_push(ps_arena(ps), &conjunction->args, equal);
        ok = equal;
    }
    ps->expr_kind = saved;
    if (!ok)
        return NULL;
    return lefts->len == 1 ? conjunction->args.items[0] : &conjunction->expr;
}

typedef VEC(const char *) Names;

/* The USING list; of a NATURAL join the names both sides have. */
static Names using_names(Join *join)
{
    Arena *arena = ps_arena(join->ps);
    Names names = {0};
    if (!join->raw->is_natural) {
        for (size_t i = 0; i < join->raw->n_using_clause; i++)
            vec_push(arena, &names, range_list_name(join->raw->using_clause, i));
        return names;
    }
    const NsItem *left = join->left.top, *right = join->right.top;
    StrMap in_right = {0};
    for (size_t i = 0; i < right->ncolumns; i++)
        strmap_put(arena, &in_right, right->names[i], (void *)right);
    for (size_t i = 0; i < left->ncolumns; i++) {
        if (*left->names[i] && strmap_get(&in_right, left->names[i]))
            vec_push(arena, &names, left->names[i]);
    }
    return names;
}

/* Up to PostgreSQL 15 the sides are merged before they are compared. */
static bool transform_using(Join *join, const Names *names, Expr **quals)
{
    ParseState *ps = join->ps;
    ExprList lefts = {0}, rights = {0};
    StrMap seen = {0};
    UsingColumn *columns = arena_array_of(ps_arena(ps), names->len, UsingColumn);
    bool compare_first = catalog_version(ps_catalog(ps)) >= 16;
    for (size_t i = 0; i < names->len; i++) {
        const char *name = names->items[i];
        if (strmap_put(ps_arena(ps), &seen, name, (void *)name)) {
            ps_error(ps, join->left.node->location, SQLSTATE_DUPLICATE_COLUMN,
                     "column name \"%s\" appears more than once in USING clause", name);
            return false;
        }
        if (!find_using_columns(join, name, &columns[i]) ||
            (!compare_first && !merge_using_column(join, &columns[i])))
            return false;
        exprlist_push(ps_arena(ps), &lefts, columns[i].left);
        exprlist_push(ps_arena(ps), &rights, columns[i].right);
    }
    join->columns.nmerged = names->len;
    *quals = using_condition(join, &lefts, &rights);
    for (size_t i = 0; *quals && compare_first && i < names->len; i++)
        if (!merge_using_column(join, &columns[i]))
            return false;
    return *quals;
}

/* ---- ON ---- */

/* transformJoinOnClause: the condition sees the two sides and nothing else of this level. */
static Expr *transform_on(Join *join)
{
    ParseState *ps = join->ps;
    namespace_set_lateral(&join->names, false, true);
    Namespace saved = ps->namespace;
    ps->namespace = join->names;
    bool failed = false;
    Expr *quals = clause_transform_where(ps, join->raw->quals, PARSE_JOIN_ON, "JOIN/ON", &failed);
    ps->namespace = saved;
    return quals;
}

/* ---- the result ---- */

static void add_remaining_columns(Join *join, const NsItem *side, const bool *merged)
{
    for (size_t i = 0; i < side->ncolumns; i++) {
        if (*side->names[i] && !merged[i])
            add_column(join, side->names[i], range_column_var(join->ps, &side->columns[i], 0, -1),
                       &side->columns[i]);
    }
}

/* JOIN … USING (…) AS alias: the merged columns under a name of their own. */
static bool add_using_alias(Join *join, const NsItem *whole, const Names *names)
{
    ParseState *ps = join->ps;
    const AstAlias *alias = join->raw->join_using_alias;
    if (!alias)
        return true;
    NsItem *item = arena_memdup(ps_arena(ps), whole, sizeof *whole);
    item->name = alias->aliasname;
    item->names = names->items;
    item->ncolumns = names->len;
    item->rel_visible = item->cols_visible = item->lateral_ok = true;
    item->lateral_only = false;
    Namespace own = {0};
    namespace_push(ps, &own, item);
    if (!namespace_check_conflicts(ps, &own, &join->names))
        return false;
    namespace_push(ps, &join->names, item);
    return true;
}

static JoinNode *make_node(Join *join, int rtindex, Expr *quals)
{
    JoinNode *node = arena_new_of(ps_arena(join->ps), JoinNode);
    node->kind = NODE_JOIN;
    node->rtindex = rtindex;
    node->join = join->kind;
    node->left = join->left.node;
    node->right = join->right.node;
    node->quals = quals;
    node->location = join->left.node->location;
    return node;
}

/* An alias of the join hides its sides; without one they stay visible as tables, and the join shows their columns.
 */
static bool make_result(Join *join, const Names *names, Expr *quals, FromItem *result)
{
    ParseState *ps = join->ps;
    const AstAlias *using_alias = join->raw->join_using_alias;
    NsItem *item = range_add_join(ps, &join->columns, join->kind, using_alias ? using_alias->aliasname : NULL,
                                  join->raw->alias, true);
    if (!item)
        return false;
    item->rte->location = join->left.node->location;
    for (size_t i = 0; i < join->columns.len; i++) {
        if (!item->columns[i].rtindex)
            item->columns[i].rtindex = item->rtindex;
    }
    if (!add_using_alias(join, item, names))
        return false;
    result->names = (Namespace){0};
    if (!join->raw->alias) {
        for (size_t i = 0; i < join->names.len; i++)
            join->names.items[i]->cols_visible = false;
        result->names = join->names;
    }
    item->rel_visible = join->raw->alias != NULL;
    item->cols_visible = true;
    item->lateral_only = false;
    item->lateral_ok = true;
    namespace_push(ps, &result->names, item);
    result->top = item;
    result->node = make_node(join, item->rtindex, quals);
    return true;
}

bool join_transform(ParseState *ps, const AstJoinExpr *raw, FromItem *item)
{
    Join join = {.ps = ps, .raw = raw, .kind = join_kind(raw->jointype)};
    if (!transform_sides(&join))
        return false;
    const NsItem *left = join.left.top, *right = join.right.top;
    size_t most = left->ncolumns + right->ncolumns;
    join.columns.names = arena_array_of(ps_arena(ps), most, const char *);
    join.columns.vars = arena_array_of(ps_arena(ps), most, Expr *);
    join.columns.columns = arena_array_of(ps_arena(ps), most, struct NsColumn);
    join.left_merged = arena_array_of(ps_arena(ps), left->ncolumns, bool);
    join.right_merged = arena_array_of(ps_arena(ps), right->ncolumns, bool);

    Names names = using_names(&join);
    Expr *quals = NULL;
    if (names.len) {
        if (!transform_using(&join, &names, &quals))
            return false;
    } else if (raw->quals) {
        quals = transform_on(&join);
        if (!quals)
            return false;
    }
    add_remaining_columns(&join, left, join.left_merged);
    add_remaining_columns(&join, right, join.right_merged);
    return make_result(&join, &names, quals, item);
}
