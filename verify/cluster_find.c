/* Where PostgreSQL's server programs are. */
#include "verify/cluster.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool has_programs(Arena *arena, const char *dir)
{
    static const char *const programs[] = {"initdb", "pg_ctl", "postgres"};
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
        if (access(arena_printf(arena, "%s/%s", dir, programs[i]), X_OK) != 0)
            return false;
    return true;
}

static const char *find_in_path(Arena *arena)
{
    const char *path = getenv("PATH");
    while (path && *path) {
        size_t len = strcspn(path, ":");
        const char *dir = arena_strndup(arena, path, len);
        if (len && has_programs(arena, dir))
            return dir;
        path += len + (path[len] == ':');
    }
    return NULL;
}

static const char *find_by_pg_config(Arena *arena)
{
    char line[4096];
    FILE *pipe = popen("pg_config --bindir 2>/dev/null", "r");
    if (!pipe)
        return NULL;
    const char *dir = fgets(line, sizeof line, pipe) ? arena_strndup(arena, line, strcspn(line, "\n")) : NULL;
    pclose(pipe);
    return dir && has_programs(arena, dir) ? dir : NULL;
}

/* /usr/lib/postgresql/15/bin */
static const char *find_debian(Arena *arena, int major)
{
    static const char root[] = "/usr/lib/postgresql/";
    const char *best = NULL;
    long best_version = 0;
    glob_t found = {0};
    if (glob("/usr/lib/postgresql/*/bin", 0, NULL, &found) == 0)
        for (size_t i = 0; i < found.gl_pathc; i++) {
            long version = strtol(found.gl_pathv[i] + sizeof root - 1, NULL, 10);
            bool better = best_version != major && (version == major || version > best_version);
            if (better && has_programs(arena, found.gl_pathv[i])) {
                best = arena_strdup(arena, found.gl_pathv[i]);
                best_version = version;
            }
        }
    globfree(&found);
    return best;
}

const char *cluster_find_programs(Arena *arena, const char *given, int major, const char **error)
{
    if (given) {
        if (has_programs(arena, given))
            return given;
        *error = arena_printf(arena, "no initdb, pg_ctl and postgres in \"%s\"", given);
        return NULL;
    }
    const char *dir = find_in_path(arena);
    if (!dir)
        dir = find_by_pg_config(arena);
    if (!dir)
        dir = find_debian(arena, major);
    if (!dir)
        *error = "no PostgreSQL server programs found (initdb in PATH, by pg_config, in /usr/lib/postgresql)";
    return dir;
}
