/* Files, directories and globs made lists of files. */
#define _DEFAULT_SOURCE /* dirent's d_type, which spares a system call a file */
#include "source/paths_private.h"

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char *path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool path_has_suffix(const char *path, const char *suffix)
{
    size_t len = strlen(path), wanted = strlen(suffix);
    return len >= wanted && memcmp(path + len - wanted, suffix, wanted) == 0;
}

static bool is_sql_name(const char *path)
{
    return path_base(path)[0] != '.' && path_has_suffix(path, ".sql") && !path_has_suffix(path, ".down.sql");
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void report_errno(const SourcePath *path, const char *name, Diags *diags, const char *what, int error)
{
    diag_error(diags, path->span, FILE_ERROR, "could not %s \"%s\": %s", what, name, strerror(error));
}

/* Follows links. */
static bool is_directory(const struct dirent *entry, const char *name, bool *exists)
{
    struct stat st;
    *exists = true;
    if (entry->d_type != DT_UNKNOWN && entry->d_type != DT_LNK)
        return entry->d_type == DT_DIR;
    *exists = stat(name, &st) == 0;
    return *exists && S_ISDIR(st.st_mode);
}

/* Adds a directory's SQL files; false with errno when it cannot be read. */
static bool list_directory(Arena *arena, const char *directory, PathNames *names, bool *has_directories)
{
    DIR *dir = opendir(directory);
    if (!dir)
        return false;
    size_t len = strlen(directory);
    while (len > 1 && directory[len - 1] == '/')
        len--;
    const char *separator = len == 1 && directory[0] == '/' ? "" : "/";
    int error = 0;
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(dir);
        if (!entry) {
            error = errno;
            break;
        }
        if (entry->d_name[0] == '.')
            continue;
        const char *name = arena_printf(arena, "%.*s%s%s", (int)len, directory, separator, entry->d_name);
        bool exists;
        if (is_directory(entry, name, &exists))
            *has_directories = true;
        else if (exists && is_sql_name(name))
            vec_push(arena, names, name);
    }
    closedir(dir);
    errno = error;
    return error == 0;
}

/* Adds what a glob finds; files of other kinds are passed over as in a directory. */
static bool list_glob(Arena *arena, const SourcePath *path, Diags *diags, PathNames *names)
{
    glob_t found = {0};
    int result = glob(path->path, 0, NULL, &found);
    bool good = result == 0 || result == GLOB_NOMATCH;
    if (!good)
        diag_error(diags, path->span, FILE_ERROR, "could not search for \"%s\"", path->path);
    for (size_t i = 0; good && i < found.gl_pathc; i++) {
        const char *name = found.gl_pathv[i];
        struct stat st;
        bool directories = false;
        if (stat(name, &st) != 0) {
            report_errno(path, name, diags, "open", errno);
            good = false;
        } else if (S_ISDIR(st.st_mode)) {
            good = list_directory(arena, name, names, &directories);
            if (!good)
                report_errno(path, name, diags, "read directory", errno);
        } else if (is_sql_name(name)) {
            vec_push(arena, names, arena_strdup(arena, name));
        }
    }
    globfree(&found);
    if (good && names->len == 0) {
        diag_error(diags, path->span, FILE_ERROR, "no .sql file matches \"%s\"", path->path);
        return false;
    }
    return good;
}

static bool list_named(Arena *arena, const SourcePath *path, bool is_directory, Diags *diags, PathNames *names)
{
    if (!is_directory) {
        vec_push(arena, names, path->path);
        return true;
    }
    bool has_directories = false;
    if (!list_directory(arena, path->path, names, &has_directories)) {
        report_errno(path, path->path, diags, "read directory", errno);
        return false;
    }
    if (names->len > 0)
        return true;
    Diag *diag = diag_error(diags, path->span, FILE_ERROR, "no .sql file in directory \"%s\"", path->path);
    if (has_directories)
        diag_hint(diags, diag, "directories inside it are not searched: name them, or use a glob such as \"%s/*\"",
                  path->path);
    return false;
}

bool paths_list(Arena *arena, const SourcePath *path, Diags *diags, PathNames *names)
{
    struct stat st;
    bool good;
    if (stat(path->path, &st) == 0) {
        good = list_named(arena, path, S_ISDIR(st.st_mode), diags, names);
    } else if (errno == ENOENT && strpbrk(path->path, "*?[")) {
        good = list_glob(arena, path, diags, names);
    } else {
        report_errno(path, path->path, diags, "open", errno);
        good = false;
    }
    if (names->len > 1)
        qsort(names->items, names->len, sizeof *names->items, compare_names);
    return good;
}
