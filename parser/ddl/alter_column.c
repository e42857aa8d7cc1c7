/* ALTER TABLE … ALTER COLUMN: defaults, NOT NULL, identity, generation expressions (PostgreSQL's
 * ATExecColumnDefault, ATExecSetNotNull, ATExecAddIdentity …). */
#include "ddl/ddl_private.h"

const Column *alter_find_column(Ddl *ddl, const Relation *relation, const char *name)
{
    const Column *column = relation_require_column(ddl, relation, name, -1);
    if (column && column->number < 0) {
        ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot alter system column \"%s\"", name);
        return NULL;
    }
    return column;
}

/* Does the same to the columns of that name in all tables below (ATSimpleRecursion). */
static bool each_child(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command, AlterHandler *apply)
{
    if (!target->recurse || target->recursing)
        return true;
    Oids relations = {0};
    Counts parents = {0};
    inherit_collect(ddl, target->relation, &relations, &parents);
    for (size_t i = 1; i < relations.len; i++) {
        AlterTarget child = *target;
        child.relation = relations.items[i];
        child.recursing = true;
        if (!apply(ddl, &child, command))
            return false;
    }
    return true;
}

/* ---- SET and DROP DEFAULT ---- */

static bool refuse_special(Ddl *ddl, const Relation *relation, const Column *column, bool drop)
{
    if (!column->identity && !column->generated)
        return true;
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_SYNTAX_ERROR, "column \"%s\" of relation \"%s\" is %s column",
                           column->name, relation->name, column->identity ? "an identity" : "a generated");
    if (column->identity && drop)
        ddl_hint(ddl, diag, "Use ALTER TABLE ... ALTER COLUMN ... DROP IDENTITY instead.");
    if (column->generated && drop)
        ddl_hint(ddl, diag, "Use ALTER TABLE ... ALTER COLUMN ... DROP EXPRESSION instead.");
    return false;
}

bool alter_column_default(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    const Relation *relation = catalog_relation(ddl->catalog, target->relation);
    const Column *column = alter_find_column(ddl, relation, command->name);
    if (!column || !refuse_special(ddl, relation, column, !command->def))
        return false;
    int number = column->number;
    if (command->def && !column_set_default(ddl, target->relation, number, command->def))
        return false;
    if (!command->def)
        column_drop_default(ddl, target->relation, number);
    return each_child(ddl, target, command, alter_column_default);
}

/* ---- NOT NULL ---- */

static bool is_key_column(const Index *index, int number)
{
    for (size_t i = 0; i < index->nkeys; i++) {
        if (index->columns[i] == number)
            return true;
    }
    return false;
}

/* Primary keys and the replica identity need their columns to be NOT NULL. */
static bool check_indexes(Ddl *ddl, const Relation *relation, const Column *column)
{
    for (size_t i = 0; i < relation->nindexes; i++) {
        const Index *index = catalog_relation(ddl->catalog, relation->indexes[i])->index;
        if (!is_key_column(index, column->number))
            continue;
        if (index->is_primary)
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION, "column \"%s\" is in a primary key",
                            column->name);
        if (index->is_replica_identity)
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                            "column \"%s\" is in index used as replica identity", column->name);
    }
    return true;
}

static bool check_drop_not_null(Ddl *ddl, const Relation *relation, const Column *column)
{
    if (column->identity)
        return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "column \"%s\" of relation \"%s\" is an identity column",
                        column->name, relation->name);
    if (!check_indexes(ddl, relation, column))
        return false;
    if (!relation->is_partition || !relation->nparents)
        return true;
    const Column *of_parent =
        relation_user_column(catalog_relation(ddl->catalog, relation->parents[0]), column->name);
    return !of_parent || !of_parent->not_null ||
           ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION, "column \"%s\" is marked NOT NULL in parent table",
                    column->name);
}

/* ONLY on a partitioned table: its partitions must be NOT NULL already, and may not stay so alone. */
static bool check_only(Ddl *ddl, const Relation *relation, const Column *column, bool not_null)
{
    OidList children = catalog_children(ddl->catalog, ddl->scratch, relation->oid);
    Diag *diag = NULL;
    for (size_t i = 0; i < children.len && !diag; i++) {
        const Relation *child = catalog_relation(ddl->catalog, children.items[i]);
        const Column *own = relation_user_column(child, column->name);
        if (not_null && own && own->not_null)
            continue;
        diag =
            ddl_error(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                      not_null ? "constraint must be added to child tables too"
                               : "cannot remove constraint from only the partitioned table when partitions exist");
        if (not_null)
            ddl_detail(ddl, diag, "Column \"%s\" of relation \"%s\" is not already NOT NULL.", column->name,
                       child->name);
        ddl_hint(ddl, diag, "Do not specify the ONLY keyword.");
    }
    return !diag;
}

static bool set_not_null(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command, bool not_null)
{
    const Relation *relation = catalog_relation(ddl->catalog, target->relation);
    const Column *column = alter_find_column(ddl, relation, command->name);
    if (!column)
        return false;
    bool only = !target->recurse && !target->recursing && relation->kind == RELKIND_PARTITIONED;
    if (only && !(not_null && column->not_null) && !check_only(ddl, relation, column, not_null))
        return false;
    if (!not_null && column->not_null && !check_drop_not_null(ddl, relation, column))
        return false;
    if (column->not_null != not_null) {
        Column *changed;
        Relation *edit = column_edit(ddl, target->relation, column->number, &changed);
        changed->not_null = not_null;
        catalog_put_relation(ddl->catalog, edit);
    }
    return each_child(ddl, target, command, not_null ? alter_set_not_null : alter_drop_not_null);
}

bool alter_set_not_null(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    return set_not_null(ddl, target, command, true);
}

bool alter_drop_not_null(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    return set_not_null(ddl, target, command, false);
}

/* ---- generated columns ---- */

bool alter_drop_expression(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    const Relation *relation = catalog_relation(ddl->catalog, target->relation);
    const Column *column = alter_find_column(ddl, relation, command->name);
    if (!column)
        return false;
    if (!target->recurse && relation_has_children(ddl, relation->oid))
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "ALTER TABLE / DROP EXPRESSION must be applied to child tables too");
    if (column->inherit_count > 0 && !target->recursing)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "cannot drop generation expression from inherited column");
    if (!column->generated)
        return command->missing_ok ||
               ddl_fail(ddl, -1, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                        catalog_version(ddl->catalog) >= 18
                            ? "column \"%s\" of relation \"%s\" is not a generated column"
                            : "column \"%s\" of relation \"%s\" is not a stored generated column",
                        column->name, relation->name);
    Column *changed;
    Relation *edit = column_edit(ddl, target->relation, column->number, &changed);
    changed->generated = 0;
    catalog_put_relation(ddl->catalog, edit);
    column_drop_default(ddl, target->relation, changed->number);
    return each_child(ddl, target, command, alter_drop_expression);
}

/* ---- identity ---- */

static bool prerequisite(Ddl *ddl, const Relation *relation, const Column *column, const char *message)
{
    return ddl_fail(ddl, -1, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE, "column \"%s\" of relation \"%s\" %s",
                    column->name, relation->name, message);
}

bool alter_add_identity(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    const Relation *relation = catalog_relation(ddl->catalog, target->relation);
    const Column *column = alter_find_column(ddl, relation, command->name);
    if (!column)
        return false;
    const AstConstraint *identity = command->def->constraint;
    Oid type = type_base(ddl->catalog, column->type);
    if (!column->not_null)
        return prerequisite(ddl, relation, column, "must be declared NOT NULL before identity can be added");
    if (column->identity)
        return prerequisite(ddl, relation, column, "is already an identity column");
    if (column->has_default)
        return prerequisite(ddl, relation, column, "already has a default value");
    if (!column_check_identity_type(ddl, type) ||
        !column_create_sequence(ddl, relation, column, type, AST_ITEMS(identity, options), true))
        return false;
    Column *changed;
    Relation *edit = column_edit(ddl, target->relation, column->number, &changed);
    changed->identity = *identity->generated_when;
    catalog_put_relation(ddl->catalog, edit);
    return true;
}

/* All but GENERATED is for the column's sequence. */
static bool alter_identity_sequence(Ddl *ddl, Oid sequence, AstItems options)
{
    AstNode **own = arena_array_of(ddl->scratch, options.len + 1, AstNode *);
    size_t n = 0;
    for (size_t i = 0; i < options.len; i++)
        if (strcmp(options.items[i]->def_elem->defname, "generated") != 0)
            own[n++] = options.items[i];
    return n == 0 || sequence_alter(ddl, sequence, (AstItems){own, n}, true);
}

bool alter_set_identity(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    const Relation *relation = catalog_relation(ddl->catalog, target->relation);
    const Column *column = alter_find_column(ddl, relation, command->name);
    if (!column)
        return false;
    if (!column->identity)
        return prerequisite(ddl, relation, column, "is not an identity column");
    AstItems options = ast_items(command->def);
    Oid sequence = sequence_of_column(ddl, target->relation, column->number);
    if (sequence && !alter_identity_sequence(ddl, sequence, options))
        return false;
    const AstDefElem *generated = ast_option(options, "generated");
    int32_t when;
    if (!generated || !ast_integer(generated->arg, &when))
        return true;
    Column *changed;
    Relation *edit = column_edit(ddl, target->relation, column->number, &changed);
    changed->identity = (char)when;
    catalog_put_relation(ddl->catalog, edit);
    return true;
}

bool alter_drop_identity(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    const Relation *relation = catalog_relation(ddl->catalog, target->relation);
    const Column *column = alter_find_column(ddl, relation, command->name);
    if (!column)
        return false;
    if (!column->identity)
        return command->missing_ok || prerequisite(ddl, relation, column, "is not an identity column");
    int number = column->number;
    Oid sequence = sequence_of_column(ddl, target->relation, number);
    Column *changed;
    Relation *edit = column_edit(ddl, target->relation, number, &changed);
    changed->identity = 0;
    catalog_put_relation(ddl->catalog, edit);
    if (!sequence)
        return true;
    depend_forget(ddl, address_of(CLASS_RELATION, sequence), address_of(CLASS_RELATION, target->relation));
    return delete_object(ddl, address_of(CLASS_RELATION, sequence), false);
}
