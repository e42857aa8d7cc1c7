/* Extensions that a file of the user's declares: its statements are applied when CREATE EXTENSION names the
 * extension, as PostgreSQL runs an installation script (execute_extension_script), and what they create are the
 * members. The file can be the extension's own script: lines of psql commands are no statements, @extschema@ is the
 * schema's name, @extowner@ the current role. */
#include "ddl/ddl_private.h"
#include "source/sql_builder.h"

const DdlExtension *extension_find_declared(Ddl *ddl, const char *name)
{
    const DdlSession *session = ddl->session;
    for (size_t i = 0; i < session->nextensions; i++)
        if (strcmp(session->extensions[i].name, name) == 0)
            return &session->extensions[i];
    return NULL;
}

void ddl_declare_extensions(DdlSession *session, const DdlExtension *extensions, size_t n)
{
    session->extensions = extensions;
    session->nextensions = n;
}

/* The first mark in the text, and what it stands for; NULL when there is none. */
static const char *find_mark(const char *text, const char *schema, size_t *len, const char **value)
{
    const struct {
        const char *mark, *value;
    } marks[] = {{"@extschema@", schema}, {"@extowner@", "CURRENT_USER"}};
    const char *first = NULL;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const char *found = strstr(text, marks[i].mark);
        if (!found || (first && found > first))
            continue;
        first = found;
        *len = strlen(marks[i].mark);
        *value = marks[i].value;
    }
    return first;
}

static const SqlText *script_text(Ddl *ddl, const SqlText *sql, Oid schema)
{
    const char *name = catalog_quote_identifier(ddl->arena, catalog_schema(ddl->catalog, schema)->name), *value;
    SqlBuilder builder = {.arena = ddl->arena, .source = sql, .end = (uint32_t)sql->len};
    size_t len = 0;
    for (const char *at = sql->text; (at = find_mark(at, name, &len, &value)); at += len) {
        uint32_t start = (uint32_t)(at - sql->text);
        builder_copy(&builder, start);
        builder_put(&builder, value, start, start + (uint32_t)len);
        builder.copied = start + (uint32_t)len;
    }
    return builder.copied ? builder_finish(&builder) : sql;
}

static bool apply_statement(Ddl *script, const AstStatement *statement)
{
    const AstNode *node = statement->node;
    script->start = (int32_t)statement->start;
    script->end = (int32_t)statement->end;
    if (ast_kind(node) == AST_TRANSACTION_STMT)
        return ddl_fail(script, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "transaction control statements are not allowed within an extension script");
    if (analyze_is_optimizable(node) && ddl_classify(node) == DDL_QUERY) {
        AnalyzeContext context = script->context;
        context.arena = script->scratch;
        ParamTypes none = {0};
        if (!analyze_statement(&context, node, &none))
            return false;
    }
    return ddl_apply_node(script, node);
}

static bool is_part(const DependencyList *references)
{
    for (size_t i = 0; i < references->len; i++)
        if (references->items[i].kind == DEPENDENCY_INTERNAL || references->items[i].kind == DEPENDENCY_EXTENSION)
            return true;
    return false;
}

static void set_owner(Ddl *ddl, ObjectAddress object, Oid extension)
{
    switch ((int)object.class) {
    case CLASS_TYPE: {
        Type *type = catalog_edit_type(ddl->catalog, object.oid);
        type->owner_extension = extension;
        catalog_put_type(ddl->catalog, type);
        break;
    }
    case CLASS_RELATION: {
        Relation *relation = catalog_edit_relation(ddl->catalog, object.oid);
        relation->owner_extension = extension;
        catalog_put_relation(ddl->catalog, relation);
        break;
    }
    case CLASS_FUNCTION: {
        Function *function = catalog_edit_function(ddl->catalog, object.oid);
        function->owner_extension = extension;
        catalog_put_function(ddl->catalog, function);
        break;
    }
    default:
        break;
    }
}

/* recordDependencyOnCurrentExtension: all but what comes with another object. */
static void own_objects(Ddl *ddl, Oid extension)
{
    AddressList created = catalog_objects_since(ddl->catalog, ddl->scratch, extension + 1);
    for (size_t i = 0; i < created.len; i++) {
        ObjectAddress object = created.items[i];
        const Relation *relation =
            object.class == CLASS_RELATION ? catalog_relation(ddl->catalog, object.oid) : NULL;
        const Type *type = object.class == CLASS_TYPE ? catalog_type(ddl->catalog, object.oid) : NULL;
        set_owner(ddl, object, extension);
        DependencyList references = catalog_references(ddl->catalog, ddl->scratch, object);
        if (is_part(&references) || (relation && relation->index) ||
            (type && (type->relation || catalog_is_array(type))))
            continue;
        depend_on(ddl, object, address_of(CLASS_EXTENSION, extension), DEPENDENCY_EXTENSION);
    }
}

bool extension_run_script(Ddl *ddl, const char *name, const SqlText *sql, const ExtensionState *state)
{
    DdlSession *session = ddl->session;
    Oid extension = catalog_declare_extension(ddl->catalog, name, state, ddl_span(ddl, -1));
    Ddl script = *ddl;
    script.sql = script.context.sql = script_text(ddl, sql, state->schema);
    size_t errors = ddl->diags->nerrors;
    AstStatements statements = ast_parse(ddl->arena, script.sql, ddl->diags);
    SearchPathNames path = session->path;
    const char *names[] = {catalog_schema(ddl->catalog, state->schema)->name, "pg_temp"};
    search_path_set(session, names, sizeof names / sizeof *names);
    bool good = ddl->diags->nerrors == errors;
    for (size_t i = 0; good && i < statements.len; i++)
        good = apply_statement(&script, &statements.items[i]);
    search_path_restore(session, path);
    if (good)
        own_objects(ddl, extension);
    else if (ddl->diags->last)
        diag_note(ddl->diags, ddl->diags->last, ddl_span(ddl, -1), "extension \"%s\" is created here", name);
    return good;
}

bool extension_create_declared(Ddl *ddl, const DdlExtension *declared, Oid schema, const char *version)
{
    ExtensionState state = {
        .version = arena_strdup(ddl->arena, version), .schema = schema, .relocatable = true, .declared = true};
    return extension_run_script(ddl, declared->name, declared->sql, &state);
}
