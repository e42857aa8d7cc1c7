/* What a caller may rely on; compiled, not run. */
#include "forms.sql.h"
#include "names.sql.h"

querc_status add_and_change(querc_conn *db, querc_numeric fee, const params_partial_params *change,
                            params_animals *animal);

/* All columns of a table are the table's struct, also where a query proves more of them not null. */
querc_status add_and_change(querc_conn *db, querc_numeric fee, const params_partial_params *change,
                            params_animals *animal)
{
    querc_status status = params_add(db, 1, "Tom", fee, PARAMS_SPECIES_CAT, animal);
    if (status != QUERC_OK)
        return status;
    if (animal->has_fee)
        params_animals_free(animal);
    return params_partial(db, change, animal);
}
