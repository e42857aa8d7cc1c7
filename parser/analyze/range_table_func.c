/* XMLTABLE and TABLESAMPLE: transformRangeTableFunc and transformRangeTableSample of PostgreSQL's parse_clause.c.
 */
#include "analyze/query_parts.h"

#include <string.h>

static const char construct[] = "XMLTABLE";

static Expr *transform_part(ParseState *ps, const AstNode *raw, Oid type, int32_t typmod)
{
    Expr *expr = expr_transform(ps, raw, PARSE_FROM_FUNCTION);
    expr = expr ? coerce_to_specific_typmod(ps, expr, type, typmod, construct) : NULL;
    return expr && collate_assign_expr(ps, expr) ? expr : NULL;
}

/* ---- XMLTABLE ---- */

typedef struct TableFuncState {
    ParseState *ps;
    RangeTblEntry *rte;
    StrMap names;
    bool ordinality_seen;
} TableFuncState;

static bool add_part(TableFuncState *state, const AstNode *raw, Oid type, int32_t typmod)
{
    if (!raw)
        return true;
    Expr *expr = transform_part(state->ps, raw, type, typmod);
    if (expr)
        exprlist_push(ps_arena(state->ps), &state->rte->table_func_exprs, expr);
    return expr;
}

static bool add_column(TableFuncState *state, const AstRangeTableFuncCol *raw, size_t index)
{
    ParseState *ps = state->ps;
    Oid type = TYPE_INT4;
    int32_t typmod = -1;
    if (raw->for_ordinality) {
        if (state->ordinality_seen) {
            ps_error(ps, raw->location, SQLSTATE_SYNTAX_ERROR, "only one FOR ORDINALITY column is allowed");
            return false;
        }
        state->ordinality_seen = true;
    } else {
        if (raw->type_name->setof) {
            ps_error(ps, raw->location, SQLSTATE_INVALID_TABLE_DEFINITION, "column \"%s\" cannot be declared SETOF",
                     raw->colname);
            return false;
        }
        AnalyzeContext context = ps_context(ps);
        type = analyze_type_name(&context, raw->type_name, &typmod);
        if (!type)
            return false;
    }
    range_set_column(state->rte, index, raw->colname, type, typmod, type_collation(ps_catalog(ps), type));
    state->rte->table_func_not_null[index] = raw->is_not_null || raw->for_ordinality;
    if (!add_part(state, raw->colexpr, TYPE_TEXT, -1) || !add_part(state, raw->coldefexpr, type, typmod))
        return false;
    if (strmap_put(ps_arena(ps), &state->names, raw->colname, (void *)raw)) {
        ps_error(ps, raw->location, SQLSTATE_SYNTAX_ERROR, "column name \"%s\" is not unique", raw->colname);
        return false;
    }
    return true;
}

static bool add_namespaces(TableFuncState *state, size_t n, AstNode *const *raw)
{
    ParseState *ps = state->ps;
    StrMap names = {0};
    bool default_seen = false;
    for (size_t i = 0; i < n; i++) {
        const AstResTarget *item = raw[i]->res_target;
        if (!add_part(state, item->val, TYPE_TEXT, -1))
            return false;
        if (!*item->name) {
            if (default_seen) {
                ps_error(ps, item->location, SQLSTATE_SYNTAX_ERROR, "only one default namespace is allowed");
                return false;
            }
            default_seen = true;
        } else if (strmap_put(ps_arena(ps), &names, item->name, (void *)item)) {
            ps_error(ps, item->location, SQLSTATE_SYNTAX_ERROR, "namespace name \"%s\" is not unique", item->name);
            return false;
        }
    }
    return true;
}

static bool transform_parts(TableFuncState *state, const AstRangeTableFunc *raw)
{
    RangeTblEntry *rte = state->rte;
    rte->table_func_row = transform_part(state->ps, raw->rowexpr, TYPE_TEXT, -1);
    if (!rte->table_func_row)
        return false;
    rte->table_func_doc = transform_part(state->ps, raw->docexpr, TYPE_XML, -1);
    if (!rte->table_func_doc)
        return false;
    for (size_t i = 0; i < raw->n_columns; i++) {
        if (!add_column(state, raw->columns[i]->range_table_func_col, i))
            return false;
    }
    return add_namespaces(state, raw->n_namespaces, raw->namespaces);
}

static bool uses_this_level(const RangeTblEntry *rte)
{
    bool uses =
        expr_contains_vars_of_level(rte->table_func_row, 0) || expr_contains_vars_of_level(rte->table_func_doc, 0);
    for (size_t i = 0; !uses && i < rte->table_func_exprs.len; i++)
        uses = expr_contains_vars_of_level(rte->table_func_exprs.items[i], 0);
    return uses;
}

NsItem *range_transform_table_func(ParseState *ps, const AstRangeTableFunc *raw)
{
    RangeTblEntry *rte = range_new(ps, RTE_TABLEFUNC, raw->alias, "xmltable", raw->n_columns);
    rte->table_func_not_null = arena_array_of(ps_arena(ps), raw->n_columns, bool);
    rte->in_from_clause = true;
    rte->location = raw->location;
    TableFuncState state = {.ps = ps, .rte = rte};
    ps->lateral_active = true;
    bool ok = transform_parts(&state, raw);
    ps->lateral_active = false;
    if (!ok)
        return NULL;
    rte->lateral = raw->lateral || uses_this_level(rte);
    size_t nnames = raw->alias ? raw->alias->n_colnames : 0;
    if (raw->n_columns > MOST_ROW_COLUMNS) {
        ps_error(ps, raw->location, SQLSTATE_TOO_MANY_COLUMNS, "functions in FROM can return at most %d columns",
                 MOST_ROW_COLUMNS);
        return NULL;
    }
    if (nnames > raw->n_columns) {
        ps_error(ps, raw->location, SQLSTATE_INVALID_COLUMN_REFERENCE,
                 "%s function has %zu columns available but %zu columns specified", construct, raw->n_columns,
                 nnames);
        return NULL;
    }
    if (!range_apply_alias(ps, rte, raw->alias, raw->n_columns, "table", "has"))
        return NULL;
    return range_append(ps, rte);
}

/* ---- TABLESAMPLE ---- */

/* What a sampling method takes is known to its handler's code only. These are the core's and contrib's. */
typedef struct SampleMethod {
    const char *handler;
    Oid argument;
    bool repeatable;
} SampleMethod;

static const SampleMethod sample_methods[] = {
    {"bernoulli", TYPE_FLOAT4, true},
    {"system", TYPE_FLOAT4, true},
    {"system_rows", TYPE_INT8, false},
    {"system_time", TYPE_FLOAT8, false},
};

/* The method is a function of one argument of type internal that returns tsm_handler. */
static const Function *find_handler(ParseState *ps, const AstRangeTableSample *raw)
{
    AstItems items = AST_ITEMS(raw, method);
    AstName name;
    if (!ast_name(items, &name) || name.catalog)
        return NULL;
    FunctionCall call = {.name = name.name, .nargs = 1, .args = (const Oid[]){TYPE_INTERNAL}};
    if (name.schema) {
        const Schema *schema = catalog_find_schema(ps_catalog(ps), name.schema);
        if (!schema)
            return NULL;
        call.schema = schema->oid;
    }
    CandidateList candidates = function_candidates(ps_catalog(ps), ps_arena(ps), &call);
    for (size_t i = 0; i < candidates.len; i++) {
        const Function *function = candidates.items[i].function;
        if (function && function->nargs == 1 && function->arg_types[0] == TYPE_INTERNAL)
            return function;
    }
    return NULL;
}

static const SampleMethod *find_method(ParseState *ps, const AstRangeTableSample *raw)
{
    const char *shown = ast_name_text(ps_arena(ps), AST_ITEMS(raw, method));
    const Function *handler = find_handler(ps, raw);
    if (!handler) {
        ps_error(ps, raw->location, SQLSTATE_UNDEFINED_OBJECT, "tablesample method %s does not exist", shown);
        return NULL;
    }
    if (handler->return_type != TYPE_TSM_HANDLER) {
        ps_error(ps, raw->location, SQLSTATE_WRONG_OBJECT_TYPE, "function %s must return type %s", shown,
                 "tsm_handler");
        return NULL;
    }
    for (size_t i = 0; i < sizeof sample_methods / sizeof *sample_methods; i++) {
        if (strcmp(sample_methods[i].handler, handler->name) == 0)
            return &sample_methods[i];
    }
    ps_error(ps, raw->location, SQLSTATE_FEATURE_NOT_SUPPORTED,
             "the arguments of tablesample method %s are not known to querc", shown);
    return NULL;
}

static bool add_sample_argument(ParseState *ps, const AstNode *raw, Oid type, const char *what, RangeTblEntry *rte)
{
    Expr *expr = expr_transform(ps, raw, PARSE_FROM_FUNCTION);
    expr = expr ? coerce_to_specific(ps, expr, type, what) : NULL;
    if (!expr || !collate_assign_expr(ps, expr))
        return false;
    exprlist_push(ps_arena(ps), &rte->tablesample_args, expr);
    return true;
}

bool range_transform_sample(ParseState *ps, const AstRangeTableSample *raw, RangeTblEntry *rte)
{
    if (rte->kind != RTE_RELATION ||
        (rte->relkind != RELKIND_TABLE && rte->relkind != RELKIND_MATVIEW && rte->relkind != RELKIND_PARTITIONED)) {
        ps_error(ps, ast_location(raw->relation), SQLSTATE_FEATURE_NOT_SUPPORTED,
                 "TABLESAMPLE clause can only be applied to tables and materialized views");
        return false;
    }
    const SampleMethod *method = find_method(ps, raw);
    if (!method)
        return false;
    const char *shown = ast_name_text(ps_arena(ps), AST_ITEMS(raw, method));
    if (raw->n_args != 1) {
        ps_error(ps, raw->location, SQLSTATE_INVALID_TABLESAMPLE_ARGUMENT,
                 "tablesample method %s requires 1 argument, not %zu", shown, raw->n_args);
        return false;
    }
    rte->has_tablesample = true;
    if (!add_sample_argument(ps, raw->args[0], method->argument, "TABLESAMPLE", rte))
        return false;
    if (!raw->repeatable)
        return true;
    if (!method->repeatable) {
        ps_error(ps, raw->location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                 "tablesample method %s does not support REPEATABLE", shown);
        return false;
    }
    return add_sample_argument(ps, raw->repeatable, TYPE_FLOAT8, "REPEATABLE", rte);
}
