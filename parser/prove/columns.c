/* Result columns: type, nullability, where they come from; the structs they form together. */
#include "prove/columns.h"

#include "prove/reason.h"
#include "prove/record.h"

#include <string.h>

static const TargetList *result_targets(const Query *query)
{
    return query->command == COMMAND_SELECT ? &query->targets : &query->returning;
}

/* ---- columns ---- */

static void fill_column(ProveProject *project, const TargetEntry *entry, bool nullable, IrColumn *column)
{
    column->name = arena_strdup(project->arena, entry->name ? entry->name : "?column?");
    column->field = column->name;
    column->type = ir_type_of(project, entry->expr->type);
    column->nullable = nullable;
    column->embed = -1;
    const Relation *relation = entry->origin_table ? catalog_relation(project->catalog, entry->origin_table) : NULL;
    const Column *origin = relation ? catalog_column(relation, entry->origin_column) : NULL;
    if (origin) {
        column->table = ir_table_of(project, relation->oid);
        column->column = origin->name;
        column->declared_not_null = relation->kind != RELKIND_VIEW &&
                                    !null_relation_column(&project->proof, relation, entry->origin_column, true);
    }
}

/* What is said may contradict what is proved. That it is not proved proves nothing. */
static void check_said(ProveProject *project, Span span, bool nullable, const IrColumn *column)
{
    if (!column->nullable && nullable)
        diag_warning(project->diags, span, NULL, "column \"%s\" is never null", column->field);
    else if (column->nullable && !nullable && column->always_null)
        diag_warning(project->diags, span, NULL, "column \"%s\" is always null", column->field);
}

/* AS "name!" and AS "name?" of sqlx and PgTyped: not null, nullable. A table's column of such a name is no alias.
 */
static void apply_alias(ProveProject *project, const ProveInput *input, const TargetEntry *entry, IrColumn *column)
{
    size_t len = strlen(column->name);
    char mark = len > 1 ? column->name[len - 1] : 0;
    if ((mark != '!' && mark != '?') || strcmp(column->name, "?column?") == 0 ||
        (column->column && strcmp(column->column, column->name) == 0))
        return;
    column->field = arena_strndup(project->arena, column->name, len - 1);
    Span span = sqltext_span(input->sql, entry->location);
    check_said(project, span, mark == '?', column);
    column->nullable = mark == '?';
    if (project->options.explain)
        column->reason = reason_at(project, "the alias says so", span);
}

/* "-- @column NAME [not] null" holds for every column of that name; false when there is none. */
static bool apply_annotation(ProveProject *project, const ProveColumn *said, IrColumn *columns, size_t n)
{
    bool found = false;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(columns[i].field, said->name) != 0 && strcmp(columns[i].name, said->name) != 0)
            continue;
        found = true;
        check_said(project, said->span, said->nullable, &columns[i]);
        columns[i].nullable = said->nullable;
        if (project->options.explain)
            columns[i].reason = reason_at(project, "@column says so", said->span);
    }
    if (found)
        return true;
    Diag *diag = diag_error(project->diags, said->span, SQLSTATE_UNDEFINED_COLUMN, "the query has no column \"%s\"",
                            said->name);
    NearestName best = {.wanted = said->name};
    for (size_t i = 0; i < n; i++)
        nearest_offer(&best, columns[i].field);
    if (best.found)
        diag_hint(project->diags, diag, "did you mean \"%s\"?", best.found);
    return false;
}

static bool is_null_literal(const Expr *expr)
{
    while (expr->kind == EXPR_RELABEL || expr->kind == EXPR_COERCE_VIA_IO)
        expr = ((const Coercion *)expr)->arg;
    return expr->kind == EXPR_CONST && ((const Const *)expr)->is_null;
}

/* ---- embeds ---- */

static const StarExpansion *star_at(const ProveInput *input, uint32_t offset)
{
    for (size_t i = 0; i < input->nstars; i++)
        if (input->stars[i].start == (int32_t)offset && input->stars[i].query == input->tree)
            return &input->stars[i];
    return NULL;
}

/* Whether the star gives all columns of the relation, itself or by way of a sub-query or WITH item that hands them
 * on. */
static bool is_whole_row(const Relation *relation, const TargetList *targets, const StarExpansion *star)
{
    size_t n = 0;
    for (size_t i = 0; i < relation->ncolumns; i++) {
        const Column *column = &relation->columns[i];
        if (column->dropped)
            continue;
        const TargetEntry *target = n < star->count ? targets->items[star->first + n] : NULL;
        if (!target || target->origin_table != relation->oid || target->origin_column != column->number ||
            strcmp(target->name, column->name) != 0)
            return false;
        n++;
    }
    return n == star->count;
}

/* The relation whose columns the star stands for, and whether an outer join may leave it without a row. */
static const Relation *embedded_relation(ProveProject *project, NullProof *proof, const ProveInput *input,
                                         const StarExpansion *star, bool *optional)
{
    const TargetList *targets = result_targets(input->tree);
    if (!star->count || star->first + star->count > targets->len)
        return NULL;
    Expr *first = targets->items[star->first]->expr;
    if (first->kind != EXPR_VAR || ((Var *)first)->rtindex <= 0)
        return NULL;
    int rtindex = ((Var *)first)->rtindex;
    const RangeTblEntry *rte = input->tree->rtable[rtindex - 1];
    *optional = null_scope(proof, input->tree, NULL)->extended[rtindex] != NULL;
    Oid table = rte->kind == RTE_RELATION ? rte->relation : targets->items[star->first]->origin_table;
    const Relation *relation = table ? catalog_relation(project->catalog, table) : NULL;
    return relation && is_whole_row(relation, targets, star) ? relation : NULL;
}

/* Whether a column of a sub-query or WITH item can be NULL in a row that is there. */
static bool inner_is_nullable(NullProof *proof, const ProveInput *input, const Expr *expr)
{
    const Var *var = (const Var *)expr;
    const RangeTblEntry *rte = input->tree->rtable[var->rtindex - 1];
    Query *inner = rte->kind == RTE_SUBQUERY ? rte->subquery : NULL;
    for (size_t i = 0; rte->kind == RTE_CTE && !rte->cte_levels_up && i < input->tree->nctes; i++) {
        const CommonTableExpr *cte = input->tree->ctes[i];
        if (strcmp(cte->name, rte->cte_name) == 0 && !cte->recursive)
            inner = cte->query;
    }
    return !inner || null_query_column(proof, inner, null_scope(proof, input->tree, NULL), var->attribute);
}

/* The struct has what the table declares: no place for a NULL that grouping sets, or rules, make of a column. One
 * that an outer join makes is the absence of the whole row. */
static bool column_fits(NullProof *proof, const ProveInput *input, const Expr *expr, const IrColumn *column,
                        bool optional)
{
    if (!column->nullable)
        return true;
    if (!optional || input->tree->ngrouping_sets)
        return false;
    return input->tree->rtable[((const Var *)expr)->rtindex - 1]->kind == RTE_RELATION ||
           !inner_is_nullable(proof, input, expr);
}

static bool check_embed(ProveProject *project, const ProveInput *input, NullProof *proof, const ProveEmbed *embed,
                        const StarExpansion *star, const Relation *relation, bool optional, const IrColumn *columns)
{
    const IrTable *table = ir_table_of(project, relation->oid);
    const TargetList *targets = result_targets(input->tree);
    for (size_t i = 0; i < star->count && i < table->ncolumns; i++) {
        const IrColumn *column = &columns[star->first + i];
        if (table->columns[i].nullable ||
            column_fits(proof, input, targets->items[star->first + i]->expr, column, optional))
            continue;
        Diag *diag = diag_error(project->diags, embed->span, SQLSTATE_FEATURE_NOT_SUPPORTED,
                                "sqlc.embed(%s) is not supported where column \"%s\" may be null", embed->name,
                                column->name);
        diag_hint(project->diags, diag, "Name the columns one by one.");
        return false;
    }
    return true;
}

static bool fill_embeds(ProveProject *project, const ProveInput *input, NullProof *proof, IrQuery *query,
                        IrColumn *columns)
{
    IrEmbed *embeds = arena_array_of(project->arena, input->nembeds, IrEmbed);
    query->embeds = embeds;
    for (size_t i = 0; i < input->nembeds; i++) {
        const ProveEmbed *embed = &input->embeds[i];
        const StarExpansion *star = star_at(input, embed->offset);
        bool optional = false;
        const Relation *relation = star ? embedded_relation(project, proof, input, star, &optional) : NULL;
        if (!relation) {
            diag_error(
                project->diags, embed->span, SQLSTATE_FEATURE_NOT_SUPPORTED,
                "sqlc.embed(%s) must name a table or view in the outermost SELECT's FROM, or a sub-query of all "
                "its columns",
                embed->name);
            return false;
        }
        if (!check_embed(project, input, proof, embed, star, relation, optional, columns))
            return false;
        IrEmbed *ir = &embeds[query->nembeds];
        *ir = (IrEmbed){embed->as, ir_table_of(project, relation->oid), optional, star->first, star->count};
        for (size_t k = 0; k < star->count; k++) {
            columns[star->first + k].embed = (int)query->nembeds;
            /* Within the struct the table's own declarations hold; the struct as a whole may be missing. */
            if (!optional)
                continue;
            columns[star->first + k].nullable = true;
        }
        query->nembeds++;
    }
    return true;
}

/* ---- the table's own struct ---- */

/* When the columns are exactly a table's, names and types too. A column that only this query proves not null is
 * still the table's: UPDATE … SET closed = now() … RETURNING * gives the row that SELECT * gives, and both the same
 * struct. One that the user says is not null, or null, is not. */
static const IrTable *row_table(const IrQuery *query, bool said)
{
    const IrTable *table = query->ncolumns ? query->columns[0].table : NULL;
    if (!table || query->nembeds || query->ncolumns != table->ncolumns)
        return NULL;
    for (size_t i = 0; i < query->ncolumns; i++) {
        const IrColumn *column = &query->columns[i];
        const IrField *field = &table->columns[i];
        if (column->table != table || strcmp(column->column, field->name) != 0 ||
            strcmp(column->name, field->name) != 0 || column->type != field->type ||
            (said ? column->nullable != field->nullable : column->nullable && !field->nullable))
            return NULL;
    }
    return table;
}

bool columns_fill(ProveProject *project, const ProveInput *input, NullProof *proof, IrQuery *query)
{
    const TargetList *targets = result_targets(input->tree);
    IrColumn *columns = arena_array_of(project->arena, targets->len, IrColumn);
    query->columns = columns;
    for (size_t i = 0; i < targets->len; i++) {
        if (targets->items[i]->junk)
            continue;
        bool nullable = null_query_column(proof, input->tree, NULL, (int)query->ncolumns + 1);
        IrColumn *column = &columns[query->ncolumns++];
        NullReason reason = proof->reason;
        fill_column(project, targets->items[i], nullable, column);
        column->always_null =
            nullable && reason.rule == NULL_NULL_LITERAL && is_null_literal(targets->items[i]->expr);
        if (project->options.explain)
            column->reason = reason_of(project, &reason, input->sql);
        apply_alias(project, input, targets->items[i], column);
        const char *name = arena_printf(project->arena, "%s_%s_record", input->name, column->field);
        const IrType *record = record_type(project, input->tree, targets->items[i]->expr, name);
        column->type = record ? record : column->type;
    }
    if (!fill_embeds(project, input, proof, query, columns))
        return false;
    bool ok = true;
    for (size_t i = 0; i < input->ncolumns; i++)
        ok = apply_annotation(project, &input->columns[i], columns, query->ncolumns) && ok;
    query->row_table = row_table(query, input->ncolumns > 0);
    return ok;
}
