/* Query levels, errors at a place of the statement, and the guard against endless nesting. */
#include "analyze/parse_state.h"

/* Levels of nesting before "stack depth limit exceeded". querc runs its compiler on a stack large enough for this
 * many; the server, with its default max_stack_depth, gives up earlier. */
enum { DEEPEST_NESTING = 12000 };

ParseState *parse_state_new(Analyzer *an, ParseState *parent)
{
    ParseState *ps = arena_new_of(an->arena, ParseState);
    ps->an = an;
    ps->parent = parent;
    ps->next_resno = 1;
    ps->resolve_unknowns = true;
    ps->query = arena_new_of(an->arena, Query);
    if (parent) {
        ps->ctes = NULL;
        ps->exists_depth = parent->exists_depth;
    }
    return ps;
}

Diag *ps_error(ParseState *ps, int32_t location, const char *code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Diag *diag = diag_add(ps->an->diags, DIAG_ERROR, sqltext_span(ps->an->sql, location), code, format, args);
    va_end(args);
    return diag;
}

const char *ps_type(ParseState *ps, Oid type)
{
    return catalog_format_type(ps->an->catalog, ps->an->arena, type);
}

AnalyzeContext ps_context(const ParseState *ps)
{
    return (AnalyzeContext){ps->an->catalog, ps->an->arena, ps->an->diags, ps->an->sql};
}

bool ps_enter(ParseState *ps)
{
    if (++ps->an->depth <= DEEPEST_NESTING)
        return true;
    ps->an->depth--;
    Diag *diag = ps_error(ps, -1, SQLSTATE_STATEMENT_TOO_COMPLEX, "stack depth limit exceeded");
    ps_hint(ps, diag, "The statement nests more than %d levels deep.", DEEPEST_NESTING);
    return false;
}

void ps_leave(ParseState *ps)
{
    ps->an->depth--;
}

void exprlist_push(Arena *arena, ExprList *list, Expr *expr)
{
    vec_push(arena, list, expr);
}

void targetlist_push(Arena *arena, TargetList *list, TargetEntry *entry)
{
    vec_push(arena, list, entry);
}
