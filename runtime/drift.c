/*
 * Drift: the schema that a query was compiled for is not the one the server has. What Describe says about a
 * prepared statement is compared with the compiled parameters and columns, and every difference has one message
 * form: the query, the parameter or column, what was expected, what was found.
 */
#include "querc_private.h"

static const char drift_hint[] = "Generate the code anew from the current schema, or bring the server's schema up "
                                 "to date.";

static querc_status drift(querc_conn *db, querc_status status)
{
    qrt_set_hint(db, drift_hint);
    return status;
}

static querc_status wrong_count(querc_conn *db, const querc_query *query, const char *what, int expected, int found)
{
    return drift(db, qrt_fail(db, query, QUERC_SCHEMA_DRIFT, "42804",
                              "query \"%s\" does not fit the server's schema: expected %d %s, found %d",
                              query->name, expected, what, found));
}

static querc_status check_params(querc_conn *db, const Statement *statement, const PGresult *description)
{
    const querc_query *query = statement->query;
    if (PQnparams(description) != query->param_count)
        return wrong_count(db, query, "parameters", query->param_count, PQnparams(description));
    for (int i = 0; i < query->param_count; i++) {
        const querc_param *param = &query->params[i];
        Oid found = PQparamtype(description, i);
        if (found == statement->param_types[i])
            continue;
        return drift(db, qrt_fail(db, query, QUERC_SCHEMA_DRIFT, "42804",
                                  "query \"%s\" does not fit the server's schema: parameter $%d \"%s\": expected "
                                  "type %s.%s, found %s",
                                  query->name, i + 1, param->name, param->type->schema, param->type->name,
                                  qrt_type_name(db, found)));
    }
    return QUERC_OK;
}

static querc_status check_column(querc_conn *db, const Statement *statement, const PGresult *result, int i,
                                 bool names_too)
{
    const querc_query *query = statement->query;
    const querc_column *column = &query->columns[i];
    const querc_type *type = qrt_base_type(column->type);
    Oid found = PQftype(result, i);
    querc_status status = QUERC_OK;

    if (names_too && strcmp(PQfname(result, i), column->name) != 0)
        status = qrt_fail(db, query, QUERC_SCHEMA_DRIFT, "42703",
                          "query \"%s\" does not fit the server's schema: column %d: expected name \"%s\", found "
                          "\"%s\"",
                          query->name, i + 1, column->name, PQfname(result, i));
    else if (found != statement->column_types[i])
        status =
            qrt_fail(db, query, QUERC_SCHEMA_DRIFT, "42804",
                     "query \"%s\" does not fit the server's schema: column \"%s\": expected type %s.%s, found "
                     "%s",
                     query->name, column->name, type->schema, type->name, qrt_type_name(db, found));
    if (status == QUERC_OK)
        return QUERC_OK;
    qrt_set_column(db, column->name);
    return drift(db, status);
}

querc_status qrt_check_columns(querc_conn *db, const Statement *statement, const PGresult *result, bool names_too)
{
    const querc_query *query = statement->query;
    if (PQnfields(result) != query->column_count)
        return wrong_count(db, query, "columns", query->column_count, PQnfields(result));
    for (int i = 0; i < query->column_count; i++) {
        querc_status status = check_column(db, statement, result, i, names_too);
        if (status != QUERC_OK)
            return status;
    }
    return QUERC_OK;
}

querc_status qrt_check_description(querc_conn *db, const Statement *statement, const PGresult *description)
{
    querc_status status = check_params(db, statement, description);
    return status == QUERC_OK ? qrt_check_columns(db, statement, description, true) : status;
}
