/* Sqitch: deploy scripts in the order of the plan (sqitchtutorial, "sqitch plan" and "sqitch rework").
 *
 * A line of the plan is a pragma (%), a comment (#), a tag (@name) or a change: its name, then what it depends on,
 * when and by whom it was planned. The script of the change a/b is deploy/a/b.sql. A change that is planned again
 * later, was reworked: what it was before stands in deploy/a/b@tag.sql, where the tag is one of those between the
 * two lines. */
#include "source/sqitch.h"

#include "base/source.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

typedef struct PlanLine {
    const char *name; /* of a change or tag */
    bool tag;
    size_t next; /* the line that plans the same change again, 0 if none does */
} PlanLine;

typedef struct Plan {
    PlanLine *items;
    size_t len, cap;
} Plan;

static bool exists(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0;
}

const char *sqitch_find_plan(Arena *arena, const char *path)
{
    if (path_has_suffix(path, ".plan"))
        return path;
    size_t len = strlen(path);
    while (len > 1 && path[len - 1] == '/')
        len--;
    const char *folder = arena_strndup(arena, path, len), *base = path_base(folder);
    if (strcmp(base, "deploy") != 0)
        return NULL;
    const char *plan = arena_printf(arena, "%.*ssqitch.plan", (int)(base - folder), folder);
    return exists(plan) ? plan : NULL;
}

static void read_line(Arena *arena, const char *line, size_t len, StrMap *changes, Plan *plan)
{
    while (len > 0 && (*line == ' ' || *line == '\t'))
        line++, len--;
    if (len == 0 || *line == '%' || *line == '#')
        return;
    bool tag = *line == '@';
    if (tag || *line == '+')
        line++, len--;
    while (len > 0 && (*line == ' ' || *line == '\t'))
        line++, len--;
    size_t end = 0;
    while (end < len && !strchr(" \t\r", line[end]))
        end++;
    if (end == 0)
        return;
    const char *name = arena_strndup(arena, line, end);
    vec_push(arena, plan, ((PlanLine){.name = name, .tag = tag}));
    if (tag)
        return;
    size_t before = (size_t)(uintptr_t)strmap_get(changes, name); /* 1 is the first line */
    if (before)
        plan->items[before - 1].next = plan->len - 1;
    strmap_put(arena, changes, name, (void *)(uintptr_t)plan->len);
}

/* The script of a change that was reworked: of the tags up to then, the first that has one. */
static const char *reworked_script(Arena *arena, const char *folder, const Plan *plan, size_t change)
{
    const char *first = NULL;
    for (size_t i = change + 1; i < plan->items[change].next; i++) {
        if (!plan->items[i].tag)
            continue;
        const char *path =
            arena_printf(arena, "%sdeploy/%s@%s.sql", folder, plan->items[change].name, plan->items[i].name);
        if (exists(path))
            return path;
        if (!first)
            first = path;
    }
    return first ? first : arena_printf(arena, "%sdeploy/%s.sql", folder, plan->items[change].name);
}

bool sqitch_list(Arena *arena, const SourcePath *path, const char *plan_path, Diags *diags, PathNames *names)
{
    const SourceFile *file = source_read_file(arena, plan_path);
    if (!file) {
        diag_error(diags, path->span, FILE_ERROR, "could not open \"%s\": %s", plan_path, strerror(errno));
        return false;
    }
    Plan plan = {0};
    StrMap changes = {0};
    for (size_t line = 0; line < file->len;) {
        const char *newline = memchr(file->text + line, '\n', file->len - line);
        size_t end = newline ? (size_t)(newline - file->text) : file->len;
        read_line(arena, file->text + line, end - line, &changes, &plan);
        line = end + 1;
    }
    const char *folder = arena_strndup(arena, plan_path, (size_t)(path_base(plan_path) - plan_path));
    for (size_t i = 0; i < plan.len; i++) {
        if (plan.items[i].tag)
            continue;
        const char *script = plan.items[i].next
                                 ? reworked_script(arena, folder, &plan, i)
                                 : arena_printf(arena, "%sdeploy/%s.sql", folder, plan.items[i].name);
        vec_push(arena, names, script);
    }
    if (names->len == 0)
        diag_error(diags, path->span, FILE_ERROR, "no change in plan \"%s\"", plan_path);
    return names->len > 0;
}
