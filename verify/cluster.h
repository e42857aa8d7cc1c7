/* A throwaway PostgreSQL: a cluster of its own in a temporary directory, reached by a Unix socket in it.
 *
 * It is kept by a process of its own that watches a pipe from ours: however we end, by return, error, signal or
 * SIGKILL, the pipe closes, the keeper stops the server and removes the directory. */
#ifndef QUERC_VERIFY_CLUSTER_H
#define QUERC_VERIFY_CLUSTER_H

#include "base/arena.h"

#include <stdbool.h>
#include <sys/types.h>

typedef struct Cluster {
    const char *dir;
    int life; /* closing it ends the cluster */
    pid_t keeper;
} Cluster;

/* The folder of initdb, pg_ctl and postgres: `given` or else the first of PATH, what pg_config says, and Debian's
 * /usr/lib/postgresql, there that of version `major` or else the newest. NULL and a message when there is none. */
const char *cluster_find_programs(Arena *arena, const char *given, int major, const char **error);

/* Makes and starts a cluster, as the user "postgres" or "nobody" when we are root, for whom initdb refuses to work.
 * False and a message in *error when that is not possible; then nothing is left behind. */
bool cluster_start(Arena *arena, const char *bindir, Cluster *cluster, const char **error);
/* Stops the server and waits until the directory is gone. */
void cluster_stop(Cluster *cluster);

/* A connection string for one of its databases. */
const char *cluster_conninfo(Arena *arena, const Cluster *cluster, const char *database);

#endif
