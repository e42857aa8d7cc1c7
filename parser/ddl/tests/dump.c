#include "dump.h"

#include "base/vec.h"
#include "catalog/builtin_oids.h"

#include <stdlib.h>
#include <string.h>

typedef struct Dump {
    Arena *arena;
    const Catalog *catalog;
    VEC(const char *) lines;
} Dump;

#define LINE(dump, ...) vec_push((dump)->arena, &(dump)->lines, arena_printf((dump)->arena, __VA_ARGS__))

static const char *schema_name(const Dump *dump, Oid oid)
{
    const Schema *schema = catalog_schema(dump->catalog, oid);
    return schema ? schema->name : "?";
}

static const char *flag(bool value)
{
    return value ? "t" : "f";
}

static const char *letter(const Dump *dump, char c)
{
    return c ? arena_printf(dump->arena, "%c", c) : "-";
}

static const char *type_text(const Dump *dump, Oid type, int32_t typmod)
{
    if (!type)
        return "-";
    return catalog_format_type_typmod(dump->catalog, dump->arena, type, typmod);
}

static const char *type_name(const Dump *dump, Oid type)
{
    return type ? catalog_format_type(dump->catalog, dump->arena, type) : "-";
}

static const char *qualified_relation(const Dump *dump, Oid oid)
{
    const Relation *relation = catalog_relation(dump->catalog, oid);
    return relation ? arena_printf(dump->arena, "%s.%s", schema_name(dump, relation->schema), relation->name) : "-";
}

static const char *column_names(const Dump *dump, Oid oid, const int16_t *numbers, size_t n)
{
    const Relation *relation = catalog_relation(dump->catalog, oid);
    const char *text = "";
    for (size_t i = 0; relation && i < n; i++)
        text = arena_printf(dump->arena, "%s%s%s", text, i ? "," : "",
                            numbers[i] ? catalog_column(relation, numbers[i])->name : "expr");
    return text;
}

static const char *collation_name(const Dump *dump, Oid oid)
{
    const Collation *collation = oid ? catalog_collation(dump->catalog, oid) : NULL;
    return collation ? collation->name : "-";
}

static const char *function_name(const Dump *dump, Oid oid)
{
    const Function *function = oid ? catalog_function(dump->catalog, oid) : NULL;
    return function ? function->name : "-";
}

static const char *comment(const Dump *dump, const char *text)
{
    return text ? arena_printf(dump->arena, " -- %s", text) : "";
}

/* ---- relations ---- */

static void dump_columns(Dump *dump, const Relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->ncolumns; i++) {
        const Column *column = &relation->columns[i];
        if (column->dropped)
            continue;
        LINE(dump,
             "column %s.%s %d %s notnull=%s default=%s identity=%s generated=%s inherited=%d local=%s "
             "collation=%s%s",
             name, column->name, column->number, type_text(dump, column->type, column->typmod),
             flag(column->not_null), flag(column->has_default), letter(dump, column->identity),
             letter(dump, column->generated), column->inherit_count, flag(column->is_local),
             collation_name(dump, column->collation), comment(dump, column->comment));
    }
}

static void dump_constraints(Dump *dump, const Relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->nconstraints; i++) {
        const Constraint *constraint = &relation->constraints[i];
        const char *columns = constraint->type == CONSTRAINT_CHECK
                                  ? ""
                                  : column_names(dump, relation->oid, constraint->columns, constraint->ncolumns);
        const char *target = "";
        if (constraint->type == CONSTRAINT_FOREIGN)
            target = arena_printf(
                dump->arena, " -> %s(%s) %c%c%c", qualified_relation(dump, constraint->foreign_relation),
                column_names(dump, constraint->foreign_relation, constraint->foreign_columns, constraint->ncolumns),
                constraint->on_update, constraint->on_delete, constraint->match);
        LINE(dump,
             "constraint %s %s %c(%s) deferrable=%s deferred=%s validated=%s inherited=%d local=%s noinherit=%s%s",
             name, constraint->name, constraint->type, columns, flag(constraint->deferrable),
             flag(constraint->deferred), flag(constraint->validated), constraint->inherit_count,
             flag(constraint->is_local), flag(constraint->no_inherit), target);
    }
}

static void dump_parts(Dump *dump, const Relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->ntriggers; i++) {
        const Trigger *trigger = &relation->triggers[i];
        LINE(dump, "trigger %s %s %s%s%s%s%s%s%s enabled=%s %s", name, trigger->name,
             trigger->before ? "before" : "", trigger->instead ? "instead" : "", trigger->row ? " row" : "",
             trigger->on_insert ? " insert" : "", trigger->on_update ? " update" : "",
             trigger->on_delete ? " delete" : "", trigger->on_truncate ? " truncate" : "", flag(trigger->enabled),
             function_name(dump, trigger->function));
    }
    for (size_t i = 0; i < relation->nrules; i++)
        LINE(dump, "rule %s %s %c instead=%s enabled=%s", name, relation->rules[i].name, relation->rules[i].event,
             flag(relation->rules[i].instead), flag(relation->rules[i].enabled));
    for (size_t i = 0; i < relation->npolicies; i++)
        LINE(dump, "policy %s %s", name, relation->policies[i].name);
}

static void dump_index(Dump *dump, const Relation *relation, const char *name)
{
    const Index *index = relation->index;
    const char *keys = "";
    for (size_t i = 0; i < index->nkeys; i++) {
        const OpClass *opclass = catalog_opclass(dump->catalog, index->opclasses[i]);
        keys = arena_printf(dump->arena, "%s %s/%d", keys, opclass ? opclass->name : "?", index->options[i]);
    }
    LINE(dump,
         "index %s on %s(%s) keys=%zu%s unique=%s primary=%s exclusion=%s immediate=%s nnd=%s predicate=%s "
         "constraint=%s parent=%s%s",
         name, qualified_relation(dump, index->table),
         column_names(dump, index->table, index->columns, index->ncolumns), index->nkeys, keys,
         flag(index->is_unique), flag(index->is_primary), flag(index->is_exclusion), flag(index->immediate),
         flag(index->nulls_not_distinct), flag(index->predicate != NULL), flag(index->constraint != 0),
         relation->nparents ? qualified_relation(dump, relation->parents[0]) : "-",
         comment(dump, relation->comment));
}

static void dump_relation(Dump *dump, const Relation *relation)
{
    const char *name = qualified_relation(dump, relation->oid);
    if (relation->index) {
        dump_index(dump, relation, name);
        return;
    }
    if (relation->kind == RELKIND_SEQUENCE) {
        const Relation *owner = catalog_relation(dump->catalog, relation->owner_relation);
        LINE(dump, "sequence %s %s owner=%s%s%s", name, type_name(dump, relation->sequence->type),
             owner ? qualified_relation(dump, owner->oid) : "-", owner ? "." : "",
             owner ? catalog_column(owner, relation->owner_column)->name : "");
        return;
    }
    const char *parents = "";
    for (size_t i = 0; i < relation->nparents; i++)
        parents = arena_printf(dump->arena, "%s%s%s", parents, i ? "," : "",
                               qualified_relation(dump, relation->parents[i]));
    LINE(dump, "relation %s kind=%c persistence=%c of=%s partition=%s parents=%s key=%s populated=%s security=%s%s",
         name, relation->kind, relation->persistence, type_name(dump, relation->of_type),
         flag(relation->is_partition), parents,
         relation->partition_key ? letter(dump, relation->partition_key->strategy) : "-", flag(relation->populated),
         flag(relation->row_security), comment(dump, relation->comment));
    dump_columns(dump, relation, name);
    dump_constraints(dump, relation, name);
    dump_parts(dump, relation, name);
}

/* ---- types and functions ---- */

static void dump_type(Dump *dump, const Type *type)
{
    const char *name = arena_printf(dump->arena, "%s.%s", schema_name(dump, type->schema), type->name);
    const Type *array = type->array ? catalog_type(dump->catalog, type->array) : NULL;
    LINE(dump, "type %s %c%c defined=%s array=%s element=%s base=%s ndims=%d notnull=%s default=%s collation=%s%s",
         name, type->typtype, type->category, flag(type->defined), array ? array->name : "-",
         type_name(dump, type->element), type_text(dump, type->base, type->typmod), type->ndims,
         flag(type->not_null), flag(type->has_default), collation_name(dump, type->collation),
         comment(dump, type->comment));
    for (size_t i = 0; i < type->nlabels; i++)
        LINE(dump, "label %s %02zu %s", name, i, type->labels[i]);
    for (size_t i = 0; i < type->nchecks; i++)
        LINE(dump, "check %s %s validated=%s", name, type->checks[i].name, flag(type->checks[i].validated));
    if (type->typtype == TYPTYPE_RANGE)
        LINE(dump, "range %s %s %s", name, type_name(dump, type->subtype), type_name(dump, type->multirange));
}

static const char *argument_types(const Dump *dump, const Function *function)
{
    const char *text = "";
    for (size_t i = 0; i < function->nargs; i++)
        text = arena_printf(dump->arena, "%s%s%s", text, i ? "," : "", type_name(dump, function->arg_types[i]));
    return text;
}

static void dump_function(Dump *dump, const Function *function)
{
    const char *all = "";
    for (size_t i = 0; i < function->nall; i++)
        all = arena_printf(dump->arena, "%s%s%c %s", all, i ? "," : "", function->all_modes[i],
                           type_name(dump, function->all_types[i]));
    const char *names = "";
    for (size_t i = 0; function->arg_names && i < (function->nall ? function->nall : function->nargs); i++)
        names = arena_printf(dump->arena, "%s%s%s", names, i ? "," : "", function->arg_names[i]);
    LINE(dump, "function %s.%s(%s) %c returns %s set=%s strict=%s %c defaults=%d variadic=%s all=(%s) names=(%s)%s",
         schema_name(dump, function->schema), function->name, argument_types(dump, function), function->kind,
         type_name(dump, function->return_type), flag(function->returns_set), flag(function->strict),
         function->volatility, function->ndefaults, type_name(dump, function->variadic), all, names,
         comment(dump, function->comment));
    if (function->kind == PROKIND_AGGREGATE)
        LINE(dump, "aggregate %s.%s(%s) %c direct=%d state=%s initial=%s", schema_name(dump, function->schema),
             function->name, argument_types(dump, function), function->aggregate_kind, function->ndirect,
             type_name(dump, function->transition_type), flag(function->has_initial_value));
}

static void dump_operator(Dump *dump, const Operator *op)
{
    const Operator *commutator = op->commutator ? catalog_operator(dump->catalog, op->commutator) : NULL;
    const Operator *negator = op->negator ? catalog_operator(dump->catalog, op->negator) : NULL;
    LINE(dump, "operator %s.%s(%s,%s) %s %s commutator=%s negator=%s", schema_name(dump, op->schema), op->name,
         type_name(dump, op->left), type_name(dump, op->right), type_name(dump, op->result),
         function_name(dump, op->function), commutator ? commutator->name : "-", negator ? negator->name : "-");
}

static void dump_class(Dump *dump, ObjectClass class)
{
    OidList oids = catalog_user_objects(dump->catalog, dump->arena, class);
    for (size_t i = 0; i < oids.len; i++) {
        Oid oid = oids.items[i];
        if (class == CLASS_RELATION)
            dump_relation(dump, catalog_relation(dump->catalog, oid));
        else if (class == CLASS_TYPE)
            dump_type(dump, catalog_type(dump->catalog, oid));
        else if (class == CLASS_FUNCTION)
            dump_function(dump, catalog_function(dump->catalog, oid));
        else if (class == CLASS_OPERATOR)
            dump_operator(dump, catalog_operator(dump->catalog, oid));
        else if (class == CLASS_SCHEMA && strcmp(schema_name(dump, oid), "pg_temp") != 0)
            LINE(dump, "schema %s", catalog_schema(dump->catalog, oid)->name);
    }
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void dump_catalog(StrBuf *out, Arena *arena, const Catalog *catalog)
{
    Dump dump = {.arena = arena, .catalog = catalog};
    static const ObjectClass classes[] = {CLASS_SCHEMA, CLASS_RELATION, CLASS_TYPE, CLASS_FUNCTION, CLASS_OPERATOR};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        dump_class(&dump, classes[i]);
    if (dump.lines.len)
        qsort(dump.lines.items, dump.lines.len, sizeof *dump.lines.items, compare);
    for (size_t i = 0; i < dump.lines.len; i++)
        strbuf_printf(out, "%s\n", dump.lines.items[i]);
}
