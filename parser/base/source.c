/* Reading files, and turning byte offsets into places a person can find. */
#include "base/source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Reads up to the end, or, where the size is known, that many bytes at most: a call less a file. */
static bool read_all(int fd, size_t size, bool size_is_known, char **text, size_t *len)
{
    size_t cap = size + 1;
    size_t have = 0;
    char *data = xmalloc(cap);
    *text = data;
    while (!size_is_known || have < size) {
        if (have + 1 >= cap) {
            if (cap > INT32_MAX) {
                errno = EFBIG;
                return false;
            }
            *text = data = xrealloc(data, cap *= 2);
        }
        ssize_t got = read(fd, data + have, cap - have - 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        if (got == 0)
            break;
        have += (size_t)got;
    }
    *len = have;
    return true;
}

static SourceFile *read_open_file(Arena *arena, const char *path, int fd)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return NULL;
    if (S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        return NULL;
    }
    bool regular = S_ISREG(st.st_mode) && st.st_size > 0;
    if (regular && st.st_size >= INT32_MAX) {
        errno = EFBIG;
        return NULL;
    }
    char *data;
    size_t len;
    SourceFile *file = NULL;
    if (read_all(fd, regular ? (size_t)st.st_size : 65535, regular, &data, &len)) {
        file = source_from_text(arena, arena_strdup(arena, path), arena_strndup(arena, data, len), len);
        file->device = st.st_dev;
        file->inode = st.st_ino;
    }
    int saved = errno;
    xfree(data);
    errno = saved;
    return file;
}

SourceFile *source_read_file(Arena *arena, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    SourceFile *file = read_open_file(arena, path, fd);
    int saved = errno;
    close(fd);
    errno = saved;
    return file;
}

SourceFile *source_from_text(Arena *arena, const char *path, const char *text, size_t len)
{
    SourceFile *file = arena_new_of(arena, SourceFile);
    file->path = path;
    file->text = text;
    file->len = len;
    return file;
}

static void find_lines(Arena *arena, SourceFile *file)
{
    size_t n = 1;
    for (size_t i = 0; i < file->len; i++)
        n += file->text[i] == '\n';
    file->line_starts = arena_array_of(arena, n, uint32_t);
    file->nlines = 1;
    for (size_t i = 0; i < file->len; i++)
        if (file->text[i] == '\n')
            file->line_starts[file->nlines++] = (uint32_t)(i + 1);
}

/* The number (from 0) of the line that holds offset. */
static size_t line_of(Arena *arena, SourceFile *file, uint32_t offset)
{
    if (!file->line_starts)
        find_lines(arena, file);
    size_t low = 0, high = file->nlines;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (file->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

SourcePosition source_position(Arena *arena, SourceFile *file, uint32_t offset)
{
    if (offset > file->len)
        offset = (uint32_t)file->len;
    size_t line = line_of(arena, file, offset);
    uint32_t column = 1;
    for (uint32_t i = file->line_starts[line]; i < offset; i++)
        column += ((unsigned char)file->text[i] & 0xC0) != 0x80;
    return (SourcePosition){(uint32_t)line + 1, column};
}

const char *source_line(Arena *arena, SourceFile *file, uint32_t line, size_t *len)
{
    if (!file->line_starts)
        find_lines(arena, file);
    uint32_t start = file->line_starts[line - 1];
    size_t end = line < file->nlines ? file->line_starts[line] - 1 : file->len;
    if (end > start && file->text[end - 1] == '\r')
        end--;
    *len = end - start;
    return file->text + start;
}

static const SqlSegment *segment_of(const SqlText *sql, uint32_t offset)
{
    size_t low = 0, high = sql->nsegments;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (sql->segments[middle].text <= offset)
            low = middle;
        else
            high = middle;
    }
    return &sql->segments[low];
}

Span sqltext_span(const SqlText *sql, int64_t offset)
{
    if (offset < 0 || !sql->nsegments)
        return SPAN_NONE;
    if ((uint64_t)offset > sql->len)
        offset = (int64_t)sql->len;
    const SqlSegment *segment = segment_of(sql, (uint32_t)offset);
    if (segment->fixed)
        return (Span){sql->file, segment->file, segment->file_end};
    uint32_t place = segment->file + ((uint32_t)offset - segment->text);
    return (Span){sql->file, place, place};
}

Span sqltext_range(const SqlText *sql, int64_t start, int64_t end)
{
    Span first = sqltext_span(sql, start);
    if (!first.file || end <= start)
        return first;
    const SqlSegment *segment = segment_of(sql, (uint32_t)(end - 1));
    first.end = segment->fixed ? segment->file_end : segment->file + ((uint32_t)end - segment->text);
    return first;
}

SqlText *sqltext_of_file(Arena *arena, SourceFile *file)
{
    SqlText *sql = arena_new_of(arena, SqlText);
    SqlSegment *whole = arena_new_of(arena, SqlSegment);
    *sql = (SqlText){file, file->text, file->len, whole, 1};
    return sql;
}
