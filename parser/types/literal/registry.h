/* Names within literals, for the two files of registry types. */
#ifndef QUERC_TYPES_LITERAL_REGISTRY_H
#define QUERC_TYPES_LITERAL_REGISTRY_H

#include "types/literal/check.h"

typedef struct QualifiedName {
    size_t nparts;
    const char *schema, *name; /* the last two; schema may be NULL */
} QualifiedName;

/* Whether it is digits alone. */
bool registry_is_number(const char *text);
/* stringToQualifiedNameList: false after reporting. */
bool registry_read_name(Literal *in, const char *text, QualifiedName *name);
/* The schema of the name, 0 when it has none; false after reporting that it does not exist. */
bool registry_find_schema(Literal *in, const QualifiedName *name, Oid *schema);
/* At most database, schema and name. */
bool registry_check_parts(Literal *in, const QualifiedName *name);
/* Whether it may name something that the catalog does not hold. */
bool registry_is_hidden(const QualifiedName *name);

#endif
