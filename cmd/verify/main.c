/* querc-verify: what `querc verify` becomes. */
#include "cmd/verify/verify_run.h"

#include "cmd/render.h"

#include "cmd/postgres.h"

#include <string.h>

void verify_lost(VerifyRun *run, const char *error)
{
    diag_error(&run->diags, SPAN_NONE, VERIFY_NO_SERVER, "%s", error);
}

static bool start_cluster(VerifyRun *run)
{
    const char *error;
    const char *bindir = cluster_find_programs(run->arena, run->options->bindir, run->postgres, &error);
    if (!bindir) {
        Diag *diag = diag_error(&run->diags, SPAN_NONE, VERIFY_NO_SERVER, "%s", error);
        diag_hint(&run->diags, diag, "--bindir names their folder; --database uses a server that runs already");
        return false;
    }
    run->cluster_for = run->postgres;
    if (cluster_start(run->arena, bindir, &run->cluster, &error))
        return true;
    verify_lost(run, error);
    return false;
}

/* The databases of the cluster are called by number: one a set or script. */
static const char *new_database(VerifyRun *run)
{
    const char *error = NULL;
    const char *name = arena_printf(run->arena, "querc%u", ++run->ndatabases);
    Server *server =
        server_connect(run->arena, cluster_conninfo(run->arena, &run->cluster, "postgres"), false, &error);
    if (server) {
        PQclear(
            server_query(server, arena_printf(run->arena, "CREATE DATABASE %s TEMPLATE template0", name), &error));
        server_close(server);
    }
    if (!error)
        return cluster_conninfo(run->arena, &run->cluster, name);
    verify_lost(run, error);
    return NULL;
}

/* Once for a server, not for each of its databases. */
static void check_version(VerifyRun *run)
{
    const char *version = server_version(run->server);
    if (run->version && !strcmp(run->version, version) && run->checked_for == run->postgres)
        return;
    run->version = version;
    run->checked_for = run->postgres;
    if (server_major(run->server) == run->postgres)
        return;
    Diag *diag = diag_warning(&run->diags, SPAN_NONE, NULL, "the server is PostgreSQL %s, querc compiles for %d",
                              run->version, run->postgres);
    diag_hint(&run->diags, diag, "what differs between the two versions is reported as a difference");
}

bool verify_connect(VerifyRun *run)
{
    const char *error, *conninfo = run->options->database;
    if (run->options->ephemeral) {
        if (run->cluster.dir && run->cluster_for != run->postgres) {
            cluster_stop(&run->cluster);
            run->cluster = (Cluster){0};
        }
        if (!run->cluster.dir && !start_cluster(run))
            return false;
        conninfo = new_database(run);
        if (!conninfo)
            return false;
    }
    run->server = server_connect(run->arena, conninfo, !run->options->ephemeral, &error);
    if (run->server)
        check_version(run);
    else
        verify_lost(run, error);
    return run->server;
}

void verify_disconnect(VerifyRun *run)
{
    server_close(run->server);
    run->server = NULL;
}

static int check_options(const Options *options)
{
    if (options->ephemeral && options->database)
        return usage_error("verify: --ephemeral and --database exclude each other");
    if (options->bindir && !options->ephemeral)
        return usage_error("verify: --bindir is for --ephemeral");
    if (options->postgres && !options->nscripts)
        return usage_error("verify: --postgres is for --script; a project says it in its configuration");
    if (options->nscripts && !options->ephemeral)
        return usage_error("verify: --script needs --ephemeral: scripts change the database");
    return EXIT_FINE;
}

static int run(Invocation *call)
{
    if (check_options(&call->options))
        return EXIT_USAGE;
    int postgres = postgres_of_option(call);
    if (!postgres)
        return EXIT_USAGE;
    VerifyRun run = {.postgres = postgres,
                     .arena = call->arena,
                     .options = &call->options,
                     .diags = diags_make(call->arena),
                     .results = json_array()};
    timing_start(&run.timing);
    if (call->options.nscripts)
        verify_scripts(&run);
    else
        verify_project(&run);
    cluster_stop(&run.cluster);
    report_print(&run);
    json_decref(run.results);
    int code = diags_exit_code(&run.diags);
    return code == EXIT_FINE && run.ndifferent ? EXIT_SQL : code;
}

int main(int argc, char **argv)
{
    Command command = command_verify;
    command.program = NULL;
    command.run = run;
    return command_run(&command, argc - 1, argv + 1);
}
