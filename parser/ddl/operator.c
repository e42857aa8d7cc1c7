/* Operators (PostgreSQL's DefineOperator, OperatorCreate). */
#include "ddl/ddl_private.h"

bool operator_split_name(Ddl *ddl, AstItems names, Oid *schema, const char **name)
{
    const char *schema_name;
    *schema = INVALID_OID;
    if (!analyze_qualified_name(&ddl->context, names.len, names.items, &schema_name, name))
        return false;
    return !schema_name || (*schema = name_schema(ddl, schema_name, false)) != INVALID_OID;
}

static bool argument(Ddl *ddl, const AstDefElem *given, Oid *type)
{
    int32_t typmod;
    *type = INVALID_OID;
    if (!given)
        return true;
    if (ast_kind(given->arg) == AST_STRING && strcmp(ast_string(given->arg), "none") == 0)
        return true;
    if (ast_kind(given->arg) == AST_TYPE_NAME && given->arg->type_name->setof)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                        "SETOF type not allowed for operator argument");
    *type = ast_kind(given->arg) == AST_TYPE_NAME ? analyze_type_name(&ddl->context, given->arg->type_name, &typmod)
                                                  : type_require(ddl, ddl_names(ddl, given->arg), -1);
    return *type != INVALID_OID;
}

static const Function *implementation(Ddl *ddl, const AstDefineStmt *define, const Operator *op)
{
    const AstDefElem *given = definition_option(define, "function");
    if (!given)
        given = definition_option(define, "procedure");
    if (!given) {
        ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION, "operator function must be specified");
        return NULL;
    }
    const Oid types[] = {op->left ? op->left : op->right, op->right};
    return function_lookup(ddl, definition_names(ddl, given), types, op->left ? 2 : 1, false);
}

/* The commutator or negator, and the new operator as theirs where they have none. */
static bool link_operator(Ddl *ddl, const AstDefElem *given, Operator *op, bool commutator)
{
    if (!given)
        return true;
    const char *what = commutator ? "commutators" : "negators";
    if (commutator && !op->left)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION, "only binary operators can have %s", what);
    if (!commutator && op->result != TYPE_BOOL)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION, "only boolean operators can have %s", what);
    Oid schema, left = commutator ? op->right : op->left, right = commutator ? op->left : op->right;
    const char *name;
    if (!operator_split_name(ddl, definition_names(ddl, given), &schema, &name))
        return false;
    bool self = strcmp(name, op->name) == 0 && left == op->left && right == op->right;
    if (self && !commutator)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION, "operator cannot be its own negator");
    const Operator *found = operator_find_exact(ddl->catalog, ddl->scratch, schema, name, left, right);
    Oid linked = self ? op->oid : found ? found->oid : INVALID_OID;
    *(commutator ? &op->commutator : &op->negator) = linked;
    if (!found || found->oid < FIRST_USER_OID || self)
        return true;
    Operator *edit = catalog_edit_operator(ddl->catalog, linked);
    Oid *back = commutator ? &edit->commutator : &edit->negator;
    if (!*back) {
        *back = op->oid;
        catalog_put_operator(ddl->catalog, edit);
    }
    return true;
}

static bool check_arguments(Ddl *ddl, const Operator *op)
{
    if (!op->left && !op->right)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION, "operator argument types must be specified");
    if (op->right)
        return true;
    Diag *diag =
        ddl_error(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION, "operator right argument type must be specified");
    ddl_detail(ddl, diag, "Postfix operators are not supported.");
    return false;
}

/* The checks of OperatorCreate on what only operators of some kinds can have. */
static bool check_properties(Ddl *ddl, const AstDefineStmt *define, const Operator *op)
{
    static const struct {
        const char *option, *text;
        bool binary, boolean;
    } properties[] = {
        {"commutator", "have commutators", true, false},
        {"negator", "have negators", false, true},
        {"restrict", "have restriction selectivity", false, true},
        {"join", "have join selectivity", true, true},
        {"merges", "merge join", true, true},
        {"hashes", "hash", true, true},
    };
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++)
        if (properties[i].binary && !op->left && definition_option(define, properties[i].option))
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION, "only binary operators can %s",
                            properties[i].text);
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++)
        if (properties[i].boolean && op->result != TYPE_BOOL && definition_option(define, properties[i].option))
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION, "only boolean operators can %s",
                            properties[i].text);
    return true;
}

/* The planner's estimators must exist. */
static bool check_estimators(Ddl *ddl, const AstDefineStmt *define)
{
    static const Oid args[] = {TYPE_INTERNAL, TYPE_OID, TYPE_INTERNAL, TYPE_INT4};
    const AstDefElem *restriction = definition_option(define, "restrict");
    return !restriction || function_lookup(ddl, definition_names(ddl, restriction), args, 4, false);
}

static void depend_operator(Ddl *ddl, const Operator *op)
{
    ObjectAddress self = address_of(CLASS_OPERATOR, op->oid);
    depend_on_schema(ddl, self, op->schema);
    depend_on_type(ddl, self, op->left);
    depend_on_type(ddl, self, op->right);
    depend_on_type(ddl, self, op->result);
    depend_on(ddl, self, address_of(CLASS_FUNCTION, op->function), DEPENDENCY_NORMAL);
}

bool define_operator(Ddl *ddl, const AstDefineStmt *define)
{
    const char *name;
    Oid schema = name_creation_schema(ddl, AST_ITEMS(define, defnames), &name);
    if (!schema)
        return false;
    Operator *op = arena_new_of(ddl->arena, Operator);
    *op = (Operator){
        .oid = catalog_new_oid(ddl->catalog),
        .name = arena_strdup(ddl->arena, name),
        .schema = schema,
        .can_merge = definition_option(define, "merges") != NULL,
        .can_hash = definition_option(define, "hashes") != NULL,
        .span = ddl_span(ddl, -1),
    };
    if (!argument(ddl, definition_option(define, "leftarg"), &op->left) ||
        !argument(ddl, definition_option(define, "rightarg"), &op->right) || !check_arguments(ddl, op))
        return false;
    const Function *function = implementation(ddl, define, op);
    if (!function || !privilege_check(ddl, address_of(CLASS_FUNCTION, function->oid), PRIVILEGE_EXECUTE) ||
        !check_estimators(ddl, define))
        return false;
    op->function = function->oid;
    op->result = function->return_type;
    if (!check_properties(ddl, define, op))
        return false;
    if (operator_find_exact(ddl->catalog, ddl->scratch, schema, op->name, op->left, op->right))
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_FUNCTION, "operator %s already exists", op->name);
    if (!link_operator(ddl, definition_option(define, "commutator"), op, true) ||
        !link_operator(ddl, definition_option(define, "negator"), op, false))
        return false;
    catalog_put_operator(ddl->catalog, op);
    depend_operator(ddl, op);
    return true;
}

const Operator *operator_lookup_with_args(Ddl *ddl, const AstObjectWithArgs *object, bool missing_ok, bool *failed)
{
    Oids types = {0};
    bool missing = false;
    Oid schema;
    const char *name;
    *failed = true;
    DiagsMark mark = diags_mark(ddl->diags);
    if (!function_arg_types(ddl, AST_ITEMS(object, objargs), &types, missing_ok, &missing))
        return NULL;
    if (!operator_split_name(ddl, AST_ITEMS(object, objname), &schema, &name)) {
        *failed = !missing_ok;
        if (missing_ok)
            diags_rewind(ddl->diags, mark);
        return NULL;
    }
    const Operator *op = missing || types.len != 2 ? NULL
                                                   : operator_find_exact(ddl->catalog, ddl->scratch, schema, name,
                                                                         types.items[0], types.items[1]);
    *failed = !op && !missing_ok;
    if (!*failed)
        return op;
    const char *text = ast_name_text(ddl->scratch, AST_ITEMS(object, objname));
    Oid left = types.items[0], right = types.items[1];
    if (left && right)
        ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_FUNCTION, "operator does not exist: %s %s %s",
                 ddl_type_name(ddl, left), text, ddl_type_name(ddl, right));
    else
        ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_FUNCTION, "operator does not exist: %s %s", text,
                 ddl_type_name(ddl, right));
    return NULL;
}

bool alter_operator(Ddl *ddl, const AstNode *node)
{
    /* RESTRICT and JOIN: estimators of the planner; since PostgreSQL 17 more. */
    static const char *const attributes[] = {"restrict",  "join",       "leftarg", "rightarg", "function",
                                             "procedure", "commutator", "negator", "hashes",   "merges"};
    enum { CHANGEABLE = 2, FIXED = 6, CHANGEABLE_SINCE = 17 };
    const AstAlterOperatorStmt *stmt = node->alter_operator_stmt;
    bool failed;
    const Operator *op = operator_lookup_with_args(ddl, stmt->opername, false, &failed);
    if (!op || !owner_check(ddl, address_of(CLASS_OPERATOR, op->oid)))
        return false;
    for (size_t i = 0; i < stmt->n_options; i++) {
        const char *name = stmt->options[i]->def_elem->defname;
        size_t at = 0;
        while (at < sizeof attributes / sizeof *attributes && strcmp(attributes[at], name) != 0)
            at++;
        if (at == sizeof attributes / sizeof *attributes)
            return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "operator attribute \"%s\" not recognized", name);
        if (at >= CHANGEABLE && (at < FIXED || catalog_version(ddl->catalog) < CHANGEABLE_SINCE))
            return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "operator attribute \"%s\" cannot be changed", name);
    }
    return true;
}
