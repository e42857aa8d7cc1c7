/* Each statement with arguments that violate something: what it is has to be in the statement's own enum. */
#include "q.sql.h"

#include <stdio.h>
#include <stdlib.h>

static querc_conn *db;

static void report(const char *what, querc_status status, int violated)
{
    const querc_error *error = querc_last_error(db);
    if (status != QUERC_CONSTRAINT || violated == 0 || violated != error->constraint_id) {
        printf("%s: %s %s: %s, not in its enum\n", what, querc_status_name(status), error->sqlstate,
               error->message);
        exit(1);
    }
    printf("%s: %s %s%s%s\n", what, error->sqlstate, error->table, error->data_type,
           error->constraint[0] != '\0' ? "" : " NOT NULL");
}

#define VIOLATES(FUNCTION, ...)                                                                                    \
    do {                                                                                                           \
        querc_status status = v_##FUNCTION(db, __VA_ARGS__);                                                       \
        report(#FUNCTION, status, (int)v_##FUNCTION##_violated(querc_last_error(db)));                             \
    } while (0)

int main(void)
{
    const int32_t ten = 10, zero = 0, thirty = 30;
    if (querc_open("", NULL, &db) != QUERC_OK)
        return 1;
    VIOLATES(insert, 1, "ten", &ten, "z");     /* primary key */
    VIOLATES(insert, 10, "one", &ten, "z");    /* unique */
    VIOLATES(insert, 10, "1", &ten, "z");      /* domain */
    VIOLATES(insert, 10, "ten", &zero, "z");   /* check */
    VIOLATES(insert, 10, "ten", &ten, "a");    /* exclusion */
    VIOLATES(insert, 10, "ten", &thirty, "z"); /* unique index */
    VIOLATES(insert, 10, "ten", &ten, NULL);   /* not null */
    VIOLATES(insert_nothing, 11, "1");
    VIOLATES(insert_without_id, "y");
    VIOLATES(upsert, 1, "q", &zero);
    VIOLATES(rename, 1, NULL);
    VIOLATES(rename, 1, "b");
    VIOLATES(renumber, 5, 1);  /* primary key */
    VIOLATES(renumber, 50, 1); /* of the keepers */
    VIOLATES(remove, 1);       /* the same */
    VIOLATES(remove, 2);       /* cascades to a row that is kept */
    VIOLATES(remove, 3);       /* set to NULL where NULL can't be */
    VIOLATES(remove2, 1);
    VIOLATES(add_part, 1, "a");   /* the partition's key */
    VIOLATES(add_part, 200, "a"); /* its check */
    VIOLATES(add_part, 0, "a");   /* that of all */
    VIOLATES(move_bases, &(const int32_t){1});
    VIOLATES(move_bases, &(const int32_t){2});
    VIOLATES(insert_through_view, 1, "ten");
    VIOLATES(insert_through_view, 10, "10");
    VIOLATES(insert_through_rule, 77);
    VIOLATES(merge_parents, 88);
    VIOLATES(cast, "1", 1);
    VIOLATES(read, "1");
    /* What has no name is no constraint's: here, that there is no partition for the row. */
    if (v_add_part(db, 5, "z") != QUERC_CONSTRAINT ||
        v_add_part_violated(querc_last_error(db)) != V_ADD_PART_VIOLATES_OTHER)
        return 1;
    querc_close(db);
    return 0;
}
