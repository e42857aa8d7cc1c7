/* The text of constants, checked by the input rules of their types where those are fixed. The rules themselves know
 * nothing of queries: they are types/literal. */
#include "analyze/declared.h"
#include "analyze/expr_parts.h"
#include "types/literal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

Oid literal_number_type(const char *text)
{
    if (strspn(text, "-0123456789") != strlen(text))
        return TYPE_NUMERIC;
    errno = 0;
    long long value = strtoll(text, NULL, 10);
    if (errno)
        return TYPE_NUMERIC;
    return value >= INT32_MIN && value <= INT32_MAX ? TYPE_INT4 : TYPE_INT8;
}

bool literal_check(ParseState *ps, Oid type, int32_t typmod, const char *text, int32_t location)
{
    LiteralError error = {0};
    if (literal_valid(ps_catalog(ps), ps_arena(ps), type, typmod, text, &error))
        return true;
    Diag *diag = ps_error(ps, location, error.code, "%s", error.message);
    if (error.detail)
        ps_detail(ps, diag, "%s", error.detail);
    if (error.hint)
        ps_hint(ps, diag, "%s", error.hint);
    declared_type(ps, diag, type);
    if (error.context)
        ps_note(ps, diag, location, "%s", error.context);
    return false;
}
