/* Column definitions: type, collation and the constraints written at a column (PostgreSQL's
 * transformColumnDefinition). */
#include "ddl/ddl_private.h"

/* ---- types ---- */

static const struct {
    const char *name;
    Oid type;
} serial_types[] = {
    {"smallserial", TYPE_INT2}, {"serial2", TYPE_INT2},   {"serial", TYPE_INT4},
    {"serial4", TYPE_INT4},     {"bigserial", TYPE_INT8}, {"serial8", TYPE_INT8},
};

/* The integer type behind serial and its like, 0 for any other type. */
static Oid serial_type(const AstTypeName *name)
{
    const char *text = name->n_names == 1 && !name->pct_type ? ast_string(name->names[0]) : NULL;
    for (size_t i = 0; text && i < sizeof serial_types / sizeof *serial_types; i++) {
        if (strcmp(text, serial_types[i].name) == 0)
            return serial_types[i].type;
    }
    return INVALID_OID;
}

static bool plan_collation(Ddl *ddl, const AstColumnDef *definition, Column *column)
{
    column->collation = type_collation(ddl->catalog, column->type);
    const AstCollateClause *clause = definition->coll_clause;
    if (!clause)
        return true;
    bool failed = false;
    Oid collation =
        analyze_collation_name(&ddl->context, clause->n_collname, clause->collname, clause->location, &failed);
    if (failed)
        return false;
    if (!column->collation)
        return ddl_fail(ddl, clause->location, SQLSTATE_DATATYPE_MISMATCH,
                        "collations are not supported by type %s", ddl_type_name(ddl, column->type));
    column->collation = collation;
    return true;
}

bool column_check_compression(Ddl *ddl, Oid type, const char *method)
{
    if (!method || strcmp(method, "default") == 0)
        return true;
    if (catalog_type(ddl->catalog, type)->len != -1)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "column data type %s does not support compression",
                        ddl_type_name(ddl, type));
    return strcmp(method, "pglz") == 0 || strcmp(method, "lz4") == 0 ||
           ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "invalid compression method \"%s\"", method);
}

static bool plan_type(Ddl *ddl, const AstColumnDef *definition, ColumnPlan *plan)
{
    const AstTypeName *name = definition->type_name;
    Column *column = &plan->column;
    plan->serial = serial_type(name);
    if (plan->serial && name->n_array_bounds)
        return ddl_fail(ddl, name->location, SQLSTATE_FEATURE_NOT_SUPPORTED, "array of serial is not implemented");
    if (plan->serial) {
        column->type = plan->serial;
        column->typmod = -1;
    } else {
        column->type = analyze_type_name(&ddl->context, name, &column->typmod);
    }
    if (!column->type)
        return false;
    if (name->setof)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION, "column \"%s\" cannot be declared SETOF",
                        column->name);
    column->ndims = (int32_t)name->n_array_bounds;
    return plan_collation(ddl, definition, column) &&
           column_check_compression(ddl, column->type, ast_text(definition->compression));
}

/* ---- constraints ---- */

bool column_plan_constraint(Ddl *ddl, const AstConstraint *constraint, const char *column,
                            TableConstraints *constraints)
{
    switch ((int)constraint->contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
        vec_push(ddl->scratch, &constraints->checks, constraint);
        return true;
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
        vec_push(ddl->scratch, &constraints->keys, constraint);
        vec_push(ddl->scratch, &constraints->key_columns, column);
        return true;
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
        vec_push(ddl->scratch, &constraints->foreign_keys, constraint);
        vec_push(ddl->scratch, &constraints->fk_columns, column);
        return true;
    default:
        return ddl_fail(ddl, constraint->location, SQLSTATE_FEATURE_NOT_SUPPORTED, "unsupported table constraint");
    }
}

typedef struct ColumnContext {
    Ddl *ddl;
    const char *relation;
    ColumnPlan *plan;
    const AstColumnDef *definition;
} ColumnContext;

static bool conflict(const ColumnContext *context, const AstConstraint *constraint, const char *format)
{
    char *message = arena_printf(context->ddl->diags->arena, "%s for column \"%s\" of table \"%s\"", format,
                                 context->plan->column.name, context->relation);
    return ddl_fail(context->ddl, constraint->location, SQLSTATE_SYNTAX_ERROR, "%s", message);
}

static bool plan_not_null(const ColumnContext *context, const AstConstraint *constraint, bool not_null)
{
    ColumnPlan *plan = context->plan;
    if (not_null ? plan->null_given : plan->not_null_given)
        return conflict(context, constraint, "conflicting NULL/NOT NULL declarations");
    if (not_null) {
        plan->not_null_given = true;
        plan->column.not_null = true;
    } else {
        plan->null_given = true;
    }
    return true;
}

static bool plan_default(const ColumnContext *context, const AstConstraint *constraint)
{
    ColumnPlan *plan = context->plan;
    if (plan->serial || plan->column.has_default)
        return conflict(context, constraint, "multiple default values specified");
    plan->raw_default = constraint->raw_expr;
    plan->column.has_default = true;
    return true;
}

static bool plan_identity(const ColumnContext *context, const AstConstraint *constraint)
{
    ColumnPlan *plan = context->plan;
    if (plan->identity)
        return conflict(context, constraint, "multiple identity specifications");
    if (plan->null_given)
        return conflict(context, constraint, "conflicting NULL/NOT NULL declarations");
    plan->identity = constraint;
    plan->column.identity = *constraint->generated_when;
    plan->column.not_null = plan->not_null_given = true;
    return true;
}

static bool plan_generated(const ColumnContext *context, const AstConstraint *constraint)
{
    ColumnPlan *plan = context->plan;
    if (plan->column.generated)
        return conflict(context, constraint, "multiple generation clauses specified");
    plan->column.generated = 's';
    plan->raw_default = constraint->raw_expr;
    return true;
}

/* What stands for an attribute written after a constraint: DEFERRABLE … belongs to the one before it. */
static bool apply_attribute(Ddl *ddl, const AstConstraint *attribute, AstConstraint *last)
{
    static const char *const words[] = {
        [PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE] = "DEFERRABLE",
        [PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_NOT_DEFERRABLE] = "NOT DEFERRABLE",
        [PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED] = "INITIALLY DEFERRED",
        [PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_IMMEDIATE] = "INITIALLY IMMEDIATE",
    };
    if (!last)
        return ddl_fail(ddl, attribute->location, SQLSTATE_SYNTAX_ERROR, "misplaced %s clause",
                        words[attribute->contype]);
    if (attribute->contype == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE)
        last->deferrable = true;
    if (attribute->contype == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED)
        last->deferrable = last->initdeferred = true;
    return true;
}

static bool supports_attributes(const AstConstraint *constraint)
{
    return constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY ||
           constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE ||
           constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION ||
           constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN;
}

static bool plan_constraint(const ColumnContext *context, const AstConstraint *constraint,
                            TableConstraints *constraints, AstConstraint **last)
{
    Ddl *ddl = context->ddl;
    switch ((int)constraint->contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
        return plan_not_null(context, constraint, false);
    case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
        return plan_not_null(context, constraint, true);
    case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
        return plan_default(context, constraint);
    case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
        return plan_identity(context, constraint);
    case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
        return plan_generated(context, constraint);
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE:
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_NOT_DEFERRABLE:
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED:
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_IMMEDIATE:
        return apply_attribute(ddl, constraint, *last);
    default: {
        /* A copy, as the attributes that follow are written into it. */
        AstConstraint *copy = arena_memdup(ddl->arena, constraint, sizeof *copy);
        *last = supports_attributes(copy) ? copy : NULL;
        return column_plan_constraint(ddl, copy, context->plan->column.name, constraints);
    }
    }
}

static bool check_combinations(const ColumnContext *context, const AstConstraint *latest)
{
    const Column *column = &context->plan->column;
    bool has_default = column->has_default || context->plan->serial;
    if (has_default && column->identity)
        return conflict(context, latest, "both default and identity specified");
    if (has_default && column->generated)
        return conflict(context, latest, "both default and generation expression specified");
    if (column->identity && column->generated)
        return conflict(context, latest, "both identity and generation expression specified");
    return true;
}

bool column_plan(Ddl *ddl, const char *relation, const AstColumnDef *definition, ColumnPlan *plan,
                 TableConstraints *constraints)
{
    *plan = (ColumnPlan){.definition = definition};
    Column *column = &plan->column;
    column->name = arena_strdup(ddl->arena, definition->colname);
    column->is_local = true;
    column->typmod = -1;
    column->span = ddl_span(ddl, definition->location);
    if (definition->type_name && !plan_type(ddl, definition, plan))
        return false;
    ColumnContext context = {ddl, relation, plan, definition};
    if (plan->serial)
        plan->column.not_null = plan->not_null_given = true;
    AstConstraint *last = NULL;
    for (size_t i = 0; i < definition->n_constraints; i++) {
        const AstConstraint *constraint = definition->constraints[i]->constraint;
        if (!plan_constraint(&context, constraint, constraints, &last) || !check_combinations(&context, constraint))
            return false;
    }
    return !column->identity || !column->type ||
           column_check_identity_type(ddl, type_base(ddl->catalog, column->type));
}

bool column_check_identity_type(Ddl *ddl, Oid type)
{
    if (type == TYPE_INT2 || type == TYPE_INT4 || type == TYPE_INT8)
        return true;
    return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE,
                    "identity column type must be smallint, integer, or bigint");
}
