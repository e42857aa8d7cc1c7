// querc.h from C++: the functions link, and structs initialize as aggregates.
#include "querc.h"

#include <cstdio>
#include <cstring>

int main()
{
    querc_date date = {};
    char text[32];
    if (!querc_date_from_ymd(2024, 2, 29, &date))
        return 1;
    querc_date_to_text(date, text, sizeof text);
    const int32_t ids[] = {1, 2, 3};
    const querc_int4_array array = {ids, 3, nullptr, nullptr};
    bool right = std::strcmp(text, "2024-02-29") == 0 && array.len == 3 && querc_type_int4.oid == 23;
    return right && std::strcmp(querc_status_name(QUERC_DONE), "QUERC_DONE") == 0 ? 0 : 1;
}
