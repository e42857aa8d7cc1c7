/* What is said about a call that no function, or more than one, would answer. From PostgreSQL's parse_func.c. */
#include "analyze/declared.h"
#include "analyze/func_parts.h"
#include "analyze/query_parts.h"

const char *func_signature(ParseState *ps, const char *name, size_t n, const Oid *types,
                           const char *const *arg_names, size_t nnames)
{
    StrBuf buf;
    strbuf_init(&buf);
    strbuf_printf(&buf, "%s(", name);
    for (size_t i = 0; i < n; i++) {
        if (i)
            strbuf_add(&buf, ", ");
        if (i >= n - nnames)
            strbuf_printf(&buf, "%s => ", arg_names[i - (n - nnames)]);
        strbuf_add(&buf, ps_type(ps, types[i]));
    }
    strbuf_add_char(&buf, ')');
    const char *text = arena_strdup(ps_arena(ps), buf.text);
    strbuf_release(&buf);
    return text;
}

void func_report_missing(ParseState *ps, const CallState *call, bool ambiguous, bool proc_call)
{
    const char *kind = proc_call ? "procedure" : "function";
    const char *text = func_signature(ps, call->display, call->args->len, call->actual, call->names, call->nnames);
    if (ambiguous) {
        Diag *diag = ps_error(ps, call->location, SQLSTATE_AMBIGUOUS_FUNCTION, "%s %s is not unique", kind, text);
        ps_hint(ps, diag, "Could not choose a best candidate %s. You might need to add explicit type casts.", kind);
        return;
    }
    Diag *diag = ps_error(ps, call->location, SQLSTATE_UNDEFINED_FUNCTION, "%s %s does not exist", kind, text);
    if (call->fn->n_agg_order > 1 && !call->fn->agg_within_group)
        ps_hint(ps, diag,
                "No aggregate function matches the given name and argument types. Perhaps you misplaced ORDER BY; "
                "ORDER BY must appear after all regular arguments of the aggregate.");
    else
        ps_hint(ps, diag,
                "No %s matches the given name and argument types. You might need to add explicit type casts.",
                kind);
    declared_functions(ps, diag, range_list_name(call->fn->funcname, call->fn->n_funcname - 1));
}
