/* Type modifiers: varchar(10), numeric(10,2), interval day to second(3) … What each type's typmodin function does,
 * by that function's name in the catalog; see "typmodin" of pg_type and the functions of utils/adt. */
#include "analyze/type_parts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { VARHDRSZ = 4, MOST_MODS = 8 };

typedef struct Modifiers {
    const AnalyzeContext *context;
    const Type *type;
    int32_t location;
    int32_t values[MOST_MODS];
    size_t n;
} Modifiers;

static bool fail(const Modifiers *mods, const char *code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool fail(const Modifiers *mods, const char *code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag_add(mods->context->diags, DIAG_ERROR, sqltext_span(mods->context->sql, mods->location), code, format,
             args);
    va_end(args);
    return false;
}

static bool wants(const Modifiers *mods, size_t n)
{
    return mods->n == n || fail(mods, SQLSTATE_INVALID_PARAMETER_VALUE, "invalid type modifier");
}

static bool char_typmod(const Modifiers *mods, int32_t *typmod)
{
    enum { LONGEST = 10485760 };
    const char *name = mods->type->oid == TYPE_BPCHAR ? "char" : "varchar";
    if (!wants(mods, 1))
        return false;
    if (mods->values[0] < 1)
        return fail(mods, SQLSTATE_INVALID_PARAMETER_VALUE, "length for type %s must be at least 1", name);
    if (mods->values[0] > LONGEST)
        return fail(mods, SQLSTATE_INVALID_PARAMETER_VALUE, "length for type %s cannot exceed %d", name, LONGEST);
    *typmod = mods->values[0] + VARHDRSZ;
    return true;
}

static bool bit_typmod(const Modifiers *mods, int32_t *typmod)
{
    enum { LONGEST = 83886080 };
    const char *name = mods->type->oid == TYPE_BIT ? "bit" : "varbit";
    if (!wants(mods, 1))
        return false;
    if (mods->values[0] < 1)
        return fail(mods, SQLSTATE_INVALID_PARAMETER_VALUE, "length for type %s must be at least 1", name);
    if (mods->values[0] > LONGEST)
        return fail(mods, SQLSTATE_INVALID_PARAMETER_VALUE, "length for type %s cannot exceed %d", name, LONGEST);
    *typmod = mods->values[0];
    return true;
}

static bool numeric_typmod(const Modifiers *mods, int32_t *typmod)
{
    enum { MOST_DIGITS = 1000 };
    int32_t precision = mods->values[0], scale = mods->n == 2 ? mods->values[1] : 0;
    if (mods->n != 1 && mods->n != 2)
        return fail(mods, SQLSTATE_INVALID_PARAMETER_VALUE, "invalid NUMERIC type modifier");
    if (precision < 1 || precision > MOST_DIGITS)
        return fail(mods, SQLSTATE_INVALID_PARAMETER_VALUE, "NUMERIC precision %d must be between 1 and %d",
                    precision, MOST_DIGITS);
    if (catalog_version(mods->context->catalog) < 15 && (scale < 0 || scale > precision))
        return fail(mods, SQLSTATE_INVALID_PARAMETER_VALUE, "NUMERIC scale %d must be between 0 and precision %d",
                    scale, precision);
    if (scale < -MOST_DIGITS || scale > MOST_DIGITS)
        return fail(mods, SQLSTATE_INVALID_PARAMETER_VALUE, "NUMERIC scale %d must be between %d and %d", scale,
                    -MOST_DIGITS, MOST_DIGITS);
    *typmod = (int32_t)(((uint32_t)precision << 16) | ((uint32_t)scale & 0x7ff)) + VARHDRSZ;
    return true;
}

/* timestamp(p), time(p): more than six digits are cut, with a warning on the server. */
static bool fraction(const Modifiers *mods, int32_t wanted, const char *what, int32_t *precision)
{
    enum { MOST = 6 };
    if (wanted < 0)
        return fail(mods, SQLSTATE_INVALID_PARAMETER_VALUE, "%s(%d) precision must not be negative", what, wanted);
    *precision = wanted > MOST ? MOST : wanted;
    return true;
}

static bool time_typmod(const Modifiers *mods, int32_t *typmod)
{
    return wants(mods, 1) && fraction(mods, mods->values[0], mods->type->name, typmod);
}

/* interval: the fields as a mask, then the precision. */
static bool interval_typmod(const Modifiers *mods, int32_t *typmod)
{
    enum { FULL_RANGE = 0x7FFF, FULL_PRECISION = 0xFFFF };
    if (mods->n == 1) {
        *typmod = mods->values[0] == FULL_RANGE
                      ? -1
                      : (int32_t)(((uint32_t)mods->values[0] & FULL_RANGE) << 16 | FULL_PRECISION);
        return true;
    }
    int32_t precision = 0;
    if (!wants(mods, 2) || !fraction(mods, mods->values[1], "INTERVAL", &precision))
        return false;
    *typmod = (int32_t)(((uint32_t)mods->values[0] & FULL_RANGE) << 16 | (uint32_t)precision);
    return true;
}

static const struct {
    const char *function; /* pg_proc.proname of typmodin */
    bool (*resolve)(const Modifiers *mods, int32_t *typmod);
} resolvers[] = {
    {"varchartypmodin", char_typmod},      {"bpchartypmodin", char_typmod},     {"bittypmodin", bit_typmod},
    {"varbittypmodin", bit_typmod},        {"numerictypmodin", numeric_typmod}, {"timestamptypmodin", time_typmod},
    {"timestamptztypmodin", time_typmod},  {"timetypmodin", time_typmod},       {"timetztypmodin", time_typmod},
    {"intervaltypmodin", interval_typmod},
};

static bool integer_modifier(const PgQuery__Node *node, int32_t *value)
{
    if (node->node_case != PG_QUERY__NODE__NODE_A_CONST)
        return false;
    if (node->a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL) {
        *value = node->a_const->ival->ival;
        return true;
    }
    if (node->a_const->val_case != PG_QUERY__A__CONST__VAL_SVAL)
        return false;
    char *end;
    errno = 0;
    long parsed = strtol(node->a_const->sval->sval, &end, 10);
    *value = (int32_t)parsed;
    return !errno && *end == '\0' && end != node->a_const->sval->sval && parsed == *value;
}

/* Constants and plain identifiers only, whatever the type makes of them. */
static bool is_simple(const PgQuery__Node *node)
{
    if (node->node_case == PG_QUERY__NODE__NODE_A_CONST)
        return true;
    return node->node_case == PG_QUERY__NODE__NODE_COLUMN_REF && node->column_ref->n_fields == 1 &&
           node->column_ref->fields[0]->node_case == PG_QUERY__NODE__NODE_STRING;
}

bool typmod_resolve(const AnalyzeContext *context, const Type *type, const PgQuery__TypeName *name, int32_t *typmod)
{
    Modifiers mods = {.context = context, .type = type, .location = name->location};
    if (!name->n_typmods) {
        *typmod = name->typemod;
        return true;
    }
    if (!type->defined)
        return fail(&mods, SQLSTATE_SYNTAX_ERROR, "type modifier cannot be specified for shell type \"%s\"",
                    type->name);
    if (!type->typmod_in)
        return fail(&mods, SQLSTATE_SYNTAX_ERROR, "type modifier is not allowed for type \"%s\"",
                    analyze_type_name_string(context->arena, name));
    bool integers = true;
    for (size_t i = 0; i < name->n_typmods; i++) {
        if (!is_simple(name->typmods[i]))
            return fail(&mods, SQLSTATE_SYNTAX_ERROR, "type modifiers must be simple constants or identifiers");
        int32_t value = 0;
        integers = integers && integer_modifier(name->typmods[i], &value);
        if (mods.n < MOST_MODS)
            mods.values[mods.n++] = value;
    }
    const Function *function = catalog_function(context->catalog, type->typmod_in);
    for (size_t i = 0; function && i < sizeof resolvers / sizeof *resolvers; i++)
        if (strcmp(resolvers[i].function, function->name) == 0) {
            if (!integers)
                return fail(&mods, SQLSTATE_INVALID_TEXT_REPRESENTATION,
                            "invalid input syntax for type integer: modifiers of type %s are numbers", type->name);
            return resolvers[i].resolve(&mods, typmod);
        }
    /* A type of an extension, such as geometry(Point, 4326): its modifier has no bearing on what a query may do
     * with it. */
    *typmod = -1;
    return true;
}

void type_name_hint(const AnalyzeContext *context, Diag *diag, const PgQuery__TypeName *name)
{
    static const struct {
        const char *wrong, *right;
    } known[] = {
        {"string", "text"},       {"datetime", "timestamptz"},
        {"int64", "bigint"},      {"int32", "integer"},
        {"int16", "smallint"},    {"double", "double precision"},
        {"blob", "bytea"},        {"tinyint", "smallint"},
        {"mediumint", "integer"}, {"longtext", "text"},
        {"mediumtext", "text"},   {"nvarchar", "varchar"},
        {"number", "numeric"},    {"uint", "bigint"},
        {"float32", "real"},      {"float64", "double precision"},
        {"binary", "bytea"},      {"varbinary", "bytea"},
        {"clob", "text"},         {"uniqueidentifier", "uuid"},
    };
    if (name->n_names != 1 || name->names[0]->node_case != PG_QUERY__NODE__NODE_STRING)
        return;
    const char *wanted = name->names[0]->string->sval;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].wrong, wanted) == 0) {
            diag_hint(context->diags, diag, "PostgreSQL's type is %s.", known[i].right);
            return;
        }
    NearestName best = {.wanted = wanted};
    const ObjectClass class = CLASS_TYPE;
    OidList types = catalog_user_objects(context->catalog, context->arena, class);
    for (size_t i = 0; i < types.len; i++) {
        const Type *type = catalog_type(context->catalog, types.items[i]);
        if (type && type->name[0] != '_')
            nearest_offer(&best, type->name);
    }
    static const char *const common[] = {"text",    "integer",   "bigint",      "smallint", "boolean", "numeric",
                                         "varchar", "timestamp", "timestamptz", "date",     "uuid",    "jsonb",
                                         "json",    "bytea",     "real",        "interval", "inet"};
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        nearest_offer(&best, common[i]);
    if (best.found)
        diag_hint(context->diags, diag, "did you mean \"%s\"?", best.found);
}
