/* Every row that the server has comes back as arguments, one by one, in a batch and by COPY, and has to be the same
 * row again. */
#include "eui64.h"
#include "json_test.h"
#include "members.h"
#include "things.sql.h"

#include <stdio.h>
#include <stdlib.h>

static querc_conn *db;

static void check(querc_status status, const char *what)
{
    if (status == QUERC_OK)
        return;
    printf("%s: %s: %s\n", what, querc_status_name(status), querc_last_error(db)->message);
    exit(1);
}

/* Columns that row + distance has otherwise. */
static void compare(int32_t distance, const char *const *without, size_t len, const char *what)
{
    t_count_different_row count;
    t_which_differ_rows names;
    check(t_count_different(db, distance, (querc_text_array){.items = without, .len = len}, &count), "compare");
    printf("%s: %d rows differ\n", what, (int)count.count);
    if (count.count == 0)
        return;
    check(t_which_differ(db, distance, &names), "which");
    for (size_t i = 0; i < names.len; i++)
        printf("    %s\n", names.items[i].key);
    t_which_differ_rows_free(&names);
}

int main(void)
{
    static const char *const not_copied[] = {"tv", "tq", "tvs"};
    static const char *const not_in_bulk[] = {"comp", "mac8s", "i4s", "texts", "moods", "doms", "comps",
                                              "pts",  "rs",    "frs", "tvs",   "hss",   "dates"};
    t_list_things_rows rows;
    int64_t count;
    check(querc_open("", NULL, &db), "open");
    check(t_list_things(db, &rows), "list");
    t_add_things_params items[2];
    t_copy_things_params copies[2];
    t_bulk_things_params bulk[2];
    for (size_t i = 0; i < rows.len && i < 2; i++) {
        const t_thing *row = &rows.items[i];
        const t_add_thing_params params = {.id = row->id + 100, ALL_MEMBERS};
        const t_add_things_params item = {.id = row->id + 200, ALL_MEMBERS};
        const t_copy_things_params copy = {.id = row->id + 300, COPIED_MEMBERS};
        check(t_add_thing(db, &params, &count), "one");
        const t_bulk_things_params row_of_bulk = {.id = row->id + 400, BULK_MEMBERS};
        bulk[i] = row_of_bulk;
        items[i] = item;
        copies[i] = copy;
    }
    check(t_add_things(db, items, 2, QUERC_BATCH_ATOMIC, NULL), "batch");
    check(t_copy_things(db, copies, 2, &count), "copy");
    check(t_bulk_things(db, bulk, 2, &count), "bulk");
    compare(100, NULL, 0, "one by one");
    compare(200, NULL, 0, "batch");
    compare(300, not_copied, 3, "copy");
    compare(400, not_in_bulk, sizeof not_in_bulk / sizeof *not_in_bulk, "bulk");

    const t_get_things_params ids[] = {{1}, {3}};
    t_get_things_batch batch;
    check(t_get_things(db, ids, 2, QUERC_BATCH_EACH, &batch), "get");
    const t_thing *first = &batch.items[0];
    printf("mac8 is %llx, hstore has %d pairs, the point is (%g, %g), tsvector %s\n",
           (unsigned long long)first->mac8.number, (int)first->hs.len, first->pt.x, first->pt.y, first->tv);
    printf("float range: %c%g,%g%c in %d ranges\n", first->fr.lower_inclusive ? '[' : '(', first->fr.lower,
           first->fr.upper, first->fr.upper_inclusive ? ']' : ')', (int)first->fm.len);
    printf("the other is %s\n", querc_status_name(batch.outcomes[1].status));
    t_get_things_batch_free(&batch);
    t_shown shown;
    char number[32];
    check(t_get_shown(db, 1, &shown), "text format");
    querc_numeric_to_text(shown.n, number, sizeof number);
    printf("cube %s, day %d, %d tags, %s\n", shown.cube, (int)shown.day.days, (int)shown.tags.len, number);
    t_shown_free(&shown);
    t_list_things_rows_free(&rows);
    test_json(db);
    querc_close(db);
    return 0;
}
