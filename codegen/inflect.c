/* The singular of English plurals, for the names of structs.
 *
 * The rules are the usual ones of web frameworks, which sqlc has too, so that a table gives the same name as there:
 * words that never change, words with a plural of their own, then endings, the first that fits. Only the last word
 * of a name changes. */
#include "codegen/names.h"

#include <string.h>

/* Words that are their own singular, or whose ending looks like a plural's. */
static const char *const unchanged[] = {
    "equipment", "information", "rice",     "money",   "species", "series", "fish",       "sheep",
    "jeans",     "police",      "milk",     "salt",    "time",    "water",  "paper",      "food",
    "art",       "cash",        "music",    "help",    "luck",    "oil",    "progress",   "rain",
    "research",  "shopping",    "software", "traffic", "campus",  "meta",   "metadata",   "news",
    "bus",       "lens",        "gas",      "canvas",  "atlas",   "always", "this",       "is",
    "has",       "was",         "https",    "dns",     "sms",     "aws",    "kubernetes",
};

typedef struct Rule {
    const char *plural, *singular;
} Rule;

static const Rule irregular[] = {
    {"people", "person"},   {"men", "man"},      {"women", "woman"},      {"children", "child"},
    {"sexes", "sex"},       {"moves", "move"},   {"mice", "mouse"},       {"lice", "louse"},
    {"oxen", "ox"},         {"feet", "foot"},    {"teeth", "tooth"},      {"geese", "goose"},
    {"shoes", "shoe"},      {"waves", "wave"},   {"calories", "calorie"}, {"movies", "movie"},
    {"cookies", "cookie"},  {"caches", "cache"}, {"quizzes", "quiz"},     {"databases", "database"},
    {"axes", "axis"},       {"viri", "virus"},   {"octopi", "octopus"},   {"theses", "thesis"},
    {"buses", "bus"},       {"gases", "gas"},    {"lenses", "lens"},      {"aliases", "alias"},
    {"canvases", "canvas"}, {"ties", "tie"},     {"pies", "pie"},         {"lies", "lie"},
    {"menus", "menu"},      {"apis", "api"}};

static const Rule endings[] = {
    {"analyses", "analysis"},
    {"diagnoses", "diagnosis"},
    {"parentheses", "parenthesis"},
    {"prognoses", "prognosis"},
    {"synopses", "synopsis"},
    {"hypotheses", "hypothesis"},
    {"bases", "base"},
    {"crises", "crisis"},
    {"testes", "testis"},
    {"statuses", "status"},
    {"viruses", "virus"},
    {"campuses", "campus"},
    {"vertices", "vertex"},
    {"indices", "index"},
    {"matrices", "matrix"},
    {"lves", "lf"},
    {"eaves", "eaf"},
    {"nives", "nife"},
    {"wives", "wife"},
    {"lives", "life"},
    {"nuses", "nus"},
    {"ouses", "ouse"},
    {"xes", "x"},
    {"ches", "ch"},
    {"sses", "ss"},
    {"shes", "sh"},
    {"zzes", "zz"},
    {"quies", "quy"},
    {"eies", "eie"},
    {"ies", "y"},
    {"oes", "o"},
    {"ss", "ss"},
    {"us", "us"},
    {"is", "is"},
    {"ta", "tum"},
    {"ia", "ium"},
    {"s", ""},
};

static bool ends_with(const char *text, size_t len, const char *end)
{
    size_t n = strlen(end);
    return len >= n && memcmp(text + len - n, end, n) == 0;
}

static const char *replace_end(Arena *arena, const char *name, size_t cut, const char *end)
{
    return arena_printf(arena, "%.*s%s", (int)(strlen(name) - cut), name, end);
}

const char *name_singular(Arena *arena, const char *name)
{
    const char *last = strrchr(name, '_');
    const char *word = last == NULL ? name : last + 1;
    size_t len = strlen(word);
    if (len < 3)
        return name;
    for (size_t i = 0; i < sizeof unchanged / sizeof unchanged[0]; i++)
        if (strcmp(word, unchanged[i]) == 0)
            return name;
    for (size_t i = 0; i < sizeof irregular / sizeof irregular[0]; i++)
        if (strcmp(word, irregular[i].plural) == 0)
            return replace_end(arena, name, len, irregular[i].singular);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (ends_with(word, len, endings[i].plural))
            return replace_end(arena, name, strlen(endings[i].plural), endings[i].singular);
    return name;
}
