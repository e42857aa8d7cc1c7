/* ALTER TABLE … ALTER COLUMN … TYPE, and what is made anew over the column (PostgreSQL's ATExecAlterColumnType,
 * RememberAllDependentForRebuilding, ATPostAlterTypeCleanup). */
#include "ddl/ddl_private.h"

typedef struct TypeChange {
    Ddl *ddl;
    const AstColumnDef *definition;
    Oid type, collation;
    int32_t typmod, ndims;
    const char *name;
    bool recurse;
    RetypedColumns *retyped;
} TypeChange;

/* ---- may it be changed? ---- */

static bool refuse(const TypeChange *change, const char *message, ObjectAddress user)
{
    Diag *diag = ddl_error(change->ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "%s", message);
    ddl_detail(change->ddl, diag, "%s depends on column \"%s\"", describe_object(change->ddl, user), change->name);
    return false;
}

static bool refuse_view(const TypeChange *change, const Relation *view)
{
    Ddl *ddl = change->ddl;
    Diag *diag =
        ddl_error(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot alter type of a column used by a view or rule");
    ddl_detail(ddl, diag, "rule _RETURN on %s %s depends on column \"%s\"", describe_relation_kind(view->kind),
               describe_relation_name(ddl, view), change->name);
    if (view->span.file)
        diag_note(ddl->diags, diag, view->span, "the view is created here");
    return false;
}

static bool refuse_generated(const TypeChange *change, const Column *generated)
{
    Diag *diag = ddl_error(change->ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                           "cannot alter type of a column used by a generated column");
    ddl_detail(change->ddl, diag, "Column \"%s\" is used by generated column \"%s\".", change->name,
               generated->name);
    return false;
}

static bool check_dependent(const TypeChange *change, const Relation *relation, ObjectAddress user)
{
    switch ((int)user.class) {
    case CLASS_RELATION: {
        if (user.oid == relation->oid && user.sub)
            return refuse_generated(change, catalog_column(relation, user.sub));
        const Relation *view = catalog_relation(change->ddl->catalog, user.oid);
        if (view && (view->kind == RELKIND_VIEW || view->kind == RELKIND_MATVIEW))
            return refuse_view(change, view);
        return true;
    }
    case CLASS_RULE:
        return refuse(change, "cannot alter type of a column used by a view or rule", user);
    case CLASS_TRIGGER:
        return refuse(change, "cannot alter type of a column used in a trigger definition", user);
    case CLASS_POLICY:
        return refuse(change, "cannot alter type of a column used in a policy definition", user);
    case CLASS_FUNCTION:
        return refuse(change, "cannot alter type of a column used by a function or procedure", user);
    default:
        return true;
    }
}

static bool check_dependents(const TypeChange *change, const Relation *relation, int number)
{
    Ddl *ddl = change->ddl;
    DependencyList list = catalog_dependents(ddl->catalog, ddl->scratch, address_of_column(relation->oid, number));
    for (size_t i = 0; i < list.len; i++) {
        if (!check_dependent(change, relation, list.items[i].dependent))
            return false;
    }
    return true;
}

static bool check_column(const TypeChange *change, const Relation *relation, const Column *column)
{
    Ddl *ddl = change->ddl;
    for (size_t i = 0; i < change->retyped->len; i++) {
        if (change->retyped->items[i].relation == relation->oid &&
            change->retyped->items[i].number == column->number)
            return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot alter type of column \"%s\" twice",
                            column->name);
    }
    if (partition_key_uses(ddl, relation, column->number))
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "cannot alter column \"%s\" because it is part of the partition key of relation \"%s\"",
                        column->name, relation->name);
    return relation_check_column_type(ddl, column->name, change->type, relation->row_type, -1);
}

static bool coercible(const TypeChange *change, Oid from)
{
    return from == change->type ||
           coercion_possible(change->ddl->catalog, 1, &from, &change->type, COERCION_ASSIGNMENT);
}

static bool is_untyped_literal(const AstNode *raw)
{
    return ast_kind(raw) == AST_A_CONST &&
           (raw->a_const->isnull || raw->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL);
}

/* A literal in USING is read as the new type. */
static bool using_literal(const TypeChange *change, const Relation *relation, const Column *column)
{
    ExprScope scope = {.relations = &relation, .nrelations = 1};
    return analyze_expression(&change->ddl->context, change->definition->raw_default, &scope,
                              PARSE_ALTER_COL_TRANSFORM, change->type, change->typmod, column->name);
}

/* Old values become new ones: by USING, or by an assignment cast. */
static bool check_values(const TypeChange *change, const Relation *relation, const Column *column)
{
    Ddl *ddl = change->ddl;
    const AstNode *raw = change->definition->raw_default;
    Oid from = column->type;
    if (raw && is_untyped_literal(raw))
        return using_literal(change, relation, column);
    if (raw) {
        ExprScope scope = {.relations = &relation, .nrelations = 1};
        Expr *expr =
            analyze_expression(&ddl->context, raw, &scope, PARSE_ALTER_COL_TRANSFORM, INVALID_OID, -1, NULL);
        if (!expr)
            return false;
        from = expr->type;
    }
    if (coercible(change, from))
        return true;
    if (raw) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_DATATYPE_MISMATCH,
                               "result of USING clause for column \"%s\" cannot be cast automatically to type %s",
                               column->name, ddl_type_name(ddl, change->type));
        ddl_hint(ddl, diag, "You might need to add an explicit cast.");
        return false;
    }
    Diag *diag =
        ddl_error(ddl, -1, SQLSTATE_DATATYPE_MISMATCH, "column \"%s\" cannot be cast automatically to type %s",
                  column->name, ddl_type_name(ddl, change->type));
    ddl_hint(ddl, diag, "You might need to specify \"USING %s::%s\".",
             catalog_quote_identifier(ddl->scratch, column->name),
             catalog_format_type_typmod(ddl->catalog, ddl->scratch, change->type, change->typmod));
    return false;
}

/* strip_implicit_coercions */
static Expr *strip_implicit(Expr *expr)
{
    for (;;) {
        switch ((int)expr->kind) {
        case EXPR_FUNC:
            if (((FuncExpr *)expr)->form != FORM_IMPLICIT_CAST)
                return expr;
            expr = ((FuncExpr *)expr)->args.items[0];
            break;
        case EXPR_RELABEL:
        case EXPR_COERCE_VIA_IO:
        case EXPR_CONVERT_ROWTYPE:
        case EXPR_COERCE_TO_DOMAIN:
            if (((Coercion *)expr)->form != FORM_IMPLICIT_CAST)
                return expr;
            expr = ((Coercion *)expr)->arg;
            break;
        case EXPR_ARRAY_COERCE:
            if (((ArrayCoerce *)expr)->form != FORM_IMPLICIT_CAST)
                return expr;
            expr = ((ArrayCoerce *)expr)->arg;
            break;
        default:
            return expr;
        }
    }
}

/* The default or generation expression for the new type. */
static bool convert_default(const TypeChange *change, const Column *column, Expr **converted)
{
    Ddl *ddl = change->ddl;
    bool failed = false;
    *converted = NULL;
    if (!column->default_expr)
        return true;
    *converted = analyze_assignment(&ddl->context, strip_implicit(column->default_expr), change->type,
                                    change->typmod, &failed);
    return *converted || failed ? *converted != NULL
                                : ddl_fail(ddl, -1, SQLSTATE_DATATYPE_MISMATCH,
                                           "%s for column \"%s\" cannot be cast automatically to type %s",
                                           column->generated ? "generation expression" : "default", column->name,
                                           ddl_type_name(ddl, change->type));
}

/* ---- the change ---- */

static bool store(const TypeChange *change, Oid oid, int number, Expr *default_expr)
{
    Ddl *ddl = change->ddl;
    Column *column;
    Relation *edit = column_edit(ddl, oid, number, &column);
    RetypedColumn retyped = {oid, (int16_t)number, column->collation};
    vec_push(ddl->scratch, change->retyped, retyped);
    column->type = change->type;
    column->typmod = change->typmod;
    column->collation = change->collation;
    column->ndims = change->ndims;
    column->default_expr = default_expr;
    catalog_put_relation(ddl->catalog, edit);
    catalog_remove_references(ddl->catalog, (ObjectAddress){CLASS_DEFAULT, oid, number});
    catalog_remove_references(ddl->catalog, address_of_column(oid, number));
    relation_depend_column(ddl, oid, column);
    column_depend_default(ddl, oid, column);
    Oid sequence = column->identity ? sequence_of_column(ddl, oid, number) : INVALID_OID;
    return !sequence || sequence_set_type(ddl, sequence, type_base(ddl->catalog, change->type));
}

static bool change_in(const TypeChange *change, Oid oid, int expected_parents, bool is_root)
{
    Ddl *ddl = change->ddl;
    const Relation *relation = catalog_relation(ddl->catalog, oid);
    const Column *column = alter_find_column(ddl, relation, change->name);
    if (!column)
        return false;
    if (column->inherit_count > expected_parents)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                        is_root ? "cannot alter inherited column \"%s\""
                                : "cannot alter inherited column \"%s\" of relation \"%s\"",
                        change->name, relation->name);
    int number = column->number;
    Expr *default_expr;
    if (!check_column(change, relation, column) || !convert_default(change, column, &default_expr) ||
        !check_dependents(change, relation, number))
        return false;
    if (!composite_check_unused(ddl, relation))
        return false;
    return store(change, oid, number, default_expr);
}

/* Changes the column in the relation and all below it. */
static bool change_all(const TypeChange *change, Oid root)
{
    Ddl *ddl = change->ddl;
    Oids relations = {0};
    Counts parents = {0};
    if (!change->recurse && relation_has_children(ddl, root))
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "type of inherited column \"%s\" must be changed in child tables too", change->name);
    inherit_collect(ddl, root, &relations, &parents);
    for (size_t i = 0; i < relations.len; i++) {
        if (!change_in(change, relations.items[i], parents.items[i], i == 0))
            return false;
    }
    return true;
}

static bool find_type(TypeChange *change)
{
    Ddl *ddl = change->ddl;
    const AstColumnDef *definition = change->definition;
    change->type = analyze_type_name(&ddl->context, definition->type_name, &change->typmod);
    if (!change->type)
        return false;
    change->ndims = (int32_t)definition->type_name->n_array_bounds;
    change->collation = type_collation(ddl->catalog, change->type);
    const AstCollateClause *clause = definition->coll_clause;
    if (!clause)
        return true;
    bool failed = false;
    Oid collation =
        analyze_collation_name(&ddl->context, clause->n_collname, clause->collname, clause->location, &failed);
    if (failed)
        return false;
    if (!change->collation)
        return ddl_fail(ddl, clause->location, SQLSTATE_DATATYPE_MISMATCH,
                        "collations are not supported by type %s", ddl_type_name(ddl, change->type));
    change->collation = collation;
    return true;
}

/* ATPrepAlterColumnType: USING sees the table as it is before any other subcommand. */
bool alter_check_column_type(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    TypeChange change = {.ddl = ddl, .definition = command->def->column_def, .name = command->name};
    const Relation *relation = catalog_relation(ddl->catalog, target->relation);
    if (!alter_find_column(ddl, relation, command->name))
        return false;
    if (relation->of_type)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot alter column type of typed table");
    if (!find_type(&change) || !relation_check_column_type(ddl, command->name, change.type, relation->row_type, -1))
        return false;
    if (relation->kind != RELKIND_TABLE && relation->kind != RELKIND_PARTITIONED)
        return !change.definition->raw_default ||
               ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" is not a table", relation->name);
    Oids relations = {0};
    Counts parents = {0};
    inherit_collect(ddl, target->relation, &relations, &parents);
    for (size_t i = 0; i < (target->recurse ? relations.len : 1); i++) {
        relation = catalog_relation(ddl->catalog, relations.items[i]);
        const Column *column = catalog_find_column(relation, command->name);
        if (column && !check_values(&change, relation, column))
            return false;
        if (column && column->identity && !column_check_identity_type(ddl, type_base(ddl->catalog, change.type)))
            return false;
    }
    return true;
}

bool alter_column_type(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    TypeChange change = {.ddl = ddl,
                         .definition = command->def->column_def,
                         .name = command->name,
                         .recurse = target->recurse,
                         .retyped = target->retyped};
    const Relation *relation = catalog_relation(ddl->catalog, target->relation);
    Oids tables = {0};
    if (!find_type(&change))
        return false;
    if (relation->kind == RELKIND_COMPOSITE &&
        !alter_typed_tables(ddl, relation, command->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE, &tables))
        return false;
    if (!change_all(&change, target->relation))
        return false;
    change.recurse |= tables.len > 0;
    for (size_t i = 0; i < tables.len; i++) {
        if (!change_all(&change, tables.items[i]))
            return false;
    }
    return true;
}
