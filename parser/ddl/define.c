/* CREATE of what PostgreSQL's grammar calls DefineStmt; of collations here (DefineCollation), of others in files of
 * their own. */
#include "ddl/ddl_private.h"

static bool conflict(Ddl *ddl, const AstDefElem *option, const char *detail)
{
    Diag *diag =
        ddl_error(ddl, detail ? -1 : option->location, SQLSTATE_SYNTAX_ERROR, "conflicting or redundant options");
    if (detail)
        ddl_detail(ddl, diag, "%s", detail);
    return false;
}

static bool check_names(Ddl *ddl, const AstDefineStmt *define)
{
    static const char *const names[] = {"from",     "locale",        "lc_collate", "lc_ctype",
                                        "provider", "deterministic", "rules",      "version"};
    enum { RULES = 6, RULES_SINCE = 16 };
    for (size_t i = 0; i < define->n_definition; i++) {
        const AstDefElem *option = define->definition[i]->def_elem;
        size_t at = 0;
        while (at < sizeof names / sizeof *names && strcmp(names[at], option->defname) != 0)
            at++;
        if (at == sizeof names / sizeof *names || (at == RULES && catalog_version(ddl->catalog) < RULES_SINCE))
            return ddl_fail(ddl, option->location, SQLSTATE_SYNTAX_ERROR,
                            "collation attribute \"%s\" not recognized", option->defname);
        for (size_t j = 0; j < i; j++)
            if (strcmp(define->definition[j]->def_elem->defname, option->defname) == 0)
                return conflict(ddl, option, NULL);
    }
    return true;
}

static bool check_locale(Ddl *ddl, const AstDefineStmt *define)
{
    const AstDefElem *locale = definition_option(define, "locale"),
                     *collate = definition_option(define, "lc_collate"),
                     *ctype = definition_option(define, "lc_ctype");
    const char *provider = ast_option_text(ddl->scratch, definition_option(define, "provider"));
    bool libc = !provider || strcmp(provider, "libc") == 0;
    if (!libc && strcmp(provider, "icu") != 0 && strcmp(provider, "builtin") != 0)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION, "unrecognized collation provider: %s",
                        provider);
    const char *missing = !libc && !locale              ? "locale"
                          : libc && !locale && !collate ? "lc_collate"
                          : libc && !locale && !ctype   ? "lc_ctype"
                                                        : NULL;
    if (missing)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION, "parameter \"%s\" must be specified", missing);
    const AstDefElem *deterministic = definition_option(define, "deterministic");
    return !libc || !deterministic || ddl_option_bool(ddl, deterministic) ||
           ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "nondeterministic collations not supported with this provider");
}

static bool check_collation(Ddl *ddl, const AstDefineStmt *define)
{
    if (!check_names(ddl, define))
        return false;
    const AstDefElem *from = definition_option(define, "from"), *locale = definition_option(define, "locale");
    if (locale && (definition_option(define, "lc_collate") || definition_option(define, "lc_ctype")))
        return conflict(ddl, locale, "LOCALE cannot be specified together with LC_COLLATE or LC_CTYPE.");
    if (from && define->n_definition != 1)
        return conflict(ddl, from, "FROM cannot be specified together with any other options.");
    return from || check_locale(ddl, define);
}

static Collation *copied_collation(Ddl *ddl, const AstDefineStmt *define)
{
    const AstDefElem *from = definition_option(define, "from");
    Collation *collation = arena_new_of(ddl->arena, Collation);
    collation->deterministic = true;
    if (!from)
        return collation;
    AstItems names = definition_names(ddl, from);
    bool failed = false;
    Oid oid = analyze_collation_name(&ddl->context, names.len, names.items, -1, &failed);
    return failed || !oid ? NULL : catalog_edit_collation(ddl->catalog, oid);
}

bool define_collation(Ddl *ddl, const AstDefineStmt *define)
{
    const char *name;
    Oid schema = name_creation_schema(ddl, AST_ITEMS(define, defnames), &name);
    if (!schema)
        return false;
    if (!check_collation(ddl, define))
        return false;
    Collation *collation = copied_collation(ddl, define);
    if (!collation)
        return false;
    if (catalog_find_collation_in(ddl->catalog, schema, name))
        return define->if_not_exists ||
               ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "collation \"%s\" already exists", name);
    collation->oid = catalog_new_oid(ddl->catalog);
    collation->name = arena_strdup(ddl->arena, name);
    collation->schema = schema;
    collation->span = ddl_span(ddl, -1);
    const AstDefElem *deterministic = definition_option(define, "deterministic");
    if (deterministic)
        collation->deterministic = ddl_option_bool(ddl, deterministic);
    catalog_put_collation(ddl->catalog, collation);
    depend_on_schema(ddl, address_of(CLASS_COLLATION, collation->oid), schema);
    return true;
}

bool define_object(Ddl *ddl, const AstNode *node)
{
    const AstDefineStmt *define = node->define_stmt;
    switch ((int)define->kind) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
        return define_aggregate(ddl, define);
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR:
        return define_operator(ddl, define);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
        return define_type(ddl, define);
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION:
        return define_collation(ddl, define);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TSPARSER:
        return define_text_search(ddl, define, CLASS_TS_PARSER);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TSDICTIONARY:
        return define_text_search(ddl, define, CLASS_TS_DICT);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TSTEMPLATE:
        return define_text_search(ddl, define, CLASS_TS_TEMPLATE);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TSCONFIGURATION:
        return define_text_search(ddl, define, CLASS_TS_CONFIG);
    default:
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "unsupported kind of object");
    }
}
