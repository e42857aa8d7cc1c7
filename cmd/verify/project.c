/* A project verified: each set's schema and queries. */
#include "cmd/verify/verify_run.h"

/* Warnings are for `querc check` to tell. */
static void report_errors(VerifyRun *run, const Diags *diags)
{
    for (const Diag *diag = diags->first; diag; diag = diag->next)
        if (diag->severity == DIAG_ERROR) {
            run->diags.query = diag->query;
            Diag *error = diag_error(&run->diags, diag->span, diag->code, "%s", diag->message);
            error->detail = diag->detail;
            error->hint = diag->hint;
            error->notes = diag->notes;
        }
    run->diags.query = NULL;
}

/* The answers are worked out even when a migration is wrong: the server has its own opinion of that. */
static void verify_set(VerifyRun *run, const Config *config, const ConfigSet *set)
{
    run->postgres = set->postgres_version;
    if (!verify_connect(run))
        return;
    json_t *schema = json_array(), *queries = json_array();
    if (run->options->ephemeral)
        verify_schema(run, set->schema.items, set->schema.len, schema);
    Diags diags = diags_make(run->arena);
    Compiler compiler = {.arena = run->arena, .diags = &diags, .timing = &run->timing, .keep_going = true};
    const IrProject *ir = compile_set(&compiler, config, set);
    if (ir)
        verify_queries(run, set, ir, &diags, queries);
    report_errors(run, &diags);
    json_array_append_new(run->results,
                          json_pack("{s:s, s:i, s:o, s:o}", "set", set->name.text ? set->name.text : "", "postgres",
                                    run->postgres, "schema", schema, "queries", queries));
    verify_disconnect(run);
}

void verify_project(VerifyRun *run)
{
    const Config *config = config_read(run->arena, run->options->config_file, &run->diags);
    for (size_t i = 0; config && i < config->sets.len; i++)
        verify_set(run, config, &config->sets.items[i]);
}
