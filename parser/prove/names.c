/* Names and nullability of parameters, from what the user said and what their uses tell. */
#include "prove/names.h"

#include "prove/reason.h"

#include <string.h>

static const ProveParam *said(const ProveInput *input, int number)
{
    for (size_t i = 0; i < input->nparams; i++)
        if (input->params[i].number == number)
            return &input->params[i];
    return NULL;
}

/* ---- NULL or not ---- */

/* NULL is taken where the user says so, where the column does, or where the query asks for it. */
static bool is_nullable(const ProveParam *param, const ParamUse *use)
{
    if (param && param->null != PROVE_NULL_UNSAID)
        return param->null == PROVE_NULLABLE;
    return (use->nullable_target || use->null_tested) && !use->not_null_target;
}

static IrReason why(ProveProject *project, const ProveInput *input, const ProveParam *param, const ParamUse *use)
{
    Arena *arena = project->arena;
    if (param && param->null != PROVE_NULL_UNSAID)
        return reason_at(project, param->null == PROVE_NULLABLE ? "sqlc.narg or @param says so" : "@param says so",
                         param->span);
    if (use->not_null_target || use->nullable_target)
        return reason_at(project,
                         arena_printf(arena, "stored in column \"%s\", which %s NULL", use->stored->name,
                                      use->not_null_target ? "does not take" : "takes"),
                         use->stored->span);
    if (use->null_tested)
        return reason_at(project, "the query asks whether it is NULL", sqltext_span(input->sql, use->tested_at));
    if (use->compared)
        return reason_at(project,
                         arena_printf(arena, "compared with \"%s\", which is never true for NULL", use->op),
                         sqltext_span(input->sql, use->compared_at));
    return reason_at(project, "no use of it asks for NULL", param ? param->span : SPAN_NONE);
}

/* What is said, or follows from one use, may defeat another. */
static void check_uses(ProveProject *project, const ProveInput *input, const IrParam *ir, const ProveParam *param,
                       const ParamUse *use)
{
    if (!ir->nullable)
        return;
    if (use->not_null_target) {
        Diag *diag =
            diag_warning(project->diags, param ? param->span : input->span, NULL,
                         "parameter \"%s\" takes NULL, but column \"%s\" does not", ir->name, use->stored->name);
        if (use->stored->span.file)
            diag_note(project->diags, diag, use->stored->span, "\"%s\" is declared here", use->stored->name);
    } else if (use->compared && !use->null_tested) {
        Diag *diag = diag_warning(project->diags, sqltext_span(input->sql, use->compared_at), NULL,
                                  "parameter \"%s\" takes NULL, for which \"%s\" is never true", ir->name, use->op);
        diag_hint(project->diags, diag,
                  strcmp(use->op, "<>") == 0  ? "Use IS DISTINCT FROM."
                  : strcmp(use->op, "=") == 0 ? "Use IS NOT DISTINCT FROM, or a condition on its being NULL."
                                              : "Add a condition on its being NULL.");
    }
}

/* ---- names ---- */

/* A name that is not taken yet; the text is copied, as it may be part of the tree. */
static const char *unique_name(Arena *arena, StrMap *taken, const char *wanted)
{
    const char *name = arena_strdup(arena, wanted);
    for (int i = 2; strmap_get(taken, name); i++)
        name = arena_printf(arena, "%s_%d", wanted, i);
    strmap_put(arena, taken, name, (void *)name);
    return name;
}

static const char *name_by_use(Arena *arena, const ParamUse *use, size_t number)
{
    if (use->name)
        return use->name;
    return use->hint ? use->hint : arena_printf(arena, "arg%zu", number);
}

IrParam *name_params(ProveProject *project, const ProveInput *input, const ParamUse *uses)
{
    Arena *arena = project->arena;
    IrParam *params = arena_array_of(arena, input->nparam_types, IrParam);
    StrMap taken = {0};
    /* What the user named keeps its name; the derived ones give way. */
    for (size_t i = 0; i < input->nparam_types; i++) {
        const ProveParam *param = said(input, (int)i + 1);
        if (param && param->name) {
            params[i].name = param->name;
            params[i].named_by_user = true;
            strmap_put(arena, &taken, param->name, (void *)param->name);
        }
    }
    for (size_t i = 0; i < input->nparam_types; i++) {
        IrParam *ir = &params[i];
        const ParamUse *use = &uses[i + 1];
        const ProveParam *param = said(input, (int)i + 1);
        ir->number = (int)i + 1;
        if (!ir->name)
            ir->name = unique_name(arena, &taken, name_by_use(arena, use, i + 1));
        ir->type = ir_type_of(project, input->param_types[i]);
        ir->nullable = is_nullable(param, use);
        check_uses(project, input, ir, param, use);
        if (project->options.explain)
            ir->reason = why(project, input, param, use);
        ir->is_slice = param && param->is_slice;
        ir->in_list = param && param->in_list;
        if (use->table) {
            const Relation *relation = catalog_relation(project->catalog, use->table);
            const Column *column = relation ? catalog_column(relation, use->column) : NULL;
            ir->table = ir_table_of(project, use->table);
            ir->column = column ? column->name : NULL;
        }
    }
    return params;
}
