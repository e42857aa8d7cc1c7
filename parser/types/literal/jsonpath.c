/* The grammar of the SQL/JSON path language (jsonpath_gram.y; documentation, section 9.16.2), by recursive descent.
 *
 * Expressions and predicates begin alike, so one set of functions reads both and says which it found. A path nested
 * deeper than anyone writes is accepted rather than followed. */
#include "types/literal/jsonpath.h"

#include <string.h>

enum { DEPTH_MAX = 1000 };

/* What was read: an operand, as arithmetic and accessors take, or a truth value. In parentheses, either may have
 * accessors behind it, and a truth value may be asked whether it IS UNKNOWN or be negated. */
typedef enum PathKind { KIND_EXPR, KIND_PREDICATE } PathKind;

typedef struct PathParser {
    PathScanner scanner;
    int depth;
    int filters;    /* around the place in hand: @ is allowed within */
    int subscripts; /* last is */
    bool too_deep;
    const char *misplaced; /* the message about something that is, or NULL */
} PathParser;

static bool parse_or(PathParser *parser, PathKind *kind);

static int token(const PathParser *parser)
{
    return parser->scanner.token;
}

static bool next(PathParser *parser)
{
    return path_scan(&parser->scanner);
}

static bool syntax_error(PathParser *parser)
{
    return path_fail(&parser->scanner, "syntax error");
}

static bool expect(PathParser *parser, int wanted)
{
    return token(parser) == wanted ? next(parser) : syntax_error(parser);
}

/* An expression with nothing around it that a predicate could be. */
static bool parse_expr(PathParser *parser)
{
    PathKind kind;
    return parse_or(parser, &kind) && (kind == KIND_EXPR || syntax_error(parser));
}

static bool parse_predicate(PathParser *parser)
{
    PathKind kind;
    return parse_or(parser, &kind) && (kind == KIND_PREDICATE || syntax_error(parser));
}

/* ---- Accessors ---- */

static bool is_key(int found)
{
    return found == PATH_NAME || found == PATH_STRING || (found >= PATH_TO && found <= PATH_METHOD);
}

/* "[*]", or a list of subscripts and their ranges, the bracket read. */
static bool parse_subscripts(PathParser *parser)
{
    if (token(parser) == '*')
        return next(parser) && expect(parser, ']');
    parser->subscripts++;
    for (;;) {
        if (!parse_expr(parser))
            return false;
        if (token(parser) == PATH_TO && (!next(parser) || !parse_expr(parser)))
            return false;
        if (token(parser) != ',')
            break;
        if (!next(parser))
            return false;
    }
    parser->subscripts--;
    return expect(parser, ']');
}

/* A level of "**{…}": a number that an int holds, or last. */
static bool parse_level(PathParser *parser)
{
    if (token(parser) == PATH_LAST)
        return next(parser);
    if (token(parser) != PATH_INTEGER)
        return syntax_error(parser);
    Literal number = *parser->scanner.in;
    number.text = parser->scanner.value;
    return input_int4(&number) && next(parser);
}

static bool parse_any(PathParser *parser)
{
    if (!next(parser))
        return false;
    if (token(parser) != '{')
        return true;
    if (!next(parser) || !parse_level(parser))
        return false;
    if (token(parser) == PATH_TO && (!next(parser) || !parse_level(parser)))
        return false;
    return expect(parser, '}');
}

/* What follows a dot: a key, a method's call, "*", "**". */
static bool parse_member(PathParser *parser)
{
    int found = token(parser);
    if (found == PATH_ANY)
        return parse_any(parser);
    if (found != '*' && !is_key(found))
        return syntax_error(parser);
    if (!next(parser))
        return false;
    if ((found != PATH_METHOD && found != PATH_DATETIME) || token(parser) != '(')
        return true;
    if (!next(parser))
        return false;
    if (found == PATH_DATETIME && token(parser) == PATH_STRING && !next(parser))
        return false;
    return expect(parser, ')');
}

static bool parse_filter(PathParser *parser)
{
    if (!expect(parser, '('))
        return false;
    parser->filters++;
    if (!parse_predicate(parser))
        return false;
    parser->filters--;
    return expect(parser, ')');
}

/* *any when there was at least one. */
static bool parse_accessors(PathParser *parser, bool *any)
{
    *any = false;
    for (;;) {
        int found = token(parser);
        if (found != '.' && found != '[' && found != '?')
            return true;
        *any = true;
        if (!next(parser))
            return false;
        if (!(found == '.' ? parse_member(parser) : found == '[' ? parse_subscripts(parser) : parse_filter(parser)))
            return false;
    }
}

/* ---- Operands ---- */

/* "@" and "last" outside what they refer to are reported once the whole path has proved to be well-formed. */
static void misplaced(PathParser *parser, const char *message)
{
    if (!parser->misplaced)
        parser->misplaced = message;
}

static bool parse_primary(PathParser *parser)
{
    switch (token(parser)) {
    case PATH_NUMERIC:
    case PATH_INTEGER:
        return literal_numeric_part(parser->scanner.in, parser->scanner.value) && next(parser);
    case '@':
        if (!parser->filters)
            misplaced(parser, "@ is not allowed in root expressions");
        return next(parser);
    case PATH_LAST:
        if (!parser->subscripts)
            misplaced(parser, "LAST is allowed only in array subscripts");
        return next(parser);
    case '$':
    case PATH_STRING:
    case PATH_NULL:
    case PATH_TRUE:
    case PATH_FALSE:
    case PATH_VARIABLE:
        return next(parser);
    default:
        return syntax_error(parser);
    }
}

/* exists (…), the word read */
static bool parse_exists(PathParser *parser)
{
    return expect(parser, '(') && parse_expr(parser) && expect(parser, ')');
}

/* (…), with accessors or IS UNKNOWN behind it. */
static bool parse_parentheses(PathParser *parser, PathKind *kind)
{
    bool accessors;
    if (!next(parser) || !parse_or(parser, kind) || !expect(parser, ')') || !parse_accessors(parser, &accessors))
        return false;
    if (accessors) {
        *kind = KIND_EXPR;
    } else if (*kind == KIND_PREDICATE && token(parser) == PATH_IS) {
        return next(parser) && expect(parser, PATH_UNKNOWN);
    }
    return true;
}

static bool parse_operand(PathParser *parser, PathKind *kind)
{
    bool accessors;
    *kind = KIND_EXPR;
    if (token(parser) == '(')
        return parse_parentheses(parser, kind);
    if (token(parser) == PATH_EXISTS) {
        *kind = KIND_PREDICATE;
        return next(parser) && parse_exists(parser);
    }
    return parse_primary(parser) && parse_accessors(parser, &accessors);
}

/* ---- Operators, by falling precedence ---- */

static bool parse_unary(PathParser *parser, PathKind *kind)
{
    bool sign = false;
    while (token(parser) == '+' || token(parser) == '-') {
        sign = true;
        if (!next(parser))
            return false;
    }
    return parse_operand(parser, kind) && (!sign || *kind == KIND_EXPR || syntax_error(parser));
}

static bool parse_factors(PathParser *parser, PathKind *kind)
{
    if (!parse_unary(parser, kind))
        return false;
    while (*kind == KIND_EXPR && (token(parser) == '*' || token(parser) == '/' || token(parser) == '%'))
        if (!next(parser) || !parse_unary(parser, kind) || (*kind != KIND_EXPR && !syntax_error(parser)))
            return false;
    return true;
}

static bool parse_terms(PathParser *parser, PathKind *kind)
{
    if (!parse_factors(parser, kind))
        return false;
    while (*kind == KIND_EXPR && (token(parser) == '+' || token(parser) == '-'))
        if (!next(parser) || !parse_factors(parser, kind) || (*kind != KIND_EXPR && !syntax_error(parser)))
            return false;
    return true;
}

/* Flags of like_regex (makeItemLikeRegex). Which regular expressions are valid is not asked. */
static bool check_regex_flags(PathParser *parser, const char *flags)
{
    Literal *in = parser->scanner.in;
    size_t known = strspn(flags, "ismxq");
    if (flags[known]) {
        literal_fail(in, SQLSTATE_SYNTAX_ERROR, "invalid input syntax for type jsonpath");
        return literal_detail(in, "Unrecognized flag character \"%.*s\" in LIKE_REGEX predicate.",
                              (int)char_length(flags + known), flags + known);
    }
    return !strchr(flags, 'x') || strchr(flags, 'q') ||
           literal_fail(in, SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "XQuery \"x\" flag (expanded regular expressions) is not implemented");
}

/* like_regex "…" [flag "…"], the word read */
static bool parse_like_regex(PathParser *parser)
{
    if (!expect(parser, PATH_STRING))
        return false;
    if (token(parser) != PATH_FLAG)
        return true;
    if (!next(parser))
        return false;
    if (token(parser) != PATH_STRING)
        return syntax_error(parser);
    return check_regex_flags(parser, parser->scanner.value) && next(parser);
}

static bool parse_starts_with(PathParser *parser)
{
    if (!expect(parser, PATH_WITH))
        return false;
    return token(parser) == PATH_STRING || token(parser) == PATH_VARIABLE ? next(parser) : syntax_error(parser);
}

static bool parse_comparison(PathParser *parser, PathKind *kind)
{
    if (!parse_terms(parser, kind))
        return false;
    if (*kind != KIND_EXPR)
        return true;
    int found = token(parser);
    if (found != PATH_COMPARE && found != PATH_LIKE_REGEX && found != PATH_STARTS)
        return true;
    if (!next(parser))
        return false;
    *kind = KIND_PREDICATE;
    if (found == PATH_LIKE_REGEX)
        return parse_like_regex(parser);
    if (found == PATH_STARTS)
        return parse_starts_with(parser);
    PathKind right;
    return parse_terms(parser, &right) && (right == KIND_EXPR || syntax_error(parser));
}

/* "!" takes a predicate in parentheses or exists. */
static bool parse_not(PathParser *parser, PathKind *kind)
{
    if (token(parser) != PATH_NOT)
        return parse_comparison(parser, kind);
    *kind = KIND_PREDICATE;
    if (!next(parser))
        return false;
    if (token(parser) == PATH_EXISTS)
        return next(parser) && parse_exists(parser);
    return expect(parser, '(') && parse_predicate(parser) && expect(parser, ')');
}

static bool parse_and(PathParser *parser, PathKind *kind)
{
    if (!parse_not(parser, kind))
        return false;
    while (*kind == KIND_PREDICATE && token(parser) == PATH_AND)
        if (!next(parser) || !parse_not(parser, kind) || (*kind != KIND_PREDICATE && !syntax_error(parser)))
            return false;
    return true;
}

static bool parse_or(PathParser *parser, PathKind *kind)
{
    if (++parser->depth > DEPTH_MAX) {
        parser->too_deep = true;
        return false;
    }
    if (!parse_and(parser, kind))
        return false;
    while (*kind == KIND_PREDICATE && token(parser) == PATH_OR)
        if (!next(parser) || !parse_and(parser, kind) || (*kind != KIND_PREDICATE && !syntax_error(parser)))
            return false;
    parser->depth--;
    return true;
}

bool input_jsonpath(Literal *in)
{
    PathParser parser = {.scanner = {.in = in, .at = in->text, .start = in->text, .end = in->text}};
    if (!next(&parser))
        return false;
    if (token(&parser) == PATH_END)
        return literal_bad_syntax(in, "jsonpath");
    if ((token(&parser) == PATH_STRICT || token(&parser) == PATH_LAX) && !next(&parser))
        return false;
    PathKind kind;
    if (!parse_or(&parser, &kind))
        return parser.too_deep;
    if (token(&parser) != PATH_END)
        return syntax_error(&parser);
    if (parser.misplaced)
        return literal_fail(in, SQLSTATE_SYNTAX_ERROR, "%s", parser.misplaced);
    return true;
}
