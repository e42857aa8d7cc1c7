/* The text of constants, checked by the input rules of their types where those are fixed. */
#include "analyze/expr_parts.h"

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

/* enum_in */
static bool check_enum(ParseState *ps, const Type *type, const char *text, int32_t location)
{
    for (size_t i = 0; i < type->nlabels; i++)
        if (strcmp(type->labels[i], text) == 0)
            return true;
    Diag *diag = ps_error(ps, location, SQLSTATE_INVALID_TEXT_REPRESENTATION,
                          "invalid input value for enum %s: \"%s\"", ps_type(ps, type->oid), text);
    NearestName best = {.wanted = text};
    for (size_t i = 0; i < type->nlabels; i++)
        nearest_offer(&best, type->labels[i]);
    if (best.found)
        ps_hint(ps, diag, "did you mean \"%s\"?", best.found);
    return false;
}

bool literal_check(ParseState *ps, Oid type, int32_t typmod, const char *text, int32_t location)
{
    (void)typmod;
    const Type *found = catalog_type(ps_catalog(ps), type);
    if (found && found->typtype == TYPTYPE_ENUM)
        return check_enum(ps, found, text, location);
    return true;
}
