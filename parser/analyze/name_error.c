/* What to say when a name means nothing: errorMissingRTE and errorMissingColumn of PostgreSQL's parse_relation.c,
 * with their search for what was probably meant among all range table entries, visible or not. */
#include "analyze/declared.h"
#include "analyze/query_parts.h"

#include <string.h>

enum { MAX_FUZZY_DISTANCE = 3 };

/* ---- tables ---- */

/* searchRangeTableForRel */
static RangeTblEntry *find_entry_of(ParseState *ps, const char *schema, const char *name)
{
    int cte_level = 0;
    const CommonTableExpr *cte = schema ? NULL : relation_find_cte(ps, name, &cte_level);
    const Relation *relation = NULL;
    if (schema) {
        const Schema *in = catalog_find_schema(ps_catalog(ps), schema);
        relation = in ? catalog_find_relation_in(ps_catalog(ps), in->oid, name) : NULL;
    } else if (!cte) {
        relation = catalog_find_relation(ps_catalog(ps), name);
    }
    int level = 0;
    for (ParseState *at = ps; at; at = at->parent, level++) {
        for (size_t i = 0; i < at->query->nrtable; i++) {
            RangeTblEntry *rte = at->query->rtable[i];
            if (rte->kind == RTE_RELATION && relation && rte->relation == relation->oid)
                return rte;
            if (rte->kind == RTE_CTE && cte && rte->cte_levels_up + level == cte_level &&
                strcmp(rte->cte_name, name) == 0)
                return rte;
            if (strcmp(rte->ref_name, name) == 0)
                return rte;
        }
    }
    return NULL;
}

/* Since PostgreSQL 16, what cannot be reached is a detail, and a hint may say how it could be. */
static bool explains_more(const ParseState *ps)
{
    return catalog_version(ps_catalog(ps)) >= 16;
}

void name_explain_unreachable(ParseState *ps, Diag *diag, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = arena_vprintf(ps_arena(ps), format, args);
    va_end(args);
    if (explains_more(ps))
        ps_detail(ps, diag, "%s", text);
    else
        ps_hint(ps, diag, "%s", text);
}

/* findNSItemForRTE */
static const NsItem *find_item_of(const ParseState *ps, const RangeTblEntry *rte)
{
    for (const ParseState *level = ps; level; level = level->parent) {
        for (size_t i = 0; i < level->namespace.len; i++) {
            if (level->namespace.items[i]->rte == rte)
                return level->namespace.items[i];
        }
    }
    return NULL;
}

/* rte_visible_if_lateral; false for servers that do not say so. */
static bool is_visible_if_lateral(const ParseState *ps, const RangeTblEntry *rte)
{
    if (!explains_more(ps) || ps->lateral_active)
        return false;
    const NsItem *item = find_item_of(ps, rte);
    return item && item->lateral_only && item->lateral_ok;
}

void relation_error_missing_table(ParseState *ps, const char *schema, const char *name, int32_t location)
{
    if (!schema && newer_is_returning_alias(ps, name, location))
        return;
    const RangeTblEntry *rte = find_entry_of(ps, schema, name);
    if (!rte) {
        ps_error(ps, location, SQLSTATE_UNDEFINED_TABLE, "missing FROM-clause entry for table \"%s\"", name);
        return;
    }
    /* The real name of a table that has an alias is the likeliest mistake. */
    bool bad_alias = false;
    if (rte->alias_name && strcmp(rte->ref_name, name) != 0) {
        int levels_up;
        bool failed = false;
        const NsItem *item = relation_find_item(ps, NULL, rte->ref_name, location, &levels_up, &failed);
        if (failed)
            return;
        bad_alias = item && item->rte == rte;
    }
    Diag *diag = ps_error(ps, location, SQLSTATE_UNDEFINED_TABLE,
                          "invalid reference to FROM-clause entry for table \"%s\"", name);
    if (bad_alias) {
        ps_hint(ps, diag, "Perhaps you meant to reference the table alias \"%s\".", rte->ref_name);
        return;
    }
    name_explain_unreachable(
        ps, diag,
        "There is an entry for table \"%s\", but it cannot be referenced from this part of the "
        "query.",
        rte->ref_name);
    if (is_visible_if_lateral(ps, rte))
        ps_hint(ps, diag, "To reference that table, you must mark this subquery with LATERAL.");
}

/* ---- columns ---- */

/* The best matches so far (FuzzyAttrMatchState): none, one, or two equally good ones. Matches without a column are
 * exact ones that can't be seen. */
typedef struct FuzzyMatch {
    int distance;
    const RangeTblEntry *first, *second;
    const char *first_column, *second_column;
} FuzzyMatch;

static int min3(int a, int b, int c)
{
    int least = a < b ? a : b;
    return least < c ? least : c;
}

/* Levenshtein distance, or any number above the limit. */
static int edit_distance(Arena *arena, const char *a, const char *b, int limit)
{
    int la = (int)strlen(a), lb = (int)strlen(b);
    if (la - lb > limit || lb - la > limit)
        return limit + 1;
    int *row = arena_array_of(arena, (size_t)lb + 1, int);
    for (int k = 0; k <= lb; k++)
        row[k] = k;
    for (int i = 1; i <= la; i++) {
        int diagonal = row[0];
        row[0] = i;
        for (int k = 1; k <= lb; k++) {
            int above = row[k];
            row[k] = min3(above + 1, row[k - 1] + 1, diagonal + (a[i - 1] != b[k - 1]));
            diagonal = above;
        }
    }
    return row[lb];
}

/* updateFuzzyAttrMatchState */
static void offer_column(Arena *arena, FuzzyMatch *match, int penalty, const RangeTblEntry *rte, const char *column,
                         const char *wanted)
{
    if (penalty > match->distance || !*column)
        return;
    int distance = edit_distance(arena, column, wanted, match->distance + 1 - penalty);
    /* More than half of it different is no match. */
    if (distance > (int)strlen(wanted) / 2)
        return;
    distance += penalty;
    if (distance < match->distance) {
        *match = (FuzzyMatch){.distance = distance, .first = rte, .first_column = column};
    } else if (distance == match->distance) {
        if (match->second_column) {
            /* too many equally good ones: this distance says nothing */
            *match = (FuzzyMatch){.distance = distance - 1};
        } else if (match->first_column) {
            match->second = rte;
            match->second_column = column;
        } else if (match->distance <= MAX_FUZZY_DISTANCE) {
            match->first = rte;
            match->first_column = column;
        }
    }
}

static bool has_system_column(const RangeTblEntry *rte, const char *name)
{
    return rte->kind == RTE_RELATION && rte->relkind != RELKIND_VIEW && rte->relkind != RELKIND_COMPOSITE &&
           catalog_find_system_column(name);
}

/* searchRangeTableForCol. An entry that has the name twice is an error of its own there. */
static FuzzyMatch find_column_like(ParseState *ps, const char *table, const char *wanted, bool *ambiguous)
{
    Arena *arena = ps_arena(ps);
    FuzzyMatch match = {.distance = MAX_FUZZY_DISTANCE + 1}, exact = {0};
    for (ParseState *level = ps; level; level = level->parent) {
        for (size_t i = 0; i < level->query->nrtable; i++) {
            const RangeTblEntry *rte = level->query->rtable[i];
            if (rte->kind == RTE_JOIN)
                continue;
            int penalty = table ? edit_distance(arena, table, rte->ref_name, MAX_FUZZY_DISTANCE + 1) : 0;
            int named_so = 0;
            for (size_t k = 0; k < rte->ncolumns; k++) {
                named_so += strcmp(rte->columns[k].name, wanted) == 0;
                offer_column(arena, &match, penalty, rte, rte->columns[k].name, wanted);
            }
            *ambiguous = named_so > 1;
            if (!*ambiguous && (penalty || !(named_so || has_system_column(rte, wanted))))
                continue;
            if (*ambiguous || !explains_more(ps))
                return (FuzzyMatch){.first = rte};
            if (exact.first)
                exact.second = rte;
            else
                exact.first = rte;
        }
    }
    return exact.first ? exact : match;
}

static void explain_unreachable_column(ParseState *ps, Diag *diag, const char *table, const char *column,
                                       const FuzzyMatch *exact)
{
    if (exact->second) {
        ps_detail(
            ps, diag,
            "There are columns named \"%s\", but they are in tables that cannot be referenced from this part of "
            "the query.",
            column);
        if (!table)
            ps_hint(ps, diag, "Try using a table-qualified name.");
        return;
    }
    name_explain_unreachable(
        ps, diag,
        "There is a column named \"%s\" in table \"%s\", but it cannot be referenced from this "
        "part of the query.",
        column, exact->first->ref_name);
    const NsItem *item = explains_more(ps) ? find_item_of(ps, exact->first) : NULL;
    if (is_visible_if_lateral(ps, exact->first))
        ps_hint(ps, diag, "To reference that column, you must mark this subquery with LATERAL.");
    else if (!table && item && item->rel_visible && !item->cols_visible)
        ps_hint(ps, diag, "To reference that column, you must use a table-qualified name.");
}

static void note_column(ParseState *ps, Diag *diag, const RangeTblEntry *rte, const char *column)
{
    if (rte->kind == RTE_RELATION)
        declared_column(ps, diag, catalog_relation(ps_catalog(ps), rte->relation), column);
}

void relation_error_missing_column(ParseState *ps, const char *table, const char *column, int32_t location)
{
    bool ambiguous = false;
    FuzzyMatch match = find_column_like(ps, table, column, &ambiguous);
    if (ambiguous) {
        ps_error(ps, location, SQLSTATE_AMBIGUOUS_COLUMN, "column reference \"%s\" is ambiguous", column);
        return;
    }
    Diag *diag =
        table ? ps_error(ps, location, SQLSTATE_UNDEFINED_COLUMN, "column %s.%s does not exist", table, column)
              : ps_error(ps, location, SQLSTATE_UNDEFINED_COLUMN, "column \"%s\" does not exist", column);
    if (match.second_column) {
        ps_hint(ps, diag, "Perhaps you meant to reference the column \"%s.%s\" or the column \"%s.%s\".",
                match.first->ref_name, match.first_column, match.second->ref_name, match.second_column);
        note_column(ps, diag, match.first, match.first_column);
        note_column(ps, diag, match.second, match.second_column);
    } else if (match.first && match.first_column) {
        ps_hint(ps, diag, "Perhaps you meant to reference the column \"%s.%s\".", match.first->ref_name,
                match.first_column);
        note_column(ps, diag, match.first, match.first_column);
    } else if (match.first) {
        explain_unreachable_column(ps, diag, table, column, &match);
    }
}
