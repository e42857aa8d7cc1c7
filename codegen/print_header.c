/* books.sql.h: what a user of the queries reads. */
#include "codegen/print.h"

#include "codegen/writer.h"

#include <stdint.h>
#include <string.h>

/* ---- Documentation ------------------------------------------------------------------------------------------- */

static const char *one_returns(const IrQuery *query)
{
    switch (query->cardinality) {
    case IR_ROWS_EXACTLY_ONE:
        return "QUERC_OK or an error";
    case IR_ROWS_AT_MOST_ONE:
        return "QUERC_OK, QUERC_NO_ROWS or an error";
    case IR_ROWS_MANY:
        break;
    }
    return "QUERC_OK, QUERC_NO_ROWS, QUERC_TOO_MANY_ROWS or an error";
}

/* The constraints that can be told apart by querc_last_error(db)->constraint_id. */
static void print_constraints(StrBuf *out, const Plan *plan, const QueryPlan *query_plan)
{
    const IrQuery *query = query_plan->query;
    const char **names = arena_array_of(plan->arena, query->nconstraints, const char *);
    size_t n = 0;
    for (size_t i = 0; i < query->nconstraints; i++) {
        const char *name = intmap_get(&plan->constraint_index, (uint64_t)(uintptr_t)query->constraints[i]);
        if (name != NULL)
            names[n++] = name;
    }
    StrBuf list;
    strbuf_init(&list);
    write_list(&list, "Can violate ", names, n, arena_printf(plan->arena, "; see %s.", query_plan->violated));
    if (n > 0)
        write_comment_text(out, " *  ", " *  ", list.text);
    strbuf_release(&list);
}

/* Pointers that a caller may leave NULL, which C's types don't tell for text. */
static void print_nullable_params(StrBuf *out, const QueryPlan *query)
{
    for (size_t i = 0; i < query->nargs; i++)
        if (query->args[i].param->nullable && !plan_is_member(query, &query->args[i]))
            strbuf_printf(out, " *  @param %s may be NULL, for SQL NULL\n", query->args[i].name);
}

/* "title: not null: declared NOT NULL, migrations/1.sql:3:5" */
static void print_reason(StrBuf *out, const Plan *plan, const char *name, bool nullable, const IrReason *reason)
{
    if (reason->text != NULL)
        write_comment_text(out, " *  ", " *    ",
                           arena_printf(plan->arena, "%s: %s: %s%s%s", name, nullable ? "nullable" : "not null",
                                        reason->text, reason->place != NULL ? ", " : "",
                                        reason->place != NULL ? reason->place : ""));
}

static void print_proofs(StrBuf *out, const Plan *plan, const IrQuery *query)
{
    static const char *const rows[] = {[IR_ROWS_MANY] = "Any number of rows",
                                       [IR_ROWS_AT_MOST_ONE] = "At most one row",
                                       [IR_ROWS_EXACTLY_ONE] = "Exactly one row"};
    if (query->ncolumns > 0 && query->rows_reason.text != NULL)
        write_comment_text(out, " *  ", " *    ",
                           arena_printf(plan->arena, "%s: %s.", rows[query->cardinality], query->rows_reason.text));
    for (size_t i = 0; i < query->nparams; i++)
        print_reason(out, plan, arena_printf(plan->arena, "@%s", query->params[i].name), query->params[i].nullable,
                     &query->params[i].reason);
    for (size_t i = 0; i < query->ncolumns; i++)
        print_reason(out, plan, query->columns[i].field, query->columns[i].nullable, &query->columns[i].reason);
}

void print_function_comment(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    const IrQuery *ir = query->query;
    const char *returns = query->command->returns != NULL ? query->command->returns : one_returns(ir);
    const char *start = "\n/** ";
    if (ir->docs != NULL && *ir->docs != '\0') {
        write_comment_text(out, start, " *  ", ir->docs);
        start = " *\n *  ";
    }
    if (plan->options->emit_sql_as_comment) {
        write_comment_text(out, start, " *  ", ir->sql);
        start = "";
    }
    if (*start == '\n')
        write_comment_text(out, start, "", arena_printf(plan->arena, "Query %s.", ir->name));
    strbuf_add(out, " *\n");
    if (plan->options->emit_proofs_as_comment)
        print_proofs(out, plan, ir);
    print_constraints(out, plan, query);
    print_nullable_params(out, query);
    strbuf_printf(out, " *  @return %s: querc_last_error(db) */\n", returns);
}

/* ---- Declarations -------------------------------------------------------------------------------------------- */

static void print_params_struct(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    strbuf_printf(out, "\n/** The parameters of %s. */\ntypedef struct %s {\n", query->function,
                  query->params_struct);
    for (size_t i = 0; i < query->nargs; i++) {
        const Arg *arg = &query->args[i];
        if (!plan_is_member(query, arg))
            continue;
        strbuf_printf(out, "    %s;", print_arg(plan, arg, query));
        strbuf_add(out, arg->param->nullable ? " /**< may be NULL, for SQL NULL */\n" : "\n");
    }
    strbuf_printf(out, "} %s;\n", query->params_struct);
    print_json_params_header(out, query);
}

void print_rows_free(StrBuf *out, const QueryPlan *query)
{
    WRITE(out,
          "static inline void ${free}(${rows} *rows)\n"
          "{\n"
          "    querc_free_rows(rows);\n"
          "}\n",
          {"free", query->rows_free}, {"rows", query->rows});
}

static void print_many(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    print_rows_free(out, query);
    strbuf_add(out, "\n/** The same one row at a time, in constant memory: open, next until "
                    "it is not QUERC_ROW, querc_stream_close. */\n");
    print_signature(out, plan, query, query->open, "querc_stream *stream", ";\n");
    WRITE(out,
          "/** @return QUERC_ROW, QUERC_DONE or an error: querc_last_error(stream->db) */\n"
          "querc_status ${next}(querc_stream *stream, ${row} *row);\n",
          {"next", query->next}, {"row", query->row->name});
}

void print_rows_struct(StrBuf *out, const QueryPlan *query)
{
    const char *row = query->row->name;
    /* In C++ the member items hides a type items. */
    bool hidden = strcmp(row, "items") == 0;
    WRITE(out,
          "\n/** The rows of ${function}. */\n"
          "typedef struct ${rows} {\n"
          "    ${tag}${row} *items;\n"
          "    size_t len;\n"
          "    querc_owner *owner; /**< for ${free} */\n"
          "} ${rows};\n",
          {"function", query->function}, {"rows", query->rows}, {"tag", hidden ? "struct " : ""}, {"row", row},
          {"free", query->rows_free});
    print_json_rows_header(out, query);
}

static void print_own_row(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    print_struct(out, query->row, arena_printf(plan->arena, "A row of %s.", query->function));
    print_json_struct_header(out, query->row);
}

static void print_query(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    if (query->params_struct != NULL)
        print_params_struct(out, plan, query);
    if (query->row_is_own)
        print_own_row(out, plan, query);
    print_violation_header(out, plan, query);
    if (query->command->items != ITEMS_NONE) {
        print_items_header(out, plan, query);
        return;
    }
    if (query->rows != NULL)
        print_rows_struct(out, query);
    print_function_comment(out, plan, query);
    print_signature(out, plan, query, query->function, print_out_parameter(plan, query), ";\n");
    if (query->row_is_own && query->row->free_function != NULL)
        print_free_function(out, plan, query->row);
    if (query->rows != NULL)
        print_many(out, plan, query);
    print_async_header(out, plan, query);
}

void print_query_header(StrBuf *out, const Plan *plan, const FilePlan *file)
{
    const char *what = arena_printf(plan->arena, "The queries of %s.", file->file->name);
    const char *includes = arena_printf(plan->arena, "#include \"%s.h\"\n", plan->options->models_name);
    print_header_start(out, file->guard, what, includes);
    for (size_t i = 0; i < file->nqueries; i++)
        print_query(out, plan, &file->queries[i]);
    print_header_end(out);
}
