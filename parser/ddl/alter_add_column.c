/* ALTER TABLE … ADD COLUMN, ALTER TYPE … ADD ATTRIBUTE (PostgreSQL's ATExecAddColumn). */
#include "ddl/ddl_private.h"

typedef struct Addition {
    Ddl *ddl;
    ColumnPlan *plan;
    bool if_not_exists, recurse;
} Addition;

/* A child may have the column already: it is merged then. 1 merged, 0 there is none, -1 after an error. */
static int merge(Addition *addition, const Relation *relation)
{
    Ddl *ddl = addition->ddl;
    const Column *new = &addition->plan->column, *old = relation_user_column(relation, new->name);
    if (!old)
        return 0;
    bool same_type = old->type == new->type && old->typmod == new->typmod;
    if (!same_type || old->collation != new->collation) {
        ddl_error(ddl, -1, same_type ? SQLSTATE_COLLATION_MISMATCH : SQLSTATE_DATATYPE_MISMATCH,
                  "child table \"%s\" has different %s for column \"%s\"", relation->name,
                  same_type ? "collation" : "type", new->name);
        return -1;
    }
    Column *column;
    Relation *edit = column_edit(ddl, relation->oid, old->number, &column);
    column->inherit_count++;
    catalog_put_relation(ddl->catalog, edit);
    return 1;
}

static bool check_name(Addition *addition, const Relation *relation, bool *skip)
{
    Ddl *ddl = addition->ddl;
    const char *name = addition->plan->column.name;
    const Column *old = catalog_find_column(relation, name);
    *skip = false;
    if (!old || (old->number < 0 && relation->kind == RELKIND_COMPOSITE))
        return true;
    if (old->number < 0)
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_COLUMN,
                        "column name \"%s\" conflicts with a system column name", name);
    *skip = addition->if_not_exists;
    if (*skip)
        return true;
    Diag *diag = ddl_error(ddl, addition->plan->definition->location, SQLSTATE_DUPLICATE_COLUMN,
                           "column \"%s\" of relation \"%s\" already exists", name, relation->name);
    if (old->span.file)
        diag_note(ddl->diags, diag, old->span, "column \"%s\" is declared here", name);
    return false;
}

/* Its default: from the text, or nextval of a new sequence. */
static bool add_default(Addition *addition, Oid oid, int number, Oid *sequence)
{
    Ddl *ddl = addition->ddl;
    const ColumnPlan *plan = addition->plan;
    const Relation *relation = catalog_relation(ddl->catalog, oid);
    const Column *column = catalog_column(relation, number);
    bool is_null = ast_kind(plan->raw_default) == AST_A_CONST && plan->raw_default->a_const->isnull;
    /* Rows that are there already get the value, also where they are stored as columns elsewhere. */
    if ((plan->identity || plan->serial || (plan->raw_default && !is_null)) && relation->kind == RELKIND_TABLE &&
        !composite_check_unused(ddl, relation))
        return false;
    if (plan->identity)
        return column_create_sequence(ddl, relation, column, type_base(ddl->catalog, column->type),
                                      AST_ITEMS(plan->identity, options), true) != INVALID_OID;
    if (plan->serial) {
        if (!*sequence)
            *sequence = column_create_sequence(ddl, relation, column, plan->serial, (AstItems){0}, false);
        if (!*sequence)
            return false;
        Column *changed;
        Relation *edit = column_edit(ddl, oid, number, &changed);
        column_put_default(changed, column_nextval(ddl, *sequence, changed->type));
        catalog_put_relation(ddl->catalog, edit);
        ObjectAddress self = {CLASS_DEFAULT, oid, number};
        depend_on(ddl, self, address_of_column(oid, number), DEPENDENCY_AUTO);
        depend_on(ddl, self, address_of(CLASS_RELATION, *sequence), DEPENDENCY_NORMAL);
        return true;
    }
    if (!plan->raw_default)
        return true;
    if (column->generated)
        source_keep(ddl, oid, number, plan->raw_default, relation);
    return column_set_default(ddl, oid, number, plan->raw_default);
}

static bool check_relation(Addition *addition, const Relation *relation, bool inherited)
{
    Ddl *ddl = addition->ddl;
    if (relation->is_partition && !inherited)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot add column to a partition");
    if (relation->ncolumns >= RELATION_MAX_COLUMNS)
        return ddl_fail(ddl, -1, SQLSTATE_TOO_MANY_COLUMNS, "tables can have at most %d columns",
                        RELATION_MAX_COLUMNS);
    return relation_check_column_type(ddl, addition->plan->column.name, addition->plan->column.type,
                                      relation->row_type, -1);
}

static bool add_to(Addition *addition, Oid oid, bool inherited, Oid *sequence);

static bool add_to_children(Addition *addition, Oid oid, Oid *sequence)
{
    Ddl *ddl = addition->ddl;
    OidList children = catalog_children(ddl->catalog, ddl->scratch, oid);
    if (!children.len)
        return true;
    if (!addition->recurse)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION, "column must be added to child tables too");
    if (addition->plan->identity)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "cannot recursively add identity column to table that has child tables");
    for (size_t i = 0; i < children.len; i++) {
        if (!add_to(addition, children.items[i], true, sequence))
            return false;
    }
    return true;
}

static bool add_to(Addition *addition, Oid oid, bool inherited, Oid *sequence)
{
    Ddl *ddl = addition->ddl;
    const Relation *relation = catalog_relation(ddl->catalog, oid);
    bool skip = false;
    int merged = inherited ? merge(addition, relation) : 0;
    if (merged)
        return merged > 0;
    if (!check_relation(addition, relation, inherited) || !check_name(addition, relation, &skip))
        return false;
    if (skip)
        return true;
    Relation *edit = catalog_edit_relation(ddl->catalog, oid);
    Column *columns = relation_own_columns(ddl, edit, 1), *column = &columns[edit->ncolumns++];
    *column = addition->plan->column;
    column->number = (int16_t)edit->ncolumns;
    column->has_default = false;
    column->is_local = !inherited;
    column->inherit_count = inherited;
    int number = column->number;
    catalog_put_relation(ddl->catalog, edit);
    relation_depend_column(ddl, oid, column);
    return add_default(addition, oid, number, sequence) && add_to_children(addition, oid, sequence);
}

bool alter_typed_tables(Ddl *ddl, const Relation *row, bool cascade, Oids *tables)
{
    DependencyList list = catalog_dependents(ddl->catalog, ddl->scratch, address_of(CLASS_TYPE, row->row_type));
    for (size_t i = 0; i < list.len; i++) {
        ObjectAddress user = list.items[i].dependent;
        const Relation *table =
            user.class == CLASS_RELATION && !user.sub ? catalog_relation(ddl->catalog, user.oid) : NULL;
        if (!table || table->of_type != row->row_type)
            continue;
        if (!cascade) {
            Diag *diag = ddl_error(ddl, -1, SQLSTATE_DEPENDENT_OBJECTS_STILL_EXIST,
                                   "cannot alter type \"%s\" because it is the type of a typed table", row->name);
            ddl_hint(ddl, diag, "Use ALTER ... CASCADE to alter the typed tables too.");
            return false;
        }
        vec_push(ddl->scratch, tables, table->oid);
    }
    return true;
}

bool alter_add_column(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    const Relation *relation = catalog_relation(ddl->catalog, target->relation);
    const AstColumnDef *definition = command->def->column_def;
    if (relation->of_type)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot add column to typed table");
    /* Nothing of a column that is already there counts, not even its constraints. */
    if (command->missing_ok && relation_user_column(relation, definition->colname))
        return true;
    ColumnPlan plan;
    if (!column_plan(ddl, relation->name, definition, &plan, target->pending))
        return false;
    Addition addition = {ddl, &plan, command->missing_ok, target->recurse};
    Oid sequence = INVALID_OID;
    bool composite = relation->kind == RELKIND_COMPOSITE;
    Oids tables = {0};
    if (composite &&
        !alter_typed_tables(ddl, relation, command->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE, &tables))
        return false;
    if (!add_to(&addition, target->relation, false, &sequence))
        return false;
    addition.recurse |= composite;
    for (size_t i = 0; i < tables.len; i++) {
        if (!add_to(&addition, tables.items[i], false, &sequence))
            return false;
    }
    return true;
}

bool alter_add_pending(Ddl *ddl, const AlterTarget *target)
{
    const TableConstraints *pending = target->pending;
    for (size_t i = 0; i < pending->checks.len; i++) {
        if (!constraint_add_check(ddl, target->relation, pending->checks.items[i], target->recurse))
            return false;
    }
    if (pending->keys.len && !index_define_keys(ddl, target->relation, pending))
        return false;
    for (size_t i = 0; i < pending->foreign_keys.len; i++) {
        if (!constraint_add_foreign_key(ddl, target->relation, pending->foreign_keys.items[i],
                                        pending->fk_columns.items[i], target->recurse))
            return false;
    }
    return true;
}
