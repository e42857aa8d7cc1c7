/* setgroups is no POSIX; nftw is X/Open's. */
#define _GNU_SOURCE
#include "verify/cluster.h"

#include "base/strbuf.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* ---- the keeper's side ---- */

typedef struct Keeper {
    Arena *arena;
    const char *bindir;
    char *dir; /* NULL until it exists */
    int life;  /* ends when our parent does */
    int report;
} Keeper;

static void keeper_say(const Keeper *keeper, const char *text)
{
    size_t len = strlen(text);
    while (len) {
        ssize_t done = write(keeper->report, text, len);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return; /* nobody listens any more */
        text += done;
        len -= (size_t)done;
    }
}

/* initdb and the server refuse to work for root. */
static const char *leave_root(Keeper *keeper)
{
    if (geteuid() != 0)
        return NULL;
    const struct passwd *user = getpwnam("postgres");
    if (!user)
        user = getpwnam("nobody");
    if (!user)
        return "PostgreSQL does not run as root, and there is neither a user \"postgres\" nor \"nobody\"";
    if (setgroups(0, NULL) || setgid(user->pw_gid) || setuid(user->pw_uid))
        return arena_printf(keeper->arena, "PostgreSQL does not run as root, and cannot become user \"%s\": %s",
                            user->pw_name, strerror(errno));
    return NULL;
}

/* A socket's path has to fit into sockaddr_un. */
static const char *make_directory(Keeper *keeper)
{
    enum { LONGEST = 107 };
    const char *base = getenv("TMPDIR");
    static const char name[] = "querc-verify.XXXXXX";
    if (!base || base[0] != '/' || strlen(base) + sizeof name + sizeof "/.s.PGSQL.5432" > LONGEST)
        base = "/tmp";
    char *dir = arena_printf(keeper->arena, "%s/%s", base, name);
    if (!mkdtemp(dir))
        return arena_printf(keeper->arena, "cannot create a folder in \"%s\": %s", base, strerror(errno));
    keeper->dir = dir;
    return NULL;
}

/* Runs a program of the server with its output appended to the log; whether it succeeded. */
static bool run_program(const Keeper *keeper, const char *const *args)
{
    /* By its whole path: initdb looks for the other programs where its own name says it is. */
    const char *program = arena_printf(keeper->arena, "%s/%s", keeper->bindir, args[0]);
    size_t n = 0;
    while (args[n])
        n++;
    const char **argv = arena_array_of(keeper->arena, n + 1, const char *);
    memcpy(argv, args, n * sizeof *argv);
    argv[0] = program;
    const char *log = arena_printf(keeper->arena, "%s/output", keeper->dir);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
    pid_t pid;
    int failure = posix_spawn(&pid, program, &files, NULL, (char *const *)argv, environ);
    posix_spawn_file_actions_destroy(&files);
    if (failure)
        return false;
    int status;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return false;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* The end of the log, which says why. */
static const char *failed_because(const Keeper *keeper, const char *what)
{
    enum { TAIL = 2000 };
    char text[TAIL + 1];
    size_t len = 0;
    FILE *log = fopen(arena_printf(keeper->arena, "%s/output", keeper->dir), "r");
    if (log) {
        if (fseek(log, -TAIL, SEEK_END))
            rewind(log);
        len = fread(text, 1, TAIL, log);
        fclose(log);
    }
    while (len && text[len - 1] == '\n')
        len--;
    text[len] = '\0';
    return arena_printf(keeper->arena, "%s/%s failed:\n%s", keeper->bindir, what, text);
}

/* Nothing has to survive a crash, so nothing is forced to disk. */
static const char *start_server(Keeper *keeper)
{
    char *data = arena_printf(keeper->arena, "%s/data", keeper->dir);
    const char *const initdb[] = {"initdb", "-D", data,   "-U",          "postgres",  "-A",
                                  "trust",  "-E", "UTF8", "--no-locale", "--no-sync", NULL};
    if (!run_program(keeper, initdb))
        return failed_because(keeper, "initdb");
    char *log = arena_printf(keeper->arena, "%s/output", keeper->dir);
    char *settings = arena_printf(keeper->arena,
                                  "-c listen_addresses= -c unix_socket_directories='%s' -c port=5432 -c fsync=off "
                                  "-c synchronous_commit=off -c full_page_writes=off",
                                  keeper->dir);
    const char *const start[] = {"pg_ctl", "start", "-D", data, "-w", "-s", "-l", log, "-o", settings, NULL};
    if (!run_program(keeper, start))
        return failed_because(keeper, "pg_ctl");
    return NULL;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    remove(path);
    return 0;
}

static void remove_all(Keeper *keeper)
{
    char *data = arena_printf(keeper->arena, "%s/data", keeper->dir);
    if (access(arena_printf(keeper->arena, "%s/postmaster.pid", data), F_OK) == 0) {
        const char *const stop[] = {"pg_ctl", "stop", "-D", data, "-m", "immediate", "-w", "-s", NULL};
        run_program(keeper, stop);
    }
    enum { OPEN_FOLDERS = 16 };
    nftw(keeper->dir, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}

static void wait_for_end(const Keeper *keeper)
{
    char byte;
    for (;;) {
        ssize_t got = read(keeper->life, &byte, 1);
        if (got == 0 || (got < 0 && errno != EINTR))
            return;
    }
}

static void keeper_run(Keeper *keeper)
{
    setsid(); /* out of reach of the terminal's ^C, which is meant for our parent */
    signal(SIGPIPE, SIG_IGN);
    int null = open("/dev/null", O_RDWR);
    for (int fd = 0; fd <= STDERR_FILENO; fd++)
        dup2(null, fd);
    const char *error = chdir("/") ? strerror(errno) : leave_root(keeper);
    if (!error)
        error = make_directory(keeper);
    if (!error)
        error = start_server(keeper);
    keeper_say(keeper, error ? "-" : "+");
    keeper_say(keeper, error ? error : keeper->dir);
    close(keeper->report);
    if (!error)
        wait_for_end(keeper);
    if (keeper->dir)
        remove_all(keeper);
    _exit(0);
}

/* ---- ours ---- */

static bool make_pipe(int ends[2])
{
    if (pipe(ends))
        return false;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return true;
}

static char *read_report(Arena *arena, int fd)
{
    StrBuf text;
    strbuf_init(&text);
    char chunk[512];
    ssize_t got;
    while ((got = read(fd, chunk, sizeof chunk)) > 0 || (got < 0 && errno == EINTR))
        if (got > 0)
            strbuf_add_bytes(&text, chunk, (size_t)got);
    char *report = arena_strndup(arena, text.text, text.len);
    strbuf_release(&text);
    return report;
}

bool cluster_start(Arena *arena, const char *bindir, Cluster *cluster, const char **error)
{
    int life[2], report[2];
    *cluster = (Cluster){.life = -1};
    if (!make_pipe(life))
        return *error = strerror(errno), false;
    if (!make_pipe(report)) {
        *error = strerror(errno);
        close(life[0]);
        close(life[1]);
        return false;
    }
    cluster->keeper = fork();
    if (cluster->keeper == 0) {
        close(life[1]);
        close(report[0]);
        keeper_run(&(Keeper){.arena = arena, .bindir = bindir, .life = life[0], .report = report[1]});
    }
    int failure = errno;
    close(life[0]);
    close(report[1]);
    cluster->life = life[1];
    const char *said = cluster->keeper > 0 ? read_report(arena, report[0]) : "";
    close(report[0]);
    if (*said == '+') {
        cluster->dir = said + 1;
        return true;
    }
    *error = cluster->keeper < 0 ? strerror(failure) : *said ? said + 1 : "the cluster's keeper was killed";
    cluster_stop(cluster);
    return false;
}

void cluster_stop(Cluster *cluster)
{
    if (cluster->life >= 0)
        close(cluster->life);
    cluster->life = -1;
    if (cluster->keeper > 0)
        while (waitpid(cluster->keeper, NULL, 0) < 0 && errno == EINTR)
            ;
    cluster->keeper = 0;
}

/* Everything that the environment could say otherwise is said here. */
const char *cluster_conninfo(Arena *arena, const Cluster *cluster, const char *database)
{
    StrBuf dir;
    strbuf_init(&dir);
    for (const char *c = cluster->dir; *c; c++) {
        if (*c == '\'' || *c == '\\')
            strbuf_add_char(&dir, '\\');
        strbuf_add_char(&dir, *c);
    }
    const char *conninfo = arena_printf(arena,
                                        "host='%s' hostaddr='' port=5432 user=postgres dbname='%s' options='' "
                                        "sslmode=disable gssencmode=disable channel_binding=disable "
                                        "target_session_attrs=any",
                                        dir.text, database);
    strbuf_release(&dir);
    return conninfo;
}
