/* A script's statements, each with a text of its own. */
#include "source/script.h"

#include "base/vec.h"
#include "source/psql.h"

static SqlText *piece(Arena *arena, SourceFile *file, StatementRange range)
{
    SqlText *sql = arena_new_of(arena, SqlText);
    SqlSegment *segment = arena_new_of(arena, SqlSegment);
    size_t len = range.end - range.start;
    segment->file = range.start;
    *sql = (SqlText){file, arena_strndup(arena, file->text + range.start, len), len, segment, 1};
    return sql;
}

void script_split(Arena *arena, SourceFile *file, Script *script)
{
    StatementRanges statements = {0}, skipped = {0};
    psql_split(arena, file->text, file->len, &statements, &skipped);
    for (size_t i = 0; i < statements.len; i++) {
        StatementRange range = statements.items[i];
        ScriptStatement *statement = vec_add(arena, script);
        statement->sql = piece(arena, file, range);
        statement->start = range.start;
        statement->end = range.end;
        statement->line = source_position(arena, file, range.start).line;
    }
}
