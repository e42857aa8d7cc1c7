/* Functions in FROM: transformRangeFunction (PostgreSQL's parse_clause.c) and addRangeTableEntryForFunction
 * (parse_relation.c). ROWS FROM, WITH ORDINALITY, unnest() of several arrays, and column definition lists for
 * functions that return RECORD. */
#include "analyze/query_parts.h"

#include <string.h>

typedef struct Source {
    RteFunction function;
    const char *name; /* FigureColname of the call */
    AstItems definitions;
    RowColumns columns;
} Source;

typedef struct Sources {
    Source *items;
    size_t len, cap;
} Sources;

/* ---- the calls ---- */

/* Set-returning functions may only stand at the top of a FROM item. */
static bool add_source(ParseState *ps, const AstNode *raw, AstItems definitions, Sources *sources)
{
    const Expr *last_srf = ps->last_srf;
    Expr *expr = expr_transform(ps, raw, PARSE_FROM_FUNCTION);
    if (!expr)
        return false;
    if (ps->last_srf != last_srf && ps->last_srf != expr) {
        ps_error(ps, expr_location(ps->last_srf), SQLSTATE_FEATURE_NOT_SUPPORTED,
                 "set-returning functions must appear at top level of FROM");
        return false;
    }
    Source source = {.function.expr = expr,
                     .name = target_figure_name(ps_catalog(ps), ps_arena(ps), raw),
                     .definitions = definitions};
    vec_push(ps_arena(ps), sources, source);
    return true;
}

static bool is_multi_unnest(const AstNode *raw, AstItems definitions)
{
    if (ast_kind(raw) != AST_FUNC_CALL || definitions.len)
        return false;
    const AstFuncCall *call = raw->func_call;
    return call->n_funcname == 1 && strcmp(range_list_name(call->funcname, 0), "unnest") == 0 && call->n_args > 1 &&
           !call->n_agg_order && !call->agg_filter && !call->over && !call->agg_star && !call->agg_distinct &&
           !call->func_variadic;
}

/* unnest(a, b) is ROWS FROM (pg_catalog.unnest(a), pg_catalog.unnest(b)). */
static bool add_multi_unnest(ParseState *ps, const AstFuncCall *call, Sources *sources)
{
    AstNode **name = arena_array_of(ps_arena(ps), 2, AstNode *);
    name[0] = oper_name_node(ps_arena(ps), "pg_catalog");
    name[1] = oper_name_node(ps_arena(ps), "unnest");
    for (size_t i = 0; i < call->n_args; i++) {
        AstFuncCall *single = arena_memdup(ps_arena(ps), call, sizeof *call);
        single->funcname = name;
        single->n_funcname = 2;
        single->args = &call->args[i];
        single->n_args = 1;
        AstNode *node = arena_new_of(ps_arena(ps), AstNode);
        pg_query__node__init(node);
        node->node_case = PG_QUERY__NODE__NODE_FUNC_CALL;
        node->func_call = single;
        if (!add_source(ps, node, (AstItems){0}, sources))
            return false;
    }
    return true;
}

static bool add_functions(ParseState *ps, const AstRangeFunction *raw, Sources *sources)
{
    for (size_t i = 0; i < raw->n_functions; i++) {
        AstItems pair = ast_items(raw->functions[i]);
        AstItems definitions = pair.len > 1 ? ast_items(pair.items[1]) : (AstItems){0};
        if (pair.len > 1 && ast_kind(pair.items[1]) == AST_NONE)
            definitions = (AstItems){0};
        if (is_multi_unnest(pair.items[0], definitions)) {
            if (!add_multi_unnest(ps, pair.items[0]->func_call, sources))
                return false;
            continue;
        }
        if (!add_source(ps, pair.items[0], definitions, sources))
            return false;
        if (definitions.len && raw->n_coldeflist) {
            ps_error(ps, ast_items_location(AST_ITEMS(raw, coldeflist)), SQLSTATE_SYNTAX_ERROR,
                     "multiple column definition lists are not allowed for the same function");
            return false;
        }
    }
    return true;
}

/* A list after the alias belongs to the only function. */
static bool attach_definitions(ParseState *ps, const AstRangeFunction *raw, Sources *sources)
{
    if (!raw->n_coldeflist)
        return true;
    AstItems list = AST_ITEMS(raw, coldeflist);
    Diag *diag;
    if (sources->len != 1 && raw->is_rowsfrom) {
        diag = ps_error(ps, ast_items_location(list), SQLSTATE_SYNTAX_ERROR,
                        "ROWS FROM() with multiple functions cannot have a column definition list");
        ps_hint(ps, diag, "Put a separate column definition list for each function inside ROWS FROM().");
        return false;
    }
    if (sources->len != 1) {
        diag = ps_error(ps, ast_items_location(list), SQLSTATE_SYNTAX_ERROR,
                        "UNNEST() with multiple arguments cannot have a column definition list");
        ps_hint(ps, diag,
                "Use separate UNNEST() calls inside ROWS FROM(), and attach a column definition list to each one.");
        return false;
    }
    if (raw->ordinality) {
        diag = ps_error(ps, ast_items_location(list), SQLSTATE_SYNTAX_ERROR,
                        "WITH ORDINALITY cannot be used with a column definition list");
        ps_hint(ps, diag, "Put the column definition list inside ROWS FROM().");
        return false;
    }
    sources->items[0].definitions = list;
    return true;
}

/* ---- their columns ---- */

/* Whether a column definition list is there exactly when it is needed. */
static bool check_definitions(ParseState *ps, const Source *source, RowClass class)
{
    const char *message = NULL;
    if (!source->definitions.len) {
        if (class == ROW_RECORD)
            ps_error(ps, expr_location(source->function.expr), SQLSTATE_SYNTAX_ERROR,
                     "a column definition list is required for functions returning \"record\"");
        return class != ROW_RECORD;
    }
    if (class == ROW_COMPOSITE)
        message = source->function.expr->type == TYPE_RECORD
                      ? "a column definition list is redundant for a function with OUT parameters"
                      : "a column definition list is redundant for a function returning a named composite type";
    else if (class != ROW_RECORD)
        message = "a column definition list is only allowed for functions returning \"record\"";
    if (message)
        ps_error(ps, ast_items_location(source->definitions), SQLSTATE_SYNTAX_ERROR, "%s", message);
    return !message;
}

/* chooseScalarFunctionAlias */
static const char *scalar_name(ParseState *ps, const Source *source, const AstAlias *alias, bool only)
{
    if (source->function.expr->kind == EXPR_FUNC) {
        const Function *function = catalog_function(ps_catalog(ps), ((FuncExpr *)source->function.expr)->function);
        const char *found = NULL;
        size_t n = 0;
        for (size_t i = 0; function && i < function->nall; i++) {
            char mode = function->all_modes[i];
            if (mode == ARGMODE_IN || mode == ARGMODE_VARIADIC)
                continue;
            n++;
            found = function->arg_names ? function->arg_names[i] : NULL;
        }
        if (n == 1 && found && *found)
            return found;
    }
    return only && alias ? alias->aliasname : source->name;
}

static bool define_column(ParseState *ps, const AstColumnDef *raw, RowColumns *columns, size_t i, StrMap *names)
{
    AnalyzeContext context = ps_context(ps);
    if (raw->type_name->setof) {
        ps_error(ps, raw->location, SQLSTATE_INVALID_TABLE_DEFINITION, "column \"%s\" cannot be declared SETOF",
                 raw->colname);
        return false;
    }
    int32_t typmod = -1;
    Oid type = analyze_type_name(&context, raw->type_name, &typmod);
    if (!type)
        return false;
    Oid collation = type_collation(ps_catalog(ps), type);
    if (raw->coll_clause) {
        bool failed = false;
        Oid chosen = analyze_collation_name(&context, raw->coll_clause->n_collname, raw->coll_clause->collname,
                                            raw->coll_clause->location, &failed);
        if (failed)
            return false;
        if (!collation) {
            ps_error(ps, raw->coll_clause->location, SQLSTATE_DATATYPE_MISMATCH,
                     "collations are not supported by type %s", ps_type(ps, type));
            return false;
        }
        collation = chosen;
    }
    columns->names[i] = raw->colname;
    columns->types[i] = type;
    columns->typmods[i] = typmod;
    columns->collations[i] = collation;
    if (strmap_put(ps_arena(ps), names, raw->colname, (void *)raw)) {
        ps_error(ps, raw->location, SQLSTATE_DUPLICATE_COLUMN, "column name \"%s\" specified more than once",
                 raw->colname);
        return false;
    }
    if (type_is_pseudo(ps_catalog(ps), type) && type != TYPE_RECORD && type != TYPE_RECORD_ARRAY) {
        ps_error(ps, raw->location, SQLSTATE_INVALID_TABLE_DEFINITION, "column \"%s\" has pseudo-type %s",
                 raw->colname, ps_type(ps, type));
        return false;
    }
    return true;
}

static void allocate_columns(ParseState *ps, RowColumns *columns, size_t n)
{
    columns->len = n;
    columns->names = arena_array_of(ps_arena(ps), n, const char *);
    columns->types = arena_array_of(ps_arena(ps), n, Oid);
    columns->typmods = arena_array_of(ps_arena(ps), n, int32_t);
    columns->collations = arena_array_of(ps_arena(ps), n, Oid);
}

static bool define_columns(ParseState *ps, Source *source)
{
    AstItems list = source->definitions;
    if (list.len > MOST_TABLE_COLUMNS) {
        ps_error(ps, ast_items_location(list), SQLSTATE_TOO_MANY_COLUMNS,
                 "column definition lists can have at most %d entries", MOST_TABLE_COLUMNS);
        return false;
    }
    allocate_columns(ps, &source->columns, list.len);
    StrMap names = {0};
    for (size_t i = 0; i < list.len; i++) {
        if (!define_column(ps, list.items[i]->column_def, &source->columns, i, &names))
            return false;
    }
    source->function.has_column_definitions = true;
    source->function.column_names = source->columns.names;
    source->function.column_types = source->columns.types;
    source->function.column_typmods = source->columns.typmods;
    return true;
}

static bool find_columns(ParseState *ps, Source *source, const AstAlias *alias, bool only)
{
    Expr *expr = source->function.expr;
    RowClass class = row_classify(ps, expr, &source->columns);
    if (!check_definitions(ps, source, class))
        return false;
    if (class == ROW_OTHER) {
        ps_error(ps, expr_location(expr), SQLSTATE_DATATYPE_MISMATCH,
                 "function \"%s\" in FROM has unsupported return type %s", source->name, ps_type(ps, expr->type));
        return false;
    }
    if (class == ROW_RECORD && !define_columns(ps, source))
        return false;
    if (class == ROW_SCALAR) {
        allocate_columns(ps, &source->columns, 1);
        source->columns.names[0] = scalar_name(ps, source, alias, only);
        source->columns.types[0] = expr->type;
        source->columns.typmods[0] = expr->typmod;
        source->columns.collations[0] = expr->collation;
    }
    source->function.ncolumns = source->columns.len;
    return true;
}

/* ---- the entry ---- */

static NsItem *add_entry(ParseState *ps, const AstRangeFunction *raw, Sources *sources, bool lateral)
{
    size_t total = raw->ordinality ? 1 : 0;
    for (size_t i = 0; i < sources->len; i++)
        total += sources->items[i].columns.len;
    if (total > MOST_ROW_COLUMNS) {
        ps_error(ps, expr_location(sources->items[0].function.expr), SQLSTATE_TOO_MANY_COLUMNS,
                 "functions in FROM can return at most %d columns", MOST_ROW_COLUMNS);
        return NULL;
    }
    RangeTblEntry *rte = range_new(ps, RTE_FUNCTION, raw->alias, sources->items[0].name, total);
    rte->functions = arena_array_of(ps_arena(ps), sources->len, RteFunction);
    rte->nfunctions = sources->len;
    rte->ordinality = raw->ordinality;
    rte->lateral = lateral;
    rte->in_from_clause = true;
    rte->location = expr_location(sources->items[0].function.expr);
    size_t n = 0;
    for (size_t i = 0; i < sources->len; i++) {
        const RowColumns *columns = &sources->items[i].columns;
        rte->functions[i] = sources->items[i].function;
        for (size_t k = 0; k < columns->len; k++)
            range_set_column(rte, n++, columns->names[k], columns->types[k], columns->typmods[k],
                             columns->collations[k]);
    }
    if (raw->ordinality)
        range_set_column(rte, n, "ordinality", TYPE_INT8, -1, INVALID_OID);
    if (!range_apply_alias(ps, rte, raw->alias, total, "table", "has"))
        return NULL;
    return range_append(ps, rte);
}

NsItem *range_transform_function(ParseState *ps, const AstRangeFunction *raw)
{
    Sources sources = {0};
    /* The names to the left are visible to a function without LATERAL too. */
    ps->lateral_active = true;
    bool ok = add_functions(ps, raw, &sources);
    ps->lateral_active = false;
    if (!ok || !sources.len)
        return NULL;
    /* The entry's columns need the calls' collations. */
    bool lateral = raw->lateral;
    for (size_t i = 0; i < sources.len; i++) {
        Expr *expr = sources.items[i].function.expr;
        if (!collate_assign_expr(ps, expr))
            return NULL;
        lateral |= expr_contains_vars_of_level(expr, 0);
    }
    if (!attach_definitions(ps, raw, &sources))
        return NULL;
    for (size_t i = 0; i < sources.len; i++) {
        if (!find_columns(ps, &sources.items[i], raw->alias, sources.len == 1))
            return NULL;
    }
    return add_entry(ps, raw, &sources, lateral);
}
