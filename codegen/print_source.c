/* books.sql.c: descriptors, and the functions that hand them to the runtime. */
#include "codegen/print.h"

#include "codegen/writer.h"

#include <inttypes.h>
#include <string.h>

/* ---- Descriptors --------------------------------------------------------------------------------------------- */

static void print_params(StrBuf *out, const QueryPlan *query)
{
    strbuf_printf(out, "\nstatic const querc_param %s[] QUERC_TABLE = {\n", query->params_constant);
    for (size_t i = 0; i < query->nargs; i++) {
        const Arg *arg = &query->args[i];
        strbuf_add(out, "    {");
        write_string(out, "", arg->param->name);
        strbuf_printf(out, ", &%s, %s},\n", arg->descriptor->descriptor, arg->param->nullable ? "true" : "false");
    }
    strbuf_add(out, "};\n");
}

/* The array's name; it is defined here unless the models have it. */
static const char *print_own_columns(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    const StructDef *row = query->row;
    if (row != NULL && row->shared_columns != NULL && query->columns_are_shared)
        return row->shared_columns;
    strbuf_printf(out, "\nstatic const querc_column %s", query->columns_constant);
    print_columns(out, plan, query);
    return query->columns_constant;
}

static void print_sql(StrBuf *out, const QueryPlan *query)
{
    if (writer_needs_char_array(query->query->sql))
        strbuf_add(out, query->sql_constant);
    else
        write_string(out, "           ", query->query->sql);
}

static void print_row_members(StrBuf *out, const QueryPlan *query)
{
    const StructDef *row = query->row;
    if (row == NULL) {
        strbuf_add(out, "    .owner_offset = QUERC_NO_OWNER,\n");
        return;
    }
    strbuf_printf(out, "    .row_size = sizeof(%s),\n", row->name);
    if (query->command->rows == ROWS_ONE && query->command->items == ITEMS_NONE && row->points)
        strbuf_printf(out, "    .owner_offset = offsetof(%s, %s),\n", row->name, row->owner);
    else
        strbuf_add(out, "    .owner_offset = QUERC_NO_OWNER,\n");
}

static void print_descriptor(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    const char *columns = NULL;
    if (writer_needs_char_array(query->query->sql)) {
        /* A literal can't be as long in C99. */
        strbuf_printf(out, "\nstatic const char %s[] = ", query->sql_constant);
        write_char_array(out, "    ", query->query->sql);
        strbuf_add(out, ";\n");
    }
    if (query->nargs > 0 && query->defines_params)
        print_params(out, query);
    if (query->ncolumns > 0)
        columns = print_own_columns(out, plan, query);
    strbuf_printf(out, "\nstatic const querc_query %s QUERC_TABLE = {\n    .name = \"%s\",\n    .sql = ",
                  query->query_constant, query->query->name);
    print_sql(out, query);
    strbuf_printf(out, ",\n    .hash = UINT64_C(0x%016" PRIx64 "),\n    .schema = &%s,\n", query->hash,
                  plan->schema_constant);
    if (query->nargs > 0)
        strbuf_printf(out, "    .params = %s,\n    .param_count = %zu,\n", query->params_constant, query->nargs);
    if (columns != NULL)
        strbuf_printf(out, "    .columns = %s,\n    .column_count = %zu,\n", columns, query->ncolumns);
    print_row_members(out, query);
    if (query->text_format)
        strbuf_add(out, "    .text_format = true,\n");
    if (query->query->read_only)
        strbuf_add(out, "    .read_only = true,\n");
    strbuf_add(out, "};\n");
}

/* ---- Functions ----------------------------------------------------------------------------------------------- */

/* What the runtime gets for an argument: the string or pointer itself, or the value's address. */
const char *print_arg_value(const Plan *plan, const QueryPlan *query, const Arg *arg)
{
    bool itself = arg->is_pointer || (arg->type->flags & CTYPE_POINTER) != 0;
    return arena_printf(plan->arena, "%s%s%s", itself ? "" : "&", plan_is_member(query, arg) ? "params->" : "",
                        arg->name);
}

void print_call(StrBuf *out, const Plan *plan, const QueryPlan *query, const char *function,
                const char *out_parameter, const char *call, const char *out_name)
{
    strbuf_add_char(out, '\n');
    print_signature(out, plan, query, function, out_parameter, "\n{\n");
    if (query->nargs > 0) {
        const char **values = arena_array_of(plan->arena, query->nargs, const char *);
        for (size_t i = 0; i < query->nargs; i++)
            values[i] = print_arg_value(plan, query, &query->args[i]);
        write_list(out, "    const void *const args[] = {", values, query->nargs, "};\n");
    }
    WRITE(out, "    return ${call}(db, &${query}, ${args}${comma}${out});\n}\n", {"call", call},
          {"query", query->query_constant}, {"args", query->nargs > 0 ? "args" : "NULL"},
          {"comma", out_name != NULL ? ", " : ""}, {"out", out_name != NULL ? out_name : ""});
}

static void print_many(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    print_call(out, plan, query, query->open, "querc_stream *stream", "querc_call_open", "stream");
    WRITE(out,
          "\n"
          "querc_status ${next}(querc_stream *stream, ${row} *row)\n"
          "{\n"
          "    return querc_call_next(stream, &${query}, row);\n"
          "}\n",
          {"next", query->next}, {"row", query->row->name}, {"query", query->query_constant});
}

static void print_query(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    const CommandInfo *command = query->command;
    strbuf_printf(out, "\n/* ---- %s ---- */\n", query->query->name);
    print_descriptor(out, plan, query);
    print_json_query_source(out, plan, query);
    if (command->items != ITEMS_NONE) {
        print_items_source(out, plan, query);
        return;
    }
    print_call(out, plan, query, query->function, print_out_parameter(plan, query), command->call,
               command->out_name);
    if (query->rows != NULL)
        print_many(out, plan, query);
    print_async_source(out, plan, query);
}

void print_query_source(StrBuf *out, const Plan *plan, const FilePlan *file)
{
    strbuf_add(out, "/* ");
    write_comment_inline(out, arena_printf(plan->arena, "The queries of %s.", file->file->name));
    strbuf_printf(out, " Generated by querc: do not edit. */\n#include \"%s.h\"\n", file->output);
    for (size_t i = 0; i < file->nqueries; i++)
        print_query(out, plan, &file->queries[i]);
}
