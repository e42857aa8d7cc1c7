/* SET, RESET and set_config of the settings that bear on what names mean: search_path and check_function_bodies;
 * role and session_authorization are in session_role.c. All other settings are accepted as they are. */
#include "ddl/ddl_private.h"

#include "base/strbuf.h"

#include <ctype.h>
#include <strings.h>

void search_path_set(DdlSession *session, const char *const *names, size_t n)
{
    const char **copy = arena_array_of(session->arena, n, const char *);
    for (size_t i = 0; i < n; i++)
        copy[i] = arena_strdup(session->arena, names[i]);
    session->path = (SearchPathNames){copy, n, false};
    catalog_set_search_path(session->catalog, copy, n);
}

void search_path_reset(DdlSession *session)
{
    session->path = (SearchPathNames){.is_default = true};
    catalog_reset_search_path(session->catalog);
}

void search_path_restore(DdlSession *session, SearchPathNames path)
{
    if (path.is_default)
        search_path_reset(session);
    else
        search_path_set(session, path.items, path.len);
}

/* SplitIdentifierString: false when the text is no list of names. */
static bool split_names(Arena *arena, const char *text, Names *names)
{
    const char *at = text + strspn(text, " \t\r\n\f\v");
    if (!*at)
        return true;
    for (;;) {
        StrBuf name;
        strbuf_init(&name);
        bool quoted = *at == '"';
        if (quoted) {
            for (at++; *at && (*at != '"' || at[1] == '"'); at++) {
                at += *at == '"';
                strbuf_add_char(&name, *at);
            }
            if (*at++ != '"') {
                strbuf_release(&name);
                return false;
            }
        } else {
            for (; *at && *at != ',' && !isspace((unsigned char)*at); at++)
                strbuf_add_char(&name, *at >= 'A' && *at <= 'Z' ? (char)(*at + 32) : *at);
        }
        bool empty = !quoted && !name.len;
        vec_push(arena, names, arena_strdup(arena, name.text));
        strbuf_release(&name);
        at += strspn(at, " \t\r\n\f\v");
        if (empty || (*at && *at != ','))
            return false;
        if (!*at)
            return true;
        at++;
        at += strspn(at, " \t\r\n\f\v");
    }
}

static bool invalid(Ddl *ddl, const char *text)
{
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE,
                           "invalid value for parameter \"search_path\": \"%s\"", text);
    ddl_detail(ddl, diag, "List syntax is invalid.");
    return false;
}

/* SET LOCAL lasts until the block ends; outside one it does nothing. False when nothing is to be done. */
static bool make_local(DdlSession *session, bool is_local)
{
    if (!is_local)
        return true;
    if (!session->in_transaction)
        return false;
    if (!session->has_local_path) {
        session->has_local_path = true;
        session->outer_path = session->path;
    }
    return true;
}

bool search_path_set_text(Ddl *ddl, const char *text, bool is_local)
{
    Names names = {0};
    if (!split_names(ddl->scratch, text, &names))
        return invalid(ddl, text);
    if (make_local(ddl->session, is_local))
        search_path_set(ddl->session, names.items, names.len);
    return true;
}

/* The value of one argument of SET, as text; NULL for what is none. */
static const char *argument_text(Ddl *ddl, const AstNode *node)
{
    if (ast_kind(node) == AST_TYPE_CAST)
        node = node->type_cast->arg;
    int32_t number;
    if (ast_kind(node) != AST_A_CONST)
        return ast_string(node);
    if (ast_integer(node, &number))
        return arena_printf(ddl->scratch, "%d", number);
    const AstAConst *constant = node->a_const;
    if (constant->val_case == PG_QUERY__A__CONST__VAL_SVAL)
        return constant->sval->sval;
    if (constant->val_case == PG_QUERY__A__CONST__VAL_BOOLVAL)
        return constant->boolval->boolval ? "true" : "false";
    return NULL;
}

static bool set_search_path(Ddl *ddl, const AstVariableSetStmt *stmt)
{
    Names names = {0};
    for (size_t i = 0; i < stmt->n_args; i++) {
        const char *name = argument_text(ddl, stmt->args[i]);
        if (!name)
            return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "unsupported value for search_path");
        /* SET search_path = '' leaves no schema at all */
        vec_push(ddl->scratch, &names, name);
    }
    if (make_local(ddl->session, stmt->is_local))
        search_path_set(ddl->session, names.items, names.len);
    return true;
}

static bool is_off(const char *text)
{
    static const char *const words[] = {"off", "false", "no", "0", "f", "n"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasecmp(text, words[i]) == 0)
            return true;
    return false;
}

static void set_check_bodies(DdlSession *session, bool value, bool is_local)
{
    if (is_local && !session->in_transaction)
        return;
    if (is_local && !session->has_local_bodies) {
        session->has_local_bodies = true;
        session->outer_check_function_bodies = session->check_function_bodies;
    }
    session->check_function_bodies = value;
}

static void reset_all(DdlSession *session)
{
    search_path_reset(session);
    session->check_function_bodies = true;
}

bool set_variable(Ddl *ddl, const AstNode *node)
{
    const AstVariableSetStmt *stmt = node->variable_set_stmt;
    bool reset = false;
    switch ((int)stmt->kind) {
    case PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL:
        reset_all(ddl->session);
        return true;
    case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_DEFAULT:
    case PG_QUERY__VARIABLE_SET_KIND__VAR_RESET:
        reset = true;
        break;
    case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE:
        break;
    default:
        return true;
    }
    if (strcasecmp(stmt->name, "search_path") == 0) {
        if (!reset)
            return set_search_path(ddl, stmt);
        if (make_local(ddl->session, stmt->is_local))
            search_path_reset(ddl->session);
        return true;
    }
    if (session_role_is_setting(stmt->name))
        return session_role_set(ddl, stmt->name, reset || !stmt->n_args ? NULL : argument_text(ddl, stmt->args[0]),
                                stmt->is_local);
    if (strcasecmp(stmt->name, "check_function_bodies") == 0) {
        const char *value = reset || !stmt->n_args ? "on" : argument_text(ddl, stmt->args[0]);
        set_check_bodies(ddl->session, !value || !is_off(value), stmt->is_local);
    }
    if (strcasecmp(stmt->name, "plpgsql.check_asserts") == 0) {
        const char *value = reset || !stmt->n_args ? "on" : argument_text(ddl, stmt->args[0]);
        ddl->session->ignores_asserts = value && is_off(value);
    }
    return true;
}

bool discard(Ddl *ddl, const AstNode *node)
{
    if (node->discard_stmt->target == PG_QUERY__DISCARD_MODE__DISCARD_ALL) {
        reset_all(ddl->session);
        session_role_reset(ddl->session);
    }
    return true;
}
