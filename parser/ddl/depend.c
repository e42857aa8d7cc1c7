/* What an object needs: the edges of pg_depend, found by walking its expressions and queries
 * (recordDependencyOnExpr). Edges to built-in objects are left out, as these cannot be dropped. */
#include "ddl/ddl_private.h"

ObjectAddress address_of(ObjectClass class, Oid oid)
{
    return (ObjectAddress){class, oid, 0};
}

ObjectAddress address_of_column(Oid relation, int number)
{
    return (ObjectAddress){CLASS_RELATION, relation, number};
}

static bool is_pinned(ObjectAddress object)
{
    return object.oid < FIRST_USER_OID && !(object.class == CLASS_SCHEMA && object.oid == SCHEMA_PUBLIC);
}

void depend_on(Ddl *ddl, ObjectAddress dependent, ObjectAddress referenced, DependencyKind kind)
{
    if (referenced.oid && !is_pinned(referenced))
        catalog_depend(ddl->catalog, dependent, referenced, kind);
}

void depend_on_type(Ddl *ddl, ObjectAddress dependent, Oid type)
{
    depend_on(ddl, dependent, address_of(CLASS_TYPE, type), DEPENDENCY_NORMAL);
}

void depend_on_schema(Ddl *ddl, ObjectAddress dependent, Oid schema)
{
    depend_on(ddl, dependent, address_of(CLASS_SCHEMA, schema), DEPENDENCY_NORMAL);
}

ObjectAddress depend_owner(Ddl *ddl, ObjectAddress object)
{
    DependencyList references = catalog_references(ddl->catalog, ddl->scratch, object);
    for (size_t i = 0; i < references.len; i++) {
        const Dependency *edge = &references.items[i];
        if (edge->kind == DEPENDENCY_AUTO &&
            (edge->referenced.class == CLASS_RELATION || edge->referenced.class == CLASS_TYPE))
            return (ObjectAddress){edge->referenced.class, edge->referenced.oid, 0};
    }
    return (ObjectAddress){0};
}

void depend_forget(Ddl *ddl, ObjectAddress from, ObjectAddress to)
{
    DependencyList list = catalog_references(ddl->catalog, ddl->scratch, from);
    catalog_remove_references(ddl->catalog, from);
    for (size_t i = 0; i < list.len; i++) {
        if (list.items[i].referenced.class != to.class || list.items[i].referenced.oid != to.oid)
            catalog_depend(ddl->catalog, list.items[i].dependent, list.items[i].referenced, list.items[i].kind);
    }
}

/* ---- collecting references ---- */

/* A query level while its expressions are walked. */
typedef struct Level {
    Query *query; /* NULL for a stand-alone expression: scope is what its Vars refer to */
    const Oid *scope;
    size_t nscope;
    struct Level *outer;
} Level;

typedef struct Collector {
    Ddl *ddl;
    Level *level;
    IntMap seen;
    Addresses found;
} Collector;

static void collect(Collector *collector, ObjectClass class, Oid oid, int sub)
{
    if (oid < FIRST_USER_OID)
        return;
    uint64_t key = (uint64_t) class << 56 ^ (uint64_t)(uint16_t)sub << 32 ^ oid;
    if (intmap_put(collector->ddl->scratch, &collector->seen, key, collector))
        return;
    ObjectAddress address = {class, oid, sub};
    vec_push(collector->ddl->scratch, &collector->found, address);
}

static void collect_type(Collector *collector, Oid type)
{
    collect(collector, CLASS_TYPE, type, 0);
}

static bool collect_expr(Expr *expr, void *context);
static bool collect_query(Query *query, void *context);

/* A column of a range table entry: of a relation, of a join's input, of a composite a function gives. */
static void collect_column(Collector *collector, Level *level, const Var *var)
{
    if (!level->query) {
        if ((size_t)var->rtindex <= level->nscope && var->rtindex > 0)
            collect(collector, CLASS_RELATION, level->scope[var->rtindex - 1], var->attribute);
        return;
    }
    if (var->rtindex <= 0 || (size_t)var->rtindex > level->query->nrtable)
        return;
    const RangeTblEntry *rte = level->query->rtable[var->rtindex - 1];
    if (rte->kind == RTE_RELATION) {
        collect(collector, CLASS_RELATION, rte->relation, var->attribute > 0 ? var->attribute : 0);
    } else if (rte->kind == RTE_JOIN && var->attribute > 0 && (size_t)var->attribute <= rte->ncolumns) {
        Level *saved = collector->level;
        collector->level = level;
        collect_expr(rte->join_vars[var->attribute - 1], collector);
        collector->level = saved;
    }
}

static void collect_var(Collector *collector, const Var *var)
{
    Level *level = collector->level;
    for (int up = var->levels_up; up > 0 && level; up--)
        level = level->outer;
    if (level)
        collect_column(collector, level, var);
}

/* The name in a regclass, regtype … constant: what nextval('s') depends on. */
static void collect_const(Collector *collector, const Const *constant)
{
    collect_type(collector, constant->expr.type);
    if (constant->is_null || constant->expr.type != TYPE_REGCLASS)
        return;
    const Catalog *catalog = collector->ddl->catalog;
    Arena *scratch = collector->ddl->scratch;
    char *parts[2] = {NULL, NULL}, *out = arena_alloc(scratch, strlen(constant->text) + 1);
    size_t nparts = 0, len = 0;
    bool quoted = false;
    parts[nparts++] = out;
    for (const char *p = constant->text; *p; p++) {
        if (*p == '"') {
            quoted = !quoted;
        } else if (*p == '.' && !quoted) {
            if (nparts == 2)
                return;
            out[len++] = '\0';
            parts[nparts++] = out + len;
        } else {
            out[len++] = (char)(quoted || *p < 'A' || *p > 'Z' ? *p : *p - 'A' + 'a');
        }
    }
    const Relation *relation = NULL;
    if (nparts == 1) {
        relation = catalog_find_relation(catalog, parts[0]);
    } else {
        const Schema *schema = catalog_find_schema(catalog, parts[0]);
        if (schema)
            relation = catalog_find_relation_in(catalog, schema->oid, parts[1]);
    }
    if (relation)
        collect(collector, CLASS_RELATION, relation->oid, 0);
}

static void collect_sublink(Collector *collector, SubLink *link)
{
    if (link->query)
        collect_query(link->query, collector);
}

static bool collect_expr(Expr *expr, void *context)
{
    Collector *collector = context;
    switch ((int)expr->kind) {
    case EXPR_VAR:
        collect_var(collector, (Var *)expr);
        return false;
    case EXPR_CONST:
        collect_const(collector, (Const *)expr);
        return false;
    case EXPR_FUNC:
        collect(collector, CLASS_FUNCTION, ((FuncExpr *)expr)->function, 0);
        break;
    case EXPR_AGGREF:
        collect(collector, CLASS_FUNCTION, ((Aggref *)expr)->function, 0);
        break;
    case EXPR_WINDOW_FUNC:
        collect(collector, CLASS_FUNCTION, ((WindowFunc *)expr)->function, 0);
        break;
    case EXPR_OP:
    case EXPR_DISTINCT:
    case EXPR_NULLIF:
        collect(collector, CLASS_OPERATOR, ((OpExpr *)expr)->op, 0);
        break;
    case EXPR_SCALAR_ARRAY_OP:
        collect(collector, CLASS_OPERATOR, ((ScalarArrayOp *)expr)->op, 0);
        break;
    case EXPR_SUBLINK:
        collect_sublink(collector, (SubLink *)expr);
        break;
    case EXPR_FIELD_SELECT: {
        const FieldSelect *select = (const FieldSelect *)expr;
        const Type *row = catalog_type(collector->ddl->catalog, select->arg->type);
        if (row && row->relation)
            collect(collector, CLASS_RELATION, row->relation, select->field);
        break;
    }
    case EXPR_COLLATE:
        collect(collector, CLASS_COLLATION, expr->collation, 0);
        break;
    case EXPR_PARAM:
    case EXPR_RELABEL:
    case EXPR_COERCE_VIA_IO:
    case EXPR_ARRAY_COERCE:
    case EXPR_CONVERT_ROWTYPE:
    case EXPR_COERCE_TO_DOMAIN:
    case EXPR_ROW:
        collect_type(collector, expr->type);
        break;
    default:
        break;
    }
    return expr_walk(expr, collect_expr, collector);
}

static void collect_rtable(Collector *collector, Query *query)
{
    for (size_t i = 0; i < query->nrtable; i++) {
        const RangeTblEntry *rte = query->rtable[i];
        if (rte->kind == RTE_RELATION)
            collect(collector, CLASS_RELATION, rte->relation, 0);
        for (size_t j = 0; rte->kind == RTE_JOIN && j < rte->nmerged; j++)
            collect_expr(rte->join_vars[j], collector);
        for (size_t j = 0; j < rte->nfunctions; j++) {
            for (size_t k = 0; rte->functions[j].has_column_definitions && k < rte->functions[j].ncolumns; k++)
                collect_type(collector, rte->functions[j].column_types[k]);
        }
    }
}

/* The columns that INSERT and UPDATE assign. */
static void collect_targets(Collector *collector, Query *query)
{
    if ((query->command != COMMAND_INSERT && query->command != COMMAND_UPDATE) || query->result_relation <= 0)
        return;
    const RangeTblEntry *rte = query->rtable[query->result_relation - 1];
    for (size_t i = 0; i < query->targets.len; i++) {
        if (!query->targets.items[i]->junk)
            collect(collector, CLASS_RELATION, rte->relation, query->targets.items[i]->number);
    }
}

static bool collect_query(Query *query, void *context)
{
    Collector *collector = context;
    Level level = {.query = query, .outer = collector->level};
    collector->level = &level;
    collect_rtable(collector, query);
    collect_targets(collector, query);
    Oids keys = {0};
    depend_on_group_keys(collector->ddl, query, &keys);
    for (size_t i = 0; i < keys.len; i++)
        collect(collector, CLASS_CONSTRAINT, keys.items[i], 0);
    query_walk_exprs(query, collect_expr, collector);
    query_walk_subqueries(query, collect_query, collector);
    collector->level = level.outer;
    return false;
}

/* ---- edges ---- */

void depend_on_expr(Ddl *ddl, ObjectAddress dependent, Expr *expr, const Oid *scope, size_t nscope, Oid self,
                    DependencyKind self_kind)
{
    if (!expr)
        return;
    Level level = {.scope = scope, .nscope = nscope};
    Collector collector = {.ddl = ddl, .level = &level};
    collect_expr(expr, &collector);
    for (size_t i = 0; i < collector.found.len; i++) {
        ObjectAddress found = collector.found.items[i];
        bool own = self && found.class == CLASS_RELATION && found.oid == self;
        if (found.sub < 0)
            found.sub = 0;
        depend_on(ddl, dependent, found, own ? self_kind : DEPENDENCY_NORMAL);
    }
}

void depend_on_query(Ddl *ddl, ObjectAddress dependent, Query *query)
{
    Collector collector = {.ddl = ddl};
    collect_query(query, &collector);
    for (size_t i = 0; i < collector.found.len; i++) {
        ObjectAddress found = collector.found.items[i];
        if (found.class != dependent.class || found.oid != dependent.oid)
            depend_on(ddl, dependent, found, DEPENDENCY_NORMAL);
    }
}

void depend_columns(Ddl *ddl, Expr *expr, Numbers *numbers)
{
    /* Any number that is no built-in object's will do for the relation. */
    const Oid self = UINT32_MAX;
    Level level = {.scope = &self, .nscope = 1};
    Collector collector = {.ddl = ddl, .level = &level};
    if (expr)
        collect_expr(expr, &collector);
    for (size_t i = 0; i < collector.found.len; i++) {
        if (collector.found.items[i].class == CLASS_RELATION && collector.found.items[i].oid == self)
            vec_push(ddl->scratch, numbers, (int16_t)collector.found.items[i].sub);
    }
}
