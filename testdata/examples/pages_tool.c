/*
 * A command-line tool: one connection, one command, an exit code.
 *
 *   pages hit PATH          counts a view
 *   pages show PATH         prints a page's views
 *   pages top COUNT         prints the pages that were seen most
 *   pages move FROM TO N    moves N views from one page to another, both or neither
 *
 * Connects by libpq's environment (PGHOST and so on). Nothing takes longer than ten seconds.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pages.sql.h"

/* --- commands ------------------------------------------------------------------------------------------------- */

static querc_status hit(querc_conn *db, char **args)
{
    web_count_view_row row;
    querc_status status = web_count_view(db, args[0], &row);
    if (status == QUERC_OK)
        printf("%s: %" PRId64 "\n", args[0], row.views);
    return status;
}

static querc_status show(querc_conn *db, char **args)
{
    web_page page;
    querc_status status = web_get_page(db, args[0], &page);
    if (status == QUERC_OK)
        printf("%s: %" PRId64 "\n", page.path, page.views);
    web_page_free(&page);
    return status;
}

static querc_status top(querc_conn *db, char **args)
{
    web_list_pages_rows pages;
    querc_status status = web_list_pages(db, strtoll(args[0], NULL, 10), &pages);
    for (size_t i = 0; i < pages.len; i++)
        printf("%8" PRId64 "  %s\n", pages.items[i].views, pages.items[i].path);
    web_list_pages_rows_free(&pages);
    return status;
}

typedef struct Move {
    const char *from, *to;
    int64_t views;
} Move;

/* Runs in a transaction, and again if that was in another one's way: so it does nothing that can't be repeated. */
static querc_status move_views(querc_conn *db, void *context)
{
    const Move *move = context;
    int64_t from = 0;
    int64_t to = 0;
    querc_status status = web_change_views(db, -move->views, move->from, &from);
    if (status == QUERC_OK)
        status = web_change_views(db, move->views, move->to, &to);
    if (status == QUERC_OK && (from == 0 || to == 0))
        status = QUERC_NO_ROWS;
    return status;
}

static querc_status move(querc_conn *db, char **args)
{
    const querc_tx_options options = {.isolation = QUERC_REPEATABLE_READ};
    Move context = {args[0], args[1], strtoll(args[2], NULL, 10)};
    return querc_transaction(db, &options, move_views, &context);
}

static const struct {
    const char *name;
    int args;
    querc_status (*run)(querc_conn *db, char **args);
} commands[] = {{"hit", 1, hit}, {"show", 1, show}, {"top", 1, top}, {"move", 3, move}};

/* --- what the user is told --------------------------------------------------------------------------------------
 */

static int explain(const querc_conn *db, querc_status status)
{
    const querc_error *error = querc_last_error(db);
    if (status == QUERC_OK)
        return 0;
    if (status == QUERC_NO_ROWS)
        fprintf(stderr, "there is no such page\n");
    else if (error->constraint_id == WEB_PAGES_VIEWS_NOT_NEGATIVE)
        fprintf(stderr, "so many views there are not\n");
    else
        fprintf(stderr, "%s: %s\n", querc_status_name(status), error->message);
    return 1;
}

int main(int argc, char **argv)
{
    const querc_options options = {.timeout_ms = 10000, .connect_timeout_ms = 10000};
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (argc < 2 || strcmp(argv[1], commands[i].name) != 0 || argc != 2 + commands[i].args)
            continue;
        querc_conn *db;
        querc_status status = querc_open("", &options, &db);
        if (status == QUERC_OK)
            status = commands[i].run(db, argv + 2);
        int code = explain(db, status);
        querc_close(db);
        return code;
    }
    fprintf(stderr, "usage: pages hit PATH | show PATH | top COUNT | move FROM TO N\n");
    return 2;
}
