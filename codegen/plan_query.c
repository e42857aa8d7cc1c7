/* Queries: names, arguments, statement names; and the order in which everything is planned. */
#include "codegen/plan.h"

#include "base/strbuf.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

const CommandInfo command_info[IR_COMMANDS] = {
    [IR_ONE] = {.rows = ROWS_ONE, .out_name = "row", .call = "querc_call_one"},
    [IR_OPT] = {.rows = ROWS_ONE, .out_name = "row", .call = "querc_call_one"},
    [IR_MANY] = {.rows = ROWS_MANY,
                 .out_name = "rows",
                 .call = "querc_call_many",
                 .returns = "QUERC_OK, with rows->len 0 if there are none, or an error"},
    [IR_EXEC] = {.call = "querc_call_exec", .returns = "QUERC_OK or an error"},
    [IR_EXECROWS] = {.out_type = "int64_t",
                     .out_name = "count",
                     .call = "querc_call_execrows",
                     .returns = "QUERC_OK, with the number of rows it touched in *count, or an error"},
    [IR_EXECRESULT] = {.out_type = "querc_command",
                       .out_name = "command",
                       .call = "querc_call_execresult",
                       .returns = "QUERC_OK, with the server's command tag in *command, or an error"},
    [IR_COPYFROM] = {.items = ITEMS_COPY,
                     .out_type = "int64_t",
                     .out_name = "count",
                     .call = "querc_call_copyfrom",
                     .returns = "QUERC_OK, with the number of rows in *count, or an error"},
    [IR_BATCHEXEC] = {.items = ITEMS_BATCH,
                      .out_type = "querc_batch",
                      .out_name = "batch",
                      .call = "querc_call_batchexec",
                      .returns = "QUERC_OK if no item failed, or the first failed one's error"},
    [IR_BATCHONE] = {.rows = ROWS_ONE,
                     .items = ITEMS_BATCH,
                     .out_name = "batch",
                     .call = "querc_call_batchone",
                     .returns = "QUERC_OK if no item failed, or the first failed one's error"},
    [IR_BATCHMANY] = {.rows = ROWS_MANY,
                      .items = ITEMS_BATCH,
                      .out_name = "batch",
                      .call = "querc_call_batchmany",
                      .returns = "QUERC_OK if no item failed, or the first failed one's error"},
    [IR_BULKEXEC] = {.items = ITEMS_BULK,
                     .out_type = "int64_t",
                     .out_name = "count",
                     .call = "querc_call_bulkexec",
                     .returns = "QUERC_OK, with the number of rows it touched in *count, or an error"},
    [IR_BULKMANY] = {.rows = ROWS_MANY,
                     .items = ITEMS_BULK,
                     .out_name = "rows",
                     .call = "querc_call_bulkmany",
                     .returns = "QUERC_OK, with rows->len 0 if there are none, or an error"},
};

/* ---- Errors -------------------------------------------------------------------------------------------------- */

Diag *plan_unsupported(Plan *plan, const IrQuery *query, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *outer = plan->diags->query;
    plan->diags->query = query->name;
    Diag *diag = diag_add(plan->diags, DIAG_ERROR, query->span, SQLSTATE_FEATURE_NOT_SUPPORTED, format, args);
    plan->diags->query = outer;
    va_end(args);
    return diag;
}

bool plan_claim(Plan *plan, const IrQuery *query, const char *name, const char *what)
{
    const char *owner =
        arena_printf(plan->arena, "query \"%s\" (%s:%" PRIu32 ")", query->name, query->file, query->line);
    const char *other = globals_claim(&plan->globals, name, owner);
    if (other == NULL)
        return true;
    Diag *diag = plan_unsupported(plan, query, "the C name \"%s\" of %s of query \"%s\" is already that of %s",
                                  name, what, query->name, other);
    diag->code = SQLSTATE_DUPLICATE_OBJECT;
    diag_hint(plan->diags, diag, "Rename the query, or the other one with `rename` in the configuration.");
    return false;
}

/* ---- Arguments ----------------------------------------------------------------------------------------------- */

static const IrParam *param_by_number(const IrQuery *query, size_t number)
{
    const IrParam *expected = &query->params[number - 1]; /* in order, as a rule */
    if (expected->number == (int)number)
        return expected;
    for (size_t i = 0; i < query->nparams; i++)
        if (query->params[i].number == (int)number)
            return &query->params[i];
    return expected;
}

static bool plan_arg(Plan *plan, const IrQuery *query, const IrParam *param, Arg *arg)
{
    TypeUse use = {.nullable = param->nullable, .table = param->table, .column = param->column};
    CType *type = ctype_resolve(plan, param->item != NULL ? param->item : param->type, use);
    CType *descriptor = type;
    if (param->item != NULL && type->problem == NULL)
        type = (descriptor = ctype_array_of(plan, param->type, type))->problem != NULL ? descriptor : type;
    const char *problem = type->problem;
    if (problem == NULL && (type->flags & CTYPE_NO_FIELD) != 0)
        problem = "there are no values of its type";
    if (problem == NULL && type->fields != NULL && (type->flags & CTYPE_SENT_AS_TEXT) != 0)
        problem = "an attribute of its type has no binary form that could be sent";
    if (problem == NULL && param->is_slice && param->type->kind != IR_ARRAY)
        problem = "sqlc.slice is not supported where it is no array";
    if (problem != NULL) {
        Diag *diag =
            plan_unsupported(plan, query, "parameter $%d, \"%s\": %s", param->number, param->name, problem);
        if (type->problem != NULL && type->hint != NULL)
            diag_hint(plan->diags, diag, "%s", type->hint);
        return false;
    }
    bool is_pointer = (type->flags & CTYPE_POINTER) != 0;
    *arg =
        (Arg){.param = param, .type = type, .descriptor = descriptor, .is_pointer = param->nullable && !is_pointer};
    ctype_use(plan, descriptor);
    return true;
}

/* Names that the functions' own parameters and variables have. */
static const char *const function_names[] = {"db", "row", "rows", "args", "params", "stream", "count", "command"};

static const char *arg_name(Plan *plan, const Arg *arg)
{
    const char *fallback = arena_printf(plan->arena, "arg_%d", arg->param->number);
    const char *name = plan_rename(plan, arg->param->name);
    return name != NULL ? name : name_member(plan->arena, arg->param->name, fallback);
}

/* Of a bulk command's, whose other parameters are arguments beside these. */
static const char *const bulk_names[] = {"items", "len"};

static bool is_function_name(const QueryPlan *query, const char *name)
{
    for (size_t i = 0; i < sizeof bulk_names / sizeof bulk_names[0]; i++)
        if (query->command->items == ITEMS_BULK && strcmp(name, bulk_names[i]) == 0)
            return true;
    for (size_t i = 0; i < sizeof function_names / sizeof function_names[0]; i++)
        if (strcmp(name, function_names[i]) == 0)
            return true;
    return false;
}

/* Members of the params struct, or names beside those of the function, which must not hide a type. */
static void name_args(Plan *plan, QueryPlan *query)
{
    NameScope scope = {.arena = plan->arena};
    for (size_t i = 0; i < query->nargs; i++) {
        const char *name = arg_name(plan, &query->args[i]);
        bool hides = is_function_name(query, name) || strmap_get(&plan->globals.owners, name) != NULL;
        if (!plan_is_member(query, &query->args[i]) && hides)
            name = arena_printf(plan->arena, "%s_", name);
        query->args[i].name = scope_take(&scope, name);
    }
}

bool plan_is_member(const QueryPlan *query, const Arg *arg)
{
    if (query->command->items == ITEMS_BULK)
        return arg->param->item != NULL;
    return query->params_struct != NULL;
}

static size_t count_members(const QueryPlan *query)
{
    size_t n = 0;
    for (size_t i = 0; i < query->nargs; i++)
        n += query->command->items != ITEMS_BULK || query->args[i].param->item != NULL;
    return n;
}

static bool plan_args(Plan *plan, QueryPlan *query)
{
    const IrQuery *ir = query->query;
    query->args = arena_array_of(plan->arena, ir->nparams, Arg);
    for (size_t i = 0; i < ir->nparams; i++, query->nargs++)
        if (!plan_arg(plan, ir, param_by_number(ir, i + 1), &query->args[i]))
            return false;
    if (query->command->items != ITEMS_NONE && count_members(query) == 0) {
        plan_unsupported(plan, ir, "query \"%s\" is :%s but has no parameters", ir->name,
                         ir_command_name(ir->command));
        return false;
    }
    if (query->command->items != ITEMS_NONE || ir->nparams > plan->options->query_parameter_limit) {
        query->params_struct = name_derive(plan->arena, query->function, "params");
        if (!plan_claim(plan, ir, query->params_struct, "the parameters' struct"))
            return false;
    }
    return true;
}

/* ---- Names --------------------------------------------------------------------------------------------------- */

/* Of the text and the parameters' types, so that the same name means the same statement on every connection, behind
 * every pooler. */
static uint64_t statement_hash(const QueryPlan *query)
{
    const IrQuery *ir = query->query;
    uint64_t hash = map_hash_bytes(0, ir->sql, strlen(ir->sql) + 1);
    for (size_t i = 0; i < query->nargs; i++) {
        const char *key = query->args[i].param->type->key;
        hash = map_hash_bytes(hash, key, strlen(key) + 1);
    }
    return hash;
}

static bool plan_many(Plan *plan, QueryPlan *query)
{
    Arena *arena = plan->arena;
    const IrQuery *ir = query->query;
    query->rows = name_derive(arena, query->function, "rows");
    if (!plan_claim(plan, ir, query->rows, "the result"))
        return false;
    if (query->command->items == ITEMS_BATCH)
        return true;
    query->rows_free = name_derive(arena, query->function, "rows_free");
    if (query->command->items == ITEMS_BULK)
        return plan_claim(plan, ir, query->rows_free, "a function");
    query->open = name_derive(arena, query->function, "open");
    query->next = name_derive(arena, query->function, "next");
    return plan_claim(plan, ir, query->rows_free, "a function") &&
           plan_claim(plan, ir, query->open, "a function") && plan_claim(plan, ir, query->next, "a function");
}

const char *plan_constant(Plan *plan, const char *what, const char *base)
{
    return globals_take(&plan->globals, arena_printf(plan->arena, "%s_%s", what, base), "a constant");
}

/* Many queries have the same parameters, such as an id alone: the first one's descriptors serve all of a file. */
static void share_params(Plan *plan, QueryPlan *query, const char *base)
{
    StrBuf key;
    strbuf_init(&key);
    for (size_t i = 0; i < query->nargs; i++) {
        const Arg *arg = &query->args[i];
        strbuf_printf(&key, "%s %d %s\n", arg->descriptor->descriptor, arg->param->nullable, arg->param->name);
    }
    const char *other = strmap_get(&plan->file_params, key.text);
    query->defines_params = other == NULL;
    query->params_constant = other != NULL ? other : plan_constant(plan, "params", base);
    if (other == NULL)
        strmap_put(plan->arena, &plan->file_params, arena_strdup(plan->arena, key.text),
                   (void *)(uintptr_t)query->params_constant);
    strbuf_release(&key);
}

static void name_constants(Plan *plan, QueryPlan *query, const char *base)
{
    query->query_constant = plan_constant(plan, "query", base);
    if (query->nargs > 0)
        share_params(plan, query, base);
    if (query->ncolumns > 0)
        query->columns_constant = plan_constant(plan, "columns", base);
    query->sql_constant = plan_constant(plan, "sql", base);
    query->hash = statement_hash(query);
}

static const char *function_name(Plan *plan, const IrQuery *query)
{
    const char *base = name_snake(plan->arena, query->name);
    return globals_name(&plan->globals, *base == '\0' ? "query" : base);
}

bool plan_query(Plan *plan, QueryPlan *query)
{
    const IrQuery *ir = query->query;
    query->command = &command_info[ir->command];
    query->function = function_name(plan, ir);
    if (!plan_claim(plan, ir, query->function, "the function") || !plan_args(plan, query) || !plan_row(plan, query))
        return false;
    if (query->command->rows == ROWS_MANY && !plan_many(plan, query))
        return false;
    if (query->command->items != ITEMS_NONE && !plan_items(plan, query))
        return false;
    if (!plan_async(plan, query) || !plan_json_query(plan, query) || !plan_violation(plan, query))
        return false;
    for (size_t i = 0; i < query->ncolumns; i++)
        ctype_use(plan, query->columns[i].type);
    name_constants(plan, query, name_snake(plan->arena, ir->name));
    return true;
}

/* ---- Files --------------------------------------------------------------------------------------------------- */

/* The macro that guards a header. Without a prefix it would easily be that of a header of the user's. */
static const char *guard(Plan *plan, const char *output)
{
    Arena *arena = plan->arena;
    const char *prefix = plan->globals.prefix[0] != '\0' ? plan->globals.prefix : "querc_";
    const char *name = name_upper(arena, arena_printf(arena, "%s%s", prefix, name_snake(arena, output)));
    return globals_take(&plan->globals, name_derive(arena, name, "H"), "the guard of a header");
}

/* Names that an #include can take. */
static bool check_output_name(Plan *plan, const FilePlan *file)
{
    if (strpbrk(file->output, "\"\\\n\r") == NULL)
        return true;
    diag_error(plan->diags, plan->options->span, SQLSTATE_INVALID_NAME,
               "a header can't be called after query file %s: quotes, backslashes and line ends are not allowed",
               file->file->path);
    return false;
}

/* File names must differ on file systems without regard to case too. */
static bool claim_output(Plan *plan, StrMap *outputs, const FilePlan *file)
{
    const char *key = name_upper(plan->arena, file->output);
    const IrFile *other = strmap_put(plan->arena, outputs, key, (void *)(uintptr_t)file->file);
    if (!check_output_name(plan, file))
        return false;
    if (other == NULL && strcmp(key, name_upper(plan->arena, plan->options->models_name)) != 0)
        return true;
    Span span = file->file->nqueries > 0 ? file->file->queries[0].span : plan->options->span;
    diag_error(plan->diags, span, SQLSTATE_DUPLICATE_OBJECT, "%s would be written to %s.h, as is %s",
               file->file->path, file->output, other == NULL ? "what the query files share" : other->path);
    return false;
}

static void plan_file(Plan *plan, const IrFile *ir, FilePlan *file)
{
    file->file = ir;
    file->output = arena_printf(plan->arena, "%s%s", ir->name, plan->options->output_files_suffix);
    file->guard = guard(plan, file->output);
    file->nqueries = ir->nqueries;
    file->queries = arena_array_of(plan->arena, ir->nqueries, QueryPlan);
    plan->file_params = (StrMap){0};
    for (size_t i = 0; i < ir->nqueries; i++) {
        file->queries[i].query = &ir->queries[i];
        plan_query(plan, &file->queries[i]);
    }
}

/* Queries' names are what programs call; a table's struct of such a name is called otherwise (plan_models.c). */
static void note_functions(Plan *plan)
{
    for (size_t i = 0; i < plan->project->nfiles; i++)
        for (size_t j = 0; j < plan->project->files[i].nqueries; j++) {
            static const char *const suffixes[] = {"row", "rows", "params"};
            const char *name = function_name(plan, &plan->project->files[i].queries[j]);
            strmap_put(plan->arena, &plan->functions, name, (void *)(uintptr_t)name);
            for (size_t k = 0; k < sizeof suffixes / sizeof *suffixes; k++) {
                const char *derived = name_derive(plan->arena, name, suffixes[k]);
                strmap_put(plan->arena, &plan->functions, derived, (void *)(uintptr_t)derived);
            }
        }
}

bool plan_project(Plan *plan)
{
    size_t before = plan->diags->nerrors;
    const IrProject *project = plan->project;
    StrMap outputs = {0};
    plan->models_guard = guard(plan, plan->options->models_name);
    note_functions(plan);
    plan_models(plan);
    plan->nfiles = project->nfiles;
    plan->files = arena_array_of(plan->arena, project->nfiles, FilePlan);
    for (size_t i = 0; i < project->nfiles; i++) {
        plan_file(plan, &project->files[i], &plan->files[i]);
        claim_output(plan, &outputs, &plan->files[i]);
    }
    plan_json_models(plan);
    /* Now that all types have their names. */
    for (size_t i = 0; i < plan->nfiles; i++)
        for (size_t j = 0; j < plan->files[i].nqueries; j++)
            name_args(plan, &plan->files[i].queries[j]);
    return plan->diags->nerrors == before;
}
