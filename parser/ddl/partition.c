/* Partitioned tables: keys, bounds, ATTACH and DETACH (PostgreSQL's transformPartitionSpec, ComputePartitionAttrs,
 * transformPartitionBound, ATExecAttachPartition). Bounds are checked for their form; what rows they take has no
 * bearing on types. */
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
    static const char *const strategies[] = {"list", "range", "hash"};
    for (size_t i = 0; i < sizeof strategies / sizeof *strategies; i++) {
        if (strcmp(spec->strategy, strategies[i]) == 0)
            key.strategy = *strategies[i];
    }
    if (!key.strategy)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "unrecognized partitioning strategy \"%s\"",
                        spec->strategy);
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

/* ---- FOR VALUES ---- */

/* "minvalue" or "maxvalue", NULL for a value: the grammar gives them as column references. */
static const char *unbounded_name(const AstNode *datum)
{
    if (ast_kind(datum) != AST_COLUMN_REF || datum->column_ref->n_fields != 1)
        return NULL;
    const char *name = ast_string(datum->column_ref->fields[0]);
    return name && (strcmp(name, "minvalue") == 0 || strcmp(name, "maxvalue") == 0) ? name : NULL;
}

static bool check_value(Ddl *ddl, const Relation *parent, size_t i, const AstNode *datum)
{
    const PartitionKey *key = parent->partition_key;
    if (parent->partition_key->strategy == 'r' && unbounded_name(datum))
        return true;
    const Column *column = key->columns[i] ? catalog_column(parent, key->columns[i]) : NULL;
    const char *name = column ? column->name : "expression";
    Oid type = column ? column->type : key->expressions[i]->type;
    int32_t typmod = column ? column->typmod : key->expressions[i]->typmod;
    return analyze_expression(&ddl->context, datum, NULL, PARSE_PARTITION_BOUND, type, typmod, name) != NULL;
}

static bool check_range(Ddl *ddl, const Relation *parent, AstItems datums, const char *side)
{
    if (datums.len != parent->partition_key->ncolumns)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "%s must specify exactly one value per partitioning column", side);
    const char *unbounded = NULL;
    for (size_t i = 0; i < datums.len; i++) {
        const char *name = unbounded_name(datums.items[i]);
        if (unbounded && (!name || strcmp(name, unbounded) != 0))
            return ddl_fail(ddl, ast_location(datums.items[i]), SQLSTATE_DATATYPE_MISMATCH,
                            "every bound following %s must also be %s",
                            *unbounded == 'm' && unbounded[1] == 'i' ? "MINVALUE" : "MAXVALUE",
                            *unbounded == 'm' && unbounded[1] == 'i' ? "MINVALUE" : "MAXVALUE");
        unbounded = name;
        if (!check_value(ddl, parent, i, datums.items[i]))
            return false;
    }
    return true;
}

static bool check_hash(Ddl *ddl, const AstPartitionBoundSpec *bound)
{
    if (bound->modulus <= 0)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "modulus for hash partition must be an integer value greater than zero");
    if (bound->remainder < 0)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "remainder for hash partition must be an integer value greater than or equal to zero");
    if (bound->remainder >= bound->modulus)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "remainder for hash partition must be less than modulus");
    return true;
}

static bool check_default(Ddl *ddl, Oid partition, const Relation *parent, int32_t location)
{
    if (parent->partition_key->strategy == 'h')
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "a hash-partitioned table may not have a default partition");
    OidList children = catalog_children(ddl->catalog, ddl->scratch, parent->oid);
    for (size_t i = 0; i < children.len; i++) {
        const Relation *child = catalog_relation(ddl->catalog, children.items[i]);
        if (child->is_default_partition && child->oid != partition)
            return ddl_fail(ddl, location, SQLSTATE_INVALID_OBJECT_DEFINITION,
                            "partition \"%s\" conflicts with existing default partition \"%s\"",
                            catalog_relation(ddl->catalog, partition)->name, child->name);
    }
    Relation *edit = catalog_edit_relation(ddl->catalog, partition);
    edit->is_default_partition = true;
    catalog_put_relation(ddl->catalog, edit);
    return true;
}

bool partition_check_bound(Ddl *ddl, Oid partition, const Relation *parent, const AstPartitionBoundSpec *bound)
{
    char strategy = parent->partition_key->strategy;
    if (bound->is_default)
        return check_default(ddl, partition, parent, bound->location);
    if (*bound->strategy != strategy)
        return ddl_fail(ddl, bound->location, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "invalid bound specification for a %s partition",
                        strategy == 'h'   ? "hash"
                        : strategy == 'l' ? "list"
                                          : "range");
    if (strategy == 'h')
        return check_hash(ddl, bound);
    if (strategy == 'r')
        return check_range(ddl, parent, AST_ITEMS(bound, lowerdatums), "FROM") &&
               check_range(ddl, parent, AST_ITEMS(bound, upperdatums), "TO");
    for (size_t i = 0; i < bound->n_listdatums; i++) {
        if (!check_value(ddl, parent, 0, bound->listdatums[i]))
            return false;
    }
    return true;
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
