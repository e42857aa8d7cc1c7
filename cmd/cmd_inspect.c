/* querc inspect: the typed queries and the schema as JSON; the document is described in docs/configuration.md. */
#include "cmd/explain.h"
#include "cmd/project.h"
#include "cmd/render.h"

#include <stdio.h>
#include <string.h>

/* What the user sees of a parameter: of a slice in IN's list the elements. */
static const IrType *param_type(const IrParam *param)
{
    return param->in_list && param->type->element ? param->type->element : param->type;
}

static void set_reason(json_t *object, const char *key, const IrReason *reason)
{
    if (!reason->text)
        return;
    json_t *item = json_pack("{s:s}", "text", reason->text);
    if (reason->place)
        json_object_set_new(item, "place", json_string(reason->place));
    json_object_set_new(object, key, item);
}

static json_t *param_json(const IrParam *param)
{
    json_t *object = json_pack("{s:s?, s:s, s:b}", "name", param->name, "type", param_type(param)->key, "nullable",
                               param->nullable);
    if (param->is_slice)
        json_object_set_new(object, "slice", json_true());
    set_reason(object, "reason", &param->reason);
    return object;
}

/* The type is what RowDescription tells, that is the base type of a domain. */
static json_t *column_json(Arena *arena, const IrQuery *query, const IrColumn *column)
{
    json_t *object = json_pack("{s:s, s:s, s:b}", "name", column->name, "type", ir_type_base(column->type)->key,
                               "nullable", column->nullable);
    if (column->type->kind == IR_DOMAIN)
        json_object_set_new(object, "domain", json_string(column->type->key));
    if (column->table) {
        json_object_set_new(object, "table",
                            json_string(arena_printf(arena, "%s.%s", column->table->schema, column->table->name)));
        json_object_set_new(object, "column", json_string(column->column));
    }
    if (column->embed >= 0)
        json_object_set_new(object, "embed", json_string(query->embeds[column->embed].name));
    if (strcmp(column->field, column->name) != 0)
        json_object_set_new(object, "field", json_string(column->field));
    set_reason(object, "reason", &column->reason);
    return object;
}

static json_t *query_json(Arena *arena, const IrQuery *query)
{
    static const char *const cardinalities[] = {
        [IR_ROWS_MANY] = "many", [IR_ROWS_AT_MOST_ONE] = "at most one", [IR_ROWS_EXACTLY_ONE] = "exactly one"};
    json_t *params = json_array(), *columns = json_array();
    for (size_t i = 0; i < query->nparams; i++)
        json_array_append_new(params, param_json(&query->params[i]));
    for (size_t i = 0; i < query->ncolumns; i++)
        json_array_append_new(columns, column_json(arena, query, &query->columns[i]));
    json_t *object =
        json_pack("{s:s, s:s, s:s, s:I, s:s}", "name", query->name, "command", ir_command_name(query->command),
                  "file", query->file, "line", (json_int_t)query->line, "sql", query->sql);
    json_object_set_new(object, "params", params);
    json_object_set_new(object, "columns", columns);
    json_object_set_new(object, "rows", json_string(cardinalities[query->cardinality]));
    set_reason(object, "rows_reason", &query->rows_reason);
    json_object_set_new(object, "read_only", json_boolean(query->read_only));
    return object;
}

static json_t *table_json(const IrTable *table)
{
    json_t *columns = json_array();
    for (size_t i = 0; i < table->ncolumns; i++)
        json_array_append_new(columns,
                              json_pack("{s:s, s:s, s:b}", "name", table->columns[i].name, "type",
                                        table->columns[i].type->key, "nullable", table->columns[i].nullable));
    return json_pack("{s:s, s:s, s:s, s:o}", "schema", table->schema, "name", table->name, "kind",
                     table->is_view ? "view" : "table", "columns", columns);
}

static json_t *enum_json(const IrType *type)
{
    json_t *labels = json_array();
    for (size_t i = 0; i < type->nlabels; i++)
        json_array_append_new(labels, json_string(type->labels[i]));
    return json_pack("{s:s, s:o}", "type", type->key, "labels", labels);
}

/* How much is proved, and how much of that the columns' declarations alone would give. */
static json_t *statistics_json(const IrProject *ir)
{
    ExplainCounts counts = explain_count(ir);
    return json_pack("{s:I, s:I, s:I}", "columns", (json_int_t)counts.columns, "not_null",
                     (json_int_t)counts.not_null, "declared_not_null", (json_int_t)counts.declared);
}

static json_t *set_json(Arena *arena, const ConfigSet *set, const IrProject *ir, const Diags *diags)
{
    json_t *queries = json_array(), *tables = json_array(), *enums = json_array();
    for (size_t i = 0; ir && i < ir->nfiles; i++)
        for (size_t j = 0; j < ir->files[i].nqueries; j++)
            json_array_append_new(queries, query_json(arena, &ir->files[i].queries[j]));
    for (size_t i = 0; ir && i < ir->ntables; i++)
        json_array_append_new(tables, table_json(ir->tables[i]));
    for (size_t i = 0; ir && i < ir->nenums; i++)
        json_array_append_new(enums, enum_json(ir->enums[i]));
    return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "name", set->name.text ? set->name.text : "",
                     "postgres", arena_printf(arena, "%d", set->postgres_version), "queries", queries, "tables",
                     tables, "enums", enums, "statistics", statistics_json(ir), "diagnostics",
                     render_json_list(arena, diags));
}

/* The version that all sets are for; null when they differ. */
static json_t *common_version(Arena *arena, const Config *config)
{
    int version = config->sets.items[0].postgres_version;
    for (size_t i = 1; i < config->sets.len; i++)
        if (config->sets.items[i].postgres_version != version)
            return json_null();
    return json_string(arena_printf(arena, "%d", version));
}

/* Compiles the sets one by one and hands each on. */
typedef void SetVisitor(Project *project, const ConfigSet *set, const IrProject *ir, const Diags *diags,
                        void *context);

static int visit_sets(Project *project, SetVisitor *visit, void *context)
{
    int code = EXIT_FINE;
    project->compiler.keep_going = true;
    project->compiler.explain = project->options->explain;
    for (size_t i = 0; i < project->config->sets.len; i++) {
        const ConfigSet *set = &project->config->sets.items[i];
        Diags diags = diags_make(project->arena);
        project->compiler.diags = &diags;
        const IrProject *ir = compile_set(&project->compiler, project->config, set);
        visit(project, set, ir, &diags, context);
        int set_code = diags_exit_code(&diags);
        code = set_code > code ? set_code : code;
    }
    return code;
}

static void add_json(Project *project, const ConfigSet *set, const IrProject *ir, const Diags *diags, void *context)
{
    json_array_append_new(context, set_json(project->arena, set, ir, diags));
}

static int print_json(Project *project)
{
    json_t *sets = json_array();
    int code = visit_sets(project, add_json, sets);
    json_t *document = json_pack("{s:s, s:o, s:o}", "querc", QUERC_VERSION, "postgres",
                                 common_version(project->arena, project->config), "sets", sets);
    json_dumpf(document, stdout, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
    putchar('\n');
    json_decref(document);
    return code;
}

static void print_text(Project *project, const ConfigSet *set, const IrProject *ir, const Diags *diags,
                       void *context)
{
    (void)context;
    if (ir)
        explain_print(project->arena, set->name.text, ir);
    diags_append(&project->diags, diags);
}

static int run(Invocation *call)
{
    Project project;
    project_init(&project, call);
    if (!project_read_config(&project))
        return project_finish(&project);
    bool as_text = call->options.explain && !call->options.json;
    int code = as_text ? visit_sets(&project, print_text, NULL) : print_json(&project);
    int finish = project_finish(&project);
    return finish > code ? finish : code;
}

static const Option options[] = {
    OPTION_CONFIG_FILE,
    {"explain", 0, OPTION_FLAG, NULL, NULL, offsetof(Options, explain),
     "say why each parameter and column is nullable or not, and each query one row or many, as text"},
    {"json", 0, OPTION_FLAG, NULL, NULL, offsetof(Options, json),
     "with --explain: the document, with the reasons in it"},
    OPTION_TIMING,
    OPTION_END,
};

const Command command_inspect = {
    .name = "inspect",
    .usage = "",
    .summary = "print the typed queries and the schema as JSON",
    .description = "Prints one JSON document with every query, its parameters and columns, the schema, and what\n"
                   "is wrong. It is printed even when some queries are wrong (exit code 1).",
    .options = options,
    .run = run,
};
