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

/* ---- what a statement names ---- */

typedef struct PublicationObjects {
    Oids tables, schemas;
    VEC(const PgQuery__PublicationTable *) definitions; /* one a table */
} PublicationObjects;

static bool has_oid(const Oid *oids, size_t n, Oid oid)
{
    for (size_t i = 0; i < n; i++)
        if (oids[i] == oid)
            return true;
    return false;
}

/* OpenTableList: a table named twice counts once, unless there is more to it than its name. */
static bool find_table(Ddl *ddl, const PgQuery__PublicationTable *table, PublicationObjects *found)
{
    const Relation *relation = analyze_range_var(&ddl->context, table->relation, false);
    if (!relation)
        return false;
    for (size_t i = 0; i < found->tables.len; i++) {
        const PgQuery__PublicationTable *other = found->definitions.items[i];
        if (found->tables.items[i] != relation->oid)
            continue;
        const char *what = table->where_clause || other->where_clause ? "WHERE clauses"
                           : table->n_columns || other->n_columns     ? "column lists"
                                                                      : NULL;
        return !what || ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "conflicting or redundant %s for table \"%s\"",
                                 what, relation->name);
    }
    vec_push(ddl->arena, &found->tables, relation->oid);
    vec_push(ddl->scratch, &found->definitions, table);
    return true;
}

static bool find_schema(Ddl *ddl, const PgQuery__PublicationObjSpec *object, PublicationObjects *found)
{
    Oid schema;
    if (object->pubobjtype == PG_QUERY__PUBLICATION_OBJ_SPEC_TYPE__PUBLICATIONOBJ_TABLES_IN_CUR_SCHEMA) {
        schema = catalog_search_path(ddl->catalog)->creation;
        if (!schema)
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_SCHEMA_NAME,
                            "no schema has been selected for CURRENT_SCHEMA");
    } else {
        schema = name_schema_itself(ddl, object->name);
    }
    if (schema && !has_oid(found->schemas.items, found->schemas.len, schema))
        vec_push(ddl->arena, &found->schemas, schema);
    return schema != INVALID_OID;
}

static bool find_objects(Ddl *ddl, AstItems objects, PublicationObjects *found)
{
    for (size_t i = 0; i < objects.len; i++) {
        const PgQuery__PublicationObjSpec *object = objects.items[i]->publication_obj_spec;
        if (object->pubtable ? !find_table(ddl, object->pubtable, found) : !find_schema(ddl, object, found))
            return false;
    }
    return true;
}

/* ---- what may be published ---- */

/* The schemas that can be published (check_publication_add_schema). */
static bool check_schema(Ddl *ddl, Oid oid)
{
    const Schema *schema = catalog_schema(ddl->catalog, oid);
    const char *detail = oid == SCHEMA_PG_CATALOG ? "This operation is not supported for system schemas."
                         : name_is_temporary_schema(ddl, oid) ? "Temporary schemas cannot be replicated."
                                                              : NULL;
    if (!detail)
        return true;
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "cannot add schema \"%s\" to publication",
                           schema->name);
    ddl_detail(ddl, diag, "%s", detail);
    return false;
}

/* Where rows of partitions are published as their own, a partitioned table has neither condition nor columns
 * (TransformPubWhereClauses, CheckPubRelationColumnList). */
static bool check_partitioned(Ddl *ddl, const char *publication, const Relation *relation,
                              const PgQuery__PublicationTable *table, const PublicationState *state)
{
    if (relation->kind != RELKIND_PARTITIONED || state->via_root || !(table->where_clause || table->n_columns))
        return true;
    Diag *diag;
    if (table->where_clause) {
        diag = ddl_error(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE,
                         "cannot use publication WHERE clause for relation \"%s\"", relation->name);
        ddl_detail(ddl, diag, "WHERE clause cannot be used for a partitioned table when %s is false.",
                   "publish_via_partition_root");
        return false;
    }
    diag = ddl_error(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE,
                     "cannot use column list for relation \"%s.%s\" in publication \"%s\"",
                     catalog_schema(ddl->catalog, relation->schema)->name, relation->name, publication);
    ddl_detail(ddl, diag, "Column lists cannot be specified for partitioned tables when %s is false.",
               "publish_via_partition_root");
    return false;
}

static bool check_beside_schemas(Ddl *ddl, const char *publication, const Relation *relation)
{
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE,
                           "cannot use column list for relation \"%s.%s\" in publication \"%s\"",
                           catalog_schema(ddl->catalog, relation->schema)->name, relation->name, publication);
    ddl_detail(ddl, diag,
               "Column lists cannot be specified in publications containing FOR TABLES IN SCHEMA elements.");
    return false;
}

static bool check_tables(Ddl *ddl, const char *publication, const PublicationObjects *found,
                         const PublicationState *state)
{
    for (size_t i = 0; i < found->tables.len; i++) {
        const Relation *relation = catalog_relation(ddl->catalog, found->tables.items[i]);
        const PgQuery__PublicationTable *table = found->definitions.items[i];
        if (!check_partitioned(ddl, publication, relation, table, state) ||
            !check_where(ddl, relation, table->where_clause))
            return false;
        if (table->n_columns && state->nschemas)
            return check_beside_schemas(ddl, publication, relation);
    }
    for (size_t i = 0; i < found->tables.len; i++) {
        const Relation *relation = catalog_relation(ddl->catalog, found->tables.items[i]);
        if (!owner_check_relation(ddl, relation) || !check_published(ddl, relation) ||
            !check_columns(ddl, relation, AST_ITEMS(found->definitions.items[i], columns)))
            return false;
    }
    for (size_t i = 0; i < found->schemas.len; i++)
        if (!check_schema(ddl, found->schemas.items[i]))
            return false;
    return true;
}

static bool has_column_list(const PublicationObjects *found)
{
    for (size_t i = 0; i < found->definitions.len; i++)
        if (found->definitions.items[i]->n_columns)
            return true;
    return false;
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
static bool check_options(Ddl *ddl, AstItems options, bool *via_root)
{
    enum { GENERATED_COLUMNS = 18 };
    for (size_t i = 0; i < options.len; i++) {
        const AstDefElem *option = options.items[i]->def_elem;
        for (size_t k = 0; k < i; k++)
            if (strcmp(options.items[k]->def_elem->defname, option->defname) == 0)
                return ddl_fail(ddl, option->location, SQLSTATE_SYNTAX_ERROR, "conflicting or redundant options");
        if (strcmp(option->defname, "publish") == 0) {
            const char *list = ast_option_text(ddl->scratch, option);
            if (!check_actions(ddl, list ? list : ""))
                return false;
        } else if (strcmp(option->defname, "publish_via_partition_root") == 0) {
            *via_root = true;
            if (option->arg && !ast_option_bool(option, via_root))
                return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "%s requires a Boolean value", option->defname);
        } else if (catalog_version(ddl->catalog) < GENERATED_COLUMNS ||
                   strcmp(option->defname, "publish_generated_columns") != 0) {
            return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "unrecognized publication parameter: \"%s\"",
                            option->defname);
        }
    }
    return true;
}

/* ---- statements ---- */

static void put_state(Ddl *ddl, Oid publication, const PublicationState *state)
{
    NamedObject *edit = catalog_edit_object(ddl->catalog, CLASS_PUBLICATION, publication);
    edit->publication = arena_memdup(ddl->arena, state, sizeof *state);
    catalog_put_object(ddl->catalog, edit);
}

static bool check_superuser(Ddl *ddl, bool wanted, const char *what)
{
    return !wanted || !role_lacks_superuser(ddl) ||
           ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be superuser to %s", what);
}

bool create_publication(Ddl *ddl, const AstNode *node)
{
    const AstCreatePublicationStmt *stmt = node->create_publication_stmt;
    PublicationState state = {.all_tables = stmt->for_all_tables};
    PublicationObjects found = {0};
    if (!privilege_check_database(ddl, PRIVILEGE_CREATE) ||
        !check_superuser(ddl, stmt->for_all_tables, "create FOR ALL TABLES publication"))
        return false;
    Oid oid = named_object_create(ddl, CLASS_PUBLICATION, INVALID_OID, stmt->pubname);
    if (!oid || !check_options(ddl, AST_ITEMS(stmt, options), &state.via_root) ||
        !find_objects(ddl, AST_ITEMS(stmt, pubobjects), &found) ||
        !check_superuser(ddl, found.schemas.len > 0, "create FOR TABLES IN SCHEMA publication"))
        return false;
    state.schemas = found.schemas.items;
    state.nschemas = found.schemas.len;
    state.tables = found.tables.items;
    state.ntables = found.tables.len;
    state.has_column_lists = has_column_list(&found);
    if (!check_tables(ddl, stmt->pubname, &found, &state))
        return false;
    put_state(ddl, oid, &state);
    return true;
}

/* CheckAlterPublication */
static bool check_alterable(Ddl *ddl, const char *name, const PublicationState *state,
                            const PublicationObjects *found)
{
    if (!state->all_tables || !(found->tables.len || found->schemas.len))
        return true;
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                           "publication \"%s\" is defined as FOR ALL TABLES", name);
    ddl_detail(ddl, diag, "%s",
               found->schemas.len ? "Schemas cannot be added to or dropped from FOR ALL TABLES publications."
                                  : "Tables cannot be added to or dropped from FOR ALL TABLES publications.");
    return false;
}

static bool add_objects(Ddl *ddl, const char *name, const PublicationObjects *found, PublicationState *state)
{
    Oids tables = {0}, schemas = {0};
    for (size_t i = 0; i < state->ntables; i++)
        vec_push(ddl->arena, &tables, state->tables[i]);
    for (size_t i = 0; i < state->nschemas; i++)
        vec_push(ddl->arena, &schemas, state->schemas[i]);
    for (size_t i = 0; i < found->schemas.len; i++)
        vec_push(ddl->arena, &schemas, found->schemas.items[i]);
    PublicationState next = *state;
    next.schemas = schemas.items;
    next.nschemas = schemas.len;
    if (!check_tables(ddl, name, found, &next))
        return false;
    for (size_t i = 0; i < found->tables.len; i++) {
        Oid oid = found->tables.items[i];
        if (has_oid(tables.items, tables.len, oid))
            return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT,
                            "relation \"%s\" is already member of publication \"%s\"",
                            catalog_relation(ddl->catalog, oid)->name, name);
        vec_push(ddl->arena, &tables, oid);
    }
    for (size_t i = 0; i < found->schemas.len; i++)
        if (has_oid(state->schemas, state->nschemas, found->schemas.items[i]))
            return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT,
                            "schema \"%s\" is already member of publication \"%s\"",
                            catalog_schema(ddl->catalog, found->schemas.items[i])->name, name);
    next.tables = tables.items;
    next.ntables = tables.len;
    next.has_column_lists |= has_column_list(found);
    *state = next;
    return true;
}

static bool check_dropped_table(Ddl *ddl, const PgQuery__PublicationTable *table)
{
    if (table->n_columns)
        return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR,
                        "column list must not be specified in ALTER PUBLICATION ... DROP");
    return !table->where_clause || ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR,
                                            "cannot use a WHERE clause when removing a table from a publication");
}

static bool drop_members(Ddl *ddl, const PublicationObjects *found, PublicationState *state)
{
    Oids tables = {0}, schemas = {0};
    for (size_t i = 0; i < found->tables.len; i++) {
        if (!check_dropped_table(ddl, found->definitions.items[i]))
            return false;
        if (!has_oid(state->tables, state->ntables, found->tables.items[i]))
            return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "relation \"%s\" is not part of the publication",
                            catalog_relation(ddl->catalog, found->tables.items[i])->name);
    }
    for (size_t i = 0; i < found->schemas.len; i++)
        if (!has_oid(state->schemas, state->nschemas, found->schemas.items[i]))
            return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT,
                            "tables from schema \"%s\" are not part of the publication",
                            catalog_schema(ddl->catalog, found->schemas.items[i])->name);
    for (size_t i = 0; i < state->ntables; i++)
        if (!has_oid(found->tables.items, found->tables.len, state->tables[i]))
            vec_push(ddl->arena, &tables, state->tables[i]);
    for (size_t i = 0; i < state->nschemas; i++)
        if (!has_oid(found->schemas.items, found->schemas.len, state->schemas[i]))
            vec_push(ddl->arena, &schemas, state->schemas[i]);
    state->tables = tables.items;
    state->ntables = tables.len;
    state->schemas = schemas.items;
    state->nschemas = schemas.len;
    return true;
}

bool alter_publication(Ddl *ddl, const AstNode *node)
{
    const AstAlterPublicationStmt *stmt = node->alter_publication_stmt;
    const NamedObject *publication = named_object_require(ddl, CLASS_PUBLICATION, stmt->pubname);
    PublicationObjects found = {0};
    if (!publication || !owner_check(ddl, address_of(CLASS_PUBLICATION, publication->oid)))
        return false;
    PublicationState state = *publication->publication;
    if (!check_options(ddl, AST_ITEMS(stmt, options), &state.via_root) ||
        !find_objects(ddl, AST_ITEMS(stmt, pubobjects), &found))
        return false;
    bool dropping = stmt->action == PG_QUERY__ALTER_PUBLICATION_ACTION__AP_DropObjects;
    if (!stmt->n_options) {
        if (!check_superuser(ddl, !dropping && found.schemas.len > 0, "add or set schemas") ||
            !check_alterable(ddl, stmt->pubname, &state, &found))
            return false;
        if (stmt->action == PG_QUERY__ALTER_PUBLICATION_ACTION__AP_SetObjects)
            state.ntables = state.nschemas = 0;
        if (dropping ? !drop_members(ddl, &found, &state) : !add_objects(ddl, stmt->pubname, &found, &state))
            return false;
    }
    put_state(ddl, publication->oid, &state);
    return true;
}
