/* Why a query returns one row or may return many, in words: the key that was compared as a whole, or the one that
 * comes nearest and what it lacks. */
#include "base/strbuf.h"
#include "prove/cardinality.h"

static const char *take(Arena *arena, StrBuf *out)
{
    const char *text = arena_strdup(arena, out->text);
    strbuf_release(out);
    return text;
}

/* ---- what is missing ---- */

/* The columns of the index that nothing is compared with; their number. */
static size_t add_missing(RowCount *count, int rtindex, const Relation *relation, const Index *index, StrBuf *out)
{
    size_t missing = 0;
    for (size_t i = 0; i < index->nkeys; i++) {
        if (count_key_column_is_tied(count, rtindex, index, i))
            continue;
        const Column *column = index->columns[i] > 0 ? catalog_column(relation, index->columns[i]) : NULL;
        if (out && column)
            strbuf_printf(out, "%s\"%s\"", missing ? ", " : "", column->name);
        else if (out)
            strbuf_printf(out, "%sits expression", missing ? ", " : "");
        missing++;
    }
    return missing;
}

/* The unique index that lacks least; of several the one that most is compared of. */
static const Relation *nearest_key(RowCount *count, int rtindex, const Relation *relation)
{
    const Catalog *catalog = count->scope->proof->catalog;
    const Relation *best = NULL;
    size_t least = SIZE_MAX, most = 0;
    for (size_t i = 0; i < relation->nindexes; i++) {
        const Relation *found = catalog_relation(catalog, relation->indexes[i]);
        const Index *index = found ? found->index : NULL;
        if (!index || !index->is_unique || !index->valid || !index->immediate || !index->nkeys)
            continue;
        size_t columns = add_missing(count, rtindex, relation, index, NULL);
        size_t missing = columns + !count_index_predicate_holds(count, rtindex, index);
        size_t compared = index->nkeys - columns;
        if (missing < least || (missing == least && compared > most)) {
            least = missing;
            most = compared;
            best = found;
        }
    }
    return best;
}

static const char *entry_name(const RowCount *count, int rtindex)
{
    const char *name = count->query->rtable[rtindex - 1]->ref_name;
    return name ? name : "a sub-select";
}

static const char *missing_key(RowCount *count, int rtindex)
{
    NullProof *proof = count->scope->proof;
    const RangeTblEntry *rte = count->query->rtable[rtindex - 1];
    const char *name = entry_name(count, rtindex);
    const Relation *relation = rte->kind == RTE_RELATION ? catalog_relation(proof->catalog, rte->relation) : NULL;
    if (!relation || relation->kind == RELKIND_VIEW)
        return arena_printf(proof->arena, "\"%s\" may give many rows", name);
    const Relation *key = nearest_key(count, rtindex, relation);
    if (!key)
        return arena_printf(proof->arena, "\"%s\" has no unique key", name);
    if (rte->inherit && relation->kind != RELKIND_PARTITIONED &&
        catalog_children(proof->catalog, proof->arena, relation->oid).len)
        return arena_printf(proof->arena, "no unique key spans \"%s\" and the tables that inherit from it", name);
    StrBuf out;
    strbuf_init(&out);
    strbuf_printf(&out, "unique key \"%s\" of \"%s\" lacks ", key->name, name);
    size_t missing = add_missing(count, rtindex, relation, key->index, NULL);
    if (missing)
        strbuf_add(&out, "an equality for ");
    add_missing(count, rtindex, relation, key->index, &out);
    if (!count_index_predicate_holds(count, rtindex, key->index))
        strbuf_printf(&out, "%sits condition", missing ? " and " : "");
    return take(proof->arena, &out);
}

static int first_of_many(const RowCount *count, const JoinNode *node)
{
    if (!node)
        return 0;
    int found = 0;
    switch (node->kind) {
    case NODE_RTREF:
        return count->single[node->rtindex] ? 0 : node->rtindex;
    case NODE_JOIN:
        found = first_of_many(count, node->left);
        return found ? found : first_of_many(count, node->right);
    case NODE_FROM:
        for (size_t i = 0; i < node->nitems && !found; i++)
            found = first_of_many(count, node->items[i]);
        break;
    }
    return found;
}

static const char *why_many(RowCount *count)
{
    const Query *query = count->query;
    if (query->command == COMMAND_INSERT)
        return query->insert_rows > 1 ? "VALUES has several rows" : "the SELECT may give many rows";
    if (query->command == COMMAND_MERGE)
        return "MERGE";
    if (query->command == COMMAND_UTILITY)
        return "EXPLAIN";
    if (query->set_operations)
        return "both sides of UNION give rows";
    if (query->has_target_srfs)
        return "a set-returning function in the select list";
    if (query->ngrouping_sets)
        return "a row for each grouping set";
    if (!count->single)
        return "a rule gives the rows";
    if (query->command != COMMAND_SELECT)
        return missing_key(count, query->result_relation);
    int entry = first_of_many(count, query->jointree);
    return entry ? missing_key(count, entry) : "a FULL JOIN";
}

/* ---- what proves it ---- */

static void add_keys(const RowCount *count, StrBuf *out)
{
    size_t n = 0;
    for (size_t i = 1; i <= count->query->nrtable; i++)
        if (count->keys[i])
            strbuf_printf(out, "%s\"%s\"", n++ ? ", " : "", count->keys[i]);
}

static const char *why_one(RowCount *count)
{
    const Query *query = count->query;
    Arena *arena = count->scope->proof->arena;
    if (query->command == COMMAND_INSERT)
        return "a single row of VALUES";
    if (query->command == COMMAND_UTILITY)
        return "CALL";
    if (query->command == COMMAND_SELECT && (limit_is(query->limit, "1") || limit_is(query->limit, "0")))
        return "LIMIT";
    if (query->set_operations)
        return "one side of the set operation gives one";
    if (!query->group.len && (query->has_aggs || query->having))
        return "aggregates without GROUP BY";
    StrBuf out;
    strbuf_init(&out);
    if (count->keys)
        add_keys(count, &out);
    const char *keys = take(arena, &out);
    if (*keys)
        return arena_printf(arena, "compared as a whole: unique key %s", keys);
    return query->group.len ? "what it groups by is fixed" : "FROM gives one";
}

const char *cardinality_reason(NullProof *proof, Query *query)
{
    RowCount *count = count_of_query(proof, query, NULL);
    return cardinality_of(proof, query, NULL) == IR_ROWS_MANY ? why_many(count) : why_one(count);
}
