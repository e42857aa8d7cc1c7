/* Uses what was proved, then breaks the schema behind the program's back. */
#include "titles.sql.h"

#include <inttypes.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>

static querc_conn *db;

static void check(querc_status status)
{
    if (status == QUERC_OK)
        return;
    const querc_error *error = querc_last_error(db);
    fprintf(stderr, "%s: %s: %s\n", error->query, querc_status_name(status), error->message);
    exit(1);
}

static void run(const char *sql)
{
    PGresult *result = PQexec(querc_pgconn(db), sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        fprintf(stderr, "%s", PQerrorMessage(querc_pgconn(db)));
        exit(1);
    }
    PQclear(result);
}

static void list(void)
{
    list_titles_rows titles = {0};
    check(list_titles(db, &titles));
    for (size_t i = 0; i < titles.len; i++) {
        const list_titles_row *row = &titles.items[i];
        printf("%s: %s\n", row->t.title, row->has_p ? row->p.name : "no publisher");
    }
    list_titles_rows_free(&titles);
    list_first_rows first = {0};
    check(list_first(db, &first));
    for (size_t i = 0; i < first.len; i++)
        printf("%" PRId32 " was first published by %s, %s\n", first.items[i].id, first.items[i].name,
               first.items[i].f.city != NULL ? first.items[i].f.city : "somewhere");
    list_first_rows_free(&first);
}

int main(void)
{
    if (querc_open("", NULL, &db) != QUERC_OK) {
        fprintf(stderr, "cannot connect: %s\n", querc_last_error(db)->message);
        return 1;
    }
    list();
    marked_row counts = {0};
    check(marked(db, &counts));
    printf("highest %" PRId32 ", %s%" PRId32 " too\n", counts.highest, counts.has_number ? "" : "not ",
           counts.number);
    set_city_row city = {0};
    check(set_city(db, 1, &city));
    printf("in %s now\n", city.city);
    set_city_row_free(&city);

    run("ALTER TABLE titles ALTER title DROP NOT NULL");
    run("UPDATE titles SET title = NULL WHERE id = 2");
    get_title_row one = {0};
    querc_status status = get_title(db, 2, &one);
    printf("%s: %s\n", querc_status_name(status), querc_last_error(db)->message);
    list_titles_rows titles = {0};
    status = list_titles(db, &titles);
    printf("%s: %s\n", querc_status_name(status), querc_last_error(db)->message);
    printf("%s\n", querc_status_name(get_title(db, 1, &one)));
    get_title_row_free(&one);
    querc_close(db);
    return 0;
}
