/* Objects of which queries need only that they exist, in general; and conversions (PostgreSQL's conversioncmds.c).
 */
#include "ddl/ddl_private.h"

#include <ctype.h>

const char *named_object_label(ObjectClass class)
{
    switch ((int)class) {
    case CLASS_EXTENSION:
        return "extension";
    case CLASS_LANGUAGE:
        return "language";
    case CLASS_ACCESS_METHOD:
        return "access method";
    case CLASS_CONVERSION:
        return "conversion";
    case CLASS_TS_CONFIG:
        return "text search configuration";
    case CLASS_TS_DICT:
        return "text search dictionary";
    case CLASS_TS_PARSER:
        return "text search parser";
    case CLASS_TS_TEMPLATE:
        return "text search template";
    case CLASS_STATISTICS:
        return "statistics object";
    case CLASS_FDW:
        return "foreign-data wrapper";
    case CLASS_SERVER:
        return "server";
    case CLASS_EVENT_TRIGGER:
        return "event trigger";
    case CLASS_PUBLICATION:
        return "publication";
    case CLASS_SUBSCRIPTION:
        return "subscription";
    case CLASS_TRANSFORM:
        return "transform";
    case CLASS_USER_MAPPING:
        return "user mapping";
    default:
        return "object";
    }
}

Oid named_object_create(Ddl *ddl, ObjectClass class, Oid schema, const char *name)
{
    if (catalog_find_object_in(ddl->catalog, class, schema, name)) {
        ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "%s \"%s\" already exists", named_object_label(class), name);
        return INVALID_OID;
    }
    NamedObject *object = arena_new_of(ddl->arena, NamedObject);
    *object = (NamedObject){
        .oid = catalog_new_oid(ddl->catalog),
        .class = class,
        .schema = schema,
        .name = arena_strdup(ddl->arena, name),
        .span = ddl_span(ddl, -1),
    };
    catalog_put_object(ddl->catalog, object);
    if (schema)
        depend_on_schema(ddl, address_of(class, object->oid), schema);
    return object->oid;
}

const NamedObject *named_object_require(Ddl *ddl, ObjectClass class, const char *name)
{
    const NamedObject *object = catalog_find_object(ddl->catalog, class, name);
    if (!object)
        ddl_error(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "%s \"%s\" does not exist", named_object_label(class), name);
    return object;
}

/* ---- conversions ---- */

/* pg_char_to_encoding: only letters and digits count. */
static bool check_encoding(Ddl *ddl, const char *name, const char *which)
{
    static const char known[] =
        " abc alt big5 euccn eucjis2004 eucjp euckr euctw gb18030 gbk iso88591 iso885910 iso885913 iso885914 "
        "iso885915 "
        "iso885916 iso88592 iso88593 iso88594 iso88595 iso88596 iso88597 iso88598 iso88599 johab koi8 koi8r koi8u "
        "latin1 latin10 latin2 latin3 latin4 latin5 latin6 latin7 latin8 latin9 mskanji muleinternal shiftjis "
        "shiftjis2004 sjis sqlascii tcvn tcvn5712 uhc unicode utf8 vscii win win1250 win1251 win1252 win1253 "
        "win1254 "
        "win1255 win1256 win1257 win1258 win866 win874 win932 win936 win949 win950 windows1250 windows1251 "
        "windows1252 windows1253 windows1254 windows1255 windows1256 windows1257 windows1258 windows866 windows874 "
        "windows932 windows936 windows949 windows950 ";
    char *plain = arena_alloc(ddl->scratch, strlen(name) + 3), *out = plain;
    *out++ = ' ';
    for (const char *c = name; *c; c++)
        if (isalnum((unsigned char)*c))
            *out++ = (char)tolower((unsigned char)*c);
    *out++ = ' ';
    *out = '\0';
    return strstr(known, plain) ||
           ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "%s encoding \"%s\" does not exist", which, name);
}

bool create_conversion(Ddl *ddl, const AstNode *node)
{
    const AstCreateConversionStmt *stmt = node->create_conversion_stmt;
    static const Oid args[] = {TYPE_INT4, TYPE_INT4, TYPE_CSTRING, TYPE_INTERNAL, TYPE_INT4, TYPE_BOOL};
    const char *name;
    Oid schema = name_creation_schema(ddl, AST_ITEMS(stmt, conversion_name), &name);
    if (!schema || !check_encoding(ddl, stmt->for_encoding_name, "source") ||
        !check_encoding(ddl, stmt->to_encoding_name, "destination"))
        return false;
    const Function *function =
        function_lookup(ddl, AST_ITEMS(stmt, func_name), args, sizeof args / sizeof *args, false);
    if (!function)
        return false;
    if (function->return_type != TYPE_INT4)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                        "encoding conversion function %s must return type %s",
                        ast_name_text(ddl->scratch, AST_ITEMS(stmt, func_name)), "integer");
    return named_object_create(ddl, CLASS_CONVERSION, schema, name) != INVALID_OID;
}

/* ---- ALTER COLLATION … REFRESH VERSION ---- */

bool alter_collation(Ddl *ddl, const AstNode *node)
{
    const AstAlterCollationStmt *stmt = node->alter_collation_stmt;
    bool failed = false;
    Oid oid = analyze_collation_name(&ddl->context, stmt->n_collname, stmt->collname, -1, &failed);
    return !failed && owner_check(ddl, address_of(CLASS_COLLATION, oid));
}
