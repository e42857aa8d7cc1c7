/* Sequences (PostgreSQL's commands/sequence.c). */
#include "ddl/ddl_private.h"

#include <errno.h>
#include <stdlib.h>

/* ---- options ---- */

typedef struct SequenceOptions {
    const AstDefElem *as, *increment, *start, *restart, *minimum, *maximum, *cache, *cycle, *owned_by, *name;
} SequenceOptions;

static bool sort_options(Ddl *ddl, AstItems options, SequenceOptions *sorted)
{
    *sorted = (SequenceOptions){0};
    const struct {
        const char *name;
        const AstDefElem **place;
    } places[] = {
        {"as", &sorted->as},
        {"increment", &sorted->increment},
        {"start", &sorted->start},
        {"restart", &sorted->restart},
        {"minvalue", &sorted->minimum},
        {"maxvalue", &sorted->maximum},
        {"cache", &sorted->cache},
        {"cycle", &sorted->cycle},
        {"owned_by", &sorted->owned_by},
        {"sequence_name", &sorted->name},
    };
    for (size_t i = 0; i < options.len; i++) {
        const AstDefElem *option = options.items[i]->def_elem;
        for (size_t j = 0; j < sizeof places / sizeof *places; j++) {
            if (strcmp(places[j].name, option->defname) != 0)
                continue;
            if (*places[j].place)
                return ddl_fail(ddl, option->location, SQLSTATE_SYNTAX_ERROR, "conflicting or redundant options");
            *places[j].place = option;
        }
    }
    return true;
}

/* The option's number; false when it has none. */
static bool number_of(const AstDefElem *option, int64_t *value)
{
    if (!option || !option->arg)
        return false;
    if (ast_kind(option->arg) == AST_INTEGER) {
        *value = option->arg->integer->ival;
        return true;
    }
    if (ast_kind(option->arg) != AST_FLOAT)
        return false;
    char *end;
    errno = 0;
    *value = strtoll(option->arg->float_->fval, &end, 10);
    return errno == 0 && *end == '\0';
}

static const struct {
    Oid type;
    int64_t min, max;
} limits[] = {
    {TYPE_INT2, INT16_MIN, INT16_MAX},
    {TYPE_INT4, INT32_MIN, INT32_MAX},
    {TYPE_INT8, INT64_MIN, INT64_MAX},
};

static bool check_range(Ddl *ddl, Oid type, int64_t type_min, int64_t type_max, int64_t min, int64_t max)
{
    if (max < type_min || max > type_max)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE,
                        "MAXVALUE (%lld) is out of range for sequence data type %s", (long long)max,
                        ddl_type_name(ddl, type));
    if (min < type_min || min > type_max)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE,
                        "MINVALUE (%lld) is out of range for sequence data type %s", (long long)min,
                        ddl_type_name(ddl, type));
    if (min >= max)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE,
                        "MINVALUE (%lld) must be less than MAXVALUE (%lld)", (long long)min, (long long)max);
    return true;
}

static bool check_start(Ddl *ddl, const char *what, int64_t start, int64_t min, int64_t max)
{
    if (start < min)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE,
                        "%s value (%lld) cannot be less than MINVALUE (%lld)", what, (long long)start,
                        (long long)min);
    if (start > max)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE,
                        "%s value (%lld) cannot be greater than MAXVALUE (%lld)", what, (long long)start,
                        (long long)max);
    return true;
}

/* init_params: the numbers of a new sequence. */
static bool check_numbers(Ddl *ddl, const SequenceOptions *options, Oid type, bool is_new)
{
    int64_t increment = 1, cache = 1, type_min = 0, type_max = 0;
    number_of(options->increment, &increment);
    if (increment == 0)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "INCREMENT must not be zero");
    if (number_of(options->cache, &cache) && cache <= 0)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "CACHE (%lld) must be greater than zero",
                        (long long)cache);
    if (!is_new)
        return true;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        if (limits[i].type == type) {
            type_min = limits[i].min;
            type_max = limits[i].max;
        }
    }
    int64_t max = increment > 0 ? type_max : -1, min = increment > 0 ? 1 : type_min;
    number_of(options->maximum, &max);
    number_of(options->minimum, &min);
    int64_t start = increment > 0 ? min : max;
    number_of(options->start, &start);
    return check_range(ddl, type, type_min, type_max, min, max) && check_start(ddl, "START", start, min, max);
}

static bool option_type(Ddl *ddl, const AstDefElem *as, bool for_identity, Oid *type)
{
    int32_t typmod;
    if (!as || !as->arg)
        return true;
    Oid found = analyze_type_name(&ddl->context, as->arg->type_name, &typmod);
    if (!found)
        return false;
    if (found != TYPE_INT2 && found != TYPE_INT4 && found != TYPE_INT8)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE,
                        for_identity ? "identity column type must be smallint, integer, or bigint"
                                     : "sequence type must be smallint, integer, or bigint");
    *type = found;
    return true;
}

bool sequence_check_options(Ddl *ddl, AstItems items, bool for_identity, bool is_new, Oid *type)
{
    SequenceOptions options;
    return sort_options(ddl, items, &options) && option_type(ddl, options.as, for_identity, type) &&
           check_numbers(ddl, &options, *type, is_new);
}

/* ---- ownership ---- */

void sequence_set_owner(Ddl *ddl, Oid oid, Oid relation, int column, DependencyKind kind)
{
    Relation *edit = catalog_edit_relation(ddl->catalog, oid);
    if (edit->owner_relation)
        depend_forget(ddl, address_of(CLASS_RELATION, oid), address_of(CLASS_RELATION, edit->owner_relation));
    edit->owner_relation = relation;
    edit->owner_column = (int16_t)column;
    catalog_put_relation(ddl->catalog, edit);
    if (relation)
        depend_on(ddl, address_of(CLASS_RELATION, oid), address_of_column(relation, column), kind);
}

Oid sequence_of_column(Ddl *ddl, Oid relation, int column)
{
    DependencyList list = catalog_dependents(ddl->catalog, ddl->scratch, address_of_column(relation, column));
    for (size_t i = 0; i < list.len; i++) {
        const Relation *found = list.items[i].dependent.class == CLASS_RELATION
                                    ? catalog_relation(ddl->catalog, list.items[i].dependent.oid)
                                    : NULL;
        if (found && found->kind == RELKIND_SEQUENCE && list.items[i].kind == DEPENDENCY_INTERNAL)
            return found->oid;
    }
    return INVALID_OID;
}

static bool is_identity(Ddl *ddl, const Relation *sequence)
{
    return sequence->owner_relation &&
           sequence_of_column(ddl, sequence->owner_relation, sequence->owner_column) == sequence->oid;
}

static const Relation *owner_table(Ddl *ddl, AstItems names)
{
    const char *schema, *name;
    if (!analyze_qualified_name(&ddl->context, names.len, names.items, &schema, &name))
        return NULL;
    const Relation *relation = NULL;
    if (schema) {
        Oid in = name_schema(ddl, schema, false);
        if (!in)
            return NULL;
        relation = catalog_find_relation_in(ddl->catalog, in, name);
    } else {
        relation = catalog_find_relation(ddl->catalog, name);
    }
    if (!relation)
        ddl_error(ddl, -1, SQLSTATE_UNDEFINED_TABLE, "relation \"%s\" does not exist",
                  ast_name_text(ddl->scratch, names));
    return relation;
}

/* process_owned_by */
static bool set_owned_by(Ddl *ddl, Oid oid, const AstDefElem *option)
{
    if (!option)
        return true;
    AstItems names = ast_items(option->arg);
    const Relation *sequence = catalog_relation(ddl->catalog, oid);
    if (is_identity(ddl, sequence)) {
        Diag *diag =
            ddl_error(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot change ownership of identity sequence");
        ddl_detail(ddl, diag, "Sequence \"%s\" is linked to table \"%s\".", sequence->name,
                   catalog_relation(ddl->catalog, sequence->owner_relation)->name);
        return false;
    }
    if (names.len == 1) {
        if (strcmp(ast_string(names.items[0]), "none") != 0) {
            Diag *diag = ddl_error(ddl, -1, SQLSTATE_SYNTAX_ERROR, "invalid OWNED BY option");
            ddl_hint(ddl, diag, "Specify OWNED BY table.column or OWNED BY NONE.");
            return false;
        }
        sequence_set_owner(ddl, oid, INVALID_OID, 0, DEPENDENCY_AUTO);
        return true;
    }
    const Relation *table = owner_table(ddl, (AstItems){names.items, names.len - 1});
    if (!table)
        return false;
    if (!relation_is_table(table->kind) && table->kind != RELKIND_VIEW) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "sequence cannot be owned by relation \"%s\"",
                               table->name);
        describe_not_supported(ddl, diag, table->kind);
        return false;
    }
    if (table->schema != sequence->schema)
        return ddl_fail(ddl, -1, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "sequence must be in same schema as table it is linked to");
    const Column *column = relation_require_column(ddl, table, ast_string(names.items[names.len - 1]), -1);
    if (!column)
        return false;
    sequence_set_owner(ddl, oid, table->oid, column->number, DEPENDENCY_AUTO);
    return true;
}

/* ---- statements ---- */

Oid sequence_create(Ddl *ddl, const char *name, Oid schema, char persistence, AstItems options, Oid type,
                    bool for_identity, int32_t location)
{
    if (!sequence_check_options(ddl, options, for_identity, true, &type))
        return INVALID_OID;
    Relation *sequence = relation_new(ddl, RELKIND_SEQUENCE, name, schema, persistence, location);
    static const Column columns[] = {
        {.name = "last_value", .number = 1, .type = TYPE_INT8, .typmod = -1, .not_null = true, .is_local = true},
        {.name = "log_cnt", .number = 2, .type = TYPE_INT8, .typmod = -1, .not_null = true, .is_local = true},
        {.name = "is_called", .number = 3, .type = TYPE_BOOL, .typmod = -1, .not_null = true, .is_local = true},
    };
    sequence->columns = columns;
    sequence->ncolumns = sizeof columns / sizeof *columns;
    sequence->sequence_type = type;
    return relation_create(ddl, sequence) ? sequence->oid : INVALID_OID;
}

bool create_sequence(Ddl *ddl, const AstNode *node)
{
    const AstCreateSeqStmt *stmt = node->create_seq_stmt;
    char persistence;
    Oid schema = name_relation_schema(ddl, stmt->sequence, &persistence);
    if (!schema)
        return false;
    if (stmt->if_not_exists && catalog_find_relation_in(ddl->catalog, schema, stmt->sequence->relname))
        return true;
    Oid oid = sequence_create(ddl, arena_strdup(ddl->arena, stmt->sequence->relname), schema, persistence,
                              AST_ITEMS(stmt, options), TYPE_INT8, stmt->for_identity, stmt->sequence->location);
    return oid && set_owned_by(ddl, oid, ast_option(AST_ITEMS(stmt, options), "owned_by"));
}

bool alter_sequence(Ddl *ddl, const AstNode *node)
{
    const AstAlterSeqStmt *stmt = node->alter_seq_stmt;
    const Relation *sequence = analyze_range_var(&ddl->context, stmt->sequence, stmt->missing_ok);
    if (!sequence)
        return stmt->missing_ok;
    if (sequence->kind != RELKIND_SEQUENCE)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" is not a sequence", sequence->name);
    Oid oid = sequence->oid, type = sequence->sequence_type;
    if (!sequence_check_options(ddl, AST_ITEMS(stmt, options), stmt->for_identity, false, &type))
        return false;
    if (type != sequence->sequence_type) {
        Relation *edit = catalog_edit_relation(ddl->catalog, oid);
        edit->sequence_type = type;
        catalog_put_relation(ddl->catalog, edit);
    }
    return set_owned_by(ddl, oid, ast_option(AST_ITEMS(stmt, options), "owned_by"));
}
