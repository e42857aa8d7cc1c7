/* Reading and writing cases. */
#include "cases.h"

#include "base/vec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *take(Arena *arena, StrBuf *buf)
{
    const char *text = arena_strdup(arena, buf->text);
    strbuf_clear(buf);
    return text;
}

Cases cases_read(Arena *arena, const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file) {
        perror(path);
        exit(2);
    }
    Cases cases = {0};
    StrBuf comment, answer;
    strbuf_init(&comment);
    strbuf_init(&answer);
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    while ((n = getline(&line, &cap, file)) > 0) {
        if (line[0] == '\t') {
            strbuf_add(&answer, line + 1);
            continue;
        }
        if (answer.len)
            vec_last(&cases).answer = take(arena, &answer);
        if (line[0] == '#' || line[0] == '\n') {
            strbuf_add(&comment, line);
            continue;
        }
        Case *added = vec_add(arena, &cases);
        added->comment = take(arena, &comment);
        added->statement = arena_strndup(arena, line, (size_t)n - (line[n - 1] == '\n'));
        added->answer = "";
    }
    if (answer.len)
        vec_last(&cases).answer = take(arena, &answer);
    cases.tail = take(arena, &comment);
    free(line);
    fclose(file);
    strbuf_release(&comment);
    strbuf_release(&answer);
    return cases;
}

static void write_answer(FILE *file, const char *answer)
{
    while (*answer) {
        size_t n = strcspn(answer, "\n") + 1;
        fputc('\t', file);
        fwrite(answer, 1, n, file);
        answer += n;
    }
}

int cases_write(const Cases *cases, const char *path)
{
    FILE *file = fopen(path, "w");
    if (!file)
        return 0;
    for (size_t i = 0; i < cases->len; i++) {
        fprintf(file, "%s%s\n", cases->items[i].comment, cases->items[i].statement);
        write_answer(file, cases->items[i].answer);
    }
    fputs(cases->tail, file);
    return fclose(file) == 0;
}

void answer_error(StrBuf *answer, const char *code, long position, const char *message, const char *detail,
                  const char *hint)
{
    strbuf_printf(answer, "ERROR %s %ld %s\n", code, position, message);
    if (detail)
        strbuf_printf(answer, "DETAIL %s\n", detail);
    if (hint)
        strbuf_printf(answer, "HINT %s\n", hint);
}
