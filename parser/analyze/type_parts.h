/* How type_name.c and typmod.c share the work on type names. */
#ifndef QUERC_ANALYZE_TYPE_PARTS_H
#define QUERC_ANALYZE_TYPE_PARTS_H

#include "analyze/parse_state.h"

/* typenameTypeMod: the modifier that the name's arguments stand for; false after an error. */
bool typmod_resolve(const AnalyzeContext *context, const Type *type, const PgQuery__TypeName *name,
                    int32_t *typmod);

/* Adds "did you mean" to an error about an unknown type when some type has nearly that name. */
void type_name_hint(const AnalyzeContext *context, Diag *diag, const PgQuery__TypeName *name);

#endif
