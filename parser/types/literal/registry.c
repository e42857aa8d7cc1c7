/* Names of objects as literals: regclass, regtype, regproc and the others (regproc.c). What the catalog does not
 * know, roles and the collations of the server's system, is only asked to be a name; so is what names a database.
 */
#include "types/literal/registry.h"

#include <string.h>

bool registry_is_number(const char *text)
{
    return char_is_digit(*text) && text[strspn(text, "0123456789")] == '\0';
}

/* A number stands for the object of that OID, which need not exist; a dash for none. *done when it is one of them.
 */
static bool read_oid(Literal *in, const char *none, bool *done)
{
    *done = strcmp(in->text, none) == 0 || registry_is_number(in->text);
    return !registry_is_number(in->text) || input_oid(in);
}

static bool bad_name(Literal *in)
{
    return literal_fail(in, SQLSTATE_INVALID_NAME, "invalid name syntax");
}

/* ---- Names ---- */

/* An identifier as the parser would have it: cut to 63 bytes at the edge of a character. */
static void truncate_identifier(char *name)
{
    enum { NAME_MAX_BYTES = 63 };
    if (strlen(name) <= NAME_MAX_BYTES)
        return;
    char *end = name;
    while (end + char_length(end) - name <= NAME_MAX_BYTES)
        end += char_length(end);
    *end = '\0';
}

/* scanner_isspace: a vertical tab is none. */
static bool is_blank(char c)
{
    return c != '\v' && char_is_space(c);
}

static const char *skip_blanks(const char *at)
{
    while (is_blank(*at))
        at++;
    return at;
}

/* One part of a name, folded unless it is quoted; NULL when there is none. */
static const char *read_part(const Literal *in, const char **cursor)
{
    const char *at = *cursor;
    char *name = arena_alloc(in->arena, strlen(at) + 1), *out = name;
    if (*at == '"') {
        for (at++; *at != '"' || at[1] == '"'; *out++ = *at++) {
            if (*at == '\0')
                return NULL;
            at += *at == '"';
        }
        at++;
    } else {
        while (*at && *at != '.' && !is_blank(*at))
            *out++ = char_lower(*at++);
        if (out == name)
            return NULL;
    }
    *out = '\0';
    *cursor = skip_blanks(at);
    truncate_identifier(name);
    return name;
}

bool registry_read_name(Literal *in, const char *text, QualifiedName *name)
{
    VEC(const char *) parts = {0};
    const char *at = skip_blanks(text);
    *name = (QualifiedName){0};
    for (;;) {
        const char *part = read_part(in, &at);
        if (!part)
            return bad_name(in);
        vec_push(in->arena, &parts, part);
        if (*at != '.')
            break;
        at = skip_blanks(at + 1);
    }
    if (*at)
        return bad_name(in);
    name->nparts = parts.len;
    name->name = vec_last(&parts);
    name->schema = parts.len > 1 ? parts.items[parts.len - 2] : NULL;
    return true;
}

/* NameListToString */
static const char *display_name(const Literal *in, const QualifiedName *name)
{
    return name->schema ? arena_printf(in->arena, "%s.%s", name->schema, name->name) : name->name;
}

bool registry_find_schema(Literal *in, const QualifiedName *name, Oid *schema)
{
    *schema = INVALID_OID;
    if (!name->schema)
        return true;
    const Schema *found = catalog_find_schema(in->catalog, name->schema);
    if (found)
        *schema = found->oid;
    return found || literal_fail(in, SQLSTATE_INVALID_SCHEMA_NAME, "schema \"%s\" does not exist", name->schema);
}

/* Temporary schemas come and go with sessions, and TOAST tables with the columns of tables. */
static bool is_hidden_schema(const char *name)
{
    return strncmp(name, "pg_temp", strlen("pg_temp")) == 0 || strncmp(name, "pg_toast", strlen("pg_toast")) == 0;
}

bool registry_is_hidden(const QualifiedName *name)
{
    return name->nparts > 2 || (name->schema && is_hidden_schema(name->schema));
}

bool registry_check_parts(Literal *in, const QualifiedName *name)
{
    return name->nparts <= 3 ||
           literal_fail(in, SQLSTATE_SYNTAX_ERROR, "improper %s name (too many dotted names): %s",
                        strcmp(in->type->name, "regclass") == 0 ? "relation" : "qualified", in->text);
}

/* What name each kind of object is read by: false after an error; *done when there is nothing left to ask. */
static bool begin_name(Literal *in, const char *none, QualifiedName *name, Oid *schema, bool *done)
{
    if (!read_oid(in, none, done) || *done)
        return !in->error->code;
    if (!registry_read_name(in, in->text, name))
        return false;
    *done = registry_is_hidden(name);
    return registry_check_parts(in, name) && (*done || registry_find_schema(in, name, schema));
}

bool input_regclass(Literal *in)
{
    QualifiedName name = {0};
    Oid schema = INVALID_OID;
    bool done = false;
    if (!begin_name(in, "-", &name, &schema, &done) || done)
        return !in->error->code;
    const Relation *found = schema ? catalog_find_relation_in(in->catalog, schema, name.name)
                                   : catalog_find_relation(in->catalog, name.name);
    return found ||
           literal_fail(in, SQLSTATE_UNDEFINED_TABLE, "relation \"%s\" does not exist", display_name(in, &name));
}

bool input_regproc(Literal *in)
{
    QualifiedName name = {0};
    FunctionCall call = {.any_count = true};
    bool done = false;
    if (!begin_name(in, "-", &name, &call.schema, &done) || done)
        return !in->error->code;
    call.name = name.name;
    CandidateList found = function_candidates(in->catalog, in->arena, &call);
    if (found.len == 0)
        return literal_fail(in, SQLSTATE_UNDEFINED_FUNCTION, "function \"%s\" does not exist", in->text);
    return (found.len == 1 && found.items[0].function) ||
           literal_fail(in, SQLSTATE_AMBIGUOUS_FUNCTION, "more than one function named \"%s\"", in->text);
}

bool input_regnamespace(Literal *in)
{
    QualifiedName name = {0};
    bool done = false;
    if (!read_oid(in, "-", &done) || done)
        return !in->error->code;
    if (!registry_read_name(in, in->text, &name))
        return false;
    if (name.nparts > 1)
        return bad_name(in);
    return is_hidden_schema(name.name) || catalog_find_schema(in->catalog, name.name) ||
           literal_fail(in, SQLSTATE_INVALID_SCHEMA_NAME, "schema \"%s\" does not exist", name.name);
}

static bool read_text_search_object(Literal *in, ObjectClass class, const char *kind)
{
    QualifiedName name = {0};
    Oid schema = INVALID_OID;
    bool done = false;
    if (!begin_name(in, "-", &name, &schema, &done) || done)
        return !in->error->code;
    const NamedObject *found = schema ? catalog_find_object_in(in->catalog, class, schema, name.name)
                                      : catalog_find_object(in->catalog, class, name.name);
    return found || literal_fail(in, SQLSTATE_UNDEFINED_OBJECT, "text search %s \"%s\" does not exist", kind,
                                 display_name(in, &name));
}

bool input_regconfig(Literal *in)
{
    return read_text_search_object(in, CLASS_TS_CONFIG, "configuration");
}

bool input_regdictionary(Literal *in)
{
    return read_text_search_object(in, CLASS_TS_DICT, "dictionary");
}

bool input_regrole(Literal *in)
{
    QualifiedName name;
    bool done;
    if (!read_oid(in, "-", &done) || done)
        return !in->error->code;
    if (!registry_read_name(in, in->text, &name) || (name.nparts != 1 && !bad_name(in)))
        return false;
    /* A role that nobody knows of may be there, unless DDL has dropped it. */
    const NamedObject *role = catalog_find_object_in(in->catalog, CLASS_ROLE, INVALID_OID, name.name);
    return !role || role->role->knowledge != ROLE_DROPPED ||
           literal_fail(in, SQLSTATE_UNDEFINED_OBJECT, "role \"%s\" does not exist", name.name);
}

bool input_regcollation(Literal *in)
{
    QualifiedName name;
    bool done;
    if (!read_oid(in, "-", &done) || done)
        return !in->error->code;
    return registry_read_name(in, in->text, &name) && registry_check_parts(in, &name);
}
