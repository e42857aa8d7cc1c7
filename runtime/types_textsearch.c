/*
 * tsvector and tsquery. Programs want their text; so the binary form (tsvectorsend, tsquerysend) is written out as
 * the server's output functions would (tsvectorout, tsqueryout). As arguments they are sent as text.
 */
#include "querc_private.h"

enum { MAX_DEPTH = 1000 };

typedef struct Bytes {
    const char *at;
    size_t left;
} Bytes;

/* Text into memory that is known to be enough. */
static char *put(char *out, const char *text)
{
    while (*text != '\0')
        *out++ = *text++;
    return out;
}

static char *put_number(char *out, unsigned number)
{
    char digits[8];
    int n = 0;
    do
        digits[n++] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    while (n > 0)
        *out++ = digits[--n];
    return out;
}

/* A lexeme in quotes, those within and backslashes doubled. */
static char *put_lexeme(char *out, const char *text, size_t len)
{
    *out++ = '\'';
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '\'' || text[i] == '\\')
            *out++ = text[i];
        *out++ = text[i];
    }
    *out++ = '\'';
    return out;
}

/* A terminated string; NULL if it has no end. */
static const char *take_string(Bytes *bytes, size_t *len)
{
    const char *text = bytes->at;
    const char *end = memchr(text, '\0', bytes->left);
    if (end == NULL)
        return NULL;
    *len = (size_t)(end - text);
    bytes->at += *len + 1;
    bytes->left -= *len + 1;
    return text;
}

static bool take_2(Bytes *bytes, unsigned *value)
{
    if (bytes->left < 2)
        return false;
    *value = qrt_get_2(bytes->at);
    bytes->at += 2;
    bytes->left -= 2;
    return true;
}

static bool finish(char *text, char *end, void *value)
{
    const char *out = text;
    *end = '\0';
    memcpy(value, &out, sizeof out);
    return true;
}

/* --- tsvector ------------------------------------------------------------------------------------------------ */

static char *put_positions(char *out, Bytes *bytes, unsigned count)
{
    static const char *const weights[] = {"", "C", "B", "A"};
    for (unsigned i = 0; i < count; i++) {
        unsigned position;
        if (!take_2(bytes, &position))
            return NULL;
        *out++ = i == 0 ? ':' : ',';
        out = put(put_number(out, position & 0x3FFF), weights[position >> 14]);
    }
    return out;
}

bool qrt_tsvector_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    (void)type;
    if (len < 4)
        return qrt_bad_length(reader, 4, len);
    size_t count = qrt_get_4(data);
    Bytes bytes = {data + 4, len - 4};
    /* A lexeme has three bytes at least; a byte becomes two, and a position's two bytes seven. */
    if (count > bytes.left / 3)
        return qrt_bad_value(reader, "a tsvector that is cut off");
    char *text = qrt_arena_alloc_bytes(reader->arena, 4 * bytes.left + 4 * count + 1);
    if (text == NULL)
        return false;
    char *out = text;
    for (size_t i = 0; i < count; i++) {
        size_t lexeme_len = 0;
        unsigned positions = 0;
        const char *lexeme = take_string(&bytes, &lexeme_len);
        if (lexeme == NULL || !take_2(&bytes, &positions))
            return qrt_bad_value(reader, "a tsvector that is cut off");
        if (i > 0)
            *out++ = ' ';
        out = put_lexeme(out, lexeme, lexeme_len);
        out = put_positions(out, &bytes, positions);
        if (out == NULL)
            return qrt_bad_value(reader, "a tsvector that is cut off");
    }
    if (bytes.left > 0)
        return qrt_bad_value(reader, "%zu bytes behind a tsvector's end", bytes.left);
    return finish(text, out, value);
}

/* --- tsquery ------------------------------------------------------------------------------------------------- */

enum { ITEM_VALUE = 1, ITEM_OPERATOR = 2 };
enum { OP_VALUE = 0, OP_NOT = 1, OP_AND = 2, OP_OR = 3, OP_PHRASE = 4 };

/* An operand or operator. They come in prefix order, of two operands the right one first. */
typedef struct QueryItem {
    unsigned op; /* OP_VALUE: an operand */
    unsigned weights, distance;
    bool is_prefix;
    const char *text;
    size_t len;
    size_t end; /* behind its operands */
} QueryItem;

static bool read_value(Bytes *bytes, QueryItem *item)
{
    if (bytes->left < 2)
        return false;
    item->weights = (unsigned char)bytes->at[0];
    item->is_prefix = bytes->at[1] != 0;
    bytes->at += 2;
    bytes->left -= 2;
    item->text = take_string(bytes, &item->len);
    return item->text != NULL;
}

static bool read_item(Bytes *bytes, QueryItem *item)
{
    if (bytes->left < 2)
        return false;
    unsigned kind = (unsigned char)bytes->at[0];
    bytes->at++;
    bytes->left--;
    item->op = OP_VALUE;
    if (kind == ITEM_VALUE)
        return read_value(bytes, item);
    item->op = (unsigned char)bytes->at[0];
    bytes->at++;
    bytes->left--;
    if (kind != ITEM_OPERATOR || item->op < OP_NOT || item->op > OP_PHRASE)
        return false;
    return item->op != OP_PHRASE || take_2(bytes, &item->distance);
}

/* From the last item on, each operator's operands are known already. */
static bool find_ends(QueryItem *items, size_t count)
{
    for (size_t i = count; i-- > 0;) {
        size_t end = i + 1;
        for (int operands = items[i].op == OP_VALUE ? 0 : items[i].op == OP_NOT ? 1 : 2; operands > 0; operands--) {
            if (end >= count)
                return false;
            end = items[end].end;
        }
        items[i].end = end;
    }
    return items[0].end == count;
}

static char *put_value(char *out, const QueryItem *item)
{
    static const char letters[] = "DCBA";
    out = put_lexeme(out, item->text, item->len);
    if (item->weights == 0 && !item->is_prefix)
        return out;
    *out++ = ':';
    if (item->is_prefix)
        *out++ = '*';
    for (int bit = 3; bit >= 0; bit--)
        if ((item->weights >> bit & 1) != 0)
            *out++ = letters[bit];
    return out;
}

/* NULL: too deep. */
static char *put_item(char *out, const QueryItem *items, size_t i, int parent, bool right_of_phrase, int depth)
{
    static const int priorities[] = {[OP_VALUE] = 5, [OP_NOT] = 4, [OP_AND] = 2, [OP_OR] = 1, [OP_PHRASE] = 3};
    static const char *const signs[] = {[OP_AND] = " & ", [OP_OR] = " | ", [OP_PHRASE] = " <-> "};
    const QueryItem *item = &items[i];
    int priority = priorities[item->op];
    bool parentheses = priority < parent || (item->op == OP_PHRASE && right_of_phrase);
    if (depth == MAX_DEPTH)
        return NULL;
    if (item->op == OP_VALUE)
        return put_value(out, item);
    out = put(out, parentheses ? "( " : "");
    if (item->op == OP_NOT) {
        out = put_item(put(out, "!"), items, i + 1, priority, false, depth + 1);
    } else {
        out = put_item(out, items, items[i + 1].end, priority, false, depth + 1);
        if (out == NULL)
            return NULL;
        if (item->op == OP_PHRASE && item->distance != 1)
            out = put(put_number(put(out, " <"), item->distance), "> ");
        else
            out = put(out, signs[item->op]);
        out = put_item(out, items, i + 1, priority, item->op == OP_PHRASE, depth + 1);
    }
    return out == NULL ? NULL : put(out, parentheses ? " )" : "");
}

bool qrt_tsquery_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    (void)type;
    if (len < 4)
        return qrt_bad_length(reader, 4, len);
    size_t count = qrt_get_4(data);
    Bytes bytes = {data + 4, len - 4};
    if (count > bytes.left / 2)
        return qrt_bad_value(reader, "a tsquery that is cut off");
    QueryItem *items = qrt_arena_alloc(reader->arena, count * sizeof *items + 1);
    char *text = qrt_arena_alloc_bytes(reader->arena, 2 * bytes.left + 24 * count + 1);
    if (items == NULL || text == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!read_item(&bytes, &items[i]))
            return qrt_bad_value(reader, "a malformed tsquery");
    if (bytes.left > 0 || (count > 0 && !find_ends(items, count)))
        return qrt_bad_value(reader, "a malformed tsquery");
    char *end = count == 0 ? text : put_item(text, items, 0, -1, false, 0);
    return end != NULL ? finish(text, end, value) : qrt_bad_value(reader, "a tsquery that is nested too deep");
}
