/* Composite values, "(a,b)" (record_in of rowtypes.c). */
#include "types/literal/check.h"

static bool malformed(Literal *in, const char *detail)
{
    literal_fail(in, SQLSTATE_INVALID_TEXT_REPRESENTATION, "malformed record literal: \"%s\"", in->text);
    in->error->detail = detail;
    return false;
}

/* What there is before the comma or parenthesis; *text is NULL when that is nothing. */
static bool read_field(Literal *in, const char **cursor, const char **text)
{
    *text = NULL;
    if (**cursor == ',' || **cursor == ')')
        return true;
    *text = literal_unquote(in, cursor, ",)");
    return *text || malformed(in, "Unexpected end of input.");
}

bool input_record(Literal *in)
{
    const Relation *relation = catalog_relation(in->catalog, in->type->relation);
    if (!relation)
        return in->type->oid != TYPE_RECORD ||
               literal_fail(in, SQLSTATE_FEATURE_NOT_SUPPORTED,
                            "input of anonymous composite types is not implemented");
    const char *at = skip_spaces(in->text);
    if (*at++ != '(')
        return malformed(in, "Missing left parenthesis.");
    bool first = true;
    for (size_t i = 0; i < relation->ncolumns; i++) {
        const Column *column = &relation->columns[i];
        if (column->dropped)
            continue;
        if (!first && *at != ',')
            return malformed(in, "Too few columns.");
        at += !first;
        first = false;
        const char *text;
        if (!read_field(in, &at, &text) || !literal_part(in, column->type, column->typmod, text, NULL))
            return false;
    }
    if (*at++ != ')')
        return malformed(in, "Too many columns.");
    return *skip_spaces(at) == '\0' || malformed(in, "Junk after right parenthesis.");
}
