/* What the files of types/ share. */
#ifndef QUERC_TYPES_INTERNAL_H
#define QUERC_TYPES_INTERNAL_H

#include "base/map.h"
#include "catalog/builtin_oids.h"
#include "types/types.h"

/* pg_type.typcategory of string types. */
enum { CATEGORY_STRING = 'S' };

/* get_range_subtype, get_range_multirange, get_multirange_range: 0 when the type is none. */
Oid type_range_subtype(const Catalog *catalog, Oid type);
Oid type_range_multirange(const Catalog *catalog, Oid type);
Oid type_multirange_range(const Catalog *catalog, Oid type);
/* ISCOMPLEX: a composite type or a domain over one; not RECORD. */
bool type_is_complex(const Catalog *catalog, Oid type);
/* is_complex_array: an array of such. */
bool type_is_complex_array(const Catalog *catalog, Oid type);

/* The name of a polymorphic type, NULL of any other. */
const char *polymorphic_name(Oid type);

/* func_match_argtypes: keeps the candidates whose arguments the actual types can be coerced to; gives their number.
 */
size_t candidates_match(const Catalog *catalog, CandidateList *candidates, size_t nargs, const Oid *args);
/* func_select_candidate: the best of several candidates that match, or NULL when the rules find none. Reorders the
 * list. */
const Candidate *candidates_select(const Catalog *catalog, Arena *arena, CandidateList *candidates, size_t nargs,
                                   const Oid *args);

/* Where a schema stands in the search path for functions and operators, or -1; with a qualifier, 0 for that schema.
 */
int schema_position(const Catalog *catalog, Oid qualifier, Oid schema);

#endif
