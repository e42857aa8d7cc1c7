/* FOREIGN KEY constraints (PostgreSQL's ATAddForeignKeyConstraint). */
#include "ddl/ddl_private.h"

typedef struct ForeignKey {
    Ddl *ddl;
    const Relation *relation, *referenced;
    const AstConstraint *raw;
    Numbers columns, referenced_columns;
    Oid index;
} ForeignKey;

/* transformColumnNameList */
static bool find_columns(ForeignKey *fk, const Relation *relation, AstItems names, Numbers *numbers)
{
    Ddl *ddl = fk->ddl;
    for (size_t i = 0; i < names.len; i++) {
        const char *name = ast_string(names.items[i]);
        const Column *column = catalog_find_column(relation, name);
        if (!column)
            return ddl_fail(ddl, fk->raw->location, SQLSTATE_UNDEFINED_COLUMN,
                            "column \"%s\" referenced in foreign key constraint does not exist", name);
        if (column->number < 0)
            return ddl_fail(ddl, fk->raw->location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                            "system columns cannot be used in foreign keys");
        vec_push(ddl->arena, numbers, column->number);
    }
    return true;
}

/* transformFkeyGetPrimaryKey */
static bool find_primary_key(ForeignKey *fk)
{
    Ddl *ddl = fk->ddl;
    for (size_t i = 0; i < fk->referenced->nconstraints; i++) {
        const Constraint *key = &fk->referenced->constraints[i];
        if (key->type != CONSTRAINT_PRIMARY)
            continue;
        if (key->deferrable)
            return ddl_fail(ddl, -1, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                            "cannot use a deferrable primary key for referenced table \"%s\"",
                            fk->referenced->name);
        for (size_t j = 0; j < key->ncolumns; j++)
            vec_push(ddl->arena, &fk->referenced_columns, key->columns[j]);
        fk->index = key->index;
        return true;
    }
    return ddl_fail(ddl, fk->raw->location, SQLSTATE_UNDEFINED_OBJECT,
                    "there is no primary key for referenced table \"%s\"", fk->referenced->name);
}

/* Whether the index's key is just these columns, in any order. */
static bool index_matches(const Index *index, const Numbers *columns)
{
    if (!index->is_unique || index->nkeys != columns->len || index->predicate || !index->valid)
        return false;
    for (size_t i = 0; i < columns->len; i++) {
        bool found = false;
        for (size_t j = 0; j < index->nkeys; j++)
            found |= index->columns[j] && index->columns[j] == columns->items[i];
        if (!found)
            return false;
    }
    return true;
}

/* transformFkeyCheckAttrs */
static bool find_unique_index(ForeignKey *fk)
{
    Ddl *ddl = fk->ddl;
    bool deferrable = false;
    for (size_t i = 0; i < fk->referenced_columns.len; i++) {
        for (size_t j = 0; j < i; j++) {
            if (fk->referenced_columns.items[i] == fk->referenced_columns.items[j])
                return ddl_fail(ddl, fk->raw->location, SQLSTATE_INVALID_FOREIGN_KEY,
                                "foreign key referenced-columns list must not contain duplicates");
        }
    }
    for (size_t i = 0; i < fk->referenced->nindexes; i++) {
        const Relation *index = catalog_relation(ddl->catalog, fk->referenced->indexes[i]);
        if (!index || !index_matches(index->index, &fk->referenced_columns))
            continue;
        if (index->index->immediate) {
            fk->index = index->oid;
            return true;
        }
        deferrable = true;
    }
    if (deferrable)
        return ddl_fail(ddl, -1, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "cannot use a deferrable unique constraint for referenced table \"%s\"",
                        fk->referenced->name);
    return ddl_fail(ddl, fk->raw->location, SQLSTATE_INVALID_FOREIGN_KEY,
                    "there is no unique constraint matching given keys for referenced table \"%s\"",
                    fk->referenced->name);
}

static bool check_relations(ForeignKey *fk)
{
    Ddl *ddl = fk->ddl;
    const Relation *relation = fk->relation, *referenced = fk->referenced;
    if (referenced->kind != RELKIND_TABLE && referenced->kind != RELKIND_PARTITIONED)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "referenced relation \"%s\" is not a table",
                        referenced->name);
    if (!relation_check_not_system(ddl, referenced))
        return false;
    const char *message = NULL;
    if (relation->persistence == 'p' && referenced->persistence != 'p')
        message = "constraints on permanent tables may reference only permanent tables";
    else if (relation->persistence == 'u' && referenced->persistence == 't')
        message = "constraints on unlogged tables may reference only permanent or unlogged tables";
    else if (relation->persistence == 't' && referenced->persistence != 't')
        message = "constraints on temporary tables may reference only temporary tables";
    return !message || ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION, "%s", message);
}

/* An equality operator that compares the referencing column with the key's: directly, or after an implicit coercion
 * to the key's type. */
static bool comparable(const Catalog *catalog, Oid pk_type, Oid fk_type, const OpClass *opclass)
{
    Oid family = opclass->family, input = opclass->input;
    fk_type = type_base(catalog, fk_type);
    if (catalog_family_operator(catalog, family, input, fk_type, BTREE_EQ))
        return true;
    bool polymorphic = input == TYPE_ANYARRAY || input == TYPE_ANYENUM || input == TYPE_ANYRANGE ||
                       input == TYPE_ANYMULTIRANGE || input == TYPE_RECORD;
    if (polymorphic)
        return type_base(catalog, pk_type) == fk_type;
    return coercion_possible(catalog, 1, &fk_type, &input, COERCION_IMPLICIT);
}

static const OpClass *key_opclass(const Ddl *ddl, const Index *index, int number)
{
    for (size_t i = 0; i < index->nkeys; i++) {
        if (index->columns[i] == number)
            return catalog_opclass(ddl->catalog, index->opclasses[i]);
    }
    return NULL;
}

bool constraint_check_foreign_key(Ddl *ddl, const Relation *relation, const Constraint *fk)
{
    const Relation *index = catalog_relation(ddl->catalog, fk->index);
    const Relation *referenced = catalog_relation(ddl->catalog, fk->foreign_relation);
    for (size_t i = 0; index && referenced && i < fk->ncolumns; i++) {
        const Column *own = catalog_column(relation, fk->columns[i]);
        const Column *other = catalog_column(referenced, fk->foreign_columns[i]);
        const OpClass *opclass = key_opclass(ddl, index->index, other->number);
        if (!opclass || comparable(ddl->catalog, other->type, own->type, opclass))
            continue;
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_DATATYPE_MISMATCH,
                               "foreign key constraint \"%s\" cannot be implemented", fk->name);
        ddl_detail(ddl, diag,
                   catalog_version(ddl->catalog) >= 18
                       ? "Key columns \"%s\" of the referencing table and \"%s\" of the referenced table are of "
                         "incompatible types: %s and %s."
                       : "Key columns \"%s\" and \"%s\" are of incompatible types: %s and %s.",
                   own->name, other->name, ddl_type_name(ddl, own->type), ddl_type_name(ddl, other->type));
        return false;
    }
    return true;
}

static bool check_generated(ForeignKey *fk)
{
    for (size_t i = 0; i < fk->columns.len; i++) {
        if (!catalog_column(fk->relation, fk->columns.items[i])->generated)
            continue;
        const char *clause = NULL;
        if (strchr("ndc", *fk->raw->fk_upd_action))
            clause = "ON UPDATE";
        else if (strchr("nd", *fk->raw->fk_del_action))
            clause = "ON DELETE";
        if (clause)
            return ddl_fail(fk->ddl, -1, SQLSTATE_SYNTAX_ERROR,
                            "invalid %s action for foreign key constraint containing generated column", clause);
    }
    return true;
}

static const char *choose_name(ForeignKey *fk)
{
    Names names = {0};
    for (size_t i = 0; i < fk->columns.len; i++)
        vec_push(fk->ddl->scratch, &names, catalog_column(fk->relation, fk->columns.items[i])->name);
    return name_choose_constraint(fk->ddl, fk->relation->name,
                                  name_columns(fk->ddl->scratch, names.items, names.len), "fkey",
                                  fk->relation->schema, NULL);
}

static bool store(ForeignKey *fk, const char *name, bool inherited)
{
    const AstConstraint *raw = fk->raw;
    Constraint constraint = {
        .name = name,
        .type = CONSTRAINT_FOREIGN,
        .deferrable = raw->deferrable,
        .deferred = raw->initdeferred,
        .validated = !raw->skip_validation,
        .is_local = !inherited,
        .inherit_count = inherited,
        .no_inherit = !inherited && fk->relation->kind != RELKIND_PARTITIONED,
        .columns = fk->columns.items,
        .ncolumns = fk->columns.len,
        .index = fk->index,
        .foreign_relation = fk->referenced->oid,
        .foreign_columns = fk->referenced_columns.items,
        .on_update = *raw->fk_upd_action,
        .on_delete = *raw->fk_del_action,
        .match = *raw->fk_matchtype,
        .span = ddl_span(fk->ddl, raw->location),
    };
    if (!constraint_check_foreign_key(fk->ddl, fk->relation, &constraint))
        return false;
    constraint_store(fk->ddl, fk->relation->oid, &constraint);
    OidList children = catalog_children(fk->ddl->catalog, fk->ddl->scratch, fk->relation->oid);
    for (size_t i = 0; fk->relation->kind == RELKIND_PARTITIONED && i < children.len; i++) {
        if (!constraint_clone_foreign_key(fk->ddl, children.items[i], fk->relation, &constraint))
            return false;
    }
    return true;
}

static bool resolve_keys(ForeignKey *fk, const char *column)
{
    const AstConstraint *raw = fk->raw;
    Ddl *ddl = fk->ddl;
    if (column && raw->n_fk_attrs == 0) {
        const Column *own = catalog_find_column(fk->relation, column);
        vec_push(ddl->arena, &fk->columns, own->number);
    } else if (!find_columns(fk, fk->relation, AST_ITEMS(raw, fk_attrs), &fk->columns)) {
        return false;
    }
    Numbers set_columns = {0};
    if (!find_columns(fk, fk->relation, AST_ITEMS(raw, fk_del_set_cols), &set_columns))
        return false;
    if (raw->n_pk_attrs == 0)
        return find_primary_key(fk);
    return find_columns(fk, fk->referenced, AST_ITEMS(raw, pk_attrs), &fk->referenced_columns) &&
           find_unique_index(fk);
}

bool constraint_add_foreign_key(Ddl *ddl, Oid relation, const AstConstraint *raw, const char *column, bool recurse)
{
    ForeignKey fk = {.ddl = ddl, .relation = catalog_relation(ddl->catalog, relation), .raw = raw};
    const char *name = ast_text(raw->conname);
    if (name && !constraint_check_name_free(ddl, fk.relation, name))
        return false;
    fk.referenced = analyze_range_var(&ddl->context, raw->pktable, false);
    if (!fk.referenced || !check_relations(&fk))
        return false;
    if (!recurse && fk.relation->kind == RELKIND_PARTITIONED)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE,
                        "cannot use ONLY for foreign key on partitioned table \"%s\" referencing relation \"%s\"",
                        fk.relation->name, fk.referenced->name);
    if (!resolve_keys(&fk, column) ||
        !privilege_check(ddl, address_of(CLASS_RELATION, fk.referenced->oid), PRIVILEGE_REFERENCES))
        return false;
    if (fk.columns.len != fk.referenced_columns.len)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_FOREIGN_KEY,
                        "number of referencing and referenced columns for foreign key disagree");
    name = name ? arena_strdup(ddl->arena, name) : choose_name(&fk);
    return check_generated(&fk) && store(&fk, name, false);
}

bool constraint_clone_foreign_key(Ddl *ddl, Oid oid, const Relation *parent, const Constraint *fk)
{
    const Relation *relation = catalog_relation(ddl->catalog, oid);
    int16_t *map = remap_by_name(ddl->scratch, parent, relation);
    Constraint copy = *fk;
    int16_t *columns = arena_array_of(ddl->arena, fk->ncolumns + 1, int16_t);
    for (size_t i = 0; i < fk->ncolumns; i++)
        columns[i] = map[fk->columns[i] - 1];
    copy.columns = columns;
    copy.oid = INVALID_OID;
    copy.is_local = copy.no_inherit = false;
    copy.inherit_count = 1;
    if (relation_constraint(relation, copy.name)) {
        Names names = {0};
        for (size_t i = 0; i < copy.ncolumns; i++)
            vec_push(ddl->scratch, &names, catalog_column(relation, columns[i])->name);
        copy.name = name_choose_constraint(ddl, relation->name, name_columns(ddl->scratch, names.items, names.len),
                                           "fkey", relation->schema, NULL);
    }
    constraint_store(ddl, oid, &copy);
    depend_on(ddl, address_of(CLASS_CONSTRAINT, copy.oid), address_of(CLASS_CONSTRAINT, fk->oid),
              DEPENDENCY_INTERNAL);
    OidList children = catalog_children(ddl->catalog, ddl->scratch, oid);
    for (size_t i = 0; i < children.len; i++) {
        if (!constraint_clone_foreign_key(ddl, children.items[i], relation, &copy))
            return false;
    }
    return true;
}
