/* Text search parsers, templates and dictionaries (PostgreSQL's tsearchcmds.c); the parameters of dictionaries are
 * in ts_parameters.c, configurations in ts_configuration.c. */
#include "ddl/ddl_private.h"

const NamedObject *text_search_require(Ddl *ddl, ObjectClass class, AstItems names)
{
    const char *schema, *name;
    if (!analyze_qualified_name(&ddl->context, names.len, names.items, &schema, &name))
        return NULL;
    Oid in = schema ? name_schema(ddl, schema, false) : INVALID_OID;
    if (schema && !in)
        return NULL;
    const NamedObject *found = schema ? catalog_find_object_in(ddl->catalog, class, in, name)
                                      : catalog_find_object(ddl->catalog, class, name);
    if (!found)
        ddl_error(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "%s \"%s\" does not exist", named_object_label(class),
                  ast_name_text(ddl->scratch, names));
    return found;
}

const NamedObject *text_search_require_own(Ddl *ddl, ObjectClass class, AstItems names)
{
    const NamedObject *found = text_search_require(ddl, class, names);
    if (!found || !owner_is_other(ddl, address_of(class, found->oid)))
        return found;
    owner_fail(ddl, (ObjectLabel){named_object_label(class), ast_name_text(ddl->scratch, names)});
    return NULL;
}

/* ---- CREATE ---- */

/* A method of a parser or template: its option and its arguments. */
typedef struct Method {
    const char *option;
    size_t nargs;
    Oid args[4];
} Method;

static const Method parser_methods[] = {
    {"start", 2, {TYPE_INTERNAL, TYPE_INT4}},
    {"gettoken", 3, {TYPE_INTERNAL, TYPE_INTERNAL, TYPE_INTERNAL}},
    {"end", 1, {TYPE_INTERNAL}},
    {"headline", 3, {TYPE_INTERNAL, TYPE_INTERNAL, TYPE_TSQUERY}},
    {"lextypes", 1, {TYPE_INTERNAL}},
    {NULL, 0, {0}},
};
static const Method template_methods[] = {
    {"init", 1, {TYPE_INTERNAL}},
    {"lexize", 4, {TYPE_INTERNAL, TYPE_INTERNAL, TYPE_INTERNAL, TYPE_INTERNAL}},
    {NULL, 0, {0}},
};

/* Looks the functions up; *main is that of the option `wanted`, the new object depends on all of them. */
static bool find_methods(Ddl *ddl, const AstDefineStmt *define, const Method *methods, const char *what,
                         const char *wanted, Oids *functions, Oid *main)
{
    for (size_t i = 0; i < define->n_definition; i++) {
        const AstDefElem *option = define->definition[i]->def_elem;
        const Method *method = methods;
        while (method->option && strcmp(method->option, option->defname) != 0)
            method++;
        if (!method->option)
            return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "text search %s parameter \"%s\" not recognized", what,
                            option->defname);
        const Function *function =
            function_lookup(ddl, definition_names(ddl, option), method->args, method->nargs, false);
        if (!function)
            return false;
        vec_push(ddl->scratch, functions, function->oid);
        if (strcmp(option->defname, wanted) == 0)
            *main = function->oid;
    }
    return true;
}

static bool check_required(Ddl *ddl, const AstDefineStmt *define, const char *what, const char *const *required)
{
    for (; *required; required++)
        if (!definition_option(define, *required))
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION, "text search %s %s method is required",
                            what, *required);
    return true;
}

/* Nothing but the index of the system catalog sees to it that names are unique. */
static bool check_free(Ddl *ddl, ObjectClass class, Oid schema, const char *name)
{
    static const struct {
        ObjectClass class;
        const char *index, *prefix;
    } indexes[] = {{CLASS_TS_PARSER, "pg_ts_parser_prsname_index", "prs"},
                   {CLASS_TS_TEMPLATE, "pg_ts_template_tmplname_index", "tmpl"},
                   {CLASS_TS_DICT, "pg_ts_dict_dictname_index", "dict"},
                   {CLASS_TS_CONFIG, "pg_ts_config_cfgname_index", "cfg"}};
    if (!catalog_find_object_in(ddl->catalog, class, schema, name))
        return true;
    size_t i = 0;
    while (indexes[i].class != class)
        i++;
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_UNIQUE_VIOLATION,
                           "duplicate key value violates unique constraint \"%s\"", indexes[i].index);
    ddl_detail(ddl, diag, "Key (%sname, %snamespace)=(%s, %u) already exists.", indexes[i].prefix,
               indexes[i].prefix, name, schema);
    return false;
}

NamedObject *text_search_create(Ddl *ddl, ObjectClass class, Oid schema, const char *name)
{
    Oid oid = check_free(ddl, class, schema, name) ? named_object_create(ddl, class, schema, name) : INVALID_OID;
    return oid ? catalog_edit_object(ddl->catalog, class, oid) : NULL;
}

/* Parsers and templates. */
static bool define_by_methods(Ddl *ddl, const AstDefineStmt *define, ObjectClass class, Oid schema,
                              const char *name)
{
    static const char *const of_parser[] = {"start", "gettoken", "end", "lextypes", NULL};
    static const char *const of_template[] = {"lexize", NULL};
    bool parser = class == CLASS_TS_PARSER;
    const char *what = parser ? "parser" : "template";
    Oids functions = {0};
    Oid made_of = INVALID_OID;
    if (!find_methods(ddl, define, parser ? parser_methods : template_methods, what, parser ? "lextypes" : "init",
                      &functions, &made_of) ||
        !check_required(ddl, define, what, parser ? of_parser : of_template))
        return false;
    NamedObject *object = text_search_create(ddl, class, schema, name);
    if (!object)
        return false;
    object->made_of = made_of;
    catalog_put_object(ddl->catalog, object);
    for (size_t i = 0; i < functions.len; i++)
        depend_on(ddl, address_of(class, object->oid), address_of(CLASS_FUNCTION, functions.items[i]),
                  DEPENDENCY_NORMAL);
    return true;
}

/* ---- dictionaries ---- */

static bool define_dictionary(Ddl *ddl, const AstDefineStmt *define, Oid schema, const char *name)
{
    const AstDefElem *template = NULL;
    Items parameters = {0};
    for (size_t i = 0; i < define->n_definition; i++) {
        if (strcmp(define->definition[i]->def_elem->defname, "template") == 0)
            template = define->definition[i]->def_elem;
        else
            vec_push(ddl->scratch, &parameters, define->definition[i]);
    }
    if (!template)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION, "text search template is required");
    const NamedObject *found = text_search_require(ddl, CLASS_TS_TEMPLATE, definition_names(ddl, template));
    OptionNames names;
    if (!found || !ts_parameters_check(ddl, found, (OptionNames){0}, (AstItems){parameters.items, parameters.len},
                                       false, &names))
        return false;
    NamedObject *object = text_search_create(ddl, CLASS_TS_DICT, schema, name);
    if (!object)
        return false;
    object->made_of = found->oid;
    object->options = names;
    catalog_put_object(ddl->catalog, object);
    depend_on(ddl, address_of(CLASS_TS_DICT, object->oid), address_of(CLASS_TS_TEMPLATE, found->oid),
              DEPENDENCY_NORMAL);
    return true;
}

/* Of PostgreSQL's own dictionaries the parameters are not kept: what changes in them is not looked at. */
bool alter_ts_dictionary(Ddl *ddl, const AstNode *node)
{
    const AstAlterTSDictionaryStmt *stmt = node->alter_tsdictionary_stmt;
    const NamedObject *dictionary = text_search_require_own(ddl, CLASS_TS_DICT, AST_ITEMS(stmt, dictname));
    if (!dictionary || !dictionary->made_of)
        return dictionary != NULL;
    NamedObject *edit = catalog_edit_object(ddl->catalog, CLASS_TS_DICT, dictionary->oid);
    const NamedObject *template = catalog_object(ddl->catalog, CLASS_TS_TEMPLATE, dictionary->made_of);
    if (!ts_parameters_check(ddl, template, dictionary->options, AST_ITEMS(stmt, options), true, &edit->options))
        return false;
    catalog_put_object(ddl->catalog, edit);
    return true;
}

/* ---- CREATE TEXT SEARCH … ---- */

bool define_text_search(Ddl *ddl, const AstDefineStmt *define, ObjectClass class)
{
    const char *name;
    bool superusers = class == CLASS_TS_PARSER || class == CLASS_TS_TEMPLATE;
    if (superusers && role_lacks_superuser(ddl))
        return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be superuser to create %ss",
                        named_object_label(class));
    Oid schema = name_creation_schema(ddl, AST_ITEMS(define, defnames), &name);
    if (!schema)
        return false;
    return superusers               ? define_by_methods(ddl, define, class, schema, name)
           : class == CLASS_TS_DICT ? define_dictionary(ddl, define, schema, name)
                                    : ts_configuration_define(ddl, define, schema, name);
}
