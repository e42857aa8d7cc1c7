/* Enumerated types (PostgreSQL's DefineEnum, AlterEnum). */
#include "ddl/ddl_private.h"

static bool check_label(Ddl *ddl, const char *label)
{
    if (strlen(label) <= NAME_MAX_LENGTH)
        return true;
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_INVALID_NAME, "invalid enum label \"%s\"", label);
    ddl_detail(ddl, diag, "Labels must be %d bytes or less.", NAME_MAX_LENGTH);
    return false;
}

static Oid io_function(const Ddl *ddl, const char *name)
{
    FunctionList list = catalog_functions_named(ddl->catalog, ddl->scratch, name);
    return list.len ? list.items[0]->oid : INVALID_OID;
}

bool create_enum(Ddl *ddl, const AstNode *node)
{
    const AstCreateEnumStmt *stmt = node->create_enum_stmt;
    const char *name;
    Oid shell, schema = name_creation_schema(ddl, AST_ITEMS(stmt, type_name), &name);
    if (!schema || !type_claim(ddl, schema, name, &shell))
        return false;
    Type *type = type_new(ddl, TYPTYPE_ENUM, arena_strdup(ddl->arena, name), schema, -1);
    if (shell)
        type->oid = shell;
    type->category = 'E';
    type->len = 4;
    type->input = io_function(ddl, "enum_in");
    type->output = io_function(ddl, "enum_out");
    type->receive = io_function(ddl, "enum_recv");
    type->send = io_function(ddl, "enum_send");
    const char **labels = arena_array_of(ddl->arena, stmt->n_vals + 1, const char *);
    StrMap seen = {0};
    for (size_t i = 0; i < stmt->n_vals; i++) {
        labels[i] = arena_strdup(ddl->arena, ast_string(stmt->vals[i]));
        if (!check_label(ddl, labels[i]))
            return false;
        if (strmap_put(ddl->scratch, &seen, labels[i], &seen))
            return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "enum label \"%s\" used more than once", labels[i]);
    }
    type->labels = labels;
    type->nlabels = stmt->n_vals;
    type_create(ddl, type);
    return true;
}

static size_t find_label(const Type *type, const char *label)
{
    size_t i = 0;
    while (i < type->nlabels && strcmp(type->labels[i], label) != 0)
        i++;
    return i;
}

static bool no_such_label(Ddl *ddl, const char *label)
{
    return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "\"%s\" is not an existing enum label", label);
}

static bool rename_label(Ddl *ddl, Type *edit, const char *old, const char *new)
{
    size_t at = find_label(edit, old);
    if (at == edit->nlabels)
        return no_such_label(ddl, old);
    if (find_label(edit, new) < edit->nlabels)
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "enum label \"%s\" already exists", new);
    const char **labels = arena_memdup(ddl->arena, edit->labels, edit->nlabels * sizeof *labels);
    labels[at] = arena_strdup(ddl->arena, new);
    edit->labels = labels;
    catalog_put_type(ddl->catalog, edit);
    return true;
}

/* Since PostgreSQL 17 the values of a type that the transaction itself created are safe. */
static bool is_unsafe(const Ddl *ddl, const Type *type)
{
    enum { SAFE_IN_NEW_TYPES = 17 };
    const DdlSession *session = ddl->session;
    return session->in_transaction &&
           (catalog_version(ddl->catalog) < SAFE_IN_NEW_TYPES || type->oid < session->first_new);
}

/* The marks of the labels with room for a new one, which must be committed before it can be used. */
static const bool *mark_unsafe(Ddl *ddl, const Type *type, size_t at)
{
    if (!is_unsafe(ddl, type) && !type->unsafe)
        return NULL;
    bool *marks = arena_array_of(ddl->arena, type->nlabels + 1, bool);
    for (size_t i = 0; type->unsafe && i < type->nlabels; i++)
        marks[i < at ? i : i + 1] = type->unsafe[i];
    marks[at] = is_unsafe(ddl, type);
    vec_push(ddl->arena, &ddl->session->unsafe_enums, type->oid);
    return marks;
}

void enum_commit_labels(DdlSession *session)
{
    for (size_t i = 0; i < session->unsafe_enums.len; i++) {
        Type *edit = catalog_edit_type(session->catalog, session->unsafe_enums.items[i]);
        if (!edit || !edit->unsafe)
            continue;
        edit->unsafe = NULL;
        catalog_put_type(session->catalog, edit);
    }
    session->unsafe_enums.len = 0;
}

static bool add_label(Ddl *ddl, Type *edit, const AstAlterEnumStmt *stmt)
{
    if (find_label(edit, stmt->new_val) < edit->nlabels) {
        if (stmt->skip_if_new_val_exists)
            return true;
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "enum label \"%s\" already exists", stmt->new_val);
    }
    size_t at = edit->nlabels;
    const char *neighbour = ast_text(stmt->new_val_neighbor);
    if (neighbour) {
        at = find_label(edit, neighbour);
        if (at == edit->nlabels)
            return no_such_label(ddl, neighbour);
        at += stmt->new_val_is_after ? 1 : 0;
    }
    const char **labels = arena_array_of(ddl->arena, edit->nlabels + 1, const char *);
    for (size_t i = 0; i < edit->nlabels; i++)
        labels[i < at ? i : i + 1] = edit->labels[i];
    labels[at] = arena_strdup(ddl->arena, stmt->new_val);
    edit->labels = labels;
    edit->unsafe = mark_unsafe(ddl, edit, at);
    edit->nlabels++;
    catalog_put_type(ddl->catalog, edit);
    return true;
}

bool alter_enum(Ddl *ddl, const AstNode *node)
{
    const AstAlterEnumStmt *stmt = node->alter_enum_stmt;
    Oid oid = type_require(ddl, AST_ITEMS(stmt, type_name), -1);
    if (!oid)
        return false;
    Type *edit = catalog_edit_type(ddl->catalog, oid);
    if (edit->typtype != TYPTYPE_ENUM)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "%s is not an enum", ddl_type_name(ddl, oid));
    if (!owner_check(ddl, address_of(CLASS_TYPE, oid)))
        return false;
    if (ast_text(stmt->old_val))
        return check_label(ddl, stmt->new_val) && rename_label(ddl, edit, stmt->old_val, stmt->new_val);
    return check_label(ddl, stmt->new_val) && add_label(ddl, edit, stmt);
}
