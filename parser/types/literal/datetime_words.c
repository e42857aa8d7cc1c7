/* The words of dates, times and intervals, and the time zones that are words. */
#include "types/literal/datetime.h"

#include <stdlib.h>
#include <string.h>

enum { WORD_LENGTH = 10 /* TOKMAXLEN */ };

typedef struct WordEntry {
    const char *text;
    Word word;
} WordEntry;

#define MONTH(n)                                                                                                   \
    {                                                                                                              \
        WORD_MONTH, (n)                                                                                            \
    }
#define WEEKDAY                                                                                                    \
    {                                                                                                              \
        WORD_WEEKDAY, 0                                                                                            \
    }
#define UNIT(unit)                                                                                                 \
    {                                                                                                              \
        WORD_UNIT, UNIT_##unit                                                                                     \
    }
#define SPECIAL(special)                                                                                           \
    {                                                                                                              \
        WORD_RESERVED, SPECIAL_##special                                                                           \
    }

/* In order. */
static const WordEntry date_words[] = {
    {"-infinity", SPECIAL(EARLY)},
    {"ad", {WORD_ERA, 0}},
    {"allballs", SPECIAL(MIDNIGHT)},
    {"am", {WORD_MERIDIAN, 0}},
    {"apr", MONTH(4)},
    {"april", MONTH(4)},
    {"at", {WORD_IGNORED, 0}},
    {"aug", MONTH(8)},
    {"august", MONTH(8)},
    {"bc", {WORD_ERA, 1}},
    {"d", UNIT(DAY)},
    {"dec", MONTH(12)},
    {"december", MONTH(12)},
    {"dow", UNIT(OTHER)},
    {"doy", UNIT(OTHER)},
    {"dst", {WORD_DAYLIGHT_MODIFIER, 0}},
    {"epoch", SPECIAL(EPOCH)},
    {"feb", MONTH(2)},
    {"february", MONTH(2)},
    {"fri", WEEKDAY},
    {"friday", WEEKDAY},
    {"h", UNIT(HOUR)},
    {"infinity", SPECIAL(LATE)},
    {"isodow", UNIT(OTHER)},
    {"isoyear", UNIT(OTHER)},
    {"j", UNIT(JULIAN)},
    {"jan", MONTH(1)},
    {"january", MONTH(1)},
    {"jd", UNIT(JULIAN)},
    {"jul", MONTH(7)},
    {"julian", UNIT(JULIAN)},
    {"july", MONTH(7)},
    {"jun", MONTH(6)},
    {"june", MONTH(6)},
    {"m", UNIT(MONTH)},
    {"mar", MONTH(3)},
    {"march", MONTH(3)},
    {"may", MONTH(5)},
    {"mm", UNIT(MINUTE)},
    {"mon", WEEKDAY},
    {"monday", WEEKDAY},
    {"nov", MONTH(11)},
    {"november", MONTH(11)},
    {"now", SPECIAL(NOW)},
    {"oct", MONTH(10)},
    {"october", MONTH(10)},
    {"on", {WORD_IGNORED, 0}},
    {"pm", {WORD_MERIDIAN, 1}},
    {"s", UNIT(SECOND)},
    {"sat", WEEKDAY},
    {"saturday", WEEKDAY},
    {"sep", MONTH(9)},
    {"sept", MONTH(9)},
    {"september", MONTH(9)},
    {"sun", WEEKDAY},
    {"sunday", WEEKDAY},
    {"t", {WORD_ISO_TIME, 0}},
    {"thu", WEEKDAY},
    {"thur", WEEKDAY},
    {"thurs", WEEKDAY},
    {"thursday", WEEKDAY},
    {"today", SPECIAL(DAY)},
    {"tomorrow", SPECIAL(DAY)},
    {"tue", WEEKDAY},
    {"tues", WEEKDAY},
    {"tuesday", WEEKDAY},
    {"wed", WEEKDAY},
    {"wednesday", WEEKDAY},
    {"weds", WEEKDAY},
    {"y", UNIT(YEAR)},
    {"yesterday", SPECIAL(DAY)},
};

static const WordEntry interval_words[] = {
    {"ago", {WORD_AGO, 0}},
    {"c", UNIT(CENTURY)},
    {"cent", UNIT(CENTURY)},
    {"centuries", UNIT(CENTURY)},
    {"century", UNIT(CENTURY)},
    {"d", UNIT(DAY)},
    {"day", UNIT(DAY)},
    {"days", UNIT(DAY)},
    {"dec", UNIT(DECADE)},
    {"decade", UNIT(DECADE)},
    {"decades", UNIT(DECADE)},
    {"decs", UNIT(DECADE)},
    {"h", UNIT(HOUR)},
    {"hour", UNIT(HOUR)},
    {"hours", UNIT(HOUR)},
    {"hr", UNIT(HOUR)},
    {"hrs", UNIT(HOUR)},
    {"m", UNIT(MINUTE)},
    {"microsecon", UNIT(MICROSECOND)},
    {"mil", UNIT(MILLENNIUM)},
    {"millennia", UNIT(MILLENNIUM)},
    {"millennium", UNIT(MILLENNIUM)},
    {"millisecon", UNIT(MILLISECOND)},
    {"mils", UNIT(MILLENNIUM)},
    {"min", UNIT(MINUTE)},
    {"mins", UNIT(MINUTE)},
    {"minute", UNIT(MINUTE)},
    {"minutes", UNIT(MINUTE)},
    {"mon", UNIT(MONTH)},
    {"mons", UNIT(MONTH)},
    {"month", UNIT(MONTH)},
    {"months", UNIT(MONTH)},
    {"ms", UNIT(MILLISECOND)},
    {"msec", UNIT(MILLISECOND)},
    {"msecond", UNIT(MILLISECOND)},
    {"mseconds", UNIT(MILLISECOND)},
    {"msecs", UNIT(MILLISECOND)},
    {"qtr", UNIT(OTHER)},
    {"quarter", UNIT(OTHER)},
    {"s", UNIT(SECOND)},
    {"sec", UNIT(SECOND)},
    {"second", UNIT(SECOND)},
    {"seconds", UNIT(SECOND)},
    {"secs", UNIT(SECOND)},
    {"timezone", UNIT(OTHER)},
    {"timezone_h", UNIT(OTHER)},
    {"timezone_m", UNIT(OTHER)},
    {"us", UNIT(MICROSECOND)},
    {"usec", UNIT(MICROSECOND)},
    {"usecond", UNIT(MICROSECOND)},
    {"useconds", UNIT(MICROSECOND)},
    {"usecs", UNIT(MICROSECOND)},
    {"w", UNIT(WEEK)},
    {"week", UNIT(WEEK)},
    {"weeks", UNIT(WEEK)},
    {"y", UNIT(YEAR)},
    {"year", UNIT(YEAR)},
    {"years", UNIT(YEAR)},
    {"yr", UNIT(YEAR)},
    {"yrs", UNIT(YEAR)},
};

/* Abbreviations of time zones, in order within each list: those of the set "Default", … */
static const char *const zones[] = {
    "acst", "act", "acwst", "aest", "aft",  "akst", "almt", "amt",   "ast",  "awst", "azot", "bdt", "bnt",  "bort",
    "bot",  "bra", "brt",   "btt",  "cast", "cct",  "cet",  "chast", "chut", "cot",  "cst",  "cxt", "ddut", "eat",
    "eet",  "egt", "est",   "fet",  "fjt",  "fnt",  "galt", "gamt",  "gft",  "gilt", "gmt",  "hkt", "hst",  "ict",
    "irt",  "ist", "jayt",  "jst",  "kst",  "lhst", "ligt", "mart",  "met",  "mez",  "mht",  "mmt", "mpt",  "mst",
    "mut",  "mvt", "myt",   "nft",  "npt",  "nst",  "nzst", "nzt",   "pet",  "pgt",  "pht",  "pkt", "pmst", "pont",
    "pst",  "pwt", "ret",   "sast", "sct",  "taht", "tft",  "tjt",   "tot",  "trut", "tvt",  "uct", "ut",   "utc",
    "uyt",  "uzt", "vut",   "wakt", "wast", "wat",  "wet",  "wft",   "wgt",  "xjt",  "yapt", "z",   "zulu",
};
static const char *const daylight_zones[] = {
    "acdt", "acsst", "adt",  "aedt",   "aesst", "akdt", "almst",  "awsst", "azost",  "bdst",   "brst", "bst",
    "cadt", "cdt",   "cest", "cetdst", "chadt", "clst", "edt",    "eest",  "eetdst", "egst",   "fjst", "fnst",
    "idt",  "kdt",   "kgst", "mdt",    "mest",  "mesz", "metdst", "msd",   "must",   "ndt",    "nzdt", "pdt",
    "pkst", "pmdt",  "pyst", "sadt",   "ulast", "uyst", "uzst",   "wadt",  "wdt",    "wetdst", "wgst", "yekst",
};
static const char *const dynamic_zones[] = {
    "amst", "anast", "anat", "arst", "art", "azst",  "azt",  "ckt",  "clt",   "davt",  "easst", "east", "fkst",
    "fkt",  "gest",  "get",  "gyt",  "iot", "irkst", "irkt", "kgt",  "kost",  "krast", "krat",  "lhdt", "lint",
    "lkt",  "magst", "magt", "mawt", "msk", "novst", "novt", "nut",  "omsst", "omst",  "petst", "pett", "pyt",
    "sgt",  "tkt",   "tmt",  "ulat", "vet", "vlast", "vlat", "volt", "yakst", "yakt",  "yekt",
};
/* … and those only another set has, which the setting timezone_abbreviations may choose. */
static const char *const further_zones[] = {
    "aqtst", "aqtt", "cat",   "chost", "chot",  "chst", "cit",  "cvt",  "cwst", "ect", "eit",  "gst",
    "hadt",  "hast", "hdt",   "hovst", "hovt",  "irdt", "irst", "mist", "nct",  "nrt", "orat", "phot",
    "qyzt",  "rott", "sakst", "sakt",  "samst", "samt", "sat",  "sbt",  "sret", "srt", "sst",  "syot",
    "tlt",   "vost", "west",  "wib",   "wit",   "wita", "wsdt", "wsst", "wst",
};
/* Names in letters alone of the time zone database. */
static const char *const named_zones[] = {
    "cet",    "cuba",      "eet",        "egypt",     "eire",    "est",  "factory",   "gb",
    "gmt",    "greenwich", "hongkong",   "hst",       "iceland", "iran", "israel",    "jamaica",
    "japan",  "kwajalein", "libya",      "localtime", "met",     "mst",  "navajo",    "nz",
    "poland", "portugal",  "posixrules", "prc",       "roc",     "rok",  "singapore", "turkey",
    "uct",    "universal", "utc",        "wet",       "zulu",
};

static int compare_entry(const void *key, const void *entry)
{
    return strncmp(key, ((const WordEntry *)entry)->text, WORD_LENGTH);
}

static int compare_name(const void *key, const void *entry)
{
    return strncmp(key, *(const char *const *)entry, WORD_LENGTH);
}

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define FIND_NAME(text, table) (bsearch((text), (table), COUNT(table), sizeof *(table), compare_name) != NULL)

Word word_of_date(const char *text)
{
    const WordEntry *found = bsearch(text, date_words, COUNT(date_words), sizeof *date_words, compare_entry);
    return found ? found->word : (Word){WORD_UNKNOWN, 0};
}

Word word_of_interval(const char *text)
{
    const WordEntry *found =
        bsearch(text, interval_words, COUNT(interval_words), sizeof *interval_words, compare_entry);
    return found ? found->word : (Word){WORD_UNKNOWN, 0};
}

Word word_of_zone(const char *text)
{
    static const char *const greenwich[] = {"gmt", "uct", "ut", "utc", "z", "zulu"};
    if (FIND_NAME(text, zones))
        return (Word){WORD_ZONE, FIND_NAME(text, greenwich)};
    if (FIND_NAME(text, daylight_zones))
        return (Word){WORD_DAYLIGHT_ZONE, 0};
    if (FIND_NAME(text, dynamic_zones))
        return (Word){WORD_DYNAMIC_ZONE, 0};
    return (Word){WORD_UNKNOWN, 0};
}

Word word_of_zone_name(const char *text)
{
    bool known = FIND_NAME(text, further_zones) || FIND_NAME(text, named_zones);
    return known ? (Word){WORD_NAMED_ZONE, 0} : (Word){WORD_UNKNOWN, 0};
}
