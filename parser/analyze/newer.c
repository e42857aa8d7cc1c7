/* What only a newer server understands, in a statement that libpg_query's grammar takes for something else: words
 * that became key words later (appendix "SQL Key Words" of each version's documentation). */
#include "analyze/query_parts.h"

#include <string.h>

/* A newer server reads these as constructs of their own, whatever functions or columns there are of the name. */
static const struct {
    const char *word;
    int since;
    bool call; /* written like a function */
} words[] = {
    {"json_array", 16, true}, {"json_arrayagg", 16, true}, {"json_objectagg", 16, true}, {"json_exists", 17, true},
    {"json_query", 17, true}, {"json_scalar", 17, true},   {"json_serialize", 17, true}, {"json_table", 17, true},
    {"json_value", 17, true}, {"merge_action", 17, true},  {"system_user", 16, false},
};

bool newer_is_construct(ParseState *ps, size_t n, PgQuery__Node *const *name, bool call, int32_t location)
{
    int version = catalog_version(ps_catalog(ps));
    if (n != 1 || version <= ast_parser_version() || location < 0 || ps->an->sql->text[location] == '"')
        return false;
    const char *word = ast_string(name[0]);
    for (size_t i = 0; word && i < sizeof words / sizeof *words; i++) {
        if (words[i].call != call || words[i].since > version || words[i].since <= ast_parser_version() ||
            strcmp(word, words[i].word) != 0)
            continue;
        Diag *diag = ps_error(ps, location, SQLSTATE_FEATURE_NOT_SUPPORTED, "unsupported: %s of PostgreSQL %d",
                              word, words[i].since);
        ps_hint(ps, diag,
                "It is a key word there; this querc reads SQL by the grammar of PostgreSQL %d. A name would "
                "have to be quoted.",
                ast_parser_version());
        return true;
    }
    return false;
}

bool newer_is_returning_alias(ParseState *ps, const char *table, int32_t location)
{
    bool alias = table && (strcmp(table, "old") == 0 || strcmp(table, "new") == 0);
    /* a star is expanded outside of any expression */
    bool returning = ps->expr_kind == PARSE_RETURNING || (ps->expr_kind == PARSE_NONE && ps->target_relation);
    if (!alias || !returning || catalog_version(ps_catalog(ps)) < 18)
        return false;
    ps_error(ps, location, SQLSTATE_FEATURE_NOT_SUPPORTED, "unsupported: RETURNING with \"%s\"", table);
    return true;
}
