/* Types: what all kinds of them have in common, shell types, base types (PostgreSQL's TypeCreate, DefineType). */
#include "ddl/ddl_private.h"

Type *type_new(Ddl *ddl, char typtype, const char *name, Oid schema, int32_t location)
{
    Type *type = arena_new_of(ddl->arena, Type);
    *type = (Type){
        .oid = catalog_new_oid(ddl->catalog),
        .name = name,
        .schema = schema,
        .typtype = typtype,
        .category = 'U',
        .defined = true,
        .len = -1,
        .delimiter = ',',
        .typmod = -1,
        .span = ddl_span(ddl, location),
    };
    return type;
}

/* A built-in type whose input and output functions serve all types of the kind. */
static Oid io_template(char typtype)
{
    switch (typtype) {
    case TYPTYPE_COMPOSITE:
        return TYPE_RECORD;
    case TYPTYPE_RANGE:
        return TYPE_INT4RANGE;
    case TYPTYPE_MULTIRANGE:
        return TYPE_INT4MULTIRANGE;
    default:
        return INVALID_OID;
    }
}

static void copy_io(const Ddl *ddl, Type *type, Oid from)
{
    const Type *model = catalog_type(ddl->catalog, from);
    if (!model || type->input)
        return;
    type->input = model->input;
    type->output = model->output;
    type->receive = model->receive;
    type->send = model->send;
}

static Oid create_array_type(Ddl *ddl, const Type *element)
{
    Type *array = type_new(ddl, TYPTYPE_BASE, name_choose_array_type(ddl, element->name, element->schema),
                           element->schema, -1);
    array->category = 'A';
    array->element = element->oid;
    array->subscript = FUNCTION_ARRAY_SUBSCRIPT_HANDLER;
    array->delimiter = element->delimiter;
    array->collation = element->collation;
    array->typmod_in = element->typmod_in;
    array->typmod_out = element->typmod_out;
    array->span = element->span;
    copy_io(ddl, array, TYPE_INT4_ARRAY);
    catalog_put_type(ddl->catalog, array);
    depend_on(ddl, address_of(CLASS_TYPE, array->oid), address_of(CLASS_TYPE, element->oid), DEPENDENCY_INTERNAL);
    return array->oid;
}

void type_create(Ddl *ddl, Type *type)
{
    copy_io(ddl, type, io_template(type->typtype));
    if (!type->array && type->defined)
        type->array = create_array_type(ddl, type);
    catalog_put_type(ddl->catalog, type);
    if (type->typtype != TYPTYPE_COMPOSITE && type->typtype != TYPTYPE_MULTIRANGE)
        depend_on_schema(ddl, address_of(CLASS_TYPE, type->oid), type->schema);
}

void type_depend(Ddl *ddl, const Type *type)
{
    ObjectAddress self = address_of(CLASS_TYPE, type->oid);
    const Oid functions[] = {type->input, type->output,    type->receive,
                             type->send,  type->typmod_in, type->typmod_out};
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        depend_on(ddl, self, address_of(CLASS_FUNCTION, functions[i]), DEPENDENCY_NORMAL);
    depend_on_type(ddl, self, type->base);
    depend_on_type(ddl, self, type->subtype);
    if (type->typtype == TYPTYPE_BASE)
        depend_on_type(ddl, self, type->element);
    depend_on(ddl, self, address_of(CLASS_COLLATION, type->collation), DEPENDENCY_NORMAL);
}

bool type_claim(Ddl *ddl, Oid schema, const char *name, Oid *shell)
{
    *shell = INVALID_OID;
    const Type *old = catalog_find_type_in(ddl->catalog, schema, name);
    if (old && !old->defined) {
        *shell = old->oid;
        return true;
    }
    return name_claim_type(ddl, schema, name, NULL);
}

Oid type_create_shell(Ddl *ddl, Oid schema, const char *name)
{
    Type *shell = type_new(ddl, TYPTYPE_PSEUDO, arena_strdup(ddl->arena, name), schema, -1);
    shell->defined = false;
    shell->category = 'P';
    shell->len = 4;
    type_create(ddl, shell);
    return shell->oid;
}

AstTypeName *type_name_of(Ddl *ddl, AstItems names)
{
    AstTypeName *name = arena_new_of(ddl->scratch, AstTypeName);
    pg_query__type_name__init(name);
    name->n_names = names.len;
    name->names = (AstNode **)(uintptr_t)names.items;
    name->typemod = -1;
    name->location = -1;
    return name;
}

Oid type_require(Ddl *ddl, AstItems names, int32_t location)
{
    int32_t typmod;
    AstTypeName *name = type_name_of(ddl, names);
    name->location = location;
    return analyze_type_name(&ddl->context, name, &typmod);
}

/* ---- CREATE TYPE name (INPUT = …) ---- */

/* The names in an option's value: a qualified name is read as a type's. */
AstItems definition_names(Ddl *ddl, const AstDefElem *option)
{
    if (!option || !option->arg)
        return (AstItems){0};
    if (ast_kind(option->arg) == AST_TYPE_NAME)
        return AST_ITEMS(option->arg->type_name, names);
    return ddl_names(ddl, option->arg);
}

const AstDefElem *definition_option(const AstDefineStmt *define, const char *name)
{
    return ast_option(AST_ITEMS(define, definition), name);
}

typedef struct BaseType {
    Ddl *ddl;
    const AstDefineStmt *define;
    Type *type;
} BaseType;

/* An I/O function of one of these signatures; 0 without an error when the option is not given. */
static bool io_function(const BaseType *base, const char *option, Oid first, Oid *place)
{
    const AstDefElem *given = definition_option(base->define, option);
    if (!given)
        return true;
    const Oid types[] = {first, TYPE_OID, TYPE_INT4};
    AstItems names = definition_names(base->ddl, given);
    const Function *function = function_lookup(base->ddl, names, types, 1, true);
    if (!function)
        function = function_lookup(base->ddl, names, types, 3, true);
    if (!function)
        function = function_lookup(base->ddl, names, types, 1, false);
    if (function)
        *place = function->oid;
    return function != NULL;
}

static bool io_functions(const BaseType *base)
{
    Type *type = base->type;
    Ddl *ddl = base->ddl;
    if (!definition_option(base->define, "input"))
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION, "type input function must be specified");
    if (!definition_option(base->define, "output"))
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION, "type output function must be specified");
    if (!io_function(base, "input", TYPE_CSTRING, &type->input) ||
        !io_function(base, "output", type->oid, &type->output) ||
        !io_function(base, "receive", TYPE_INTERNAL, &type->receive) ||
        !io_function(base, "send", type->oid, &type->send) ||
        !io_function(base, "typmod_in", TYPE_CSTRING_ARRAY, &type->typmod_in) ||
        !io_function(base, "typmod_out", TYPE_INT4, &type->typmod_out))
        return false;
    Oid result = catalog_function(ddl->catalog, type->input)->return_type;
    if (result != type->oid)
        return ddl_fail(
            ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION, "type input function %s must return type %s",
            ast_name_text(ddl->scratch, definition_names(base->ddl, definition_option(base->define, "input"))),
            type->name);
    return true;
}

static bool like_type(const BaseType *base)
{
    const AstDefElem *like = definition_option(base->define, "like");
    int32_t typmod;
    if (!like)
        return true;
    Oid oid = ast_kind(like->arg) == AST_TYPE_NAME
                  ? analyze_type_name(&base->ddl->context, like->arg->type_name, &typmod)
                  : type_require(base->ddl, ddl_names(base->ddl, like->arg), -1);
    if (oid)
        base->type->len = catalog_type(base->ddl->catalog, oid)->len;
    return oid != INVALID_OID;
}

static bool length_and_element(const BaseType *base)
{
    Type *type = base->type;
    int32_t length, typmod;
    const AstDefElem *option = definition_option(base->define, "internallength");
    if (option && ast_integer(option->arg, &length))
        type->len = (int16_t)length;
    const AstDefElem *element = definition_option(base->define, "element");
    if (element) {
        type->element = ast_kind(element->arg) == AST_TYPE_NAME
                            ? analyze_type_name(&base->ddl->context, element->arg->type_name, &typmod)
                            : type_require(base->ddl, ddl_names(base->ddl, element->arg), -1);
        type->subscript = FUNCTION_RAW_ARRAY_SUBSCRIPT_HANDLER;
        if (!type->element)
            return false;
    }
    const AstDefElem *subscript = definition_option(base->define, "subscript");
    if (!subscript)
        return true;
    const Oid internal = TYPE_INTERNAL;
    const Function *handler =
        function_lookup(base->ddl, definition_names(base->ddl, subscript), &internal, 1, false);
    if (handler)
        type->subscript = handler->oid;
    return handler != NULL;
}

static bool simple_options(const BaseType *base)
{
    Ddl *ddl = base->ddl;
    Type *type = base->type;
    const char *category = ast_option_text(ddl->scratch, definition_option(base->define, "category"));
    if (category && ((unsigned char)*category < 32 || (unsigned char)*category > 126))
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE,
                        "invalid type category \"%s\": must be simple ASCII", category);
    if (category)
        type->category = *category;
    type->preferred = ddl_option_bool(ddl, definition_option(base->define, "preferred"));
    const char *delimiter = ast_option_text(ddl->scratch, definition_option(base->define, "delimiter"));
    if (delimiter)
        type->delimiter = *delimiter;
    if (ddl_option_bool(ddl, definition_option(base->define, "collatable")))
        type->collation = COLLATION_DEFAULT;
    type->has_default = definition_option(base->define, "default") != NULL;
    return true;
}

bool define_type(Ddl *ddl, const AstDefineStmt *define)
{
    const char *name;
    if (role_lacks_superuser(ddl))
        return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be superuser to create a base type");
    Oid shell, schema = name_creation_schema(ddl, AST_ITEMS(define, defnames), &name);
    if (!schema || !type_claim(ddl, schema, name, &shell))
        return false;
    if (define->n_definition == 0) {
        if (shell)
            return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "type \"%s\" already exists", name);
        return type_create_shell(ddl, schema, name) != INVALID_OID;
    }
    if (!shell) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "type \"%s\" does not exist", name);
        ddl_hint(ddl, diag,
                 "Create the type as a shell type, then create its I/O functions, then do a full CREATE TYPE.");
        return false;
    }
    Type *type = type_new(ddl, TYPTYPE_BASE, arena_strdup(ddl->arena, name), schema, -1);
    type->oid = shell;
    BaseType base = {ddl, define, type};
    if (!like_type(&base) || !length_and_element(&base) || !io_functions(&base) || !simple_options(&base))
        return false;
    catalog_remove_references(ddl->catalog, address_of(CLASS_TYPE, shell));
    type_create(ddl, type);
    type_depend(ddl, type);
    return true;
}

bool alter_type(Ddl *ddl, const AstNode *node)
{
    /* SET (receive = …, storage = …): nothing that a query's types depend on. */
    const AstAlterTypeStmt *stmt = node->alter_type_stmt;
    Oid oid = type_require(ddl, AST_ITEMS(stmt, type_name), -1);
    return oid && owner_check(ddl, address_of(CLASS_TYPE, oid));
}
