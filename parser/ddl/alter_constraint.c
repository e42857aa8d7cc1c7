/* ALTER TABLE … ADD, ALTER, VALIDATE, DROP CONSTRAINT (PostgreSQL's ATExecAddConstraint, ATExecDropConstraint). */
#include "ddl/ddl_private.h"

static bool add_key(Ddl *ddl, const AlterTarget *target, const AstConstraint *key)
{
    if (ast_text(key->indexname))
        return index_adopt(ddl, target->relation, key);
    IndexPlan plan;
    const Relation *relation = catalog_relation(ddl->catalog, target->relation);
    if (relation->kind == RELKIND_FOREIGN)
        return ddl_fail(ddl, key->location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "%s constraints are not supported on foreign tables",
                        key->contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY ? "primary key" : "unique");
    /* Its columns are marked NOT NULL first. */
    for (size_t i = 0; key->contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY && i < key->n_keys; i++) {
        if (!relation_require_column(ddl, relation, ast_string(key->keys[i]), -1))
            return false;
    }
    return index_plan_constraint(ddl, relation, key, NULL, &plan) &&
           index_define(ddl, target->relation, &plan, target->recurse) != INVALID_OID;
}

bool alter_add_constraint(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    const AstConstraint *constraint = command->def->constraint;
    switch ((int)constraint->contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
        return constraint_add_check(ddl, target->relation, constraint, target->recurse);
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
        if (catalog_relation(ddl->catalog, target->relation)->kind == RELKIND_FOREIGN)
            return ddl_fail(ddl, constraint->location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                            "foreign key constraints are not supported on foreign tables");
        return constraint_add_foreign_key(ddl, target->relation, constraint, NULL, target->recurse);
    default:
        return add_key(ddl, target, constraint);
    }
}

static bool missing(Ddl *ddl, const Relation *relation, const char *name)
{
    return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "constraint \"%s\" of relation \"%s\" does not exist", name,
                    relation->name);
}

/* ---- DROP ---- */

typedef struct Removal {
    Ddl *ddl;
    const char *name;
    bool cascade, recurse;
} Removal;

static bool drop_from(const Removal *removal, Oid oid, bool inherited);

static bool drop_from_children(const Removal *removal, Oid oid)
{
    Ddl *ddl = removal->ddl;
    OidList children = catalog_children(ddl->catalog, ddl->scratch, oid);
    for (size_t i = 0; i < children.len; i++) {
        const Relation *child = catalog_relation(ddl->catalog, children.items[i]);
        const Constraint *own = relation_constraint(child, removal->name);
        if (!own || own->inherit_count <= 0)
            continue;
        if (removal->recurse && own->inherit_count == 1 && !own->is_local) {
            if (!drop_from(removal, child->oid, true))
                return false;
            continue;
        }
        Relation *edit = catalog_edit_relation(ddl->catalog, child->oid);
        Constraint *constraints =
            arena_memdup(ddl->arena, edit->constraints, edit->nconstraints * sizeof *constraints);
        Constraint *changed = &constraints[own - child->constraints];
        changed->inherit_count--;
        changed->is_local |= !removal->recurse;
        edit->constraints = constraints;
        catalog_put_relation(ddl->catalog, edit);
    }
    return true;
}

static bool drop_from(const Removal *removal, Oid oid, bool inherited)
{
    Ddl *ddl = removal->ddl;
    const Relation *relation = catalog_relation(ddl->catalog, oid);
    const Constraint *constraint = relation_constraint(relation, removal->name);
    if (constraint->inherit_count > 0 && !inherited)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "cannot drop inherited constraint \"%s\" of relation \"%s\"", removal->name,
                        relation->name);
    ObjectAddress address = address_of(CLASS_CONSTRAINT, constraint->oid);
    bool shared = constraint->type == CONSTRAINT_CHECK && !constraint->no_inherit;
    if (shared && relation->kind == RELKIND_PARTITIONED && !removal->recurse && relation_has_children(ddl, oid))
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "cannot remove constraint from only the partitioned table when partitions exist");
    return (!shared || drop_from_children(removal, oid)) && delete_object(ddl, address, removal->cascade);
}

bool alter_drop_constraint(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    const Relation *relation = catalog_relation(ddl->catalog, target->relation);
    if (!relation_constraint(relation, command->name))
        return command->missing_ok || missing(ddl, relation, command->name);
    Removal removal = {ddl, command->name, command->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE,
                       target->recurse};
    return drop_from(&removal, target->relation, false);
}

/* ---- ALTER, VALIDATE ---- */

/* An own version of the relation and the constraint in it; NULL after the error. */
static Relation *edit_constraint(Ddl *ddl, Oid oid, const char *name, Constraint **constraint)
{
    Relation *edit = catalog_edit_relation(ddl->catalog, oid);
    const Constraint *old = relation_constraint(edit, name);
    if (!old) {
        missing(ddl, edit, name);
        return NULL;
    }
    Constraint *constraints = arena_memdup(ddl->arena, edit->constraints, edit->nconstraints * sizeof *constraints);
    *constraint = &constraints[old - edit->constraints];
    edit->constraints = constraints;
    return edit;
}

bool alter_constraint(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    const AstConstraint *wanted = command->def->constraint;
    Constraint *constraint;
    Relation *edit = edit_constraint(ddl, target->relation, wanted->conname, &constraint);
    if (!edit)
        return false;
    if (constraint->type != CONSTRAINT_FOREIGN)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE,
                        "constraint \"%s\" of relation \"%s\" is not a foreign key constraint", constraint->name,
                        edit->name);
    constraint->deferrable = wanted->deferrable;
    constraint->deferred = wanted->initdeferred;
    catalog_put_relation(ddl->catalog, edit);
    return true;
}

static bool validate(Ddl *ddl, Oid oid, const char *name, bool recurse)
{
    Constraint *constraint;
    Relation *edit = edit_constraint(ddl, oid, name, &constraint);
    if (!edit)
        return false;
    bool check = constraint->type == CONSTRAINT_CHECK;
    if (!check && constraint->type != CONSTRAINT_FOREIGN && catalog_version(ddl->catalog) >= 18) {
        Diag *diag =
            ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot validate constraint \"%s\" of relation \"%s\"",
                      constraint->name, edit->name);
        ddl_detail(ddl, diag, "This operation is not supported for this type of constraint.");
        return false;
    }
    if (!check && constraint->type != CONSTRAINT_FOREIGN)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE,
                        "constraint \"%s\" of relation \"%s\" is not a foreign key or check constraint",
                        constraint->name, edit->name);
    if (constraint->validated)
        return true;
    constraint->validated = true;
    catalog_put_relation(ddl->catalog, edit);
    OidList children = catalog_children(ddl->catalog, ddl->scratch, oid);
    if (!check || constraint->no_inherit)
        return true;
    if (children.len && !recurse)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "constraint must be validated on child tables too");
    for (size_t i = 0; i < children.len; i++) {
        if (!validate(ddl, children.items[i], name, true))
            return false;
    }
    return true;
}

bool alter_validate_constraint(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    return validate(ddl, target->relation, command->name, target->recurse);
}
