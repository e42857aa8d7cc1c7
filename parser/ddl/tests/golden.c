#include "golden.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void case_names_free(CaseNames names)
{
    for (size_t i = 0; i < names.len; i++)
        xfree(names.items[i]);
    xfree(names.items);
}

CaseNames case_names(void)
{
    CaseNames names = {0};
    DIR *directory = opendir(CASES);
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        size_t len = strlen(entry->d_name);
        if (len < 4 || strcmp(entry->d_name + len - 4, ".sql") != 0)
            continue;
        names.items = xrealloc(names.items, (names.len + 1) * sizeof *names.items);
        names.items[names.len++] = strndup(entry->d_name, len - 4);
    }
    if (directory)
        closedir(directory);
    if (names.len)
        qsort(names.items, names.len, sizeof *names.items, compare);
    return names;
}

char *case_path(Arena *arena, const char *name, const char *suffix)
{
    return arena_printf(arena, CASES "/%s.%s", name, suffix);
}

Script case_script(Arena *arena, const char *name)
{
    Script script = {0};
    SourceFile *file = source_read_file(arena, case_path(arena, name, "sql"));
    if (file)
        script_split(arena, file, &script);
    return script;
}

void case_verdict(StrBuf *out, uint32_t line, const char *code, const char *message, const char *detail,
                  const char *hint)
{
    strbuf_printf(out, "%u %s%s%s\n", line, code ? code : "ok", message ? " " : "", message ? message : "");
    if (detail)
        strbuf_printf(out, "   %s\n", detail);
    /* Hints of ours where PostgreSQL has none. */
    if (hint && strncmp(hint, "did you mean", 12) != 0)
        strbuf_printf(out, "   hint: %s\n", hint);
}

bool case_same(const char *name, const char *wanted, const char *got)
{
    unsigned line = 1;
    const char *start_wanted = wanted, *start_got = got;
    while (*wanted && *wanted == *got) {
        if (*wanted == '\n') {
            line++;
            start_wanted = wanted + 1;
            start_got = got + 1;
        }
        wanted++;
        got++;
    }
    if (*wanted == *got)
        return true;
    printf("%s: line %u\n  expected: %.*s\n  got:      %.*s\n", name, line, (int)strcspn(start_wanted, "\n"),
           start_wanted, (int)strcspn(start_got, "\n"), start_got);
    return false;
}
