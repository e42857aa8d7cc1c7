/*
 * Arrays as PostgreSQL's literals: {1,2,NULL}, {{"a b","c"},{d,"\""}}, [0:1]={5,6}. Read where a result is in text
 * format, written for elements that have no other form.
 */
#include "querc_private.h"

enum { MAX_NESTING = 8 };

typedef struct Parser {
    const char *at;
    const char *end;
    Reader *reader;
    const querc_type *element;
    const Kind *kind;
    querc_dimensions dimensions;
    bool known[QUERC_MAX_DIMENSIONS]; /* the dimension's length has been set, by its first list */
    size_t capacity;
    size_t len;
    char *items;
    bool *nulls;
    bool any_null;
} Parser;

static bool malformed(Parser *parser)
{
    return qrt_bad_value(parser->reader, "a malformed array literal");
}

static bool skip(Parser *parser, char c)
{
    if (parser->at == parser->end || *parser->at != c)
        return false;
    parser->at++;
    return true;
}

static bool take_bound(Parser *parser, char stop, int32_t *bound)
{
    const char *end = memchr(parser->at, stop, (size_t)(parser->end - parser->at));
    int64_t value = 0;
    if (end == NULL || !qrt_parse_integer(parser->at, (size_t)(end - parser->at), INT32_MIN, INT32_MAX, &value))
        return false;
    *bound = (int32_t)value;
    parser->at = end + 1;
    return true;
}

/* [lower:upper]...=; the lengths are taken from the lists themselves. */
static bool parse_bounds(Parser *parser)
{
    for (int i = 0; i < QUERC_MAX_DIMENSIONS; i++)
        parser->dimensions.of[i].lower_bound = 1;
    if (parser->at == parser->end || *parser->at != '[')
        return true;
    for (int i = 0; skip(parser, '['); i++) {
        int32_t upper;
        if (i == QUERC_MAX_DIMENSIONS || !take_bound(parser, ':', &parser->dimensions.of[i].lower_bound) ||
            !take_bound(parser, ']', &upper))
            return malformed(parser);
    }
    return skip(parser, '=') || malformed(parser);
}

/* An element's text, unquoted, into the arena. */
static bool take_text(Parser *parser, char **text, size_t *len, bool *quoted)
{
    size_t longest = 0;
    const char *at;
    *quoted = skip(parser, '"');
    for (at = parser->at; at < parser->end; at++, longest++) {
        if (*at == '\\')
            at++;
        else if (*quoted ? *at == '"' : *at == ',' || *at == '}')
            break;
    }
    if (at >= parser->end)
        return malformed(parser);
    char *out = qrt_arena_alloc_bytes(parser->reader->arena, longest + 1);
    if (out == NULL)
        return false;
    *text = out;
    for (const char *from = parser->at; from < at; from++) {
        if (*from == '\\')
            from++;
        *out++ = *from;
    }
    *out = '\0';
    *len = (size_t)(out - *text);
    parser->at = *quoted ? at + 1 : at;
    return true;
}

static bool is_null_word(const char *text, size_t len)
{
    return len == 4 && (text[0] | 0x20) == 'n' && (text[1] | 0x20) == 'u' && (text[2] | 0x20) == 'l' &&
           (text[3] | 0x20) == 'l';
}

static bool parse_element(Parser *parser)
{
    char *text = NULL;
    size_t len = 0;
    bool quoted;
    if (parser->len == parser->capacity)
        return malformed(parser);
    if (!take_text(parser, &text, &len, &quoted))
        return false;
    size_t i = parser->len++;
    if (!quoted && is_null_word(text, len)) {
        parser->nulls[i] = true;
        parser->any_null = true;
        return true;
    }
    if (!quoted && len == 0)
        return malformed(parser);
    return parser->kind->from_text(parser->reader, parser->element, text, len,
                                   parser->items + i * parser->kind->size);
}

/* A list at a depth, whose length has to be that of all other lists there. */
static bool parse_list(Parser *parser, int depth)
{
    int32_t count = 0;
    if (depth == QUERC_MAX_DIMENSIONS || !skip(parser, '{'))
        return malformed(parser);
    if (depth >= parser->dimensions.count) {
        /* How deep the lists go is settled by the first element. */
        if (parser->len > 0)
            return malformed(parser);
        parser->dimensions.count = depth + 1;
    }
    if (depth == 0 && skip(parser, '}')) {
        parser->dimensions.count = 0;
        return true;
    }
    do {
        bool is_list = parser->at < parser->end && *parser->at == '{';
        if (!is_list && depth + 1 != parser->dimensions.count)
            return malformed(parser);
        if (is_list ? !parse_list(parser, depth + 1) : !parse_element(parser))
            return false;
        count++;
    } while (skip(parser, ','));
    if (!skip(parser, '}'))
        return malformed(parser);
    querc_dimension *dimension = &parser->dimensions.of[depth];
    if (parser->known[depth] && dimension->len != count)
        return malformed(parser);
    parser->known[depth] = true;
    dimension->len = count;
    return true;
}

/* More elements than commas there can't be. */
static bool allocate_items(Parser *parser)
{
    size_t most = 1;
    for (const char *at = parser->at; at < parser->end; at++)
        most += *at == ',';
    parser->items = qrt_arena_alloc(parser->reader->arena, most * parser->kind->size);
    parser->nulls = qrt_arena_alloc_bytes(parser->reader->arena, most);
    if (parser->items == NULL || parser->nulls == NULL)
        return false;
    memset(parser->items, 0, most * parser->kind->size);
    memset(parser->nulls, 0, most);
    parser->capacity = most;
    return true;
}

static bool parse_array(Parser *parser)
{
    if (!parse_bounds(parser) || !allocate_items(parser) || !parse_list(parser, 0))
        return false;
    return parser->at == parser->end || malformed(parser);
}

/* int2vector and oidvector: numbers with spaces between, counted from 0. */
static bool parse_vector(Parser *parser)
{
    size_t most = 1;
    for (const char *at = parser->at; at < parser->end; at++)
        most += *at == ' ';
    parser->items = qrt_arena_alloc(parser->reader->arena, most * parser->kind->size);
    if (parser->items == NULL)
        return false;
    while (parser->at < parser->end) {
        const char *space = memchr(parser->at, ' ', (size_t)(parser->end - parser->at));
        const char *end = space != NULL ? space : parser->end;
        if (!parser->kind->from_text(parser->reader, parser->element, parser->at, (size_t)(end - parser->at),
                                     parser->items + parser->len * parser->kind->size))
            return false;
        parser->len++;
        parser->at = space != NULL ? space + 1 : end;
    }
    parser->dimensions.count = 1;
    parser->dimensions.of[0].len = (int32_t)parser->len;
    return true;
}

bool qrt_array_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    Parser parser;
    AnyArray array = {NULL, 0, NULL, NULL};
    memset(&parser, 0, sizeof parser);
    parser.at = data;
    parser.end = data + len;
    parser.reader = reader;
    parser.element = qrt_base_type(type->element);
    parser.kind = qrt_type_kind(parser.element);
    if (parser.kind == NULL || parser.kind->from_text == NULL || reader->depth == MAX_NESTING)
        return qrt_bad_value(reader, "an array whose elements have no known text form");
    /* What take_text makes has a NUL and the arena's life. */
    bool stable = reader->stable;
    reader->stable = true;
    reader->depth++;
    bool complete = qrt_is_vector(type) ? parse_vector(&parser) : parse_array(&parser);
    reader->depth--;
    reader->stable = stable;
    if (!complete)
        return false;
    array.items = parser.items;
    array.len = parser.len;
    array.nulls = parser.any_null ? parser.nulls : NULL;
    const querc_dimensions *found = &parser.dimensions;
    if (found->count > 1 || (found->count == 1 && found->of[0].lower_bound != 1)) {
        querc_dimensions *kept = qrt_arena_alloc(reader->arena, sizeof *kept);
        if (kept == NULL)
            return false;
        *kept = *found;
        array.dimensions = kept;
    }
    memcpy(value, &array, sizeof array);
    return true;
}

/* --- writing ---------------------------------------------------------------------------------------------------
 */

static bool write_text(Writer *writer, const char *text)
{
    return qrt_write(writer, text, strlen(text));
}

static bool write_quoted(Writer *writer, const char *text)
{
    if (!write_text(writer, "\""))
        return false;
    for (; *text != '\0'; text++) {
        if ((*text == '"' || *text == '\\') && !write_text(writer, "\\"))
            return false;
        if (!qrt_write(writer, text, 1))
            return false;
    }
    return write_text(writer, "\"");
}

static bool write_item(Writer *writer, const AnyArray *array, size_t i)
{
    const char *text;
    memcpy(&text, array->items + i * sizeof text, sizeof text);
    bool is_null = text == NULL || (array->nulls != NULL && array->nulls[i]);
    return is_null ? write_text(writer, "NULL") : write_quoted(writer, text);
}

/* The list at a depth; *at is the next element. */
static bool write_list(Writer *writer, const AnyArray *array, const querc_dimensions *dimensions, int depth,
                       size_t *at)
{
    if (!write_text(writer, "{"))
        return false;
    for (int32_t i = 0; i < dimensions->of[depth].len; i++) {
        if (i > 0 && !write_text(writer, ","))
            return false;
        bool written = depth + 1 < dimensions->count ? write_list(writer, array, dimensions, depth + 1, at)
                                                     : write_item(writer, array, (*at)++);
        if (!written)
            return false;
    }
    return write_text(writer, "}");
}

/* [-1:2][0:1]=, where the server would not assume it. */
static bool write_bounds(Writer *writer, const querc_dimensions *dimensions)
{
    bool usual = true;
    for (int i = 0; i < dimensions->count; i++)
        usual = usual && dimensions->of[i].lower_bound == 1;
    for (int i = 0; i < dimensions->count && !usual; i++) {
        char text[32];
        TextBuffer out;
        long long lower = dimensions->of[i].lower_bound;
        qrt_text_init(&out, text, sizeof text);
        qrt_text_printf(&out, "[%lld:%lld]", lower, lower + dimensions->of[i].len - 1);
        qrt_text_finish(&out);
        if (!write_text(writer, text))
            return false;
    }
    return usual || write_text(writer, "=");
}

bool qrt_array_to_text(Writer *writer, const querc_type *type, const void *value)
{
    AnyArray array;
    size_t at = 0;
    (void)type;
    memcpy(&array, value, sizeof array);
    if (!qrt_is_consistent(&array)) {
        writer->problem = "has dimensions that don't make its number of elements";
        return false;
    }
    if (array.len == 0)
        return write_text(writer, "{}");
    querc_dimensions one = {.count = 1};
    one.of[0].len = (int32_t)array.len;
    one.of[0].lower_bound = 1;
    const querc_dimensions *dimensions = array.dimensions != NULL ? array.dimensions : &one;
    return write_bounds(writer, dimensions) && write_list(writer, &array, dimensions, 0, &at);
}
