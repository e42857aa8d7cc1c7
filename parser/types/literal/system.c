/* Types of the server's own bookkeeping: OIDs, tuple identifiers, log positions, snapshots (oid.c, int.c, tid.c,
 * pg_lsn.c, xid8funcs.c). */
#include "types/literal/check.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* strtoul: *end behind the number, start when there is none. ERANGE in errno when it is too large. */
static unsigned long scan_unsigned(const char *start, const char **end, int base)
{
    char *stop;
    errno = 0;
    unsigned long value = strtoul(start, &stop, base);
    *end = stop;
    return value;
}

/* Whether it is a 32-bit number, signed or not: 4294967295 and -1 are the same. */
static bool fits_32_bits(unsigned long value)
{
    return value <= UINT32_MAX || value >= (unsigned long)(long)INT32_MIN;
}

/* oidin_subr: a number with white space behind it; what else may follow is up to the caller. */
static bool scan_oid(Literal *in, const char **cursor)
{
    const char *end;
    unsigned long value = scan_unsigned(*cursor, &end, 10);
    if (end == *cursor)
        return literal_bad_syntax(in, "oid");
    if (errno == ERANGE)
        return literal_out_of_range(in, "oid");
    *cursor = skip_spaces(end);
    return fits_32_bits(value) || literal_out_of_range(in, "oid");
}

bool input_oid(Literal *in)
{
    /* What is wrong behind a number counts for more than that it is too large, unless no long holds it. */
    const char *end, *start = in->text;
    (void)scan_unsigned(start, &end, 10);
    if (end > start && errno != ERANGE && *skip_spaces(end))
        return literal_bad_syntax(in, "oid");
    return scan_oid(in, &start);
}

/* ---- Vectors: numbers with white space between them; errors show the rest ---- */

bool input_oidvector(Literal *in)
{
    const char *at = skip_spaces(in->text);
    while (*at) {
        in->text = at;
        if (!scan_oid(in, &at))
            return false;
    }
    return true;
}

bool input_int2vector(Literal *in)
{
    const char *at = skip_spaces(in->text);
    while (*at) {
        in->text = at;
        errno = 0;
        char *end;
        long value = strtol(at, &end, 10);
        if (end == at)
            return literal_bad_syntax(in, "smallint");
        if (errno == ERANGE || value < INT16_MIN || value > INT16_MAX)
            return literal_out_of_range(in, "smallint");
        if (*end && *end != ' ')
            return literal_bad_syntax(in, "smallint");
        at = skip_spaces(end);
    }
    return true;
}

/* ---- Tuple identifiers ---- */

/* tidin: "(block,offset)", with anything before the parenthesis and after the other. */
bool input_tid(Literal *in)
{
    const char *start[2];
    int found = 0;
    for (const char *at = in->text; *at && found < 2 && *at != ')'; at++)
        if (*at == ',' || (*at == '(' && found == 0))
            start[found++] = at + 1;
    if (found < 2)
        return literal_bad_syntax(in, "tid");
    const char *end;
    unsigned long value = scan_unsigned(start[0], &end, 10);
    if (errno || *end != ',' || !fits_32_bits(value))
        return literal_bad_syntax(in, "tid");
    value = scan_unsigned(start[1], &end, 10);
    if (errno || *end != ')' || value > UINT16_MAX)
        return literal_bad_syntax(in, "tid");
    return true;
}

/* ---- Positions in the write-ahead log ---- */

bool input_lsn(Literal *in)
{
    enum { HALF_DIGITS = 8 };
    static const char hex[] = "0123456789abcdefABCDEF";
    size_t high = strspn(in->text, hex);
    if (high < 1 || high > HALF_DIGITS || in->text[high] != '/')
        return literal_bad_syntax(in, "pg_lsn");
    const char *rest = in->text + high + 1;
    size_t low = strspn(rest, hex);
    return (low >= 1 && low <= HALF_DIGITS && rest[low] == '\0') || literal_bad_syntax(in, "pg_lsn");
}

/* ---- Snapshots ---- */

/* parse_snapshot: "xmin:xmax:xid,xid,…", the latter in order and from xmin to before xmax. Of those two the part
 * below the epoch may not be zero. */
static bool read_snapshot(const char *text)
{
    const char *at;
    unsigned long xmin = scan_unsigned(text, &at, 10);
    if (*at++ != ':')
        return false;
    unsigned long xmax = scan_unsigned(at, &at, 10);
    if (*at++ != ':' || (uint32_t)xmin == 0 || (uint32_t)xmax == 0 || xmax < xmin)
        return false;
    unsigned long last = 0;
    while (*at) {
        unsigned long xid = scan_unsigned(at, &at, 10);
        if (xid < xmin || xid >= xmax || xid < last)
            return false;
        last = xid;
        if (*at == ',')
            at++;
        else if (*at)
            return false;
    }
    return true;
}

bool input_snapshot(Literal *in)
{
    return read_snapshot(in->text) || literal_bad_syntax(in, "pg_snapshot");
}
