/* The extensions of PostgreSQL's own distribution that are procedural languages and transforms for them: PL/Perl,
 * PL/Python, PL/Tcl. Their objects follow a pattern, of which their installation scripts are made here. */
#include "ddl/ddl_private.h"

#define VERSION "1.0"

struct LanguageExtension {
    const char *name;
    const char *language; /* of a transform, NULL for a language itself */
    const char *type;     /* of a transform; the extension that has it is called likewise, unless it is built in */
    const char *prefix;   /* in the names of the functions */
    bool trusted;         /* CREATE TRUSTED LANGUAGE */
    bool only_one;        /* of a language: no functions for DO and validation; of a transform: none to SQL */
};

static const LanguageExtension extensions[] = {
    {"plperl", NULL, NULL, "plperl", true, false},
    {"plperlu", NULL, NULL, "plperlu", false, false},
    {"plpython3u", NULL, NULL, "plpython3", false, false},
    {"pltcl", NULL, NULL, "pltcl", true, true},
    {"pltclu", NULL, NULL, "pltclu", false, true},
    {"bool_plperl", "plperl", "bool", "plperl", false, false},
    {"bool_plperlu", "plperlu", "bool", "plperlu", false, false},
    {"hstore_plperl", "plperl", "hstore", "plperl", false, false},
    {"hstore_plperlu", "plperlu", "hstore", "plperlu", false, false},
    {"hstore_plpython3u", "plpython3u", "hstore", "plpython3", false, false},
    {"jsonb_plperl", "plperl", "jsonb", "plperl", false, false},
    {"jsonb_plperlu", "plperlu", "jsonb", "plperlu", false, false},
    {"jsonb_plpython3u", "plpython3u", "jsonb", "plpython3", false, false},
    {"ltree_plpython3u", "plpython3u", "ltree", "plpython3", false, true},
};

const LanguageExtension *extension_find_language(const char *name)
{
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        if (strcmp(extensions[i].name, name) == 0)
            return &extensions[i];
    return NULL;
}

void language_missing(Ddl *ddl, const char *name)
{
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "language \"%s\" does not exist", name);
    if (extension_find_language(name) || catalog_extension_info(ddl->catalog, ddl->scratch, name))
        ddl_hint(ddl, diag, "Use CREATE EXTENSION to load the language into the database.");
}

static const char *language_script(Arena *arena, const LanguageExtension *extension)
{
    const char *p = extension->prefix;
    const char *others =
        extension->only_one
            ? ""
            : arena_printf(arena,
                           "CREATE FUNCTION %s_inline_handler(internal) RETURNS void STRICT LANGUAGE c AS 'x';\n"
                           "CREATE FUNCTION %s_validator(oid) RETURNS void STRICT LANGUAGE c AS 'x';\n",
                           p, p);
    const char *clauses =
        extension->only_one ? "" : arena_printf(arena, " INLINE %s_inline_handler VALIDATOR %s_validator", p, p);
    return arena_printf(arena,
                        "CREATE FUNCTION %s_call_handler() RETURNS language_handler LANGUAGE c AS 'x';\n"
                        "%sCREATE %sLANGUAGE %s HANDLER %s_call_handler%s;\n",
                        p, others, extension->trusted ? "TRUSTED " : "", extension->name, p, clauses);
}

static const char *transform_script(Arena *arena, const LanguageExtension *extension)
{
    const char *t = extension->type, *p = extension->prefix;
    const char *to_sql = extension->only_one ? ""
                                             : arena_printf(arena,
                                                            "CREATE FUNCTION %s_to_%s(val internal) RETURNS %s "
                                                            "LANGUAGE c STRICT IMMUTABLE AS 'x';\n",
                                                            p, t, t);
    const char *clause =
        extension->only_one ? "" : arena_printf(arena, ", TO SQL WITH FUNCTION %s_to_%s(internal)", p, t);
    return arena_printf(arena,
                        "CREATE FUNCTION %s_to_%s(val internal) RETURNS internal "
                        "LANGUAGE c STRICT IMMUTABLE AS 'x';\n"
                        "%sCREATE TRANSFORM FOR %s LANGUAGE %s (FROM SQL WITH FUNCTION %s_to_%s(internal)%s);\n",
                        t, p, to_sql, t, extension->language, t, p, clause);
}

static bool require(Ddl *ddl, const LanguageExtension *extension, const char *name, const char *asked, bool cascade)
{
    bool type_is_built_in = !catalog_extension_info(ddl->catalog, ddl->scratch, name) &&
                            !extension_find_language(name) && !extension_find_declared(ddl, name);
    if (type_is_built_in || catalog_find_object(ddl->catalog, CLASS_EXTENSION, name))
        return true;
    return cascade ? extension_create(ddl, name, asked, NULL, true)
                   : extension_missing_requirement(ddl, EXTENSION_MISSING_REQUIRED, extension->name, name);
}

static void depend_on_required(Ddl *ddl, const LanguageExtension *extension, const char *name)
{
    const NamedObject *self = catalog_find_object(ddl->catalog, CLASS_EXTENSION, extension->name);
    const NamedObject *required = name ? catalog_find_object(ddl->catalog, CLASS_EXTENSION, name) : NULL;
    if (required)
        depend_on(ddl, address_of(CLASS_EXTENSION, self->oid), address_of(CLASS_EXTENSION, required->oid),
                  DEPENDENCY_NORMAL);
}

bool extension_create_language(Ddl *ddl, const LanguageExtension *extension, const char *asked, const char *version,
                               bool cascade)
{
    const char *fixed = extension->language ? NULL : "pg_catalog";
    const ExtensionInfo info = {extension->name, VERSION, fixed, !fixed};
    if (version && strcmp(version, VERSION) != 0)
        return extension_unknown_version(ddl, &info, version);
    Oid schema = extension_target_schema(ddl, asked, extension->name, fixed, cascade);
    if (!schema)
        return false;
    if (extension->language && (!require(ddl, extension, extension->type, asked, cascade) ||
                                !require(ddl, extension, extension->language, asked, cascade)))
        return false;
    const char *script =
        extension->language ? transform_script(ddl->arena, extension) : language_script(ddl->arena, extension);
    const char *path = arena_printf(ddl->arena, "%s--%s.sql", extension->name, VERSION);
    const SqlText *sql = sqltext_of_file(ddl->arena, source_from_text(ddl->arena, path, script, strlen(script)));
    ExtensionState state = {
        .version = VERSION, .schema = fixed ? SCHEMA_PG_CATALOG : schema, .relocatable = !fixed};
    if (!extension_run_script(ddl, extension->name, sql, &state))
        return false;
    depend_on_required(ddl, extension, extension->type);
    depend_on_required(ddl, extension, extension->language);
    return true;
}
