/* sqlc's macros and @name made into numbered parameters.
 *
 * The statement is read with PostgreSQL's scanner, so a macro in a string, a comment or an operator's name is none.
 * Numbers that the query writes itself stay; each new name takes the lowest number that the query writes nowhere,
 * in the order of the text, and keeps it. Everything that is not replaced is copied byte for byte. */
#include "source/queries_private.h"

#include "base/map.h"
#include "source/lex.h"
#include "source/sql_builder.h"

#include <string.h>
#include <strings.h>

enum { HIGHEST_PARAMETER = 65535 }; /* the protocol counts parameters in 16 bits */

typedef VEC(Span) Spans;

/* A parameter in the making. */
typedef struct Param {
    QueryParam param;
    Spans spans;
    bool narg;
} Param;

typedef struct Rewrite {
    Arena *arena;
    Diags *diags;
    const SqlText *sql; /* of the whole file */
    uint32_t start, end;
    const Token *tokens; /* of the statement, without comments */
    size_t ntokens;
    VEC(Param *) params;
    IntMap by_number;
    StrMap by_name; /* folded */
    int next_number;
    VEC(QueryEmbed) embeds;
    SqlBuilder builder;
    bool failed;
} Rewrite;

/* ---- parameters ---- */

static Span token_span(const Rewrite *rewrite, const Token *first, const Token *last)
{
    return (Span){rewrite->sql->file, first->start, last->end};
}

/* The number of a $n token, 0 for one that PostgreSQL has not. */
static int param_number(const Rewrite *rewrite, const Token *token)
{
    int number = 0;
    for (uint32_t i = token->start + 1; i < token->end; i++) {
        number = number * 10 + (rewrite->sql->text[i] - '0');
        if (number > HIGHEST_PARAMETER)
            return 0;
    }
    return number;
}

static Param *add_param(Rewrite *rewrite, int number, const char *name)
{
    Param *param = arena_new_of(rewrite->arena, Param);
    param->param.number = number;
    param->param.name = name;
    vec_push(rewrite->arena, &rewrite->params, param);
    intmap_put(rewrite->arena, &rewrite->by_number, (uint64_t)number, param);
    return param;
}

static void note_use(Rewrite *rewrite, Param *param, Span span)
{
    vec_push(rewrite->arena, &param->spans, span);
}

/* Collects the numbers that the query writes itself. */
static void read_numbers(Rewrite *rewrite)
{
    for (size_t i = 0; i < rewrite->ntokens && !rewrite->failed; i++) {
        const Token *token = &rewrite->tokens[i];
        if (token->kind != TOKEN_PARAM)
            continue;
        int number = param_number(rewrite, token);
        if (number == 0) {
            diag_error(rewrite->diags, token_span(rewrite, token, token), SQLSTATE_UNDEFINED_PARAMETER,
                       "there is no parameter %.*s", (int)(token->end - token->start),
                       rewrite->sql->text + token->start);
            rewrite->failed = true;
            continue;
        }
        Param *param = intmap_get(&rewrite->by_number, (uint64_t)number);
        note_use(rewrite, param ? param : add_param(rewrite, number, NULL), token_span(rewrite, token, token));
    }
}

static const char *fold(Arena *arena, const char *name)
{
    char *folded = arena_strdup(arena, name);
    for (char *c = folded; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    return folded;
}

/* The parameter of a name, new or known, used at span. */
static Param *named_param(Rewrite *rewrite, const char *name, Span span)
{
    const char *folded = fold(rewrite->arena, name);
    Param *param = strmap_get(&rewrite->by_name, folded);
    if (!param) {
        do
            rewrite->next_number++;
        while (intmap_get(&rewrite->by_number, (uint64_t)rewrite->next_number));
        param = add_param(rewrite, rewrite->next_number, name);
        strmap_put(rewrite->arena, &rewrite->by_name, folded, param);
    }
    note_use(rewrite, param, span);
    return param;
}

static const char *placeholder(const Rewrite *rewrite, const Param *param)
{
    return arena_printf(rewrite->arena, "$%d", param->param.number);
}

/* ---- macros ---- */

static const Token *token_at(const Rewrite *rewrite, size_t i)
{
    return i < rewrite->ntokens ? &rewrite->tokens[i] : NULL;
}

static bool token_at_is(const Rewrite *rewrite, size_t i, const char *text)
{
    return i < rewrite->ntokens && token_is(rewrite->sql->text, &rewrite->tokens[i], text);
}

static bool is_word(const Token *token)
{
    return token && (token->kind == TOKEN_IDENT || token->kind == TOKEN_KEYWORD);
}

static void fail(Rewrite *rewrite, Span span, const char *hint, const char *message)
{
    Diag *diag = diag_error(rewrite->diags, span, ANNOTATION_ERROR, "%s", message);
    if (hint)
        diag_hint(rewrite->diags, diag, "%s", hint);
    rewrite->failed = true;
}

/* Operators that end in @ only because no blank was put before @name. PostgreSQL has no operators of these names;
 * one of them beside a name is a slip that would be reported far from its cause. */
static bool glued_operator(const Rewrite *rewrite, const Token *token)
{
    static const char *const glued[] = {"=@",  "<>@", "!=@", "<=@", ">=@", ">@",
                                        "||@", "+@",  "-@",  "*@",  "/@",  "%@"};
    for (size_t i = 0; i < sizeof glued / sizeof *glued; i++)
        if (token_is(rewrite->sql->text, token, glued[i]))
            return true;
    return false;
}

/* `@name`, the two side by side. Returns how many tokens it took. */
static size_t at_name(Rewrite *rewrite, size_t i)
{
    const Token *sign = token_at(rewrite, i), *name = token_at(rewrite, i + 1);
    if (sign->kind != TOKEN_OPERATOR || !is_word(name) || name->start != sign->end)
        return 0;
    if (token_is(rewrite->sql->text, sign, "@")) {
        Param *param = named_param(rewrite, token_identifier(rewrite->arena, rewrite->sql->text, name),
                                   token_span(rewrite, sign, name));
        builder_replace(&rewrite->builder, sign->start, name->end, placeholder(rewrite, param));
        return 2;
    }
    if (glued_operator(rewrite, sign))
        fail(rewrite, token_span(rewrite, sign, name),
             arena_printf(rewrite->arena, "put a space before \"@%s\"",
                          token_identifier(rewrite->arena, rewrite->sql->text, name)),
             arena_printf(rewrite->arena, "PostgreSQL reads \"%.*s\" as one operator",
                          (int)(sign->end - sign->start), rewrite->sql->text + sign->start));
    return 0;
}

/* A macro's call: sqlc.name(...) from token `first` to `last`, its arguments from `open` + 1. */
typedef struct Call {
    const char *name;
    size_t first, open, last;
} Call;

/* The one argument of arg, narg and slice; NULL when reported. */
static const char *parameter_name(Rewrite *rewrite, const Call *call)
{
    const Token *argument = token_at(rewrite, call->open + 1);
    const char *text = rewrite->sql->text;
    Span span = token_span(rewrite, &rewrite->tokens[call->first], &rewrite->tokens[call->last]);
    size_t n = call->last - call->open - 1;
    if (n == 1 && is_word(argument))
        return token_identifier(rewrite->arena, text, argument);
    if (n == 1 && argument->kind == TOKEN_STRING && text[argument->start] == '\'' &&
        argument->end - argument->start > 2)
        return arena_strndup(rewrite->arena, text + argument->start + 1, argument->end - argument->start - 2);
    fail(rewrite, span,
         arena_printf(rewrite->arena, "write sqlc.%s(name) or sqlc.%s('name')", call->name, call->name),
         arena_printf(rewrite->arena,
                      n == 0 ? "sqlc.%s expects a parameter's name"
                             : "sqlc.%s expects one parameter's name and nothing else",
                      call->name));
    return NULL;
}

static void expand_arg(Rewrite *rewrite, const Call *call)
{
    const char *name = parameter_name(rewrite, call);
    if (!name)
        return;
    const Token *first = &rewrite->tokens[call->first], *last = &rewrite->tokens[call->last];
    Param *param = named_param(rewrite, name, token_span(rewrite, first, last));
    param->narg |= strcmp(call->name, "narg") == 0;
    builder_replace(&rewrite->builder, first->start, last->end, placeholder(rewrite, param));
}

/* The IN that the item at [first, last] is in the list of: the number of its token, or 0. */
static size_t enclosing_in(const Rewrite *rewrite, size_t first, size_t last)
{
    bool before = first > 0 && (token_at_is(rewrite, first - 1, "(") || token_at_is(rewrite, first - 1, ","));
    if (!before || !(token_at_is(rewrite, last + 1, ",") || token_at_is(rewrite, last + 1, ")")))
        return 0;
    size_t depth = 0;
    for (size_t i = first - 1; i > 0; i--) {
        if (token_at_is(rewrite, i, ")"))
            depth++;
        else if (token_at_is(rewrite, i, "(") && depth-- == 0)
            return token_at_is(rewrite, i - 1, "in") ? i - 1 : 0;
    }
    return 0;
}

/* sqlc.slice(x) is an array. As the whole list of IN and NOT IN it becomes = ANY and <> ALL, which mean the same;
 * everywhere else it stands for the array itself. */
static void expand_slice(Rewrite *rewrite, const Call *call)
{
    const char *name = parameter_name(rewrite, call);
    if (!name)
        return;
    const Token *tokens = rewrite->tokens, *first = &tokens[call->first], *last = &tokens[call->last];
    Param *param = named_param(rewrite, name, token_span(rewrite, first, last));
    param->param.is_slice = true;
    if (call->first > 0 && token_at_is(rewrite, call->first - 1, "in")) {
        fail(rewrite, token_span(rewrite, first, last),
             arena_printf(rewrite->arena, "write IN (sqlc.slice(%s))", name), "the list of IN is in parentheses");
        return;
    }
    size_t in = enclosing_in(rewrite, call->first, call->last);
    if (in && (in + 2 != call->first || !token_at_is(rewrite, call->last + 1, ")"))) {
        fail(rewrite, token_span(rewrite, first, last), "write IN (sqlc.slice(...)) with nothing beside it",
             "sqlc.slice must be the whole list of IN");
        return;
    }
    if (in) {
        param->param.in_list = true;
        bool not = token_at_is(rewrite, in - 1, "not");
        builder_replace(&rewrite->builder, tokens[not ? in - 1 : in].start, tokens[in + 1].end,
                        not ? "<> ALL (" : "= ANY (");
    }
    builder_replace(&rewrite->builder, first->start, last->end, placeholder(rewrite, param));
}

/* The table of sqlc.embed, [from, to]: a name of up to two parts, which may be in single quotes like those of other
 * macros. False when reported. */
static bool embedded_name(Rewrite *rewrite, const Call *call, uint32_t *from, uint32_t *to, const char **name)
{
    const char *text = rewrite->sql->text;
    size_t n = call->last - call->open - 1;
    const Token *first = token_at(rewrite, call->open + 1), *last = &rewrite->tokens[call->last - 1];
    *from = first->start;
    *to = last->end;
    if (n == 1 && first->kind == TOKEN_STRING && text[*from] == '\'' && *to - *from > 2) {
        ++*from;
        --*to;
        *name = fold(rewrite->arena, arena_strndup(rewrite->arena, text + *from, *to - *from));
        return true;
    }
    if (is_word(first) && (n == 1 || (n == 3 && token_at_is(rewrite, call->open + 2, ".") && is_word(last)))) {
        *name = token_identifier(rewrite->arena, text, last);
        if (text[last->start] != '"')
            *name = fold(rewrite->arena, *name);
        return true;
    }
    fail(rewrite, token_span(rewrite, &rewrite->tokens[call->first], &rewrite->tokens[call->last]),
         "write sqlc.embed(table), with a table's name or alias",
         "sqlc.embed expects the name of a table of the query");
    return false;
}

/* What stands behind the macro's call as its alias, `AS name` or `name`: the last token, or NULL. */
static const Token *alias_of(const Rewrite *rewrite, const Call *call)
{
    if (token_at_is(rewrite, call->last + 1, "as"))
        return is_word(token_at(rewrite, call->last + 2)) ? token_at(rewrite, call->last + 2) : NULL;
    const Token *next = token_at(rewrite, call->last + 1);
    return next && next->kind == TOKEN_IDENT ? next : NULL;
}

/* sqlc.embed(t) becomes t.*, with the name copied so that its place stays exact. An alias is not for the server. */
static void expand_embed(Rewrite *rewrite, const Call *call)
{
    uint32_t from, to;
    const char *name;
    if (!embedded_name(rewrite, call, &from, &to, &name))
        return;
    const Token *first = &rewrite->tokens[call->first], *last = &rewrite->tokens[call->last];
    const Token *alias = alias_of(rewrite, call);
    builder_copy(&rewrite->builder, first->start);
    rewrite->builder.copied = from;
    QueryEmbed *embed = vec_add(rewrite->arena, &rewrite->embeds);
    *embed = (QueryEmbed){.offset = (uint32_t)rewrite->builder.out.len,
                          .name = name,
                          .as = alias ? token_identifier(rewrite->arena, rewrite->sql->text, alias) : name,
                          .span = {rewrite->sql->file, from, to}};
    builder_copy(&rewrite->builder, to);
    if (alias)
        last = alias;
    builder_put(&rewrite->builder, ".*", first->start, last->end);
    rewrite->builder.copied = last->end;
}

static const struct {
    const char *name;
    void (*expand)(Rewrite *rewrite, const Call *call);
} macros[] = {{"arg", expand_arg}, {"narg", expand_arg}, {"slice", expand_slice}, {"embed", expand_embed}};
enum { NMACROS = sizeof macros / sizeof *macros };

static void unknown_macro(Rewrite *rewrite, size_t first, const char *name)
{
    Diag *diag =
        diag_error(rewrite->diags, token_span(rewrite, &rewrite->tokens[first], &rewrite->tokens[first + 2]),
                   SQLSTATE_UNDEFINED_FUNCTION, "function \"sqlc.%s\" does not exist", name);
    NearestName nearest = {.wanted = name};
    for (size_t i = 0; i < NMACROS; i++)
        nearest_offer(&nearest, macros[i].name);
    if (nearest.found)
        diag_hint(rewrite->diags, diag, "did you mean \"sqlc.%s\"?", nearest.found);
    else
        diag_hint(rewrite->diags, diag, "macros are sqlc.arg, sqlc.narg, sqlc.slice and sqlc.embed");
    rewrite->failed = true;
}

/* The token that closes the parenthesis at `open`, or 0. */
static size_t closing(const Rewrite *rewrite, size_t open)
{
    size_t depth = 0;
    for (size_t i = open; i < rewrite->ntokens; i++) {
        if (token_at_is(rewrite, i, "("))
            depth++;
        else if (token_at_is(rewrite, i, ")") && --depth == 0)
            return i;
    }
    return 0;
}

/* `sqlc.name(...)`. Returns how many tokens it took. */
static size_t macro_call(Rewrite *rewrite, size_t i)
{
    const Token *word = token_at(rewrite, i + 2);
    bool shape = rewrite->tokens[i].kind == TOKEN_IDENT && token_at_is(rewrite, i, "sqlc") &&
                 token_at_is(rewrite, i + 1, ".") && is_word(word) && token_at_is(rewrite, i + 3, "(") &&
                 (i == 0 || !token_at_is(rewrite, i - 1, "."));
    if (!shape)
        return 0;
    size_t last = closing(rewrite, i + 3);
    if (!last)
        return 0; /* the parser will say so */
    const char *name = fold(rewrite->arena, token_identifier(rewrite->arena, rewrite->sql->text, word));
    Call call = {name, i, i + 3, last};
    for (size_t k = 0; k < NMACROS; k++) {
        if (strcmp(name, macros[k].name) == 0) {
            macros[k].expand(rewrite, &call);
            return last - i + 1;
        }
    }
    unknown_macro(rewrite, i, name);
    return last - i + 1;
}

/* ---- the statement ---- */

static void finish_params(const Rewrite *rewrite, AnnotatedQuery *query)
{
    /* Explicit ones come first and out of order; placing them by number sorts them. */
    int highest = 0;
    for (size_t i = 0; i < rewrite->params.len; i++)
        if (rewrite->params.items[i]->param.number > highest)
            highest = rewrite->params.items[i]->param.number;
    query->params = arena_array_of(rewrite->arena, rewrite->params.len, QueryParam);
    query->nparams = 0;
    for (int number = 1; number <= highest; number++) {
        Param *param = intmap_get(&rewrite->by_number, (uint64_t)number);
        if (!param)
            continue;
        param->param.null = param->narg ? QUERY_NULLABLE : QUERY_NULL_UNSAID;
        param->param.spans = param->spans.items;
        param->param.nspans = param->spans.len;
        query->params[query->nparams++] = param->param;
    }
}

/* Only a statement with one of these can hold a macro: `@` before a name, or sqlc. */
static bool may_have_macros(const SqlText *text, uint32_t start, uint32_t end)
{
    for (const char *c = text->text + start, *last = text->text + end; c < last; c++) {
        if (*c == '@' && c + 1 < last && (builder_is_word_byte(c[1]) || c[1] == '"'))
            return true;
        if ((*c == 's' || *c == 'S') && last - c > 4 && strncasecmp(c, "sqlc", 4) == 0)
            return true;
    }
    return false;
}

/* The statement's tokens, without comments. Where there can be no macro the numbered parameters alone are of
 * interest, and found more cheaply. */
static bool read_tokens(Rewrite *rewrite)
{
    VEC(Token) tokens = {0};
    if (may_have_macros(rewrite->sql, rewrite->start, rewrite->end)) {
        TokenList all = {0};
        if (!scan_tokens(rewrite->arena, rewrite->sql, rewrite->start, rewrite->end, rewrite->diags, &all))
            return false;
        for (size_t i = 0; i < all.len; i++)
            if (!token_is_comment(&all.items[i]))
                vec_push(rewrite->arena, &tokens, all.items[i]);
    } else if (memchr(rewrite->sql->text + rewrite->start, '$', rewrite->end - rewrite->start)) {
        Lexer lexer = {.text = rewrite->sql->text, .len = rewrite->end, .at = rewrite->start};
        for (Lexeme lexeme; lex_next(&lexer, &lexeme);)
            if (lexeme.kind == LEX_PARAM)
                vec_push(rewrite->arena, &tokens, ((Token){lexeme.start, lexeme.end, TOKEN_PARAM, KEYWORD_NONE}));
    }
    rewrite->tokens = tokens.items;
    rewrite->ntokens = tokens.len;
    return true;
}

bool macros_rewrite(Arena *arena, const SqlText *text, uint32_t start, uint32_t end, Diags *diags,
                    AnnotatedQuery *query)
{
    Rewrite rewrite = {.arena = arena, .diags = diags, .sql = text, .start = start, .end = end};
    rewrite.builder = (SqlBuilder){.arena = arena, .source = text, .end = end, .copied = start};
    if (!read_tokens(&rewrite))
        return false;
    read_numbers(&rewrite);
    for (size_t i = 0; i < rewrite.ntokens && !rewrite.failed;) {
        size_t taken = at_name(&rewrite, i);
        if (!taken)
            taken = macro_call(&rewrite, i);
        i += taken ? taken : 1;
    }
    if (rewrite.failed)
        return false;
    if (rewrite.next_number > HIGHEST_PARAMETER) {
        diag_error(diags, (Span){text->file, start, end}, SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                   "a query can have at most %d parameters", HIGHEST_PARAMETER);
        return false;
    }
    query->sql = builder_finish(&rewrite.builder);
    query->embeds = rewrite.embeds.items;
    query->nembeds = rewrite.embeds.len;
    finish_params(&rewrite, query);
    return true;
}
