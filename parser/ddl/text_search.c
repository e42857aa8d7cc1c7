/* Text search parsers, templates, dictionaries and configurations: what they are made of must exist (PostgreSQL's
 * tsearchcmds.c). The parameters of a dictionary are its template's. */
#include "ddl/ddl_private.h"

/* The object; NULL after the error that there is none. */
static const NamedObject *require(Ddl *ddl, ObjectClass class, AstItems names)
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

static const NamedObject *require_own(Ddl *ddl, ObjectClass class, AstItems names)
{
    const NamedObject *found = require(ddl, class, names);
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

static bool check_methods(Ddl *ddl, const AstDefineStmt *define, const Method *methods, const char *what)
{
    for (size_t i = 0; i < define->n_definition; i++) {
        const AstDefElem *option = define->definition[i]->def_elem;
        const Method *method = methods;
        while (method->option && strcmp(method->option, option->defname) != 0)
            method++;
        if (!method->option)
            return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "text search %s parameter \"%s\" not recognized", what,
                            option->defname);
        if (!function_lookup(ddl, definition_names(ddl, option), method->args, method->nargs, false))
            return false;
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

static bool check_parser(Ddl *ddl, const AstDefineStmt *define)
{
    static const char *const required[] = {"start", "gettoken", "end", "lextypes", NULL};
    return check_methods(ddl, define, parser_methods, "parser") && check_required(ddl, define, "parser", required);
}

static bool check_template(Ddl *ddl, const AstDefineStmt *define)
{
    static const char *const required[] = {"lexize", NULL};
    return check_methods(ddl, define, template_methods, "template") &&
           check_required(ddl, define, "template", required);
}

static bool check_dictionary(Ddl *ddl, const AstDefineStmt *define)
{
    const AstDefElem *template = definition_option(define, "template");
    if (!template)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION, "text search template is required");
    return require(ddl, CLASS_TS_TEMPLATE, definition_names(ddl, template)) != NULL;
}

static bool check_configuration(Ddl *ddl, const AstDefineStmt *define)
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
        if (!require(ddl, option == copy ? CLASS_TS_CONFIG : CLASS_TS_PARSER, definition_names(ddl, option)))
            return false;
    }
    if (copy && parser)
        return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "cannot specify both PARSER and COPY options");
    return copy || parser ||
           ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION, "text search parser is required");
}

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
    bool good = class == CLASS_TS_PARSER     ? check_parser(ddl, define)
                : class == CLASS_TS_TEMPLATE ? check_template(ddl, define)
                : class == CLASS_TS_DICT     ? check_dictionary(ddl, define)
                                             : check_configuration(ddl, define);
    return good && named_object_create(ddl, class, schema, name) != INVALID_OID;
}

/* ---- ALTER ---- */

bool alter_ts_dictionary(Ddl *ddl, const AstNode *node)
{
    return require_own(ddl, CLASS_TS_DICT, AST_ITEMS(node->alter_tsdictionary_stmt, dictname)) != NULL;
}

bool alter_ts_configuration(Ddl *ddl, const AstNode *node)
{
    const PgQuery__AlterTSConfigurationStmt *stmt = node->alter_tsconfiguration_stmt;
    if (!require_own(ddl, CLASS_TS_CONFIG, AST_ITEMS(stmt, cfgname)))
        return false;
    for (size_t i = 0; i < stmt->n_dicts; i++)
        if (!require(ddl, CLASS_TS_DICT, ast_items(stmt->dicts[i])))
            return false;
    return true;
}
