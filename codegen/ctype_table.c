/* The rows of the table of C types. */
#include "codegen/ctype_table.h"

#include <stddef.h>
#include <string.h>

const CKindInfo ckind_info[CKIND_COUNT] = {
#define X(KIND, C_TYPE, ARRAY, FLAGS) [CKIND_##KIND] = {"QUERC_KIND_" #KIND, C_TYPE, ARRAY, FLAGS},
    CTYPE_KINDS(X)
#undef X
};

#define SYSTEM(NAME, KIND)                                                                                         \
    {                                                                                                              \
        "pg_catalog", NULL, #NAME, "querc_type_" #NAME, CKIND_##KIND, NULL, NULL, 0                                \
    }
/* The wire's binary form is an OID, the text a name. */
#define REG(NAME)                                                                                                  \
    {                                                                                                              \
        "pg_catalog", NULL, #NAME, "querc_type_" #NAME, CKIND_UINT4, NULL, NULL, CTYPE_BINARY_ONLY                 \
    }
#define TEXT_FORM(NAME)                                                                                            \
    {                                                                                                              \
        "pg_catalog", NULL, #NAME, NULL, CKIND_TEXT_FORM, NULL, NULL, 0                                            \
    }
#define VECTOR(NAME, C_TYPE)                                                                                       \
    {                                                                                                              \
        "pg_catalog", NULL, #NAME, "querc_type_" #NAME, CKIND_ARRAY, C_TYPE, NULL, 0                               \
    }
#define RANGE(NAME, KIND, FLAGS)                                                                                   \
    {                                                                                                              \
        "pg_catalog", NULL, #NAME, "querc_type_" #NAME, CKIND_##KIND, "querc_" #NAME, "querc_" #NAME "_array",     \
            FLAGS                                                                                                  \
    }
#define EXTENSION(EXTENSION, NAME, KIND)                                                                           \
    {                                                                                                              \
        NULL, EXTENSION, #NAME, NULL, CKIND_##KIND, NULL, NULL, 0                                                  \
    }

static const CTypeEntry entries[] = {
    SYSTEM(bool, BOOL),
    SYSTEM(int2, INT2),
    SYSTEM(int4, INT4),
    SYSTEM(int8, INT8),
    SYSTEM(oid, UINT4),
    SYSTEM(xid, UINT4),
    SYSTEM(cid, UINT4),
    SYSTEM(xid8, UINT8),
    SYSTEM(pg_lsn, LSN),
    SYSTEM(float4, FLOAT4),
    SYSTEM(float8, FLOAT8),
    SYSTEM(money, MONEY),
    SYSTEM(char, CHAR),
    SYSTEM(text, TEXT),
    SYSTEM(varchar, TEXT),
    SYSTEM(bpchar, TEXT),
    SYSTEM(name, TEXT),
    SYSTEM(json, TEXT),
    SYSTEM(xml, TEXT),
    SYSTEM(refcursor, TEXT),
    SYSTEM(cstring, TEXT),
    SYSTEM(unknown, TEXT),
    SYSTEM(jsonb, TEXT_V1),
    SYSTEM(jsonpath, TEXT_V1),
    SYSTEM(bytea, BYTES),
    SYSTEM(uuid, UUID),
    SYSTEM(date, DATE),
    SYSTEM(time, TIME),
    SYSTEM(timetz, TIMETZ),
    SYSTEM(timestamp, TIMESTAMP),
    SYSTEM(timestamptz, TIMESTAMPTZ),
    SYSTEM(interval, INTERVAL),
    SYSTEM(numeric, NUMERIC),
    SYSTEM(inet, INET),
    SYSTEM(cidr, CIDR),
    SYSTEM(macaddr, MACADDR),
    SYSTEM(macaddr8, MACADDR8),
    SYSTEM(bit, BITS),
    SYSTEM(varbit, BITS),
    SYSTEM(tid, TID),
    SYSTEM(point, POINT),
    SYSTEM(line, LINE),
    SYSTEM(lseg, LSEG),
    SYSTEM(box, BOX),
    SYSTEM(path, PATH),
    SYSTEM(polygon, POLYGON),
    SYSTEM(circle, CIRCLE),
    SYSTEM(tsvector, TSVECTOR),
    SYSTEM(tsquery, TSQUERY),
    RANGE(int4range, RANGE, 0),
    RANGE(int8range, RANGE, 0),
    RANGE(numrange, RANGE, CTYPE_POINTS),
    RANGE(tsrange, RANGE, 0),
    RANGE(tstzrange, RANGE, 0),
    RANGE(daterange, RANGE, 0),
    RANGE(int4multirange, MULTIRANGE, 0),
    RANGE(int8multirange, MULTIRANGE, 0),
    RANGE(nummultirange, MULTIRANGE, 0),
    RANGE(tsmultirange, MULTIRANGE, 0),
    RANGE(tstzmultirange, MULTIRANGE, 0),
    RANGE(datemultirange, MULTIRANGE, 0),
    SYSTEM(void, VOID),
    REG(regproc),
    REG(regprocedure),
    REG(regoper),
    REG(regoperator),
    REG(regclass),
    REG(regtype),
    REG(regconfig),
    REG(regdictionary),
    REG(regnamespace),
    REG(regrole),
    REG(regcollation),
    VECTOR(int2vector, "querc_int2_array"),
    VECTOR(oidvector, "querc_uint4_array"),

    /* Their text is all there is. */
    TEXT_FORM(gtsvector),
    TEXT_FORM(aclitem),
    TEXT_FORM(pg_snapshot),
    TEXT_FORM(txid_snapshot),
    TEXT_FORM(pg_node_tree),
    TEXT_FORM(pg_ndistinct),
    TEXT_FORM(pg_dependencies),
    TEXT_FORM(pg_mcv_list),
    TEXT_FORM(pg_brin_bloom_summary),
    TEXT_FORM(pg_brin_minmax_multi_summary),
    TEXT_FORM(anyarray), /* columns of pg_stats */

    EXTENSION("citext", citext, TEXT),
    EXTENSION("ltree", ltree, TEXT_V1),
    EXTENSION("ltree", lquery, TEXT_V1),
    EXTENSION("ltree", ltxtquery, TEXT_V1),
    EXTENSION("hstore", hstore, HSTORE),
};

static bool same_owner(const CTypeEntry *entry, const char *schema, const char *extension)
{
    if (entry->extension != NULL)
        return extension != NULL && strcmp(entry->extension, extension) == 0;
    return schema != NULL && strcmp(entry->schema, schema) == 0;
}

const CTypeEntry *ctype_table_find(const char *schema, const char *extension, const char *name)
{
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++)
        if (strcmp(entries[i].name, name) == 0 && same_owner(&entries[i], schema, extension))
            return &entries[i];
    return NULL;
}
