/* Bulk commands: one run of a statement, whose arrays are made of an array of parameter structs. */
#include "codegen/print.h"

#include "codegen/writer.h"

static bool has_own_arguments(const QueryPlan *query)
{
    for (size_t i = 0; i < query->nargs; i++)
        if (!plan_is_member(query, &query->args[i]))
            return true;
    return false;
}

/* "querc_status lib_add_books(querc_conn *db, int64_t author_id, const lib_add_books_params *items, size_t len, …)"
 */
static void print_bulk_signature(StrBuf *out, const Plan *plan, const QueryPlan *query, const char *tail)
{
    const char **items = arena_array_of(plan->arena, query->nargs + 4, const char *);
    size_t n = 0;
    items[n++] = "querc_conn *db";
    for (size_t i = 0; i < query->nargs; i++)
        if (!plan_is_member(query, &query->args[i]))
            items[n++] = print_arg(plan, &query->args[i], query);
    items[n++] = arena_printf(plan->arena, "const %s *items", query->params_struct);
    items[n++] = "size_t len";
    items[n++] = print_out_parameter(plan, query);
    write_list(out, arena_printf(plan->arena, "querc_status %s(", query->function), items, n,
               arena_printf(plan->arena, ")%s", tail));
}

void print_bulk_header(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    if (query->rows != NULL)
        print_rows_struct(out, query);
    print_function_comment(out, plan, query);
    print_bulk_signature(out, plan, query, ";\n");
    if (query->rows != NULL)
        print_rows_free(out, query);
}

/* The parameters that are no members: args has nothing in the places of the others. */
static void print_own_args(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    const char **values = arena_array_of(plan->arena, query->nargs, const char *);
    for (size_t i = 0; i < query->nargs; i++) {
        const Arg *arg = &query->args[i];
        values[i] = plan_is_member(query, arg) ? "NULL" : print_arg_value(plan, query, arg);
    }
    write_list(out, "    const void *const args[] = {", values, query->nargs, "};\n");
}

void print_bulk_source(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    bool own = has_own_arguments(query);
    WRITE(out, "static const querc_item ${item} = {${offsets}, sizeof(${params})};\n\n",
          {"item", query->item_constant}, {"offsets", query->offsets_constant}, {"params", query->params_struct});
    print_bulk_signature(out, plan, query, "\n{\n");
    if (own)
        print_own_args(out, plan, query);
    WRITE(out, "    return ${call}(db, &${query}, &${item}, items, len, ${args}, ${out});\n}\n",
          {"call", query->command->call}, {"query", query->query_constant}, {"item", query->item_constant},
          {"args", own ? "args" : "NULL"}, {"out", query->command->out_name});
}
