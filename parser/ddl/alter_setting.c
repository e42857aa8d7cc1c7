/* ALTER TABLE … SET of what has no effect on types: statistics targets, storage, options. Only the checks are done,
 * and a view's CHECK OPTION kept (PostgreSQL's ATExecSetStatistics, ATExecSetStorage, ATExecSetRelOptions). */
#include "ddl/ddl_private.h"

bool alter_column_check(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    return alter_find_column(ddl, catalog_relation(ddl->catalog, target->relation), command->name) != NULL;
}

/* ---- SET STATISTICS ---- */

/* Of an index only expressions have statistics of their own. */
static bool check_index_column(Ddl *ddl, const Relation *relation, int number)
{
    const Index *index = relation->index;
    if (number < 1 || (size_t)number > index->ncolumns)
        return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_COLUMN, "column number %d of relation \"%s\" does not exist",
                        number, relation->name);
    bool included = (size_t)number > index->nkeys;
    int16_t column = index->columns[number - 1];
    if (!included && !column)
        return true;
    const Relation *table = catalog_relation(ddl->catalog, index->table);
    Diag *diag = ddl_error(
        ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot alter statistics on %s column \"%s\" of index \"%s\"",
        included ? "included" : "non-expression", catalog_column(table, column)->name, relation->name);
    if (!included)
        ddl_hint(ddl, diag, "Alter statistics on table column instead.");
    return false;
}

bool alter_statistics_target(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    const Relation *relation = catalog_relation(ddl->catalog, target->relation);
    int32_t wanted = 0;
    if (!ast_text(command->name) && !relation->index)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot refer to non-index column by number");
    if (ast_integer(command->def, &wanted) && wanted < -1)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "statistics target %d is too low", wanted);
    if (ast_text(command->name))
        return alter_column_check(ddl, target, command);
    return check_index_column(ddl, relation, command->num);
}

/* ---- SET STORAGE ---- */

bool alter_storage(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    static const char *const kinds[] = {"plain", "external", "extended", "main"};
    const char *wanted = ast_string(command->def);
    bool known = false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        known |= strcmp(wanted, kinds[i]) == 0;
    if (!known)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "invalid storage type \"%s\"", wanted);
    const Relation *relation = catalog_relation(ddl->catalog, target->relation);
    const Column *column = alter_find_column(ddl, relation, command->name);
    if (!column)
        return false;
    /* Only values of variable length can be stored out of line. */
    bool variable = catalog_type(ddl->catalog, column->type)->len == -1;
    if (strcmp(wanted, "plain") == 0 || variable)
        return true;
    return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "column data type %s can only have storage PLAIN",
                    ddl_type_name(ddl, column->type));
}

/* ---- SET COMPRESSION ---- */

bool alter_compression(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    const Relation *relation = catalog_relation(ddl->catalog, target->relation);
    const Column *column = alter_find_column(ddl, relation, command->name);
    return column && column_check_compression(ddl, column->type, ast_string(command->def));
}

/* ---- SET ( … ) of a column ---- */

bool alter_column_options(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    bool reset = command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions;
    return alter_column_check(ddl, target, command) &&
           reloption_check(ddl, ast_items(command->def), RELOPT_ATTRIBUTE, reset);
}

/* ---- of the relation ---- */

bool alter_options(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    const Relation *relation = catalog_relation(ddl->catalog, target->relation);
    AstItems options = ast_items(command->def);
    bool reset = command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions;
    if (relation->index)
        return reloption_check_index(ddl, options, relation->index->access_method, reset);
    if (!reloption_check(ddl, options, reloption_of_kind(relation->kind), reset))
        return false;
    const AstDefElem *option = ast_option(options, "check_option");
    if (!option || relation->kind != RELKIND_VIEW)
        return true;
    const char *value = reset ? NULL : ast_option_text(ddl->scratch, option);
    Relation *edit = catalog_edit_relation(ddl->catalog, target->relation);
    edit->check_option = value ? *value : 0;
    catalog_put_relation(ddl->catalog, edit);
    return true;
}
