/* Parameters of text search dictionaries: those that the init function of the template takes (PostgreSQL's
 * verify_dictoptions, and the init functions of dict_simple.c, dict_synonym.c, dict_ispell.c, dict_thesaurus.c and
 * dict_snowball.c). Whether the files they name are there is for the server to say. */
#include "ddl/ddl_private.h"

#include <strings.h>

typedef enum ParameterType {
    PARAMETER_FILE,
    PARAMETER_BOOL,
    PARAMETER_DICTIONARY,
    PARAMETER_STEMMER
} ParameterType;

typedef struct Parameter {
    const char *name, *label; /* label: as messages write it */
    ParameterType type;
    bool repeatable, optional;
} Parameter;

typedef struct InitFunction {
    const char *name, *template, *label; /* template: of PostgreSQL's own, which it belongs to */
    Parameter parameters[4];             /* required ones in the order in which they are missed */
} InitFunction;

static const InitFunction init_functions[] = {
    {"dsimple_init",
     "simple",
     "simple dictionary",
     {{"stopwords", "StopWords", PARAMETER_FILE, false, true}, {"accept", "Accept", PARAMETER_BOOL, false, true}}},
    {"dsynonym_init",
     "synonym",
     "synonym",
     {{"synonyms", "Synonyms", PARAMETER_FILE, true, false},
      {"casesensitive", "CaseSensitive", PARAMETER_BOOL, true, true}}},
    {"dispell_init",
     "ispell",
     "Ispell",
     {{"afffile", "AffFile", PARAMETER_FILE, false, false},
      {"dictfile", "DictFile", PARAMETER_FILE, false, false},
      {"stopwords", "StopWords", PARAMETER_FILE, false, true}}},
    {"thesaurus_init",
     "thesaurus",
     "Thesaurus",
     {{"dictfile", "DictFile", PARAMETER_FILE, false, false},
      {"dictionary", "Dictionary", PARAMETER_DICTIONARY, false, false}}},
    {"dsnowball_init",
     "snowball",
     "Snowball",
     {{"language", "Language", PARAMETER_STEMMER, false, false},
      {"stopwords", "StopWords", PARAMETER_FILE, false, true}}},
};
enum { NINIT_FUNCTIONS = sizeof init_functions / sizeof *init_functions, NPARAMETERS = 4 };

/* NULL when the function is not one of these, and nothing is known about it. */
static const InitFunction *init_function_of(const Ddl *ddl, const NamedObject *template)
{
    const Function *init = template->made_of ? catalog_function(ddl->catalog, template->made_of) : NULL;
    bool builtin = template->oid < FIRST_USER_OID;
    for (size_t i = 0; i < NINIT_FUNCTIONS; i++) {
        if (builtin && strcmp(init_functions[i].template, template->name) == 0)
            return &init_functions[i];
        if (init && init->oid < FIRST_USER_OID && strcmp(init_functions[i].name, init->name) == 0)
            return &init_functions[i];
    }
    return NULL;
}

/* ---- values ---- */

static bool check_stemmer(Ddl *ddl, const char *language)
{
    static const char *const stemmers[] = {
        "arabic",     "armenian", "basque",    "catalan", "danish",     "dutch",      "english", "finnish",
        "french",     "german",   "greek",     "hindi",   "hungarian",  "indonesian", "irish",   "italian",
        "lithuanian", "nepali",   "norwegian", "porter",  "portuguese", "romanian",   "russian", "serbian",
        "spanish",    "swedish",  "tamil",     "turkish", "yiddish",    "estonian"};
    enum { LAST_IN_ALL = sizeof stemmers / sizeof *stemmers - 1, FIRST_WITH_ESTONIAN = 18 };
    size_t n = LAST_IN_ALL + (catalog_version(ddl->catalog) >= FIRST_WITH_ESTONIAN ? 1 : 0);
    for (size_t i = 0; i < n; i++)
        if (strcasecmp(stemmers[i], language) == 0)
            return true;
    return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT,
                    "no Snowball stemmer available for language \"%s\" and encoding \"%s\"", language, "UTF8");
}

static bool check_value(Ddl *ddl, const Parameter *parameter, const AstDefElem *option)
{
    bool value;
    const char *text = ast_option_text(ddl->scratch, option);
    if (parameter->type == PARAMETER_BOOL && option->arg && !ast_option_bool(option, &value))
        return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "%s requires a Boolean value", option->defname);
    if (parameter->type == PARAMETER_STEMMER && text)
        return check_stemmer(ddl, text);
    return true;
}

/* A thesaurus asks for its dictionary once all else is right. */
static bool check_dictionary(Ddl *ddl, const AstDefElem *option)
{
    return !option || !option->arg || text_search_require(ddl, CLASS_TS_DICT, definition_names(ddl, option));
}

/* ---- the list ---- */

static bool has_name(const Names *names, const char *name)
{
    for (size_t i = 0; i < names->len; i++)
        if (strcmp(names->items[i], name) == 0)
            return true;
    return false;
}

static const Parameter *find_parameter(const InitFunction *init, const char *name)
{
    for (size_t i = 0; i < NPARAMETERS && init->parameters[i].name; i++)
        if (strcmp(init->parameters[i].name, name) == 0)
            return &init->parameters[i];
    return NULL;
}

/* What AlterTSDictionary makes of old and new ones: each given one takes the old one's place, or leaves it empty.
 */
static void merge(Ddl *ddl, OptionNames old, AstItems given, bool altering, Names *names)
{
    for (size_t i = 0; i < old.len; i++) {
        bool replaced = false;
        for (size_t k = 0; k < given.len; k++)
            replaced |= strcmp(given.items[k]->def_elem->defname, old.items[i]) == 0;
        if (!replaced)
            vec_push(ddl->arena, names, old.items[i]);
    }
    for (size_t i = 0; i < given.len; i++) {
        const AstDefElem *option = given.items[i]->def_elem;
        if (!altering || (option->arg && !has_name(names, option->defname)))
            vec_push(ddl->arena, names, arena_strdup(ddl->arena, option->defname));
    }
}

static bool check_names(Ddl *ddl, const InitFunction *init, const Names *names)
{
    Names seen = {0};
    for (size_t i = 0; i < names->len; i++) {
        const Parameter *parameter = find_parameter(init, names->items[i]);
        if (!parameter)
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "unrecognized %s parameter: \"%s\"",
                            init->label, names->items[i]);
        if (has_name(&seen, names->items[i]) && !parameter->repeatable)
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "multiple %s parameters", parameter->label);
        vec_push(ddl->scratch, &seen, names->items[i]);
    }
    for (size_t i = 0; i < NPARAMETERS && init->parameters[i].name; i++)
        if (!init->parameters[i].optional && !has_name(names, init->parameters[i].name))
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "missing %s parameter",
                            init->parameters[i].label);
    return true;
}

bool ts_parameters_check(Ddl *ddl, const NamedObject *template, OptionNames old, AstItems given, bool altering,
                         OptionNames *names)
{
    const InitFunction *init = init_function_of(ddl, template);
    Names merged = {0};
    merge(ddl, old, given, altering, &merged);
    *names = (OptionNames){merged.items, merged.len};
    if (!init) {
        bool none = template->oid >= FIRST_USER_OID && !template->made_of && !template->owner_extension;
        return !none || !merged.len ||
               ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "text search template \"%s\" does not accept options",
                        template->name);
    }
    if (!check_names(ddl, init, &merged))
        return false;
    for (size_t i = 0; i < given.len; i++) {
        const AstDefElem *option = given.items[i]->def_elem;
        if (!check_value(ddl, find_parameter(init, option->defname), option))
            return false;
    }
    const AstDefElem *dictionary = ast_option(given, "dictionary");
    return !dictionary || find_parameter(init, "dictionary")->type != PARAMETER_DICTIONARY ||
           check_dictionary(ddl, dictionary);
}
