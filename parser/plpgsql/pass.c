/* What is passed over when a body is run: which of it changes the schema, and what is not known after it. */
#include "plpgsql/runner.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* ---- dynamic SQL ---- */

/* How the text of an expression begins, as far as it stands there: 'x' || …, format('x' …). */
static const char *leading_text(const AstNode *node)
{
    while (node) {
        switch ((int)ast_kind(node)) {
        case AST_SELECT_STMT: /* the expression stands alone */
            node = node->select_stmt->n_target_list ? node->select_stmt->target_list[0]->res_target->val : NULL;
            break;
        case AST_TYPE_CAST:
            node = node->type_cast->arg;
            break;
        case AST_A_EXPR:
            node = node->a_expr->lexpr;
            break;
        case AST_FUNC_CALL:
            node = node->func_call->n_args ? node->func_call->args[0] : NULL;
            break;
        case AST_A_CONST:
            return node->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL ? node->a_const->sval->sval : NULL;
        default:
            return NULL;
        }
    }
    return NULL;
}

static bool is_word(const char *at, const char *word)
{
    size_t len = strlen(word);
    return strncasecmp(at, word, len) == 0 && !isalnum((unsigned char)at[len]) && at[len] != '_' &&
           at[len] != VALUE_HOLE;
}

static bool mentions_word(const char *text, const char *word)
{
    for (const char *at = text; *at; at++)
        if ((at == text || !isalnum((unsigned char)at[-1])) && is_word(at, word))
            return true;
    return false;
}

bool pass_text_changes(const char *text)
{
    /* SELECT and WITH unless they are SELECT INTO */
    static const char *const harmless[] = {"select",   "with",    "values", "insert",  "update",  "delete", "merge",
                                           "truncate", "analyze", "vacuum", "reindex", "refresh", "lock",   "copy",
                                           "grant",    "revoke",  "notify", "listen",  "explain", "cluster"};
    if (!text)
        return true;
    text += strspn(text, " \t\r\n\f\v(");
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        if (is_word(text, harmless[i]))
            return (i < 2 || is_word(text, "explain")) && mentions_word(text, "into") &&
                   !mentions_word(text, "insert");
    return true;
}

/* ---- which statements change something ---- */

static bool is_dynamic(const PlStatement *statement)
{
    return statement->kind == PL_EXECUTE || statement->kind == PL_FOR_DYNAMIC ||
           statement->kind == PL_RETURN_DYNAMIC || statement->kind == PL_OPEN_DYNAMIC;
}

static bool changes_itself(const PlHost *host, const PlStatement *statement)
{
    if (is_dynamic(statement) && pass_text_changes(leading_text(statement->exprs.items[0]->node)))
        return true;
    for (size_t i = 0; i < statement->exprs.len; i++)
        if (statement->exprs.items[i]->node && host->changes(host->data, statement->exprs.items[i]->node))
            return true;
    for (size_t i = 0; i < statement->variables.len; i++) {
        const PlExpr *value = statement->variables.items[i].value;
        if (value && value->node && host->changes(host->data, value->node))
            return true;
    }
    return false;
}

/* The first statement in it, or itself, that changes the schema. */
static const PlStatement *find_change(const PlHost *host, const PlStatement *statement)
{
    if (changes_itself(host, statement))
        return statement;
    for (size_t i = 0; i < statement->bodies.len; i++)
        for (size_t j = 0; j < statement->bodies.items[i].len; j++) {
            const PlStatement *found = find_change(host, statement->bodies.items[i].items[j]);
            if (found)
                return found;
        }
    return NULL;
}

bool pass_changes(const PlHost *host, const PlStatement *statement)
{
    return find_change(host, statement) != NULL;
}

bool plpgsql_may_change(const PlBody *body, const PlHost *host)
{
    return pass_changes(host, body->block);
}

/* ---- passing over ---- */

PassReason pass_condition(const PlRunner *runner, const PlExpr *expr)
{
    return (PassReason){
        sqltext_span(runner->checker.body->sql, expr->range.start),
        "whether this condition holds is not known here: the statements that depend on it are not applied",
        "Conditions over the system catalogs are known, such as EXISTS (SELECT FROM pg_type ...) or "
        "to_regclass(...) "
        "IS NULL; those over rows of tables, roles or settings are not. A statement with IF EXISTS or IF NOT "
        "EXISTS "
        "needs no condition."};
}

static void warn(PlRunner *runner, const PlStatement *changing, const PassReason *reason)
{
    Diags *diags = runner->checker.context.diags;
    *runner->host->doubt = true;
    for (size_t i = 0; i < runner->warned.len; i++) /* in every round of a loop, perhaps */
        if (runner->warned.items[i] == reason->place.start)
            return;
    vec_push(runner->checker.context.arena, &runner->warned, reason->place.start);
    Diag *diag = diag_warning(diags, reason->place, NULL, "%s", reason->message);
    Span place = sqltext_span(runner->checker.body->sql, changing->start);
    if (place.start != reason->place.start || place.file != reason->place.file)
        diag_note(diags, diag, place, "this may change the schema");
    diag_hint(diags, diag, "%s", reason->hint);
}

static void forget(PlRunner *runner, const PlStatement *statement)
{
    size_t used;
    for (size_t i = 0; i < statement->targets.len; i++) {
        const PlTarget *target = &statement->targets.items[i];
        const PlDatum *datum = scope_find(&runner->checker, target->parts, target->n, &used);
        if (datum)
            datum->cell->value = value_unknown();
    }
    for (size_t i = 0; i < statement->bodies.len; i++)
        for (size_t j = 0; j < statement->bodies.items[i].len; j++)
            forget(runner, statement->bodies.items[i].items[j]);
}

/* What is not run is checked all the same: its mistakes are warnings. */
static void check(PlRunner *runner, const PlStatement *statement)
{
    Diags *diags = runner->checker.context.diags;
    DiagsMark mark = diags_mark(diags);
    if (!runner->call->checked)
        walk_statement(&runner->checker, statement);
    diags_demote(diags, mark);
    record_forget(&runner->checker, statement);
    forget(runner, statement);
    run_set_found(runner, value_unknown());
}

/* How control may leave the statement: to where it is not known any more. */
static bool escapes(const PlRunner *runner, const PlStatement *statement, bool in_loop, Lost *lost)
{
    bool found = true;
    Lost to = LOST_BODY;
    if (statement->kind == PL_EXIT || statement->kind == PL_CONTINUE) {
        found = !in_loop || statement->target_label;
        to = statement->target_label ? LOST_BODY : LOST_LOOP;
    } else if (statement->kind == PL_RAISE && statement->raise->is_error) {
        found = runner->handlers > 0;
        to = LOST_HANDLER;
    } else {
        found = statement->kind == PL_RETURN;
    }
    if (found && *lost != to)
        *lost = *lost == (Lost)-1 ? to : LOST_BODY;
    bool loops = statement->kind >= PL_LOOP && statement->kind <= PL_FOR_CURSOR;
    for (size_t i = 0; i < statement->bodies.len; i++)
        for (size_t j = 0; j < statement->bodies.items[i].len; j++)
            found |= escapes(runner, statement->bodies.items[i].items[j], in_loop || loops, lost);
    return found;
}

Flow pass_over(PlRunner *runner, const PlStatements *statements, const PassReason *reason)
{
    const PlStatement *changing = NULL;
    Lost lost = (Lost)-1;
    bool leaves = false;
    for (size_t i = 0; i < statements->len; i++) {
        if (!changing)
            changing = find_change(runner->host, statements->items[i]);
        leaves |= escapes(runner, statements->items[i], false, &lost);
        check(runner, statements->items[i]);
    }
    if (changing)
        warn(runner, changing, reason);
    if (!leaves)
        return FLOW_ON;
    runner->lost = lost;
    return FLOW_LOST;
}

void pass_over_self(PlRunner *runner, const PlStatement *statement, const PassReason *reason)
{
    warn(runner, statement, reason);
    forget(runner, statement);
    record_assign(&runner->checker, statement, NULL);
}
