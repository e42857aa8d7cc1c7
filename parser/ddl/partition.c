/* Partitioned tables: their keys, and what partitions have of them (PostgreSQL's transformPartitionSpec,
 * ComputePartitionAttrs, CloneRowTriggersToPartition and their like). */
#include "ddl/ddl_private.h"

/* ---- PARTITION BY ---- */

typedef struct KeyBuilder {
    Ddl *ddl;
    const Relation *relation;
    char strategy;
    Numbers columns;
    VEC(Expr *) exprs;
    Oids opclasses, collations;
} KeyBuilder;

static bool key_column(KeyBuilder *key, const AstPartitionElem *element, Oid *type, Oid *collation)
{
    Ddl *ddl = key->ddl;
    const Column *column = catalog_find_column(key->relation, element->name);
    if (!column)
        return ddl_fail(ddl, element->location, SQLSTATE_UNDEFINED_COLUMN,
                        "column \"%s\" named in partition key does not exist", element->name);
    if (column->number < 0)
        return ddl_fail(ddl, element->location, SQLSTATE_INVALID_OBJECT_DEFINITION,
                        "cannot use system column \"%s\" in partition key", element->name);
    if (column->generated) {
        Diag *diag = ddl_error(ddl, element->location, SQLSTATE_INVALID_OBJECT_DEFINITION,
                               "cannot use generated column in partition key");
        ddl_detail(ddl, diag, "Column \"%s\" is a generated column.", element->name);
        return false;
    }
    vec_push(ddl->arena, &key->columns, column->number);
    vec_push(ddl->arena, &key->exprs, NULL);
    *type = column->type;
    *collation = column->collation;
    return true;
}

static bool key_expr(KeyBuilder *key, const AstPartitionElem *element, Oid *type, Oid *collation)
{
    Ddl *ddl = key->ddl;
    ExprScope scope = {.relations = &key->relation, .nrelations = 1};
    Expr *expr =
        analyze_expression(&ddl->context, element->expr, &scope, PARSE_PARTITION_EXPRESSION, INVALID_OID, -1, NULL);
    if (!expr)
        return false;
    if (expr_is_mutable(ddl->catalog, expr))
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                        "functions in partition key expression must be marked IMMUTABLE");
    if (expr->kind == EXPR_CONST)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                        "cannot use constant expression as partition key");
    int16_t number = expr->kind == EXPR_VAR ? ((Var *)expr)->attribute : 0;
    vec_push(ddl->arena, &key->columns, number);
    vec_push(ddl->arena, &key->exprs, number ? NULL : expr);
    *type = expr->type;
    *collation = expr->collation;
    return true;
}

static bool has_default_opclass(Ddl *ddl, Oid type, bool hash)
{
    const char *method = hash ? "hash" : "btree";
    if (catalog_default_opclass(ddl->catalog, hash ? AM_HASH : AM_BTREE, type_base(ddl->catalog, type)))
        return true;
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_UNDEFINED_OBJECT,
                           "data type %s has no default operator class for access method \"%s\"",
                           ddl_type_name(ddl, type), method);
    ddl_hint(ddl, diag,
             "You must specify a %s operator class or define a default %s operator class for the data type.",
             method, method);
    return false;
}

static bool add_key(KeyBuilder *key, const AstPartitionElem *element)
{
    Ddl *ddl = key->ddl;
    Oid type = INVALID_OID, collation = INVALID_OID;
    bool by_name = ast_text(element->name) != NULL;
    if (!(by_name ? key_column(key, element, &type, &collation) : key_expr(key, element, &type, &collation)))
        return false;
    if (!relation_check_column_type(ddl, by_name ? element->name : "expr", type, INVALID_OID, element->location))
        return false;
    if (element->n_collation) {
        bool failed = false;
        collation = analyze_collation_name(&ddl->context, element->n_collation, element->collation, -1, &failed);
        if (failed)
            return false;
    }
    bool hash = key->strategy == 'h';
    if (!element->n_opclass && !has_default_opclass(ddl, type, hash))
        return false;
    Oid opclass =
        index_opclass(ddl, AST_ITEMS(element, opclass), type, hash ? "hash" : "btree", hash ? AM_HASH : AM_BTREE);
    if (!opclass)
        return false;
    vec_push(ddl->arena, &key->opclasses, opclass);
    vec_push(ddl->arena, &key->collations, collation);
    return true;
}

bool partition_set_key(Ddl *ddl, Oid oid, const AstPartitionSpec *spec)
{
    KeyBuilder key = {.ddl = ddl, .relation = catalog_relation(ddl->catalog, oid)};
    const char *word;
    key.strategy = ast_partition_strategy(spec, &word);
    if (!key.strategy)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "unrecognized partitioning strategy \"%s\"",
                        word ? word : "");
    if (key.strategy == 'l' && spec->n_part_params != 1)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                        "cannot use \"list\" partition strategy with more than one column");
    for (size_t i = 0; i < spec->n_part_params; i++) {
        if (!add_key(&key, spec->part_params[i]->partition_elem))
            return false;
    }
    PartitionKey *made = arena_new_of(ddl->arena, PartitionKey);
    *made = (PartitionKey){key.strategy,    key.columns.len,     key.columns.items,
                           key.exprs.items, key.opclasses.items, key.collations.items};
    Relation *edit = catalog_edit_relation(ddl->catalog, oid);
    edit->partition_key = made;
    catalog_put_relation(ddl->catalog, edit);
    for (size_t i = 0; i < key.exprs.len; i++)
        depend_on_expr(ddl, address_of(CLASS_RELATION, oid), key.exprs.items[i], &oid, 0, oid, DEPENDENCY_NORMAL);
    return true;
}

bool partition_key_uses(Ddl *ddl, const Relation *relation, int number)
{
    const PartitionKey *key = relation->partition_key;
    for (size_t i = 0; key && i < key->ncolumns; i++) {
        Numbers numbers = {0};
        if (key->columns[i] == number)
            return true;
        depend_columns(ddl, key->columns[i] ? NULL : key->expressions[i], &numbers);
        for (size_t j = 0; j < numbers.len; j++) {
            if (numbers.items[j] == number)
                return true;
        }
    }
    return false;
}

/* ---- what a partition has of its parent ---- */

static const Constraint *same_foreign_key(const Relation *relation, const Constraint *fk, const int16_t *map)
{
    for (size_t i = 0; i < relation->nconstraints; i++) {
        const Constraint *own = &relation->constraints[i];
        if (own->type != CONSTRAINT_FOREIGN || own->foreign_relation != fk->foreign_relation ||
            own->ncolumns != fk->ncolumns || own->inherit_count > 0)
            continue;
        bool same = true;
        for (size_t j = 0; j < fk->ncolumns; j++)
            same &= own->columns[j] == map[fk->columns[j] - 1] && own->foreign_columns[j] == fk->foreign_columns[j];
        if (same)
            return own;
    }
    return NULL;
}

static bool clone_foreign_keys(Ddl *ddl, Oid partition, const Relation *parent)
{
    for (size_t i = 0; i < parent->nconstraints; i++) {
        const Constraint *fk = &parent->constraints[i];
        const Relation *relation = catalog_relation(ddl->catalog, partition);
        if (fk->type != CONSTRAINT_FOREIGN)
            continue;
        const Constraint *own = same_foreign_key(relation, fk, remap_by_name(ddl->scratch, parent, relation));
        if (own)
            constraint_set_parent(ddl, partition, own->oid, fk->oid);
        else if (!constraint_clone_foreign_key(ddl, partition, parent, fk))
            return false;
    }
    return true;
}

static bool clone_triggers(Ddl *ddl, Oid partition, const Relation *parent)
{
    for (size_t i = 0; i < parent->ntriggers; i++) {
        const Trigger *trigger = &parent->triggers[i];
        if (trigger->row && !trigger_clone(ddl, partition, trigger, false))
            return false;
    }
    return true;
}

bool partition_clone_objects(Ddl *ddl, Oid partition, Oid parent_oid)
{
    const Relation *parent = catalog_relation(ddl->catalog, parent_oid);
    for (size_t i = 0; i < parent->nindexes; i++) {
        if (!index_extend_to_partition(ddl, partition, parent, parent->indexes[i]))
            return false;
    }
    return clone_triggers(ddl, partition, parent) && clone_foreign_keys(ddl, partition, parent);
}
