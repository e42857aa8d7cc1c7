/* Batches and COPY: functions that take an array of parameter structs. */
#include "codegen/print.h"

#include "codegen/writer.h"

#include <string.h>

/* ---- Names --------------------------------------------------------------------------------------------------- */

/* COPY sends every value in binary. */
static bool check_copy(Plan *plan, const QueryPlan *query)
{
    for (size_t i = 0; i < query->nargs; i++) {
        const Arg *arg = &query->args[i];
        if ((arg->type->flags & (CTYPE_TEXT_ONLY | CTYPE_SENT_AS_TEXT)) == 0)
            continue;
        Diag *diag =
            plan_unsupported(plan, query->query,
                             "query \"%s\" is :copyfrom, but parameter $%d, \"%s\", of type %s has no "
                             "binary form that could be copied",
                             query->query->name, arg->param->number, arg->param->name, arg->param->type->display);
        diag_hint(plan->diags, diag, "Use :batchexec.");
        return false;
    }
    return true;
}

bool plan_items(Plan *plan, QueryPlan *query)
{
    const IrQuery *ir = query->query;
    const char *base = name_snake(plan->arena, ir->name);
    bool copies = query->command->items == ITEMS_COPY;
    query->item_constant = plan_constant(plan, copies ? "copy" : "item", base);
    query->offsets_constant = plan_constant(plan, "offsets", base);
    if (copies) {
        query->adapter = plan_constant(plan, "next", base);
        query->adapter_struct = plan_constant(plan, "source", base);
        query->copy_next = name_derive(plan->arena, query->function, "from");
        return plan_claim(plan, ir, query->copy_next, "a function") && check_copy(plan, query);
    }
    if (query->command->rows == ROWS_NONE || query->command->items == ITEMS_BULK)
        return true;
    query->batch = name_derive(plan->arena, query->function, "batch");
    query->batch_free = name_derive(plan->arena, query->function, "batch_free");
    return plan_claim(plan, ir, query->batch, "the result") &&
           plan_claim(plan, ir, query->batch_free, "a function");
}

/* ---- Header -------------------------------------------------------------------------------------------------- */

static void print_batch_structs(StrBuf *out, const QueryPlan *query)
{
    const char *row = query->row->name;
    /* In C++ the member items hides a type items. */
    if (strcmp(row, "items") == 0)
        row = "struct items";
    if (query->rows != NULL) {
        WRITE(out,
              "\n"
              "/** The rows of an item of ${function}. */\n"
              "typedef struct ${rows} {\n"
              "    ${row} *items;\n"
              "    size_t len;\n"
              "} ${rows};\n",
              {"function", query->function}, {"rows", query->rows}, {"row", row});
        print_json_rows_header(out, query);
        row = query->rows;
    }
    WRITE(out,
          "\n"
          "/** What ${function} found for each item. */\n"
          "typedef struct ${batch} {\n"
          "    ${row} *items;\n"
          "    size_t len;\n"
          "    const querc_outcome *outcomes; /**< one an item */\n"
          "    querc_owner *owner;            /**< for ${free} */\n"
          "} ${batch};\n",
          {"function", query->function}, {"batch", query->batch}, {"row", row}, {"free", query->batch_free});
}

/* "querc_status lib_add_books(querc_conn *db, const lib_add_books_params *items, size_t len, …)" */
static void print_items_signature(StrBuf *out, const Plan *plan, const QueryPlan *query, const char *tail)
{
    const CommandInfo *command = query->command;
    const char *type = query->batch != NULL ? query->batch : command->out_type;
    const char *items[5];
    size_t n = 0;
    items[n++] = "querc_conn *db";
    items[n++] = arena_printf(plan->arena, "const %s *items", query->params_struct);
    items[n++] = "size_t len";
    if (command->items == ITEMS_BATCH)
        items[n++] = "querc_batch_mode mode";
    items[n++] = arena_printf(plan->arena, "%s *%s", type, command->out_name);
    write_list(out, arena_printf(plan->arena, "querc_status %s(", query->function), items, n,
               arena_printf(plan->arena, ")%s", tail));
}

static void print_next_signature(StrBuf *out, const Plan *plan, const QueryPlan *query, const char *tail)
{
    const char *const items[] = {
        "querc_conn *db",
        arena_printf(plan->arena, "querc_status (*next)(void *context, %s *item)", query->params_struct),
        "void *context", "int64_t *count"};
    write_list(out, arena_printf(plan->arena, "querc_status %s(", query->copy_next), items,
               sizeof items / sizeof items[0], arena_printf(plan->arena, ")%s", tail));
}

void print_items_header(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    if (query->command->items == ITEMS_BULK) {
        print_bulk_header(out, plan, query);
        return;
    }
    if (query->batch != NULL)
        print_batch_structs(out, query);
    print_function_comment(out, plan, query);
    print_items_signature(out, plan, query, ";\n");
    if (query->batch != NULL)
        WRITE(out,
              "static inline void ${free}(${batch} *batch)\n"
              "{\n"
              "    querc_free_batch(batch);\n"
              "}\n",
              {"free", query->batch_free}, {"batch", query->batch});
    if (query->copy_next == NULL)
        return;
    strbuf_add(out,
               "/** The same from a function that fills *item, zeroed, and returns QUERC_ROW, or QUERC_DONE after "
               "the last;\n *  anything else gives up and is returned. */\n");
    print_next_signature(out, plan, query, ";\n");
}

/* ---- Source -------------------------------------------------------------------------------------------------- */

void print_offsets(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    const char **offsets = arena_array_of(plan->arena, query->nargs, const char *);
    for (size_t i = 0; i < query->nargs; i++)
        offsets[i] = plan_is_member(query, &query->args[i])
                         ? arena_printf(plan->arena, "offsetof(%s, %s)", query->params_struct, query->args[i].name)
                         : "QUERC_NO_MEMBER";
    strbuf_add_char(out, '\n');
    write_list(out, arena_printf(plan->arena, "static const uint32_t %s[] = {", query->offsets_constant), offsets,
               query->nargs, "};\n");
}

static void print_batch(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    WRITE(out, "static const querc_item ${item} = {${offsets}, sizeof(${params})};\n\n",
          {"item", query->item_constant}, {"offsets", query->offsets_constant}, {"params", query->params_struct});
    print_items_signature(out, plan, query, "\n{\n");
    WRITE(out,
          "    return ${call}(db, &${query}, &${item}, items, len, mode, batch);\n"
          "}\n",
          {"call", query->command->call}, {"query", query->query_constant}, {"item", query->item_constant});
}

/* The function that takes a function: the runtime's passes items as void pointers, and C knows no way to call one
 * function type as another but through a function between them. */
static void print_copy_next(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    const Binding bindings[] = {{"source", query->adapter_struct},
                                {"next", query->adapter},
                                {"copy", query->item_constant},
                                {"params", query->params_struct}};
    write_template(out,
                   "\n"
                   "struct ${source} {\n"
                   "    querc_status (*next)(void *context, ${params} *item);\n"
                   "    void *context;\n"
                   "};\n"
                   "\n"
                   "static querc_status ${next}(void *context, void *item)\n"
                   "{\n"
                   "    const struct ${source} *source = (const struct ${source} *)context;\n"
                   "    return source->next(source->context, (${params} *)item);\n"
                   "}\n"
                   "\n",
                   bindings, sizeof bindings / sizeof bindings[0]);
    print_next_signature(out, plan, query, "\n{\n");
    write_template(out,
                   "    struct ${source} source;\n"
                   "    ${params} item;\n"
                   "    source.next = next;\n"
                   "    source.context = context;\n"
                   "    return querc_call_copyfrom_next(db, &${copy}, ${next}, &source, &item, count);\n"
                   "}\n",
                   bindings, sizeof bindings / sizeof bindings[0]);
}

static void print_copy(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    WRITE(out, "static const querc_copy ${copy} = {\n    &${query},\n    ", {"copy", query->item_constant},
          {"query", query->query_constant});
    write_string(out, "    ", query->query->copy_sql);
    WRITE(out, ",\n    {${offsets}, sizeof(${params})},\n};\n\n", {"offsets", query->offsets_constant},
          {"params", query->params_struct});
    print_items_signature(out, plan, query, "\n{\n");
    WRITE(out,
          "    return querc_call_copyfrom(db, &${copy}, items, len, count);\n"
          "}\n",
          {"copy", query->item_constant});
    print_copy_next(out, plan, query);
}

void print_items_source(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    print_offsets(out, plan, query);
    if (query->command->items == ITEMS_BULK)
        print_bulk_source(out, plan, query);
    else if (query->command->items == ITEMS_COPY)
        print_copy(out, plan, query);
    else
        print_batch(out, plan, query);
}
