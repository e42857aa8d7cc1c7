/* Sequences (PostgreSQL's commands/sequence.c). */
#include "ddl/ddl_private.h"

#include "types/literal.h"

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

/* defGetInt64: the option's number, unless it has none. */
static bool read_number(Ddl *ddl, const AstDefElem *option, int64_t *value)
{
    if (!option || !option->arg)
        return true;
    if (ast_kind(option->arg) == AST_INTEGER) {
        *value = option->arg->integer->ival;
        return true;
    }
    const char *text = ast_kind(option->arg) == AST_FLOAT ? option->arg->float_->fval : "";
    LiteralError error = {0};
    if (!literal_valid(ddl->catalog, ddl->scratch, TYPE_INT8, -1, text, &error))
        return ddl_fail(ddl, -1, error.code, "%s", error.message);
    *value = strtoll(text, NULL, 10);
    return true;
}

typedef struct TypeLimits {
    Oid type;
    int64_t min, max;
} TypeLimits;

static const TypeLimits *limits_of(Oid type)
{
    static const TypeLimits limits[] = {
        {TYPE_INT8, INT64_MIN, INT64_MAX},
        {TYPE_INT4, INT32_MIN, INT32_MAX},
        {TYPE_INT2, INT16_MIN, INT16_MAX},
    };
    for (size_t i = 1; i < sizeof limits / sizeof *limits; i++)
        if (limits[i].type == type)
            return &limits[i];
    return &limits[0];
}

static bool check_limits(Ddl *ddl, const Sequence *sequence)
{
    const TypeLimits *limits = limits_of(sequence->type);
    const char *type = ddl_type_name(ddl, sequence->type);
    if (sequence->max < limits->min || sequence->max > limits->max)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE,
                        "MAXVALUE (%lld) is out of range for sequence data type %s", (long long)sequence->max,
                        type);
    if (sequence->min < limits->min || sequence->min > limits->max)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE,
                        "MINVALUE (%lld) is out of range for sequence data type %s", (long long)sequence->min,
                        type);
    return sequence->min < sequence->max ||
           ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "MINVALUE (%lld) must be less than MAXVALUE (%lld)",
                    (long long)sequence->min, (long long)sequence->max);
}

static bool check_value(Ddl *ddl, const char *what, int64_t value, const Sequence *sequence)
{
    if (value < sequence->min)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE,
                        "%s value (%lld) cannot be less than MINVALUE (%lld)", what, (long long)value,
                        (long long)sequence->min);
    return value <= sequence->max || ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE,
                                              "%s value (%lld) cannot be greater than MAXVALUE (%lld)", what,
                                              (long long)value, (long long)sequence->max);
}

/* AS: limits that were those of the type before become those of the new one. */
static void set_type(Sequence *sequence, Oid type, bool *reset_min, bool *reset_max)
{
    const TypeLimits *before = limits_of(sequence->type);
    *reset_max = sequence->max == before->max;
    *reset_min = sequence->min == before->min;
    sequence->type = type;
}

/* What MINVALUE and MAXVALUE come to; NO MINVALUE is an option without a value. */
static bool set_limits(Ddl *ddl, const SequenceOptions *options, Sequence *sequence, bool is_new, bool reset_min,
                       bool reset_max)
{
    const TypeLimits *limits = limits_of(sequence->type);
    bool ascending = sequence->increment > 0;
    if (is_new || reset_max || options->maximum)
        sequence->max = ascending || reset_max ? limits->max : -1;
    if (is_new || reset_min || options->minimum)
        sequence->min = ascending && !reset_min ? 1 : limits->min;
    return read_number(ddl, options->maximum, &sequence->max) &&
           read_number(ddl, options->minimum, &sequence->min) && check_limits(ddl, sequence);
}

static bool set_start(Ddl *ddl, const SequenceOptions *options, Sequence *sequence, bool is_new)
{
    if (is_new)
        sequence->start = sequence->increment > 0 ? sequence->min : sequence->max;
    if (!read_number(ddl, options->start, &sequence->start) ||
        !check_value(ddl, "START", sequence->start, sequence))
        return false;
    /* Where a sequence stands that is not restarted is not known. */
    int64_t restart = sequence->start;
    return !options->restart ||
           (read_number(ddl, options->restart, &restart) && check_value(ddl, "RESTART", restart, sequence));
}

/* init_params: type is what AS gives, or the sequence's own. */
static bool set_parameters(Ddl *ddl, const SequenceOptions *options, Oid type, bool is_new, Sequence *sequence)
{
    bool reset_min = false, reset_max = false;
    int64_t cache = 1;
    if (is_new)
        *sequence = (Sequence){.type = type, .increment = 1};
    else if (type != sequence->type)
        set_type(sequence, type, &reset_min, &reset_max);
    if (!read_number(ddl, options->increment, &sequence->increment))
        return false;
    if (sequence->increment == 0)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "INCREMENT must not be zero");
    if (!set_limits(ddl, options, sequence, is_new, reset_min, reset_max) ||
        !set_start(ddl, options, sequence, is_new) || !read_number(ddl, options->cache, &cache))
        return false;
    return cache > 0 || ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE,
                                 "CACHE (%lld) must be greater than zero", (long long)cache);
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
    if (role_same(ddl, catalog_owner(ddl->catalog, address_of(CLASS_RELATION, oid)),
                  catalog_owner(ddl->catalog, address_of(CLASS_RELATION, table->oid))) == CERTAINLY_NOT)
        return ddl_fail(ddl, -1, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "sequence must have same owner as table it is linked to");
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
    SequenceOptions sorted;
    Sequence *parameters = arena_new_of(ddl->arena, Sequence);
    if (!sort_options(ddl, options, &sorted))
        return INVALID_OID;
    if (for_identity && sorted.as) {
        ddl_error(ddl, sorted.as->location, SQLSTATE_SYNTAX_ERROR, "conflicting or redundant options");
        return INVALID_OID;
    }
    if (!option_type(ddl, sorted.as, for_identity, &type) || !set_parameters(ddl, &sorted, type, true, parameters))
        return INVALID_OID;
    Relation *sequence = relation_new(ddl, RELKIND_SEQUENCE, name, schema, persistence, location);
    static const Column columns[] = {
        {.name = "last_value", .number = 1, .type = TYPE_INT8, .typmod = -1, .not_null = true, .is_local = true},
        {.name = "log_cnt", .number = 2, .type = TYPE_INT8, .typmod = -1, .not_null = true, .is_local = true},
        {.name = "is_called", .number = 3, .type = TYPE_BOOL, .typmod = -1, .not_null = true, .is_local = true},
    };
    sequence->columns = columns;
    sequence->ncolumns = sizeof columns / sizeof *columns;
    sequence->sequence = parameters;
    return relation_create(ddl, sequence) ? sequence->oid : INVALID_OID;
}

static bool alter_parameters(Ddl *ddl, Oid oid, const SequenceOptions *options, Oid type)
{
    Relation *edit = catalog_edit_relation(ddl->catalog, oid);
    Sequence *parameters = arena_memdup(ddl->arena, edit->sequence, sizeof *parameters);
    if (!set_parameters(ddl, options, type ? type : parameters->type, false, parameters))
        return false;
    edit->sequence = parameters;
    catalog_put_relation(ddl->catalog, edit);
    return true;
}

bool sequence_alter(Ddl *ddl, Oid oid, AstItems items, bool for_identity)
{
    SequenceOptions options;
    Oid type = INVALID_OID;
    return sort_options(ddl, items, &options) && option_type(ddl, options.as, for_identity, &type) &&
           alter_parameters(ddl, oid, &options, type);
}

bool sequence_set_type(Ddl *ddl, Oid oid, Oid type)
{
    return alter_parameters(ddl, oid, &(SequenceOptions){0}, type);
}

bool create_sequence(Ddl *ddl, const AstNode *node)
{
    const AstCreateSeqStmt *stmt = node->create_seq_stmt;
    char persistence;
    Oid schema = name_relation_schema(ddl, stmt->sequence, &persistence);
    if (!schema)
        return false;
    if (persistence == 'u' && catalog_version(ddl->catalog) < 15)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "unlogged sequences are not supported");
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
    if (!owner_check_relation(ddl, sequence))
        return false;
    if (sequence->kind != RELKIND_SEQUENCE && catalog_version(ddl->catalog) >= 17) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot open relation \"%s\"", sequence->name);
        describe_not_supported(ddl, diag, sequence->kind);
        return false;
    }
    if (sequence->kind != RELKIND_SEQUENCE)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" is not a sequence", sequence->name);
    Oid oid = sequence->oid;
    return sequence_alter(ddl, oid, AST_ITEMS(stmt, options), stmt->for_identity) &&
           set_owned_by(ddl, oid, ast_option(AST_ITEMS(stmt, options), "owned_by"));
}
