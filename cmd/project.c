/* From sqlc.yaml to the text of all generated files. */
#include "cmd/project.h"

#include "base/vec.h"
#include "cmd/render.h"
#include "cmd/runtime_files.h"
#include "codegen/codegen.h"

#include <string.h>

void project_init(Project *project, Invocation *call)
{
    *project = (Project){.arena = call->arena, .options = &call->options, .diags = diags_make(call->arena)};
    project->compiler = (Compiler){.arena = call->arena, .diags = &project->diags, .timing = &project->timing};
    timing_start(&project->timing);
}

bool project_read_config(Project *project)
{
    timing_enter(&project->timing, PHASE_CONFIG);
    project->config = config_read(project->arena, project->options->config_file, &project->diags);
    if (project->config) {
        project->timing.counts[PHASE_CONFIG] = project->config->sets.len;
        vec_push(project->arena, &project->compiler.sources, project->config->span.file->path);
    }
    timing_enter(&project->timing, PHASE_OTHER);
    return project->config;
}

/* Of the runtime's sources below `out`, if they are asked for. */
#define RUNTIME_FOLDER "querc/"

static CodegenOptions codegen_options(Arena *arena, const ConfigC *c)
{
    CodegenOptions options = codegen_default_options();
    options.prefix = c->prefix.text;
    options.query_parameter_limit = (size_t)c->query_parameter_limit;
    options.models_name = c->output_models_file_name.text;
    options.output_files_suffix = c->output_files_suffix.text;
    options.emit_exact_table_names = c->emit_exact_table_names;
    options.emit_sql_as_comment = c->emit_sql_as_comment;
    options.emit_async = c->emit_async;
    if (c->emit_runtime) {
        options.runtime_header = RUNTIME_FOLDER "querc.h";
        options.json_header = RUNTIME_FOLDER "querc_json.h";
    }
    options.emit_json = c->emit_json;
    options.key_style = c->key_style;
    options.uppercase_id_in_keys = c->json_tags_id_uppercase;
    options.emit_proofs_as_comment = c->emit_proofs_as_comment;
    options.omit_unused_structs = c->omit_unused_structs;
    options.span = c->span;
    const char **exact = arena_array_of(arena, c->inflection_exclude_table_names.len, const char *);
    for (size_t i = 0; i < c->inflection_exclude_table_names.len; i++)
        exact[i] = c->inflection_exclude_table_names.items[i].text;
    options.inflection_exclude_table_names = exact;
    options.ninflection_exclude_table_names = c->inflection_exclude_table_names.len;
    CodegenRename *renames = arena_array_of(arena, c->rename.len, CodegenRename);
    for (size_t i = 0; i < c->rename.len; i++)
        renames[i] =
            (CodegenRename){c->rename.items[i].from.text, c->rename.items[i].to.text, c->rename.items[i].to.span};
    options.renames = renames;
    options.nrenames = c->rename.len;
    CodegenOverride *overrides = arena_array_of(arena, c->overrides.len, CodegenOverride);
    size_t n = 0;
    for (size_t i = 0; i < c->overrides.len; i++) {
        const ConfigOverride *from = &c->overrides.items[i];
        if (!from->c_type.text)
            continue;
        overrides[n++] = (CodegenOverride){
            from->db_type.text, from->column.text, from->nullable.given, from->nullable.value, from->c_type.text,
            from->header.text,  from->decode.text, from->encode.text,    from->json.text,      from->span};
    }
    options.overrides = overrides;
    options.noverrides = n;
    return options;
}

/* The folder of a set's files, inside the project; NULL after an error. */
static const char *output_folder(Project *project, const ConfigC *c)
{
    const char *base = project->config->dir;
    if (project->options->output_dir)
        base = arena_printf(project->arena, "%s/", project->options->output_dir);
    const char *folder = output_path_inside(project->arena, base, c->out.text);
    if (!folder) {
        Diag *diag = diag_error(&project->diags, c->out.span, "config", "\"out\" lies outside the project: \"%s\"",
                                c->out.text);
        diag_hint(&project->diags, diag,
                  "it is relative to the configuration's folder and may not leave it; "
                  "--output-dir moves all output elsewhere");
    }
    return folder;
}

/* The runtime's sources, once for all sets with the same folder. */
static bool add_runtime(Project *project, const ConfigC *c, const char *folder)
{
    bool good = true;
    for (size_t i = 0; c->emit_runtime && good && i < nruntime_files; i++) {
        const RuntimeFile *from = &runtime_files[i];
        if (from->is_json && !c->emit_json)
            continue;
        const char *path = arena_printf(project->arena, "%s" RUNTIME_FOLDER "%s", folder, from->name);
        const OutputFile file = {path, from->text, from->len, c->out.span};
        const OutputFile *other = strmap_get(&project->outputs.by_path, path);
        if (other == NULL || other->text != from->text)
            good = output_add(project->arena, &project->outputs, file, &project->diags);
    }
    return good;
}

static bool generate_set(Project *project, const ConfigSet *set, const IrProject *ir)
{
    const ConfigC *c = &set->gen.c;
    const char *folder = output_folder(project, c);
    if (!folder)
        return false;
    CodegenOptions options = codegen_options(project->arena, c);
    CodegenOutput output = {0};
    if (!codegen_generate(project->arena, ir, &options, &project->diags, &output))
        return false;
    bool good = true;
    for (size_t i = 0; i < output.nfiles && good; i++) {
        const CodegenFile *file = &output.files[i];
        OutputFile out = {arena_printf(project->arena, "%s%s", folder, file->name), file->text, file->len,
                          c->out.span};
        good = output_add(project->arena, &project->outputs, out, &project->diags);
    }
    project->timing.counts[PHASE_CODEGEN] += output.nfiles;
    return good && add_runtime(project, c, folder);
}

bool project_build(Project *project)
{
    if (!project_read_config(project))
        return false;
    for (size_t i = 0; i < project->config->sets.len; i++) {
        const ConfigSet *set = &project->config->sets.items[i];
        size_t errors = project->diags.nerrors;
        const IrProject *ir = compile_set(&project->compiler, project->config, set);
        timing_enter(&project->timing, PHASE_CODEGEN);
        if (ir && project->diags.nerrors == errors && set->gen.c.span.file)
            generate_set(project, set, ir);
        timing_enter(&project->timing, PHASE_OTHER);
    }
    diags_sort(&project->diags);
    return !project->diags.nerrors;
}

static bool list_set(Project *project, const ConfigSet *set)
{
    SourceFiles files = {0};
    const char *folder = output_folder(project, &set->gen.c);
    if (!folder || !paths_read(project->arena, set->queries.items, set->queries.len, &project->diags, &files))
        return false;
    const char **names = arena_array_of(project->arena, files.len, const char *);
    for (size_t i = 0; i < files.len; i++) {
        const char *slash = strrchr(files.items[i]->path, '/');
        names[i] = slash ? slash + 1 : files.items[i]->path;
    }
    CodegenOptions options = codegen_options(project->arena, &set->gen.c);
    size_t n;
    const char *const *outputs = codegen_output_names(project->arena, &options, names, files.len, &n);
    for (size_t i = 0; i < n; i++) {
        OutputFile out = {.path = arena_printf(project->arena, "%s%s", folder, outputs[i]),
                          .span = set->gen.c.out.span};
        output_add(project->arena, &project->outputs, out, &project->diags);
    }
    return add_runtime(project, &set->gen.c, folder);
}

bool project_list_outputs(Project *project)
{
    if (!project_read_config(project))
        return false;
    for (size_t i = 0; i < project->config->sets.len; i++)
        if (project->config->sets.items[i].gen.c.span.file)
            list_set(project, &project->config->sets.items[i]);
    return !project->diags.nerrors;
}

int project_finish(Project *project)
{
    timing_enter(&project->timing, PHASE_OTHER);
    render_diags(project->arena, &project->diags, project->options);
    if (project->options->timing)
        timing_print(&project->timing, stderr);
    return diags_exit_code(&project->diags);
}
