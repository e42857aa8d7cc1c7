/* Operator classes and families (PostgreSQL's opclasscmds.c). */
#include "ddl/ddl_private.h"

/* How many support functions there are (BTNProcs, HASHNProcs). */
enum { BTREE_FUNCTIONS = 5, HASH_FUNCTIONS = 3 };
enum { ITEM_OPERATOR = 1, ITEM_FUNCTION = 2, ITEM_STORAGE = 3 };

static Oid find_method(Ddl *ddl, const char *name)
{
    const NamedObject *method = catalog_find_object(ddl->catalog, CLASS_ACCESS_METHOD, name);
    if (!method)
        ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "access method \"%s\" does not exist", name);
    return method ? method->oid : INVALID_OID;
}

static Oid create_family(Ddl *ddl, const char *name, Oid schema, Oid method)
{
    OpFamily *family = arena_new_of(ddl->arena, OpFamily);
    *family = (OpFamily){catalog_new_oid(ddl->catalog), name, schema, method};
    catalog_put_opfamily(ddl->catalog, family);
    ObjectAddress self = address_of(CLASS_OPFAMILY, family->oid);
    depend_on_schema(ddl, self, schema);
    depend_on(ddl, self, address_of(CLASS_ACCESS_METHOD, method), DEPENDENCY_AUTO);
    return family->oid;
}

static const OpFamily *find_family(Ddl *ddl, AstItems names, Oid method, const char *method_name)
{
    const char *schema, *name;
    if (!analyze_qualified_name(&ddl->context, names.len, names.items, &schema, &name))
        return NULL;
    Oid in = schema ? name_schema(ddl, schema, false) : INVALID_OID;
    if (schema && !in)
        return NULL;
    const OpFamily *family = in ? catalog_find_opfamily_in(ddl->catalog, method, in, name)
                                : catalog_find_opfamily(ddl->catalog, method, name);
    if (!family)
        ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT,
                 "operator family \"%s\" does not exist for access method \"%s\"",
                 ast_name_text(ddl->scratch, names), method_name);
    return family;
}

/* A member list being added to a family; input is the class's type, 0 for ALTER OPERATOR FAMILY. */
typedef struct Added {
    char what; /* 'o' operator, 'f' function */
    int number;
    Oid left, right;
} Added;

typedef struct Members {
    Ddl *ddl;
    Oid method, family, input;
    ObjectAddress owner;
    VEC(Added) added; /* by the statement */
} Members;

/* The access methods' amadjustmembers: whether the member is a hard part of the class, so that what it names cannot
 * be dropped without the class, nor it alone. A soft one goes with what it names. */
static bool is_hard(const Members *members, bool is_operator, int number, Oid left, Oid right)
{
    static const struct {
        Oid method;
        unsigned functions; /* the bits of the numbers of hard ones */
        bool by_type;       /* of which both arguments are of one type, as are the operators that are hard */
    } rules[] = {
        {AM_BTREE, 1 << 1, true},
        {AM_HASH, 1 << 1, true},
        {AM_GIST, 1 << 1 | 1 << 2 | 1 << 5 | 1 << 6 | 1 << 7, false},
        {AM_GIN, 1 << 2 | 1 << 3, false},
        {AM_SPGIST, 1 << 1 | 1 << 2 | 1 << 3 | 1 << 4 | 1 << 5, false},
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (rules[i].method != members->method)
            continue;
        if (rules[i].by_type && (left != right || members->owner.class != CLASS_OPCLASS))
            return false;
        return is_operator ? rules[i].by_type : number < 32 && (rules[i].functions >> number & 1);
    }
    return members->owner.class == CLASS_OPCLASS;
}

static bool class_args(Members *members, const AstCreateOpClassItem *item, Oid *left, Oid *right)
{
    Oids types = {0};
    bool missing = false;
    if (!function_arg_types(members->ddl, AST_ITEMS(item, class_args), &types, false, &missing))
        return false;
    if (types.len) {
        *left = types.items[0];
        *right = types.len > 1 ? types.items[1] : types.items[0];
    }
    return true;
}

static bool is_wrong(Members *members, const char *message)
{
    return ddl_fail(members->ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION, "%s", message);
}

/* addFamilyMember: what the statement itself has added before; false after the error. */
static bool check_repeated(Members *members, const char *what, int number, Oid left, Oid right)
{
    Ddl *ddl = members->ddl;
    for (size_t i = 0; i < members->added.len; i++) {
        const Added *added = &members->added.items[i];
        if (added->what == *what && added->number == number && added->left == left && added->right == right)
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                            "%s number %d for (%s,%s) appears more than once", what, number,
                            ddl_type_name(ddl, left), ddl_type_name(ddl, right));
    }
    vec_push(ddl->scratch, &members->added, ((Added){*what, number, left, right}));
    return true;
}

static bool already_member(Members *members, const char *what, int number, Oid left, Oid right)
{
    Ddl *ddl = members->ddl;
    return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "%s %d(%s,%s) already exists in operator family \"%s\"",
                    what, number, ddl_type_name(ddl, left), ddl_type_name(ddl, right),
                    catalog_opfamily(ddl->catalog, members->family)->name);
}

/* The numbers an access method knows; 0: any. */
static bool check_number(Members *members, const char *what, int number, int most)
{
    if (number >= 1 && (!most || number <= most))
        return true;
    return ddl_fail(members->ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                    "invalid %s number %d, must be between 1 and %d", what, number, most);
}

/* assignOperTypes */
static bool check_operator(Members *members, const AstCreateOpClassItem *item, const Operator *op)
{
    Oid method = members->method;
    bool orders = method != AM_BTREE && method != AM_HASH && method != AM_GIN && method != AM_BRIN;
    if (!op->left || !op->right)
        return is_wrong(members, "index operators must be binary");
    if (item->n_order_family && !orders)
        return ddl_fail(members->ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                        "access method \"%s\" does not support ordering operators",
                        catalog_object(members->ddl->catalog, CLASS_ACCESS_METHOD, method)->name);
    return item->n_order_family || op->result == TYPE_BOOL ||
           is_wrong(members, "index search operators must return boolean");
}

/* assignProcTypes: the shape of btree's and hash's functions. */
static bool check_function(Members *members, int number, const Function *function)
{
    static const struct {
        Oid method;
        int number;
        uint16_t nargs;
        Oid result;
        const char *wrong_arguments, *wrong_result;
    } shapes[] = {
        {AM_BTREE, 1, 2, TYPE_INT4, "btree comparison functions must have two arguments",
         "btree comparison functions must return integer"},
        {AM_BTREE, 2, 1, TYPE_VOID, "btree sort support functions must accept type \"internal\"",
         "btree sort support functions must return void"},
        {AM_BTREE, 3, 5, TYPE_BOOL, "btree in_range functions must have five arguments",
         "btree in_range functions must return boolean"},
        {AM_BTREE, 4, 1, TYPE_BOOL, "btree equal image functions must have one argument",
         "btree equal image functions must return boolean"},
        {AM_HASH, 1, 1, TYPE_INT4, "hash function 1 must have one argument", "hash function 1 must return integer"},
        {AM_HASH, 2, 2, TYPE_INT8, "hash function 2 must have two arguments", "hash function 2 must return bigint"},
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if (shapes[i].method != members->method || shapes[i].number != number)
            continue;
        if (function->nargs != shapes[i].nargs)
            return is_wrong(members, shapes[i].wrong_arguments);
        return function->return_type == shapes[i].result || is_wrong(members, shapes[i].wrong_result);
    }
    return true;
}

static bool add_operator(Members *members, const AstCreateOpClassItem *item)
{
    Ddl *ddl = members->ddl;
    const Operator *op;
    bool failed;
    if (!check_number(members, "operator", item->number,
                      members->method == AM_BTREE  ? BTREE_GT
                      : members->method == AM_HASH ? HASH_EQ
                                                   : 0))
        return false;
    if (!item->name->n_objargs && !members->input)
        return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR,
                        "operator argument types must be specified in ALTER OPERATOR FAMILY");
    if (item->name->n_objargs) {
        op = operator_lookup_with_args(ddl, item->name, false, &failed);
    } else {
        Oid schema;
        const char *name;
        if (!operator_split_name(ddl, AST_ITEMS(item->name, objname), &schema, &name))
            return false;
        op = operator_find_exact(ddl->catalog, ddl->scratch, schema, name, members->input, members->input);
        if (!op)
            ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_FUNCTION, "operator does not exist: %s %s %s",
                     ddl_type_name(ddl, members->input), name, ddl_type_name(ddl, members->input));
    }
    if (!op)
        return false;
    FamilyOperator member = {.family = members->family,
                             .left = op->left,
                             .right = op->right,
                             .strategy = (int16_t)item->number,
                             .purpose = item->n_order_family ? 'o' : 's',
                             .op = op->oid};
    if (!check_operator(members, item, op) ||
        !check_repeated(members, "operator", item->number, op->left, op->right))
        return false;
    if (item->n_order_family) {
        const OpFamily *order = find_family(ddl, AST_ITEMS(item, order_family), AM_BTREE, "btree");
        if (!order)
            return false;
        member.sort_family = order->oid;
    }
    if (catalog_family_operator(ddl->catalog, member.family, member.left, member.right, member.strategy))
        return already_member(members, "operator", item->number, member.left, member.right);
    if (is_hard(members, true, item->number, member.left, member.right))
        depend_on(ddl, members->owner, address_of(CLASS_OPERATOR, op->oid), DEPENDENCY_NORMAL);
    catalog_put_family_operator(ddl->catalog, arena_memdup(ddl->arena, &member, sizeof member));
    return true;
}

static bool add_function(Members *members, const AstCreateOpClassItem *item)
{
    Ddl *ddl = members->ddl;
    bool failed;
    if (!check_number(members, "function", item->number,
                      members->method == AM_BTREE  ? BTREE_FUNCTIONS
                      : members->method == AM_HASH ? HASH_FUNCTIONS
                                                   : 0))
        return false;
    const Function *function =
        function_lookup_with_args(ddl, item->name, PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION, false, &failed);
    if (!function)
        return false;
    FamilyFunction member = {.family = members->family, .number = (int16_t)item->number, .function = function->oid};
    member.left = member.right = members->input;
    bool compares = members->method == AM_BTREE && item->number == BTREE_ORDER_PROC;
    if ((compares || !members->input) && function->nargs) {
        member.left = function->arg_types[0];
        member.right = function->arg_types[function->nargs > 1 ? 1 : 0];
    }
    if (!class_args(members, item, &member.left, &member.right) ||
        !check_function(members, item->number, function) ||
        !check_repeated(members, "function", item->number, member.left, member.right))
        return false;
    if (catalog_family_function(ddl->catalog, member.family, member.left, member.right, member.number))
        return already_member(members, "function", item->number, member.left, member.right);
    if (is_hard(members, false, item->number, member.left, member.right))
        depend_on(ddl, members->owner, address_of(CLASS_FUNCTION, function->oid), DEPENDENCY_NORMAL);
    catalog_put_family_function(ddl->catalog, arena_memdup(ddl->arena, &member, sizeof member));
    return true;
}

static bool add_items(Members *members, AstItems items, OpClass *opclass)
{
    for (size_t i = 0; i < items.len; i++) {
        const AstCreateOpClassItem *item = items.items[i]->create_op_class_item;
        int32_t typmod;
        bool ok = true;
        if (item->itemtype == ITEM_OPERATOR)
            ok = add_operator(members, item);
        else if (item->itemtype == ITEM_FUNCTION)
            ok = add_function(members, item);
        else if (!opclass)
            ok = ddl_fail(members->ddl, -1, SQLSTATE_SYNTAX_ERROR,
                          "STORAGE cannot be specified in ALTER OPERATOR FAMILY");
        else if (opclass->key)
            ok = is_wrong(members, "storage type specified more than once");
        else
            ok = (opclass->key = analyze_type_name(&members->ddl->context, item->storedtype, &typmod)) !=
                 INVALID_OID;
        if (!ok)
            return false;
    }
    return true;
}

/* The family named, the one of the class's own name, or a new one. */
static Oid family_of_class(Ddl *ddl, const AstCreateOpClassStmt *stmt, Oid method, Oid schema, const char *name)
{
    if (stmt->n_opfamilyname) {
        const OpFamily *family = find_family(ddl, AST_ITEMS(stmt, opfamilyname), method, stmt->amname);
        return family ? family->oid : INVALID_OID;
    }
    const OpFamily *family = catalog_find_opfamily_in(ddl->catalog, method, schema, name);
    return family ? family->oid : create_family(ddl, name, schema, method);
}

static bool check_default(Ddl *ddl, const OpClass *opclass)
{
    if (!opclass->is_default)
        return true;
    const OpClass *old = catalog_default_opclass(ddl->catalog, opclass->access_method, opclass->input);
    if (!old || old->input != opclass->input)
        return true;
    Diag *diag =
        ddl_error(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "could not make operator class \"%s\" be default for type %s",
                  opclass->name, ddl_type_name(ddl, opclass->input));
    ddl_detail(ddl, diag, "Operator class \"%s\" already is the default.", old->name);
    return false;
}

static bool require_superuser(Ddl *ddl, const char *what)
{
    return !role_lacks_superuser(ddl) ||
           ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be superuser to %s", what);
}

bool create_opclass(Ddl *ddl, const AstNode *node)
{
    const AstCreateOpClassStmt *stmt = node->create_op_class_stmt;
    const char *name;
    int32_t typmod;
    Oid schema = name_creation_schema(ddl, AST_ITEMS(stmt, opclassname), &name);
    Oid method = schema ? find_method(ddl, stmt->amname) : INVALID_OID;
    if (method && !require_superuser(ddl, "create an operator class"))
        return false;
    Oid input = method ? analyze_type_name(&ddl->context, stmt->datatype, &typmod) : INVALID_OID;
    if (!input)
        return false;
    name = arena_strdup(ddl->arena, name);
    if (catalog_find_opclass_in(ddl->catalog, method, schema, name))
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT,
                        "operator class \"%s\" for access method \"%s\" already exists", name, stmt->amname);
    OpClass *opclass = arena_new_of(ddl->arena, OpClass);
    *opclass = (OpClass){.oid = catalog_new_oid(ddl->catalog),
                         .name = name,
                         .schema = schema,
                         .access_method = method,
                         .input = input,
                         .is_default = stmt->is_default};
    opclass->family = family_of_class(ddl, stmt, method, schema, name);
    if (!opclass->family || !check_default(ddl, opclass))
        return false;
    ObjectAddress self = address_of(CLASS_OPCLASS, opclass->oid);
    Members members = {.ddl = ddl, .method = method, .family = opclass->family, .input = input, .owner = self};
    if (!add_items(&members, AST_ITEMS(stmt, items), opclass))
        return false;
    if (opclass->key == input)
        opclass->key = INVALID_OID;
    if (opclass->key && (method == AM_BTREE || method == AM_HASH))
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                        "storage type cannot be different from data type for access method \"%s\"", stmt->amname);
    catalog_put_opclass(ddl->catalog, opclass);
    depend_on_schema(ddl, self, schema);
    depend_on_type(ddl, self, input);
    depend_on(ddl, self, address_of(CLASS_OPFAMILY, opclass->family), DEPENDENCY_AUTO);
    depend_on(ddl, self, address_of(CLASS_ACCESS_METHOD, method), DEPENDENCY_AUTO);
    return true;
}

bool create_opfamily(Ddl *ddl, const AstNode *node)
{
    const AstCreateOpFamilyStmt *stmt = node->create_op_family_stmt;
    const char *name;
    Oid schema = name_creation_schema(ddl, AST_ITEMS(stmt, opfamilyname), &name);
    Oid method = schema ? find_method(ddl, stmt->amname) : INVALID_OID;
    if (!method || !require_superuser(ddl, "create an operator family"))
        return false;
    if (catalog_find_opfamily_in(ddl->catalog, method, schema, name))
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT,
                        "operator family \"%s\" for access method \"%s\" already exists", name, stmt->amname);
    create_family(ddl, arena_strdup(ddl->arena, name), schema, method);
    return true;
}

/* The class that has the member as a hard part, or 0. */
static Oid requiring_class(const Members *members, ObjectAddress named, int number, Oid left, Oid right)
{
    Ddl *ddl = members->ddl;
    DependencyList list = catalog_dependents(ddl->catalog, ddl->scratch, named);
    for (size_t i = 0; i < list.len; i++) {
        ObjectAddress dependent = list.items[i].dependent;
        const OpClass *opclass =
            dependent.class == CLASS_OPCLASS ? catalog_opclass(ddl->catalog, dependent.oid) : NULL;
        Members of_class = *members;
        of_class.owner = dependent;
        if (opclass && opclass->family == members->family &&
            is_hard(&of_class, named.class == CLASS_OPERATOR, number, left, right))
            return opclass->oid;
    }
    return INVALID_OID;
}

static bool drop_member(Members *members, const char *what, ObjectAddress named, int number, Oid left, Oid right)
{
    Ddl *ddl = members->ddl;
    Oid opclass = requiring_class(members, named, number, left, right);
    if (opclass) {
        const char *owner = describe_object(ddl, address_of(CLASS_OPCLASS, opclass));
        const char *object = describe_object(ddl, named);
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_DEPENDENT_OBJECTS_STILL_EXIST,
                               "cannot drop %s %d (%s, %s) of %s: %s because %s requires it", what, number,
                               ddl_type_name(ddl, left), ddl_type_name(ddl, right),
                               describe_object(ddl, address_of(CLASS_OPFAMILY, members->family)),
                               object + strlen(what) + 1, owner);
        ddl_hint(ddl, diag, "You can drop %s instead.", owner);
        return false;
    }
    if (named.class == CLASS_OPERATOR)
        catalog_remove_family_operator(ddl->catalog, members->family, left, right, number);
    else
        catalog_remove_family_function(ddl->catalog, members->family, left, right, number);
    depend_forget(ddl, members->owner, named);
    return true;
}

/* DROP OPERATOR n (types), FUNCTION n (types) */
static bool drop_items(Members *members, AstItems items, const OpFamily *family)
{
    Ddl *ddl = members->ddl;
    for (size_t i = 0; i < items.len; i++) {
        const AstCreateOpClassItem *item = items.items[i]->create_op_class_item;
        bool is_operator = item->itemtype == ITEM_OPERATOR;
        const char *what = is_operator ? "operator" : "function";
        Oid left = INVALID_OID, right = INVALID_OID;
        if (item->n_class_args > 2)
            return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "one or two argument types must be specified");
        if (!class_args(members, item, &left, &right))
            return false;
        Oid oid = is_operator ? catalog_family_operator(ddl->catalog, family->oid, left, right, item->number)
                              : catalog_family_function(ddl->catalog, family->oid, left, right, item->number);
        if (!oid)
            return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT,
                            "%s %d(%s,%s) does not exist in operator family \"%s\"", what, item->number,
                            ddl_type_name(ddl, left), ddl_type_name(ddl, right), family->name);
        ObjectAddress named = address_of(is_operator ? CLASS_OPERATOR : CLASS_FUNCTION, oid);
        if (!drop_member(members, what, named, item->number, left, right))
            return false;
    }
    return true;
}

bool alter_opfamily(Ddl *ddl, const AstNode *node)
{
    const AstAlterOpFamilyStmt *stmt = node->alter_op_family_stmt;
    Oid method = find_method(ddl, stmt->amname);
    const OpFamily *family = method ? find_family(ddl, AST_ITEMS(stmt, opfamilyname), method, stmt->amname) : NULL;
    if (!family || !require_superuser(ddl, "alter an operator family"))
        return false;
    Members members = {
        .ddl = ddl, .method = method, .family = family->oid, .owner = address_of(CLASS_OPFAMILY, family->oid)};
    if (stmt->is_drop)
        return drop_items(&members, AST_ITEMS(stmt, items), family);
    return add_items(&members, AST_ITEMS(stmt, items), NULL);
}
