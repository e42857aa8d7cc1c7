/* The halves of a query's function, when the configuration asks for them (emit_async): one that sends it and one
 * that receives its answer. See runtime/querc_async.h. */
#include "codegen/print.h"

#include "codegen/writer.h"

/* By command: the runtime's function that receives; NULL for commands that can't be cut in two. */
static const char *const receivers[] = {
    [IR_ONE] = "querc_call_recv_one",
    [IR_OPT] = "querc_call_recv_one",
    [IR_MANY] = "querc_call_recv_many",
    [IR_EXEC] = "querc_call_recv_exec",
    [IR_EXECROWS] = "querc_call_recv_execrows",
    [IR_EXECRESULT] = "querc_call_recv_execresult",
    [IR_COMMANDS - 1] = NULL,
};

bool plan_async(Plan *plan, QueryPlan *query)
{
    const IrQuery *ir = query->query;
    if (!plan->options->emit_async || receivers[ir->command] == NULL)
        return true;
    query->send = name_derive(plan->arena, query->function, "send");
    query->recv = name_derive(plan->arena, query->function, "recv");
    return plan_claim(plan, ir, query->send, "a function") && plan_claim(plan, ir, query->recv, "a function");
}

static void print_recv_signature(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    const char *filled = print_out_parameter(plan, query);
    WRITE(out, "querc_status ${recv}(querc_conn *db${comma}${filled})", {"recv", query->recv},
          {"comma", filled != NULL ? ", " : ""}, {"filled", filled != NULL ? filled : ""});
}

void print_async_header(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    if (query->send == NULL)
        return;
    WRITE(out, "\n/** The halves of ${function}, for a pipeline (querc_pipeline_begin): the question ... */\n",
          {"function", query->function});
    print_signature(out, plan, query, query->send, NULL, ";\n");
    WRITE(out, "/** ... and the answer: what ${function} returns, or QUERC_AGAIN. */\n",
          {"function", query->function});
    print_recv_signature(out, plan, query);
    strbuf_add(out, ";\n");
}

void print_async_source(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    if (query->send == NULL)
        return;
    print_call(out, plan, query, query->send, NULL, "querc_call_send", NULL);
    strbuf_add_char(out, '\n');
    print_recv_signature(out, plan, query);
    bool fills = print_out_parameter(plan, query) != NULL;
    WRITE(out, "\n{\n    return ${call}(db, &${query}${comma}${filled});\n}\n",
          {"call", receivers[query->query->command]}, {"query", query->query_constant},
          {"comma", fills ? ", " : ""}, {"filled", fills ? query->command->out_name : ""});
}
