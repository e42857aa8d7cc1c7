/* Structs of catalog.h from the records of constant tables (objectset.h). Strings, and for PostgreSQL's own objects
 * lists of OIDs, are used where they are; the rest is built in the arena. */
#include "catalog/state.h"

Oid record_reference(const RecordReader *reader, Oid reference)
{
    if (reference < FIRST_USER_OID || !reader->bases)
        return reference;
    if (reference == REFERENCE_SCHEMA)
        return reader->schema;
    Oid number = (reference & (((Oid)1 << REFERENCE_SHIFT) - 1)) - FIRST_USER_OID;
    return reader->bases[reference >> REFERENCE_SHIFT] + number;
}

static const char *text(const RecordReader *reader, uint32_t offset)
{
    return reader->set->strings + offset;
}

static const Oid *oid_list(const RecordReader *reader, uint32_t offset, size_t n)
{
    if (!n)
        return NULL;
    const Oid *list = reader->set->oids + offset;
    if (!reader->bases)
        return list;
    Oid *copy = arena_array_of(reader->arena, n, Oid);
    for (size_t i = 0; i < n; i++)
        copy[i] = record_reference(reader, list[i]);
    return copy;
}

static const char *const *name_list(const RecordReader *reader, uint32_t offset, size_t n)
{
    const char **list = arena_array_of(reader->arena, n, const char *);
    for (size_t i = 0; i < n; i++)
        list[i] = text(reader, reader->set->names[offset + i]);
    return list;
}

static const Schema *make_schema(const RecordReader *reader, const Record *record)
{
    Schema *schema = arena_new_of(reader->arena, Schema);
    schema->oid = record_reference(reader, record->oid);
    schema->name = text(reader, record->name);
    schema->span = reader->span;
    return schema;
}

static const Type *make_type(const RecordReader *reader, const TypeRecord *record)
{
    Type *type = arena_new_of(reader->arena, Type);
    *type = (Type){
        .oid = record_reference(reader, record->record.oid),
        .name = text(reader, record->record.name),
        .schema = record_reference(reader, record->record.schema),
        .typtype = record->typtype,
        .category = record->category,
        .preferred = record->flags & TYPE_PREFERRED,
        .defined = record->flags & TYPE_DEFINED,
        .len = record->len,
        .delimiter = record->delimiter,
        .relation = record_reference(reader, record->relation),
        .subscript = record_reference(reader, record->subscript),
        .element = record_reference(reader, record->element),
        .array = record_reference(reader, record->array),
        .base = record_reference(reader, record->base),
        .typmod = record->typmod,
        .ndims = record->ndims,
        .not_null = record->flags & TYPE_NOT_NULL,
        .has_default = record->flags & TYPE_HAS_DEFAULT,
        .collation = record_reference(reader, record->collation),
        .input = record_reference(reader, record->input),
        .output = record_reference(reader, record->output),
        .receive = record_reference(reader, record->receive),
        .send = record_reference(reader, record->send),
        .typmod_in = record_reference(reader, record->typmod_in),
        .typmod_out = record_reference(reader, record->typmod_out),
        .subtype = record_reference(reader, record->subtype),
        .multirange = record_reference(reader, record->multirange),
        .range = record_reference(reader, record->range),
        .owner_extension = reader->extension,
        .nlabels = record->nlabels,
        .span = reader->span,
    };
    if (record->nlabels)
        type->labels = name_list(reader, record->labels, record->nlabels);
    return type;
}

static const Function *make_function(const RecordReader *reader, const FunctionRecord *record)
{
    Function *function = arena_new_of(reader->arena, Function);
    *function = (Function){
        .oid = record_reference(reader, record->record.oid),
        .name = text(reader, record->record.name),
        .schema = record_reference(reader, record->record.schema),
        .kind = record->kind,
        .returns_set = record->flags & FUNCTION_RETURNS_SET,
        .strict = record->flags & FUNCTION_STRICT,
        .leakproof = record->flags & FUNCTION_LEAKPROOF,
        .security_definer = record->flags & FUNCTION_SECURITY_DEFINER,
        .volatility = record->volatility,
        .nargs = record->nargs,
        .ndefaults = record->ndefaults,
        .return_type = record_reference(reader, record->return_type),
        .variadic = record_reference(reader, record->variadic),
        .arg_types = oid_list(reader, record->arg_types, record->nargs),
        .nall = record->nall,
        .all_types = oid_list(reader, record->all_types, record->nall),
        .all_modes = record->nall ? text(reader, record->all_modes) : NULL,
        .language = record_reference(reader, record->language),
        .support = record_reference(reader, record->support),
        .aggregate_kind = record->aggregate_kind,
        .ndirect = record->ndirect,
        .transition_type = record_reference(reader, record->transition_type),
        .has_initial_value = record->flags & FUNCTION_INITIAL_VALUE,
        .final_strict = record->flags & FUNCTION_FINAL_STRICT,
        .never_null = record->flags & FUNCTION_NEVER_NULL,
        .always_not_null = record->flags & FUNCTION_ALWAYS_NOT_NULL,
        .owner_extension = reader->extension,
        .span = reader->span,
    };
    if (record->arg_names)
        function->arg_names = name_list(reader, record->arg_names, record->nall ? record->nall : record->nargs);
    return function;
}

static const Operator *make_operator(const RecordReader *reader, const OperatorRecord *record)
{
    Operator *op = arena_new_of(reader->arena, Operator);
    *op = (Operator){
        .oid = record_reference(reader, record->record.oid),
        .name = text(reader, record->record.name),
        .schema = record_reference(reader, record->record.schema),
        .left = record_reference(reader, record->left),
        .right = record_reference(reader, record->right),
        .result = record_reference(reader, record->result),
        .function = record_reference(reader, record->function),
        .commutator = record_reference(reader, record->commutator),
        .negator = record_reference(reader, record->negator),
        .can_merge = record->flags & OPERATOR_CAN_MERGE,
        .can_hash = record->flags & OPERATOR_CAN_HASH,
        .owner_extension = reader->extension,
        .span = reader->span,
    };
    return op;
}

static const Collation *make_collation(const RecordReader *reader, const CollationRecord *record)
{
    Collation *collation = arena_new_of(reader->arena, Collation);
    collation->oid = record_reference(reader, record->record.oid);
    collation->name = text(reader, record->record.name);
    collation->schema = record_reference(reader, record->record.schema);
    collation->deterministic = record->deterministic;
    collation->span = reader->span;
    return collation;
}

static const OpClass *make_opclass(const RecordReader *reader, const OpClassRecord *record)
{
    OpClass *opclass = arena_new_of(reader->arena, OpClass);
    *opclass = (OpClass){
        .oid = record_reference(reader, record->record.oid),
        .name = text(reader, record->record.name),
        .schema = record_reference(reader, record->record.schema),
        .access_method = record_reference(reader, record->access_method),
        .family = record_reference(reader, record->family),
        .input = record_reference(reader, record->input),
        .key = record_reference(reader, record->key),
        .is_default = record->is_default,
    };
    return opclass;
}

static const OpFamily *make_opfamily(const RecordReader *reader, const OpFamilyRecord *record)
{
    OpFamily *family = arena_new_of(reader->arena, OpFamily);
    family->oid = record_reference(reader, record->record.oid);
    family->name = text(reader, record->record.name);
    family->schema = record_reference(reader, record->record.schema);
    family->access_method = record_reference(reader, record->access_method);
    return family;
}

static const NamedObject *make_object(const RecordReader *reader, const NamedRecord *record)
{
    NamedObject *object = arena_new_of(reader->arena, NamedObject);
    *object = (NamedObject){
        .oid = record_reference(reader, record->record.oid),
        .class = (ObjectClass)record->class,
        .schema = record_reference(reader, record->record.schema),
        .name = text(reader, record->record.name),
        .owner_extension = reader->extension,
        .span = reader->span,
    };
    return object;
}

static const Column *make_columns(const RecordReader *reader, const RelationRecord *record)
{
    Column *columns = arena_array_of(reader->arena, record->ncolumns, Column);
    for (size_t i = 0; i < record->ncolumns; i++) {
        const ColumnRecord *column = &reader->set->columns[record->columns + i];
        columns[i] = (Column){
            .name = text(reader, column->name),
            .number = (int16_t)(i + 1),
            .type = record_reference(reader, column->type),
            .typmod = column->typmod,
            .collation = record_reference(reader, column->collation),
            .ndims = column->ndims,
            .not_null = column->flags & COLUMN_NOT_NULL,
            .dropped = column->flags & COLUMN_DROPPED,
            .has_default = column->flags & COLUMN_HAS_DEFAULT,
            .is_local = true,
            .span = reader->span,
        };
    }
    return columns;
}

static const Constraint *make_constraints(const RecordReader *reader, const RelationRecord *record)
{
    Constraint *constraints = arena_array_of(reader->arena, record->nconstraints, Constraint);
    for (size_t i = 0; i < record->nconstraints; i++) {
        const ConstraintRecord *constraint = &reader->set->constraints[record->constraints + i];
        constraints[i] = (Constraint){
            .oid = record_reference(reader, constraint->oid),
            .name = text(reader, constraint->name),
            .type = constraint->type,
            .validated = true,
            .is_local = true,
            .columns = reader->set->numbers + constraint->columns,
            .ncolumns = constraint->ncolumns,
            .index = record_reference(reader, constraint->index),
            .span = reader->span,
        };
    }
    return constraints;
}

static const Index *make_index(const RecordReader *reader, const IndexRecord *record)
{
    Index *index = arena_new_of(reader->arena, Index);
    *index = (Index){
        .table = record_reference(reader, record->table),
        .access_method = record_reference(reader, record->access_method),
        .is_unique = record->flags & INDEX_UNIQUE,
        .is_primary = record->flags & INDEX_PRIMARY,
        .immediate = record->flags & INDEX_IMMEDIATE,
        .nulls_not_distinct = record->flags & INDEX_NULLS_NOT_DISTINCT,
        .valid = true,
        .nkeys = record->nkeys,
        .ncolumns = record->ncolumns,
        .columns = reader->set->numbers + record->columns,
        .opclasses = oid_list(reader, record->opclasses, record->nkeys),
        .collations = oid_list(reader, record->collations, record->nkeys),
        .options = (const uint16_t *)(reader->set->numbers + record->options),
        .constraint = record_reference(reader, record->constraint),
    };
    return index;
}

static const Rule *make_rules(const RecordReader *reader, const RelationRecord *record)
{
    Rule *rules = arena_array_of(reader->arena, record->nrules, Rule);
    for (size_t i = 0; i < record->nrules; i++) {
        const RuleRecord *rule = &reader->set->rules[record->rules + i];
        rules[i].oid = record_reference(reader, rule->oid);
        rules[i].name = text(reader, rule->name);
        rules[i].event = rule->event;
        rules[i].instead = rule->flags & RULE_INSTEAD;
        rules[i].enabled = rule->flags & RULE_ENABLED;
        rules[i].span = reader->span;
    }
    return rules;
}

static const Relation *make_relation(const RecordReader *reader, const RelationRecord *record)
{
    Relation *relation = arena_new_of(reader->arena, Relation);
    *relation = (Relation){
        .oid = record_reference(reader, record->record.oid),
        .name = text(reader, record->record.name),
        .schema = record_reference(reader, record->record.schema),
        .kind = record->kind,
        .persistence = record->persistence,
        .row_type = record_reference(reader, record->row_type),
        .row_array_type = record_reference(reader, record->row_array_type),
        .access_method = record_reference(reader, record->access_method),
        .columns = make_columns(reader, record),
        .ncolumns = record->ncolumns,
        .indexes = oid_list(reader, record->indexes, record->nindexes),
        .nindexes = record->nindexes,
        .nconstraints = record->nconstraints,
        .nrules = record->nrules,
        .populated = true,
        .owner_extension = reader->extension,
        .span = reader->span,
    };
    if (record->nconstraints)
        relation->constraints = make_constraints(reader, record);
    if (record->nrules)
        relation->rules = make_rules(reader, record);
    if (record->index)
        relation->index = make_index(reader, &reader->set->indexes[record->index - 1]);
    return relation;
}

const void *record_object(const RecordReader *reader, RecordKind kind, uint32_t number)
{
    const void *record = builtin_record(&reader->set->tables[kind], number);
    switch (kind) {
    case RECORD_SCHEMA:
        return make_schema(reader, record);
    case RECORD_TYPE:
        return make_type(reader, record);
    case RECORD_RELATION:
        return make_relation(reader, record);
    case RECORD_FUNCTION:
        return make_function(reader, record);
    case RECORD_OPERATOR:
        return make_operator(reader, record);
    case RECORD_COLLATION:
        return make_collation(reader, record);
    case RECORD_OPCLASS:
        return make_opclass(reader, record);
    case RECORD_OPFAMILY:
        return make_opfamily(reader, record);
    case RECORD_OBJECT:
        return make_object(reader, record);
    case NRECORD_KINDS:
        break;
    }
    return NULL;
}
