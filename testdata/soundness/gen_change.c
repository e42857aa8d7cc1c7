/* Random INSERT, UPDATE, DELETE and MERGE, and whole statements. */
#include "generate.h"

#include <string.h>

static const SubjectTable *target_table(Gen *gen)
{
    size_t n = 0;
    for (size_t i = 0; i < gen->subject->tables.len; i++)
        n += gen->subject->tables.items[i].is_target && gen->subject->tables.items[i].ncolumns;
    if (!n)
        return NULL;
    size_t wanted = gen_choose(gen, (uint32_t)n);
    for (size_t i = 0; i < gen->subject->tables.len; i++)
        if (gen->subject->tables.items[i].is_target && gen->subject->tables.items[i].ncolumns && wanted-- == 0)
            return &gen->subject->tables.items[i];
    return NULL;
}

static GenType column_type(const SubjectColumn *column)
{
    return gen_type_of(column->type, column->type_name);
}

static GenScope target_scope(Gen *gen, const SubjectTable *table, const char *alias)
{
    GenScope scope = {0};
    for (size_t i = 0; i < table->ncolumns; i++) {
        const char *name = table->columns[i].name;
        GenColumn column = {gen_print(gen, "%s.%s", alias, name), alias, name, column_type(&table->columns[i]),
                            true};
        vec_push(gen->arena, &scope.columns, column);
    }
    for (size_t i = 0; i < table->keys.len; i++) {
        GenKey key = {alias, table, &table->keys.items[i]};
        vec_push(gen->arena, &scope.keys, key);
    }
    return scope;
}

static const char *returning(Gen *gen, const GenScope *scope, GenTypes *types)
{
    GenPlace place = {.scope = scope};
    const char *list = NULL;
    for (uint32_t i = 0, n = 1 + gen_choose(gen, 4); i < n; i++) {
        const GenColumn *column = gen_if(gen, 70) ? gen_any_column(gen, scope) : NULL;
        GenType type = column ? column->type : gen_random_type(gen);
        const char *text = column ? column->ref : gen_expr(gen, &place, type, 2);
        list = gen_print(gen, "%s%s AS c%u", list ? gen_print(gen, "%s, ", list) : " RETURNING ", text, i + 1);
        vec_push(gen->arena, types, type);
    }
    return list;
}

/* A value for a column: mostly one that the column's type takes. */
static const char *assigned(Gen *gen, const GenPlace *place, const SubjectColumn *column)
{
    if (gen_if(gen, 5))
        return "DEFAULT";
    if (gen_if(gen, 50))
        return gen_param(gen, (GenType){KIND_OTHER, gen_print(gen, "%s %u", column->name, gen->naliases)});
    GenType type = column_type(column);
    if (type.kind == KIND_OTHER) {
        const char *value = gen_if(gen, 30) ? NULL : value_random(gen->arena, gen->choices, column->type);
        return value && !strchr(value, '\'') ? gen_print(gen, "'%s'", value) : "NULL";
    }
    return gen_expr(gen, place, type, 1);
}

static const char *insert_values(Gen *gen, const SubjectTable *table, uint32_t rows)
{
    GenPlace nothing = {0};
    const char *names = NULL, *values = NULL;
    bool left_out[64] = {false};
    for (size_t i = 0; i < table->ncolumns && i < 64; i++)
        left_out[i] = !table->columns[i].writable || (!table->columns[i].declared_not_null && gen_if(gen, 30));
    for (size_t i = 0; i < table->ncolumns && i < 64; i++)
        if (!left_out[i])
            names = gen_print(gen, "%s%s", names ? gen_print(gen, "%s, ", names) : "", table->columns[i].name);
    if (!names)
        return " DEFAULT VALUES";
    for (uint32_t row = 0; row < rows; row++) {
        const char *list = NULL;
        for (size_t i = 0; i < table->ncolumns && i < 64; i++)
            if (!left_out[i])
                list = gen_print(gen, "%s%s", list ? gen_print(gen, "%s, ", list) : "",
                                 assigned(gen, &nothing, &table->columns[i]));
        values = gen_print(gen, "%s(%s)", values ? gen_print(gen, "%s, ", values) : "", list);
    }
    return gen_print(gen, " (%s) OVERRIDING SYSTEM VALUE VALUES %s", names, values);
}

static const char *insert_query(Gen *gen, const SubjectTable *table, int depth)
{
    GenTypes types = {0};
    const char *names = NULL;
    for (size_t i = 0; i < table->ncolumns; i++) {
        const SubjectColumn *column = &table->columns[i];
        if (!column->writable || (!column->declared_not_null && gen_if(gen, 50)))
            continue;
        GenType type = column_type(column);
        names = gen_print(gen, "%s%s", names ? gen_print(gen, "%s, ", names) : "", column->name);
        vec_push(gen->arena, &types, type);
    }
    if (!names)
        return " DEFAULT VALUES";
    return gen_print(gen, " (%s) OVERRIDING SYSTEM VALUE %s", names, gen_query(gen, NULL, &types, depth - 1));
}

static const char *set_list(Gen *gen, const SubjectTable *table, const GenPlace *place)
{
    const char *list = NULL;
    size_t at = gen_choose(gen, (uint32_t)table->ncolumns);
    for (uint32_t i = 0, n = 1 + gen_choose(gen, 2); i < n && at < table->ncolumns; i++) {
        const SubjectColumn *column = &table->columns[at];
        list = gen_print(gen, "%s%s = %s", list ? gen_print(gen, "%s, ", list) : "", column->name,
                         column->writable ? assigned(gen, place, column) : "DEFAULT");
        at += 1 + gen_choose(gen, 3);
    }
    return list;
}

static const char *conflict(Gen *gen, const SubjectTable *table, const char *alias)
{
    if (!gen_if(gen, 30))
        return "";
    if (!table->keys.len || gen_if(gen, 40))
        return " ON CONFLICT DO NOTHING";
    const SubjectKey *key = &table->keys.items[gen_choose(gen, (uint32_t)table->keys.len)];
    const char *names = NULL;
    for (size_t i = 0; i < key->len; i++)
        names = gen_print(gen, "%s%s", names ? gen_print(gen, "%s, ", names) : "",
                          table->columns[key->columns[i]].name);
    GenScope scope = target_scope(gen, table, "excluded"), own = target_scope(gen, table, alias);
    for (size_t i = 0; i < own.columns.len; i++)
        vec_push(gen->arena, &scope.columns, own.columns.items[i]);
    GenPlace place = {.scope = &scope};
    return gen_print(gen, " ON CONFLICT (%s) DO UPDATE SET %s%s", names, set_list(gen, table, &place),
                     gen_if(gen, 30) ? gen_print(gen, " WHERE %s", gen_condition(gen, &place, 1)) : "");
}

static const char *changed_where(Gen *gen, const GenScope *scope)
{
    GenPlace place = {.scope = scope};
    if (scope->keys.len && gen_if(gen, 50))
        return gen_print(
            gen, " WHERE %s",
            gen_key_condition(gen, &place, &scope->keys.items[gen_choose(gen, (uint32_t)scope->keys.len)], 2));
    return gen_if(gen, 60) ? gen_print(gen, " WHERE %s", gen_condition(gen, &place, 2)) : "";
}

static const char *change(Gen *gen, const SubjectTable *table, GenTypes *types, int depth)
{
    const char *alias = gen_print(gen, "t%u", ++gen->naliases);
    GenScope scope = target_scope(gen, table, alias);
    uint32_t which = gen_choose(gen, 5);
    if (which < 3) {
        const char *rows = which == 2 ? insert_query(gen, table, depth)
                                      : insert_values(gen, table, which ? 1 + gen_choose(gen, 2) : 1);
        return gen_print(gen, "INSERT INTO %s AS %s%s%s%s", table->name, alias, rows, conflict(gen, table, alias),
                         returning(gen, &scope, types));
    }
    const char *more = "";
    const char *only = table->takes_rows && table->has_children && gen_if(gen, 20) ? "ONLY " : "";
    if (gen_if(gen, 35)) {
        GenScope from = {0};
        more = gen_print(gen, " %s %s", which == 3 ? "FROM" : "USING", gen_from(gen, &from, depth - 1));
        for (size_t i = 0; i < from.columns.len; i++)
            vec_push(gen->arena, &scope.columns, from.columns.items[i]);
        for (size_t i = 0; i < from.keys.len; i++)
            vec_push(gen->arena, &scope.keys, from.keys.items[i]);
    }
    GenPlace place = {.scope = &scope};
    if (which == 4)
        return gen_print(gen, "DELETE FROM %s%s AS %s%s%s%s", only, table->name, alias, more,
                         changed_where(gen, &scope), returning(gen, &scope, types));
    return gen_print(gen, "UPDATE %s%s AS %s SET %s%s%s%s", only, table->name, alias, set_list(gen, table, &place),
                     more, changed_where(gen, &scope), returning(gen, &scope, types));
}

const char *gen_change(Gen *gen, GenTypes *types, int depth)
{
    const SubjectTable *table = target_table(gen);
    return table ? change(gen, table, types, depth) : gen_query(gen, NULL, types, depth);
}

const char *generate_statement(const Subject *subject, Arena *arena, Choices *choices)
{
    Gen gen = {.subject = subject, .arena = arena, .choices = choices};
    int depth = 1 + (int)choose(choices, 4);
    const char *with = choose_if(choices, 20) ? gen_with(&gen, depth, true) : "";
    gen.no_with = *with;
    GenTypes types = {0};
    const char *statement =
        choose_if(choices, 15) ? gen_change(&gen, &types, depth) : gen_query(&gen, NULL, &types, depth);
    return arena_printf(arena, "%s%s", with, statement);
}
