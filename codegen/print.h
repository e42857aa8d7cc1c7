/* Planned code as text. */
#ifndef QUERC_CODEGEN_PRINT_H
#define QUERC_CODEGEN_PRINT_H

#include "base/strbuf.h"
#include "codegen/plan.h"

void print_query_header(StrBuf *out, const Plan *plan, const FilePlan *file);
void print_query_source(StrBuf *out, const Plan *plan, const FilePlan *file);
void print_models_header(StrBuf *out, const Plan *plan);
void print_models_source(StrBuf *out, const Plan *plan);

/* print_models_header.c, for both files of the models */

/* Whether a type or struct is in the output. */
bool print_is_shown(const Plan *plan, bool is_used);
/* The generated descriptors by name, so that a change of a query does not move the others'. */
CType **print_sorted_types(const Plan *plan);
typedef void (*StructPrinter)(StrBuf *out, const Plan *plan, const StructDef *def);
/* Structs of tables, then those that queries share. */
void print_each_row_struct(StrBuf *out, const Plan *plan, StructPrinter print);

/* print_source.c */
/* An argument as an entry of args. */
const char *print_arg_value(const Plan *plan, const QueryPlan *query, const Arg *arg);
/* A function of the query's parameters that packs them and calls the runtime; out_name is what
 * it passes on as the last argument, or NULL. */
void print_call(StrBuf *out, const Plan *plan, const QueryPlan *query, const char *function,
                const char *out_parameter, const char *call, const char *out_name);

/* print_header.c: the comment above a function of the query. */
void print_function_comment(StrBuf *out, const Plan *plan, const QueryPlan *query);

/* What many rows are returned in, and the function that frees it. */
void print_rows_struct(StrBuf *out, const QueryPlan *query);
void print_rows_free(StrBuf *out, const QueryPlan *query);

/* print_bulk.c: the function of a bulk command. */
void print_bulk_header(StrBuf *out, const Plan *plan, const QueryPlan *query);
void print_bulk_source(StrBuf *out, const Plan *plan, const QueryPlan *query);

/* print_items.c: the functions of batches and COPY. */
/* The array of the members' places in the parameters' struct. */
void print_offsets(StrBuf *out, const Plan *plan, const QueryPlan *query);
void print_items_header(StrBuf *out, const Plan *plan, const QueryPlan *query);
void print_items_source(StrBuf *out, const Plan *plan, const QueryPlan *query);

/* print_violation.c */
void print_violation_header(StrBuf *out, const Plan *plan, const QueryPlan *query);

/* print_async.c */
void print_async_header(StrBuf *out, const Plan *plan, const QueryPlan *query);
void print_async_source(StrBuf *out, const Plan *plan, const QueryPlan *query);

/* print_json.c: after the struct or function that it belongs to; nothing without emit_json. */
void print_json_struct_header(StrBuf *out, const StructDef *def);
void print_json_type_header(StrBuf *out, const CType *type);
void print_json_params_header(StrBuf *out, const QueryPlan *query);
void print_json_rows_header(StrBuf *out, const QueryPlan *query);
/* A declaration of a struct's constant for the other generated files. */
void print_json_declaration(StrBuf *out, const Plan *plan, const StructDef *def);
void print_json_struct_source(StrBuf *out, const Plan *plan, const StructDef *def);
void print_json_types_source(StrBuf *out, const Plan *plan);
void print_json_query_source(StrBuf *out, const Plan *plan, const QueryPlan *query);
/* The keys of a composite type's attributes; returns whether there are any that are not their names. */
bool print_json_keys(StrBuf *out, const CType *type);

/* print_common.c */

/* What a header begins and ends with; what says what is in it. */
void print_header_start(StrBuf *out, const char *guard, const char *what, const char *includes);
void print_header_end(StrBuf *out);
/* A struct and the comment before it. */
void print_struct(StrBuf *out, const StructDef *def, const char *comment);
/* The array of column descriptors, after its declarator. */
void print_columns(StrBuf *out, const Plan *plan, const QueryPlan *query);
/* One of them; row is the struct's name. */
void print_column(StrBuf *out, const Plan *plan, const char *row, const ColumnPlan *column);
/* The declarator of an argument, or of a member of the params struct. */
const char *print_arg(const Plan *plan, const Arg *arg, const QueryPlan *query);
/* What the function fills, "lib_book *row", or NULL. */
const char *print_out_parameter(const Plan *plan, const QueryPlan *query);
/* "querc_status function(querc_conn *db, ...)" and tail. */
void print_signature(StrBuf *out, const Plan *plan, const QueryPlan *query, const char *function,
                     const char *out_parameter, const char *tail);
/* A row's _free function. */
void print_free_function(StrBuf *out, const Plan *plan, const StructDef *row);

#endif
