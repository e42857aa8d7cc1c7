/* WITH RECURSIVE before anything is resolved: which items refer to which, in what order to resolve them, and
 * whether those that refer to themselves have the form they must have. makeDependencyGraph and
 * checkWellFormedRecursion of PostgreSQL's parse_cte.c, on the raw parse tree. */
#include "analyze/query_parts.h"
#include "ast/walk.h"

#include <string.h>

/* Where a reference of an item to itself stands. */
typedef enum RecursionPlace {
    PLACE_OK,
    PLACE_NONRECURSIVE_TERM,
    PLACE_SUBLINK,
    PLACE_OUTER_JOIN,
    PLACE_INTERSECT,
    PLACE_EXCEPT
} RecursionPlace;

static const char *const places[] = {
    [PLACE_NONRECURSIVE_TERM] = "its non-recursive term",
    [PLACE_SUBLINK] = "a subquery",
    [PLACE_OUTER_JOIN] = "an outer join",
    [PLACE_INTERSECT] = "INTERSECT",
    [PLACE_EXCEPT] = "EXCEPT",
};

/* The names of a WITH clause further in, which hide ours; the first `visible` of them are in scope. */
typedef struct InnerWith InnerWith;
struct InnerWith {
    const AstWithClause *with;
    size_t visible;
    const InnerWith *outer;
};

typedef struct Walk {
    ParseState *ps;
    CteItem **items; /* in the clause's order */
    size_t n;
    CteItem *current;
    const InnerWith *inner;
    RecursionPlace place;
    size_t references; /* to the current item, in the check of its form */
} Walk;

static bool is_hidden(const Walk *walk, const char *name)
{
    for (const InnerWith *inner = walk->inner; inner; inner = inner->outer) {
        for (size_t i = 0; i < inner->visible; i++) {
            if (strcmp(inner->with->ctes[i]->common_table_expr->ctename, name) == 0)
                return true;
        }
    }
    return false;
}

/* Looks at a message of the raw tree and what is in it; false after an error. */
typedef bool NodeCheck(const ProtobufCMessage *message, void *context);

static const ProtobufCMessage *raw_message(const AstNode *node)
{
    return node ? &node->base : NULL;
}

static bool visit_node(const AstNode *node, NodeCheck *visit, Walk *walk)
{
    const ProtobufCMessage *message = raw_message(node);
    return !message || visit(message, walk);
}

/* Visits a WITH clause's queries and then the statement it belongs to, with its names in scope: in a recursive
 * clause all of them everywhere, else each from the next item on. */
static bool walk_with(const AstWithClause *with, const ProtobufCMessage *statement, NodeCheck *visit,
                      NodeCheck *visit_rest, Walk *walk)
{
    InnerWith inner = {with, with->recursive ? with->n_ctes : 0, walk->inner};
    walk->inner = &inner;
    bool ok = true;
    for (size_t i = 0; ok && i < with->n_ctes; i++) {
        ok = visit_node(with->ctes[i]->common_table_expr->ctequery, visit, walk);
        if (!with->recursive)
            inner.visible++;
    }
    ok = ok && visit_rest(statement, walk);
    walk->inner = inner.outer;
    return ok;
}

/* The WITH clause of a statement that may have one. */
static const AstWithClause *with_of(const ProtobufCMessage *message)
{
    if (message->descriptor == &pg_query__select_stmt__descriptor)
        return ((const AstSelectStmt *)message)->with_clause;
    if (message->descriptor == &pg_query__insert_stmt__descriptor)
        return ((const AstInsertStmt *)message)->with_clause;
    if (message->descriptor == &pg_query__update_stmt__descriptor)
        return ((const AstUpdateStmt *)message)->with_clause;
    if (message->descriptor == &pg_query__delete_stmt__descriptor)
        return ((const AstDeleteStmt *)message)->with_clause;
    return NULL;
}

/* ---- dependencies ---- */

static bool note_reference(const ProtobufCMessage *message, void *context);

static bool note_visitor(const ProtobufCMessage *message, void *context)
{
    return !note_reference(message, context);
}

static bool note_below(const ProtobufCMessage *message, void *context)
{
    return !ast_walk(message, note_visitor, context);
}

static bool note_reference(const ProtobufCMessage *message, void *context)
{
    Walk *walk = context;
    if (message->descriptor == &pg_query__range_var__descriptor) {
        const AstRangeVar *name = (const AstRangeVar *)message;
        if (ast_text(name->schemaname) || is_hidden(walk, name->relname))
            return true;
        for (size_t i = 0; i < walk->n; i++) {
            if (strcmp(name->relname, walk->items[i]->cte.name) != 0)
                continue;
            if (walk->items[i] == walk->current)
                walk->current->cte.recursive = true;
            else if (!walk->current->depends[i]) {
                walk->current->depends[i] = true;
                walk->current->ndepends++;
            }
            break;
        }
        return true;
    }
    if (message->descriptor == &pg_query__with_clause__descriptor)
        return true; /* seen through its statement */
    const AstWithClause *with = with_of(message);
    if (with)
        return walk_with(with, message, note_reference, note_below, walk);
    return note_below(message, walk);
}

/* TopologicalSort: moves items forward so that each stands behind those it depends on. */
static bool sort_items(ParseState *ps, CteItem **items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t ready = i;
        while (ready < n && items[ready]->ndepends)
            ready++;
        if (ready == n) {
            ps_error(ps, items[i]->cte.location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                     "mutual recursion between WITH items is not implemented");
            return false;
        }
        CteItem *first = items[ready];
        items[ready] = items[i];
        items[i] = first;
        for (size_t k = i + 1; k < n; k++) {
            if (items[k]->depends[first->place]) {
                items[k]->depends[first->place] = false;
                items[k]->ndepends--;
            }
        }
    }
    return true;
}

/* ---- form ---- */

static bool check_reference(const ProtobufCMessage *message, void *context);

static bool check_visitor(const ProtobufCMessage *message, void *context)
{
    return !check_reference(message, context);
}

static bool check_below(const ProtobufCMessage *message, void *context)
{
    return !ast_walk(message, check_visitor, context);
}

static bool check_in(Walk *walk, RecursionPlace place, const ProtobufCMessage *message)
{
    RecursionPlace saved = walk->place;
    walk->place = place;
    bool ok = !message || check_reference(message, walk);
    walk->place = saved;
    return ok;
}

static bool check_name(Walk *walk, const AstRangeVar *name)
{
    const CommonTableExpr *cte = &walk->current->cte;
    if (ast_text(name->schemaname) || is_hidden(walk, name->relname) || strcmp(name->relname, cte->name) != 0)
        return true;
    if (walk->place != PLACE_OK) {
        ps_error(walk->ps, name->location, SQLSTATE_INVALID_RECURSION,
                 "recursive reference to query \"%s\" must not appear within %s", cte->name, places[walk->place]);
        return false;
    }
    if (++walk->references > 1) {
        ps_error(walk->ps, name->location, SQLSTATE_INVALID_RECURSION,
                 "recursive reference to query \"%s\" must not appear more than once", cte->name);
        return false;
    }
    return true;
}

/* The side of a join that may be all NULLs is no place for a reference. */
static bool check_join(Walk *walk, const AstJoinExpr *join)
{
    RecursionPlace outer = walk->place == PLACE_OK ? PLACE_OUTER_JOIN : walk->place;
    bool left_null =
        join->jointype == PG_QUERY__JOIN_TYPE__JOIN_RIGHT || join->jointype == PG_QUERY__JOIN_TYPE__JOIN_FULL;
    bool right_null =
        join->jointype == PG_QUERY__JOIN_TYPE__JOIN_LEFT || join->jointype == PG_QUERY__JOIN_TYPE__JOIN_FULL;
    return check_in(walk, left_null ? outer : walk->place, raw_message(join->larg)) &&
           check_in(walk, right_null ? outer : walk->place, raw_message(join->rarg)) &&
           check_in(walk, walk->place, raw_message(join->quals));
}

static bool check_list(Walk *walk, size_t n, AstNode *const *items)
{
    for (size_t i = 0; i < n; i++) {
        if (!visit_node(items[i], check_reference, walk))
            return false;
    }
    return true;
}

/* checkWellFormedSelectStmt */
static bool check_select(const ProtobufCMessage *message, void *context)
{
    Walk *walk = context;
    const AstSelectStmt *select = (const AstSelectStmt *)message;
    RecursionPlace left = PLACE_OK, right = PLACE_OK;
    if (select->op == PG_QUERY__SET_OPERATION__SETOP_INTERSECT) {
        if (select->all)
            left = right = PLACE_INTERSECT;
    } else if (select->op == PG_QUERY__SET_OPERATION__SETOP_EXCEPT) {
        left = select->all ? PLACE_EXCEPT : PLACE_OK;
        right = PLACE_EXCEPT;
    } else {
        return check_below(message, walk);
    }
    if (walk->place != PLACE_OK)
        return check_below(message, walk);
    return check_in(walk, left, &select->larg->base) && check_in(walk, right, &select->rarg->base) &&
           check_list(walk, select->n_sort_clause, select->sort_clause) &&
           visit_node(select->limit_offset, check_reference, walk) &&
           visit_node(select->limit_count, check_reference, walk) &&
           check_list(walk, select->n_locking_clause, select->locking_clause);
}

static bool check_reference(const ProtobufCMessage *message, void *context)
{
    Walk *walk = context;
    if (message->descriptor == &pg_query__range_var__descriptor)
        return check_name(walk, (const AstRangeVar *)message);
    if (message->descriptor == &pg_query__with_clause__descriptor)
        return true; /* seen through its statement */
    if (message->descriptor == &pg_query__select_stmt__descriptor) {
        const AstWithClause *with = ((const AstSelectStmt *)message)->with_clause;
        return with ? walk_with(with, message, check_reference, check_select, walk) : check_select(message, walk);
    }
    if (message->descriptor == &pg_query__join_expr__descriptor)
        return check_join(walk, (const AstJoinExpr *)message);
    if (message->descriptor == &pg_query__sub_link__descriptor) {
        const AstSubLink *sublink = (const AstSubLink *)message;
        return check_in(walk, PLACE_SUBLINK, raw_message(sublink->subselect)) &&
               check_in(walk, walk->place, raw_message(sublink->testexpr));
    }
    return check_below(message, walk);
}

/* What can't be said about the whole while only part of its rows is known. */
static bool check_decoration(Walk *walk, const AstSelectStmt *select)
{
    const char *what = NULL;
    int32_t location = -1;
    if (select->n_sort_clause) {
        what = "ORDER BY";
        location = ast_items_location(AST_ITEMS(select, sort_clause));
    } else if (select->limit_offset) {
        what = "OFFSET";
        location = ast_location(select->limit_offset);
    } else if (select->limit_count) {
        what = "LIMIT";
        location = ast_location(select->limit_count);
    } else if (select->n_locking_clause) {
        what = "FOR UPDATE/SHARE";
    }
    if (what)
        ps_error(walk->ps, location, SQLSTATE_FEATURE_NOT_SUPPORTED, "%s in a recursive query is not implemented",
                 what);
    return !what;
}

static bool check_form(Walk *walk)
{
    const CommonTableExpr *cte = &walk->current->cte;
    const AstNode *query = walk->current->raw->ctequery;
    if (ast_kind(query) != AST_SELECT_STMT) {
        ps_error(walk->ps, cte->location, SQLSTATE_INVALID_RECURSION,
                 "recursive query \"%s\" must not contain data-modifying statements", cte->name);
        return false;
    }
    const AstSelectStmt *select = query->select_stmt;
    if (select->op != PG_QUERY__SET_OPERATION__SETOP_UNION) {
        ps_error(walk->ps, cte->location, SQLSTATE_INVALID_RECURSION,
                 "recursive query \"%s\" does not have the form non-recursive-term UNION [ALL] recursive-term",
                 cte->name);
        return false;
    }
    for (size_t i = 0; select->with_clause && i < select->with_clause->n_ctes; i++) {
        const AstNode *inner = select->with_clause->ctes[i]->common_table_expr->ctequery;
        if (!check_in(walk, PLACE_SUBLINK, raw_message(inner)))
            return false;
    }
    if (!check_decoration(walk, select))
        return false;
    walk->references = 0;
    if (!check_in(walk, PLACE_NONRECURSIVE_TERM, &select->larg->base) ||
        !check_in(walk, PLACE_OK, &select->rarg->base))
        return false;
    if (walk->references != 1) {
        ps_error(walk->ps, cte->location, SQLSTATE_INTERNAL_ERROR, "missing recursive reference");
        return false;
    }
    return true;
}

bool cte_order_recursive(ParseState *ps, CteItem **items, size_t n)
{
    Walk walk = {.ps = ps, .items = items, .n = n};
    for (size_t i = 0; i < n; i++) {
        walk.current = items[i];
        items[i]->depends = arena_array_of(ps_arena(ps), n, bool);
        visit_node(items[i]->raw->ctequery, note_reference, &walk);
    }
    if (!sort_items(ps, items, n))
        return false;
    for (size_t i = 0; i < n; i++) {
        walk.current = items[i];
        if (items[i]->cte.recursive && !check_form(&walk))
            return false;
    }
    return true;
}
