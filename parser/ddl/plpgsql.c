/* PL/pgSQL bodies: read and compiled when they are created (plpgsql_validator, plpgsql_inline_handler), and the SQL
 * in them checked once all migrations are applied, since a body may use what comes after it. A trigger's function
 * is checked with the rows of the tables that it is a trigger of. */
#include "ddl/ddl_private.h"

bool plpgsql_create_body(Ddl *ddl, const Function *function, AstItems options, int32_t location)
{
    DdlSession *session = ddl->session;
    DdlBody kept = {.function = function->oid, .source = function->source};
    kept.path = routine_path(ddl, options, &kept.sets_path);
    if (session->check_function_bodies) {
        size_t errors = ddl->diags->nerrors;
        kept.body = parsed_body(ddl, function->source, location, &kept.sql);
        PlRoutine routine = {function, NULL};
        AnalyzeContext context = ddl->context;
        context.arena = ddl->scratch;
        if (ddl->diags->nerrors > errors || (kept.body && !plpgsql_compile(&context, kept.body, &routine)))
            return false;
        if (!kept.body)
            return true;
    } else {
        kept.sql = function_body_text(ddl, function->source, location);
    }
    DdlBody *body = arena_memdup(ddl->arena, &kept, sizeof kept);
    vec_push(ddl->arena, &session->bodies, body);
    routine_keep(ddl, body, function);
    return true;
}

/* ---- what relations there may be when a body runs ---- */

typedef struct BodyCheck {
    DdlSession *session;
    const PlBody *body;
    Arena *arena;
    bool transition_tables; /* it is a trigger's that gives it some: REFERENCING NEW TABLE AS … */
} BodyCheck;

typedef struct Created {
    const char *name;
    bool found;
} Created;

static void compare_created(void *data, const char *name)
{
    Created *created = data;
    created->found |= strcmp(created->name, name) == 0;
}

static bool creates(const PlBody *body, const char *name)
{
    if (!body)
        return false;
    Created created = {name, body->is_dynamic && strstr(body->sql->text, name)};
    plpgsql_created_tables(body, compare_created, &created);
    return created.found;
}

/* A table that some body creates, or may create dynamically, can be there: bodies call each other. */
static bool may_exist(void *data, const char *relation)
{
    const BodyCheck *check = data;
    if (check->transition_tables || check->body->is_dynamic || creates(check->body, relation))
        return true;
    for (size_t i = 0; i < check->session->bodies.len; i++)
        if (creates(check->session->bodies.items[i]->body, relation))
            return true;
    return false;
}

static void check_body(BodyCheck *check, const PlRoutine *routine, Diags *diags)
{
    AnalyzeContext context = {check->session->catalog, check->arena, diags, check->body->sql_text};
    plpgsql_check(&context, check->body, routine, may_exist, check);
}

bool plpgsql_do_block(Ddl *ddl, const char *text, int32_t location)
{
    size_t errors = ddl->diags->nerrors;
    const SqlText *sql;
    const PlBody *body = parsed_body(ddl, text, location, &sql);
    PlRoutine routine = {NULL, NULL};
    AnalyzeContext context = ddl->context;
    context.arena = ddl->scratch;
    if (ddl->diags->nerrors > errors || (body && !plpgsql_compile(&context, body, &routine)))
        return false;
    return !body || run_do_block(ddl, body);
}

/* ---- all bodies ---- */

/* The tables that each function is a trigger of. */
typedef VEC(const Relation *) Relations;

static void collect_triggers(const Catalog *catalog, Arena *arena, IntMap *tables)
{
    OidList list = catalog_user_objects(catalog, arena, CLASS_RELATION);
    for (size_t i = 0; i < list.len; i++) {
        const Relation *relation = catalog_relation(catalog, list.items[i]);
        for (size_t j = 0; relation && j < relation->ntriggers; j++) {
            Oid function = relation->triggers[j].function;
            Relations *of = intmap_get(tables, function);
            if (!of) {
                of = arena_new_of(arena, Relations);
                intmap_put(arena, tables, function, of);
            }
            if (!of->len || vec_last(of) != relation)
                vec_push(arena, of, relation);
        }
    }
}

static bool same_place(const Diag *a, const Diag *b)
{
    return a->span.file == b->span.file && a->span.start == b->span.start;
}

static bool has_transition_tables(const Relation *relation, Oid function)
{
    for (size_t i = 0; i < relation->ntriggers; i++)
        if (relation->triggers[i].function == function && relation->triggers[i].has_transition_tables)
            return true;
    return false;
}

/* A statement is wrong when it is for every table: a function that serves several may ask which it is. */
static void check_trigger(BodyCheck *check, const Function *function, const Relations *tables, Diags *diags)
{
    for (size_t i = 0; i < tables->len; i++) {
        Diags found = diags_make(diags->arena);
        PlRoutine routine = {function, tables->items[i]};
        check->transition_tables = has_transition_tables(tables->items[i], function->oid);
        check_body(check, &routine, &found);
        if (i == 0) {
            *diags = found;
            continue;
        }
        Diags both = diags_make(diags->arena);
        for (const Diag *diag = diags->first; diag; diag = diag->next) {
            const Diag *other = found.first;
            while (other && !same_place(diag, other))
                other = other->next;
            if (!other)
                continue;
            Diags one = {.arena = diags->arena, .nerrors = 1};
            one.first = one.last = arena_memdup(diags->arena, diag, sizeof *diag);
            one.first->next = NULL;
            diags_append(&both, &one);
        }
        *diags = both;
    }
}

static void check_function(DdlSession *session, const DdlBody *kept, const IntMap *tables, Diags *diags)
{
    const Function *function = catalog_function(session->catalog, kept->function);
    if (!function || function->source != kept->source)
        return;
    Arena *scratch = arena_new();
    Diags found = diags_make(diags->arena);
    const PlBody *body = kept->body ? kept->body : plpgsql_read(session->arena, kept->sql, &found);
    SearchPathNames path = session->path;
    search_path_restore(session, kept->path);
    if (body) {
        BodyCheck check = {.session = session, .body = body, .arena = scratch};
        const Relations *of = intmap_get(tables, function->oid);
        PlRoutine routine = {function, NULL};
        if (of)
            check_trigger(&check, function, of, &found);
        else
            check_body(&check, &routine, &found);
    }
    search_path_restore(session, path);
    diags_demote(&found, (DiagsMark){0});
    diags_append(diags, &found);
    arena_free(scratch);
}

void ddl_check_bodies(DdlSession *session, Diags *diags)
{
    if (!session->bodies.len)
        return;
    Arena *arena = arena_new();
    IntMap tables = {0};
    collect_triggers(session->catalog, arena, &tables);
    for (size_t i = 0; i < session->bodies.len; i++)
        check_function(session, session->bodies.items[i], &tables, diags);
    session->bodies.len = 0;
    arena_free(arena);
}
