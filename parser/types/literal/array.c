/* Arrays (array_in): "{a,b}" of any depth, with "[1:2]=" before it or not, and their elements by the element type's
 * rules. The shape is checked before any element. */
#include "types/literal/check.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { MAXDIM = 6, ARRAY_MAX_ITEMS = 0x3FFFFFFF / 8 /* MaxArraySize */ };

/* What was read last. */
typedef enum Place {
    PLACE_START,
    PLACE_LEVEL_OPENED,
    PLACE_IN_ELEMENT,
    PLACE_IN_QUOTES,
    PLACE_QUOTES_CLOSED,
    PLACE_ELEMENT_DELIMITER,
    PLACE_LEVEL_CLOSED,
    PLACE_LEVEL_DELIMITER
} Place;

typedef struct Element {
    const char *start, *end; /* white space around it left out, quotes not */
} Element;

typedef struct ArrayReader {
    Literal *in;
    char delimiter;
    const char *at;
    Place place;
    int level;                               /* braces open */
    int ndim;                                /* the deepest so far */
    int64_t count[MAXDIM], expected[MAXDIM]; /* items of the brace open at a level; of one closed before it, or 0 */
    int64_t size[MAXDIM];
    VEC(Element) elements;
} ArrayReader;

static bool array_fail(Literal *in)
{
    return literal_fail(in, SQLSTATE_INVALID_TEXT_REPRESENTATION, "malformed array literal: \"%s\"", in->text);
}

static bool too_many_dimensions(Literal *in, int n)
{
    return literal_fail(in, SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                        "number of array dimensions (%d) exceeds the maximum allowed (%d)", n, MAXDIM);
}

static bool malformed(Literal *in, const char *detail)
{
    array_fail(in);
    in->error->detail = detail;
    return false;
}

static bool unexpected_character(Literal *in, char c)
{
    array_fail(in);
    return literal_detail(in, "Unexpected \"%c\" character.", c);
}

/* ---- The shape (ArrayCount) ---- */

static bool open_brace(ArrayReader *reader)
{
    if (reader->place != PLACE_START && reader->place != PLACE_LEVEL_OPENED &&
        reader->place != PLACE_LEVEL_DELIMITER)
        return unexpected_character(reader->in, '{');
    if (reader->level >= MAXDIM)
        return too_many_dimensions(reader->in, reader->level + 1);
    reader->place = PLACE_LEVEL_OPENED;
    reader->count[reader->level++] = 1;
    if (reader->ndim < reader->level)
        reader->ndim = reader->level;
    return true;
}

static bool element_may_end(Place place)
{
    return place == PLACE_IN_ELEMENT || place == PLACE_QUOTES_CLOSED || place == PLACE_LEVEL_CLOSED;
}

static bool close_brace(ArrayReader *reader)
{
    bool empty = reader->level == 1 && reader->place == PLACE_LEVEL_OPENED;
    if (!element_may_end(reader->place) && !empty)
        return unexpected_character(reader->in, '}');
    reader->place = PLACE_LEVEL_CLOSED;
    int level = --reader->level;
    if (reader->expected[level] && reader->expected[level] != reader->count[level])
        return malformed(reader->in, "Multidimensional arrays must have sub-arrays with matching dimensions.");
    reader->expected[level] = reader->count[level];
    return true;
}

static bool pass_delimiter(ArrayReader *reader)
{
    if (!element_may_end(reader->place))
        return unexpected_character(reader->in, reader->delimiter);
    reader->place = reader->place == PLACE_LEVEL_CLOSED ? PLACE_LEVEL_DELIMITER : PLACE_ELEMENT_DELIMITER;
    reader->count[reader->level - 1]++;
    return true;
}

static bool element_may_begin(Place place)
{
    return place == PLACE_LEVEL_OPENED || place == PLACE_ELEMENT_DELIMITER;
}

/* From the opening quote to behind the closing one. */
static bool read_quoted(ArrayReader *reader)
{
    if (!element_may_begin(reader->place) && reader->place != PLACE_IN_QUOTES)
        return malformed(reader->in, "Unexpected array element.");
    Element element = {.start = reader->at++};
    for (; *reader->at != '"'; reader->at++) {
        if (*reader->at == '\\')
            reader->at++;
        if (*reader->at == '\0')
            return malformed(reader->in, "Unexpected end of input.");
    }
    element.end = ++reader->at;
    vec_push(reader->in->arena, &reader->elements, element);
    reader->place = PLACE_QUOTES_CLOSED;
    return true;
}

/* From the first character to before the white space and the delimiter or brace behind it. */
static bool read_plain(ArrayReader *reader)
{
    if (!element_may_begin(reader->place)) {
        if (*reader->at == '\\')
            return unexpected_character(reader->in, '\\');
        return malformed(reader->in, "Unexpected array element.");
    }
    Element element = {.start = reader->at};
    for (char c; (c = *reader->at) != '\0' && c != reader->delimiter && c != '{' && c != '}' && c != '"';) {
        if (c == '\\' && *++reader->at == '\0')
            break;
        reader->at++;
        if (c == '\\' || !char_is_space(c))
            element.end = reader->at;
    }
    reader->place = PLACE_IN_ELEMENT;
    vec_push(reader->in->arena, &reader->elements, element);
    return true;
}

static bool read_shape(ArrayReader *reader)
{
    do {
        reader->at = skip_spaces(reader->at);
        bool valid = true;
        char c = *reader->at;
        if (c == '\0') {
            return malformed(reader->in, "Unexpected end of input.");
        } else if (c == '{' || c == '}' || c == reader->delimiter) {
            valid = c == '{' ? open_brace(reader) : c == '}' ? close_brace(reader) : pass_delimiter(reader);
            reader->at++;
        } else {
            valid = c == '"' ? read_quoted(reader) : read_plain(reader);
        }
        if (!valid)
            return false;
    } while (reader->level > 0);
    for (int i = 0; i < reader->ndim; i++)
        reader->size[i] = reader->expected[i];
    return *skip_spaces(reader->at) == '\0' || malformed(reader->in, "Junk after closing right brace.");
}

/* ---- Explicit dimensions ---- */

typedef struct Bounds {
    int n;
    int lower[MAXDIM], upper[MAXDIM];
} Bounds;

static const char *number_end(const char *at)
{
    return at + strspn(at, "0123456789+-");
}

/* As atoi has it. */
static int number_at(const char *text)
{
    return (int)strtol(text, NULL, 10);
}

/* "[n]" or "[m:n]", the cursor on what follows the bracket. */
static bool read_bounds_item(ArrayReader *reader, Bounds *bounds)
{
    Literal *in = reader->in;
    if (bounds->n >= MAXDIM)
        return too_many_dimensions(in, bounds->n + 1);
    const char *start = reader->at, *end = number_end(start);
    if (end == start)
        return malformed(in, "\"[\" must introduce explicitly-specified array dimensions.");
    int lower = 1;
    if (*end == ':') {
        lower = number_at(start);
        start = end + 1;
        end = number_end(start);
        if (end == start)
            return malformed(in, "Missing array dimension value.");
    }
    if (*end != ']')
        return malformed(in, "Missing \"]\" after array dimensions.");
    int upper = number_at(start);
    reader->at = end + 1;
    if (upper < lower)
        return literal_fail(in, SQLSTATE_ARRAY_SUBSCRIPT_ERROR, "upper bound cannot be less than lower bound");
    bounds->lower[bounds->n] = lower;
    bounds->upper[bounds->n++] = upper;
    return true;
}

static bool read_bounds(ArrayReader *reader, Bounds *bounds)
{
    for (;;) {
        reader->at = skip_spaces(reader->at);
        if (*reader->at != '[')
            break;
        reader->at++;
        if (!read_bounds_item(reader, bounds))
            return false;
    }
    if (bounds->n == 0)
        return *reader->at == '{' ||
               malformed(reader->in, "Array value must start with \"{\" or dimension information.");
    if (*reader->at != '=')
        return malformed(reader->in, "Missing \"=\" after array dimensions.");
    reader->at = skip_spaces(reader->at + 1);
    return *reader->at == '{' || malformed(reader->in, "Array contents must start with \"{\".");
}

static bool check_bounds(ArrayReader *reader, const Bounds *bounds)
{
    int ndim = reader->elements.len ? reader->ndim : 0;
    bool same = bounds->n == ndim;
    for (int i = 0; same && i < ndim; i++)
        same = (int64_t)bounds->upper[i] - bounds->lower[i] + 1 == reader->size[i];
    if (!same)
        return malformed(reader->in, "Specified array dimensions do not match array contents.");
    for (int i = 0; i < ndim; i++)
        if (bounds->upper[i] == INT_MAX)
            return literal_fail(reader->in, SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "array lower bound is too large: %d",
                                bounds->lower[i]);
    return true;
}

/* ---- Elements ---- */

/* The value of an element: quotes and backslashes taken off; NULL for the word NULL. */
static const char *element_text(const Literal *in, const Element *element)
{
    char *text = arena_alloc(in->arena, (size_t)(element->end - element->start) + 1), *out = text;
    bool quoted = *element->start == '"';
    const char *at = element->start + quoted, *end = element->end - quoted;
    while (at < end) {
        if (*at == '\\') {
            at++;
            quoted = true;
        }
        *out++ = *at++;
    }
    *out = '\0';
    return !quoted && text_equals(text, "null") ? NULL : text;
}

bool input_array(Literal *in)
{
    const Type *element = catalog_type(in->catalog, in->type->element);
    if (!element)
        return true;
    ArrayReader reader = {.in = in, .at = in->text, .delimiter = element->delimiter ? element->delimiter : ','};
    Bounds bounds = {0};
    if (!read_bounds(&reader, &bounds))
        return false;
    const char *whole = in->text;
    in->text = reader.at; /* what errors show from here on */
    if (!read_shape(&reader))
        return false;
    in->text = whole;
    if (bounds.n && !check_bounds(&reader, &bounds))
        return false;
    if (reader.elements.len > ARRAY_MAX_ITEMS)
        return literal_fail(in, SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "array size exceeds the maximum allowed (%d)",
                            ARRAY_MAX_ITEMS);
    for (size_t i = 0; i < reader.elements.len; i++)
        if (!literal_part(in, element->oid, in->typmod, element_text(in, &reader.elements.items[i]), NULL))
            return false;
    return true;
}
