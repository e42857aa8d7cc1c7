/* CREATE TABLE and CREATE FOREIGN TABLE (PostgreSQL's transformCreateStmt and DefineRelation). */
#include "ddl/ddl_private.h"

/* ---- collecting the definition ---- */

static ColumnPlan *find_plan(TablePlan *plan, const char *name)
{
    for (size_t i = 0; i < plan->columns.len; i++) {
        if (strcmp(plan->columns.items[i].column.name, name) == 0)
            return &plan->columns.items[i];
    }
    return NULL;
}

/* transformOfType: the columns of the type. */
static bool add_type_columns(Ddl *ddl, TablePlan *plan, const AstTypeName *name)
{
    int32_t typmod;
    Oid oid = analyze_type_name(&ddl->context, name, &typmod);
    if (!oid)
        return false;
    const Type *type = catalog_type(ddl->catalog, oid);
    const Relation *row =
        type->typtype == TYPTYPE_COMPOSITE ? catalog_relation(ddl->catalog, type->relation) : NULL;
    if (!row)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "type %s is not a composite type",
                        ddl_type_name(ddl, oid));
    if (row->kind != RELKIND_COMPOSITE)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "type %s is not a composite type",
                        ddl_type_name(ddl, oid));
    plan->relation->of_type = oid;
    for (size_t i = 0; i < row->ncolumns; i++) {
        if (row->columns[i].dropped)
            continue;
        ColumnPlan column = {.column = row->columns[i]};
        column.column.is_local = true;
        column.column.default_expr = NULL;
        vec_push(ddl->scratch, &plan->columns, column);
    }
    return true;
}

/* Options of a typed table's or partition's column go to the column that is already there. */
static bool merge_options(Ddl *ddl, TablePlan *plan, const ColumnPlan *options)
{
    ColumnPlan *column = find_plan(plan, options->column.name);
    if (!column)
        return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_COLUMN, "column \"%s\" does not exist", options->column.name);
    if (column->definition)
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_COLUMN, "column \"%s\" specified more than once",
                        options->column.name);
    if (options->identity)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "identity columns are not supported on typed tables");
    column->definition = options->definition;
    column->raw_default = options->raw_default;
    column->column.not_null |= options->column.not_null;
    column->column.has_default = options->column.has_default;
    column->column.generated = options->column.generated;
    return true;
}

static bool add_column(Ddl *ddl, TablePlan *plan, const AstColumnDef *definition, bool typed)
{
    ColumnPlan column;
    if (!column_plan(ddl, plan->relation->name, definition, &column, &plan->constraints))
        return false;
    if (typed)
        return merge_options(ddl, plan, &column);
    vec_push(ddl->scratch, &plan->columns, column);
    return true;
}

static bool add_element(Ddl *ddl, TablePlan *plan, const AstNode *element, bool typed)
{
    switch (ast_kind(element)) {
    case AST_COLUMN_DEF:
        return add_column(ddl, plan, element->column_def, typed);
    case AST_CONSTRAINT:
        return column_plan_constraint(ddl, element->constraint, NULL, &plan->constraints);
    case AST_TABLE_LIKE_CLAUSE:
        return like_add_columns(ddl, plan, element->table_like_clause);
    default:
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "unsupported table element: %s",
                        ast_kind_name(element));
    }
}

static bool find_parents(Ddl *ddl, TablePlan *plan, const AstCreateStmt *stmt)
{
    for (size_t i = 0; i < stmt->n_inh_relations; i++) {
        const Relation *parent = analyze_range_var(&ddl->context, stmt->inh_relations[i]->range_var, false);
        if (!parent || !owner_check_relation(ddl, parent))
            return false;
        for (size_t j = 0; j < plan->parents.len; j++) {
            if (plan->parents.items[j] == parent->oid)
                return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_TABLE,
                                "relation \"%s\" would be inherited from more than once", parent->name);
        }
        vec_push(ddl->arena, &plan->parents, parent->oid);
    }
    return true;
}

static bool check_supported(Ddl *ddl, const TablePlan *plan)
{
    if (plan->relation->kind == RELKIND_FOREIGN && plan->constraints.keys.len) {
        bool primary = plan->constraints.keys.items[0]->contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY;
        return ddl_fail(ddl, plan->constraints.keys.items[0]->location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "%s constraints are not supported on foreign tables", primary ? "primary key" : "unique");
    }
    if (plan->relation->kind == RELKIND_FOREIGN && plan->constraints.foreign_keys.len)
        return ddl_fail(ddl, plan->constraints.foreign_keys.items[0]->location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "foreign key constraints are not supported on foreign tables");
    return true;
}

/* The columns of primary keys are NOT NULL from the start. */
static void mark_primary(TablePlan *plan)
{
    for (size_t i = 0; i < plan->constraints.keys.len; i++) {
        const AstConstraint *key = plan->constraints.keys.items[i];
        const char *column = plan->constraints.key_columns.items[i];
        if (key->contype != PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY || ast_text(key->indexname))
            continue;
        for (size_t j = 0; j < (key->n_keys ? key->n_keys : 1); j++) {
            const char *name = key->n_keys ? ast_string(key->keys[j]) : column;
            ColumnPlan *found = name ? find_plan(plan, name) : NULL;
            if (found)
                found->column.not_null = true;
        }
    }
}

/* An empty table satisfies them: NOT VALID counts for nothing. */
static void mark_valid(Ddl *ddl, Constraints *constraints)
{
    for (size_t i = 0; i < constraints->len; i++) {
        AstConstraint *copy = arena_memdup(ddl->arena, constraints->items[i], sizeof *copy);
        copy->skip_validation = false;
        constraints->items[i] = copy;
    }
}

static bool collect(Ddl *ddl, TablePlan *plan, const AstCreateStmt *stmt)
{
    if (stmt->of_typename && !add_type_columns(ddl, plan, stmt->of_typename))
        return false;
    bool is_partition = stmt->partbound != NULL;
    /* A partition's columns are its parent's; what is written are options. */
    if (is_partition && (!find_parents(ddl, plan, stmt) || !inherit_merge_columns(ddl, plan, true)))
        return false;
    bool typed = stmt->of_typename || is_partition;
    for (size_t i = 0; i < stmt->n_table_elts; i++) {
        if (!add_element(ddl, plan, stmt->table_elts[i], typed))
            return false;
    }
    for (size_t i = 0; i < stmt->n_constraints; i++) {
        if (!add_element(ddl, plan, stmt->constraints[i], typed))
            return false;
    }
    /* As transformCreateStmt, which knows no parents, comes before DefineRelation. */
    if (!is_partition && (!find_parents(ddl, plan, stmt) || !inherit_merge_columns(ddl, plan, false)))
        return false;
    mark_primary(plan);
    mark_valid(ddl, &plan->constraints.checks);
    mark_valid(ddl, &plan->constraints.foreign_keys);
    return check_supported(ddl, plan);
}

/* ---- making the table ---- */

static bool make_relation(Ddl *ddl, TablePlan *plan, bool is_partition)
{
    Relation *relation = plan->relation;
    Column *columns = arena_array_of(ddl->arena, plan->columns.len + 1, Column);
    for (size_t i = 0; i < plan->columns.len; i++) {
        columns[i] = plan->columns.items[i].column;
        columns[i].number = (int16_t)(i + 1);
        if (plan->columns.items[i].raw_default)
            columns[i].default_expr = NULL;
    }
    relation->columns = columns;
    relation->ncolumns = plan->columns.len;
    relation->parents = plan->parents.items;
    relation->nparents = plan->parents.len;
    relation->is_partition = is_partition;
    if (!relation_create(ddl, relation))
        return false;
    ObjectAddress self = address_of(CLASS_RELATION, relation->oid);
    for (size_t i = 0; i < plan->parents.len; i++)
        depend_on(ddl, self, address_of(CLASS_RELATION, plan->parents.items[i]),
                  is_partition ? DEPENDENCY_AUTO : DEPENDENCY_NORMAL);
    depend_on_type(ddl, self, relation->of_type);
    depend_on(ddl, self, address_of(CLASS_ACCESS_METHOD, relation->access_method), DEPENDENCY_NORMAL);
    return true;
}

/* Gives the column its default: from its own text, a sequence or a parent. */
static bool set_default(Ddl *ddl, const Relation *relation, const ColumnPlan *plan, Column *column)
{
    if (plan->identity)
        /* A column that came with LIKE gets a bigint sequence, whatever its type. */
        return column_create_sequence(ddl, relation, column,
                                      plan->definition ? type_base(ddl->catalog, column->type) : TYPE_INT8,
                                      AST_ITEMS(plan->identity, options), true) != INVALID_OID;
    if (plan->serial) {
        Oid sequence = column_create_sequence(ddl, relation, column, plan->serial, (AstItems){0}, false);
        if (!sequence)
            return false;
        column_put_default(column, column_nextval(ddl, sequence, column->type));
        depend_on(ddl, (ObjectAddress){CLASS_DEFAULT, relation->oid, column->number},
                  address_of(CLASS_RELATION, sequence), DEPENDENCY_NORMAL);
        return true;
    }
    if (!plan->raw_default)
        return true;
    Expr *expr = column_analyze_default(ddl, relation, column, plan->raw_default);
    if (!expr)
        return false;
    column_put_default(column, expr);
    if (column->generated)
        source_keep(ddl, relation->oid, column->number, plan->raw_default, relation);
    return true;
}

static bool set_defaults(Ddl *ddl, const TablePlan *plan)
{
    Oid oid = plan->relation->oid;
    Relation *edit = catalog_edit_relation(ddl->catalog, oid);
    Column *columns = relation_own_columns(ddl, edit, 0);
    bool any = false;
    for (size_t i = 0; i < plan->columns.len; i++) {
        const ColumnPlan *column = &plan->columns.items[i];
        if (!set_default(ddl, plan->relation, column, &columns[i]))
            return false;
        any |= column->raw_default || column->serial;
        if (column->serial)
            depend_on(ddl, (ObjectAddress){CLASS_DEFAULT, oid, columns[i].number},
                      address_of_column(oid, columns[i].number), DEPENDENCY_AUTO);
        else
            column_depend_default(ddl, oid, &columns[i]);
    }
    if (any)
        catalog_put_relation(ddl->catalog, edit);
    return true;
}

static bool add_checks(Ddl *ddl, const TablePlan *plan)
{
    Oid oid = plan->relation->oid;
    for (size_t i = 0; i < plan->inherited_checks.len; i++) {
        if (!constraint_merge_check(ddl, oid, &plan->inherited_checks.items[i], true))
            return false;
    }
    for (size_t i = 0; i < plan->constraints.checks.len; i++) {
        if (!constraint_add_check(ddl, oid, plan->constraints.checks.items[i], true))
            return false;
    }
    return true;
}

static bool add_keys(Ddl *ddl, const TablePlan *plan)
{
    Oid oid = plan->relation->oid;
    if (plan->constraints.keys.len && !index_define_keys(ddl, oid, &plan->constraints))
        return false;
    for (size_t i = 0; i < plan->likes.len; i++) {
        if (!like_finish(ddl, oid, plan->likes.items[i], plan->like_relations.items[i]))
            return false;
    }
    for (size_t i = 0; i < plan->constraints.foreign_keys.len; i++) {
        if (!constraint_add_foreign_key(ddl, oid, plan->constraints.foreign_keys.items[i],
                                        plan->constraints.fk_columns.items[i], true))
            return false;
    }
    return true;
}

static bool set_partitioning(Ddl *ddl, const TablePlan *plan, const AstCreateStmt *stmt)
{
    Oid oid = plan->relation->oid;
    if (stmt->partbound &&
        !partition_set_bound(ddl, oid, catalog_relation(ddl->catalog, plan->parents.items[0]), stmt->partbound))
        return false;
    if (stmt->partspec && !partition_set_key(ddl, oid, stmt->partspec))
        return false;
    if (stmt->oncommit == PG_QUERY__ON_COMMIT_ACTION__ONCOMMIT_DROP)
        vec_push(ddl->arena, &ddl->session->drop_on_commit, oid);
    return !stmt->partbound || partition_clone_objects(ddl, oid, plan->parents.items[0]);
}

static bool set_access_method(Ddl *ddl, TablePlan *plan, const AstCreateStmt *stmt)
{
    const char *name = ast_text(stmt->access_method);
    if (!name)
        return true;
    if (stmt->partspec)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "specifying a table access method is not supported on a partitioned table");
    plan->relation->access_method = relation_access_method(ddl, name);
    return plan->relation->access_method != INVALID_OID;
}

static bool check_parents(Ddl *ddl, const TablePlan *plan, const AstCreateStmt *stmt)
{
    if (stmt->partspec && stmt->n_inh_relations && !stmt->partbound)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE,
                        "cannot create partitioned table as inheritance child");
    if (stmt->oncommit > PG_QUERY__ON_COMMIT_ACTION__ONCOMMIT_NOOP && plan->relation->persistence != 't')
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "ON COMMIT can only be used on temporary tables");
    return reloption_check(ddl, AST_ITEMS(stmt, options), reloption_of_kind(plan->relation->kind), false);
}

static bool define(Ddl *ddl, const AstCreateStmt *stmt, char kind)
{
    char persistence;
    Oid schema = name_relation_schema(ddl, stmt->relation, &persistence);
    if (!schema)
        return false;
    const char *name = stmt->relation->relname;
    if (stmt->if_not_exists && catalog_find_relation_in(ddl->catalog, schema, name))
        return true;
    if (!name_claim_relation(ddl, schema, name))
        return false;
    TablePlan plan = {.relation = relation_new(ddl, stmt->partspec ? RELKIND_PARTITIONED : kind,
                                               arena_strdup(ddl->arena, name), schema, persistence,
                                               stmt->relation->location)};
    return check_parents(ddl, &plan, stmt) && set_access_method(ddl, &plan, stmt) && collect(ddl, &plan, stmt) &&
           make_relation(ddl, &plan, stmt->partbound != NULL) && set_defaults(ddl, &plan) &&
           add_checks(ddl, &plan) && set_partitioning(ddl, &plan, stmt) && add_keys(ddl, &plan);
}

bool create_table(Ddl *ddl, const AstNode *node)
{
    return define(ddl, node->create_stmt, RELKIND_TABLE);
}

/* OPTIONS of columns */
static bool check_column_options(Ddl *ddl, const AstCreateStmt *stmt)
{
    OptionNames names;
    for (size_t i = 0; i < stmt->n_table_elts; i++) {
        const AstNode *element = stmt->table_elts[i];
        if (ast_kind(element) == AST_COLUMN_DEF &&
            !foreign_change_options(ddl, (OptionNames){0}, AST_ITEMS(element->column_def, fdwoptions), &names))
            return false;
    }
    return true;
}

bool create_foreign_table(Ddl *ddl, const AstNode *node)
{
    const AstCreateForeignTableStmt *stmt = node->create_foreign_table_stmt;
    if (stmt->base_stmt->if_not_exists && analyze_range_var(&ddl->context, stmt->base_stmt->relation, true))
        return true;
    if (!define(ddl, stmt->base_stmt, RELKIND_FOREIGN))
        return false;
    const NamedObject *server = named_object_require(ddl, CLASS_SERVER, stmt->servername);
    if (!server || !privilege_check(ddl, address_of(CLASS_SERVER, server->oid), PRIVILEGE_USAGE))
        return false;
    const Relation *relation = analyze_range_var(&ddl->context, stmt->base_stmt->relation, false);
    if (!relation || !foreign_set_options(ddl, relation->oid, AST_ITEMS(stmt, options)) ||
        !check_column_options(ddl, stmt->base_stmt))
        return false;
    depend_on(ddl, address_of(CLASS_RELATION, relation->oid), address_of(CLASS_SERVER, server->oid),
              DEPENDENCY_NORMAL);
    return true;
}
