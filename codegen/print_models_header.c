/* models.h: what the query files of a project share. */
#include "codegen/print.h"

#include "codegen/writer.h"

#include <stdlib.h>
#include <string.h>

bool print_is_shown(const Plan *plan, bool is_used)
{
    return is_used || !plan->options->omit_unused_structs;
}

static const char *text_or(const char *text, const char *otherwise)
{
    return text != NULL && *text != '\0' ? text : otherwise;
}

/* ---- Types --------------------------------------------------------------------------------------------------- */

static void print_array_type(StrBuf *out, const CType *c)
{
    if (c->array_is_used)
        strbuf_printf(out, "QUERC_ARRAY_TYPE(%s, %s);\n", c->array_name, c->name);
}

static void print_enumerators(StrBuf *out, const CType *c)
{
    size_t n = c->type->nlabels;
    strbuf_printf(out, "    %s = 0%s /**< a label that this program does not know */\n", c->unknown,
                  n > 0 ? "," : "");
    for (size_t i = 0; i < n; i++) {
        strbuf_printf(out, "    %s%s /**< ", c->enumerators[i], i + 1 < n ? "," : "");
        write_comment_inline(out, c->type->labels[i]);
        strbuf_add(out, " */\n");
    }
}

static void print_enum(StrBuf *out, const Plan *plan, const CType *c)
{
    const char *fallback = arena_printf(plan->arena, "The enum type %s.", c->type->key);
    strbuf_add(out, "\n/** ");
    write_comment_inline(out, text_or(c->type->comment, fallback));
    strbuf_printf(out, " */\ntypedef enum %s {\n", c->name);
    print_enumerators(out, c);
    strbuf_printf(out, "} %s;\n", c->name);
    print_array_type(out, c);
    WRITE(out,
          "/** The label; NULL for ${unknown} and numbers that are none. */\n"
          "const char *${label}(${name} value);\n"
          "/** The enumerator of a label, ${unknown} if there is none. */\n"
          "${name} ${from_label}(const char *label);\n",
          {"unknown", c->unknown}, {"name", c->name}, {"label", c->label_function},
          {"from_label", c->from_label_function});
}

/* A composite, a range, or what there is to an array of a type of the user's. */
static void print_struct_type(StrBuf *out, const Plan *plan, const CType *c)
{
    if (c->kind == CKIND_COMPOSITE) {
        const char *fallback = arena_printf(plan->arena, "The composite type %s.", c->type->key);
        print_struct(out, c->fields, text_or(c->type->comment, fallback));
        print_json_type_header(out, c);
    } else if (c->kind != CKIND_CUSTOM) {
        strbuf_add(out, "\n/** ");
        write_comment_inline(out, text_or(c->type->comment, arena_printf(plan->arena, "Type %s.", c->type->key)));
        strbuf_printf(out, " */\n%s(%s, %s);\n",
                      c->kind == CKIND_RANGE ? "QUERC_RANGE_TYPE" : "QUERC_MULTIRANGE_TYPE", c->name,
                      c->element->name);
    } else if (c->array_is_used) {
        strbuf_add_char(out, '\n');
    }
    print_array_type(out, c);
}

static void print_types(StrBuf *out, const Plan *plan)
{
    for (size_t i = 0; i < plan->enums.len; i++)
        if (print_is_shown(plan, plan->enums.items[i]->is_used))
            print_enum(out, plan, plan->enums.items[i]);
    for (size_t i = 0; i < plan->structs.len; i++)
        if (print_is_shown(plan, plan->structs.items[i]->is_used))
            print_struct_type(out, plan, plan->structs.items[i]);
}

/* ---- Structs ------------------------------------------------------------------------------------------------- */

static void print_row_struct(StrBuf *out, const Plan *plan, const StructDef *def, const char *comment)
{
    print_struct(out, def, comment);
    print_json_struct_header(out, def);
    if (def->free_function != NULL)
        print_free_function(out, plan, def);
}

static void print_table(StrBuf *out, const Plan *plan, const TablePlan *made)
{
    const IrTable *table = made->table;
    if (!print_is_shown(plan, made->def.is_used))
        return;
    if (made->def.problem != NULL) {
        strbuf_add(out, "\n/* ");
        write_comment_inline(out, arena_printf(plan->arena, "There is no struct for %s.%s: %s.", table->schema,
                                               table->name, made->def.problem));
        strbuf_add(out, " */\n");
        return;
    }
    const char *qualified =
        table->in_default_schema ? table->name : arena_printf(plan->arena, "%s.%s", table->schema, table->name);
    const char *comment = arena_printf(plan->arena, "A row of %s.", qualified);
    if (table->comment != NULL && *table->comment != '\0')
        comment = arena_printf(plan->arena, "%s %s", comment, table->comment);
    print_row_struct(out, plan, &made->def, comment);
}

static void print_constraint_enum(StrBuf *out, const Plan *plan)
{
    WRITE(out,
          "\n"
          "/** The constraints of the schema, for querc_error.constraint_id. */\n"
          "typedef enum ${name} {\n"
          "    ${none} = 0",
          {"name", plan->constraint_enum}, {"none", plan->constraint_none});
    for (size_t i = 0; i < plan->constraints.len; i++)
        strbuf_printf(out, ",\n    %s", plan->constraints.items[i].name);
    strbuf_printf(out, "\n} %s;\n", plan->constraint_enum);
}

/* ---- For the other generated files --------------------------------------------------------------------------- */

static int compare_types(const void *a, const void *b)
{
    return strcmp((*(CType *const *)a)->descriptor, (*(CType *const *)b)->descriptor);
}

CType **print_sorted_types(const Plan *plan)
{
    size_t n = plan->used_types.len;
    CType **types = arena_array_of(plan->arena, n, CType *);
    for (size_t i = 0; i < n; i++)
        types[i] = plan->used_types.items[i];
    qsort(types, n, sizeof *types, compare_types);
    return types;
}

void print_each_row_struct(StrBuf *out, const Plan *plan, StructPrinter print)
{
    for (size_t i = 0; i < plan->tables.len; i++)
        print(out, plan, &plan->tables.items[i]->def);
    for (size_t i = 0; i < plan->shared_rows.len; i++)
        print(out, plan, plan->shared_rows.items[i]);
}

static void declare_columns(StrBuf *out, const Plan *plan, const StructDef *def)
{
    (void)plan;
    if (def->shared_columns != NULL)
        strbuf_printf(out, "extern const querc_column %s[];\n", def->shared_columns);
}

static void print_shared_declarations(StrBuf *out, const Plan *plan)
{
    CType **types = print_sorted_types(plan);
    strbuf_add(out, "\n/* What follows is for the other generated files. */\n\n");
    strbuf_printf(out, "extern const querc_schema %s;\n", plan->schema_constant);
    for (size_t i = 0; i < plan->used_types.len; i++)
        strbuf_printf(out, "extern const querc_type %s;\n", types[i]->descriptor);
    print_each_row_struct(out, plan, declare_columns);
    print_each_row_struct(out, plan, print_json_declaration);
}

static const char *includes(const Plan *plan)
{
    const CodegenOptions *options = plan->options;
    const char *text = arena_printf(plan->arena, "#include \"%s\"\n", options->runtime_header);
    if (options->emit_json)
        text = arena_printf(plan->arena, "%s#include \"%s\"\n", text, options->json_header);
    StrMap seen = {0};
    for (size_t i = 0; i < options->noverrides; i++) {
        const char *header = options->overrides[i].header;
        if (header == NULL || strmap_put(plan->arena, &seen, header, (void *)(uintptr_t)header) != NULL)
            continue;
        bool quoted = header[0] == '<' || header[0] == '"';
        text = arena_printf(plan->arena, quoted ? "%s#include %s\n" : "%s#include \"%s\"\n", text, header);
    }
    return text;
}

void print_models_header(StrBuf *out, const Plan *plan)
{
    const char *what =
        arena_printf(plan->arena, "What the query files share. For PostgreSQL %s.", plan->project->postgres);
    print_header_start(out, plan->models_guard, what, includes(plan));
    strbuf_add(out, "\n"
                    "#if QUERC_ABI != 3\n"
                    "#error \"this file was generated for another version of querc.h\"\n"
                    "#endif\n");
    print_types(out, plan);
    for (size_t i = 0; i < plan->tables.len; i++)
        print_table(out, plan, plan->tables.items[i]);
    for (size_t i = 0; i < plan->shared_rows.len; i++)
        print_row_struct(out, plan, plan->shared_rows.items[i], "A row of several queries.");
    print_constraint_enum(out, plan);
    print_shared_declarations(out, plan);
    print_header_end(out);
}
