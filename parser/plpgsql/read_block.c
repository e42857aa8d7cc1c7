/* Blocks: labels, declarations, statements, handlers (pl_block, decl_statement, exception_sect of pl_gram.y). */
#include "plpgsql/reader.h"

#include <string.h>

static PlVariable *declare(PlReader *reader, PlVariables *variables, PlVariableKind kind)
{
    PlRange range = {reader_peek(reader, 0)->start, reader_peek(reader, 0)->end};
    const char *name = reader_name(reader);
    if (!name)
        return NULL;
    PlVariable *variable = vec_add(reader->arena, variables);
    *variable = (PlVariable){.kind = kind, .name = name, .range = range};
    return variable;
}

bool reader_label(PlReader *reader, const char **label)
{
    *label = NULL;
    if (!reader_take(reader, "<<"))
        return true;
    *label = reader_name(reader);
    return *label && reader_expect(reader, ">>");
}

/* read_datatype: the tokens up to what can follow a type. */
static bool read_type(PlReader *reader, PlVariable *variable, bool in_arguments)
{
    static const char *const after[] = {"collate", "not", ":=", "=", "default", ";", NULL};
    static const char *const after_argument[] = {"collate", "not", ":=", "=", "default", ";", ",", ")", NULL};
    size_t first = reader->at;
    if (!reader_skip(reader, in_arguments ? after_argument : after, ";"))
        return false;
    if (reader->at == first)
        return reader_fail(reader, "missing data type declaration");
    size_t len = reader->at - first;
    for (reader->at = first + 1; reader->at < first + len; reader->at++)
        if (reader_is(reader, "begin"))
            return reader_fail(reader, "syntax error");
    if (len == 1 && token_is(reader->sql->text, &reader->tokens.items[first], "record")) {
        variable->is_record = true;
        return true;
    }
    reader->at = first;
    if (len >= 3 && reader_is_ahead(reader, len - 2, "%") &&
        (reader_is_ahead(reader, len - 1, "type") || reader_is_ahead(reader, len - 1, "rowtype"))) {
        variable->is_rowtype = reader_is_ahead(reader, len - 1, "rowtype");
        if (!reader_target(reader, &variable->like) || !reader_expect(reader, "%"))
            return false;
        reader->at++;
        return true;
    }
    reader->at += len;
    variable->type =
        reader_add(reader, PL_TYPE, reader->tokens.items[first].start, reader->tokens.items[reader->at - 1].end);
    return true;
}

/* name CURSOR [(arguments)] IS query; */
static bool read_cursor(PlReader *reader, PlVariable *variable)
{
    static const char *const semicolon[] = {";", NULL};
    variable->kind = PL_CURSOR;
    vec_push(reader->arena, &reader->cursors, variable->name);
    reader_take(reader, "no");
    reader_take(reader, "scroll");
    if (!reader_expect(reader, "cursor"))
        return false;
    if (reader_take(reader, "(")) {
        do {
            PlVariable *argument = declare(reader, &variable->args, PL_VARIABLE);
            if (!argument || !read_type(reader, argument, true))
                return false;
        } while (reader_take(reader, ","));
        if (!reader_expect(reader, ")"))
            return false;
    }
    if (!reader_take(reader, "is") && !reader_expect(reader, "for"))
        return false;
    variable->value = reader_sql(reader, PL_SQL, semicolon, ";");
    return variable->value && reader_expect(reader, ";");
}

/* [CONSTANT] type [COLLATE x] [NOT NULL] [:= value]; */
static bool read_variable(PlReader *reader, PlVariable *variable)
{
    reader_take(reader, "constant");
    if (!read_type(reader, variable, false))
        return false;
    if (reader_take(reader, "collate")) {
        PlTarget collation;
        if (!reader_target(reader, &collation))
            return false;
    }
    if (reader_take(reader, "not") && !reader_expect(reader, "null"))
        return false;
    if (reader_take(reader, ":=") || reader_take(reader, "=") || reader_take(reader, "default"))
        if (!(variable->value = reader_expression(reader, ";")))
            return false;
    return reader_expect(reader, ";");
}

static bool read_declaration(PlReader *reader, PlVariables *variables)
{
    PlVariable *variable = declare(reader, variables, PL_VARIABLE);
    if (!variable)
        return false;
    if (reader_is(reader, "alias") && reader_is_ahead(reader, 1, "for")) {
        reader->at += 2;
        variable->kind = PL_ALIAS;
        return reader_target(reader, &variable->alias) && reader_expect(reader, ";");
    }
    bool is_cursor = reader_is(reader, "cursor") || reader_is(reader, "scroll") ||
                     (reader_is(reader, "no") && reader_is_ahead(reader, 1, "scroll"));
    return is_cursor ? read_cursor(reader, variable) : read_variable(reader, variable);
}

bool reader_condition(PlReader *reader, PlCondition *condition)
{
    const char *text = reader->sql->text;
    *condition = (PlCondition){.range = {reader_peek(reader, 0)->start, reader_peek(reader, 0)->end}};
    bool sqlstate = reader_is(reader, "sqlstate");
    if (!(condition->name = reader_name(reader)))
        return false;
    if (!sqlstate || reader_peek(reader, 0)->kind != TOKEN_STRING)
        return true;
    const Token *code = &reader->tokens.items[reader->at];
    if (code->end - code->start != strlen("'xxxxx'") || text[code->start] != '\'' ||
        strspn(text + code->start + 1, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != strlen("xxxxx"))
        return reader_fail(reader, "invalid SQLSTATE code");
    condition->name = NULL;
    condition->sqlstate = arena_strndup(reader->arena, text + code->start + 1, strlen("xxxxx"));
    reader->at++;
    return true;
}

/* EXCEPTION WHEN condition OR condition THEN statements … */
static bool read_handlers(PlReader *reader, PlStatement *block)
{
    if (!reader_is(reader, "when"))
        return reader_fail(reader, "syntax error");
    while (reader_take(reader, "when")) {
        PlConditions conditions = {0};
        do {
            PlCondition condition;
            if (!reader_condition(reader, &condition))
                return false;
            vec_push(reader->arena, &conditions, condition);
        } while (reader_take(reader, "or"));
        vec_push(reader->arena, &block->handlers, conditions);
        if (!reader_expect(reader, "then") || !reader_statements(reader, block))
            return false;
    }
    return true;
}

PlStatement *reader_block(PlReader *reader, const char *label)
{
    PlStatement *block = reader_new(reader, PL_BLOCK);
    block->label = label;
    bool declarations = false;
    while (!reader_is(reader, "begin")) {
        if (reader_take(reader, "declare"))
            declarations = true;
        else if (!declarations) {
            reader_fail(reader, "syntax error");
            return NULL;
        } else if (!read_declaration(reader, &block->variables)) {
            return NULL;
        }
    }
    reader->at++;
    if (!reader_statements(reader, block))
        return NULL;
    if (reader_take(reader, "exception") && !read_handlers(reader, block))
        return NULL;
    return reader_expect(reader, "end") && reader_end_label(reader) ? block : NULL;
}
