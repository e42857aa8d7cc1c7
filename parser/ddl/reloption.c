/* Storage parameters of tables, indexes, views and columns: their names and values (PostgreSQL's reloptions.c).
 * None has a bearing on types, but a wrong one fails the statement. */
#include "ddl/ddl_private.h"

#include <errno.h>
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>

typedef enum OptionKind { OPTION_BOOL, OPTION_INT, OPTION_REAL, OPTION_ENUM } OptionKind;

typedef struct Option {
    const char *name;
    unsigned targets; /* RELOPT_* */
    OptionKind kind;
    double min, max;   /* of numbers */
    const char *words; /* of an enum: each with a space before and after */
    int since;         /* server version */
} Option;

enum { HEAP_TOAST = RELOPT_HEAP | RELOPT_TOAST };

static const Option known_options[] = {
    {"autosummarize", RELOPT_BRIN, OPTION_BOOL, 0, 0, NULL, 0},
    {"autovacuum_analyze_scale_factor", RELOPT_HEAP, OPTION_REAL, 0, 100, NULL, 0},
    {"autovacuum_analyze_threshold", RELOPT_HEAP, OPTION_INT, 0, INT_MAX, NULL, 0},
    {"autovacuum_enabled", HEAP_TOAST, OPTION_BOOL, 0, 0, NULL, 0},
    {"autovacuum_freeze_max_age", HEAP_TOAST, OPTION_INT, 100000, 2000000000, NULL, 0},
    {"autovacuum_freeze_min_age", HEAP_TOAST, OPTION_INT, 0, 1000000000, NULL, 0},
    {"autovacuum_freeze_table_age", HEAP_TOAST, OPTION_INT, 0, 2000000000, NULL, 0},
    {"autovacuum_multixact_freeze_max_age", HEAP_TOAST, OPTION_INT, 10000, 2000000000, NULL, 0},
    {"autovacuum_multixact_freeze_min_age", HEAP_TOAST, OPTION_INT, 0, 1000000000, NULL, 0},
    {"autovacuum_multixact_freeze_table_age", HEAP_TOAST, OPTION_INT, 0, 2000000000, NULL, 0},
    {"autovacuum_vacuum_cost_delay", HEAP_TOAST, OPTION_REAL, 0, 100, NULL, 0},
    {"autovacuum_vacuum_cost_limit", HEAP_TOAST, OPTION_INT, 1, 10000, NULL, 0},
    {"autovacuum_vacuum_insert_scale_factor", HEAP_TOAST, OPTION_REAL, 0, 100, NULL, 0},
    {"autovacuum_vacuum_insert_threshold", HEAP_TOAST, OPTION_INT, -1, INT_MAX, NULL, 0},
    {"autovacuum_vacuum_max_threshold", HEAP_TOAST, OPTION_INT, -1, INT_MAX, NULL, 18},
    {"autovacuum_vacuum_scale_factor", HEAP_TOAST, OPTION_REAL, 0, 100, NULL, 0},
    {"autovacuum_vacuum_threshold", HEAP_TOAST, OPTION_INT, 0, INT_MAX, NULL, 0},
    {"buffering", RELOPT_GIST, OPTION_ENUM, 0, 0, " on off auto ", 0},
    {"check_option", RELOPT_VIEW, OPTION_ENUM, 0, 0, " local cascaded ", 0},
    {"deduplicate_items", RELOPT_BTREE, OPTION_BOOL, 0, 0, NULL, 0},
    {"fastupdate", RELOPT_GIN, OPTION_BOOL, 0, 0, NULL, 0},
    {"fillfactor", RELOPT_HEAP | RELOPT_BTREE | RELOPT_HASH | RELOPT_GIST | RELOPT_SPGIST, OPTION_INT, 10, 100,
     NULL, 0},
    {"gin_pending_list_limit", RELOPT_GIN, OPTION_INT, 64, INT_MAX, NULL, 0},
    {"log_autovacuum_min_duration", HEAP_TOAST, OPTION_INT, -1, INT_MAX, NULL, 0},
    {"n_distinct", RELOPT_ATTRIBUTE, OPTION_REAL, -1, DBL_MAX, NULL, 0},
    {"n_distinct_inherited", RELOPT_ATTRIBUTE, OPTION_REAL, -1, DBL_MAX, NULL, 0},
    {"pages_per_range", RELOPT_BRIN, OPTION_INT, 1, 131072, NULL, 0},
    {"parallel_workers", RELOPT_HEAP, OPTION_INT, 0, 1024, NULL, 0},
    {"security_barrier", RELOPT_VIEW, OPTION_BOOL, 0, 0, NULL, 0},
    {"security_invoker", RELOPT_VIEW, OPTION_BOOL, 0, 0, NULL, 15},
    {"toast_tuple_target", RELOPT_HEAP, OPTION_INT, 128, 8160, NULL, 0},
    {"user_catalog_table", RELOPT_HEAP, OPTION_BOOL, 0, 0, NULL, 0},
    {"vacuum_cleanup_index_scale_factor", RELOPT_BTREE, OPTION_REAL, 0, 1e10, NULL, 0},
    {"vacuum_index_cleanup", HEAP_TOAST, OPTION_ENUM, 0, 0, " on off auto true false yes no 1 0 ", 0},
    {"vacuum_max_eager_freeze_failure_rate", HEAP_TOAST, OPTION_REAL, 0, 1, NULL, 18},
    {"vacuum_truncate", HEAP_TOAST, OPTION_BOOL, 0, 0, NULL, 0},
};

static const Option *find_option(const Ddl *ddl, const char *name, unsigned target)
{
    for (size_t i = 0; i < sizeof known_options / sizeof *known_options; i++) {
        const Option *option = &known_options[i];
        if ((option->targets & target) && strcmp(option->name, name) == 0)
            return catalog_version(ddl->catalog) >= option->since ? option : NULL;
    }
    return NULL;
}

/* ---- Values ---- */

static bool invalid(Ddl *ddl, const char *kind, const Option *option, const char *value)
{
    return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "invalid value for %s option \"%s\": %s", kind,
                    option->name, value);
}

/* parse_bool: a beginning of a word will do if it is clear. */
static bool is_bool(const char *value)
{
    static const struct {
        const char *word;
        size_t shortest;
    } words[] = {{"true", 1}, {"false", 1}, {"yes", 1}, {"no", 1}, {"on", 2}, {"off", 2}, {"1", 1}, {"0", 1}};
    size_t len = strlen(value);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = 0;
        while (at < len && ((unsigned char)value[at] | 0x20) == (unsigned char)words[i].word[at])
            at++;
        if (at == len && len >= words[i].shortest)
            return true;
    }
    return false;
}

/* parse_int and parse_real without units. */
static bool read_number(const char *value, bool integer, double *number)
{
    char *end;
    errno = 0;
    *number = integer ? (double)strtol(value, &end, 0) : strtod(value, &end);
    if (integer && end != value && strchr(".eE", *end) && *end)
        *number = rint(strtod(value, &end));
    return end != value && errno == 0 && end[strspn(end, " \t\n")] == '\0' && !isnan(*number);
}

static bool check_number(Ddl *ddl, const Option *option, const char *value)
{
    bool integer = option->kind == OPTION_INT;
    double number;
    if (!read_number(value, integer, &number) || (integer && (number < INT_MIN || number > INT_MAX)))
        return invalid(ddl, integer ? "integer" : "floating point", option, value);
    if (number >= option->min && number <= option->max)
        return true;
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "value %s out of bounds for option \"%s\"",
                           value, option->name);
    ddl_detail(ddl, diag, "Valid values are between \"%.*f\" and \"%.*f\".", integer ? 0 : 6, option->min,
               integer ? 0 : 6, option->max);
    return false;
}

static bool check_word(Ddl *ddl, const Option *option, const char *value)
{
    char *padded = arena_printf(ddl->scratch, " %s ", value);
    for (char *c = padded; *c; c++)
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c | 0x20 : *c);
    if (strstr(option->words, padded))
        return true;
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "invalid value for enum option \"%s\": %s",
                           option->name, value);
    ddl_detail(ddl, diag, "%s",
               strstr(option->words, " on ") ? "Valid values are \"on\", \"off\", and \"auto\"."
                                             : "Valid values are \"local\" and \"cascaded\".");
    return false;
}

static bool check_value(Ddl *ddl, const Option *option, const char *value)
{
    switch (option->kind) {
    case OPTION_BOOL:
        return is_bool(value) || invalid(ddl, "boolean", option, value);
    case OPTION_INT:
    case OPTION_REAL:
        return check_number(ddl, option, value);
    case OPTION_ENUM:
        return check_word(ddl, option, value);
    }
    return true;
}

/* ---- Lists ---- */

static bool is_table(unsigned target)
{
    return target & (RELOPT_HEAP | RELOPT_PARTITIONED);
}

/* The only namespace of PostgreSQL's own is that of a table's TOAST table; extensions have theirs. */
static bool check_namespace(Ddl *ddl, const AstDefElem *option, unsigned target)
{
    const char *namespace = ast_text(option->defnamespace);
    if (!namespace || (is_table(target) && strcmp(namespace, "toast") == 0) ||
        catalog_find_object(ddl->catalog, CLASS_EXTENSION, namespace))
        return true;
    return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "unrecognized parameter namespace \"%s\"",
                    namespace);
}

/* "oids" is still taken when it asks for none. */
static bool check_syntax(Ddl *ddl, AstItems options, unsigned target, bool reset)
{
    for (size_t i = 0; i < options.len; i++) {
        const AstDefElem *option = options.items[i]->def_elem;
        if (reset && option->arg)
            return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "RESET must not include values for parameters");
        if (!check_namespace(ddl, option, target))
            return false;
        if (!reset && !ast_text(option->defnamespace) && strcmp(option->defname, "oids") == 0 && is_table(target) &&
            ddl_option_bool(ddl, option))
            return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "tables declared WITH OIDS are not supported");
    }
    return true;
}

static bool given_before(AstItems options, size_t i)
{
    const AstDefElem *option = options.items[i]->def_elem;
    for (size_t j = 0; j < i; j++) {
        const AstDefElem *other = options.items[j]->def_elem;
        if (strcmp(other->defname, option->defname) == 0 &&
            !ast_text(other->defnamespace) == !ast_text(option->defnamespace))
            return true;
    }
    return false;
}

/* parseRelOptions on those of one namespace, NULL or "toast". */
static bool check_values(Ddl *ddl, AstItems options, unsigned target, const char *namespace)
{
    for (size_t i = 0; i < options.len; i++) {
        const AstDefElem *option = options.items[i]->def_elem;
        const char *own = ast_text(option->defnamespace);
        if (!own != !namespace || (own && strcmp(own, namespace) != 0))
            continue;
        if (!own && is_table(target) && strcmp(option->defname, "oids") == 0)
            continue;
        const Option *known = find_option(ddl, option->defname, target);
        if (!known)
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "unrecognized parameter \"%s\"",
                            option->defname);
        if (given_before(options, i))
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "parameter \"%s\" specified more than once",
                            option->defname);
        const char *value = option->arg ? ast_option_text(ddl->scratch, option) : "true";
        if (value && !check_value(ddl, known, value))
            return false;
    }
    return true;
}

/* partitioned_table_reloptions: since PostgreSQL 16 it says why there are none. */
static bool refuse_partitioned(Ddl *ddl)
{
    Diag *diag =
        ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot specify storage parameters for a partitioned table");
    ddl_hint(ddl, diag, "Specify storage parameters for its leaf partitions instead.");
    return false;
}

bool reloption_check(Ddl *ddl, AstItems options, unsigned target, bool reset)
{
    if (!check_syntax(ddl, options, target, reset))
        return false;
    if (!reset && options.len && target == RELOPT_PARTITIONED && catalog_version(ddl->catalog) >= 16)
        return refuse_partitioned(ddl);
    return reset || (check_values(ddl, options, target, NULL) &&
                     (target != RELOPT_HEAP || check_values(ddl, options, RELOPT_TOAST, "toast")));
}

unsigned reloption_of_kind(char kind)
{
    switch (kind) {
    case RELKIND_VIEW:
        return RELOPT_VIEW;
    case RELKIND_PARTITIONED:
        return RELOPT_PARTITIONED;
    default:
        return RELOPT_HEAP;
    }
}

bool reloption_check_index(Ddl *ddl, AstItems options, Oid access_method, bool reset)
{
    static const struct {
        Oid method;
        unsigned target;
    } targets[] = {{AM_BTREE, RELOPT_BTREE}, {AM_HASH, RELOPT_HASH},     {AM_GIST, RELOPT_GIST},
                   {AM_GIN, RELOPT_GIN},     {AM_SPGIST, RELOPT_SPGIST}, {AM_BRIN, RELOPT_BRIN}};
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
        if (targets[i].method == access_method)
            return reloption_check(ddl, options, targets[i].target, reset);
    return true; /* the method's own */
}
