/* Options: what can be wrong with them, and which override holds where. */
#include "codegen/plan.h"

#include <string.h>

/* The codes of errors for which PostgreSQL has none. */
static const char config_code[] = "config";

/* C types that an override may name without functions of the user's: the value as text, or its binary form. */
static bool is_text_type(const char *c_type)
{
    return strcmp(c_type, "const char *") == 0 || strcmp(c_type, "const char*") == 0 ||
           strcmp(c_type, "querc_text") == 0;
}

static bool is_plain_type(const char *c_type)
{
    return is_text_type(c_type) || strcmp(c_type, "querc_bytes") == 0;
}

static void check_prefix(const CodegenOptions *options, Diags *diags)
{
    const char *prefix = options->prefix;
    if (*prefix == '\0')
        return;
    if (!name_is_identifier(prefix))
        diag_error(diags, options->span, config_code, "prefix \"%s\" is not a C identifier", prefix);
    else if (strncmp(prefix, "querc", 5) == 0 && (prefix[5] == '\0' || prefix[5] == '_'))
        diag_error(diags, options->span, config_code, "prefix \"%s\" belongs to the runtime library", prefix);
}

/* A type of the user's: its functions, and where they and the type are declared. */
static void check_functions(const CodegenOverride *override, bool emit_json, Diags *diags)
{
    const char *const functions[] = {override->decode, override->encode, override->json};
    if (override->decode == NULL || override->encode == NULL)
        diag_error(diags, override->span, config_code, "an override needs both decode and encode, or neither");
    else if (override->header == NULL)
        diag_error(diags, override->span, config_code,
                   "an override with decode and encode needs the header that declares them");
    if (emit_json && override->json == NULL)
        diag_error(
            diags, override->span, config_code,
            "an override with decode and encode needs json too because of emit_json: the function that makes "
            "JSON of a value");
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
        if (functions[i] != NULL && !name_is_identifier(functions[i]))
            diag_error(diags, override->span, config_code, "\"%s\" is not a C identifier", functions[i]);
}

static void check_override(const CodegenOverride *override, bool emit_json, Diags *diags)
{
    if ((override->db_type == NULL) == (override->column == NULL)) {
        diag_error(diags, override->span, config_code, "an override needs either db_type or column");
        return;
    }
    if (override->c_type == NULL) {
        diag_error(diags, override->span, config_code, "an override needs c_type");
    } else if (override->decode != NULL || override->encode != NULL || override->json != NULL) {
        check_functions(override, emit_json, diags);
    } else if (!is_plain_type(override->c_type)) {
        Diag *diag = diag_error(diags, override->span, config_code,
                                "c_type \"%s\" needs decode and encode functions", override->c_type);
        diag_hint(
            diags, diag,
            "Without any there are \"const char *\", the value's text, and \"querc_bytes\", its binary form.");
    }
}

bool options_check(const CodegenOptions *options, Diags *diags)
{
    size_t before = diags->nerrors;
    check_prefix(options, diags);
    for (size_t i = 0; i < options->nrenames; i++)
        if (!name_is_identifier(options->renames[i].to))
            diag_error(diags, options->renames[i].span, config_code, "\"%s\" is not a C identifier",
                       options->renames[i].to);
    for (size_t i = 0; i < options->noverrides; i++)
        check_override(&options->overrides[i], options->emit_json, diags);
    return diags->nerrors == before;
}

/* ---- Matching ------------------------------------------------------------------------------------------------ */

/* Shell-like: * any characters, ? one. Backtracks to the last star only, which is enough. */
static bool glob_matches(const char *glob, size_t len, const char *text)
{
    const char *end = glob + len, *star = NULL, *star_text = NULL;
    while (*text != '\0') {
        if (glob < end && *glob == '*') {
            star = ++glob;
            star_text = text;
        } else if (glob < end && (*glob == '?' || *glob == *text)) {
            glob++;
            text++;
        } else if (star != NULL) {
            glob = star;
            text = ++star_text;
        } else {
            return false;
        }
    }
    while (glob < end && *glob == '*')
        glob++;
    return glob == end;
}

/* "table.column" in the default schema, or "schema.table.column". A catalog's name before that is let pass. */
static bool column_matches(const char *pattern, const IrTable *table, const char *column)
{
    const char *last = strrchr(pattern, '.');
    if (last == NULL || !glob_matches(last + 1, strlen(last + 1), column))
        return false;
    const char *table_start = last;
    while (table_start > pattern && table_start[-1] != '.')
        table_start--;
    if (!glob_matches(table_start, (size_t)(last - table_start), table->name))
        return false;
    if (table_start == pattern)
        return table->in_default_schema;
    const char *schema_end = table_start - 1, *schema_start = schema_end;
    while (schema_start > pattern && schema_start[-1] != '.')
        schema_start--;
    return glob_matches(schema_start, (size_t)(schema_end - schema_start), table->schema);
}

static bool matches_column_of(const char *pattern, const IrProject *ir)
{
    for (size_t i = 0; i < ir->ntables; i++)
        for (size_t k = 0; k < ir->tables[i]->ncolumns; k++)
            if (column_matches(pattern, ir->tables[i], ir->tables[i]->columns[k].name))
                return true;
    return false;
}

void override_check_columns(const CodegenOptions *options, const IrProject *ir, Diags *diags)
{
    for (size_t i = 0; i < options->noverrides; i++) {
        const CodegenOverride *override = &options->overrides[i];
        const char *pattern = override->column;
        bool of_system = pattern && (strncmp(pattern, "pg_catalog.", 11) == 0 ||
                                     strncmp(pattern, "information_schema.", 19) == 0);
        if (!pattern || of_system || matches_column_of(pattern, ir))
            continue;
        Diag *diag = diag_warning(diags, override->span, config_code, "no column matches \"%s\"", pattern);
        diag_hint(diags, diag,
                  "it is table.column in the default schema, or schema.table.column; * and ? as in file names");
    }
}

static bool type_matches(Arena *arena, const char *db_type, const IrType *type)
{
    if (strcmp(db_type, type->name) == 0 || strcmp(db_type, type->key) == 0)
        return true;
    if (type->display != NULL && strcmp(db_type, type->display) == 0)
        return true;
    return strcmp(db_type, arena_printf(arena, "%s.%s", type->schema, type->name)) == 0;
}

const CodegenOverride *override_find(const Plan *plan, const IrType *type, TypeUse use)
{
    const CodegenOverride *by_type = NULL;
    for (size_t i = 0; i < plan->options->noverrides; i++) {
        const CodegenOverride *override = &plan->options->overrides[i];
        if (override->has_nullable && override->nullable != use.nullable)
            continue;
        if (override->column != NULL) {
            if (use.table != NULL && use.column != NULL && column_matches(override->column, use.table, use.column))
                return override;
        } else if (by_type == NULL && type_matches(plan->arena, override->db_type, type)) {
            by_type = override;
        }
    }
    return by_type;
}
