/* Operators as nodes of the tree: parse_oper.c of PostgreSQL, and what of parse_expr.c builds on one operator. */
#include "analyze/parse_state.h"

bool oper_split_name(ParseState *ps, size_t nnames, PgQuery__Node *const *name, int32_t location, Oid *schema,
                     const char **opname)
{
    *schema = INVALID_OID;
    AnalyzeContext context = ps_context(ps);
    const char *schema_name = NULL;
    if (!relation_split_name(&context, location, nnames, name, &schema_name, opname))
        return false;
    if (!schema_name)
        return true;
    const Schema *found = catalog_find_schema(ps_catalog(ps), schema_name);
    if (!found) {
        ps_error(ps, location, SQLSTATE_INVALID_SCHEMA_NAME, "schema \"%s\" does not exist", schema_name);
        return false;
    }
    *schema = found->oid;
    return relation_check_schema(&context, found, location);
}

/* op_signature_string */
static const char *signature(ParseState *ps, size_t nnames, PgQuery__Node *const *name, Oid left, Oid right)
{
    StrBuf buf;
    strbuf_init(&buf);
    if (left)
        strbuf_printf(&buf, "%s ", ps_type(ps, left));
    for (size_t i = 0; i < nnames; i++)
        strbuf_printf(&buf, "%s%s", i ? "." : "", name[i]->string->sval);
    if (right)
        strbuf_printf(&buf, " %s", ps_type(ps, right));
    const char *text = arena_strdup(ps_arena(ps), buf.text);
    strbuf_release(&buf);
    return text;
}

/* op_error */
static void report_missing(ParseState *ps, size_t nnames, PgQuery__Node *const *name, Oid left, Oid right,
                           bool ambiguous, int32_t location)
{
    const char *op = signature(ps, nnames, name, left, right);
    if (ambiguous) {
        Diag *diag = ps_error(ps, location, SQLSTATE_AMBIGUOUS_FUNCTION, "operator is not unique: %s", op);
        ps_hint(ps, diag, "Could not choose a best candidate operator. You might need to add explicit type casts.");
        return;
    }
    Diag *diag = ps_error(ps, location, SQLSTATE_UNDEFINED_FUNCTION, "operator does not exist: %s", op);
    ps_hint(
        ps, diag, "%s",
        left && right
            ? "No operator matches the given name and argument types. You might need to add explicit type casts."
            : "No operator matches the given name and argument type. You might need to add an explicit type "
              "cast.");
}

/* oper() and left_oper(): NULL after an error. left is 0 for a prefix operator. */
static const Operator *find_operator(ParseState *ps, size_t nnames, PgQuery__Node *const *name, Oid left, Oid right,
                                     int32_t location)
{
    Oid schema;
    const char *opname;
    if (!oper_split_name(ps, nnames, name, location, &schema, &opname))
        return NULL;
    bool ambiguous = false;
    const Operator *op = operator_resolve(ps_catalog(ps), ps_arena(ps), schema, opname, left, right, &ambiguous);
    if (!op) {
        report_missing(ps, nnames, name, left, right, ambiguous, location);
        return NULL;
    }
    if (!op->function) {
        ps_error(ps, location, SQLSTATE_UNDEFINED_FUNCTION, "operator is only a shell: %s",
                 signature(ps, nnames, name, op->left, op->right));
        return NULL;
    }
    return op;
}

const Operator *oper_find_compatible(ParseState *ps, size_t nnames, PgQuery__Node *const *name, Oid left, Oid right,
                                     int32_t location)
{
    const Operator *op = find_operator(ps, nnames, name, left, right, location);
    if (!op)
        return NULL;
    const Catalog *catalog = ps_catalog(ps);
    if ((left == op->left || coercion_is_binary(catalog, left, op->left)) &&
        (right == op->right || coercion_is_binary(catalog, right, op->right)))
        return op;
    ps_error(ps, location, SQLSTATE_UNDEFINED_FUNCTION, "operator requires run-time type coercion: %s",
             signature(ps, nnames, name, left, right));
    return NULL;
}

/* The polymorphic result type of a call or operator; declared types are replaced. 0 after an error. */
Oid oper_resolve_polymorphic(ParseState *ps, size_t n, const Oid *actual, Oid *declared, Oid result,
                             int32_t location)
{
    PolymorphicError error = {0};
    Oid type = polymorphic_resolve(ps_catalog(ps), ps_arena(ps), n, actual, declared, result, false, &error);
    if (!type) {
        Diag *diag = ps_error(ps, location, error.code, "%s", error.message);
        if (error.detail)
            ps_detail(ps, diag, "%s", error.detail);
    }
    return type;
}

static Expr *build_op(ParseState *ps, const Operator *op, Oid result, Expr *left, Expr *right, int32_t location)
{
    OpExpr *expr = expr_make(ps_arena(ps), EXPR_OP, OpExpr, result, location);
    const Function *function = catalog_function(ps_catalog(ps), op->function);
    expr->op = op->oid;
    expr->function = op->function;
    expr->returns_set = function && function->returns_set;
    if (left)
        exprlist_push(ps_arena(ps), &expr->args, left);
    exprlist_push(ps_arena(ps), &expr->args, right);
    return &expr->expr;
}

Expr *oper_make(ParseState *ps, size_t nnames, PgQuery__Node *const *name, Expr *left, Expr *right, Expr *last_srf,
                int32_t location)
{
    Oid actual[2] = {left ? left->type : right->type, right->type};
    const Operator *op = find_operator(ps, nnames, name, left ? left->type : INVALID_OID, right->type, location);
    if (!op)
        return NULL;
    size_t nargs = left ? 2 : 1;
    Oid declared[2] = {left ? op->left : op->right, op->right};
    Oid result = oper_resolve_polymorphic(ps, nargs, actual, declared, op->result, location);
    if (!result)
        return NULL;
    Expr *items[2] = {left ? left : right, right};
    ExprList args = {items, nargs, nargs};
    if (!func_coerce_args(ps, &args, actual, declared))
        return NULL;
    Expr *expr = build_op(ps, op, result, left ? items[0] : NULL, left ? items[1] : items[0], location);
    if (((OpExpr *)expr)->returns_set) {
        if (!func_check_srf_placement(ps, last_srf, location))
            return NULL;
        ps->last_srf = expr;
    }
    return expr;
}

PgQuery__Node *oper_name_node(Arena *arena, const char *name)
{
    PgQuery__Node *node = arena_new_of(arena, PgQuery__Node);
    PgQuery__String *string = arena_new_of(arena, PgQuery__String);
    pg_query__node__init(node);
    pg_query__string__init(string);
    string->sval = arena_strdup(arena, name);
    node->node_case = PG_QUERY__NODE__NODE_STRING;
    node->string = string;
    return node;
}

Expr *oper_make_named(ParseState *ps, const char *name, Expr *left, Expr *right, int32_t location)
{
    PgQuery__Node *node = oper_name_node(ps_arena(ps), name);
    return oper_make(ps, 1, &node, left, right, ps->last_srf, location);
}

Expr *oper_make_scalar_array(ParseState *ps, size_t nnames, PgQuery__Node *const *name, bool use_or, Expr *scalar,
                             Expr *array, int32_t location)
{
    const Catalog *catalog = ps_catalog(ps);
    Oid element = TYPE_UNKNOWN;
    if (array->type != TYPE_UNKNOWN)
        element = type_base_element(catalog, array->type);
    if (!element) {
        ps_error(ps, location, SQLSTATE_WRONG_OBJECT_TYPE, "op ANY/ALL (array) requires array on right side");
        return NULL;
    }
    const Operator *op = find_operator(ps, nnames, name, scalar->type, element, location);
    if (!op)
        return NULL;
    Oid actual[2] = {scalar->type, element}, declared[2] = {op->left, op->right};
    Oid result = oper_resolve_polymorphic(ps, 2, actual, declared, op->result, location);
    if (!result)
        return NULL;
    const Function *function = catalog_function(catalog, op->function);
    if (result != TYPE_BOOL || (function && function->returns_set)) {
        ps_error(ps, location, SQLSTATE_WRONG_OBJECT_TYPE, "op ANY/ALL (array) requires operator %s",
                 result != TYPE_BOOL ? "to yield boolean" : "not to return a set");
        return NULL;
    }
    /* Of the first family of polymorphic types only what is unknown is resolved: the array is right as it is. */
    bool as_is = element != TYPE_UNKNOWN && type_is_first_polymorphic(op->right);
    Oid array_type = as_is ? array->type : type_array(catalog, declared[1]);
    if (!array_type) {
        ps_error(ps, location, SQLSTATE_UNDEFINED_OBJECT, "could not find array type for data type %s",
                 ps_type(ps, declared[1]));
        return NULL;
    }
    actual[1] = array->type;
    declared[1] = array_type;
    Expr *items[2] = {scalar, array};
    ExprList args = {items, 2, 2};
    if (!func_coerce_args(ps, &args, actual, declared))
        return NULL;
    ScalarArrayOp *expr = expr_make(ps_arena(ps), EXPR_SCALAR_ARRAY_OP, ScalarArrayOp, TYPE_BOOL, location);
    expr->op = op->oid;
    expr->function = op->function;
    expr->use_or = use_or;
    expr->scalar = items[0];
    expr->array = items[1];
    return &expr->expr;
}

bool oper_sort_group(ParseState *ps, Oid type, bool need_lt, bool need_eq, bool need_gt, int32_t location,
                     SortGroupOperators *ops)
{
    *ops = type_sort_group_operators(ps_catalog(ps), type);
    if ((need_lt && !ops->lt) || (need_gt && !ops->gt)) {
        Diag *diag = ps_error(ps, location, SQLSTATE_UNDEFINED_FUNCTION,
                              "could not identify an ordering operator for type %s", ps_type(ps, type));
        ps_hint(ps, diag, "Use an explicit ordering operator or modify the query.");
        return false;
    }
    if (need_eq && !ops->eq) {
        ps_error(ps, location, SQLSTATE_UNDEFINED_FUNCTION, "could not identify an equality operator for type %s",
                 ps_type(ps, type));
        return false;
    }
    return true;
}
