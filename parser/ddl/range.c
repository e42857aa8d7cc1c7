/* Range types, with the multirange type, constructors and cast that come with each (PostgreSQL's DefineRange). */
#include "ddl/ddl_private.h"

typedef struct RangeBuilder {
    Ddl *ddl;
    Type *range, *multirange;
} RangeBuilder;

static const AstDefElem *option(const AstCreateRangeStmt *stmt, const char *name)
{
    return ast_option(AST_ITEMS(stmt, params), name);
}

/* makeMultirangeTypeName */
static const char *multirange_name(Ddl *ddl, const char *range)
{
    const char *found = strstr(range, "range");
    const char *name = found ? arena_printf(ddl->arena, "%.*smultirange%s", (int)(found - range), range, found + 5)
                             : arena_printf(ddl->arena, "%s_multirange", range);
    return strlen(name) > NAME_MAX_LENGTH ? arena_strndup(ddl->arena, name, NAME_MAX_LENGTH) : name;
}

static bool find_subtype(Ddl *ddl, const AstCreateRangeStmt *stmt, Type *range)
{
    const AstDefElem *given = option(stmt, "subtype");
    int32_t typmod;
    if (!given)
        return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "type attribute \"subtype\" is required");
    range->subtype = ast_kind(given->arg) == AST_TYPE_NAME
                         ? analyze_type_name(&ddl->context, given->arg->type_name, &typmod)
                         : type_require(ddl, ddl_names(ddl, given->arg), -1);
    if (!range->subtype)
        return false;
    if (catalog_type(ddl->catalog, range->subtype)->typtype == TYPTYPE_PSEUDO)
        return ddl_fail(ddl, -1, SQLSTATE_DATATYPE_MISMATCH, "range subtype cannot be %s",
                        ddl_type_name(ddl, range->subtype));
    const OpClass *usual = catalog_default_opclass(ddl->catalog, AM_BTREE, type_base(ddl->catalog, range->subtype));
    if (option(stmt, "subtype_opclass")) {
        Oid opclass = index_opclass(ddl, definition_names(ddl, option(stmt, "subtype_opclass")), range->subtype,
                                    "btree", AM_BTREE);
        range->own_order = !usual || opclass != usual->oid;
        return opclass != INVALID_OID;
    }
    range->own_order = usual && usual->oid >= FIRST_USER_OID;
    if (!usual) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_UNDEFINED_OBJECT,
                               "data type %s has no default operator class for access method \"btree\"",
                               ddl_type_name(ddl, range->subtype));
        ddl_hint(ddl, diag,
                 "You must specify an operator class for the range type or define a default operator class for the "
                 "subtype.");
        return false;
    }
    return true;
}

static bool find_collation(Ddl *ddl, const AstCreateRangeStmt *stmt, Type *range)
{
    const AstDefElem *given = option(stmt, "collation");
    range->range_collation = type_collation(ddl->catalog, range->subtype);
    if (!given)
        return true;
    AstItems names = definition_names(ddl, given);
    bool failed = false;
    range->range_collation = analyze_collation_name(&ddl->context, names.len, names.items, -1, &failed);
    if (!failed && !type_collation(ddl->catalog, range->subtype))
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE,
                        "range collation specified but subtype does not support collation");
    return !failed;
}

static bool check_functions(Ddl *ddl, const AstCreateRangeStmt *stmt, const Type *range)
{
    const Oid one[] = {range->oid}, two[] = {range->subtype, range->subtype};
    if (option(stmt, "canonical") &&
        !function_lookup(ddl, definition_names(ddl, option(stmt, "canonical")), one, 1, false))
        return false;
    return !option(stmt, "subtype_diff") ||
           function_lookup(ddl, definition_names(ddl, option(stmt, "subtype_diff")), two, 2, false);
}

/* A constructor: an internal function of the type's name. */
static Oid add_constructor(RangeBuilder *builder, const Type *type, const Oid *args, uint16_t nargs, Oid variadic,
                           bool strict)
{
    Ddl *ddl = builder->ddl;
    Function *function = arena_new_of(ddl->arena, Function);
    *function = (Function){
        .oid = catalog_new_oid(ddl->catalog),
        .name = type->name,
        .schema = type->schema,
        .kind = PROKIND_FUNCTION,
        .strict = strict,
        .volatility = 'i',
        .nargs = nargs,
        .return_type = type->oid,
        .variadic = variadic,
        .arg_types = arena_memdup(ddl->arena, args, (nargs ? nargs : 1) * sizeof *args),
        .language = LANGUAGE_INTERNAL,
        .never_null = true,
        .span = type->span,
    };
    if (variadic) {
        function->nall = nargs;
        function->all_types = function->arg_types;
        function->all_modes = "v";
    }
    catalog_put_function(ddl->catalog, function);
    depend_on(ddl, address_of(CLASS_FUNCTION, function->oid), address_of(CLASS_TYPE, type->oid),
              DEPENDENCY_INTERNAL);
    return function->oid;
}

static void add_constructors(RangeBuilder *builder)
{
    const Type *range = builder->range, *multirange = builder->multirange;
    const Oid bounds[] = {range->subtype, range->subtype, TYPE_TEXT};
    add_constructor(builder, range, bounds, 2, INVALID_OID, false);
    add_constructor(builder, range, bounds, 3, INVALID_OID, false);
    add_constructor(builder, multirange, &range->oid, 0, INVALID_OID, true);
    Oid convert = add_constructor(builder, multirange, &range->oid, 1, INVALID_OID, true);
    add_constructor(builder, multirange, &range->array, 1, range->oid, true);
    Cast *cast = arena_new_of(builder->ddl->arena, Cast);
    *cast = (Cast){
        .oid = catalog_new_oid(builder->ddl->catalog),
        .source = range->oid,
        .target = multirange->oid,
        .function = convert,
        .context = 'e',
        .method = 'f',
    };
    catalog_put_cast(builder->ddl->catalog, cast);
    depend_on(builder->ddl, address_of(CLASS_CAST, cast->oid), address_of(CLASS_TYPE, range->oid),
              DEPENDENCY_INTERNAL);
    depend_on(builder->ddl, address_of(CLASS_CAST, cast->oid), address_of(CLASS_FUNCTION, convert),
              DEPENDENCY_INTERNAL);
}

static Type *new_multirange(Ddl *ddl, const AstCreateRangeStmt *stmt, const Type *range)
{
    const AstDefElem *given = option(stmt, "multirange_type_name");
    const char *name = NULL;
    Oid schema = range->schema;
    if (given)
        schema = name_creation_schema(ddl, definition_names(ddl, given), &name);
    if (!schema)
        return NULL;
    name = name ? arena_strdup(ddl->arena, name) : multirange_name(ddl, range->name);
    const Type *old = catalog_find_type_in(ddl->catalog, schema, name);
    bool is_array = old && old->element && catalog_type(ddl->catalog, old->element)->array == old->oid;
    if (old && !is_array) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "type \"%s\" already exists", name);
        if (!given) {
            ddl_detail(ddl, diag, "Failed while creating a multirange type for type \"%s\".", range->name);
            ddl_hint(
                ddl, diag,
                "You can manually specify a multirange type name using the \"multirange_type_name\" attribute.");
        }
        return NULL;
    }
    if (!name_claim_type(ddl, schema, name, NULL))
        return NULL;
    Type *multirange = type_new(ddl, TYPTYPE_MULTIRANGE, name, schema, -1);
    multirange->category = 'R';
    multirange->range = range->oid;
    return multirange;
}

bool create_range(Ddl *ddl, const AstNode *node)
{
    const AstCreateRangeStmt *stmt = node->create_range_stmt;
    const char *name;
    Oid shell, schema = name_creation_schema(ddl, AST_ITEMS(stmt, type_name), &name);
    if (!schema || !type_claim(ddl, schema, name, &shell))
        return false;
    Type *range = type_new(ddl, TYPTYPE_RANGE, arena_strdup(ddl->arena, name), schema, -1);
    if (shell)
        range->oid = shell;
    range->category = 'R';
    if (!find_subtype(ddl, stmt, range) || !find_collation(ddl, stmt, range) || !check_functions(ddl, stmt, range))
        return false;
    RangeBuilder builder = {.ddl = ddl, .range = range};
    /* The range's name is taken before the multirange's is looked for. */
    if (!shell)
        catalog_put_type(ddl->catalog, range);
    builder.multirange = new_multirange(ddl, stmt, range);
    if (!builder.multirange)
        return false;
    range->multirange = builder.multirange->oid;
    type_create(ddl, range);
    type_depend(ddl, range);
    type_create(ddl, builder.multirange);
    depend_on(ddl, address_of(CLASS_TYPE, builder.multirange->oid), address_of(CLASS_TYPE, range->oid),
              DEPENDENCY_INTERNAL);
    add_constructors(&builder);
    return true;
}
