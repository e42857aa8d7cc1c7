/* Typed errors: an enum of the constraints that a query can violate, whose numbers are those of the schema's enum,
 * and the function that makes it of an error. A switch over it is then checked by the C compiler (-Wswitch), and a
 * constraint that is added to the schema is found at compile time wherever it matters. It costs no object code but
 * where it is used. */
#include "codegen/print.h"

#include "codegen/writer.h"

#include <stdint.h>
#include <string.h>

/* The enumerator of the schema's enum. */
static const char *constraint_name(const Plan *plan, const IrConstraint *constraint)
{
    return intmap_get(&plan->constraint_index, (uint64_t)(uintptr_t)constraint);
}

bool plan_violation(Plan *plan, QueryPlan *query)
{
    Arena *arena = plan->arena;
    const IrQuery *ir = query->query;
    size_t known = 0;
    query->violations = arena_array_of(arena, ir->nconstraints, const char *);
    for (size_t i = 0; i < ir->nconstraints; i++)
        known += constraint_name(plan, ir->constraints[i]) != NULL;
    if (known == 0)
        return true;
    query->violation = name_derive(arena, query->function, "violation");
    query->violated = name_derive(arena, query->function, "violated");
    if (!plan_claim(plan, ir, query->violation, "the enum of violations") ||
        !plan_claim(plan, ir, query->violated, "a function"))
        return false;
    const char *owner = arena_printf(arena, "a violation of query \"%s\"", ir->name);
    const char *stem = name_upper(arena, name_derive(arena, query->function, "violates"));
    query->other_violation = globals_take(&plan->globals, name_derive(arena, stem, "OTHER"), owner);
    size_t prefix = strlen(plan->globals.prefix);
    for (size_t i = 0; i < ir->nconstraints; i++) {
        const char *name = constraint_name(plan, ir->constraints[i]);
        if (name != NULL)
            query->violations[i] = globals_take(&plan->globals, name_derive(arena, stem, name + prefix), owner);
    }
    return true;
}

static void print_enumerators(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    strbuf_printf(out, "    %s = 0", query->other_violation);
    for (size_t i = 0; i < query->query->nconstraints; i++)
        if (query->violations[i] != NULL)
            strbuf_printf(out, ",\n    %s = %s", query->violations[i],
                          constraint_name(plan, query->query->constraints[i]));
}

void print_violation_header(StrBuf *out, const Plan *plan, const QueryPlan *query)
{
    if (query->violation == NULL)
        return;
    WRITE(out,
          "\n"
          "/** The constraints that ${function} can violate. OTHER is what functions and triggers do beside, and "
          "what "
          "is no\n"
          " *  violation. */\n"
          "typedef enum ${type} {\n",
          {"function", query->function}, {"type", query->violation});
    print_enumerators(out, plan, query);
    WRITE(out,
          "\n"
          "} ${type};\n"
          "/** Which one it was: of querc_last_error(db), or of an item of a batch. */\n"
          "static inline ${type} ${violated}(const querc_error *error)\n"
          "{\n"
          "    switch (error == NULL ? 0 : error->constraint_id) {\n",
          {"type", query->violation}, {"violated", query->violated});
    for (size_t i = 0; i < query->query->nconstraints; i++)
        if (query->violations[i] != NULL)
            strbuf_printf(out, "    case %s:\n", query->violations[i]);
    WRITE(out,
          "        return (${type})error->constraint_id;\n"
          "    default:\n"
          "        return ${other};\n"
          "    }\n"
          "}\n",
          {"type", query->violation}, {"other", query->other_violation});
}
