/* Names with types: regtype, regprocedure, regoper, regoperator (regproc.c; parse_type.c for the types). Of SQL's
 * own type names those without modifiers are known; a type written in any other way is taken to exist. */
#include "types/literal/registry.h"

#include <string.h>
#include <strings.h>

/* ---- Types ---- */

typedef enum TypeFound { TYPE_FOUND, TYPE_UNSURE, TYPE_FAILED } TypeFound;

/* SQL's names of types, in order. */
static const struct {
    const char *sql, *name;
} sql_types[] = {
    {"bigint", "int8"},
    {"bit", "bit"},
    {"bit varying", "varbit"},
    {"boolean", "bool"},
    {"char", "bpchar"},
    {"char varying", "varchar"},
    {"character", "bpchar"},
    {"character varying", "varchar"},
    {"dec", "numeric"},
    {"decimal", "numeric"},
    {"double precision", "float8"},
    {"float", "float8"},
    {"int", "int4"},
    {"integer", "int4"},
    {"interval", "interval"},
    {"nchar", "bpchar"},
    {"numeric", "numeric"},
    {"real", "float4"},
    {"smallint", "int2"},
    {"time", "time"},
    {"time with time zone", "timetz"},
    {"time without time zone", "time"},
    {"timestamp", "timestamp"},
    {"timestamp with time zone", "timestamptz"},
    {"timestamp without time zone", "timestamp"},
    {"varchar", "varchar"},
};

static Oid find_sql_type(const Catalog *catalog, const char *text)
{
    size_t low = 0, high = sizeof sql_types / sizeof *sql_types;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(text, sql_types[middle].sql);
        if (order == 0) {
            const Schema *schema = catalog_find_schema(catalog, "pg_catalog");
            const Type *type = schema ? catalog_find_type_in(catalog, schema->oid, sql_types[middle].name) : NULL;
            return type ? type->oid : INVALID_OID;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return INVALID_OID;
}

/* The text in lower case with single spaces and no white space around it. */
static char *normalize(const Literal *in, const char *text)
{
    char *result = arena_alloc(in->arena, strlen(text) + 1), *out = result;
    for (text = skip_spaces(text); *text; text++)
        if (!char_is_space(*text))
            *out++ = char_lower(*text);
        else if (*skip_spaces(text) && !char_is_space(text[1]))
            *out++ = ' ';
    *out = '\0';
    return result;
}

/* Whether it is names and dots, quoted names without escapes. */
static bool is_plain_name(const char *text)
{
    bool begin = true; /* a name begins here */
    for (; *text; text++) {
        if (begin && *text == '"') {
            const char *end = strchr(text + 1, '"');
            if (!end || end == text + 1 || (end[1] != '.' && end[1] != '\0'))
                return false;
            text = end;
            begin = false;
        } else if (begin ? char_is_alpha(*text) || *text == '_'
                         : char_is_alnum(*text) || *text == '_' || *text == '$') {
            begin = false;
        } else if (!begin && *text == '.') {
            begin = true;
        } else {
            return false;
        }
    }
    return !begin;
}

/* Cuts "[]" and "[n]" off the end; true when there was one. */
static bool cut_brackets(char *text)
{
    bool array = false;
    for (size_t len = strlen(text); len > 2 && text[len - 1] == ']'; array = true) {
        size_t open = len - 1;
        while (open > 0 && char_is_digit(text[open - 1]))
            open--;
        if (open < 2 || text[open - 1] != '[')
            break;
        text[len = open - 1] = '\0';
    }
    return array;
}

static TypeFound no_such_type(Literal *in, const QualifiedName *name, bool array)
{
    literal_fail(in, SQLSTATE_UNDEFINED_OBJECT, "type \"%s%s%s%s\" does not exist",
                 name->schema ? name->schema : "", name->schema ? "." : "", name->name, array ? "[]" : "");
    return TYPE_FAILED;
}

/* What no type name can begin with is a syntax error, at the first token: a number, or punctuation. */
static bool begins_no_type(Literal *in, const char *text)
{
    const char *at = skip_spaces(text);
    size_t len = 1;
    if (char_is_digit(*at)) {
        while (char_is_digit(at[len]) || (at[len] == '.' && char_is_digit(at[len + 1])))
            len++;
        if (char_is_alpha(at[len]) || at[len] == '_' ||
            at[len] == '.') /* "1e5", "1x": not worth the lexer's rules */
            return false;
    } else if (!strchr("()[]{},;\\", *at)) {
        return false;
    }
    return !literal_fail(in, SQLSTATE_SYNTAX_ERROR, "syntax error at or near \"%.*s\"", (int)len, at);
}

/* A name that is no key word, and another word behind it: a syntax error there. Which words are key words is for
 * the lexer to know, so only names that none of SQL's types and prefixes of types begins with are judged. */
static bool has_second_word(Literal *in, const char *text)
{
    static const char *const prefixes[] = {"double", "national", "setof"};
    const char *at = skip_spaces(text), *end = at;
    while (char_is_alnum(*end) || *end == '_')
        end++;
    const char *second = skip_spaces(end), *stop = second;
    while (char_is_alnum(*stop) || *stop == '_')
        stop++;
    if (end == at || second == end || stop == second || char_is_digit(*second))
        return false;
    size_t len = (size_t)(end - at);
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (strlen(prefixes[i]) == len && strncasecmp(at, prefixes[i], len) == 0)
            return false;
    for (size_t i = 0; i < sizeof sql_types / sizeof *sql_types; i++)
        if (strncasecmp(at, sql_types[i].sql, len) == 0 && (!sql_types[i].sql[len] || sql_types[i].sql[len] == ' '))
            return false;
    if (stop - second == 5 && strncasecmp(second, "array", 5) == 0)
        return false;
    return !literal_fail(in, SQLSTATE_SYNTAX_ERROR, "syntax error at or near \"%.*s\"", (int)(stop - second),
                         second);
}

/* parseTypeString, as far as names go. */
static TypeFound find_type(Literal *in, const char *text, Oid *oid)
{
    char *spelled = normalize(in, text);
    if (!*spelled) {
        literal_fail(in, SQLSTATE_SYNTAX_ERROR, "invalid type name \"%s\"", text);
        return TYPE_FAILED;
    }
    if (begins_no_type(in, text) || has_second_word(in, text))
        return TYPE_FAILED;
    bool array = cut_brackets(spelled);
    *oid = find_sql_type(in->catalog, spelled);
    if (!*oid) {
        static const char *const keywords[] = {"double", "national", "setof"};
        for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
            if (strcmp(spelled, keywords[i]) == 0)
                return TYPE_UNSURE;
        /* Quoted names keep their case. */
        char *exact = arena_strdup(in->arena, skip_spaces(text));
        for (size_t len = strlen(exact); len > 0 && char_is_space(exact[len - 1]);)
            exact[--len] = '\0';
        cut_brackets(exact);
        QualifiedName name;
        if (!is_plain_name(exact))
            return TYPE_UNSURE;
        if (!registry_read_name(in, exact, &name))
            return TYPE_FAILED;
        Oid schema;
        if (registry_is_hidden(&name))
            return TYPE_UNSURE;
        if (!registry_find_schema(in, &name, &schema))
            return TYPE_FAILED;
        const Type *type = schema ? catalog_find_type_in(in->catalog, schema, name.name)
                                  : catalog_find_type(in->catalog, name.name);
        if (!type || (array && !type->array))
            return no_such_type(in, &name, array);
        *oid = type->oid;
    }
    if (array)
        *oid = type_array(in->catalog, *oid);
    return *oid ? TYPE_FOUND : TYPE_UNSURE;
}

bool input_regtype(Literal *in)
{
    Oid type;
    if (strcmp(in->text, "-") == 0)
        return true;
    if (registry_is_number(in->text))
        return input_oid(in);
    return find_type(in, in->text, &type) != TYPE_FAILED;
}

/* ---- Names with argument types ---- */

/* A name and the types in parentheses after it. */
typedef struct Signature {
    QualifiedName name;
    VEC(Oid) args;
    bool unsure; /* of a type */
} Signature;

static bool bad_signature(Literal *in, const char *message)
{
    return literal_fail(in, SQLSTATE_INVALID_TEXT_REPRESENTATION, "%s", message);
}

/* The first left parenthesis outside quotes, or the end. */
static const char *find_parenthesis(const char *at)
{
    for (bool quoted = false; *at && (quoted || *at != '('); at++)
        quoted = quoted != (*at == '"');
    return at;
}

/* The end of a type in a list of them; NULL when quotes, brackets or parentheses are not closed. */
static const char *type_end(const char *at)
{
    int depth = 0;
    bool quoted = false;
    for (; *at && (quoted || depth || *at != ','); at++) {
        if (*at == '"')
            quoted = !quoted;
        else if (!quoted)
            depth += (*at == '(' || *at == '[') - (*at == ')' || *at == ']');
    }
    return quoted || depth ? NULL : at;
}

/* The type of an argument; none_allowed for NONE, the operand that a prefix operator lacks. */
static bool read_argument(Literal *in, const char *text, bool none_allowed, Signature *signature)
{
    Oid type = INVALID_OID;
    char *spelled = normalize(in, text);
    if (!none_allowed || strcmp(spelled, "none") != 0) {
        TypeFound found = find_type(in, text, &type);
        if (found == TYPE_FAILED)
            return false;
        signature->unsure = signature->unsure || found == TYPE_UNSURE;
    }
    vec_push(in->arena, &signature->args, type);
    return true;
}

/* parseNameAndArgTypes */
static bool read_signature(Literal *in, bool none_allowed, Signature *signature)
{
    *signature = (Signature){0};
    const char *open = find_parenthesis(in->text);
    if (!*open)
        return bad_signature(in, "expected a left parenthesis");
    if (!registry_read_name(in, literal_slice(in, in->text, open), &signature->name))
        return false;
    const char *end = open + strlen(open);
    while (end > open + 1 && char_is_space(end[-1]))
        end--;
    if (end[-1] != ')')
        return bad_signature(in, "expected a right parenthesis");
    const char *at = skip_spaces(literal_slice(in, open + 1, end - 1));
    while (*at) {
        const char *comma = type_end(at);
        if (!comma)
            return bad_signature(in, "improper type name");
        if (!read_argument(in, literal_slice(in, at, comma), none_allowed, signature))
            return false;
        if (*comma && !*skip_spaces(comma + 1))
            return bad_signature(in, "expected a type name");
        at = *comma ? comma + 1 : comma;
    }
    return true;
}

bool input_regprocedure(Literal *in)
{
    if (strcmp(in->text, "-") == 0)
        return true;
    if (registry_is_number(in->text))
        return input_oid(in);
    Signature signature;
    if (!read_signature(in, false, &signature))
        return false;
    if (registry_is_hidden(&signature.name) || signature.unsure)
        return true;
    FunctionCall call = {.name = signature.name.name, .nargs = signature.args.len, .args = signature.args.items};
    if (!registry_find_schema(in, &signature.name, &call.schema))
        return false;
    bool ambiguous;
    return function_find_exact(in->catalog, in->arena, &call, 0, &ambiguous) || ambiguous ||
           literal_fail(in, SQLSTATE_UNDEFINED_FUNCTION, "function \"%s\" does not exist", in->text);
}

/* ---- Operators ---- */

/* How many operators the name finds, those hidden by an earlier schema left out: 0, 1, or 2 for more. */
static int count_operators(Literal *in, Oid schema, const char *name)
{
    OperatorList operators = catalog_operators_named(in->catalog, in->arena, name);
    const Operator *first = NULL;
    for (size_t i = 0; i < operators.len; i++) {
        const Operator *op = operators.items[i];
        if (schema_position(in->catalog, schema, op->schema) < 0)
            continue;
        if (first && (first->left != op->left || first->right != op->right))
            return 2;
        first = op;
    }
    return first != NULL;
}

bool input_regoper(Literal *in)
{
    QualifiedName name;
    Oid schema;
    if (strcmp(in->text, "0") == 0)
        return true;
    if (registry_is_number(in->text))
        return input_oid(in);
    if (!registry_read_name(in, in->text, &name))
        return false;
    if (name.nparts > 2)
        return registry_check_parts(in, &name);
    if (!registry_find_schema(in, &name, &schema))
        return false;
    int count = count_operators(in, schema, name.name);
    if (count == 0)
        return literal_fail(in, SQLSTATE_UNDEFINED_FUNCTION, "operator does not exist: %s", in->text);
    return count == 1 || literal_fail(in, SQLSTATE_AMBIGUOUS_FUNCTION, "more than one operator named %s", in->text);
}

bool input_regoperator(Literal *in)
{
    if (strcmp(in->text, "0") == 0)
        return true;
    if (registry_is_number(in->text))
        return input_oid(in);
    Signature signature;
    Oid schema;
    if (!read_signature(in, true, &signature))
        return false;
    if (signature.args.len == 1) {
        literal_fail(in, SQLSTATE_UNDEFINED_PARAMETER, "missing argument");
        in->error->hint = "Use NONE to denote the missing argument of a unary operator.";
        return false;
    }
    if (signature.args.len != 2) {
        literal_fail(in, SQLSTATE_TOO_MANY_ARGUMENTS, "too many arguments");
        in->error->hint = "Provide two argument types for operator.";
        return false;
    }
    if (signature.name.nparts > 2 || signature.unsure)
        return true;
    const Schema *named = signature.name.schema ? catalog_find_schema(in->catalog, signature.name.schema) : NULL;
    schema = named ? named->oid : INVALID_OID;
    const Operator *found = NULL;
    if (named || !signature.name.schema)
        found = operator_find_exact(in->catalog, in->arena, schema, signature.name.name, signature.args.items[0],
                                    signature.args.items[1]);
    return found || literal_fail(in, SQLSTATE_UNDEFINED_FUNCTION, "operator does not exist: %s", in->text);
}
