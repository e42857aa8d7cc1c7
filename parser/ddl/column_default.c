/* Defaults, generation expressions and the sequences of serial and identity columns (PostgreSQL's
 * cookDefault, StoreAttrDefault, generateSerialExtraStmts). */
#include "ddl/ddl_private.h"

/* What a generation expression may not name: generated columns, itself included, and the whole row. */
static bool check_generated_columns(Ddl *ddl, const Relation *relation, const Column *column, Expr *expr)
{
    Numbers numbers = {0};
    depend_columns(ddl, expr, &numbers);
    for (size_t i = 0; i < numbers.len; i++) {
        const Column *used = catalog_column(relation, numbers.items[i]);
        if (!used) {
            Diag *diag = ddl_error(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                                   "cannot use whole-row variable in column generation expression");
            ddl_detail(ddl, diag, "This would cause the generated column to depend on its own value.");
            return false;
        }
        if (!used->generated)
            continue;
        Diag *diag = ddl_error(ddl, expr_location(expr), SQLSTATE_INVALID_OBJECT_DEFINITION,
                               "cannot use generated column \"%s\" in column generation expression", used->name);
        ddl_detail(ddl, diag, "A generated column cannot reference another generated column.");
        return false;
    }
    (void)column;
    return true;
}

Expr *column_analyze_default(Ddl *ddl, const Relation *relation, const Column *column, const AstNode *raw)
{
    if (!column->generated)
        return analyze_expression(&ddl->context, raw, NULL, PARSE_COLUMN_DEFAULT, column->type, column->typmod,
                                  column->name);
    ExprScope scope = {.relations = &relation, .nrelations = 1};
    Expr *expr = analyze_expression(&ddl->context, raw, &scope, PARSE_GENERATED_COLUMN, column->type,
                                    column->typmod, column->name);
    if (expr && !check_generated_columns(ddl, relation, column, expr))
        return NULL;
    if (expr && expr_is_mutable(ddl->catalog, expr)) {
        ddl_error(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION, "generation expression is not immutable");
        return NULL;
    }
    return expr;
}

void column_put_default(Column *column, Expr *expr)
{
    bool is_null = !column->generated && expr && expr->kind == EXPR_CONST && ((Const *)expr)->is_null;
    column->has_default = expr && !is_null;
    column->default_expr = is_null ? NULL : expr;
}

void column_depend_default(Ddl *ddl, Oid relation, const Column *column)
{
    if (!column->has_default)
        return;
    ObjectAddress self = {CLASS_DEFAULT, relation, column->number};
    depend_on(ddl, self, address_of_column(relation, column->number), DEPENDENCY_AUTO);
    /* What a generation expression needs goes only together with the column itself; before PostgreSQL 15 the column
     * went with what it needs. */
    bool follows = column->generated && catalog_version(ddl->catalog) < 15;
    depend_on_expr(ddl, column->generated ? address_of_column(relation, column->number) : self,
                   column->default_expr, &relation, 1, relation, follows ? DEPENDENCY_AUTO : DEPENDENCY_NORMAL);
}

Relation *column_edit(Ddl *ddl, Oid oid, int number, Column **column)
{
    Relation *relation = catalog_edit_relation(ddl->catalog, oid);
    *column = &relation_own_columns(ddl, relation, 0)[number - 1];
    return relation;
}

bool column_set_default(Ddl *ddl, Oid oid, int number, const AstNode *raw)
{
    const Relation *relation = catalog_relation(ddl->catalog, oid);
    Expr *expr = column_analyze_default(ddl, relation, catalog_column(relation, number), raw);
    if (!expr)
        return false;
    column_drop_default(ddl, oid, number);
    Column *column;
    Relation *edit = column_edit(ddl, oid, number, &column);
    column_put_default(column, expr);
    catalog_put_relation(ddl->catalog, edit);
    column_depend_default(ddl, oid, column);
    return true;
}

void column_drop_default(Ddl *ddl, Oid oid, int number)
{
    const Relation *relation = catalog_relation(ddl->catalog, oid);
    catalog_remove_references(ddl->catalog, (ObjectAddress){CLASS_DEFAULT, oid, number});
    if (!catalog_column(relation, number)->has_default)
        return;
    Column *column;
    Relation *edit = column_edit(ddl, oid, number, &column);
    column->has_default = false;
    column->default_expr = NULL;
    catalog_put_relation(ddl->catalog, edit);
    catalog_remove_references(ddl->catalog, address_of_column(oid, number));
    relation_depend_column(ddl, oid, column);
}

Expr *column_nextval(Ddl *ddl, Oid sequence, Oid type)
{
    const Relation *relation = catalog_relation(ddl->catalog, sequence);
    const Schema *schema = catalog_schema(ddl->catalog, relation->schema);
    Const *name = expr_make(ddl->arena, EXPR_CONST, Const, TYPE_REGCLASS, -1);
    name->text = arena_printf(ddl->arena, "%s.%s", catalog_quote_identifier(ddl->arena, schema->name),
                              catalog_quote_identifier(ddl->arena, relation->name));
    const Oid argument = TYPE_REGCLASS;
    FuncExpr *call = expr_make(ddl->arena, EXPR_FUNC, FuncExpr, TYPE_INT8, -1);
    FunctionList functions = catalog_functions_named(ddl->catalog, ddl->scratch, "nextval");
    for (size_t i = 0; i < functions.len; i++) {
        const Function *function = functions.items[i];
        if (function->schema == SCHEMA_PG_CATALOG && function->nargs == 1 && function->arg_types[0] == argument)
            call->function = function->oid;
    }
    vec_push(ddl->arena, &call->args, &name->expr);
    const Cast *cast = type == TYPE_INT8 ? NULL : catalog_find_cast(ddl->catalog, TYPE_INT8, type);
    if (!cast)
        return &call->expr;
    FuncExpr *narrowed = expr_make(ddl->arena, EXPR_FUNC, FuncExpr, type, -1);
    narrowed->function = cast->function;
    narrowed->form = FORM_IMPLICIT_CAST;
    vec_push(ddl->arena, &narrowed->args, &call->expr);
    return &narrowed->expr;
}

/* The name and schema of the sequence: SEQUENCE NAME of an identity column, or chosen. */
static bool sequence_name(Ddl *ddl, const Relation *relation, const Column *column, AstItems options,
                          const char **name, Oid *schema)
{
    const AstDefElem *given = ast_option(options, "sequence_name");
    *schema = relation->schema;
    if (!given) {
        *name = name_choose_relation(ddl, relation->name, column->name, "seq", relation->schema, false);
        return true;
    }
    const char *schema_name;
    AstItems names = ddl_names(ddl, given->arg);
    if (!analyze_qualified_name(&ddl->context, names.len, names.items, &schema_name, name))
        return false;
    *name = arena_strdup(ddl->arena, *name);
    if (schema_name)
        *schema = name_schema(ddl, schema_name, false);
    return *schema != INVALID_OID;
}

Oid column_create_sequence(Ddl *ddl, const Relation *relation, const Column *column, Oid type, AstItems options,
                           bool identity)
{
    const char *name;
    Oid schema;
    if (!sequence_name(ddl, relation, column, options, &name, &schema))
        return INVALID_OID;
    Oid sequence = sequence_create(ddl, name, schema, relation->persistence, options, type, identity, -1);
    if (!sequence)
        return INVALID_OID;
    sequence_set_owner(ddl, sequence, relation->oid, column->number,
                       identity ? DEPENDENCY_INTERNAL : DEPENDENCY_AUTO);
    if (catalog_relation(ddl->catalog, relation->oid))
        catalog_set_owner(ddl->catalog, address_of(CLASS_RELATION, sequence),
                          catalog_owner(ddl->catalog, address_of(CLASS_RELATION, relation->oid)));
    return sequence;
}
