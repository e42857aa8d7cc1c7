#include "analyze/declared.h"

#include "analyze/func_parts.h"
#include "types/types.h"

enum { MOST_FUNCTIONS = 3 };

void declared_relation(const AnalyzeContext *context, Diag *diag, const Relation *relation)
{
    if (relation && relation->span.file)
        diag_note(context->diags, diag, relation->span, "%s is created here", relation->name);
}

void declared_column(ParseState *ps, Diag *diag, const Relation *relation, const char *name)
{
    const Column *column = relation ? catalog_find_column(relation, name) : NULL;
    AnalyzeContext context = ps_context(ps);
    if (column && column->span.file)
        diag_note(ps->an->diags, diag, column->span, "%s.%s is declared here", relation->name, column->name);
    else if (column)
        declared_relation(&context, diag, relation);
}

void declared_type(ParseState *ps, Diag *diag, Oid oid)
{
    const Catalog *catalog = ps_catalog(ps);
    Oid element = type_base_element(catalog, oid);
    const Type *type = catalog_type(catalog, type_base(catalog, element ? element : oid));
    if (type && type->span.file)
        diag_note(ps->an->diags, diag, type->span, "%s is created here", type->name);
}

void declared_functions(ParseState *ps, Diag *diag, const char *name)
{
    const Catalog *catalog = ps_catalog(ps);
    FunctionList functions = catalog_functions_named(catalog, ps_arena(ps), name);
    int noted = 0;
    for (size_t i = 0; i < functions.len && noted < MOST_FUNCTIONS; i++) {
        const Function *function = functions.items[i];
        if (!function->span.file || function->owner_extension)
            continue;
        diag_note(ps->an->diags, diag, function->span, "%s is created here",
                  func_signature(ps, function->name, function->nargs, function->arg_types, NULL, 0));
        noted++;
    }
}

void declared_error_no_column(ParseState *ps, const char *column, int32_t location)
{
    const Relation *relation = ps->target_relation;
    Diag *diag = ps_error(ps, location, SQLSTATE_UNDEFINED_COLUMN,
                          "column \"%s\" of relation \"%s\" does not exist", column, relation->name);
    NearestName near = {.wanted = column};
    for (size_t i = 0; i < relation->ncolumns; i++)
        if (!relation->columns[i].dropped)
            nearest_offer(&near, relation->columns[i].name);
    if (!near.found)
        return;
    ps_hint(ps, diag, "did you mean \"%s\"?", near.found);
    declared_column(ps, diag, relation, near.found);
}
