/* libpqtypes: PQgetf and PQexecf. It has no prepared statements with a result of its own, so look-ups are parsed
 * each time; that is how its users write them. */
#include "bench.h"

#include <libpqtypes.h>
#include <stdlib.h>

void pqtypes_prepare(Bench *bench)
{
    if (!PQinitTypes(bench->pg))
        fail("libpqtypes", PQgeterror());
}

static void get_item(const PGresult *result, int row, Item *item)
{
    PGint8 id;
    PGtext name;
    PGtimestamp created;
    PGfloat8 weight;
    PGbool active;
    if (!PQgetf(result, row, "%int8 %text %timestamptz %float8 %bool", 0, &id, 1, &name, 2, &created, 3, &weight, 4,
                &active))
        fail("libpqtypes", PQgeterror());
    *item = (Item){id, name, created.epoch, weight, active != 0, NULL};
}

void pqtypes_rows(Bench *bench)
{
    PGresult *result = PQparamExec(bench->pg, NULL, "SELECT id, name, created, weight, active FROM item", 1);
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        fail("libpqtypes", PQgeterror());
    size_t len = (size_t)PQntuples(result);
    Item *items = malloc(len * sizeof *items);
    if (items == NULL)
        fail("libpqtypes", "out of memory");
    for (size_t i = 0; i < len; i++)
        get_item(result, (int)i, &items[i]);
    use(items, len);
    free(items);
    PQclear(result);
}

void pqtypes_lookups(Bench *bench)
{
    for (PGint8 id = 1; id <= LOOKUPS; id++) {
        Item item;
        PGresult *result =
            PQexecf(bench->pg, "SELECT id, name, created, weight, active FROM item WHERE id = %int8", id);
        if (PQresultStatus(result) != PGRES_TUPLES_OK || PQntuples(result) != 1)
            fail("libpqtypes", PQgeterror());
        get_item(result, 0, &item);
        use(&item, 1);
        PQclear(result);
    }
}
