/* CHECK constraints, and what all constraints of relations have in common (PostgreSQL's
 * AddRelationNewConstraints, CreateConstraintEntry). */
#include "ddl/ddl_private.h"

bool constraint_check_name_free(Ddl *ddl, const Relation *relation, const char *name)
{
    const Constraint *old = relation_constraint(relation, name);
    if (!old)
        return true;
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_DUPLICATE_OBJECT,
                           "constraint \"%s\" for relation \"%s\" already exists", name, relation->name);
    if (old->span.file)
        diag_note(ddl->diags, diag, old->span, "constraint \"%s\" is created here", name);
    return false;
}

/* An own copy of the constraints with room for one more. */
static Constraint *own_constraints(Ddl *ddl, Relation *edit)
{
    Constraint *constraints = arena_array_of(ddl->arena, edit->nconstraints + 1, Constraint);
    if (edit->nconstraints)
        memcpy(constraints, edit->constraints, edit->nconstraints * sizeof *constraints);
    edit->constraints = constraints;
    return constraints;
}

Oid constraint_store(Ddl *ddl, Oid oid, Constraint *constraint)
{
    if (!constraint->oid)
        constraint->oid = catalog_new_oid(ddl->catalog);
    Relation *relation = catalog_edit_relation(ddl->catalog, oid);
    own_constraints(ddl, relation)[relation->nconstraints++] = *constraint;
    catalog_put_relation(ddl->catalog, relation);
    name_register_constraint(ddl, constraint->name, address_of(CLASS_RELATION, oid));

    ObjectAddress self = address_of(CLASS_CONSTRAINT, constraint->oid);
    for (size_t i = 0; i < constraint->ncolumns; i++)
        depend_on(ddl, self, address_of_column(oid, constraint->columns[i]), DEPENDENCY_AUTO);
    if (constraint->ncolumns == 0)
        depend_on(ddl, self, address_of(CLASS_RELATION, oid), DEPENDENCY_AUTO);
    depend_on_expr(ddl, self, constraint->check, &oid, 1, oid, DEPENDENCY_AUTO);
    if (constraint->type == CONSTRAINT_FOREIGN) {
        for (size_t i = 0; i < constraint->ncolumns; i++)
            depend_on(ddl, self, address_of_column(constraint->foreign_relation, constraint->foreign_columns[i]),
                      DEPENDENCY_NORMAL);
        depend_on(ddl, self, address_of(CLASS_RELATION, constraint->index), DEPENDENCY_NORMAL);
    }
    return constraint->oid;
}

void constraint_set_parent(Ddl *ddl, Oid oid, Oid constraint, Oid parent)
{
    Relation *edit = catalog_edit_relation(ddl->catalog, oid);
    Constraint *constraints = own_constraints(ddl, edit);
    for (size_t i = 0; i < edit->nconstraints; i++) {
        if (constraints[i].oid == constraint) {
            constraints[i].inherit_count++;
            constraints[i].is_local = false;
        }
    }
    catalog_put_relation(ddl->catalog, edit);
    depend_on(ddl, address_of(CLASS_CONSTRAINT, constraint), address_of(CLASS_CONSTRAINT, parent),
              DEPENDENCY_INTERNAL);
}

static void detach_from_domain(Ddl *ddl, Oid oid, Oid constraint)
{
    Type *type = catalog_edit_type(ddl->catalog, oid);
    DomainCheck *checks = arena_array_of(ddl->arena, type->nchecks, DomainCheck);
    size_t n = 0;
    for (size_t i = 0; i < type->nchecks; i++) {
        if (type->checks[i].oid != constraint)
            checks[n++] = type->checks[i];
    }
    type->checks = checks;
    type->nchecks = n;
    catalog_put_type(ddl->catalog, type);
}

void constraint_detach(Ddl *ddl, ObjectAddress owner, Oid constraint)
{
    if (owner.class == CLASS_TYPE) {
        detach_from_domain(ddl, owner.oid, constraint);
        return;
    }
    Relation *relation = catalog_edit_relation(ddl->catalog, owner.oid);
    Constraint *constraints = own_constraints(ddl, relation);
    size_t n = 0;
    for (size_t i = 0; i < relation->nconstraints; i++) {
        if (constraints[i].oid != constraint)
            constraints[n++] = constraints[i];
    }
    relation->nconstraints = n;
    catalog_put_relation(ddl->catalog, relation);
}

/* ---- CHECK ---- */

static void check_columns(Ddl *ddl, Constraint *constraint)
{
    Numbers numbers = {0};
    depend_columns(ddl, constraint->check, &numbers);
    Numbers own = {0};
    for (size_t i = 0; i < numbers.len; i++) {
        if (numbers.items[i] > 0)
            vec_push(ddl->arena, &own, numbers.items[i]);
    }
    constraint->columns = own.items;
    constraint->ncolumns = own.len;
}

/* The name for a CHECK without one: after its column when it is about just one. */
static const char *choose_check_name(Ddl *ddl, const Relation *relation, const Constraint *check)
{
    const char *column = NULL;
    if (check->ncolumns == 1)
        column = catalog_column(relation, check->columns[0])->name;
    return name_choose_constraint(ddl, relation->name, column, "check", relation->schema, NULL);
}

/* MergeWithExistingConstraint: 1 merged, 0 there is none of the name, -1 after an error. */
static int merge_with_existing(Ddl *ddl, const Relation *relation, const Constraint *check, bool inherited)
{
    const Constraint *old = relation_constraint(relation, check->name);
    if (!old)
        return 0;
    bool same =
        old->type == CONSTRAINT_CHECK && (!old->check || !check->check || expr_equal(old->check, check->check));
    bool partition_owns = relation->is_partition || (!old->is_local && old->inherit_count > 0);
    if (!same || (!inherited && !partition_owns)) {
        constraint_check_name_free(ddl, relation, check->name);
        return -1;
    }
    if (old->no_inherit && inherited) {
        ddl_error(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                  "constraint \"%s\" conflicts with non-inherited constraint on relation \"%s\"", check->name,
                  relation->name);
        return -1;
    }
    Relation *edit = catalog_edit_relation(ddl->catalog, relation->oid);
    Constraint *merged = &own_constraints(ddl, edit)[old - relation->constraints];
    if (inherited)
        merged->inherit_count++;
    else
        merged->is_local = true;
    catalog_put_relation(ddl->catalog, edit);
    return 1;
}

bool constraint_merge_check(Ddl *ddl, Oid oid, const Constraint *check, bool inherited)
{
    const Relation *relation = catalog_relation(ddl->catalog, oid);
    int merged = merge_with_existing(ddl, relation, check, inherited);
    if (merged)
        return merged > 0;
    Constraint copy = *check;
    copy.oid = INVALID_OID;
    copy.is_local = !inherited;
    copy.inherit_count = inherited;
    check_columns(ddl, &copy);
    Oid added = constraint_store(ddl, oid, &copy);
    if (check->oid)
        source_copy(ddl, check->oid, added, catalog_relation(ddl->catalog, oid), 1);
    return true;
}

static bool add_check(Ddl *ddl, Oid oid, const AstConstraint *raw, const char *name, bool inherited, bool recurse)
{
    const Relation *relation = catalog_relation(ddl->catalog, oid);
    ExprScope scope = {.relations = &relation, .nrelations = 1};
    Expr *expr = analyze_condition(&ddl->context, raw->raw_expr, &scope, PARSE_CHECK_CONSTRAINT, "CHECK");
    if (!expr)
        return false;
    Constraint check = {
        .type = CONSTRAINT_CHECK,
        .check = expr,
        .validated = !raw->skip_validation,
        .no_inherit = raw->is_no_inherit,
        .is_local = !inherited,
        .inherit_count = inherited,
        .span = ddl_span(ddl, raw->location),
    };
    check_columns(ddl, &check);
    check.name = name ? name : choose_check_name(ddl, relation, &check);
    int merged = name ? merge_with_existing(ddl, relation, &check, inherited) : 0;
    if (merged < 0)
        return false;
    if (!merged) {
        constraint_store(ddl, oid, &check);
        source_keep(ddl, check.oid, 0, raw->raw_expr, relation);
    }
    if (check.no_inherit)
        return true;
    OidList children = catalog_children(ddl->catalog, ddl->scratch, oid);
    if (!recurse && children.len)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION, "constraint must be added to child tables too");
    for (size_t i = 0; i < children.len; i++) {
        if (!add_check(ddl, children.items[i], raw, check.name, true, true))
            return false;
    }
    return true;
}

bool constraint_add_check(Ddl *ddl, Oid relation, const AstConstraint *check, bool recurse)
{
    const Relation *found = catalog_relation(ddl->catalog, relation);
    if (check->is_no_inherit && found->kind == RELKIND_PARTITIONED)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "cannot add NO INHERIT constraint to partitioned table \"%s\"", found->name);
    return add_check(ddl, relation, check, ast_text(check->conname), false, recurse);
}
