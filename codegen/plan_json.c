/* emit_json: which structs there is a function for that makes JSON of them, and the keys it uses.
 *
 * Keys are the columns' SQL names, in the style of sqlc's json_tags_case_style. Like sqlc's struct fields those
 * that are there twice get a number. */
#include "codegen/plan.h"

#include "base/strbuf.h"

#include <string.h>

/* ---- Keys ---------------------------------------------------------------------------------------------------- */

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* A word between underscores; the first one of camelCase stays as it is. */
static void add_word(StrBuf *out, const char *word, size_t len, bool capital, bool uppercase_id)
{
    if (capital && uppercase_id && len == 2 && strncmp(word, "id", 2) == 0) {
        strbuf_add(out, "ID");
        return;
    }
    for (size_t i = 0; i < len; i++)
        strbuf_add_char(out, capital && i == 0 ? upper(word[i]) : word[i]);
}

static void add_words(StrBuf *out, const char *name, bool capital, bool uppercase_id)
{
    for (;;) {
        size_t len = strcspn(name, "_");
        add_word(out, name, len, capital, uppercase_id);
        if (name[len] == '\0')
            return;
        name += len + 1;
        capital = true;
    }
}

static const char *key_of(const Plan *plan, const char *name)
{
    StrBuf key;
    strbuf_init(&key);
    switch (plan->options->key_style) {
    case KEY_STYLE_NONE:
        strbuf_add(&key, name);
        break;
    case KEY_STYLE_CAMEL:
        add_words(&key, name, false, plan->options->uppercase_id_in_keys);
        break;
    case KEY_STYLE_PASCAL:
        add_words(&key, name, true, true);
        break;
    case KEY_STYLE_SNAKE:
        for (; *name != '\0'; name++)
            strbuf_add_char(&key, lower(*name));
        break;
    }
    const char *text = arena_strdup(plan->arena, key.text);
    strbuf_release(&key);
    return text;
}

const char **plan_keys(Plan *plan, const char *const *names, size_t n)
{
    if (!plan->options->emit_json)
        return NULL;
    NameScope scope = {.arena = plan->arena};
    const char **keys = arena_array_of(plan->arena, n, const char *);
    for (size_t i = 0; i < n; i++)
        keys[i] = scope_take(&scope, key_of(plan, names[i]));
    return keys;
}

/* ---- Functions ----------------------------------------------------------------------------------------------- */

void plan_json_struct(Plan *plan, StructDef *def)
{
    if (!plan->options->emit_json)
        return;
    const char *owner = arena_printf(plan->arena, "the JSON of %s", def->name);
    def->json_function = globals_take(&plan->globals, name_derive(plan->arena, def->name, "to_json"), owner);
    def->json_shape = globals_take(&plan->globals, name_derive(plan->arena, def->name, "shape"), owner);
}

static const char *claim_function(Plan *plan, const QueryPlan *query, const char *of)
{
    const char *name = name_derive(plan->arena, of, "to_json");
    return plan_claim(plan, query->query, name, "a function") ? name : NULL;
}

bool plan_json_query(Plan *plan, QueryPlan *query)
{
    StructDef *row = query->row;
    if (!plan->options->emit_json)
        return true;
    const char *base = name_snake(plan->arena, query->query->name);
    if (row != NULL && row->json_function == NULL) {
        row->json_function = claim_function(plan, query, row->name);
        row->json_shape =
            query->row_is_own
                ? plan_constant(plan, "shape", base)
                : globals_take(&plan->globals, name_derive(plan->arena, row->name, "shape"), "the JSON of a row");
        if (row->json_function == NULL)
            return false;
    }
    if (query->rows != NULL && (query->rows_json = claim_function(plan, query, query->rows)) == NULL)
        return false;
    if (query->params_struct == NULL)
        return true;
    query->params_json = claim_function(plan, query, query->params_struct);
    query->params_shape = plan_constant(plan, "params_shape", base);
    const char **names = arena_array_of(plan->arena, query->nargs, const char *);
    for (size_t i = 0; i < query->nargs; i++)
        names[i] = query->args[i].param->name;
    const char **keys = plan_keys(plan, names, query->nargs);
    for (size_t i = 0; i < query->nargs; i++)
        query->args[i].key = keys[i];
    return query->params_json != NULL;
}

/* ---- Types --------------------------------------------------------------------------------------------------- */

static void use_fields(Plan *plan, const StructDef *def)
{
    for (size_t i = 0; i < def->nfields; i++)
        ctype_use(plan, def->fields[i].type);
}

void plan_json_models(Plan *plan)
{
    if (!plan->options->emit_json)
        return;
    bool all = !plan->options->omit_unused_structs;
    for (size_t i = 0; i < plan->tables.len; i++) {
        const StructDef *def = &plan->tables.items[i]->def;
        if (def->problem == NULL && (all || def->is_used))
            use_fields(plan, def);
    }
    for (size_t i = 0; i < plan->structs.len; i++)
        if (all && plan->structs.items[i]->kind == CKIND_COMPOSITE)
            ctype_use(plan, plan->structs.items[i]);
}

bool plan_json_is_opaque(const CType *type)
{
    if (type->kind == CKIND_CUSTOM)
        return true;
    for (size_t i = 0; type->fields != NULL && i < type->fields->nfields; i++)
        if (plan_json_is_opaque(type->fields->fields[i].type))
            return true;
    return type->element != NULL && plan_json_is_opaque(type->element);
}
