/* libFuzzer: any text as a literal of some type; the first byte says which. */
#include "types/literal.h"

#include "catalog/builtin_oids.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const Oid types[] = {
    TYPE_INT2,           TYPE_INT4,        TYPE_INT8,         TYPE_FLOAT4,     TYPE_FLOAT8,
    TYPE_NUMERIC,        TYPE_BOOL,        TYPE_UUID,         TYPE_BYTEA,      TYPE_BIT,
    TYPE_VARBIT,         TYPE_DATE,        TYPE_TIME,         TYPE_TIMETZ,     TYPE_TIMESTAMP,
    TYPE_TIMESTAMPTZ,    TYPE_INTERVAL,    TYPE_INET,         TYPE_CIDR,       TYPE_MACADDR,
    TYPE_MACADDR8,       TYPE_JSON,        TYPE_JSONB,        TYPE_JSONPATH,   TYPE_TSVECTOR,
    TYPE_TSQUERY,        TYPE_POINT,       TYPE_LSEG,         TYPE_BOX,        TYPE_PATH,
    TYPE_POLYGON,        TYPE_CIRCLE,      TYPE_LINE,         TYPE_TID,        TYPE_PG_LSN,
    TYPE_PG_SNAPSHOT,    TYPE_OID,         TYPE_OIDVECTOR,    TYPE_INT2VECTOR, TYPE_INT4_ARRAY,
    TYPE_JSON_ARRAY,     TYPE_INT4RANGE,   TYPE_NUMRANGE,     TYPE_TSTZRANGE,  TYPE_DATERANGE,
    TYPE_INT4MULTIRANGE, TYPE_REGCLASS,    TYPE_REGTYPE,      TYPE_REGPROC,    TYPE_REGPROCEDURE,
    TYPE_REGOPER,        TYPE_REGOPERATOR, TYPE_REGNAMESPACE, TYPE_REGCONFIG,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    Arena *arena = arena_new();
    Catalog *catalog = catalog_new(arena);
    const char *text = arena_strndup(arena, (const char *)data + 1, size - 1);
    LiteralError error = {0};
    bool valid = literal_valid(catalog, arena, types[data[0] % (sizeof types / sizeof *types)], -1, text, &error);
    if (!valid && (!error.code || !error.message))
        __builtin_trap();
    arena_free(arena);
    return 0;
}
