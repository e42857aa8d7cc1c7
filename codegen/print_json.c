/* emit_json: functions that make a JSON object of a struct, and the constants that describe it to
 * runtime/json/querc_json.h. */
#include "codegen/print.h"

#include "codegen/writer.h"

#include <string.h>

/* ---- Header -------------------------------------------------------------------------------------------------- */

static void declare(StrBuf *out, const char *function, const char *type, const char *argument, const char *what)
{
    if (function != NULL)
        WRITE(out,
              "/** ${what}, a new reference; NULL if that can't be made: see querc_json.h. */\n"
              "QUERC_MUST_CHECK json_t *${function}(const ${type} *${argument});\n",
              {"what", what}, {"function", function}, {"type", type}, {"argument", argument});
}

static const char an_object[] = "A JSON object";

void print_json_struct_header(StrBuf *out, const StructDef *def)
{
    declare(out, def->json_function, def->name, "row", an_object);
}

void print_json_type_header(StrBuf *out, const CType *type)
{
    declare(out, type->json_function, type->name, "value", an_object);
}

void print_json_params_header(StrBuf *out, const QueryPlan *query)
{
    declare(out, query->params_json, query->params_struct, "params", an_object);
}

void print_json_rows_header(StrBuf *out, const QueryPlan *query)
{
    declare(out, query->rows_json, query->rows, "rows", "A JSON array of objects");
}

void print_json_declaration(StrBuf *out, const Plan *plan, const StructDef *def)
{
    bool shown = def->problem == NULL && print_is_shown(plan, def->is_used);
    if (def->json_shape != NULL && shown)
        strbuf_printf(out, "extern const querc_json_shape %s;\n", def->json_shape);
}

/* ---- Shapes -------------------------------------------------------------------------------------------------- */

/* "    {"title", &querc_type_text, NULL, offsetof(lib_book, title), QUERC_NOT_NULL}," */
static void print_member(StrBuf *out, const char *key, const char *type, const char *shape, const char *offset,
                         const char *null_at)
{
    StrBuf quoted;
    strbuf_init(&quoted);
    write_string(&quoted, "", key);
    const char *const items[] = {quoted.text, type, shape, offset, null_at};
    write_list(out, "    {", items, sizeof items / sizeof items[0], "},\n");
    strbuf_release(&quoted);
}

static const char *offset_of(Arena *arena, const char *type, const char *member)
{
    return arena_printf(arena, "offsetof(%s, %s)", type, member);
}

static const char *address_of(Arena *arena, const char *constant)
{
    return arena_printf(arena, "&%s", constant);
}

static void start_shape(StrBuf *out, const char *shape)
{
    strbuf_printf(out, "\nstatic const querc_json_field %s_fields[] QUERC_TABLE = {\n", shape);
}

static void end_shape(StrBuf *out, const Plan *plan, const char *storage, const char *shape, const char *type,
                      size_t n)
{
    WRITE(out, "};\n${storage}const querc_json_shape ${shape} = {${shape}_fields, sizeof(${type}), ${n}};\n",
          {"storage", storage}, {"shape", shape}, {"type", type}, {"n", arena_printf(plan->arena, "%zu", n)});
}

static void print_shape(StrBuf *out, const Plan *plan, const StructDef *def, const char *storage)
{
    Arena *arena = plan->arena;
    start_shape(out, def->json_shape);
    for (size_t i = 0; i < def->nfields; i++) {
        const Field *field = &def->fields[i];
        bool embedded = field->embed != NULL;
        print_member(out, field->key, embedded ? "NULL" : address_of(arena, field->type->descriptor),
                     embedded ? address_of(arena, field->embed->json_shape) : "NULL",
                     offset_of(arena, def->name, field->name),
                     field->flag != NULL ? offset_of(arena, def->name, field->flag) : "QUERC_NOT_NULL");
    }
    end_shape(out, plan, storage, def->json_shape, def->name, def->nfields);
}

static void print_params_shape(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    Arena *arena = plan->arena;
    size_t n = 0;
    start_shape(out, query->params_shape);
    for (size_t i = 0; i < query->nargs; i++) {
        const Arg *arg = &query->args[i];
        if (!plan_is_member(query, arg))
            continue;
        n++;
        print_member(out, arg->key, address_of(arena, arg->type->descriptor), "NULL",
                     offset_of(arena, query->params_struct, arg->name),
                     arg->is_pointer ? "QUERC_JSON_POINTER" : "QUERC_NOT_NULL");
    }
    end_shape(out, plan, "static ", query->params_shape, query->params_struct, n);
}

bool print_json_keys(StrBuf *out, const CType *type)
{
    const StructDef *def = type->fields;
    bool differ = false;
    for (size_t i = 0; i < def->nfields && def->fields[i].key != NULL; i++)
        differ = differ || strcmp(def->fields[i].key, type->type->fields[i].name) != 0;
    if (!differ)
        return false;
    strbuf_printf(out, "\nstatic const char *const %s_keys[] = {\n", type->name);
    for (size_t i = 0; i < def->nfields; i++) {
        strbuf_add(out, "    ");
        write_string(out, "    ", def->fields[i].key);
        strbuf_add(out, ",\n");
    }
    strbuf_add(out, "};\n");
    return true;
}

/* ---- Functions ----------------------------------------------------------------------------------------------- */

static void define(StrBuf *out, const char *function, const char *type, const char *argument, const char *call)
{
    WRITE(out,
          "\n"
          "json_t *${function}(const ${type} *${argument})\n"
          "{\n"
          "    return ${call};\n"
          "}\n",
          {"function", function}, {"type", type}, {"argument", argument}, {"call", call});
}

static void define_struct(StrBuf *out, const Plan *plan, const StructDef *def, const char *storage)
{
    print_shape(out, plan, def, storage);
    define(out, def->json_function, def->name, "row",
           arena_printf(plan->arena, "querc_json_object(&%s, row)", def->json_shape));
}

void print_json_struct_source(StrBuf *out, const Plan *plan, const StructDef *def)
{
    if (def->json_shape != NULL && def->problem == NULL && print_is_shown(plan, def->is_used))
        define_struct(out, plan, def, "");
}

void print_json_types_source(StrBuf *out, const Plan *plan)
{
    for (size_t i = 0; i < plan->structs.len; i++) {
        const CType *type = plan->structs.items[i];
        if (type->json_function != NULL && print_is_shown(plan, type->is_used))
            define(out, type->json_function, type->name, "value",
                   arena_printf(plan->arena, "querc_json_value(&%s, value)", type->descriptor));
    }
}

void print_json_query_source(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    if (query->row_is_own && query->row->json_shape != NULL)
        define_struct(out, plan, query->row, "static ");
    if (query->rows_json != NULL)
        define(out, query->rows_json, query->rows, "rows",
               arena_printf(plan->arena, "rows == NULL ? NULL : querc_json_array(&%s, rows->items, rows->len)",
                            query->row->json_shape));
    if (query->params_json == NULL)
        return;
    print_params_shape(out, plan, query);
    define(out, query->params_json, query->params_struct, "params",
           arena_printf(plan->arena, "querc_json_object(&%s, params)", query->params_shape));
}
