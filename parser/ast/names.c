/* Reading names, strings, lists and options out of raw nodes. */
#include "ast/ast.h"

#include "base/strbuf.h"

#include <string.h>
#include <strings.h>

const char *ast_kind_name(const AstNode *node)
{
    switch (ast_kind(node)) {
#define NAME(type, kind)                                                                                           \
    case AST_##kind:                                                                                               \
        return #type;
        AST_NODES(NAME)
#undef NAME
    default:
        return "(none)";
    }
}

AstItems ast_items(const AstNode *node)
{
    if (!node)
        return (AstItems){NULL, 0};
    if (ast_kind(node) == AST_LIST)
        return AST_ITEMS(node->list, items);
    return (AstItems){.items = NULL, .len = 0};
}

const char *ast_string(const AstNode *node)
{
    return ast_kind(node) == AST_STRING ? node->string->sval : NULL;
}

bool ast_integer(const AstNode *node, int32_t *value)
{
    if (ast_kind(node) == AST_INTEGER) {
        *value = node->integer->ival;
        return true;
    }
    if (ast_kind(node) == AST_A_CONST && !node->a_const->isnull &&
        node->a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL) {
        *value = node->a_const->ival->ival;
        return true;
    }
    return false;
}

bool ast_name(AstItems list, AstName *name)
{
    *name = (AstName){0};
    if (list.len == 0 || list.len > 3)
        return false;
    for (size_t i = 0; i < list.len; i++)
        if (!ast_string(list.items[i]))
            return false;
    name->name = ast_string(list.items[list.len - 1]);
    if (list.len > 1)
        name->schema = ast_string(list.items[list.len - 2]);
    if (list.len > 2)
        name->catalog = ast_string(list.items[0]);
    return true;
}

AstName ast_range_var_name(const AstRangeVar *relation)
{
    return (AstName){ast_text(relation->catalogname), ast_text(relation->schemaname), ast_text(relation->relname)};
}

const char *ast_name_text(Arena *arena, AstItems list)
{
    StrBuf text;
    strbuf_init(&text);
    for (size_t i = 0; i < list.len; i++) {
        const char *part = ast_string(list.items[i]);
        if (i > 0)
            strbuf_add_char(&text, '.');
        strbuf_add(&text, part ? part : ast_kind(list.items[i]) == AST_A_STAR ? "*" : "");
    }
    const char *copy = arena_strdup(arena, text.text);
    strbuf_release(&text);
    return copy;
}

const AstDefElem *ast_option(AstItems options, const char *name)
{
    for (size_t i = 0; i < options.len; i++)
        if (ast_kind(options.items[i]) == AST_DEF_ELEM && strcmp(options.items[i]->def_elem->defname, name) == 0)
            return options.items[i]->def_elem;
    return NULL;
}

const char *ast_option_text(Arena *arena, const AstDefElem *option)
{
    const AstNode *arg = option ? option->arg : NULL;
    switch (ast_kind(arg)) {
    case AST_STRING:
        return arg->string->sval;
    case AST_FLOAT:
        return arg->float_->fval;
    case AST_INTEGER:
        return arena_printf(arena, "%d", arg->integer->ival);
    case AST_BOOLEAN:
        return arg->boolean->boolval ? "true" : "false";
    case AST_TYPE_NAME:
        return ast_name_text(arena, AST_ITEMS(arg->type_name, names));
    case AST_LIST:
        return ast_name_text(arena, AST_ITEMS(arg->list, items));
    case AST_A_STAR:
        return "*";
    default:
        return NULL;
    }
}

bool ast_option_bool(const AstDefElem *option, bool *value)
{
    static const struct {
        const char *text;
        bool value;
    } words[] = {{"true", true}, {"on", true}, {"false", false}, {"off", false}};
    const AstNode *arg = option->arg;
    int32_t number;
    *value = true;
    if (!arg || ast_kind(arg) == AST_NONE) /* an option that is only named is on */
        return true;
    if (ast_kind(arg) == AST_BOOLEAN) {
        *value = arg->boolean->boolval;
        return true;
    }
    if (ast_integer(arg, &number)) {
        *value = number == 1;
        return number == 0 || number == 1;
    }
    /* a bare word was parsed as a type's name */
    bool word = ast_kind(arg) == AST_TYPE_NAME && arg->type_name->n_names == 1;
    const char *text = ast_string(word ? arg->type_name->names[0] : arg);
    for (size_t i = 0; text && i < sizeof words / sizeof *words; i++) {
        if (strcasecmp(text, words[i].text) == 0) {
            *value = words[i].value;
            return true;
        }
    }
    return false;
}
