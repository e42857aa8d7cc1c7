/* The plan of the generated code: every name, type and layout decided, nothing printed yet.
 *
 * plan_project goes through the project in the order in which names are given out: enums, composites and tables,
 * constraints, then the queries, whose names are the user's own choice and so are never changed silently: a clash
 * there is an error. The print_*.c files turn the plan into text and decide nothing. */
#ifndef QUERC_CODEGEN_PLAN_H
#define QUERC_CODEGEN_PLAN_H

#include "base/map.h"
#include "base/vec.h"
#include "codegen/codegen.h"
#include "codegen/ctype_table.h"
#include "codegen/names.h"

typedef struct CType CType;
typedef struct StructDef StructDef;
typedef struct QueryPlan QueryPlan;

/* ---- Types --------------------------------------------------------------------------------------------------- */

/* An SQL type in C. */
struct CType {
    const IrType *type;
    CKind kind;                     /* of the descriptor */
    unsigned flags;                 /* of CTypeFlags, of the value */
    const char *name;               /* of the C type: "int64_t", "lib_mood" */
    const char *tag;                /* "enum" or "struct" when the C type is generated, else NULL */
    const char *array_name;         /* of the struct for arrays of it; NULL: there can be none */
    bool array_is_used;             /* for types whose array struct is generated */
    const char *descriptor;         /* the querc_type constant */
    bool is_generated;              /* the constant is in the models' source */
    bool is_used;                   /* by a query */
    CType *element;                 /* of an array; a domain's base type; a range's subtype, a multirange's range */
    const char *unknown;            /* enum: the enumerator for labels that were not known */
    const char *const *enumerators; /* enum: one a label */
    const char *label_function, *from_label_function; /* enum */
    const char *json_function;                        /* composite, with emit_json */
    StructDef *fields;                                /* composite */
    const CodegenOverride *codec;                     /* CUSTOM: who reads and writes it */
    const char *problem; /* why there is no such C type, or NULL; nothing above is then to be used */
    const char *hint;
};

/* ---- Structs ------------------------------------------------------------------------------------------------- */

typedef struct Field {
    const char *name;
    const char *flag; /* the has_ member before it, or NULL */
    CType *type;      /* NULL for an embedded struct */
    const StructDef *embed;
    bool nullable;
    const char *comment;
    const char *key; /* with emit_json */
} Field;

struct StructDef {
    const char *name;
    const char *comment;
    Field *fields;
    size_t nfields;
    const char *owner;                      /* name of the querc_owner member when it gets one */
    bool points;                            /* a field refers to memory */
    bool is_filled_by_one;                  /* so it has an owner, if it points, and a _free function */
    const char *free_function;              /* or NULL */
    const char *json_function, *json_shape; /* with emit_json: the function, and the constant it needs */
    bool is_used;
    const char *problem; /* a table's: why there is no struct, or NULL */
    /* Queries with the same columns in the same struct share the constant array of descriptors. */
    const QueryPlan *columns_from;
    const char *shared_columns; /* its name once two of them do */
};

typedef struct TablePlan {
    const IrTable *table;
    StructDef def;
} TablePlan;

typedef struct ConstraintPlan {
    const IrConstraint *constraint;
    const char *name; /* of the enumerator */
} ConstraintPlan;

/* ---- Queries ------------------------------------------------------------------------------------------------- */

typedef enum RowUse { ROWS_NONE, ROWS_ONE, ROWS_MANY } RowUse;

/* How many sets of parameters a call takes: itself one, or an array of them, each for a run of the statement, for a
 * row of COPY, or all of them as arrays for the one run there is. */
typedef enum ItemUse { ITEMS_NONE, ITEMS_BATCH, ITEMS_COPY, ITEMS_BULK } ItemUse;

/* What there is to know about a command. */
typedef struct CommandInfo {
    RowUse rows; /* of the call, or of each item */
    ItemUse items;
    const char *out_type,
        *out_name;       /* of the last argument: a C type where it doesn't depend on the query, or NULL */
    const char *call;    /* the runtime's function */
    const char *returns; /* documentation */
} CommandInfo;

extern const CommandInfo command_info[IR_COMMANDS];

typedef struct Arg {
    const IrParam *param;
    CType *type;       /* of the argument or member */
    CType *descriptor; /* of the parameter: of a bulk command's, the array */
    const char *name;
    bool is_pointer; /* to the value; NULL is SQL NULL */
    const char *key; /* with emit_json */
} Arg;

/* What becomes of a result column. */
typedef struct ColumnPlan {
    const char *name; /* the server's */
    CType *type;
    const char *path; /* of the field, "book.title"; NULL: no field */
    const char *flag; /* path of the has_ member, or NULL */
    bool null_is_zero;
} ColumnPlan;

struct QueryPlan {
    const IrQuery *query;
    const CommandInfo *command;
    const char *function;
    Arg *args; /* by parameter number */
    size_t nargs;
    /* NULL: the parameters are arguments; so are those of a bulk command that plan_is_member says no of. */
    const char *params_struct;
    StructDef *row;                             /* NULL: none */
    bool row_is_own;                            /* defined in the query's own header */
    const char *rows, *rows_free, *open, *next; /* of a query that returns many */
    const char *batch, *batch_free;             /* of a batch with rows: the result */
    const char *copy_next;                      /* of a COPY: the function that takes a function */
    /* Of both: constants, and what makes the one function's type the runtime's. */
    const char *item_constant, *offsets_constant, *adapter, *adapter_struct;
    const char *send, *recv; /* the halves of the function, or NULL */
    /* The enum of the constraints it can violate, in their order the enumerators, and the function that tells which
     * one it was; NULL: it can violate none. */
    const char *violation, *violated, *other_violation;
    const char **violations;
    const char *rows_json, *params_json, *params_shape; /* with emit_json: see StructDef */
    ColumnPlan *columns;
    size_t ncolumns;
    bool text_format;
    bool defines_params;     /* its parameters' descriptors, which other queries of the file may share */
    bool columns_are_shared; /* its descriptors are equal to the row struct's shared ones */
    const char *query_constant, *params_constant, *columns_constant, *sql_constant; /* NULL where there is none */
    uint64_t hash; /* for the prepared statement's name */
};

typedef struct FilePlan {
    const IrFile *file;
    const char *output; /* "books.sql": ".h" and ".c" are to follow */
    const char *guard;  /* of the header */
    QueryPlan *queries;
    size_t nqueries;
} FilePlan;

/* ---- The whole ----------------------------------------------------------------------------------------------- */

typedef struct Plan {
    Arena *arena;
    const IrProject *project;
    const CodegenOptions *options;
    Diags *diags;
    Globals globals;
    StrMap renames;             /* to the new name */
    StrMap exact_tables;        /* inflection_exclude_table_names */
    StrMap functions;           /* names of the queries' functions and structs, to which tables' give way */
    const char *default_schema; /* names in it are not qualified */

    IntMap types, text_types, bytes_types; /* IrType to CType: as usual, and as overridden */
    StrMap custom_types;                   /* the same by override and type */
    IntMap item_arrays;                    /* CType to that of arrays of it, where an override holds for a column */
    VEC(CType *) enums;
    VEC(CType *) structs;    /* composites, ranges, types of the user's; what is part of another comes first */
    VEC(CType *) used_types; /* whose descriptors are generated and used */
    IntMap table_index;      /* IrTable to TablePlan */
    VEC(TablePlan *) tables;
    StrMap rows_by_name; /* of @row, and tables' structs: name to StructDef */
    VEC(StructDef *) shared_rows;
    StrMap file_params; /* of the current file: descriptors to the name of their array */
    const char *constraint_enum, *constraint_none;
    VEC(ConstraintPlan) constraints;
    IntMap constraint_index; /* IrConstraint to enumerator's name */
    size_t nnot_nulls;       /* of the constraints, which have these at their end */
    const char *schema_constant;
    const char *models_guard;
    FilePlan *files;
    size_t nfiles;
} Plan;

/* False when something is wrong, which is then in diags. */
bool plan_project(Plan *plan);

/* plan_models.c: enums, composites, tables, constraints. */
bool plan_models(Plan *plan);
/* The plan of a table's struct, made when it is first asked for. */
TablePlan *plan_table(Plan *plan, const IrTable *table);
/* Gives members their names: fields first, then flags, then the owner. embeds have their names already. */
void plan_members(Plan *plan, StructDef *def, const char *const *names);
/* The C name for the name of an SQL object, as `rename` says, or NULL. */
const char *plan_rename(const Plan *plan, const char *name);

/* plan_query.c */
bool plan_query(Plan *plan, QueryPlan *query);
/* Whether the parameter is in the parameters' struct. */
bool plan_is_member(const QueryPlan *query, const Arg *arg);
/* print_violation.c: names the enum of the constraints that the query can violate. */
bool plan_violation(Plan *plan, QueryPlan *query);
/* print_async.c: names the halves of the query's function. */
bool plan_async(Plan *plan, QueryPlan *query);
/* A name within the source file: "what_base", made unique. */
const char *plan_constant(Plan *plan, const char *what, const char *base);
/* print_items.c: names what a query has that takes an array of parameter structs. */
bool plan_items(Plan *plan, QueryPlan *query);
/* plan_json.c: functions that make JSON of structs, when emit_json asks for them. */

/* Keys for names in the order of the fields, unique. NULL without emit_json. */
const char **plan_keys(Plan *plan, const char *const *names, size_t n);
/* Of a struct of the models: a table's, or a composite type's. */
void plan_json_struct(Plan *plan, StructDef *def);
/* Of what a query has for itself. */
bool plan_json_query(Plan *plan, QueryPlan *query);
/* Marks the types of the models' structs as used. */
void plan_json_models(Plan *plan);
/* Whether a type's text, of which an outer value's is made, is known to the program alone. */
bool plan_json_is_opaque(const CType *type);
/* plan_row.c: the struct of a query's rows, and where its columns go. */
bool plan_row(Plan *plan, QueryPlan *query);

/* ctype.c: where a type is used decides which overrides hold for it. */
typedef struct TypeUse {
    bool nullable;
    const IrTable *table; /* or NULL */
    const char *column;
} TypeUse;

/* Never NULL; see CType.problem. */
CType *ctype_resolve(Plan *plan, const IrType *type, TypeUse use);
/* Marks descriptors as needed. */
void ctype_use(Plan *plan, CType *type);
/* The array type whose elements are as element says, which an override may have decided. */
CType *ctype_array_of(Plan *plan, const IrType *type, CType *element);
/* For a column that is not read: its text. */
CType *ctype_as_text(Plan *plan, const IrType *type);
/* "querc_text *" needs no space before a name, "int64_t" does. */
const char *ctype_declare(Arena *arena, const char *type, const char *name);

/* override.c: the entry that holds for a use of a type, or NULL. */
const CodegenOverride *override_find(const Plan *plan, const IrType *type, TypeUse use);
/* Reports what is wrong with options. */
bool options_check(const CodegenOptions *options, Diags *diags);
/* Warns of overrides whose column there is not. */
void override_check_columns(const CodegenOptions *options, const IrProject *ir, Diags *diags);

/* The error for a query that can't be generated. */
Diag *plan_unsupported(Plan *plan, const IrQuery *query, const char *format, ...)
    __attribute__((format(printf, 3, 4), returns_nonnull));
/* Claims a name on behalf of a query; an error naming both users if it is taken. */
bool plan_claim(Plan *plan, const IrQuery *query, const char *name, const char *what);

#endif
