/* ALTER TABLE … DROP COLUMN (PostgreSQL's ATExecDropColumn). */
#include "ddl/ddl_private.h"

typedef struct Removal {
    Ddl *ddl;
    const char *name;
    bool recurse;
    Addresses *columns; /* to be dropped at once, in the end */
} Removal;

static bool check(const Removal *removal, const Relation *relation, const Column *column, bool inherited)
{
    Ddl *ddl = removal->ddl;
    if (column->number < 0)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot drop system column \"%s\"", column->name);
    if (column->inherit_count > 0 && !inherited)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION, "cannot drop inherited column \"%s\"",
                        column->name);
    if (partition_key_uses(ddl, relation, column->number))
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "cannot drop column \"%s\" because it is part of the partition key of relation \"%s\"",
                        column->name, relation->name);
    return true;
}

static bool drop_from(const Removal *removal, Oid oid, bool inherited);

/* The child loses what it only has from here; else it becomes the child's own. */
static bool drop_from_child(const Removal *removal, Oid child)
{
    Ddl *ddl = removal->ddl;
    const Column *own = relation_user_column(catalog_relation(ddl->catalog, child), removal->name);
    if (!own)
        return true;
    if (removal->recurse && own->inherit_count == 1 && !own->is_local)
        return drop_from(removal, child, true);
    Column *column;
    Relation *edit = column_edit(ddl, child, own->number, &column);
    column->inherit_count--;
    if (!removal->recurse)
        column->is_local = true;
    catalog_put_relation(ddl->catalog, edit);
    return true;
}

static bool drop_from(const Removal *removal, Oid oid, bool inherited)
{
    Ddl *ddl = removal->ddl;
    const Relation *relation = catalog_relation(ddl->catalog, oid);
    const Column *column = catalog_find_column(relation, removal->name);
    int number = column->number;
    if (!check(removal, relation, column, inherited))
        return false;
    OidList children = catalog_children(ddl->catalog, ddl->scratch, oid);
    if (children.len && relation->kind == RELKIND_PARTITIONED && !removal->recurse) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                               "cannot drop column from only the partitioned table when partitions exist");
        ddl_hint(ddl, diag, "Do not specify the ONLY keyword.");
        return false;
    }
    for (size_t i = 0; i < children.len; i++) {
        if (!drop_from_child(removal, children.items[i]))
            return false;
    }
    vec_push(ddl->scratch, removal->columns, address_of_column(oid, number));
    return true;
}

bool alter_drop_column(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    const Relation *relation = catalog_relation(ddl->catalog, target->relation);
    if (relation->of_type)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot drop column from typed table");
    if (!catalog_find_column(relation, command->name))
        return command->missing_ok || relation_require_column(ddl, relation, command->name, -1);
    bool cascade = command->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
    Addresses columns = {0};
    Removal removal = {ddl, command->name, target->recurse, &columns};
    Oids tables = {0};
    if (relation->kind == RELKIND_COMPOSITE && !alter_typed_tables(ddl, relation, cascade, &tables))
        return false;
    if (!drop_from(&removal, target->relation, false))
        return false;
    removal.recurse |= tables.len > 0;
    for (size_t i = 0; i < tables.len; i++) {
        if (!drop_from(&removal, tables.items[i], false))
            return false;
    }
    return delete_objects(ddl, &columns, cascade);
}
