/* Reasons in words: the table of null_rules.h, and the place that decides. */
#include "prove/reason.h"

#include <inttypes.h>
#include <string.h>

static const struct {
    const char *before, *after;
} texts[] = {
#define X(RULE, BEFORE, AFTER) {BEFORE, AFTER},
    NULL_RULES(X)
#undef X
};

IrReason reason_at(ProveProject *project, const char *text, Span span)
{
    if (!span.file)
        return (IrReason){text, NULL};
    const char *dir = project->options.dir ? project->options.dir : "", *path = span.file->path;
    size_t len = strlen(dir);
    SourcePosition at = source_position(project->arena, span.file, span.start);
    return (IrReason){text, arena_printf(project->arena, "%s:%" PRIu32 ":%" PRIu32,
                                         strncmp(path, dir, len) ? path : path + len, at.line, at.column)};
}

IrReason reason_of(ProveProject *project, const NullReason *reason, const SqlText *sql)
{
    const char *subject = reason->subject ? reason->subject : "";
    const char *text =
        arena_printf(project->arena, "%s%s%s", texts[reason->rule].before, subject, texts[reason->rule].after);
    Span span = reason->span;
    if (reason->view) {
        text = arena_printf(project->arena, "%s, in view %s", text, reason->view->name);
        span = span.file ? span : reason->view->span;
    } else if (!span.file) {
        span = sqltext_span(sql, reason->location);
    }
    return reason_at(project, text, span);
}
