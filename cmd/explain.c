/* A paragraph a query: how many rows, then a line for each parameter and column with its verdict, the rule that
 * decides it, and the place. */
#include "cmd/explain.h"

#include <inttypes.h>
#include <stdio.h>

ExplainCounts explain_count(const IrProject *ir)
{
    ExplainCounts counts = {0};
    for (size_t i = 0; ir && i < ir->nfiles; i++)
        for (size_t j = 0; j < ir->files[i].nqueries; j++) {
            const IrQuery *query = &ir->files[i].queries[j];
            counts.columns += query->ncolumns;
            for (size_t k = 0; k < query->ncolumns; k++) {
                counts.not_null += !query->columns[k].nullable;
                counts.declared += query->columns[k].declared_not_null;
            }
        }
    return counts;
}

static void print_verdict(const char *name, const char *type, bool nullable, const IrReason *reason)
{
    printf("  %-24s %-24s %s", name, type, nullable ? "nullable" : "not null");
    if (reason->text)
        printf(": %s", reason->text);
    if (reason->place)
        printf(", %s", reason->place);
    putchar('\n');
}

static void print_query(Arena *arena, const IrQuery *query)
{
    static const char *const rows[] = {[IR_ROWS_MANY] = "any number of rows",
                                       [IR_ROWS_AT_MOST_ONE] = "at most one row",
                                       [IR_ROWS_EXACTLY_ONE] = "exactly one row"};
    printf("%s:%" PRIu32 ": %s :%s", query->file, query->line, query->name, ir_command_name(query->command));
    if (query->ncolumns && query->rows_reason.text)
        printf(", %s: %s", rows[query->cardinality], query->rows_reason.text);
    putchar('\n');
    for (size_t i = 0; i < query->nparams; i++)
        print_verdict(arena_printf(arena, "$%d %s", query->params[i].number, query->params[i].name),
                      query->params[i].type->display, query->params[i].nullable, &query->params[i].reason);
    for (size_t i = 0; i < query->ncolumns; i++)
        print_verdict(query->columns[i].field, query->columns[i].type->display, query->columns[i].nullable,
                      &query->columns[i].reason);
}

void explain_print(Arena *arena, const char *name, const IrProject *ir)
{
    for (size_t i = 0; i < ir->nfiles; i++)
        for (size_t j = 0; j < ir->files[i].nqueries; j++) {
            print_query(arena, &ir->files[i].queries[j]);
            putchar('\n');
        }
    ExplainCounts counts = explain_count(ir);
    printf("%s%s%zu columns: %zu not null (%zu are declared so), %zu nullable\n", name ? name : "",
           name ? ": " : "", counts.columns, counts.not_null, counts.declared, counts.columns - counts.not_null);
}
