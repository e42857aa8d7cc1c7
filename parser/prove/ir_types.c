/* Types, tables and constraints of the catalog turned into the ir's, on first use. */
#include "prove/ir_types.h"

#include "base/vec.h"

static const char *schema_name(const ProveProject *project, Oid oid)
{
    const Schema *schema = catalog_schema(project->catalog, oid);
    return schema ? schema->name : "";
}

static const char *extension_name(const ProveProject *project, Oid oid)
{
    const NamedObject *extension = oid ? catalog_object(project->catalog, CLASS_EXTENSION, oid) : NULL;
    return extension ? extension->name : NULL;
}

static IrTypeKind kind_of(const Type *type)
{
    if (catalog_is_array(type))
        return IR_ARRAY;
    switch (type->typtype) {
    case TYPTYPE_ENUM:
        return IR_ENUM;
    case TYPTYPE_DOMAIN:
        return IR_DOMAIN;
    case TYPTYPE_COMPOSITE:
        return IR_COMPOSITE;
    case TYPTYPE_RANGE:
        return IR_RANGE;
    case TYPTYPE_MULTIRANGE:
        return IR_MULTIRANGE;
    case TYPTYPE_PSEUDO:
        return IR_PSEUDO;
    default:
        return IR_BASE;
    }
}

static void fill_fields(ProveProject *project, const Type *type, IrType *ir)
{
    const Relation *relation = catalog_relation(project->catalog, type->relation);
    IrField *fields = arena_array_of(project->arena, relation ? relation->ncolumns : 0, IrField);
    ir->fields = fields;
    for (size_t i = 0; relation && i < relation->ncolumns; i++) {
        const Column *column = &relation->columns[i];
        if (column->dropped)
            continue;
        /* A composite value's fields can always be NULL, whatever a table of that type forbids. */
        fields[ir->nfields++] = (IrField){column->name, ir_type_of(project, column->type), true, column->comment};
    }
}

/* A binary form of the type needs one of each part. */
static void fill_parts(ProveProject *project, const Type *type, IrType *ir)
{
    ir->has_send = type->send != INVALID_OID;
    ir->has_receive = type->receive != INVALID_OID;
    const IrType *part = NULL;
    switch (ir->kind) {
    case IR_ARRAY:
        part = ir->element = ir_type_of(project, type->element);
        break;
    case IR_DOMAIN:
        part = ir->base = ir_type_of(project, type->base);
        ir->domain_not_null = type->not_null || part->domain_not_null;
        break;
    case IR_RANGE:
        part = ir->subtype = ir_type_of(project, type->subtype);
        break;
    case IR_MULTIRANGE:
        part = ir->range = ir_type_of(project, type->range);
        ir->subtype = part->subtype;
        break;
    case IR_COMPOSITE:
        fill_fields(project, type, ir);
        for (size_t i = 0; i < ir->nfields; i++) {
            ir->has_send = ir->has_send && ir->fields[i].type->has_send;
            ir->has_receive = ir->has_receive && ir->fields[i].type->has_receive;
        }
        break;
    case IR_BASE:
    case IR_ENUM:
    case IR_PSEUDO:
        break;
    }
    if (part) {
        ir->has_send = (ir->has_send || ir->kind == IR_DOMAIN) && part->has_send;
        ir->has_receive = (ir->has_receive || ir->kind == IR_DOMAIN) && part->has_receive;
    }
}

const IrType *ir_type_of(ProveProject *project, Oid oid)
{
    IrType *ir = intmap_get(&project->types, oid);
    if (ir)
        return ir;
    ir = arena_new_of(project->arena, IrType);
    intmap_put(project->arena, &project->types, oid,
               ir); /* before its parts: a composite may contain an array of itself */
    const Type *type = catalog_type(project->catalog, oid);
    if (!type) {
        *ir = (IrType){.kind = IR_PSEUDO, .schema = "", .name = "", .key = "", .display = ""};
        return ir;
    }
    ir->kind = kind_of(type);
    ir->oid = oid < FIRST_USER_OID ? oid : 0;
    ir->schema = schema_name(project, type->schema);
    ir->name = type->name;
    ir->key = catalog_type_key(project->catalog, project->arena, oid);
    ir->display = catalog_format_type(project->catalog, project->arena, oid);
    ir->extension = extension_name(project, type->owner_extension);
    ir->delimiter = type->delimiter;
    ir->labels = type->labels;
    ir->nlabels = type->nlabels;
    ir->comment = type->comment;
    fill_parts(project, type, ir);
    return ir;
}

const IrTable *ir_table_of(ProveProject *project, Oid oid)
{
    IrTable *table = intmap_get(&project->tables, oid);
    if (table)
        return table;
    const Relation *relation = catalog_relation(project->catalog, oid);
    if (!relation)
        return NULL;
    table = arena_new_of(project->arena, IrTable);
    intmap_put(project->arena, &project->tables, oid, table);
    table->schema = schema_name(project, relation->schema);
    table->name = relation->name;
    table->is_view = relation->kind == RELKIND_VIEW || relation->kind == RELKIND_MATVIEW;
    table->in_default_schema = relation->schema == catalog_search_path(project->catalog)->creation;
    table->comment = relation->comment;
    IrField *columns = arena_array_of(project->arena, relation->ncolumns, IrField);
    table->columns = columns;
    for (size_t i = 0; i < relation->ncolumns; i++) {
        const Column *column = &relation->columns[i];
        if (column->dropped)
            continue;
        bool nullable = null_relation_column(&project->proof, relation, column->number, true);
        columns[table->ncolumns++] =
            (IrField){column->name, ir_type_of(project, column->type), nullable, column->comment};
    }
    return table;
}

/* key is an OID, or what is none. */
static const IrConstraint *make_constraint(ProveProject *project, uint64_t key, Oid schema, const char *table,
                                           const char *name, char type)
{
    IrConstraint *constraint = intmap_get(&project->constraints, key);
    if (constraint)
        return constraint;
    constraint = arena_new_of(project->arena, IrConstraint);
    intmap_put(project->arena, &project->constraints, key, constraint);
    constraint->schema = schema_name(project, schema);
    constraint->table = table;
    constraint->name = name;
    constraint->type = type;
    constraint->in_default_schema = schema == catalog_search_path(project->catalog)->creation;
    return constraint;
}

const IrConstraint *ir_constraint_of(ProveProject *project, const Relation *relation, Oid oid, const char *name,
                                     char type)
{
    return make_constraint(project, oid, relation->schema, relation->name, name, type);
}

const IrConstraint *ir_not_null_of(ProveProject *project, const Relation *relation, const Column *column)
{
    uint64_t key = (uint64_t)1 << 63 | (uint64_t)relation->oid << 16 | (uint16_t)column->number;
    return make_constraint(project, key, relation->schema, relation->name, column->name, IR_NOT_NULL);
}

void ir_domain_constraints(ProveProject *project, const Type *domain, IrConstraints *list)
{
    for (size_t i = 0; i < domain->nchecks; i++) {
        const DomainCheck *check = &domain->checks[i];
        vec_push(project->arena, list,
                 make_constraint(project, check->oid, domain->schema, domain->name, check->name, IR_DOMAIN_CHECK));
    }
    if (domain->typtype == TYPTYPE_DOMAIN && domain->not_null)
        vec_push(project->arena, list,
                 make_constraint(project, (uint64_t)1 << 63 | (uint64_t)domain->oid << 16, domain->schema,
                                 domain->name, "", IR_NOT_NULL));
}

void ir_relation_constraints(ProveProject *project, const Relation *relation, IrConstraints *list)
{
    for (size_t i = 0; i < relation->nconstraints; i++) {
        const Constraint *constraint = &relation->constraints[i];
        if (constraint->type == CONSTRAINT_TRIGGER)
            continue;
        vec_push(project->arena, list,
                 ir_constraint_of(project, relation, constraint->oid, constraint->name, constraint->type));
    }
    for (size_t i = 0; i < relation->nindexes; i++) {
        const Relation *index = catalog_relation(project->catalog, relation->indexes[i]);
        if (!index || !index->index || !index->index->is_unique || index->index->constraint)
            continue;
        vec_push(project->arena, list,
                 ir_constraint_of(project, relation, index->oid, index->name, IR_UNIQUE_INDEX));
    }
}
