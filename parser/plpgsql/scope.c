/* The names of a body and their types (plpgsql_ns_lookup, plpgsql_parse_wordtype …, do_compile of pl_comp.c). */
#include "plpgsql/checker.h"

#include <stdarg.h>
#include <string.h>

Diag *checker_error(const PlChecker *checker, uint32_t at, const char *code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Diag *diag =
        diag_add(checker->context.diags, DIAG_ERROR, sqltext_span(checker->body->sql, at), code, format, args);
    va_end(args);
    return diag;
}

/* ---- scopes ---- */

void scope_push(PlChecker *checker, const char *label)
{
    PlScope *scope = arena_new_of(checker->context.arena, PlScope);
    *scope = (PlScope){.outer = checker->scope, .label = label};
    checker->scope = scope;
}

void scope_pop(PlChecker *checker)
{
    checker->scope = checker->scope->outer;
}

static PlCell *add_datum(PlChecker *checker, PlDatum datum)
{
    if (!datum.cell)
        datum.cell = arena_new_of(checker->context.arena, PlCell);
    vec_push(checker->context.arena, &checker->scope->datums, datum);
    return datum.cell;
}

PlCell *scope_add(PlChecker *checker, const char *name, Oid type, int32_t typmod)
{
    bool row = type == TYPE_RECORD || type_or_domain_relation(checker->context.catalog, type) != INVALID_OID;
    bool known = type != TYPE_RECORD && !type_is_polymorphic(type);
    return add_datum(checker, (PlDatum){name, known ? type : INVALID_OID, typmod, row, NULL});
}

static void add_trigger_variables(PlChecker *checker)
{
    static const struct {
        const char *name;
        Oid type;
    } variables[] = {{"tg_name", TYPE_NAME},       {"tg_when", TYPE_TEXT},         {"tg_level", TYPE_TEXT},
                     {"tg_op", TYPE_TEXT},         {"tg_relid", TYPE_OID},         {"tg_relname", TYPE_NAME},
                     {"tg_table_name", TYPE_NAME}, {"tg_table_schema", TYPE_NAME}, {"tg_nargs", TYPE_INT4},
                     {"tg_argv", TYPE_TEXT_ARRAY}};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
        scope_add(checker, variables[i].name, variables[i].type, -1);
    const Relation *relation = checker->routine->relation;
    Oid row = relation ? relation->row_type : INVALID_OID;
    add_datum(checker, (PlDatum){"new", row, -1, true, NULL});
    add_datum(checker, (PlDatum){"old", row, -1, true, NULL});
}

static void add_arguments(PlChecker *checker, const Function *function)
{
    size_t n = function->nall ? function->nall : function->nargs;
    const Oid *types = function->nall ? function->all_types : function->arg_types;
    Arena *arena = checker->context.arena;
    ParamTypes *params = &checker->params;
    params->len = params->cap = n;
    params->types = arena_array_of(arena, n + 1, Oid);
    params->locations = arena_array_of(arena, n + 1, int32_t);
    for (size_t i = 0; i < n; i++) {
        params->types[i] = types[i];
        params->locations[i] = -1;
        checker->is_polymorphic |= type_is_polymorphic(types[i]) || types[i] == TYPE_RECORD;
        PlCell *cell = scope_add(checker, arena_printf(arena, "$%zu", i + 1), types[i], -1);
        PlDatum named = vec_last(&checker->scope->datums);
        named.name = function->arg_names ? function->arg_names[i] : "";
        named.cell = cell;
        if (*named.name)
            add_datum(checker, named);
    }
}

void scope_begin(PlChecker *checker)
{
    const Function *function = checker->routine->function;
    scope_push(checker, function ? function->name : NULL);
    checker->params.variables = &checker->lookup;
    checker->lookup = (VariableLookup){.find = scope_find_variable, .data = checker};
    if (function)
        add_arguments(checker, function);
    scope_add(checker, "found", TYPE_BOOL, -1);
    if (function && function->return_type == TYPE_TRIGGER)
        add_trigger_variables(checker);
    if (function && function->return_type == TYPE_EVENT_TRIGGER) {
        scope_add(checker, "tg_event", TYPE_TEXT, -1);
        scope_add(checker, "tg_tag", TYPE_TEXT, -1);
    }
}

/* ---- names ---- */

static const PlDatum *find_in(const PlScope *scope, const char *name)
{
    for (size_t i = scope->datums.len; i-- > 0;)
        if (strcmp(scope->datums.items[i].name, name) == 0)
            return &scope->datums.items[i];
    return NULL;
}

const PlDatum *scope_find(const PlChecker *checker, const char *const *parts, size_t n, size_t *used)
{
    for (const PlScope *scope = checker->scope; scope; scope = scope->outer) {
        const PlDatum *datum = find_in(scope, parts[0]);
        *used = 1;
        if (datum && (n == 1 || datum->is_record))
            return datum;
        if (n == 1 || !scope->label || strcmp(scope->label, parts[0]) != 0)
            continue;
        datum = find_in(scope, parts[1]);
        *used = 2;
        if (datum && (n == 2 || datum->is_record))
            return datum;
    }
    return NULL;
}

static const Column *field_of(const PlChecker *checker, const PlDatum *datum, const char *name)
{
    Oid oid = type_or_domain_relation(checker->context.catalog, datum->type);
    const Relation *relation = catalog_relation(checker->context.catalog, oid);
    for (size_t i = 0; relation && i < relation->ncolumns; i++)
        if (!relation->columns[i].dropped && strcmp(relation->columns[i].name, name) == 0)
            return &relation->columns[i];
    return NULL;
}

static int reference(PlChecker *checker, const PlCell *cell, int field)
{
    vec_push(checker->context.arena, &checker->references, ((PlReference){cell, field}));
    return VARIABLE_FIRST + (int)checker->references.len - 1;
}

/* A field of a RECORD whose structure is known. */
static void match_record(PlChecker *checker, const PlDatum *datum, const char *name, VariableMatch *match)
{
    const PlRow *row = datum->cell->row;
    if (!row)
        return;
    match->record = datum->name;
    for (size_t i = 0; i < row->n; i++) {
        if (strcmp(row->names[i], name) != 0)
            continue;
        match->record = NULL;
        match->type = row->types[i];
        match->typmod = row->typmods[i];
        match->number = reference(checker, datum->cell, (int)i);
        return;
    }
}

bool scope_find_variable(void *data, const char *const *parts, size_t n, VariableMatch *match)
{
    PlChecker *checker = data;
    size_t used;
    const PlDatum *datum = scope_find(checker, parts, n, &used);
    if (!datum || used + 1 < n)
        return false;
    checker->lookup.gave_up |= checker->body->conflict == 'v';
    *match = (VariableMatch){.used = n, .typmod = -1, .yields = checker->body->conflict == 'c'};
    if (used == n) {
        match->type = datum->type;
        match->typmod = datum->typmod;
        match->number = reference(checker, datum->cell, -1);
        return true;
    }
    if (!datum->type) {
        match_record(checker, datum, parts[n - 1], match);
        return true;
    }
    const Column *field = field_of(checker, datum, parts[n - 1]);
    if (!field) {
        match->record = datum->name;
        return true;
    }
    match->type = field->type;
    match->typmod = field->typmod;
    match->number = reference(checker, datum->cell, field->number - 1);
    return true;
}

/* ---- declarations ---- */

static const Relation *find_relation(const PlChecker *checker, const PlTarget *name, size_t n)
{
    const Catalog *catalog = checker->context.catalog;
    if (n == 1)
        return catalog_find_relation(catalog, name->parts[0]);
    const Schema *schema = catalog_find_schema(catalog, name->parts[0]);
    return schema ? catalog_find_relation_in(catalog, schema->oid, name->parts[1]) : NULL;
}

static const char *relation_text(const PlChecker *checker, const PlTarget *name, size_t n)
{
    return n == 1 ? name->parts[0] : arena_printf(checker->context.arena, "%s.%s", name->parts[0], name->parts[1]);
}

/* name%ROWTYPE, name%TYPE: a variable's type, or that of a relation's rows or column. */
static bool like_type(const PlChecker *checker, const PlVariable *variable, PlDatum *datum)
{
    const PlTarget *like = &variable->like;
    size_t used;
    const PlDatum *other = variable->is_rowtype ? NULL : scope_find(checker, like->parts, like->n, &used);
    if (other && used == like->n) {
        datum->type = other->type;
        datum->typmod = other->typmod;
        datum->is_record = other->is_record;
        return true;
    }
    size_t n = like->n - !variable->is_rowtype;
    const Relation *relation = n > 0 && n <= 2 ? find_relation(checker, like, n) : NULL;
    if (variable->is_rowtype) {
        datum->is_record = true;
        datum->type = relation ? relation->row_type : INVALID_OID;
        if (!relation)
            checker_error(checker, like->range.start, SQLSTATE_UNDEFINED_TABLE, "relation \"%s\" does not exist",
                          relation_text(checker, like, n));
        return relation != NULL;
    }
    const Column *column = relation ? catalog_find_column(relation, like->parts[n]) : NULL;
    if (!column) {
        /* read as the name of a type, as PostgreSQL 15 does */
        const char *text = checker->body->sql->text;
        checker_error(checker, like->range.end + (uint32_t)strcspn(text + like->range.end, "%"),
                      SQLSTATE_SYNTAX_ERROR, "syntax error at or near \"%%\"");
        return false;
    }
    datum->type = column->type;
    datum->typmod = column->typmod;
    return true;
}

static bool named_type(const PlChecker *checker, const PlExpr *expr, PlDatum *datum)
{
    const AstNode *node = expr->node;
    if (ast_kind(node) != AST_SELECT_STMT || node->select_stmt->n_target_list != 1 ||
        ast_kind(node->select_stmt->target_list[0]->res_target->val) != AST_TYPE_CAST)
        return !checker->compiling;
    const AstTypeName *name = node->select_stmt->target_list[0]->res_target->val->type_cast->type_name;
    datum->type = analyze_type_name(&checker->context, name, &datum->typmod);
    return datum->type != INVALID_OID;
}

static bool declared_type(const PlChecker *checker, const PlVariable *variable, PlDatum *datum)
{
    size_t used;
    switch (variable->kind) {
    case PL_CURSOR:
        datum->type = TYPE_REFCURSOR;
        return true;
    case PL_COUNTER:
        datum->type = TYPE_INT4;
        return true;
    case PL_ALIAS: {
        const PlDatum *other = scope_find(checker, variable->alias.parts, variable->alias.n, &used);
        if (other && used == variable->alias.n) {
            *datum = (PlDatum){variable->name, other->type, other->typmod, other->is_record, other->cell};
            return true;
        }
        checker_error(checker, variable->alias.range.start, SQLSTATE_UNDEFINED_OBJECT,
                      "variable \"%s\" does not exist", variable->alias.parts[0]);
        return false;
    }
    case PL_VARIABLE:
        break;
    }
    if (variable->is_record) {
        datum->is_record = true;
        return true;
    }
    return variable->type ? named_type(checker, variable->type, datum) : like_type(checker, variable, datum);
}

bool scope_declare(PlChecker *checker, const PlVariable *variable)
{
    PlDatum datum = {.name = variable->name, .typmod = -1};
    bool good = declared_type(checker, variable, &datum);
    const Catalog *catalog = checker->context.catalog;
    datum.is_record |= type_or_domain_relation(catalog, datum.type) != INVALID_OID;
    if (datum.type == TYPE_RECORD || type_is_polymorphic(datum.type)) {
        datum.is_record |= datum.type == TYPE_RECORD;
        datum.type = INVALID_OID;
    }
    add_datum(checker, datum);
    return good;
}
