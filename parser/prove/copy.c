/* From INSERT to COPY. What COPY does is an INSERT of a row at a time whose values are all given: so the statement
 * is INSERT … VALUES with one row of parameters and nothing else.
 *
 * COPY reads each value as one of the column's type. A parameter that stands alone has that type, but for domains,
 * which are transferred as what they are over. */
#include "prove/copy.h"

#include "base/strbuf.h"

#include <string.h>

/* Says why not; NULL, for the caller to return. */
static const char *refuse(ProveProject *project, const ProveInput *input, const char *why, const char *hint)
{
    Diag *diag = diag_error(project->diags, input->span, SQLSTATE_FEATURE_NOT_SUPPORTED,
                            "query \"%s\" is :copyfrom but %s", input->name, why);
    diag_detail(project->diags, diag,
                "COPY adds rows whose values are all given: the statement has to be INSERT … "
                "VALUES with one row of parameters and nothing else.");
    diag_hint(project->diags, diag, "%s", hint);
    return NULL;
}

static const char batch_hint[] =
    "Use :batchexec, or :batchone for rows, which run the statement as it is for each item.";

/* What the statement has beside VALUES, or NULL. */
static const char *addition(const Query *tree)
{
    if (tree->command != COMMAND_INSERT)
        return "is no INSERT";
    if (tree->nctes)
        return "has WITH";
    if (tree->on_conflict)
        return "has ON CONFLICT";
    if (tree->returning.len)
        return "has RETURNING";
    if (tree->overriding == OVERRIDING_USER)
        return "has OVERRIDING USER VALUE";
    if (tree->insert_from_values || tree->insert_rows > 1)
        return "has several rows";
    if (tree->insert_rows == 0)
        return "has no VALUES";
    if (tree->targets.len == 0)
        return "has no parameters";
    return NULL;
}

/* COPY goes past rules, and into views only by way of triggers. */
static const char *unfit_relation(const Relation *relation)
{
    if (!relation || (relation->kind != RELKIND_TABLE && relation->kind != RELKIND_PARTITIONED &&
                      relation->kind != RELKIND_FOREIGN))
        return "its target is no table";
    for (size_t i = 0; i < relation->nrules; i++)
        if (relation->rules[i].event == '3')
            return "its table has a rule for INSERT, which COPY would not follow";
    return NULL;
}

/* The expression without the coercions that assignment adds, or what stands there instead. */
static const Expr *without_coercions(const Expr *expr)
{
    for (;;) {
        if (expr->kind == EXPR_FUNC && ((const FuncExpr *)expr)->form == FORM_IMPLICIT_CAST)
            expr = ((const FuncExpr *)expr)->args.items[0];
        else if ((expr->kind == EXPR_RELABEL || expr->kind == EXPR_COERCE_TO_DOMAIN) &&
                 ((const Coercion *)expr)->form == FORM_IMPLICIT_CAST)
            expr = ((const Coercion *)expr)->arg;
        else if (expr->kind == EXPR_ARRAY_COERCE && ((const ArrayCoerce *)expr)->form == FORM_IMPLICIT_CAST)
            expr = ((const ArrayCoerce *)expr)->arg;
        else
            return expr;
    }
}

static Oid under_domains(const Catalog *catalog, Oid oid)
{
    const Type *type = catalog_type(catalog, oid);
    while (type && type->typtype == TYPTYPE_DOMAIN) {
        oid = type->base;
        type = catalog_type(catalog, oid);
    }
    return oid;
}

static const char *column_name(const Relation *relation, const TargetEntry *target)
{
    return relation->columns[target->number - 1].name;
}

/* The target columns by parameter number; NULL after an error. */
static const TargetEntry **columns_of_params(ProveProject *project, const ProveInput *input,
                                             const Relation *relation)
{
    const TargetList *targets = &input->tree->targets;
    const TargetEntry **columns = arena_array_of(input->scratch, input->nparam_types, const TargetEntry *);
    for (size_t i = 0; i < targets->len; i++) {
        const TargetEntry *target = targets->items[i];
        const Expr *expr = without_coercions(target->expr);
        const char *column = column_name(relation, target);
        if (expr->kind != EXPR_PARAM) {
            refuse(project, input,
                   arena_printf(input->scratch, "the value of column \"%s\" is not a parameter alone", column),
                   batch_hint);
            return NULL;
        }
        size_t number = (size_t)((const Param *)expr)->number;
        if (columns[number - 1]) {
            refuse(project, input, arena_printf(input->scratch, "$%zu stands for two columns", number),
                   "Give each column a parameter of its own.");
            return NULL;
        }
        Oid type = relation->columns[target->number - 1].type;
        if (under_domains(project->catalog, expr->type) != under_domains(project->catalog, type)) {
            refuse(project, input,
                   arena_printf(input->scratch, "$%zu is not of the type of column \"%s\"", number, column),
                   "Leave out the cast.");
            return NULL;
        }
        columns[number - 1] = target;
    }
    return columns;
}

/* The table's name as it is written, so that search_path decides as it does for the INSERT. */
static const char *written_name(const ProveInput *input, const Relation *relation, const Catalog *catalog)
{
    const RangeTblEntry *rte = input->tree->rtable[input->tree->result_relation - 1];
    const char *name = catalog_quote_identifier(input->scratch, relation->name);
    const char *text = input->sql->text;
    if (rte->location >= 0 && (size_t)rte->location < strlen(text)) {
        const char *at = text + rte->location;
        if (strncmp(at, name, strlen(name)) == 0 && at[strlen(name)] != '.')
            return name;
    }
    const char *schema = catalog_schema(catalog, relation->schema)->name;
    return arena_printf(input->scratch, "%s.%s", catalog_quote_identifier(input->scratch, schema), name);
}

const char *copy_from_insert(ProveProject *project, const ProveInput *input)
{
    const Query *tree = input->tree;
    const char *why = addition(tree);
    if (why)
        return refuse(project, input, why, batch_hint);
    Oid oid = tree->rtable[tree->result_relation - 1]->relation;
    const Relation *relation = catalog_relation(project->catalog, oid);
    why = unfit_relation(relation);
    if (why)
        return refuse(project, input, why, batch_hint);
    const TargetEntry **columns = columns_of_params(project, input, relation);
    if (!columns)
        return NULL;
    StrBuf out;
    strbuf_init(&out);
    strbuf_printf(&out, "COPY %s (", written_name(input, relation, project->catalog));
    for (size_t i = 0; i < input->nparam_types; i++)
        strbuf_printf(&out, "%s%s", i ? ", " : "",
                      catalog_quote_identifier(input->scratch, column_name(relation, columns[i])));
    strbuf_add(&out, ") FROM STDIN (FORMAT binary)");
    const char *sql = arena_strdup(project->arena, out.text);
    strbuf_release(&out);
    return sql;
}
