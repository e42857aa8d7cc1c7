/* Text search configurations: which dictionaries take which tokens (PostgreSQL's DefineTSConfiguration,
 * AlterTSConfiguration, makeConfigurationDependencies). */
#include "ddl/ddl_private.h"

/* The tokens of the default parser, by number (wparser_def.c). */
static const char *const default_tokens[] = {
    NULL,       "asciiword", "word",     "numword",       "email",      "url",
    "host",     "sfloat",    "version",  "hword_numpart", "hword_part", "hword_asciipart",
    "blank",    "tag",       "protocol", "numhword",      "asciihword", "hword",
    "url_path", "file",      "float",    "int",           "uint",       "entity",
};
enum { NDEFAULT_TOKENS = sizeof default_tokens / sizeof *default_tokens };

/* ---- PostgreSQL's own configurations ---- */

static Oid own_dictionary(const Ddl *ddl, const char *name)
{
    const NamedObject *found = catalog_find_object_in(ddl->catalog, CLASS_TS_DICT, SCHEMA_PG_CATALOG, name);
    return found ? found->oid : INVALID_OID;
}

/* Words go to the language's stemmer, everything else that is text or a number to "simple" (snowball_create.sql).
 */
static TokenMappings own_mappings(const Ddl *ddl, const char *configuration)
{
    static const char *const words[] = {"word", "hword", "hword_part"};
    static const char *const ascii_words[] = {"asciiword", "asciihword", "hword_asciipart"};
    static const char *const unmapped[] = {"blank", "tag", "protocol", "entity"};
    bool foreign_script = strcmp(configuration, "russian") == 0 || strcmp(configuration, "hindi") == 0;
    Oid simple = own_dictionary(ddl, "simple");
    Oid stemmer = own_dictionary(ddl, arena_printf(ddl->scratch, "%s_stem", configuration));
    Oid ascii = foreign_script ? own_dictionary(ddl, "english_stem") : stemmer;
    VEC(TokenMapping) mappings = {0};
    for (int token = 1; token < NDEFAULT_TOKENS; token++) {
        const char *name = default_tokens[token];
        Oid dictionary = simple;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            dictionary = strcmp(name, words[i]) == 0 && stemmer ? stemmer : dictionary;
            dictionary = strcmp(name, ascii_words[i]) == 0 && ascii ? ascii : dictionary;
        }
        for (size_t i = 0; i < sizeof unmapped / sizeof *unmapped; i++)
            dictionary = strcmp(name, unmapped[i]) == 0 ? INVALID_OID : dictionary;
        if (dictionary)
            vec_push(ddl->arena, &mappings, ((TokenMapping){token, dictionary}));
    }
    return (TokenMappings){mappings.items, mappings.len};
}

static TokenMappings mappings_of(const Ddl *ddl, const NamedObject *configuration)
{
    return configuration->oid < FIRST_USER_OID ? own_mappings(ddl, configuration->name) : configuration->mappings;
}

/* ---- the catalog ---- */

static void put(Ddl *ddl, NamedObject *edit)
{
    ObjectAddress self = address_of(CLASS_TS_CONFIG, edit->oid);
    catalog_put_object(ddl->catalog, edit);
    DependencyList old = catalog_references(ddl->catalog, ddl->scratch, self);
    for (size_t i = 0; i < old.len; i++)
        if (old.items[i].referenced.class == CLASS_TS_DICT)
            depend_forget(ddl, self, old.items[i].referenced);
    IntMap seen = {0};
    for (size_t i = 0; i < edit->mappings.len; i++) {
        Oid dictionary = edit->mappings.items[i].dictionary;
        if (!intmap_put(ddl->scratch, &seen, dictionary, edit))
            depend_on(ddl, self, address_of(CLASS_TS_DICT, dictionary), DEPENDENCY_NORMAL);
    }
}

bool ts_configuration_define(Ddl *ddl, const AstDefineStmt *define, Oid schema, const char *name)
{
    const AstDefElem *copy = NULL, *parser = NULL;
    for (size_t i = 0; i < define->n_definition; i++) {
        const AstDefElem *option = define->definition[i]->def_elem;
        if (strcmp(option->defname, "parser") == 0)
            parser = option;
        else if (strcmp(option->defname, "copy") == 0)
            copy = option;
        else
            return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR,
                            "text search configuration parameter \"%s\" not recognized", option->defname);
        if (!text_search_require(ddl, option == copy ? CLASS_TS_CONFIG : CLASS_TS_PARSER,
                                 definition_names(ddl, option)))
            return false;
    }
    if (copy && parser)
        return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "cannot specify both PARSER and COPY options");
    if (!copy && !parser)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION, "text search parser is required");
    const NamedObject *source = text_search_require(ddl, copy ? CLASS_TS_CONFIG : CLASS_TS_PARSER,
                                                    definition_names(ddl, copy ? copy : parser));
    NamedObject *edit = source ? text_search_create(ddl, CLASS_TS_CONFIG, schema, name) : NULL;
    if (!edit)
        return false;
    edit->made_of = copy ? source->made_of : source->oid; /* 0: the default parser, of what is PostgreSQL's own */
    if (copy)
        edit->mappings = mappings_of(ddl, source);
    depend_on(ddl, address_of(CLASS_TS_CONFIG, edit->oid), address_of(CLASS_TS_PARSER, edit->made_of),
              DEPENDENCY_NORMAL);
    put(ddl, edit);
    return true;
}

/* ---- tokens ---- */

typedef VEC(int) Tokens;

/* Whether the parser's tokens are those of the default one. */
static bool has_default_tokens(const Ddl *ddl, const NamedObject *configuration)
{
    const NamedObject *parser = catalog_object(ddl->catalog, CLASS_TS_PARSER, configuration->made_of);
    const Function *tokens = parser && parser->made_of ? catalog_function(ddl->catalog, parser->made_of) : NULL;
    return !configuration->made_of || configuration->made_of < FIRST_USER_OID ||
           (tokens && tokens->oid < FIRST_USER_OID && strcmp(tokens->name, "prsd_lextype") == 0);
}

/* getTokenTypes: each once */
static bool find_tokens(Ddl *ddl, const NamedObject *configuration, AstItems names, Tokens *tokens)
{
    if (!has_default_tokens(ddl, configuration))
        return true;
    for (size_t i = 0; i < names.len; i++) {
        const char *name = ast_string(names.items[i]);
        int token = 1;
        bool again = false;
        while (token < NDEFAULT_TOKENS && strcmp(default_tokens[token], name) != 0)
            token++;
        if (token == NDEFAULT_TOKENS)
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "token type \"%s\" does not exist", name);
        for (size_t k = 0; k < tokens->len; k++)
            again |= tokens->items[k] == token;
        if (!again)
            vec_push(ddl->scratch, tokens, token);
    }
    return true;
}

static bool is_one_of(const Tokens *tokens, int token)
{
    for (size_t i = 0; i < tokens->len; i++)
        if (tokens->items[i] == token)
            return true;
    return false;
}

/* ---- mappings ---- */

typedef VEC(TokenMapping) Mappings;

/* All but those of the tokens. */
static void keep_others(Ddl *ddl, TokenMappings old, const Tokens *tokens, Mappings *kept)
{
    for (size_t i = 0; i < old.len; i++)
        if (!is_one_of(tokens, old.items[i].token))
            vec_push(ddl->arena, kept, old.items[i]);
}

static bool is_mapped(TokenMappings mappings, int token)
{
    for (size_t i = 0; i < mappings.len; i++)
        if (mappings.items[i].token == token)
            return true;
    return false;
}

static bool drop_mappings(Ddl *ddl, TokenMappings old, const Tokens *tokens, bool missing_ok, Mappings *kept)
{
    for (size_t i = 0; !missing_ok && i < tokens->len; i++)
        if (!is_mapped(old, tokens->items[i]))
            return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "mapping for token type \"%s\" does not exist",
                            default_tokens[tokens->items[i]]);
    keep_others(ddl, old, tokens, kept);
    return true;
}

static bool find_dictionaries(Ddl *ddl, const PgQuery__AlterTSConfigurationStmt *stmt, Oids *dictionaries)
{
    for (size_t i = 0; i < stmt->n_dicts; i++) {
        const NamedObject *found = text_search_require(ddl, CLASS_TS_DICT, ast_items(stmt->dicts[i]));
        if (!found)
            return false;
        vec_push(ddl->scratch, dictionaries, found->oid);
    }
    return true;
}

/* REPLACE old WITH new, for the tokens or for all of them. */
static void replace(Ddl *ddl, TokenMappings old, const Tokens *tokens, const Oids *dictionaries, Mappings *kept)
{
    for (size_t i = 0; i < old.len; i++) {
        TokenMapping mapping = old.items[i];
        if (mapping.dictionary == dictionaries->items[0] && (!tokens->len || is_one_of(tokens, mapping.token)))
            mapping.dictionary = dictionaries->items[1];
        vec_push(ddl->arena, kept, mapping);
    }
}

/* ADD, and ALTER with override, which takes the old ones' place. */
static bool add(Ddl *ddl, TokenMappings old, const Tokens *tokens, const Oids *dictionaries, bool override,
                Mappings *kept)
{
    const Tokens none = {0};
    keep_others(ddl, old, override ? tokens : &none, kept);
    for (size_t i = 0; !override && i < tokens->len; i++)
        if (is_mapped(old, tokens->items[i]))
            return ddl_fail(ddl, -1, SQLSTATE_UNIQUE_VIOLATION,
                            "duplicate key value violates unique constraint \"pg_ts_config_map_index\"");
    for (size_t k = 0; k < dictionaries->len; k++) {
        for (size_t i = 0; i < tokens->len; i++)
            vec_push(ddl->arena, kept, ((TokenMapping){tokens->items[i], dictionaries->items[k]}));
        if (!tokens->len) /* of another parser */
            vec_push(ddl->arena, kept, ((TokenMapping){0, dictionaries->items[k]}));
    }
    return true;
}

bool alter_ts_configuration(Ddl *ddl, const AstNode *node)
{
    const PgQuery__AlterTSConfigurationStmt *stmt = node->alter_tsconfiguration_stmt;
    const NamedObject *configuration = text_search_require_own(ddl, CLASS_TS_CONFIG, AST_ITEMS(stmt, cfgname));
    Tokens tokens = {0};
    Oids dictionaries = {0};
    Mappings kept = {0};
    if (!configuration || !find_tokens(ddl, configuration, AST_ITEMS(stmt, tokentype), &tokens) ||
        !find_dictionaries(ddl, stmt, &dictionaries))
        return false;
    TokenMappings old = mappings_of(ddl, configuration);
    if (!stmt->n_dicts) {
        if (!drop_mappings(ddl, old, &tokens, stmt->missing_ok, &kept))
            return false;
    } else if (stmt->replace) {
        replace(ddl, old, &tokens, &dictionaries, &kept);
    } else if (!add(ddl, old, &tokens, &dictionaries, stmt->override, &kept)) {
        return false;
    }
    if (configuration->oid < FIRST_USER_OID)
        return true;
    NamedObject *edit = catalog_edit_object(ddl->catalog, CLASS_TS_CONFIG, configuration->oid);
    edit->mappings = (TokenMappings){kept.items, kept.len};
    put(ddl, edit);
    return true;
}
