/* FOR VALUES (PostgreSQL's transformPartitionBound, transformPartitionBoundValue). What a bound's expression comes
 * to is known for literals and casts of them; any other is left to the server. */
#include "ddl/partition_bound.h"

/* ---- Values ---- */

/* The literal under casts that leave a number or a time what it is; NULL when there is none. */
static const Const *constant_under_casts(const Expr *expr)
{
    for (;;) {
        switch ((int)expr->kind) {
        case EXPR_CONST:
            return (const Const *)expr;
        case EXPR_RELABEL:
        case EXPR_COERCE_TO_DOMAIN:
            expr = ((const Coercion *)expr)->arg;
            break;
        case EXPR_FUNC: {
            const FuncExpr *func = (const FuncExpr *)expr;
            if (func->form != FORM_IMPLICIT_CAST && func->form != FORM_EXPLICIT_CAST)
                return NULL;
            expr = func->args.items[0];
            break;
        }
        default:
            return NULL;
        }
    }
}

/* Digits after the point that a numeric's modifier would round away. */
static bool loses_digits(Oid type, int32_t typmod, const char *text)
{
    return type == TYPE_NUMERIC && typmod >= 0 && strpbrk(text, ".eE");
}

/* get_const_expr without a type's name: numbers stand for themselves, all else is quoted. */
static const char *quote_value(Ddl *ddl, Oid type, const char *text)
{
    switch (type) {
    case TYPE_INT2:
    case TYPE_INT4:
    case TYPE_INT8:
    case TYPE_OID:
    case TYPE_NUMERIC:
        if (*text != '-')
            return arena_strdup(ddl->arena, text);
        break;
    case TYPE_BOOL:
        return strchr("tTyY1", *text) || strcmp(text, "on") == 0 ? "true" : "false";
    default:
        break;
    }
    StrBuf quoted;
    strbuf_init(&quoted);
    for (const char *c = text; *c; c++) {
        if (*c == '\'')
            strbuf_add_char(&quoted, '\'');
        strbuf_add_char(&quoted, *c);
    }
    const char *copy = arena_printf(ddl->arena, "'%s'", quoted.text);
    strbuf_release(&quoted);
    return copy;
}

static void find_value(Ddl *ddl, Oid type, int32_t typmod, const Expr *expr, BoundDatum *datum)
{
    const Const *constant = constant_under_casts(expr);
    if (!constant)
        return;
    if (constant->is_null) {
        datum->kind = DATUM_NULL;
        datum->text = "NULL";
        return;
    }
    if (loses_digits(type, typmod, constant->text) ||
        !literal_value(ddl->catalog, ddl->arena, type, typmod, constant->text, &datum->value))
        return;
    datum->text = quote_value(ddl, type, constant->text);
}

typedef struct BoundKey {
    Oid type;
    int32_t typmod;
    const char *name;
} BoundKey;

static BoundKey key_at(const Relation *parent, size_t i)
{
    const PartitionKey *key = parent->partition_key;
    const Column *column = key->columns[i] ? catalog_column(parent, key->columns[i]) : NULL;
    if (column)
        return (BoundKey){column->type, column->typmod, column->name};
    return (BoundKey){key->expressions[i]->type, key->expressions[i]->typmod, "expression"};
}

static bool read_value(Ddl *ddl, const Relation *parent, size_t i, const AstNode *raw, BoundDatum *datum)
{
    BoundKey key = key_at(parent, i);
    Expr *expr =
        analyze_expression(&ddl->context, raw, NULL, PARSE_PARTITION_BOUND, key.type, key.typmod, key.name);
    datum->location = ast_location(raw);
    if (expr)
        find_value(ddl, key.type, key.typmod, expr, datum);
    return expr != NULL;
}

/* The grammar gives MINVALUE and MAXVALUE as column references. */
static DatumKind unbounded_kind(const AstNode *raw)
{
    if (ast_kind(raw) != AST_COLUMN_REF || raw->column_ref->n_fields != 1)
        return DATUM_VALUE;
    const char *name = ast_string(raw->column_ref->fields[0]);
    if (!name)
        return DATUM_VALUE;
    return strcmp(name, "minvalue") == 0   ? DATUM_MINVALUE
           : strcmp(name, "maxvalue") == 0 ? DATUM_MAXVALUE
                                           : DATUM_VALUE;
}

/* ---- Bounds ---- */

/* validateInfiniteBounds */
static bool check_infinite(Ddl *ddl, const BoundDatum *datums, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        DatumKind before = datums[i - 1].kind;
        if (before == DATUM_VALUE || before == datums[i].kind)
            continue;
        const char *word = before == DATUM_MINVALUE ? "MINVALUE" : "MAXVALUE";
        return ddl_fail(ddl, datums[i].location, SQLSTATE_DATATYPE_MISMATCH,
                        "every bound following %s must also be %s", word, word);
    }
    return true;
}

/* transformPartitionRangeBounds */
static BoundDatum *read_side(Ddl *ddl, const Relation *parent, AstItems raw)
{
    BoundDatum *datums = arena_array_of(ddl->arena, raw.len + 1, BoundDatum);
    for (size_t i = 0; i < raw.len; i++) {
        datums[i] = (BoundDatum){.kind = unbounded_kind(raw.items[i]), .location = ast_location(raw.items[i])};
        if (datums[i].kind != DATUM_VALUE)
            continue;
        if (!read_value(ddl, parent, i, raw.items[i], &datums[i]))
            return NULL;
        if (datums[i].kind == DATUM_NULL) {
            ddl_error(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION, "cannot specify NULL in range bound");
            return NULL;
        }
    }
    return check_infinite(ddl, datums, raw.len) ? datums : NULL;
}

static bool read_range(Ddl *ddl, const Relation *parent, const AstPartitionBoundSpec *spec, PartitionBound *bound)
{
    size_t n = parent->partition_key->ncolumns;
    if (spec->n_lowerdatums != n || spec->n_upperdatums != n)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "%s must specify exactly one value per partitioning column",
                        spec->n_lowerdatums != n ? "FROM" : "TO");
    bound->nvalues = n;
    bound->lower = read_side(ddl, parent, AST_ITEMS(spec, lowerdatums));
    bound->upper = bound->lower ? read_side(ddl, parent, AST_ITEMS(spec, upperdatums)) : NULL;
    return bound->upper != NULL;
}

static bool read_list(Ddl *ddl, const Relation *parent, const AstPartitionBoundSpec *spec, PartitionBound *bound)
{
    bound->nvalues = spec->n_listdatums;
    bound->lower = arena_array_of(ddl->arena, bound->nvalues + 1, BoundDatum);
    for (size_t i = 0; i < bound->nvalues; i++)
        if (!read_value(ddl, parent, 0, spec->listdatums[i], &bound->lower[i]))
            return false;
    return true;
}

static bool read_hash(Ddl *ddl, const AstPartitionBoundSpec *spec, PartitionBound *bound)
{
    bound->modulus = spec->modulus;
    bound->remainder = spec->remainder;
    if (spec->modulus <= 0)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "modulus for hash partition must be an integer value greater than zero");
    if (spec->remainder < 0)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "remainder for hash partition must be an integer value greater than or equal to zero");
    return spec->remainder < spec->modulus || ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                                                       "remainder for hash partition must be less than modulus");
}

PartitionBound *partition_read_bound(Ddl *ddl, const Relation *parent, const AstPartitionBoundSpec *spec)
{
    char strategy = parent->partition_key->strategy;
    PartitionBound *bound = arena_new_of(ddl->arena, PartitionBound);
    bound->location = spec->location;
    bool good;
    if (*spec->strategy != strategy)
        good = ddl_fail(ddl, spec->location, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "invalid bound specification for a %s partition",
                        strategy == 'h'   ? "hash"
                        : strategy == 'l' ? "list"
                                          : "range");
    else if (strategy == 'h')
        good = read_hash(ddl, spec, bound);
    else
        good = strategy == 'r' ? read_range(ddl, parent, spec, bound) : read_list(ddl, parent, spec, bound);
    return good ? bound : NULL;
}

/* ---- The bound of a new partition ---- */

static bool set_default(Ddl *ddl, const Relation *parent, const Relation *partition, int32_t location)
{
    if (parent->partition_key->strategy == 'h')
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "a hash-partitioned table may not have a default partition");
    OidList children = catalog_children(ddl->catalog, ddl->scratch, parent->oid);
    for (size_t i = 0; i < children.len; i++) {
        const Relation *child = catalog_relation(ddl->catalog, children.items[i]);
        if (child->is_default_partition && child->oid != partition->oid)
            return ddl_fail(ddl, location, SQLSTATE_INVALID_OBJECT_DEFINITION,
                            "partition \"%s\" conflicts with existing default partition \"%s\"", partition->name,
                            child->name);
    }
    Relation *edit = catalog_edit_relation(ddl->catalog, partition->oid);
    edit->is_default_partition = true;
    catalog_put_relation(ddl->catalog, edit);
    return true;
}

bool partition_set_bound(Ddl *ddl, Oid oid, const Relation *parent, const AstPartitionBoundSpec *spec)
{
    const Relation *partition = catalog_relation(ddl->catalog, oid);
    if (spec->is_default)
        return set_default(ddl, parent, partition, spec->location);
    PartitionBound *bound = partition_read_bound(ddl, parent, spec);
    if (!bound || !partition_check_overlap(ddl, parent, partition, bound))
        return false;
    Relation *edit = catalog_edit_relation(ddl->catalog, oid);
    edit->bound = bound;
    catalog_put_relation(ddl->catalog, edit);
    return true;
}
