/* Compiled only: querc.h is strict C99, needs no other header, and its struct layout macros work in a user's code.
 */
#include "querc.h"

QUERC_ARRAY_TYPE(a_users_array, querc_uuid);

int header_is_c99(const a_users_array *array);
int header_is_c99(const a_users_array *array)
{
    return array->len > 0 && querc_is_error(QUERC_ERROR);
}
