/* Writing the generated files.
 *
 * Everything is written to temporary files beside its target first, so that a full disk or a folder without
 * permission shows before anything has changed; only then are they renamed. A file whose content is already right
 * is left alone and keeps its time stamp, for the sake of build systems. */
#include "cmd/output.h"

#include "base/strbuf.h"
#include "base/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One file that has to change. */
typedef struct Pending {
    const OutputFile *file;
    const char *temporary; /* exists on disk */
} Pending;

typedef struct Writer {
    Arena *arena;
    Diags *diags;
    VEC(Pending) pending;
    VEC(const char *) made; /* folders that were not there, outermost first */
    StrMap folders;         /* that are there now */
} Writer;

bool output_add(Arena *arena, OutputFiles *files, OutputFile file, Diags *diags)
{
    const OutputFile *kept = arena_memdup(arena, &file, sizeof file);
    const OutputFile *other = strmap_get(&files->by_path, file.path);
    if (other) {
        Diag *diag =
            diag_error(diags, file.span, "config", "two sources of the same output file \"%s\"", file.path);
        diag_note(diags, diag, other->span, "the other one is this");
        return false;
    }
    strmap_put(arena, &files->by_path, file.path, (void *)kept);
    vec_push(arena, files, file);
    return true;
}

static void cannot(Writer *writer, const OutputFile *file, const char *what, const char *path)
{
    diag_error(writer->diags, file->span, "output", "cannot %s \"%s\": %s", what, path, strerror(errno));
}

bool output_read_old(Arena *arena, const OutputFile *file, Diags *diags, const char **text, size_t *len)
{
    *text = NULL;
    *len = 0;
    SourceFile *old = source_read_file(arena, file->path);
    if (old) {
        *text = old->text;
        *len = old->len;
        return true;
    }
    if (errno == ENOENT || errno == ENOTDIR)
        return true;
    diag_error(diags, file->span, "output", "cannot read \"%s\": %s", file->path, strerror(errno));
    return false;
}

/* A file that querc did not write is somebody's work. */
static bool is_ours(const char *text, size_t len)
{
    if (!len)
        return true;
    const char *end = memchr(text, '\n', len);
    size_t line = end ? (size_t)(end - text) : len;
    size_t mark = strlen(OUTPUT_MARK);
    for (size_t i = 0; i + mark <= line; i++)
        if (!memcmp(text + i, OUTPUT_MARK, mark))
            return true;
    return false;
}

/* What follows the last slash. */
static const char *path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Creates the folders of a path, as mkdir -p. */
static bool make_folders(Writer *writer, const OutputFile *file)
{
    char *path = arena_strdup(writer->arena, file->path);
    const char *folder = arena_strndup(writer->arena, path, (size_t)(path_name(path) - path));
    if (strmap_put(writer->arena, &writer->folders, folder, writer))
        return true;
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (!mkdir(path, 0777))
            vec_push(writer->arena, &writer->made, arena_strdup(writer->arena, path));
        else if (errno != EEXIST) {
            cannot(writer, file, "create folder", path);
            return false;
        }
        *slash = '/';
    }
    return true;
}

static bool write_all(int fd, const char *text, size_t len)
{
    while (len) {
        ssize_t done = write(fd, text, len);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return false;
        text += done;
        len -= (size_t)done;
    }
    return true;
}

static bool write_temporary(Writer *writer, const OutputFile *file)
{
    int dir = (int)(path_name(file->path) - file->path);
    const char *temporary =
        arena_printf(writer->arena, "%.*s.%s.querc-%ld", dir, file->path, file->path + dir, (long)getpid());
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) {
        cannot(writer, file, "write", file->path);
        return false;
    }
    vec_push(writer->arena, &writer->pending, ((Pending){file, temporary}));
    bool good = write_all(fd, file->text, file->len);
    int saved = errno;
    if (close(fd) && good) {
        good = false;
        saved = errno;
    }
    errno = saved;
    if (!good)
        cannot(writer, file, "write", file->path);
    return good;
}

static bool prepare(Writer *writer, const OutputFile *file)
{
    const char *old;
    size_t len;
    if (!output_read_old(writer->arena, file, writer->diags, &old, &len))
        return false;
    if (old && len == file->len && !memcmp(old, file->text, len))
        return true;
    if (old && !is_ours(old, len)) {
        Diag *diag = diag_error(writer->diags, file->span, "output", "\"%s\" exists and was not written by querc",
                                file->path);
        diag_hint(writer->diags, diag, "remove it, or choose another \"out\"");
        return false;
    }
    return make_folders(writer, file) && write_temporary(writer, file);
}

static bool commit(Writer *writer)
{
    for (size_t i = 0; i < writer->pending.len; i++) {
        Pending *pending = &writer->pending.items[i];
        if (rename(pending->temporary, pending->file->path)) {
            cannot(writer, pending->file, "write", pending->file->path);
            return false;
        }
        pending->temporary = NULL;
    }
    return true;
}

static void clean_up(Writer *writer)
{
    for (size_t i = 0; i < writer->pending.len; i++)
        if (writer->pending.items[i].temporary)
            unlink(writer->pending.items[i].temporary);
    for (size_t i = writer->made.len; i > 0; i--)
        rmdir(writer->made.items[i - 1]);
}

bool output_write(Arena *arena, const OutputFiles *files, Diags *diags, size_t *written)
{
    Writer writer = {.arena = arena, .diags = diags};
    bool good = true;
    *written = 0;
    for (size_t i = 0; i < files->len && good; i++)
        good = prepare(&writer, &files->items[i]);
    if (good && commit(&writer)) {
        *written = writer.pending.len;
        return true;
    }
    clean_up(&writer);
    return false;
}

/* Makefile syntax: blanks and # take a backslash, $ is doubled. */
static void add_escaped(StrBuf *out, const char *path)
{
    for (; *path; path++) {
        if (*path == ' ' || *path == '\t' || *path == '#' || *path == '\\')
            strbuf_add_char(out, '\\');
        if (*path == '$')
            strbuf_add_char(out, '$');
        strbuf_add_char(out, *path);
    }
}

bool output_write_depfile(Arena *arena, const char *path, const OutputFiles *targets, const char *const *sources,
                          size_t nsources, Diags *diags)
{
    StrBuf text;
    strbuf_init(&text);
    for (size_t i = 0; i < targets->len; i++) {
        strbuf_add(&text, i ? " \\\n " : "");
        add_escaped(&text, targets->items[i].path);
    }
    strbuf_add_char(&text, ':');
    for (size_t i = 0; i < nsources; i++) {
        strbuf_add(&text, " \\\n ");
        add_escaped(&text, sources[i]);
    }
    strbuf_add_char(&text, '\n');
    Writer writer = {.arena = arena, .diags = diags};
    OutputFile file = {.path = path, .text = text.text, .len = text.len};
    bool good = make_folders(&writer, &file) && write_temporary(&writer, &file) && commit(&writer);
    if (!good)
        clean_up(&writer);
    strbuf_release(&text);
    return good;
}

/* What an absolute path is called from base; NULL when it is not below. */
static const char *relative_to(Arena *arena, const char *base, const char *path)
{
    if (*base != '/') {
        size_t size = 256;
        char *cwd = arena_alloc(arena, size);
        while (!getcwd(cwd, size) && errno == ERANGE)
            cwd = arena_alloc(arena, size *= 2);
        base = arena_printf(arena, "%s/%s", cwd, base);
    }
    size_t len = strlen(base);
    return strncmp(path, base, len) ? NULL : path + len;
}

const char *output_path_inside(Arena *arena, const char *base, const char *path)
{
    if (*path == '/' && !(path = relative_to(arena, base, path)))
        return NULL;
    char *result = arena_printf(arena, "%s%s/", base, path);
    char *first = result + strlen(base), *end = first;
    for (const char *from = first; *from;) {
        size_t len = strcspn(from, "/");
        if (len == 2 && !strncmp(from, "..", 2)) {
            if (end == first)
                return NULL;
            for (end--; end > first && end[-1] != '/';)
                end--;
        } else if (len && !(len == 1 && *from == '.')) {
            memmove(end, from, len + 1);
            end += len + 1;
        }
        from += len + 1;
    }
    *end = '\0';
    return result;
}
