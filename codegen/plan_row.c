/* The struct for a query's rows, and the field each of its columns goes to.
 *
 * A query that returns a table's columns returns the table's struct, one with `@row Name` the struct of that name,
 * and every other query has a struct of its own. In a table's struct what may be NULL in the table has its flag,
 * though the query may prove that it is not. */
#include "codegen/plan.h"

#include <stdint.h>
#include <string.h>

/* What becomes of each column until all are laid out. */
typedef struct Layout {
    Plan *plan;
    QueryPlan *query;
    StructDef *def;
    const char **names; /* the fields' SQL names */
    size_t *field_of;   /* column to field; SIZE_MAX: none */
} Layout;

/* ---- Fields -------------------------------------------------------------------------------------------------- */

static bool is_nullable(const IrQuery *query, size_t i)
{
    bool as_table = query->row_table != NULL && query->row_name == NULL;
    return query->columns[i].nullable || (as_table && query->row_table->columns[i].nullable);
}

static bool resolve_column(Layout *layout, size_t i)
{
    Plan *plan = layout->plan;
    const IrQuery *query = layout->query->query;
    const IrColumn *column = &query->columns[i];
    TypeUse use = {.nullable = is_nullable(query, i), .table = column->table, .column = column->column};
    if (column->embed >= 0) {
        /* It is a field of the table's struct, and has the type it has there. */
        const IrEmbed *embed = &query->embeds[column->embed];
        const IrField *field = &embed->table->columns[i - embed->first_column];
        use = (TypeUse){.nullable = field->nullable, .table = embed->table, .column = field->name};
    }
    CType *type = ctype_resolve(plan, column->type, use);
    if (type->problem != NULL) {
        Diag *diag = plan_unsupported(plan, query, "column %zu, \"%s\": %s", i + 1, column->name, type->problem);
        if (type->hint != NULL)
            diag_hint(plan->diags, diag, "%s", type->hint);
        return false;
    }
    layout->query->columns[i] = (ColumnPlan){.name = column->name, .type = type};
    return true;
}

/* Whether some column of the table can set the flag of an embedded row: those with flags of their own can't. */
static bool can_tell_absence(const StructDef *table)
{
    for (size_t i = 0; i < table->nfields; i++)
        if (table->fields[i].flag == NULL)
            return true;
    return false;
}

static bool add_embed(Layout *layout, size_t number)
{
    Plan *plan = layout->plan;
    const IrEmbed *embed = &layout->query->query->embeds[number];
    TablePlan *table = plan_table(plan, embed->table);
    if (table->def.problem != NULL) {
        plan_unsupported(plan, layout->query->query, "table %s can't be embedded: %s", embed->table->name,
                         table->def.problem);
        return false;
    }
    table->def.is_used = true;
    layout->names[layout->def->nfields] = embed->name;
    Field field = {.embed = &table->def, .nullable = embed->optional && can_tell_absence(&table->def)};
    layout->def->fields[layout->def->nfields++] = field;
    return true;
}

/* Columns that have no name of their own are counted, as sqlc does. */
static const char *field_name(Plan *plan, const char *name, size_t i)
{
    bool has_name = strcmp(name, "?column?") != 0 && *name_snake(plan->arena, name) != '\0';
    return has_name ? name : arena_printf(plan->arena, "column_%zu", i + 1);
}

/* The fields, in the order of the columns; an embedded table is one field at the place of its first column. */
static bool collect_fields(Layout *layout)
{
    const IrQuery *query = layout->query->query;
    StructDef *def = layout->def;
    for (size_t i = 0; i < query->ncolumns; i++) {
        const IrColumn *column = &query->columns[i];
        if (!resolve_column(layout, i))
            return false;
        layout->field_of[i] = def->nfields;
        if (column->embed >= 0) {
            if (query->embeds[column->embed].first_column != i)
                layout->field_of[i] = def->nfields - 1;
            else if (!add_embed(layout, (size_t)column->embed))
                return false;
            continue;
        }
        CType *type = layout->query->columns[i].type;
        if ((type->flags & CTYPE_NO_FIELD) != 0) {
            layout->field_of[i] = SIZE_MAX;
            continue;
        }
        layout->names[def->nfields] = field_name(layout->plan, column->field, i);
        def->fields[def->nfields++] = (Field){.type = type, .nullable = is_nullable(query, i)};
    }
    if (def->nfields > 0)
        return true;
    Diag *diag = plan_unsupported(layout->plan, query, "query \"%s\" is :%s but returns no values", query->name,
                                  ir_command_name(query->command));
    diag_hint(layout->plan->diags, diag, "Use :exec, or return columns, with RETURNING if it changes rows.");
    return false;
}

/* ---- Which struct -------------------------------------------------------------------------------------------- */

static bool same_shape(const StructDef *a, const StructDef *b)
{
    if (a->nfields != b->nfields)
        return false;
    for (size_t i = 0; i < a->nfields; i++) {
        const Field *x = &a->fields[i], *y = &b->fields[i];
        if (strcmp(x->name, y->name) != 0 || x->embed != y->embed || x->nullable != y->nullable)
            return false;
        if (x->embed == NULL && strcmp(x->type->name, y->type->name) != 0)
            return false;
    }
    return true;
}

static bool use_named_struct(Layout *layout)
{
    Plan *plan = layout->plan;
    const IrQuery *query = layout->query->query;
    const char *name = globals_name(&plan->globals, name_snake(plan->arena, query->row_name));
    StructDef *other = strmap_get(&plan->rows_by_name, name);
    if (other == NULL) {
        if (!plan_claim(plan, query, name, "the row struct"))
            return false;
        layout->def->name = name;
        strmap_put(plan->arena, &plan->rows_by_name, name, layout->def);
        vec_push(plan->arena, &plan->shared_rows, layout->def);
        layout->query->row = layout->def;
        return true;
    }
    if (other->problem != NULL || !same_shape(layout->def, other)) {
        Diag *diag = plan_unsupported(plan, query, "the columns of query \"%s\" are not those of row struct \"%s\"",
                                      query->name, query->row_name);
        diag->code = SQLSTATE_DATATYPE_MISMATCH;
        diag_detail(plan->diags, diag,
                    "Queries that share a struct return columns of the same names, types and "
                    "nullability in the same order.");
        return false;
    }
    layout->query->row = other;
    return true;
}

static bool choose_struct(Layout *layout)
{
    Plan *plan = layout->plan;
    QueryPlan *query = layout->query;
    if (query->query->row_name != NULL)
        return use_named_struct(layout);
    if (query->query->row_table != NULL) {
        TablePlan *table = plan_table(plan, query->query->row_table);
        if (table->def.problem == NULL && same_shape(layout->def, &table->def)) {
            query->row = &table->def;
            return true;
        }
    }
    layout->def->name = name_derive(plan->arena, query->function, "row");
    query->row = layout->def;
    query->row_is_own = true;
    return plan_claim(plan, query->query, layout->def->name, "the row struct");
}

/* ---- Where columns go ---------------------------------------------------------------------------------------- */

/* A column of an embedded table. If no row is there its not-null fields are zeroed too, and those that need no flag
 * of their own tell together whether there is one. */
static void place_embedded(Layout *layout, size_t i, const Field *outer)
{
    Arena *arena = layout->plan->arena;
    const IrQuery *query = layout->query->query;
    ColumnPlan *column = &layout->query->columns[i];
    const IrEmbed *embed = &query->embeds[query->columns[i].embed];
    const Field *inner = &outer->embed->fields[i - embed->first_column];
    column->path = arena_printf(arena, "%s.%s", outer->name, inner->name);
    if (inner->flag != NULL)
        column->flag = arena_printf(arena, "%s.%s", outer->name, inner->flag);
    else if (outer->flag != NULL)
        column->flag = outer->flag;
    else
        column->null_is_zero = inner->nullable;
}

static void place_columns(Layout *layout)
{
    const QueryPlan *query = layout->query;
    for (size_t i = 0; i < query->ncolumns; i++) {
        ColumnPlan *column = &query->columns[i];
        if (layout->field_of[i] == SIZE_MAX) {
            column->null_is_zero = true;
            continue;
        }
        const Field *field = &query->row->fields[layout->field_of[i]];
        if (field->embed != NULL) {
            place_embedded(layout, i, field);
            continue;
        }
        column->path = field->name;
        column->flag = field->flag;
        column->null_is_zero = field->nullable && field->flag == NULL;
    }
}

static bool same_columns(const QueryPlan *a, const QueryPlan *b)
{
    if (a->ncolumns != b->ncolumns)
        return false;
    for (size_t i = 0; i < a->ncolumns; i++) {
        const ColumnPlan *x = &a->columns[i], *y = &b->columns[i];
        if (strcmp(x->name, y->name) != 0 || x->type != y->type || (x->path == NULL) != (y->path == NULL))
            return false;
        if (x->path != NULL && strcmp(x->path, y->path) != 0)
            return false;
    }
    return true;
}

/* The array of descriptors goes to the models once a second query has the same one. */
static void share_columns(Plan *plan, QueryPlan *query)
{
    StructDef *row = query->row;
    if (query->row_is_own)
        return;
    if (row->columns_from == NULL)
        row->columns_from = query;
    query->columns_are_shared = query == row->columns_from || same_columns(row->columns_from, query);
    if (row->shared_columns == NULL && query->columns_are_shared && query != row->columns_from)
        row->shared_columns = globals_take(&plan->globals, name_derive(plan->arena, row->name, "columns"),
                                           arena_printf(plan->arena, "the descriptors of %s", row->name));
}

/* ---- All ----------------------------------------------------------------------------------------------------- */

/* All columns of a result have one format on the wire. */
static bool choose_format(Plan *plan, QueryPlan *query)
{
    const ColumnPlan *text = NULL, *binary = NULL;
    for (size_t i = 0; i < query->ncolumns; i++) {
        unsigned flags = query->columns[i].type->flags;
        if ((flags & CTYPE_TEXT_ONLY) != 0)
            text = &query->columns[i];
        if ((flags & CTYPE_BINARY_ONLY) != 0)
            binary = &query->columns[i];
    }
    query->text_format = text != NULL;
    if (text == NULL || binary == NULL)
        return true;
    Diag *diag = plan_unsupported(plan, query->query,
                                  "columns \"%s\" of type %s and \"%s\" of type %s can't be in one result",
                                  text->name, text->type->type->display, binary->name, binary->type->type->display);
    diag_hint(
        plan->diags, diag,
        "The first is only read as text, the second only in binary. Cast the second to text (\"%s\"::text), or "
        "return them by two queries.",
        binary->name);
    return false;
}

/* Of a command without rows: described, for the drift check, but not read. */
static void describe_columns(Plan *plan, QueryPlan *query)
{
    for (size_t i = 0; i < query->ncolumns; i++) {
        const IrColumn *column = &query->query->columns[i];
        CType *type = ctype_resolve(plan, column->type, (TypeUse){.nullable = true});
        if (type->problem != NULL || (type->flags & CTYPE_BINARY_ONLY) != 0)
            type = ctype_as_text(plan, column->type);
        query->columns[i] = (ColumnPlan){.name = column->name, .type = type, .null_is_zero = true};
        query->text_format |= (type->flags & CTYPE_TEXT_ONLY) != 0;
    }
}

/* What :one fills can be freed, whether or not there is anything to free today. */
static bool add_free_function(Plan *plan, QueryPlan *query)
{
    StructDef *row = query->row;
    row->is_filled_by_one = true;
    if (row->free_function != NULL)
        return true;
    row->free_function = name_derive(plan->arena, row->name, "free");
    return plan_claim(plan, query->query, row->free_function, "the function that frees a row");
}

bool plan_row(Plan *plan, QueryPlan *query)
{
    const IrQuery *ir = query->query;
    query->ncolumns = ir->ncolumns;
    query->columns = arena_array_of(plan->arena, ir->ncolumns, ColumnPlan);
    if (query->command->rows == ROWS_NONE) {
        describe_columns(plan, query);
        return true;
    }
    StructDef *def = arena_new_of(plan->arena, StructDef);
    def->fields = arena_array_of(plan->arena, ir->ncolumns, Field);
    Layout layout = {.plan = plan, .query = query, .def = def};
    layout.names = arena_array_of(plan->arena, ir->ncolumns, const char *);
    layout.field_of = arena_array_of(plan->arena, ir->ncolumns, size_t);
    if (!collect_fields(&layout))
        return false;
    plan_members(plan, def, layout.names);
    if (!choose_struct(&layout) || !choose_format(plan, query))
        return false;
    query->row->is_used = true;
    bool owns = query->command->rows == ROWS_ONE && query->command->items == ITEMS_NONE;
    if (owns && !add_free_function(plan, query))
        return false;
    place_columns(&layout);
    share_columns(plan, query);
    return true;
}
