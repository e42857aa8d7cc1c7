/* The entry to code generation: check the options, plan, print. */
#include "codegen/codegen.h"

#include "base/parallel.h"
#include "codegen/plan.h"
#include "codegen/print.h"

#include <stdint.h>
#include <string.h>

/* Of SQL, more or less: what a query costs here, in the measure of parallel_workers. */
enum { BYTES_A_QUERY = 400 };

CodegenOptions codegen_default_options(void)
{
    return (CodegenOptions){
        .prefix = "",
        .query_parameter_limit = 4,
        .models_name = "models",
        .output_files_suffix = "",
        .runtime_header = "querc.h",
        .json_header = "querc_json.h",
        .emit_sql_as_comment = true,
    };
}

/* "lib" and "lib_" are both written "lib_" before a name: two in a row belong to C++'s implementation. */
static const char *prefix_with_separator(Arena *arena, const char *prefix)
{
    size_t len = strlen(prefix);
    while (len > 0 && prefix[len - 1] == '_')
        len--;
    return len == 0 ? "" : arena_printf(arena, "%.*s_", (int)len, prefix);
}

static void index_options(Plan *plan)
{
    const CodegenOptions *options = plan->options;
    plan->globals = (Globals){.arena = plan->arena, .prefix = prefix_with_separator(plan->arena, options->prefix)};
    for (size_t i = 0; i < options->nrenames; i++)
        strmap_put(plan->arena, &plan->renames, options->renames[i].from,
                   (void *)(uintptr_t)options->renames[i].to);
    for (size_t i = 0; i < options->ninflection_exclude_table_names; i++) {
        const char *name = options->inflection_exclude_table_names[i];
        strmap_put(plan->arena, &plan->exact_tables, name, (void *)(uintptr_t)name);
    }
}

/* Files are printed on all processors. */
typedef struct Printing {
    Plan *plans; /* one a worker, with an arena of its own */
    StrBuf *texts;
    CodegenFile *files;
} Printing;

static void keep_file(Arena *arena, CodegenFile *file, const char *name, const char *suffix, StrBuf *text)
{
    file->name = arena_printf(arena, "%s%s", name, suffix);
    file->len = text->len;
    file->text = arena_strndup(arena, text->text, text->len);
    strbuf_clear(text);
}

/* The header and the source of a query file; the models' come last. */
static void print_pair(void *context, size_t worker, size_t index)
{
    Printing *printing = context;
    const Plan *plan = &printing->plans[worker];
    StrBuf *text = &printing->texts[worker];
    CodegenFile *files = &printing->files[2 * index];
    bool models = index == plan->nfiles;
    const FilePlan *file = models ? NULL : &plan->files[index];
    const char *name = models ? plan->options->models_name : file->output;
    if (models)
        print_models_header(text, plan);
    else
        print_query_header(text, plan, file);
    keep_file(plan->arena, &files[0], name, ".h", text);
    if (models)
        print_models_source(text, plan);
    else
        print_query_source(text, plan, file);
    keep_file(plan->arena, &files[1], name, ".c", text);
}

static void print_all(const Plan *plan, CodegenOutput *output)
{
    Arena *arena = plan->arena;
    size_t n = plan->nfiles + 1, bytes = 0;
    for (size_t i = 0; i < plan->nfiles; i++)
        bytes += plan->files[i].nqueries * BYTES_A_QUERY;
    size_t workers = parallel_workers(bytes);
    Printing printing = {.plans = arena_array_of(arena, workers, Plan),
                         .texts = arena_array_of(arena, workers, StrBuf),
                         .files = arena_array_of(arena, 2 * n, CodegenFile)};
    for (size_t i = 0; i < workers; i++) {
        strbuf_init(&printing.texts[i]);
        printing.plans[i] = *plan;
        printing.plans[i].arena = arena_of_worker(arena, i);
    }
    parallel_run(n, workers, print_pair, &printing);
    for (size_t i = 0; i < workers; i++)
        strbuf_release(&printing.texts[i]);
    *output = (CodegenOutput){printing.files, 2 * n};
}

bool codegen_generate(Arena *arena, const IrProject *project, const CodegenOptions *options, Diags *diags,
                      CodegenOutput *output)
{
    *output = (CodegenOutput){0};
    if (!options_check(options, diags))
        return false;
    override_check_columns(options, project, diags);
    Plan plan = {.arena = arena, .project = project, .options = options, .diags = diags};
    index_options(&plan);
    if (!plan_project(&plan))
        return false;
    print_all(&plan, output);
    return true;
}

const char *const *codegen_output_names(Arena *arena, const CodegenOptions *options, const char *const *query_files,
                                        size_t nquery_files, size_t *n)
{
    static const char *const endings[] = {".h", ".c"};
    const char **names = arena_array_of(arena, 2 * (nquery_files + 1), const char *);
    *n = 0;
    for (size_t i = 0; i < nquery_files; i++)
        for (size_t j = 0; j < 2; j++)
            names[(*n)++] = arena_printf(arena, "%s%s%s", query_files[i], options->output_files_suffix, endings[j]);
    for (size_t j = 0; j < 2; j++)
        names[(*n)++] = arena_printf(arena, "%s%s", options->models_name, endings[j]);
    return names;
}
