/* What the files of a project share: types, table structs, constraints, and how members are named. */
#include "codegen/plan.h"

#include <stdint.h>
#include <string.h>

const char *plan_rename(const Plan *plan, const char *name)
{
    return strmap_get(&plan->renames, name);
}

/* ---- Members of structs -------------------------------------------------------------------------------------- */

static bool field_points(const Field *field)
{
    return field->embed != NULL ? field->embed->points : (field->type->flags & CTYPE_POINTS) != 0;
}

/* Whether SQL NULL, or the absence of an embedded row, is told by a has_ member. */
static bool field_has_flag(const Field *field)
{
    return field->nullable && (field->embed != NULL || (field->type->flags & CTYPE_POINTER) == 0);
}

void plan_members(Plan *plan, StructDef *def, const char *const *names)
{
    Arena *arena = plan->arena;
    NameScope scope = {.arena = arena};
    const char **keys = plan_keys(plan, names, def->nfields);
    for (size_t i = 0; i < def->nfields; i++) {
        Field *field = &def->fields[i];
        const char *name = plan_rename(plan, names[i]);
        if (name == NULL)
            name = name_member(arena, names[i], arena_printf(arena, "column_%zu", i + 1));
        field->name = scope_take(&scope, name);
        field->key = keys != NULL ? keys[i] : NULL;
        def->points |= field_points(field);
    }
    for (size_t i = 0; i < def->nfields; i++)
        if (field_has_flag(&def->fields[i]))
            def->fields[i].flag = scope_take(&scope, arena_printf(arena, "has_%s", def->fields[i].name));
    def->owner = scope_take(&scope, "owner");
}

/* ---- Tables -------------------------------------------------------------------------------------------------- */

static const char *qualified(Plan *plan, const IrTable *table, const char *name)
{
    return table->in_default_schema ? name : arena_printf(plan->arena, "%s_%s", table->schema, name);
}

/* The struct's name: singular, or as it is when another type has that. */
static const char *table_struct_name(Plan *plan, const IrTable *table)
{
    Arena *arena = plan->arena;
    const char *owner = arena_printf(arena, "table %s.%s", table->schema, table->name);
    const char *exact = name_snake(arena, qualified(plan, table, table->name));
    bool keep = plan->options->emit_exact_table_names || strmap_get(&plan->exact_tables, table->name) != NULL;
    const char *base = keep ? exact : name_singular(arena, exact);
    const char *renamed = plan_rename(plan, table->name);
    if (renamed == NULL)
        renamed = plan_rename(plan, base);
    if (renamed != NULL)
        base = renamed;
    else if (*base == '\0')
        base = exact = "table";
    const char *name = globals_name(&plan->globals, base);
    /* "flush_cache" beside the query FlushCache is flush_cache_record */
    if (renamed == NULL && strmap_get(&plan->functions, name) != NULL)
        name = name_derive(arena, name, "record");
    if (globals_claim(&plan->globals, name, owner) == NULL)
        return name;
    return globals_take(&plan->globals, globals_name(&plan->globals, exact), owner);
}

/* The fields of a table's struct. A column without a C type makes the struct impossible, which matters only to
 * queries that would return it. */
static void fill_table(Plan *plan, TablePlan *made)
{
    const IrTable *table = made->table;
    StructDef *def = &made->def;
    const char **names = arena_array_of(plan->arena, table->ncolumns, const char *);
    def->fields = arena_array_of(plan->arena, table->ncolumns, Field);
    for (size_t i = 0; i < table->ncolumns; i++) {
        const IrField *column = &table->columns[i];
        TypeUse use = {.nullable = column->nullable, .table = table, .column = column->name};
        CType *type = ctype_resolve(plan, column->type, use);
        if (type->problem == NULL && (type->flags & CTYPE_NO_FIELD) != 0)
            continue;
        if (type->problem != NULL) {
            def->problem = arena_printf(plan->arena, "column \"%s\": %s", column->name, type->problem);
            return;
        }
        names[def->nfields] = column->name;
        def->fields[def->nfields++] =
            (Field){.type = type, .nullable = column->nullable, .comment = column->comment};
    }
    if (def->nfields == 0)
        def->problem = "it has no columns";
    else
        plan_members(plan, def, names);
}

TablePlan *plan_table(Plan *plan, const IrTable *table)
{
    uint64_t id = (uint64_t)(uintptr_t)table;
    TablePlan *made = intmap_get(&plan->table_index, id);
    if (made != NULL)
        return made;
    made = arena_new_of(plan->arena, TablePlan);
    made->table = table;
    made->def.name = table_struct_name(plan, table);
    made->def.comment = table->comment;
    fill_table(plan, made);
    plan_json_struct(plan, &made->def);
    intmap_put(plan->arena, &plan->table_index, id, made);
    vec_push(plan->arena, &plan->tables, made);
    strmap_put(plan->arena, &plan->rows_by_name, made->def.name, &made->def);
    return made;
}

/* ---- Constraints --------------------------------------------------------------------------------------------- */

/* Constraints' names are unique within a table only: the table's name, then the schema's, is put before those that
 * are not unique in the project. round says how much. */
static const char *constraint_base(Plan *plan, const IrConstraint *constraint, int round)
{
    Arena *arena = plan->arena;
    const char *name = constraint->name;
    if (constraint->type == IR_NOT_NULL)
        name = arena_printf(arena, "%s%s%s_not_null", constraint->table, *name != '\0' ? "_" : "", name);
    else if (round >= 1)
        name = arena_printf(arena, "%s_%s", constraint->table, name);
    if (round >= 2)
        name = arena_printf(arena, "%s_%s", constraint->schema, name);
    const char *snake = name_snake(arena, name);
    return globals_name(&plan->globals, *snake == '\0' ? "constraint" : snake);
}

/* Names with more of their surroundings until they differ. */
static void name_constraints(Plan *plan)
{
    Arena *arena = plan->arena;
    size_t n = plan->constraints.len;
    for (int round = 0; round < 3; round++) {
        StrMap first = {0}; /* the first constraint of each name */
        for (size_t i = 0; i < n; i++) {
            ConstraintPlan *c = &plan->constraints.items[i];
            if (c->name == NULL)
                c->name = name_upper(arena, constraint_base(plan, c->constraint, round));
        }
        bool *clashes = arena_array_of(arena, n, bool);
        for (size_t i = 0; i < n; i++) {
            ConstraintPlan *c = &plan->constraints.items[i];
            ConstraintPlan *other = strmap_put(arena, &first, c->name, c);
            if (other == NULL)
                continue;
            clashes[i] = true;
            clashes[other - plan->constraints.items] = true;
        }
        for (size_t i = 0; i < n && round < 2; i++)
            if (clashes[i])
                plan->constraints.items[i].name = NULL;
    }
}

static void plan_constraints(Plan *plan)
{
    Arena *arena = plan->arena;
    const IrProject *project = plan->project;
    const char *owner = "the enum of constraints";
    plan->constraint_enum = globals_take(&plan->globals, globals_name(&plan->globals, "constraint"), owner);
    plan->constraint_none =
        globals_take(&plan->globals, name_derive(arena, name_upper(arena, plan->constraint_enum), "NONE"), owner);
    for (size_t i = 0; i < project->nconstraints; i++)
        vec_push(arena, &plan->constraints, ((ConstraintPlan){.constraint = project->constraints[i]}));
    name_constraints(plan);
    for (size_t i = 0; i < plan->constraints.len; i++) {
        ConstraintPlan *c = &plan->constraints.items[i];
        owner = arena_printf(arena, "constraint \"%s\" of %s.%s", c->constraint->name, c->constraint->schema,
                             c->constraint->table);
        c->name = globals_take(&plan->globals, c->name, owner);
        intmap_put(arena, &plan->constraint_index, (uint64_t)(uintptr_t)c->constraint, (void *)(uintptr_t)c->name);
    }
}

/* ---- All ----------------------------------------------------------------------------------------------------- */

static void find_default_schema(Plan *plan)
{
    plan->default_schema = "public";
    for (size_t i = 0; i < plan->project->ntables; i++)
        if (plan->project->tables[i]->in_default_schema) {
            plan->default_schema = plan->project->tables[i]->schema;
            return;
        }
}

bool plan_models(Plan *plan)
{
    const IrProject *project = plan->project;
    find_default_schema(plan);
    plan->schema_constant =
        globals_take(&plan->globals, globals_name(&plan->globals, "models_schema"), "the descriptor of the schema");
    for (size_t i = 0; i < project->nenums; i++)
        ctype_resolve(plan, project->enums[i], (TypeUse){0});
    for (size_t i = 0; i < project->ncomposites; i++)
        ctype_resolve(plan, project->composites[i], (TypeUse){.nullable = true});
    for (size_t i = 0; i < project->ntables; i++)
        plan_table(plan, project->tables[i]);
    plan_constraints(plan);
    return plan->diags->nerrors == 0;
}
