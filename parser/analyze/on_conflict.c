/* ON CONFLICT: transformOnConflictClause (PostgreSQL's analyze.c) and transformOnConflictArbiter (parse_clause.c).
 * Whether an index fits is arbiter.c's question. */
#include "analyze/query_parts.h"

#include <string.h>

/* ---- the arbiter ---- */

static Expr *transform_element_expr(ParseState *ps, const AstIndexElem *raw, int32_t location)
{
    if (raw->expr)
        return expr_transform(ps, raw->expr, PARSE_INDEX_EXPRESSION);
    AstNode *name = oper_name_node(ps_arena(ps), raw->name);
    AstColumnRef column = {.fields = &name, .n_fields = 1, .location = location};
    AstNode node = {.node_case = PG_QUERY__NODE__NODE_COLUMN_REF, .column_ref = &column};
    return expr_transform(ps, &node, PARSE_INDEX_EXPRESSION);
}

/* get_opclass_oid for btree; false after an error. */
static bool find_opclass(ParseState *ps, size_t n, AstNode *const *names, int32_t location, Oid *result)
{
    AstItems items = {names, n};
    AstName name;
    const OpClass *opclass = NULL;
    if (ast_name(items, &name) && name.schema) {
        const Schema *schema = catalog_find_schema(ps_catalog(ps), name.schema);
        if (!schema) {
            ps_error(ps, location, SQLSTATE_INVALID_SCHEMA_NAME, "schema \"%s\" does not exist", name.schema);
            return false;
        }
        opclass = catalog_find_opclass_in(ps_catalog(ps), AM_BTREE, schema->oid, name.name);
    } else if (ast_name(items, &name)) {
        opclass = catalog_find_opclass(ps_catalog(ps), AM_BTREE, name.name);
    }
    if (!opclass) {
        ps_error(ps, location, SQLSTATE_UNDEFINED_OBJECT,
                 "operator class \"%s\" does not exist for access method \"btree\"",
                 ast_name_text(ps_arena(ps), items));
        return false;
    }
    *result = opclass->oid;
    return true;
}

/* resolve_unique_index_expr for one element */
static bool transform_element(ParseState *ps, const AstIndexElem *raw, int32_t location, InferenceElement *element)
{
    const char *refused = NULL;
    if (raw->ordering != PG_QUERY__SORT_BY_DIR__SORTBY_DEFAULT)
        refused = "ASC/DESC is not allowed in ON CONFLICT clause";
    else if (raw->nulls_ordering != PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_DEFAULT)
        refused = "NULLS FIRST/LAST is not allowed in ON CONFLICT clause";
    if (refused) {
        ps_error(ps, location, SQLSTATE_INVALID_COLUMN_REFERENCE, "%s", refused);
        return false;
    }
    element->expr = transform_element_expr(ps, raw, location);
    if (!element->expr)
        return false;
    int32_t place = expr_location(element->expr);
    bool failed = false;
    if (raw->n_collation) {
        AnalyzeContext context = ps_context(ps);
        element->collation = analyze_collation_name(&context, raw->n_collation, raw->collation, place, &failed);
    }
    return !failed && (!raw->n_opclass || find_opclass(ps, raw->n_opclass, raw->opclass, place, &element->opclass));
}

static bool find_constraint(ParseState *ps, const AstInferClause *raw, Oid *result)
{
    const Relation *relation = ps->target_relation;
    for (size_t i = 0; i < relation->nconstraints; i++) {
        if (strcmp(relation->constraints[i].name, raw->conname) == 0) {
            *result = relation->constraints[i].oid;
            return true;
        }
    }
    ps_error(ps, raw->location, SQLSTATE_UNDEFINED_OBJECT, "constraint \"%s\" for table \"%s\" does not exist",
             raw->conname, relation->name);
    return false;
}

static bool transform_arbiter(ParseState *ps, const AstOnConflictClause *raw, OnConflict *conflict)
{
    const AstInferClause *infer = raw->infer;
    if (conflict->do_update && !infer) {
        Diag *diag = ps_error(ps, raw->location, SQLSTATE_SYNTAX_ERROR,
                              "ON CONFLICT DO UPDATE requires inference specification or constraint name");
        ps_hint(ps, diag, "For example, ON CONFLICT (column_name).");
        return false;
    }
    if (ps->target_relation->schema == SCHEMA_PG_CATALOG) {
        ps_error(ps, raw->location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                 "ON CONFLICT is not supported with system catalog tables");
        return false;
    }
    if (!infer)
        return true;
    conflict->arbiters = arena_array_of(ps_arena(ps), infer->n_index_elems, InferenceElement);
    conflict->narbiters = infer->n_index_elems;
    for (size_t i = 0; i < infer->n_index_elems; i++) {
        if (!transform_element(ps, infer->index_elems[i]->index_elem, infer->location, &conflict->arbiters[i]))
            return false;
    }
    if (infer->where_clause) {
        conflict->arbiter_where = expr_transform(ps, infer->where_clause, PARSE_INDEX_PREDICATE);
        if (!conflict->arbiter_where)
            return false;
    }
    return !ast_text(infer->conname) || find_constraint(ps, infer, &conflict->constraint);
}

/* ---- the clause ---- */

/* EXCLUDED, the row that could not be inserted: no real relation, without system columns. */
static NsItem *add_excluded(ParseState *ps)
{
    NsItem *item =
        relation_add_relation(ps, ps->target_relation, range_make_alias(ps, "excluded"), NULL, false, false);
    if (item)
        item->rte->relkind = RELKIND_COMPOSITE;
    return item;
}

OnConflict *on_conflict_transform(ParseState *ps, const AstOnConflictClause *raw)
{
    OnConflict *conflict = arena_new_of(ps_arena(ps), OnConflict);
    conflict->do_update = raw->action == PG_QUERY__ON_CONFLICT_ACTION__ONCONFLICT_UPDATE;
    NsItem *excluded = conflict->do_update ? add_excluded(ps) : NULL;
    if (conflict->do_update && !excluded)
        return NULL;
    if (!transform_arbiter(ps, raw, conflict))
        return NULL;
    if (!conflict->do_update)
        return conflict;
    conflict->excluded_rtindex = excluded->rtindex;
    /* From here on it is an UPDATE. */
    ps->is_insert = false;
    relation_add_to_query(ps, excluded, false, true, true);
    bool failed = false;
    if (!update_transform_targets(ps, raw->n_target_list, raw->target_list, &conflict->set))
        return NULL;
    conflict->where = clause_transform_where(ps, raw->where_clause, PARSE_WHERE, "WHERE", &failed);
    ps->namespace.len--;
    return failed ? NULL : conflict;
}
