/* Domains (PostgreSQL's DefineDomain, AlterDomain*). */
#include "ddl/ddl_private.h"

static bool check_names(const Type *domain, const char *name)
{
    for (size_t i = 0; i < domain->nchecks; i++) {
        if (strcmp(domain->checks[i].name, name) == 0)
            return true;
    }
    return false;
}

static void store_check(Ddl *ddl, Type *domain, const DomainCheck *check)
{
    DomainCheck *checks = arena_array_of(ddl->arena, domain->nchecks + 1, DomainCheck);
    if (domain->nchecks)
        memcpy(checks, domain->checks, domain->nchecks * sizeof *checks);
    checks[domain->nchecks++] = *check;
    domain->checks = checks;
    name_register_constraint(ddl, check->name, address_of(CLASS_TYPE, domain->oid));
    ObjectAddress self = address_of(CLASS_CONSTRAINT, check->oid);
    depend_on(ddl, self, address_of(CLASS_TYPE, domain->oid), DEPENDENCY_AUTO);
    depend_on_expr(ddl, self, check->check, NULL, 0, INVALID_OID, DEPENDENCY_NORMAL);
}

bool domain_add_check(Ddl *ddl, Type *domain, const AstConstraint *raw)
{
    if (raw->is_no_inherit)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                        "check constraints for domains cannot be marked NO INHERIT");
    const char *name = ast_text(raw->conname);
    if (name && check_names(domain, name))
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "constraint \"%s\" for domain \"%s\" already exists",
                        name, domain->name);
    ExprScope scope = {.domain_value = domain->base};
    Expr *expr = analyze_condition(&ddl->context, raw->raw_expr, &scope, PARSE_DOMAIN_CHECK, "CHECK");
    if (!expr)
        return false;
    DomainCheck check = {.oid = catalog_new_oid(ddl->catalog), .check = expr, .validated = !raw->skip_validation};
    Names others = {0};
    for (size_t i = 0; i < domain->nchecks; i++)
        vec_push(ddl->scratch, &others, domain->checks[i].name);
    check.name = name ? arena_strdup(ddl->arena, name)
                      : name_choose_constraint(ddl, domain->name, NULL, "check", domain->schema, &others);
    store_check(ddl, domain, &check);
    return true;
}

static bool set_default(Ddl *ddl, Type *domain, const AstNode *raw)
{
    Expr *expr = analyze_expression(&ddl->context, raw, NULL, PARSE_COLUMN_DEFAULT, domain->base, domain->typmod,
                                    domain->name);
    if (!expr)
        return false;
    bool is_null = expr->kind == EXPR_CONST && ((Const *)expr)->is_null;
    domain->has_default = !is_null;
    domain->default_expr = is_null ? NULL : expr;
    return true;
}

/* ---- CREATE DOMAIN ---- */

typedef struct DomainBuilder {
    Ddl *ddl;
    Type *domain;
    bool saw_default, saw_null, saw_not_null;
} DomainBuilder;

static const struct {
    PgQuery__ConstrType type;
    const char *code, *message;
} refused[] = {
    {PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE, SQLSTATE_SYNTAX_ERROR, "unique constraints not possible for domains"},
    {PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY, SQLSTATE_SYNTAX_ERROR,
     "primary key constraints not possible for domains"},
    {PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION, SQLSTATE_SYNTAX_ERROR,
     "exclusion constraints not possible for domains"},
    {PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN, SQLSTATE_SYNTAX_ERROR,
     "foreign key constraints not possible for domains"},
    {PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY, SQLSTATE_SYNTAX_ERROR, "identity columns not possible for domains"},
    {PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED, SQLSTATE_SYNTAX_ERROR, "generated columns not possible for domains"},
};

static bool refuse(Ddl *ddl, const AstConstraint *constraint)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        if (refused[i].type == constraint->contype)
            return ddl_fail(ddl, constraint->location, refused[i].code, "%s", refused[i].message);
    }
    return ddl_fail(ddl, constraint->location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "specifying constraint deferrability not supported for domains");
}

static bool add_constraint(DomainBuilder *builder, const AstConstraint *constraint)
{
    Ddl *ddl = builder->ddl;
    bool not_null = constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL;
    switch ((int)constraint->contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
        if (builder->saw_default)
            return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "multiple default expressions");
        builder->saw_default = true;
        return set_default(ddl, builder->domain, constraint->raw_expr);
    case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
    case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
        if (not_null ? builder->saw_null : builder->saw_not_null)
            return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "conflicting NULL/NOT NULL constraints");
        builder->saw_null |= !not_null;
        builder->saw_not_null |= not_null;
        builder->domain->not_null = builder->saw_not_null;
        return true;
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
        return true; /* once the domain exists */
    default:
        return refuse(ddl, constraint);
    }
}

static bool check_base(Ddl *ddl, const Type *base, const AstTypeName *name)
{
    if (base->typtype != TYPTYPE_PSEUDO)
        return true;
    return ddl_fail(ddl, name->location, SQLSTATE_DATATYPE_MISMATCH, "\"%s\" is not a valid base type for a domain",
                    analyze_type_name_string(ddl->diags->arena, name));
}

static bool domain_collation(Ddl *ddl, const AstCreateDomainStmt *stmt, Type *domain)
{
    domain->collation = type_collation(ddl->catalog, domain->base);
    if (!stmt->coll_clause)
        return true;
    bool failed = false;
    Oid collation = analyze_collation_name(&ddl->context, stmt->coll_clause->n_collname,
                                           stmt->coll_clause->collname, stmt->coll_clause->location, &failed);
    if (failed)
        return false;
    if (!domain->collation)
        return ddl_fail(ddl, -1, SQLSTATE_DATATYPE_MISMATCH, "collations are not supported by type %s",
                        ddl_type_name(ddl, domain->base));
    domain->collation = collation;
    return true;
}

static Type *domain_over(Ddl *ddl, const AstCreateDomainStmt *stmt, const char *name, Oid schema)
{
    int32_t typmod;
    Oid oid = analyze_type_name(&ddl->context, stmt->type_name, &typmod);
    const Type *base = oid ? catalog_type(ddl->catalog, oid) : NULL;
    if (!base || !check_base(ddl, base, stmt->type_name))
        return NULL;
    Type *domain = type_new(ddl, TYPTYPE_DOMAIN, arena_strdup(ddl->arena, name), schema, -1);
    domain->base = oid;
    domain->typmod = typmod;
    domain->ndims = (int32_t)stmt->type_name->n_array_bounds;
    domain->category = base->category;
    domain->len = base->len;
    domain->delimiter = base->delimiter;
    domain->output = base->output;
    domain->send = base->send;
    domain->has_default = base->has_default;
    domain->default_expr = base->default_expr;
    FunctionList input = catalog_functions_named(ddl->catalog, ddl->scratch, "domain_in");
    domain->input = input.len ? input.items[0]->oid : INVALID_OID;
    return domain_collation(ddl, stmt, domain) ? domain : NULL;
}

bool create_domain(Ddl *ddl, const AstNode *node)
{
    const AstCreateDomainStmt *stmt = node->create_domain_stmt;
    const char *name;
    Oid schema = name_creation_schema(ddl, AST_ITEMS(stmt, domainname), &name);
    if (!schema || !name_claim_type(ddl, schema, name, NULL))
        return false;
    Type *domain = domain_over(ddl, stmt, name, schema);
    if (!domain)
        return false;
    DomainBuilder builder = {.ddl = ddl, .domain = domain};
    for (size_t i = 0; i < stmt->n_constraints; i++) {
        if (!add_constraint(&builder, stmt->constraints[i]->constraint))
            return false;
    }
    type_create(ddl, domain);
    type_depend(ddl, domain);
    depend_on_expr(ddl, address_of(CLASS_TYPE, domain->oid), domain->default_expr, NULL, 0, INVALID_OID,
                   DEPENDENCY_NORMAL);
    Type *edit = catalog_edit_type(ddl->catalog, domain->oid);
    for (size_t i = 0; i < stmt->n_constraints; i++) {
        const AstConstraint *constraint = stmt->constraints[i]->constraint;
        if (constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_CHECK && !domain_add_check(ddl, edit, constraint))
            return false;
    }
    catalog_put_type(ddl->catalog, edit);
    return true;
}

/* ---- ALTER DOMAIN ---- */

static bool alter_default(Ddl *ddl, Type *edit, const AstNode *raw)
{
    edit->has_default = false;
    edit->default_expr = NULL;
    return !raw || set_default(ddl, edit, raw);
}

static bool drop_constraint(Ddl *ddl, const AstAlterDomainStmt *stmt, const Type *domain)
{
    for (size_t i = 0; i < domain->nchecks; i++) {
        if (strcmp(domain->checks[i].name, stmt->name) == 0)
            return delete_object(ddl, address_of(CLASS_CONSTRAINT, domain->checks[i].oid),
                                 stmt->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE);
    }
    return stmt->missing_ok ||
           ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "constraint \"%s\" of domain \"%s\" does not exist",
                    stmt->name, domain->name);
}

static bool add_to_domain(Ddl *ddl, Type *edit, const AstConstraint *constraint)
{
    if (constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL) {
        edit->not_null = true;
        return true;
    }
    if (constraint->contype != PG_QUERY__CONSTR_TYPE__CONSTR_CHECK)
        return refuse(ddl, constraint);
    return domain_add_check(ddl, edit, constraint);
}

static bool validate_constraint(Ddl *ddl, Type *edit, const char *name)
{
    if (!check_names(edit, name))
        return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "constraint \"%s\" of domain \"%s\" does not exist",
                        name, edit->name);
    DomainCheck *checks = arena_memdup(ddl->arena, edit->checks, edit->nchecks * sizeof *checks);
    for (size_t i = 0; i < edit->nchecks; i++) {
        if (strcmp(checks[i].name, name) == 0)
            checks[i].validated = true;
    }
    edit->checks = checks;
    return true;
}

static bool alter(Ddl *ddl, const AstAlterDomainStmt *stmt, Type *edit)
{
    switch (*stmt->subtype) {
    case 'T':
        return alter_default(ddl, edit, stmt->def);
    case 'N':
        edit->not_null = false;
        return true;
    case 'O':
        edit->not_null = true;
        return true;
    case 'C':
        return add_to_domain(ddl, edit, stmt->def->constraint);
    case 'V':
        return validate_constraint(ddl, edit, stmt->name);
    default:
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "unsupported form of ALTER DOMAIN");
    }
}

bool alter_domain(Ddl *ddl, const AstNode *node)
{
    const AstAlterDomainStmt *stmt = node->alter_domain_stmt;
    Oid oid = type_require(ddl, AST_ITEMS(stmt, type_name), -1);
    if (!oid)
        return false;
    Type *edit = catalog_edit_type(ddl->catalog, oid);
    if (edit->typtype != TYPTYPE_DOMAIN)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "%s is not a domain", ddl_type_name(ddl, oid));
    if (!owner_check(ddl, address_of(CLASS_TYPE, oid)))
        return false;
    if (*stmt->subtype == 'X')
        return drop_constraint(ddl, stmt, edit);
    if (!alter(ddl, stmt, edit))
        return false;
    catalog_put_type(ddl->catalog, edit);
    return true;
}
