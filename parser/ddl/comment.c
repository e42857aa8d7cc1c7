/* COMMENT ON: the object must exist; what generated code shows is kept (PostgreSQL's CommentObject). */
#include "ddl/ddl_private.h"

static void comment_column(Ddl *ddl, ObjectAddress address, const char *text)
{
    if (address.sub < 0)
        return;
    Column *column;
    Relation *edit = column_edit(ddl, address.oid, address.sub, &column);
    column->comment = text;
    catalog_put_relation(ddl->catalog, edit);
}

static void store(Ddl *ddl, ObjectAddress address, const char *text)
{
    if (address.class == CLASS_RELATION && address.sub) {
        comment_column(ddl, address, text);
    } else if (address.class == CLASS_RELATION) {
        Relation *edit = catalog_edit_relation(ddl->catalog, address.oid);
        edit->comment = text;
        catalog_put_relation(ddl->catalog, edit);
    } else if (address.class == CLASS_TYPE) {
        Type *edit = catalog_edit_type(ddl->catalog, address.oid);
        edit->comment = text;
        catalog_put_type(ddl->catalog, edit);
    } else if (address.class == CLASS_FUNCTION) {
        Function *edit = catalog_edit_function(ddl->catalog, address.oid);
        edit->comment = text;
        catalog_put_function(ddl->catalog, edit);
    }
}

static bool check_owner(Ddl *ddl, ObjectAddress address)
{
    return address.class == CLASS_NONE || owner_check_part(ddl, address);
}

bool comment_on(Ddl *ddl, const AstNode *node)
{
    const AstCommentStmt *stmt = node->comment_stmt;
    ObjectAddress address;
    if (!address_find(ddl, stmt->objtype, stmt->object, false, &address) || !check_owner(ddl, address))
        return false;
    if (stmt->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN &&
        !strchr("rvmcfp", catalog_relation(ddl->catalog, address.oid)->kind))
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot set comment on relation \"%s\"",
                        catalog_relation(ddl->catalog, address.oid)->name);
    if (address.oid >= FIRST_USER_OID)
        store(ddl, address, ast_text(stmt->comment) ? arena_strdup(ddl->arena, stmt->comment) : NULL);
    return true;
}

bool security_label(Ddl *ddl, const AstNode *node)
{
    const AstSecLabelStmt *stmt = node->sec_label_stmt;
    ObjectAddress address;
    return address_find(ddl, stmt->objtype, stmt->object, false, &address);
}
