/* What an index is to be made of: columns, expressions, operator classes (PostgreSQL's transformIndexStmt,
 * ComputeIndexAttrs, transformIndexConstraint). */
#include "ddl/ddl_private.h"

/* ---- access methods ---- */

Oid index_access_method(Ddl *ddl, const char *name)
{
    if (!name || !*name)
        return AM_BTREE;
    if (strcmp(name, "rtree") == 0)
        name = "gist";
    const NamedObject *method = catalog_find_object(ddl->catalog, CLASS_ACCESS_METHOD, name);
    if (!method)
        ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "access method \"%s\" does not exist", name);
    return method ? method->oid : INVALID_OID;
}

static const char *method_name(const Ddl *ddl, Oid method)
{
    const NamedObject *object = catalog_object(ddl->catalog, CLASS_ACCESS_METHOD, method);
    return object ? object->name : "";
}

Oid index_opclass(Ddl *ddl, AstItems names, Oid type, const char *name_of_method, Oid method)
{
    type = type_base(ddl->catalog, type);
    if (names.len == 0) {
        const OpClass *found = catalog_default_opclass(ddl->catalog, method, type);
        if (found)
            return found->oid;
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_UNDEFINED_OBJECT,
                               "data type %s has no default operator class for access method \"%s\"",
                               ddl_type_name(ddl, type), name_of_method);
        ddl_hint(ddl, diag,
                 "You must specify an operator class for the index or define a default operator class for the data "
                 "type.");
        return INVALID_OID;
    }
    const char *schema, *name;
    if (!analyze_qualified_name(&ddl->context, names.len, names.items, &schema, &name))
        return INVALID_OID;
    const OpClass *opclass = NULL;
    if (schema) {
        Oid in = name_schema(ddl, schema, false);
        opclass = in ? catalog_find_opclass_in(ddl->catalog, method, in, name) : NULL;
        if (!in)
            return INVALID_OID;
    } else {
        opclass = catalog_find_opclass(ddl->catalog, method, name);
    }
    if (!opclass) {
        ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT,
                 "operator class \"%s\" does not exist for access method \"%s\"",
                 ast_name_text(ddl->scratch, names), name_of_method);
        return INVALID_OID;
    }
    if (!coercion_is_binary(ddl->catalog, type, opclass->input)) {
        ddl_fail(ddl, -1, SQLSTATE_DATATYPE_MISMATCH, "operator class \"%s\" does not accept data type %s",
                 ast_name_text(ddl->scratch, names), ddl_type_name(ddl, type));
        return INVALID_OID;
    }
    return opclass->oid;
}

/* ---- columns ---- */

static bool find_column(Ddl *ddl, const Relation *relation, const char *name, IndexColumn *column)
{
    const Column *found = catalog_find_column(relation, name);
    if (!found)
        return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_COLUMN, "column \"%s\" does not exist", name);
    if (found->number < 0)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "index creation on system columns is not supported");
    column->number = found->number;
    column->name = found->name;
    column->collation = found->collation;
    return true;
}

static bool check_no_system_columns(Ddl *ddl, Expr *expr)
{
    Numbers numbers = {0};
    depend_columns(ddl, expr, &numbers);
    for (size_t i = 0; i < numbers.len; i++) {
        if (numbers.items[i] < 0)
            return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                            "index creation on system columns is not supported");
    }
    return true;
}

static bool analyze_column(Ddl *ddl, const Relation *relation, const AstIndexElem *element, IndexColumn *column)
{
    ExprScope scope = {.relations = &relation, .nrelations = 1};
    Expr *expr =
        analyze_expression(&ddl->context, element->expr, &scope, PARSE_INDEX_EXPRESSION, INVALID_OID, -1, NULL);
    if (!expr)
        return false;
    const char *name = target_figure_index_name(ddl->catalog, ddl->arena, element->expr);
    column->name = name ? name : "expr";
    if (expr->kind == EXPR_VAR && ((Var *)expr)->attribute > 0) {
        column->number = ((Var *)expr)->attribute;
        column->collation = expr->collation;
        return true;
    }
    if (!check_no_system_columns(ddl, expr))
        return false;
    if (expr_is_mutable(ddl->catalog, expr))
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                        "functions in index expression must be marked IMMUTABLE");
    if (!relation_check_column_type(ddl, column->name, expr->type, INVALID_OID, -1))
        return false;
    column->expr = expr;
    column->raw = element->expr;
    column->collation = expr->collation;
    return true;
}

static Oid column_type(const Relation *relation, const IndexColumn *column)
{
    return column->expr ? column->expr->type : catalog_column(relation, column->number)->type;
}

static bool column_collation(Ddl *ddl, const AstIndexElem *element, Oid type, IndexColumn *column)
{
    bool collatable = type_collation(ddl->catalog, type) != INVALID_OID;
    if (element->n_collation == 0) {
        if (!collatable)
            column->collation = INVALID_OID;
        return true;
    }
    bool failed = false;
    Oid collation = analyze_collation_name(&ddl->context, element->n_collation, element->collation, -1, &failed);
    if (failed)
        return false;
    if (!collatable)
        return ddl_fail(ddl, -1, SQLSTATE_DATATYPE_MISMATCH, "collations are not supported by type %s",
                        ddl_type_name(ddl, type));
    column->collation = collation;
    column->collation_given = true;
    return true;
}

bool index_plan_column(Ddl *ddl, const Relation *relation, const AstIndexElem *element, Oid access_method,
                       IndexColumn *column)
{
    *column = (IndexColumn){0};
    const char *name = ast_text(element->name);
    if (!(name ? find_column(ddl, relation, name, column) : analyze_column(ddl, relation, element, column)))
        return false;
    Oid type = column_type(relation, column);
    if (!column_collation(ddl, element, type, column))
        return false;
    column->opclass =
        index_opclass(ddl, AST_ITEMS(element, opclass), type, method_name(ddl, access_method), access_method);
    if (!column->opclass)
        return false;
    bool descending = element->ordering == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
    bool nulls_first = element->nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST ||
                       (descending && element->nulls_ordering != PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST);
    bool ordered = access_method == AM_BTREE || access_method >= FIRST_USER_OID;
    if (!ordered && element->ordering > PG_QUERY__SORT_BY_DIR__SORTBY_DEFAULT)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "access method \"%s\" does not support ASC/DESC options", method_name(ddl, access_method));
    column->options = (uint16_t)((descending ? 1 : 0) | (nulls_first ? 2 : 0));
    return true;
}

/* ---- PRIMARY KEY, UNIQUE, EXCLUDE ---- */

static bool key_column(Ddl *ddl, const Relation *relation, const AstConstraint *key, const char *name, bool is_key,
                       IndexPlan *plan)
{
    const Column *found = catalog_find_column(relation, name);
    if (!found)
        return ddl_fail(ddl, key->location, SQLSTATE_UNDEFINED_COLUMN, "column \"%s\" named in key does not exist",
                        name);
    for (size_t i = 0; is_key && i < plan->columns.len; i++) {
        if (found->number > 0 && plan->columns.items[i].number == found->number)
            return ddl_fail(ddl, key->location, SQLSTATE_DUPLICATE_COLUMN,
                            "column \"%s\" appears twice in %s constraint", name,
                            plan->primary ? "primary key" : "unique");
    }
    IndexColumn column = {0};
    if (!find_column(ddl, relation, name, &column))
        return false;
    if (is_key) {
        column.opclass = index_opclass(ddl, (AstItems){0}, found->type, method_name(ddl, plan->access_method),
                                       plan->access_method);
        if (!column.opclass)
            return false;
    }
    vec_push(ddl->scratch, &plan->columns, column);
    return true;
}

/* An operator that an index of this kind can exclude by. */
static bool check_exclusion_operator(Ddl *ddl, const IndexColumn *column, const Operator *op)
{
    const char *name = describe_object(ddl, address_of(CLASS_OPERATOR, op->oid));
    if (op->commutator != op->oid) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "%s is not commutative", name);
        diag_detail(ddl->diags, diag, "Only commutative operators can be used in exclusion constraints.");
        return false;
    }
    Oid family = catalog_opclass(ddl->catalog, column->opclass)->family;
    FamilyOperatorList families = catalog_operator_families(ddl->catalog, ddl->scratch, op->oid);
    for (size_t i = 0; i < families.len; i++) {
        if (families.items[i].family == family)
            return true;
    }
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "%s is not a member of operator family \"%s\"",
                           name, catalog_opfamily(ddl->catalog, family)->name);
    diag_detail(ddl->diags, diag,
                "The exclusion operator must be related to the index operator class for the constraint.");
    return false;
}

/* One "element WITH operator" of EXCLUDE. */
static bool exclusion_column(Ddl *ddl, const Relation *relation, const AstNode *pair, IndexPlan *plan)
{
    AstItems items = ast_items(pair);
    IndexColumn column;
    if (items.len != 2 ||
        !index_plan_column(ddl, relation, items.items[0]->index_elem, plan->access_method, &column))
        return false;
    Oid schema, type = column_type(relation, &column);
    const char *name;
    AstItems operator_name = ast_items(items.items[1]);
    if (!operator_split_name(ddl, operator_name, &schema, &name))
        return false;
    const Operator *op = operator_resolve_compatible(ddl->catalog, ddl->scratch, schema, name, type, type);
    if (!op) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_UNDEFINED_FUNCTION, "operator does not exist: %s %s %s",
                               ddl_type_name(ddl, type), name, ddl_type_name(ddl, type));
        ddl_hint(
            ddl, diag,
            "No operator matches the given name and argument types. You might need to add explicit type casts.");
        return false;
    }
    if (!check_exclusion_operator(ddl, &column, op))
        return false;
    column.exclusion_operator = op->oid;
    vec_push(ddl->scratch, &plan->columns, column);
    return true;
}

static bool key_columns(Ddl *ddl, const Relation *relation, const AstConstraint *key, const char *column,
                        IndexPlan *plan)
{
    if (column && key->n_keys == 0)
        return key_column(ddl, relation, key, column, true, plan);
    for (size_t i = 0; i < key->n_keys; i++) {
        if (!key_column(ddl, relation, key, ast_string(key->keys[i]), true, plan))
            return false;
    }
    return true;
}

static bool plan_predicate(Ddl *ddl, const Relation *relation, const AstNode *where, IndexPlan *plan)
{
    if (!where)
        return true;
    ExprScope scope = {.relations = &relation, .nrelations = 1};
    plan->raw_predicate = where;
    plan->predicate = analyze_condition(&ddl->context, where, &scope, PARSE_INDEX_PREDICATE, "WHERE");
    if (plan->predicate && expr_is_mutable(ddl->catalog, plan->predicate))
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                        "functions in index predicate must be marked IMMUTABLE");
    return plan->predicate && check_no_system_columns(ddl, plan->predicate);
}

static const char *including_name(const AstNode *node)
{
    return ast_kind(node) == AST_INDEX_ELEM ? node->index_elem->name : ast_string(node);
}

bool index_plan_constraint(Ddl *ddl, const Relation *relation, const AstConstraint *key, const char *column,
                           IndexPlan *plan)
{
    bool exclusion = key->contype == PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION;
    if (exclusion && relation->kind == RELKIND_PARTITIONED)
        return ddl_fail(ddl, key->location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "exclusion constraints are not supported on partitioned tables");
    *plan = (IndexPlan){
        .name = ast_text(key->conname) ? arena_strdup(ddl->arena, key->conname) : NULL,
        .primary = key->contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY,
        .unique = !exclusion,
        .exclusion = exclusion,
        .is_constraint = true,
        .deferrable = key->deferrable,
        .deferred = key->initdeferred,
        .nulls_not_distinct = key->nulls_not_distinct,
        .location = key->location,
        .access_method = index_access_method(ddl, exclusion ? ast_text(key->access_method) : NULL),
    };
    if (!plan->access_method || !key_columns(ddl, relation, key, column, plan) ||
        !reloption_check_index(ddl, AST_ITEMS(key, options), plan->access_method, false))
        return false;
    for (size_t i = 0; i < key->n_exclusions; i++) {
        if (!exclusion_column(ddl, relation, key->exclusions[i], plan))
            return false;
    }
    plan->nkeys = plan->columns.len;
    for (size_t i = 0; i < key->n_including; i++) {
        if (!key_column(ddl, relation, key, including_name(key->including[i]), false, plan))
            return false;
    }
    return plan_predicate(ddl, relation, key->where_clause, plan);
}

/* ---- copies of other relations' indexes ---- */

static bool clone_column(Ddl *ddl, const Relation *source, const Index *index, size_t i, const int16_t *map,
                         const Relation *target, IndexColumn *column)
{
    *column = (IndexColumn){0};
    if (index->columns[i]) {
        column->number = map[index->columns[i] - 1];
        if (!column->number)
            return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_COLUMN, "column \"%s\" does not exist",
                            catalog_column(source, index->columns[i])->name);
        column->name = catalog_column(target, column->number)->name;
    } else {
        column->expr =
            index->expressions ? remap_expr(ddl->arena, index->expressions[i], map, source->ncolumns) : NULL;
        column->name = "expr";
    }
    if (i < index->nkeys) {
        column->opclass = index->opclasses[i];
        column->collation = index->collations[i];
        column->options = index->options ? index->options[i] : 0;
    }
    return true;
}

/* The names that the source's index was given for its expressions go to the copy's. */
static void name_clone_columns(Ddl *ddl, const Relation *index, const Relation *target, IndexPlan *plan)
{
    for (size_t i = 0; i < plan->columns.len; i++) {
        IndexColumn *column = &plan->columns.items[i];
        ExprSource source;
        if (column->number || !source_find(ddl, index->oid, (int)i + 1, target, &source))
            continue;
        const char *name = target_figure_index_name(ddl->catalog, ddl->arena, source.raw);
        if (name)
            column->name = name;
        column->raw = source.raw;
    }
}

bool index_plan_clone(Ddl *ddl, const Relation *source, const Relation *relation, const Relation *target,
                      IndexPlan *plan)
{
    const Index *index = relation->index;
    int16_t *map = remap_by_name(ddl->scratch, source, target);
    const Constraint *constraint = index->constraint ? relation_constraint_by_oid(source, index->constraint) : NULL;
    *plan = (IndexPlan){
        .access_method = index->access_method,
        .unique = index->is_unique,
        .primary = index->is_primary,
        .exclusion = index->is_exclusion,
        .is_constraint = constraint != NULL,
        .deferrable = constraint && constraint->deferrable,
        .deferred = constraint && constraint->deferred,
        .nulls_not_distinct = index->nulls_not_distinct,
        .nkeys = index->nkeys,
        .location = -1,
    };
    for (size_t i = 0; i < index->ncolumns; i++) {
        IndexColumn column;
        if (!clone_column(ddl, source, index, i, map, target, &column))
            return false;
        vec_push(ddl->scratch, &plan->columns, column);
    }
    plan->predicate = remap_expr(ddl->arena, index->predicate, map, source->ncolumns);
    name_clone_columns(ddl, relation, target, plan);
    return true;
}

/* ---- CREATE INDEX ---- */

static bool plan_statement(Ddl *ddl, const Relation *relation, const AstIndexStmt *stmt, IndexPlan *plan)
{
    *plan = (IndexPlan){
        .name = ast_text(stmt->idxname) ? arena_strdup(ddl->arena, stmt->idxname) : NULL,
        .unique = stmt->unique,
        .nulls_not_distinct = stmt->nulls_not_distinct,
        .if_not_exists = stmt->if_not_exists,
        .concurrent = stmt->concurrent,
        .location = -1,
        .access_method = index_access_method(ddl, stmt->access_method),
    };
    if (!plan->access_method)
        return false;
    for (size_t i = 0; i < stmt->n_index_params; i++) {
        IndexColumn column;
        if (!index_plan_column(ddl, relation, stmt->index_params[i]->index_elem, plan->access_method, &column))
            return false;
        vec_push(ddl->scratch, &plan->columns, column);
    }
    if (!reloption_check_index(ddl, AST_ITEMS(stmt, options), plan->access_method, false))
        return false;
    plan->nkeys = plan->columns.len;
    for (size_t i = 0; i < stmt->n_index_including_params; i++) {
        const AstIndexElem *element = stmt->index_including_params[i]->index_elem;
        IndexColumn column = {0};
        if (!ast_text(element->name))
            return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                            "expressions are not supported in included columns");
        if (!find_column(ddl, relation, element->name, &column))
            return false;
        vec_push(ddl->scratch, &plan->columns, column);
    }
    return plan_predicate(ddl, relation, stmt->where_clause, plan);
}

static bool check_relation(Ddl *ddl, const Relation *relation, const AstIndexStmt *stmt)
{
    if (!strchr("rmp", relation->kind)) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot create index on relation \"%s\"",
                               relation->name);
        describe_not_supported(ddl, diag, relation->kind);
        return false;
    }
    if (stmt->concurrent && ddl->session->in_transaction)
        return ddl_fail(ddl, -1, SQLSTATE_ACTIVE_SQL_TRANSACTION,
                        "CREATE INDEX CONCURRENTLY cannot run inside a transaction block");
    if (stmt->concurrent && relation->kind == RELKIND_PARTITIONED)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "cannot create index on partitioned table \"%s\" concurrently", relation->name);
    return relation_check_not_system(ddl, relation);
}

bool create_index(Ddl *ddl, const AstNode *node)
{
    const AstIndexStmt *stmt = node->index_stmt;
    const Relation *relation = analyze_range_var(&ddl->context, stmt->relation, false);
    if (!relation || !owner_check_relation(ddl, relation) || !check_relation(ddl, relation, stmt) ||
        !privilege_check(ddl, address_of(CLASS_SCHEMA, relation->schema), PRIVILEGE_CREATE))
        return false;
    IndexPlan plan;
    if (!plan_statement(ddl, relation, stmt, &plan))
        return false;
    const char *name = ast_text(stmt->idxname);
    if (name && stmt->if_not_exists && catalog_find_relation_in(ddl->catalog, relation->schema, name))
        return true;
    return index_define(ddl, relation->oid, &plan, stmt->relation->inh) != INVALID_OID;
}
