/* XML constructors: transformXmlExpr and transformXmlSerialize of PostgreSQL's parse_expr.c. */
#include "analyze/expr_parts.h"

#include <string.h>

/* The type each operation's arguments must have, and its name in messages. */
static const struct {
    const char *construct;
    Oid argument; /* of every argument, or of the first when `second` is set; 0: any */
    Oid second, result;
    XmlKind kind;
} operations[] = {
    [PG_QUERY__XML_EXPR_OP__IS_XMLCONCAT] = {"XMLCONCAT", TYPE_XML, TYPE_XML, TYPE_XML, XML_CONCAT},
    [PG_QUERY__XML_EXPR_OP__IS_XMLELEMENT] = {"XMLELEMENT", 0, 0, TYPE_XML, XML_ELEMENT},
    [PG_QUERY__XML_EXPR_OP__IS_XMLFOREST] = {"XMLFOREST", 0, 0, TYPE_XML, XML_FOREST},
    [PG_QUERY__XML_EXPR_OP__IS_XMLPARSE] = {"XMLPARSE", TYPE_TEXT, TYPE_BOOL, TYPE_XML, XML_PARSE},
    [PG_QUERY__XML_EXPR_OP__IS_XMLPI] = {"XMLPI", TYPE_TEXT, TYPE_TEXT, TYPE_XML, XML_PI},
    [PG_QUERY__XML_EXPR_OP__IS_XMLROOT] = {"XMLROOT", TYPE_XML, TYPE_TEXT, TYPE_XML, XML_ROOT},
    [PG_QUERY__XML_EXPR_OP__IS_DOCUMENT] = {"IS DOCUMENT", TYPE_XML, TYPE_XML, TYPE_BOOL, XML_IS_DOCUMENT},
};

/* A named argument (attribute or XMLFOREST item): its name, given or taken from a column reference. */
static const char *argument_name(ParseState *ps, const PgQuery__ResTarget *target, bool forest)
{
    if (target->name && *target->name)
        return target->name;
    if (target->val->node_case == PG_QUERY__NODE__NODE_COLUMN_REF)
        return target_figure_name(ps_catalog(ps), ps_arena(ps), target->val);
    ps_error(ps, ast_location(target->val), SQLSTATE_SYNTAX_ERROR,
             forest ? "unnamed XML element value must be a column reference"
                    : "unnamed XML attribute value must be a column reference");
    return NULL;
}

static bool transform_named_args(ParseState *ps, const PgQuery__XmlExpr *raw, XmlExpr *expr)
{
    bool forest = raw->op == PG_QUERY__XML_EXPR_OP__IS_XMLFOREST;
    expr->arg_names = arena_array_of(ps_arena(ps), raw->n_named_args, const char *);
    for (size_t i = 0; i < raw->n_named_args; i++) {
        const PgQuery__ResTarget *target = raw->named_args[i]->res_target;
        Expr *value = expr_recurse(ps, target->val);
        const char *name = value ? argument_name(ps, target, forest) : NULL;
        if (!name)
            return false;
        for (size_t j = 0; !forest && j < i; j++) {
            if (strcmp(expr->arg_names[j], name) != 0)
                continue;
            ps_error(ps, target->location, SQLSTATE_SYNTAX_ERROR,
                     "XML attribute name \"%s\" appears more than once", name);
            return false;
        }
        expr->arg_names[i] = name;
        exprlist_push(ps_arena(ps), &expr->named_args, value);
    }
    return true;
}

Expr *expr_transform_xml(ParseState *ps, const PgQuery__XmlExpr *raw)
{
    XmlExpr *expr = expr_make(ps_arena(ps), EXPR_XML, XmlExpr, operations[raw->op].result, raw->location);
    expr->xml = operations[raw->op].kind;
    expr->name = raw->name && *raw->name ? raw->name : NULL;
    if (!transform_named_args(ps, raw, expr))
        return NULL;
    for (size_t i = 0; i < raw->n_args; i++) {
        Expr *arg = expr_recurse(ps, raw->args[i]);
        Oid type = i == 0 ? operations[raw->op].argument : operations[raw->op].second;
        if (raw->op == PG_QUERY__XML_EXPR_OP__IS_XMLROOT && i == 2)
            type = TYPE_INT4;
        if (arg && type)
            arg = coerce_to_specific(ps, arg, type, operations[raw->op].construct);
        if (!arg)
            return NULL;
        exprlist_push(ps_arena(ps), &expr->args, arg);
    }
    return &expr->expr;
}

Expr *expr_transform_xml_serialize(ParseState *ps, const PgQuery__XmlSerialize *raw)
{
    XmlExpr *expr = expr_make(ps_arena(ps), EXPR_XML, XmlExpr, TYPE_TEXT, raw->location);
    expr->xml = XML_SERIALIZE;
    Expr *arg = expr_recurse(ps, raw->expr);
    arg = arg ? coerce_to_specific(ps, arg, TYPE_XML, "XMLSERIALIZE") : NULL;
    if (!arg)
        return NULL;
    exprlist_push(ps_arena(ps), &expr->args, arg);
    AnalyzeContext context = ps_context(ps);
    int32_t typmod = -1;
    Oid target = analyze_type_name(&context, raw->type_name, &typmod);
    if (!target)
        return NULL;
    bool failed = false;
    Expr *result =
        coerce_to_target(ps, &expr->expr, target, typmod, COERCION_IMPLICIT, FORM_IMPLICIT_CAST, -1, &failed);
    if (!result && !failed)
        ps_error(ps, raw->location, SQLSTATE_CANNOT_COERCE, "cannot cast XMLSERIALIZE result to %s",
                 ps_type(ps, target));
    return result;
}
