/* The project "names": every kind of name that C can't take as it is. Generated without a prefix. */
#include "fixture.h"

#include <string.h>

#define COUNT(ARRAY) (sizeof(ARRAY) / sizeof(ARRAY)[0])

static const char *const labels[] = {"",    "a-b", "a_b",          "A B",  "größe",
                                     "2nd", "+",   "\"quoted\\\"", "?\?/", "*/ x /*"};
static const char *const colours[] = {"status", "red"};

/* Longer than a C99 string literal may be. */
static const char *long_sql(Arena *arena)
{
    enum { LINES = 160 };
    static const char line[] = "       'it''s', 'tab\t', '\\',\n";
    char *sql = arena_alloc(arena, sizeof line * LINES + 32);
    strcpy(sql, "SELECT\n");
    for (int i = 0; i < LINES; i++)
        strcat(sql, line);
    return strcat(sql, "       1");
}

static const IrTable *odd_table(Builder *b, const IrType *status, const IrType *status_array)
{
    IrField *columns = arena_array_of(b->arena, 20, IrField);
    size_t n = 0;
    columns[n++] = (IrField){"int", &type_int4, false, NULL};
    columns[n++] = (IrField){"class", &type_int4, true, "a comment with */ and \\ in it,\non two lines"};
    columns[n++] = (IrField){"has_class", &type_bool, false, NULL};
    columns[n++] = (IrField){"owner", &type_text, false, NULL};
    columns[n++] = (IrField){"id", &type_int8, false, NULL};
    columns[n++] = (IrField){"ID", &type_int8, false, NULL};
    columns[n++] = (IrField){"id_2", &type_int8, false, NULL};
    columns[n++] = (IrField){"2fa", &type_text, true, NULL};
    columns[n++] = (IrField){"_hidden", &type_text, true, NULL};
    columns[n++] = (IrField){"größe", &type_numeric, true, NULL};
    columns[n++] = (IrField){"имя", &type_text, true, NULL};
    columns[n++] = (IrField){"a b\"c", &type_bytea, true, NULL};
    columns[n++] = (IrField){"status", status, true, NULL};
    columns[n++] = (IrField){"old_status", status, true, NULL};
    columns[n++] = (IrField){"status_array", status_array, true, NULL};
    columns[n++] = (IrField){"createdAt", &type_timestamptz, false, NULL};
    columns[n++] = (IrField){"!!", &type_jsonb, false, NULL};
    return build_table(b, "statuses", columns, n);
}

const IrProject *names_project(Arena *arena)
{
    static const IrField link_columns[] = {{"link", &type_text, false, NULL}};
    static const IrField item_columns[] = {{"id", &type_int4, false, NULL}};
    static const IrField shape_columns[] = {{"id", &type_int4, false, NULL}, {"at", &type_point, false, NULL}};
    Builder b = {.arena = arena};
    const IrType *status = build_enum(&b, "status", labels, COUNT(labels));
    const IrType *status_array = build_array(&b, status);
    build_enum(&b, "Colour", colours, COUNT(colours));
    build_enum(&b, "empty", NULL, 0);
    const IrTable *odd = odd_table(&b, status, status_array);
    const IrTable *links = build_table(&b, "links", link_columns, COUNT(link_columns));
    const IrTable *items = build_table(&b, "items", item_columns, COUNT(item_columns));
    build_table(&b, "shapes", shape_columns, COUNT(shape_columns));
    build_constraint(&b, "statuses", "2 fast", 'c');
    build_constraint(&b, "statuses", "status_a_b", 'c');
    build_constraint(&b, "links", "größe>0", 'c');

    build_file(&b, "some file-name.v2.sql");
    IrQuery *q = build_query(&b, "Select", IR_MANY, "SELECT * FROM statuses");
    build_star(&b, q, odd);
    q = build_query(&b, "Connect", IR_ONE, "SELECT link FROM links WHERE link = $1");
    build_param(&b, q, "link", &type_text, false);
    build_star(&b, q, links);
    q = build_query(&b, "GetHTTPUserIDsV2", IR_ONE, long_sql(arena));
    build_param(&b, q, "row", &type_int4, false);
    build_param(&b, q, "db", &type_int4, true);
    build_param(&b, q, "status", status, true);
    build_param(&b, q, "item", &type_int4, true);
    build_column(&b, q, "?column?", &type_text, false);
    build_column(&b, q, "?column?", &type_text, false);
    build_column(&b, q, "Größe", &type_text, true);
    q = build_query(&b, "Embeds", IR_ONE, "SELECT 1");
    build_embed(&b, q, "item", items, true);
    build_embed(&b, q, "link", links, false);
    build_embed(&b, q, "link", links, true);
    build_column(&b, q, "has_item", &type_bool, false);
    q = build_query(&b, "PutStatus", IR_EXEC, "SELECT $1, $2, $3, $4, $5 -- ?\?/\n");
    build_param(&b, q, "status", status, false);
    build_param(&b, q, "new", status, true);
    build_param(&b, q, "status_array", status_array, false);
    build_param(&b, q, "params", &type_text, true);
    build_param(&b, q, "delete", &type_uuid_array, true);
    q->docs = "@brief \\x  trailing   \n\nbidi: \xE2\x80\xAE end";
    return build_project(&b);
}
