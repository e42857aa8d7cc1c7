/* How deeply a text nests, found before PostgreSQL's parser sees it.
 *
 * The grammar's own stack ends at 10,000 symbols, which bounds parentheses, NOT and everything else that recurses
 * to the right. Chains that recurse to the left (1+1+1, UNION, JOIN, IS NULL, casts) need none of that stack and
 * make a tree of any depth, whose output and unpacking recurse. So what is counted is what can make such a chain
 * longer. */
#include "ast/ast_private.h"

#include "source/lex.h"

typedef struct Level {
    size_t chain; /* operators and words since the last separator */
    size_t joins; /* UNION, JOIN and their like */
} Level;

/* Levels of parentheses beyond this are for the grammar to refuse. */
enum { NESTING_LIMIT = 20000 };

typedef struct Measure {
    Level *levels;
    size_t depth; /* of parentheses */
    size_t below; /* sum of the levels below the top */
    size_t most;
} Measure;

/* Words after which an expression starts anew: lists of conditions are flat in the tree, clauses stand side by
 * side. */
static const char *const separators[] = {"and",   "or",   "when",  "then",   "else",  "select",   "from",
                                         "where", "on",   "using", "values", "group", "order",    "having",
                                         "limit", "join", "union", "except", "set",   "intersect"};
static const char *const chaining[] = {"union", "except", "intersect", "join"};

static bool one_of(const char *text, const Lexeme *word, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (lexeme_is(text, word, words[i]))
            return true;
    return false;
}

static void note_most(Measure *measure)
{
    const Level *top = &measure->levels[measure->depth];
    size_t here = measure->below + top->chain + top->joins + 1;
    if (here > measure->most)
        measure->most = here;
}

static void measure_word(Measure *measure, const char *text, const Lexeme *word)
{
    Level *top = &measure->levels[measure->depth];
    size_t len = word->end - word->start;
    if (len < 2 || len > 9) {
        top->chain++;
        return;
    }
    if (one_of(text, word, chaining, sizeof chaining / sizeof *chaining))
        top->joins++;
    if (one_of(text, word, separators, sizeof separators / sizeof *separators))
        top->chain = 0;
    else
        top->chain++;
}

static void measure_lexeme(Measure *measure, const char *text, const Lexeme *lexeme)
{
    Level *top = &measure->levels[measure->depth];
    switch (lexeme->kind) {
    case LEX_OPEN:
        if (measure->depth + 1 < NESTING_LIMIT) {
            measure->below += top->chain + top->joins + 1;
            measure->levels[++measure->depth] = (Level){0};
        }
        break;
    case LEX_CLOSE:
        if (measure->depth > 0) {
            top = &measure->levels[--measure->depth];
            measure->below -= top->chain + top->joins + 1;
        }
        break;
    case LEX_SEMICOLON:
        measure->depth = measure->below = 0;
        measure->levels[0] = (Level){0};
        break;
    case LEX_COMMA:
        top->chain = 0;
        break;
    case LEX_WORD:
        measure_word(measure, text, lexeme);
        break;
    case LEX_OTHER:
        top->chain++;
        break;
    case LEX_STRING:
    case LEX_PARAM:
    case LEX_QUOTED_NAME:
    case LEX_LINE_COMMENT:
    case LEX_BLOCK_COMMENT:
    case LEX_BACKSLASH:
        break;
    }
    note_most(measure);
}

/* The most lexemes that a statement has, which is also a bound, and quicker to find. */
static size_t longest_statement(const char *text, size_t len)
{
    Lexer lexer = lexer_of(text, len);
    Lexeme lexeme;
    size_t count = 0, most = 0;
    while (lex_next(&lexer, &lexeme)) {
        count = lexeme.kind == LEX_SEMICOLON ? 0 : count + 1;
        if (count > most)
            most = count;
    }
    return most;
}

size_t depth_estimate(const char *text, size_t len, size_t enough)
{
    size_t longest = longest_statement(text, len);
    if (longest <= enough)
        return longest;
    Measure measure = {.levels = xmalloc(NESTING_LIMIT * sizeof(Level))};
    measure.levels[0] = (Level){0};
    Lexer lexer = lexer_of(text, len);
    Lexeme lexeme;
    while (lex_next(&lexer, &lexeme))
        measure_lexeme(&measure, text, &lexeme);
    xfree(measure.levels);
    return measure.most;
}
