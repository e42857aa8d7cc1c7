/* A project of typed queries: prove_query brings the proofs together, prove_project_finish adds what the schema
 * itself contributes to the generated code. */
#include "prove/bulk.h"
#include "prove/cardinality.h"
#include "prove/columns.h"
#include "prove/copy.h"
#include "prove/expand.h"
#include "prove/names.h"
#include "prove/read_only.h"
#include "prove/violations.h"

ProveProject *prove_project_new(Arena *arena, const Catalog *catalog, Diags *diags)
{
    ProveProject *project = arena_new_of(arena, ProveProject);
    project->arena = arena;
    project->catalog = catalog;
    project->diags = diags;
    project->facts.arena = arena;
    project->proof = (NullProof){.catalog = catalog, .arena = arena, .facts = &project->facts};
    return project;
}

void prove_project_set_options(ProveProject *project, ProveOptions options)
{
    project->options = options;
}

static bool returns_rows(IrCommand command)
{
    return command == IR_ONE || command == IR_OPT || command == IR_MANY || command == IR_BATCHONE ||
           command == IR_BATCHMANY || command == IR_BULKMANY;
}

static bool check_returns_rows(ProveProject *project, const ProveInput *input, const IrQuery *query)
{
    if (!returns_rows(input->command) || query->ncolumns)
        return true;
    Diag *diag =
        diag_error(project->diags, input->span, SQLSTATE_SYNTAX_ERROR, "query \"%s\" is :%s but returns no columns",
                   input->name, ir_command_name(input->command));
    diag_hint(project->diags, diag, "Add RETURNING, or use %s.",
              bulk_is_command(input->command) ? ":bulkexec" : ":exec or :execrows");
    return false;
}

/* :one is sqlc's, and there are projects whose queries return one row for reasons that the schema does not show: a
 * warning, unless they want it strict. :opt is our own, and means at most one. */
static bool check_one(ProveProject *project, const ProveInput *input, NullProof *proof, const IrQuery *query)
{
    IrCommand command = input->command;
    bool one = command == IR_ONE || command == IR_OPT || command == IR_BATCHONE;
    if (!one || query->cardinality != IR_ROWS_MANY)
        return true;
    bool refused = command == IR_OPT || project->options.strict_one;
    static const char text[] = "query \"%s\" is :%s but may return more than one row: %s";
    const char *reason = cardinality_reason(proof, input->tree);
    Diag *diag = refused ? diag_error(project->diags, input->span, SQLSTATE_CARDINALITY_VIOLATION, text,
                                      input->name, ir_command_name(command), reason)
                         : diag_warning(project->diags, input->span, NULL, text, input->name,
                                        ir_command_name(command), reason);
    diag_hint(project->diags, diag,
              refused ? "Compare a whole unique key, add LIMIT 1, or use :many."
                      : "Compare a whole unique key, add LIMIT 1, or use :many; a second row is an error at run "
                        "time.");
    return !refused;
}

/* The command must fit what the statement gives. */
static bool check_command(ProveProject *project, const ProveInput *input, NullProof *proof, const IrQuery *query)
{
    return check_returns_rows(project, input, query) && check_one(project, input, proof, query);
}

bool prove_query(ProveProject *project, const ProveInput *input, IrQuery *query)
{
    Arena *arena = project->arena;
    *query = (IrQuery){.name = input->name,
                       .command = input->command,
                       .file = input->file,
                       .line = input->line,
                       .span = input->span,
                       .source_sql = input->sql->text,
                       .docs = input->docs ? input->docs : "",
                       .row_name = input->row_name};
    query->sql = expand_stars(arena, input->sql->text, input->stars, input->nstars);
    ParamUse *uses = arena_array_of(input->scratch, input->nparam_types + 1, ParamUse);
    NullProof proof = null_proof_make(input->scratch, project->catalog, &project->facts, input->tree);
    param_use_collect(&proof, input->tree, uses, input->nparam_types);
    IrParam *params = name_params(project, input, uses);
    query->params = params;
    query->nparams = input->nparam_types;
    if (bulk_is_command(input->command) && !bulk_mark_items(project, input, &proof, params))
        return false;
    bool *nullable_params = arena_array_of(input->scratch, query->nparams + 1, bool);
    for (size_t i = 0; i < query->nparams; i++)
        nullable_params[i + 1] = query->params[i].nullable;
    proof.nullable_params = nullable_params;
    proof.nparams = query->nparams;
    if (!columns_fill(project, input, &proof, query))
        return false;
    query->read_only = query_is_read_only(project->catalog, input->tree);
    query->cardinality = cardinality_of(&proof, input->tree, NULL);
    if (project->options.explain)
        query->rows_reason.text = arena_strdup(arena, cardinality_reason(&proof, input->tree));
    if (input->command == IR_COPYFROM && !(query->copy_sql = copy_from_insert(project, input)))
        return false;
    IrConstraints constraints = {0};
    violations_collect(project, &proof, input->tree, &constraints);
    query->constraints = constraints.items;
    query->nconstraints = constraints.len;
    return check_command(project, input, &proof, query);
}

/* ---- the schema's own part ---- */

static bool has_rows(const Relation *relation)
{
    return relation->kind == RELKIND_TABLE || relation->kind == RELKIND_PARTITIONED ||
           relation->kind == RELKIND_VIEW || relation->kind == RELKIND_MATVIEW || relation->kind == RELKIND_FOREIGN;
}

static void finish_tables(ProveProject *project, IrProject *ir, IrConstraints *constraints)
{
    OidList oids = catalog_user_objects(project->catalog, project->arena, CLASS_RELATION);
    const IrTable **tables = arena_array_of(project->arena, oids.len, const IrTable *);
    for (size_t i = 0; i < oids.len; i++) {
        const Relation *relation = catalog_relation(project->catalog, oids.items[i]);
        if (!relation || !has_rows(relation) || relation->owner_extension)
            continue;
        tables[ir->ntables++] = ir_table_of(project, relation->oid);
        ir_relation_constraints(project, relation, constraints);
    }
    ir->tables = tables;
}

/* Of all columns it would be many. */
static void finish_not_nulls(ProveProject *project, const IrProject *ir, IrConstraints *constraints)
{
    IntMap seen = {0};
    for (size_t i = 0; i < ir->nfiles; i++)
        for (size_t j = 0; j < ir->files[i].nqueries; j++) {
            const IrQuery *query = &ir->files[i].queries[j];
            for (size_t k = 0; k < query->nconstraints; k++) {
                const IrConstraint *constraint = query->constraints[k];
                uint64_t id = (uintptr_t)constraint;
                if (constraint->type == IR_NOT_NULL && *constraint->name &&
                    !intmap_put(project->arena, &seen, id, project))
                    vec_push(project->arena, constraints, constraint);
            }
        }
}

static void finish_types(ProveProject *project, IrProject *ir, IrConstraints *constraints)
{
    OidList oids = catalog_user_objects(project->catalog, project->arena, CLASS_TYPE);
    const IrType **enums = arena_array_of(project->arena, oids.len, const IrType *);
    const IrType **composites = arena_array_of(project->arena, oids.len, const IrType *);
    for (size_t i = 0; i < oids.len; i++) {
        const Type *type = catalog_type(project->catalog, oids.items[i]);
        if (!type || type->owner_extension)
            continue;
        ir_domain_constraints(project, type, constraints);
        const Relation *relation = type->relation ? catalog_relation(project->catalog, type->relation) : NULL;
        if (type->typtype == TYPTYPE_ENUM)
            enums[ir->nenums++] = ir_type_of(project, type->oid);
        else if (relation && relation->kind == RELKIND_COMPOSITE)
            composites[ir->ncomposites++] = ir_type_of(project, type->oid);
    }
    ir->enums = enums;
    ir->composites = composites;
}

const IrProject *prove_project_finish(ProveProject *project, const char *postgres, const IrFile *files,
                                      size_t nfiles)
{
    IrProject *ir = arena_new_of(project->arena, IrProject);
    ir->postgres = postgres;
    ir->files = files;
    ir->nfiles = nfiles;
    IrConstraints constraints = {0};
    finish_tables(project, ir, &constraints);
    finish_types(project, ir, &constraints);
    finish_not_nulls(project, ir, &constraints);
    ir->constraints = constraints.items;
    ir->nconstraints = constraints.len;
    return ir;
}
