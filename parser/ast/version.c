/* What the grammars of older servers do not have: libpg_query knows one version's grammar, and a statement for an
 * older server may use nothing that came later. The table lists what came when (the release notes of each version);
 * libpg_query's headers tell which of it can be there at all. */
#include "ast/ast.h"
#include "ast/walk.h"

#include "source/lex.h"

#include <pg_query.h>

#include <string.h>

int ast_parser_version(void)
{
    return PG_VERSION_NUM / 10000;
}

/* ---- The rules ---- */

/* The message, when a rule's own look at it says that it uses what is new. */
typedef bool Applies(const ProtobufCMessage *message);
typedef int Location(const ProtobufCMessage *message);

typedef struct VersionRule {
    const ProtobufCMessageDescriptor *kind;
    Applies *applies; /* NULL: always */
    int since;
    const char *what; /* for the hint */
    /* Where an older grammar stumbles: the word after ^ in this sequence of words. The first one of the statement,
     * or with a location the last one before it. NULL: at the location itself. */
    const char *words;
    Location *location;
    const char *message; /* NULL: syntax error at or near that word */
    const char *hint;    /* PostgreSQL's own, with such a message */
} VersionRule;

#define APPLIES(name, Type, condition)                                                                             \
    static bool name(const ProtobufCMessage *message)                                                              \
    {                                                                                                              \
        const PgQuery__##Type *node = (const PgQuery__##Type *)message;                                            \
        return condition;                                                                                          \
    }
#define LOCATION(name, Type, place)                                                                                \
    static int name(const ProtobufCMessage *message)                                                               \
    {                                                                                                              \
        const PgQuery__##Type *node = (const PgQuery__##Type *)message;                                            \
        return place;                                                                                              \
    }

LOCATION(merge_location, MergeStmt, node->relation->location)
APPLIES(is_unique_index, IndexStmt, node->unique || node->nulls_not_distinct)
APPLIES(is_unique_constraint, Constraint, node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE)
APPLIES(sets_some_columns, Constraint, node->n_fk_del_set_cols > 0)
APPLIES(sets_access_method, AlterTableCmd, node->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod)
APPLIES(is_on_parameter, GrantStmt, node->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_PARAMETER_ACL)
APPLIES(publishes_schema, PublicationObjSpec,
        node->pubobjtype == PG_QUERY__PUBLICATION_OBJ_SPEC_TYPE__PUBLICATIONOBJ_TABLES_IN_SCHEMA ||
            node->pubobjtype == PG_QUERY__PUBLICATION_OBJ_SPEC_TYPE__PUBLICATIONOBJ_TABLES_IN_CUR_SCHEMA)
APPLIES(publishes_some_columns, PublicationTable, node->n_columns > 0)
APPLIES(publishes_some_rows, PublicationTable, node->where_clause)
APPLIES(skips, AlterSubscriptionStmt, node->kind == PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_SKIP)

#if PG_VERSION_NUM >= 160000
APPLIES(has_no_alias, RangeSubselect, !node->alias && !node->subquery->select_stmt->n_values_lists)
APPLIES(values_have_no_alias, RangeSubselect, !node->alias && node->subquery->select_stmt->n_values_lists > 0)
LOCATION(subselect_location, RangeSubselect, ast_location(node->subquery))
APPLIES(stores, ColumnDef, *node->storage_name)
APPLIES(indents, XmlSerialize, node->indent)
APPLIES(has_no_name, CreateStatsStmt, node->n_defnames == 0)
LOCATION(json_object_location, JsonObjectConstructor, node->location)
LOCATION(json_array_location, JsonArrayConstructor, node->location)
LOCATION(json_array_query_location, JsonArrayQueryConstructor, node->location)
LOCATION(json_aggregate_location, JsonAggConstructor, node->location)
#endif
#if PG_VERSION_NUM >= 170000
APPLIES(returns, MergeStmt, node->n_returning_list > 0)
APPLIES(is_by_source, MergeWhenClause,
        node->match_kind == PG_QUERY__MERGE_MATCH_KIND__MERGE_WHEN_NOT_MATCHED_BY_SOURCE)
APPLIES(sets_expression, AlterTableCmd, node->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetExpression)
LOCATION(json_table_location, JsonTable, node->location)
LOCATION(json_function_location, JsonFuncExpr, node->location)
LOCATION(json_parse_location, JsonParseExpr, node->location)
LOCATION(json_scalar_location, JsonScalarExpr, node->location)
LOCATION(json_serialize_location, JsonSerializeExpr, node->location)
LOCATION(merge_action_location, MergeSupportFunc, node->location)
#endif

static const VersionRule rules[] = {
    {&pg_query__merge_stmt__descriptor, NULL, 15, "MERGE", "^merge", merge_location, NULL, NULL},
    {&pg_query__index_stmt__descriptor, is_unique_index, 15, "NULLS NOT DISTINCT", "^nulls not distinct", NULL,
     NULL, NULL},
    {&pg_query__index_stmt__descriptor, is_unique_index, 15, "NULLS DISTINCT", "^nulls distinct", NULL, NULL, NULL},
    {&pg_query__constraint__descriptor, is_unique_constraint, 15, "NULLS NOT DISTINCT", "^nulls not distinct", NULL,
     NULL, NULL},
    {&pg_query__constraint__descriptor, is_unique_constraint, 15, "NULLS DISTINCT", "^nulls distinct", NULL, NULL,
     NULL},
    {&pg_query__constraint__descriptor, sets_some_columns, 15, "ON DELETE SET with a list of columns",
     "delete set null ^(", NULL, NULL, NULL},
    {&pg_query__constraint__descriptor, sets_some_columns, 15, "ON DELETE SET with a list of columns",
     "delete set default ^(", NULL, NULL, NULL},
    {&pg_query__alter_table_cmd__descriptor, sets_access_method, 15, "SET ACCESS METHOD", "set ^access method",
     NULL, NULL, NULL},
    {&pg_query__grant_stmt__descriptor, is_on_parameter, 15, "GRANT ON PARAMETER", "on ^parameter", NULL, NULL,
     NULL},
    {&pg_query__publication_obj_spec__descriptor, publishes_schema, 15, "TABLES IN SCHEMA", "^tables in schema",
     NULL, NULL, NULL},
    {&pg_query__publication_table__descriptor, publishes_some_columns, 15, "a publication's list of columns", "^(",
     NULL, NULL, NULL},
    {&pg_query__publication_table__descriptor, publishes_some_rows, 15, "a publication's WHERE", "^where", NULL,
     NULL, NULL},
    {&pg_query__alter_subscription_stmt__descriptor, skips, 15, "ALTER SUBSCRIPTION ... SKIP", "^skip", NULL, NULL,
     NULL},
    {&pg_query__alter_database_refresh_coll_stmt__descriptor, NULL, 15, "REFRESH COLLATION VERSION", "^refresh",
     NULL, NULL, NULL},
#if PG_VERSION_NUM >= 160000
    {&pg_query__range_subselect__descriptor, has_no_alias, 16, "a subquery without an alias", "^(",
     subselect_location, "subquery in FROM must have an alias", "For example, FROM (SELECT ...) [AS] foo."},
    {&pg_query__range_subselect__descriptor, values_have_no_alias, 16, "VALUES without an alias", "^(",
     subselect_location, "VALUES in FROM must have an alias", "For example, FROM (VALUES ...) [AS] foo."},
    {&pg_query__column_def__descriptor, stores, 16, "STORAGE", "^storage", NULL, NULL, NULL},
    {&pg_query__xml_serialize__descriptor, indents, 16, "INDENT", "^indent", NULL, NULL, NULL},
    {&pg_query__create_stats_stmt__descriptor, has_no_name, 16, "CREATE STATISTICS without a name", "^on", NULL,
     NULL, NULL},
    {&pg_query__json_object_constructor__descriptor, NULL, 16, "JSON_OBJECT", NULL, json_object_location, NULL,
     NULL},
    {&pg_query__json_array_constructor__descriptor, NULL, 16, "JSON_ARRAY", NULL, json_array_location, NULL, NULL},
    {&pg_query__json_array_query_constructor__descriptor, NULL, 16, "JSON_ARRAY", NULL, json_array_query_location,
     NULL, NULL},
    {&pg_query__json_agg_constructor__descriptor, NULL, 16, "JSON_OBJECTAGG and JSON_ARRAYAGG", NULL,
     json_aggregate_location, NULL, NULL},
    {&pg_query__json_is_predicate__descriptor, NULL, 16, "IS JSON", "is ^json", NULL, NULL, NULL},
#endif
#if PG_VERSION_NUM >= 170000
    {&pg_query__merge_stmt__descriptor, returns, 17, "MERGE ... RETURNING", "^returning", NULL, NULL, NULL},
    {&pg_query__merge_when_clause__descriptor, is_by_source, 17, "NOT MATCHED BY SOURCE", "matched ^by source",
     NULL, NULL, NULL},
    {&pg_query__alter_table_cmd__descriptor, sets_expression, 17, "SET EXPRESSION", "set ^expression", NULL, NULL,
     NULL},
    {&pg_query__json_table__descriptor, NULL, 17, "JSON_TABLE", NULL, json_table_location, NULL, NULL},
    {&pg_query__json_func_expr__descriptor, NULL, 17, "JSON_EXISTS, JSON_QUERY and JSON_VALUE", NULL,
     json_function_location, NULL, NULL},
    {&pg_query__json_parse_expr__descriptor, NULL, 17, "JSON()", NULL, json_parse_location, NULL, NULL},
    {&pg_query__json_scalar_expr__descriptor, NULL, 17, "JSON_SCALAR", NULL, json_scalar_location, NULL, NULL},
    {&pg_query__json_serialize_expr__descriptor, NULL, 17, "JSON_SERIALIZE", NULL, json_serialize_location, NULL,
     NULL},
    {&pg_query__merge_support_func__descriptor, NULL, 17, "MERGE_ACTION", NULL, merge_action_location, NULL, NULL},
#endif
};

/* ---- Looking for them ---- */

typedef struct Check {
    const SqlText *sql;
    uint32_t start; /* of the statement */
    int version;
    Diags *diags;
} Check;

/* Whether the lexemes from this one on are the words; *found is the one after ^. */
static bool match_words(const SqlText *sql, Lexer lexer, Lexeme lexeme, const char *words, Lexeme *found)
{
    Lexeme marked = lexeme;
    for (;;) {
        if (*words == '^') {
            marked = lexeme;
            words++;
        }
        size_t len = strcspn(words, " ");
        char word[16] = {0};
        memcpy(word, words, len < sizeof word ? len : sizeof word - 1);
        if (*word == '(' ? lexeme.kind != LEX_OPEN : !lexeme_is(sql->text, &lexeme, word))
            return false;
        if (!words[len]) {
            *found = marked;
            return true;
        }
        words += len + 1;
        do {
            if (!lex_next(&lexer, &lexeme))
                return false;
        } while (lexeme_is_comment(&lexeme));
    }
}

/* The first place of the words from start on, or the last one before `before` when that is not negative. */
static bool find_words(const Check *check, const char *words, int before, Lexeme *found)
{
    const SqlText *sql = check->sql;
    Lexer lexer = lexer_of(sql->text, sql->len);
    if (check->start)
        lexer.at = check->start;
    bool any = false;
    for (Lexeme lexeme; lex_next(&lexer, &lexeme);) {
        if (before >= 0 && lexeme.start >= (uint32_t)before)
            break;
        if (!lexeme_is_comment(&lexeme) && match_words(sql, lexer, lexeme, words, found)) {
            any = true;
            if (before < 0)
                break;
        }
    }
    return any;
}

/* The lexeme that an older grammar does not take; false when the statement does not have the rule's words. */
static bool find_place(const Check *check, const VersionRule *rule, const ProtobufCMessage *message, Lexeme *found)
{
    int location = rule->location ? rule->location(message) : -1;
    if (rule->words)
        return find_words(check, rule->words, location, found);
    Lexer lexer = lexer_of(check->sql->text, check->sql->len);
    lexer.at = location > 0 ? (size_t)location : 0;
    return lex_next(&lexer, found);
}

static void report(const Check *check, const VersionRule *rule, const Lexeme *lexeme)
{
    Span span = sqltext_span(check->sql, lexeme->start);
    Diag *diag;
    if (rule->message)
        diag = diag_error(check->diags, span, SQLSTATE_SYNTAX_ERROR, "%s", rule->message);
    else
        diag = diag_error(check->diags, span, SQLSTATE_SYNTAX_ERROR, "syntax error at or near \"%.*s\"",
                          (int)(lexeme->end - lexeme->start), check->sql->text + lexeme->start);
    if (rule->hint)
        diag_hint(check->diags, diag, "%s", rule->hint);
    else
        diag_hint(check->diags, diag, "%s came with PostgreSQL %d; the target is PostgreSQL %d.", rule->what,
                  rule->since, check->version);
}

#if PG_VERSION_NUM >= 160000
/* 0x1F and 1_000 are numbers since PostgreSQL 16. */
static bool check_number(const Check *check, const PgQuery__AConst *constant)
{
    const char *text = check->sql->text + constant->location;
    bool number =
        constant->val_case == PG_QUERY__A__CONST__VAL_IVAL || constant->val_case == PG_QUERY__A__CONST__VAL_FVAL;
    if (!number || constant->location < 0)
        return true;
    size_t len = strspn(text, "0123456789.");
    if (!len || !strchr("_xXoObB", text[len]) || !text[len])
        return true;
    Span span = sqltext_span(check->sql, constant->location);
    Diag *diag = diag_error(check->diags, span, SQLSTATE_SYNTAX_ERROR,
                            "trailing junk after numeric literal at or near \"%.*s\"", (int)len + 1, text);
    diag_hint(check->diags, diag, "Such numbers came with PostgreSQL 16; the target is PostgreSQL %d.",
              check->version);
    return false;
}
#endif

/* An AstVisitor: true, to stop, after an error. */
static bool check_message(const ProtobufCMessage *message, void *context)
{
    const Check *check = context;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const VersionRule *rule = &rules[i];
        Lexeme lexeme;
        if (rule->kind != message->descriptor || rule->since <= check->version ||
            (rule->applies && !rule->applies(message)) || !find_place(check, rule, message, &lexeme))
            continue;
        report(check, rule, &lexeme);
        return true;
    }
#if PG_VERSION_NUM >= 160000
    if (message->descriptor == &pg_query__a__const__descriptor && check->version < 16 &&
        !check_number(check, (const PgQuery__AConst *)message))
        return true;
#endif
    return ast_walk(message, check_message, context);
}

bool ast_check_version(const SqlText *sql, const AstNode *statement, uint32_t start, int version, Diags *diags)
{
    if (!statement || version >= ast_parser_version())
        return true;
    Check check = {sql, start, version, diags};
    return !check_message(&statement->base, &check);
}
