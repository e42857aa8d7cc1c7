#include "cases.h"

#include "base/sqlstate.h"
#include "base/strbuf.h"
#include "catalog/builtin_oids.h"

#include <ctype.h>
#include <string.h>

/* ---- Reading and writing ---- */

typedef struct KindName {
    CaseKind kind;
    const char *name;
} KindName;

static const KindName kinds[] = {
    {CASE_CALL, "call"},     {CASE_INVOKE, "invoke"}, {CASE_OP, "op"},       {CASE_CAST, "cast"},
    {CASE_ASSIGN, "assign"}, {CASE_COMMON, "common"}, {CASE_ORDER, "order"}, {CASE_EQUAL, "equal"},
};

const char *case_type_name(const Catalog *catalog, Arena *arena, Oid oid)
{
    const Type *type = catalog_type(catalog, oid);
    if (!type)
        return arena_printf(arena, "<%u>", oid);
    const Type *element = type->element ? catalog_type(catalog, type->element) : NULL;
    if (element && element->array == oid)
        return arena_printf(arena, "%s[]", element->name);
    return type->name;
}

static Oid type_by_name(const Catalog *catalog, Arena *arena, const char *text, size_t len)
{
    bool array = len > 2 && strncmp(text + len - 2, "[]", 2) == 0;
    const Type *type = catalog_find_type(catalog, arena_strndup(arena, text, array ? len - 2 : len));
    if (!type)
        return INVALID_OID;
    return array ? type->array : type->oid;
}

static const char *skip_spaces(const char *text)
{
    while (*text == ' ')
        text++;
    return text;
}

/* The next stretch up to a space or one of the stops. */
static const char *read_word(Arena *arena, const char **text, const char *stops)
{
    *text = skip_spaces(*text);
    size_t len = 0;
    while ((*text)[len] && (*text)[len] != ' ' && !strchr(stops, (*text)[len]))
        len++;
    const char *word = arena_strndup(arena, *text, len);
    *text = skip_spaces(*text + len);
    return word;
}

static bool add_arg(const Catalog *catalog, Arena *arena, Case *parsed, const char *type)
{
    if (parsed->nargs == CASE_ARGS)
        return false;
    bool literal = strcmp(type, "null") == 0;
    Oid oid = literal ? TYPE_UNKNOWN : type_by_name(catalog, arena, type, strlen(type));
    parsed->literals[parsed->nargs] = literal;
    parsed->args[parsed->nargs++] = oid;
    return oid != INVALID_OID;
}

/* TYPE, name => TYPE, variadic TYPE; separated by commas up to the closing parenthesis or the end. */
static bool parse_args(const Catalog *catalog, Arena *arena, const char **text, Case *parsed)
{
    while (**text && **text != ')') {
        const char *word = read_word(arena, text, ",)");
        if (strcmp(word, "variadic") == 0) {
            parsed->variadic = true;
            word = read_word(arena, text, ",)");
        } else if (strncmp(*text, "=>", 2) == 0) {
            *text += 2;
            if (parsed->nargs < CASE_ARGS)
                parsed->names[parsed->nargs] = word;
            parsed->nnames++;
            word = read_word(arena, text, ",)");
        }
        if (!add_arg(catalog, arena, parsed, word))
            return false;
        if (**text == ',')
            *text = skip_spaces(*text + 1);
    }
    return true;
}

static bool parse_call(const Catalog *catalog, Arena *arena, const char *text, Case *parsed)
{
    parsed->name = read_word(arena, &text, "(");
    if (*text++ != '(' || !parse_args(catalog, arena, &text, parsed) || *text++ != ')')
        return false;
    parsed->over = strcmp(skip_spaces(text), "over") == 0;
    return true;
}

static bool parse_operator(const Catalog *catalog, Arena *arena, const char *text, Case *parsed)
{
    const char *word = read_word(arena, &text, "");
    if (isalpha((unsigned char)*word) || *word == '_') {
        if (!add_arg(catalog, arena, parsed, word))
            return false;
        word = read_word(arena, &text, "");
    }
    parsed->name = word;
    return add_arg(catalog, arena, parsed, read_word(arena, &text, ""));
}

bool case_parse(const Catalog *catalog, Arena *arena, const char *line, Case *parsed)
{
    const char *word = read_word(arena, &line, "");
    *parsed = (Case){0};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kinds[i].name, word) != 0)
            continue;
        parsed->kind = kinds[i].kind;
        if (parsed->kind == CASE_CALL || parsed->kind == CASE_INVOKE)
            return parse_call(catalog, arena, line, parsed);
        if (parsed->kind == CASE_OP)
            return parse_operator(catalog, arena, line, parsed);
        if (parsed->kind == CASE_COMMON)
            return parse_args(catalog, arena, &line, parsed);
        while (*line)
            if (!add_arg(catalog, arena, parsed, read_word(arena, &line, "")))
                return false;
        return parsed->nargs > 0;
    }
    return false;
}

static const char *arg_name(const Catalog *catalog, Arena *arena, const Case *asked, size_t i)
{
    return asked->literals[i] ? "null" : case_type_name(catalog, arena, asked->args[i]);
}

static void format_call(const Catalog *catalog, Arena *arena, const Case *asked, StrBuf *out)
{
    strbuf_printf(out, "%s %s(", asked->kind == CASE_CALL ? "call" : "invoke", asked->name);
    for (size_t i = 0; i < asked->nargs; i++) {
        strbuf_add(out, i ? ", " : "");
        if (asked->variadic && i + 1 == asked->nargs)
            strbuf_add(out, "variadic ");
        if (asked->names[i])
            strbuf_printf(out, "%s => ", asked->names[i]);
        strbuf_add(out, arg_name(catalog, arena, asked, i));
    }
    strbuf_add(out, asked->over ? ") over" : ")");
}

const char *case_format(const Catalog *catalog, Arena *arena, const Case *asked)
{
    StrBuf out;
    strbuf_init(&out);
    if (asked->kind == CASE_CALL || asked->kind == CASE_INVOKE) {
        format_call(catalog, arena, asked, &out);
    } else {
        for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
            if (kinds[i].kind == asked->kind)
                strbuf_add(&out, kinds[i].name);
        for (size_t i = 0; i < asked->nargs; i++) {
            if (asked->kind == CASE_OP && i + 1 == asked->nargs)
                strbuf_printf(&out, " %s", asked->name);
            strbuf_printf(&out, "%s %s", asked->kind == CASE_COMMON && i ? "," : "",
                          arg_name(catalog, arena, asked, i));
        }
    }
    const char *text = arena_strdup(arena, out.text);
    strbuf_release(&out);
    return text;
}

/* ---- Answering ---- */

const char *case_answer_text(const Catalog *catalog, Arena *arena, const Case *asked, Oid result, const Oid *args)
{
    const char *text = result ? case_type_name(catalog, arena, type_base(catalog, result)) : "ok";
    const char *separator = " (";
    bool any = false;
    for (size_t i = 0; i < asked->nargs; i++) {
        if (asked->args[i] != TYPE_UNKNOWN || asked->literals[i])
            continue;
        text = arena_printf(arena, "%s%s%s", text, separator, case_type_name(catalog, arena, args[i]));
        separator = ", ";
        any = true;
    }
    return any ? arena_printf(arena, "%s)", text) : text;
}

/* An untyped argument that the call leaves untyped is an error in the end. */
static const char *answer_typed(const Catalog *catalog, Arena *arena, const Case *asked, Oid result,
                                const Oid *args)
{
    for (size_t i = 0; i < asked->nargs; i++)
        if (asked->args[i] == TYPE_UNKNOWN && !asked->literals[i] &&
            (args[i] == TYPE_ANY || args[i] == TYPE_UNKNOWN))
            return SQLSTATE_INDETERMINATE_DATATYPE;
    return case_answer_text(catalog, arena, asked, result, args);
}

const char *case_error_text(Arena *arena, const char *code, const char *message, const char *detail)
{
    return arena_printf(arena, detail ? "%s %s: %s" : "%s %s", code, message, detail);
}

static bool has_internal(const FunctionDetail *detail)
{
    for (size_t i = 0; i < detail->ndeclared; i++)
        if (detail->declared[i] == TYPE_INTERNAL)
            return true;
    return detail->return_type == TYPE_INTERNAL;
}

/* What only the parser of calls checks about kinds of functions. */
static bool kind_fits(const Function *function, const Case *asked)
{
    if (asked->kind == CASE_INVOKE)
        return function->kind == PROKIND_PROCEDURE;
    if (function->kind == PROKIND_AGGREGATE) /* count() has to be count(*) */
        return function->aggregate_kind == 'n' && function->nargs > 0;
    return function->kind != PROKIND_PROCEDURE && (function->kind == PROKIND_WINDOW) == asked->over;
}

static const char *answer_resolved_call(const Catalog *catalog, Arena *arena, const Case *asked,
                                        const FunctionDetail *detail)
{
    Oid *actual = arena_array_of(arena, detail->ndeclared, Oid);
    Oid *declared = arena_memdup(arena, detail->declared, detail->ndeclared * sizeof(Oid));
    PolymorphicError error;
    memcpy(actual, declared, detail->ndeclared * sizeof(Oid)); /* defaults are of the declared type */
    memcpy(actual, asked->args, asked->nargs * sizeof(Oid));
    if (!kind_fits(detail->function, asked))
        return SQLSTATE_WRONG_OBJECT_TYPE;
    Oid result = polymorphic_resolve(catalog, arena, detail->ndeclared, actual, declared, detail->return_type,
                                     false, &error);
    if (!result)
        return case_error_text(arena, error.code, error.message, error.detail);
    if (detail->nvariadic && detail->variadic_element != TYPE_ANY &&
        !type_array(catalog, declared[detail->ndeclared - 1]))
        return case_error_text(arena, SQLSTATE_UNDEFINED_OBJECT,
                               arena_printf(arena, "could not find array type for data type %s",
                                            catalog_format_type(catalog, arena, declared[detail->ndeclared - 1])),
                               NULL);
    if (has_internal(detail))
        return SQLSTATE_FEATURE_NOT_SUPPORTED;
    if (asked->variadic && detail->variadic_element == TYPE_ANY &&
        !type_base_element(catalog, asked->args[asked->nargs - 1]))
        return case_error_text(arena, SQLSTATE_DATATYPE_MISMATCH, "VARIADIC argument must be an array", NULL);
    return answer_typed(catalog, arena, asked, asked->kind == CASE_INVOKE ? INVALID_OID : result, declared);
}

static const char *answer_call(const Catalog *catalog, Arena *arena, const Case *asked)
{
    FunctionCall call = {.name = asked->name,
                         .nargs = asked->nargs,
                         .args = asked->args,
                         .names = asked->names + asked->nargs - asked->nnames,
                         .nnames = asked->nnames,
                         .variadic_call = asked->variadic,
                         .expand_variadic = true,
                         .expand_defaults = true,
                         .include_out_arguments = asked->kind == CASE_INVOKE,
                         .no_cast = asked->over,
                         .literal = asked->literals[0]};
    FunctionDetail detail;
    function_resolve(catalog, arena, &call, &detail);
    switch (detail.verdict) {
    case FUNCDETAIL_NOT_FOUND:
        return SQLSTATE_UNDEFINED_FUNCTION;
    case FUNCDETAIL_MULTIPLE:
        return SQLSTATE_AMBIGUOUS_FUNCTION;
    case FUNCDETAIL_COERCION:
        return case_answer_text(catalog, arena, asked, detail.return_type, &detail.return_type);
    case FUNCDETAIL_NORMAL:
    case FUNCDETAIL_PROCEDURE:
    case FUNCDETAIL_AGGREGATE:
    case FUNCDETAIL_WINDOW:
        return answer_resolved_call(catalog, arena, asked, &detail);
    }
    return "?";
}

static const char *answer_op(const Catalog *catalog, Arena *arena, const Case *asked)
{
    bool ambiguous, prefix = asked->nargs == 1;
    PolymorphicError error;
    Oid left = prefix ? INVALID_OID : asked->args[0];
    const Operator *op =
        operator_resolve(catalog, arena, INVALID_OID, asked->name, left, asked->args[asked->nargs - 1], &ambiguous);
    if (!op)
        return ambiguous ? SQLSTATE_AMBIGUOUS_FUNCTION : SQLSTATE_UNDEFINED_FUNCTION;
    Oid declared[2] = {prefix ? op->right : op->left, op->right};
    Oid result =
        polymorphic_resolve(catalog, arena, asked->nargs, asked->args, declared, op->result, false, &error);
    return result ? answer_typed(catalog, arena, asked, result, declared)
                  : case_error_text(arena, error.code, error.message, error.detail);
}

static const char *answer_common(const Catalog *catalog, Arena *arena, const Case *asked)
{
    Oid types[CASE_ARGS];
    size_t conflict, with;
    Oid common = coercion_common_type(catalog, asked->nargs, asked->args, &conflict, &with);
    if (!common)
        return case_error_text(
            arena, SQLSTATE_DATATYPE_MISMATCH,
            arena_printf(arena, "COALESCE types %s and %s cannot be matched",
                         catalog_format_type(catalog, arena, type_base(catalog, asked->args[with])),
                         catalog_format_type(catalog, arena, type_base(catalog, asked->args[conflict]))),
            NULL);
    if (!coercion_common_type_fits(catalog, common, asked->nargs, asked->args))
        return SQLSTATE_CANNOT_COERCE;
    for (size_t i = 0; i < asked->nargs; i++)
        types[i] = common;
    return case_answer_text(catalog, arena, asked, common, types);
}

const char *case_answer(const Catalog *catalog, Arena *arena, const Case *asked)
{
    SortGroupOperators operators;
    Oid first = asked->args[0], second = asked->args[1];
    switch (asked->kind) {
    case CASE_CALL:
    case CASE_INVOKE:
        return answer_call(catalog, arena, asked);
    case CASE_OP:
        return answer_op(catalog, arena, asked);
    case CASE_CAST:
        return coercion_possible(catalog, 1, &first, &second, COERCION_EXPLICIT)
                   ? case_answer_text(catalog, arena, asked, second, &second)
                   : SQLSTATE_CANNOT_COERCE;
    case CASE_ASSIGN:
        return coercion_possible(catalog, 1, &first, &second, COERCION_ASSIGNMENT)
                   ? case_answer_text(catalog, arena, asked, INVALID_OID, &second)
                   : SQLSTATE_DATATYPE_MISMATCH;
    case CASE_COMMON:
        return answer_common(catalog, arena, asked);
    case CASE_ORDER:
        operators = type_sort_group_operators(catalog, first);
        return operators.lt && operators.eq ? "ok" : SQLSTATE_UNDEFINED_FUNCTION;
    case CASE_EQUAL:
        operators = type_sort_group_operators(catalog, first);
        return operators.eq ? "ok" : SQLSTATE_UNDEFINED_FUNCTION;
    }
    return "?";
}
