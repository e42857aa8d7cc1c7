/* ALTER TABLE for the relation as a whole: parents, type, persistence, row security, triggers and rules on and off.
 */
#include "ddl/ddl_private.h"

bool alter_drop_cluster(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    (void)command;
    return catalog_relation(ddl->catalog, target->relation)->kind != RELKIND_PARTITIONED ||
           ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot mark index clustered in partitioned table");
}

bool alter_set_access_method(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    (void)target;
    return !ast_text(command->name) || relation_access_method(ddl, command->name) != INVALID_OID;
}

bool alter_accept(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    (void)ddl, (void)target, (void)command;
    return true;
}

/* ---- inheritance and partitions ---- */

bool alter_add_inherit(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    const Relation *child = catalog_relation(ddl->catalog, target->relation);
    const char *message = NULL;
    if (child->of_type)
        message = "cannot change inheritance of typed table";
    else if (child->is_partition)
        message = "cannot change inheritance of a partition";
    else if (child->kind == RELKIND_PARTITIONED)
        message = "cannot change inheritance of partitioned table";
    if (message)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "%s", message);
    const Relation *parent = analyze_range_var(&ddl->context, command->def->range_var, false);
    if (!parent || !alter_check_kind(ddl, parent, "rpf", "INHERIT") || !owner_check_relation(ddl, parent))
        return false;
    if (parent->persistence == 't' && child->persistence != 't')
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot inherit from temporary relation \"%s\"",
                        parent->name);
    if (parent->kind == RELKIND_PARTITIONED)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot inherit from partitioned table \"%s\"",
                        parent->name);
    if (parent->is_partition)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot inherit from a partition");
    return inherit_attach(ddl, target->relation, parent->oid, false);
}

bool alter_drop_inherit(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    const Relation *parent = analyze_range_var(&ddl->context, command->def->range_var, false);
    if (!parent)
        return false;
    if (catalog_relation(ddl->catalog, target->relation)->is_partition)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot change inheritance of a partition");
    return inherit_detach(ddl, target->relation, parent->oid, false);
}

bool alter_attach_partition(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    return partition_attach(ddl, catalog_relation(ddl->catalog, target->relation), command->def->partition_cmd);
}

bool alter_detach_partition(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    return partition_detach(ddl, catalog_relation(ddl->catalog, target->relation), command->def->partition_cmd);
}

/* ---- typed tables ---- */

static bool check_type(Ddl *ddl, const Relation *table, const Relation *row)
{
    size_t at = 0;
    for (size_t i = 0; i < row->ncolumns; i++) {
        if (row->columns[i].dropped)
            continue;
        while (at < table->ncolumns && table->columns[at].dropped)
            at++;
        if (at == table->ncolumns)
            return ddl_fail(ddl, -1, SQLSTATE_DATATYPE_MISMATCH, "table is missing column \"%s\"",
                            row->columns[i].name);
        const Column *own = &table->columns[at++], *wanted = &row->columns[i];
        if (strcmp(own->name, wanted->name) != 0)
            return ddl_fail(ddl, -1, SQLSTATE_DATATYPE_MISMATCH,
                            "table has column \"%s\" where type requires \"%s\"", own->name, wanted->name);
        if (own->type != wanted->type || own->typmod != wanted->typmod)
            return ddl_fail(ddl, -1, SQLSTATE_DATATYPE_MISMATCH,
                            "table \"%s\" has different type for column \"%s\"", table->name, own->name);
    }
    for (; at < table->ncolumns; at++) {
        if (!table->columns[at].dropped)
            return ddl_fail(ddl, -1, SQLSTATE_DATATYPE_MISMATCH, "table has extra column \"%s\"",
                            table->columns[at].name);
    }
    return true;
}

bool alter_add_of(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    int32_t typmod;
    Oid oid = analyze_type_name(&ddl->context, command->def->type_name, &typmod);
    if (!oid)
        return false;
    const Relation *row = catalog_relation(ddl->catalog, type_relation(ddl->catalog, oid));
    if (!row || row->kind != RELKIND_COMPOSITE)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "type %s is not a composite type",
                        ddl_type_name(ddl, oid));
    Relation *edit = catalog_edit_relation(ddl->catalog, target->relation);
    if (edit->nparents)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "typed tables cannot inherit");
    if (!check_type(ddl, edit, row))
        return false;
    if (edit->of_type)
        depend_forget(ddl, address_of(CLASS_RELATION, edit->oid), address_of(CLASS_TYPE, edit->of_type));
    edit->of_type = oid;
    catalog_put_relation(ddl->catalog, edit);
    depend_on_type(ddl, address_of(CLASS_RELATION, edit->oid), oid);
    return true;
}

bool alter_drop_of(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    (void)command;
    Relation *edit = catalog_edit_relation(ddl->catalog, target->relation);
    if (!edit->of_type)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" is not a typed table", edit->name);
    depend_forget(ddl, address_of(CLASS_RELATION, edit->oid), address_of(CLASS_TYPE, edit->of_type));
    edit->of_type = INVALID_OID;
    catalog_put_relation(ddl->catalog, edit);
    return true;
}

/* ---- settings ---- */

/* No logged table may reference an unlogged one. */
static bool check_unlogged(Ddl *ddl, const Relation *relation)
{
    DependencyList list = catalog_dependents(ddl->catalog, ddl->scratch, address_of(CLASS_RELATION, relation->oid));
    for (size_t i = 0; i < list.len; i++) {
        if (list.items[i].dependent.class != CLASS_CONSTRAINT || list.items[i].kind != DEPENDENCY_NORMAL)
            continue;
        ObjectAddress owner = depend_owner(ddl, list.items[i].dependent);
        const Relation *other = owner.oid != relation->oid ? catalog_relation(ddl->catalog, owner.oid) : NULL;
        if (other && other->persistence == 'p')
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                            "could not change table \"%s\" to unlogged because it references logged table \"%s\"",
                            relation->name, other->name);
    }
    return true;
}

static bool set_persistence(Ddl *ddl, Oid oid, char persistence)
{
    Relation *edit = catalog_edit_relation(ddl->catalog, oid);
    if (edit->persistence == 't')
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "cannot change logged status of table \"%s\" because it is temporary", edit->name);
    for (size_t i = 0; i < edit->nconstraints; i++) {
        const Constraint *fk = &edit->constraints[i];
        const Relation *referenced =
            fk->type == CONSTRAINT_FOREIGN ? catalog_relation(ddl->catalog, fk->foreign_relation) : NULL;
        if (referenced && referenced->oid != oid && persistence == 'p' && referenced->persistence != 'p')
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                            "could not change table \"%s\" to logged because it references unlogged table \"%s\"",
                            edit->name, referenced->name);
    }
    if (persistence == 'u' && !check_unlogged(ddl, edit))
        return false;
    edit->persistence = persistence;
    catalog_put_relation(ddl->catalog, edit);
    return true;
}

bool alter_set_logged(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    (void)command;
    return set_persistence(ddl, target->relation, 'p');
}

bool alter_set_unlogged(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    (void)command;
    return set_persistence(ddl, target->relation, 'u');
}

bool alter_row_security(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    Relation *edit = catalog_edit_relation(ddl->catalog, target->relation);
    edit->row_security = command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity;
    catalog_put_relation(ddl->catalog, edit);
    return true;
}

bool alter_trigger_state(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    Relation *edit = catalog_edit_relation(ddl->catalog, target->relation);
    const Trigger *old = address_trigger(edit, command->name);
    if (!old)
        return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "trigger \"%s\" for table \"%s\" does not exist",
                        command->name, edit->name);
    Trigger *triggers = arena_memdup(ddl->arena, edit->triggers, edit->ntriggers * sizeof *triggers);
    triggers[old - edit->triggers].enabled = command->subtype != PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig;
    edit->triggers = triggers;
    catalog_put_relation(ddl->catalog, edit);
    return true;
}

bool alter_rule_state(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    Relation *edit = catalog_edit_relation(ddl->catalog, target->relation);
    const Rule *old = address_rule(edit, command->name);
    if (!old)
        return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "rule \"%s\" for relation \"%s\" does not exist",
                        command->name, edit->name);
    Rule *rules = arena_memdup(ddl->arena, edit->rules, edit->nrules * sizeof *rules);
    rules[old - edit->rules].enabled = command->subtype != PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRule;
    edit->rules = rules;
    catalog_put_relation(ddl->catalog, edit);
    return true;
}

/* ---- indexes of a table ---- */

static const Relation *find_index(Ddl *ddl, const Relation *table, const char *name)
{
    const Relation *index = catalog_find_relation_in(ddl->catalog, table->schema, name);
    if (!index) {
        ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "index \"%s\" for table \"%s\" does not exist", name,
                 table->name);
        return NULL;
    }
    if (!index->index || index->index->table != table->oid) {
        ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" is not an index for table \"%s\"", name, table->name);
        return NULL;
    }
    return index;
}

/* Of a table's indexes at most one has the mark: gives it to this one (0: to none). */
static void mark_index(Ddl *ddl, const Relation *table, Oid marked, bool replica_identity)
{
    for (size_t i = 0; i < table->nindexes; i++) {
        const Index *old = catalog_relation(ddl->catalog, table->indexes[i])->index;
        bool wanted = table->indexes[i] == marked;
        if ((replica_identity ? old->is_replica_identity : old->is_clustered) == wanted)
            continue;
        Relation *edit = catalog_edit_relation(ddl->catalog, table->indexes[i]);
        Index *index = arena_memdup(ddl->arena, edit->index, sizeof *index);
        if (replica_identity)
            index->is_replica_identity = wanted;
        else
            index->is_clustered = wanted;
        edit->index = index;
        catalog_put_relation(ddl->catalog, edit);
    }
}

bool alter_cluster_on(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    const Relation *table = catalog_relation(ddl->catalog, target->relation);
    const Relation *index = find_index(ddl, table, command->name);
    if (!index)
        return false;
    Oid method = index->index->access_method;
    if (method != AM_BTREE && method != AM_GIST)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "cannot cluster on index \"%s\" because access method does not support clustering",
                        index->name);
    if (index->index->predicate)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot cluster on partial index \"%s\"",
                        index->name);
    if (table->kind == RELKIND_PARTITIONED)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "cannot mark index clustered in partitioned table");
    mark_index(ddl, table, index->oid, false);
    return true;
}

static bool check_identity_index(Ddl *ddl, const Relation *table, const Relation *relation)
{
    const Index *index = relation->index;
    const char *wrong = NULL;
    if (!index->is_unique)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE,
                        "cannot use non-unique index \"%s\" as replica identity", relation->name);
    if (!index->immediate)
        wrong = "non-immediate";
    else if (index->expressions)
        wrong = "expression";
    else if (index->predicate)
        wrong = "partial";
    if (wrong)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot use %s index \"%s\" as replica identity",
                        wrong, relation->name);
    for (size_t i = 0; i < index->nkeys; i++) {
        const Column *column = catalog_column(table, index->columns[i]);
        if (!column->not_null)
            return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE,
                            "index \"%s\" cannot be used as replica identity because column \"%s\" is nullable",
                            relation->name, column->name);
    }
    return true;
}

bool alter_replica_identity(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    const AstReplicaIdentityStmt *identity = command->def->replica_identity_stmt;
    const Relation *table = catalog_relation(ddl->catalog, target->relation), *index = NULL;
    if (*identity->identity_type == 'i') {
        index = find_index(ddl, table, identity->name);
        if (!index || !check_identity_index(ddl, table, index))
            return false;
    }
    mark_index(ddl, table, index ? index->oid : INVALID_OID, true);
    return true;
}
