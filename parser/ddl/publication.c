/* Publications: what they name must exist (PostgreSQL's publicationcmds.c, pg_publication.c). Which rows and
 * columns are published has no bearing on types. */
#include "ddl/ddl_private.h"

/* check_publication_add_relation */
static bool check_published(Ddl *ddl, const Relation *relation)
{
    bool table = relation->kind == RELKIND_TABLE || relation->kind == RELKIND_PARTITIONED;
    const char *detail = relation_is_system(relation)   ? "This operation is not supported for system tables."
                         : relation->persistence == 't' ? "This operation is not supported for temporary tables."
                         : relation->persistence == 'u' ? "This operation is not supported for unlogged tables."
                                                        : NULL;
    if (table && !detail)
        return true;
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "cannot add relation \"%s\" to publication",
                           relation->name);
    if (table)
        ddl_detail(ddl, diag, "%s", detail);
    else
        describe_not_supported(ddl, diag, relation->kind);
    return false;
}

/* publication_translate_columns */
static bool check_columns(Ddl *ddl, const Relation *relation, AstItems names)
{
    for (size_t i = 0; i < names.len; i++) {
        const char *name = ast_string(names.items[i]);
        const Column *column = relation_require_column(ddl, relation, name, -1);
        if (!column)
            return false;
        if (column->number < 0 || column->generated)
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_COLUMN_REFERENCE,
                            "cannot use %s column \"%s\" in publication column list",
                            column->number < 0 ? "system" : "generated", name);
        for (size_t j = 0; j < i; j++)
            if (strcmp(ast_string(names.items[j]), name) == 0)
                return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT,
                                "duplicate column \"%s\" in publication column list", name);
    }
    return true;
}

static bool check_where(Ddl *ddl, const Relation *relation, const AstNode *condition)
{
    ExprScope scope = {.relations = &relation, .nrelations = 1};
    return !condition ||
           analyze_condition(&ddl->context, condition, &scope, PARSE_WHERE, "PUBLICATION WHERE") != NULL;
}

static bool check_table(Ddl *ddl, const PgQuery__PublicationTable *table, bool adding)
{
    const Relation *relation = analyze_range_var(&ddl->context, table->relation, false);
    return relation && (!adding || check_published(ddl, relation)) &&
           check_where(ddl, relation, table->where_clause) &&
           check_columns(ddl, relation, AST_ITEMS(table, columns));
}

static bool check_objects(Ddl *ddl, AstItems objects, bool adding)
{
    for (size_t i = 0; i < objects.len; i++) {
        const PgQuery__PublicationObjSpec *object = objects.items[i]->publication_obj_spec;
        if (object->pubtable && !check_table(ddl, object->pubtable, adding))
            return false;
        bool schema = object->pubobjtype == PG_QUERY__PUBLICATION_OBJ_SPEC_TYPE__PUBLICATIONOBJ_TABLES_IN_SCHEMA;
        if (schema && !name_schema_itself(ddl, object->name))
            return false;
    }
    return true;
}

/* The words of publish = 'insert, update'. */
static bool check_actions(Ddl *ddl, const char *list)
{
    static const char *const actions[] = {"insert", "update", "delete", "truncate"};
    static const char separators[] = " \t\n,";
    for (const char *at = list + strspn(list, separators); *at; at += strspn(at, separators)) {
        size_t len = strcspn(at, separators);
        bool known = false;
        for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
            known |= strlen(actions[i]) == len && strncmp(actions[i], at, len) == 0;
        if (!known)
            return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR,
                            "unrecognized value for publication option \"%s\": \"%.*s\"", "publish", (int)len, at);
        at += len;
    }
    return true;
}

/* parse_publication_options */
static bool check_options(Ddl *ddl, AstItems options)
{
    enum { GENERATED_COLUMNS = 18 };
    for (size_t i = 0; i < options.len; i++) {
        const AstDefElem *option = options.items[i]->def_elem;
        bool value;
        if (strcmp(option->defname, "publish") == 0) {
            const char *list = ast_option_text(ddl->scratch, option);
            if (!check_actions(ddl, list ? list : ""))
                return false;
        } else if (strcmp(option->defname, "publish_via_partition_root") == 0) {
            if (!ast_option_bool(option, &value))
                return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "%s requires a Boolean value", option->defname);
        } else if (catalog_version(ddl->catalog) < GENERATED_COLUMNS ||
                   strcmp(option->defname, "publish_generated_columns") != 0) {
            return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "unrecognized publication parameter: \"%s\"",
                            option->defname);
        }
    }
    return true;
}

bool create_publication(Ddl *ddl, const AstNode *node)
{
    const AstCreatePublicationStmt *stmt = node->create_publication_stmt;
    if (catalog_find_object(ddl->catalog, CLASS_PUBLICATION, stmt->pubname))
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "publication \"%s\" already exists", stmt->pubname);
    return check_options(ddl, AST_ITEMS(stmt, options)) && check_objects(ddl, AST_ITEMS(stmt, pubobjects), true) &&
           named_object_create(ddl, CLASS_PUBLICATION, INVALID_OID, stmt->pubname) != INVALID_OID;
}

bool alter_publication(Ddl *ddl, const AstNode *node)
{
    const AstAlterPublicationStmt *stmt = node->alter_publication_stmt;
    if (!catalog_find_object(ddl->catalog, CLASS_PUBLICATION, stmt->pubname))
        return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "publication \"%s\" does not exist", stmt->pubname);
    bool dropping = stmt->action == PG_QUERY__ALTER_PUBLICATION_ACTION__AP_DropObjects;
    return check_options(ddl, AST_ITEMS(stmt, options)) &&
           check_objects(ddl, AST_ITEMS(stmt, pubobjects), !dropping);
}
