/* Reasons in words: the table of null_rules.h, and the place that decides. */
#include "prove/reason.h"

static const struct {
    const char *before, *after;
} texts[] = {
#define X(RULE, BEFORE, AFTER) {BEFORE, AFTER},
    NULL_RULES(X)
#undef X
};

IrReason reason_text(Arena *arena, const NullReason *reason, const SqlText *sql)
{
    const char *subject = reason->subject ? reason->subject : "";
    const char *text =
        arena_printf(arena, "%s%s%s", texts[reason->rule].before, subject, texts[reason->rule].after);
    Span span = reason->span;
    if (reason->view) {
        text = arena_printf(arena, "%s, in view %s", text, reason->view->name);
        span = span.file ? span : reason->view->span;
    } else if (!span.file) {
        span = sqltext_span(sql, reason->location);
    }
    return (IrReason){text, span};
}
