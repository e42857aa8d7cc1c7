/* Whether an expression is immutable, as index and generation expressions must be (contain_mutable_functions). */
#include "ddl/ddl_private.h"

static bool function_is_mutable(const Catalog *catalog, Oid oid)
{
    const Function *function = oid ? catalog_function(catalog, oid) : NULL;
    return function && function->volatility != 'i';
}

/* Through text: the output function of one type and the input function of the other. */
static bool io_is_mutable(const Catalog *catalog, const Coercion *coercion)
{
    const Type *from = catalog_type(catalog, coercion->arg->type);
    const Type *to = catalog_type(catalog, coercion->expr.type);
    return (from && function_is_mutable(catalog, from->output)) || (to && function_is_mutable(catalog, to->input));
}

static bool visit(Expr *expr, void *context)
{
    const Catalog *catalog = context;
    switch ((int)expr->kind) {
    case EXPR_FUNC:
        if (function_is_mutable(catalog, ((FuncExpr *)expr)->function))
            return true;
        break;
    case EXPR_OP:
    case EXPR_DISTINCT:
    case EXPR_NULLIF: {
        const Operator *op = catalog_operator(catalog, ((OpExpr *)expr)->op);
        if (op && function_is_mutable(catalog, op->function))
            return true;
        break;
    }
    case EXPR_SCALAR_ARRAY_OP: {
        const Operator *op = catalog_operator(catalog, ((ScalarArrayOp *)expr)->op);
        if (op && function_is_mutable(catalog, op->function))
            return true;
        break;
    }
    case EXPR_COERCE_VIA_IO:
        if (io_is_mutable(catalog, (Coercion *)expr))
            return true;
        break;
    case EXPR_SQL_VALUE_FUNCTION:
    case EXPR_NEXT_VALUE:
        return true;
    default:
        break;
    }
    return expr_walk(expr, visit, context);
}

bool expr_is_mutable(const Catalog *catalog, Expr *expr)
{
    return expr && visit(expr, (void *)(uintptr_t)catalog);
}
