/* libpg_query's JSON, read into the structs of its protobuf header.
 *
 * libpg_query writes a tree as protobuf or as JSON from one set of definitions, so that both hold the same, but the
 * protobuf takes it four times as long: for each node it goes through all the kinds of nodes there are, twice. The
 * header's descriptors say what the structs look like. JSON names a field as PostgreSQL does, targetList, where
 * protobuf has target_list.
 *
 * The JSON has one hole: an Integer node below zero is written as {}, as one of zero is (libpg_query 13 to 15).
 * What it is is clear for a constant, whose place in the text has the minus sign, and for the bounds of an array's
 * type.
 *
 * Whatever is not as expected, or not clear, makes the whole NULL; the caller then asks for protobuf. */
#include "ast/ast_private.h"

#include "base/vec.h"

#include <string.h>

/* Fields of a node found so far, by a hash of their name in JSON. */
enum { KINDS = 256 };

typedef struct JsonReader {
    Arena *arena;
    const char *at;
    const char *sql; /* what was parsed */
    size_t sql_len;
    size_t unclear;        /* Integers that may be zero or less */
    VEC(void *) pending;   /* elements of the arrays that are being read */
    uint16_t kinds[KINDS]; /* field of PgQuery__Node and 1, or 0 */
} JsonReader;

typedef struct JsonName {
    const char *text;
    size_t len;
} JsonName;

static bool read_message(JsonReader *reader, const ProtobufCMessageDescriptor *descriptor, char *message);

static bool take(JsonReader *reader, char c)
{
    if (*reader->at != c)
        return false;
    reader->at++;
    return true;
}

/* ---- strings ---- */

/* A string without escapes, as names are. */
static bool read_name(JsonReader *reader, JsonName *name)
{
    if (!take(reader, '"'))
        return false;
    name->text = reader->at;
    const char *end = strchr(reader->at, '"');
    if (!end)
        return false;
    name->len = (size_t)(end - reader->at);
    reader->at = end + 1;
    return true;
}

static bool hex_digit(char c, uint32_t *value)
{
    static const char digits[] = "0123456789abcdef";
    const char *digit = c ? strchr(digits, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c) : NULL;
    if (digit)
        *value = *value * 16 + (uint32_t)(digit - digits);
    return digit;
}

/* \u and four digits, which libpg_query writes for control characters. */
static bool read_code(JsonReader *reader, char *out)
{
    uint32_t code = 0;
    for (int i = 0; i < 4; i++)
        if (!hex_digit(*reader->at++, &code))
            return false;
    *out = (char)code;
    return code && code < 0x80;
}

static bool read_escape(JsonReader *reader, char *out)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    char c = *reader->at;
    if (!c)
        return false;
    reader->at++;
    if (c == 'u')
        return read_code(reader, out);
    const char *letter = strchr(letters, c);
    if (letter)
        *out = meanings[letter - letters];
    return letter;
}

static bool read_string(JsonReader *reader, const ProtobufCFieldDescriptor *field, char *member)
{
    (void)field;
    char **string = (char **)(void *)member;
    if (!take(reader, '"'))
        return false;
    size_t plain = strcspn(reader->at, "\"\\");
    if (reader->at[plain] == '"') {
        *string = arena_strndup(reader->arena, reader->at, plain);
        reader->at += plain + 1;
        return true;
    }
    const char *end = reader->at + plain;
    while (*end && *end != '"')
        end += *end == '\\' && end[1] ? 2 : 1;
    char *out = *string = arena_alloc(reader->arena, (size_t)(end - reader->at) + 1);
    while (*reader->at && *reader->at != '"') {
        char c = *reader->at++;
        if (c == '\\' && !read_escape(reader, &c))
            return false;
        *out++ = c;
    }
    return take(reader, '"');
}

/* ---- numbers ---- */

static bool read_int(JsonReader *reader, int64_t *value)
{
    bool negative = take(reader, '-');
    uint64_t digits = 0;
    const char *first = reader->at;
    for (; *reader->at >= '0' && *reader->at <= '9'; reader->at++) {
        if (reader->at - first > 17)
            return false;
        digits = digits * 10 + (uint64_t)(*reader->at - '0');
    }
    *value = negative ? -(int64_t)digits : (int64_t)digits;
    return reader->at > first;
}

static bool read_int32(JsonReader *reader, const ProtobufCFieldDescriptor *field, char *member)
{
    (void)field;
    int64_t wide;
    if (!read_int(reader, &wide) || wide < INT32_MIN || wide > INT32_MAX)
        return false;
    *(int32_t *)(void *)member = (int32_t)wide;
    return true;
}

static bool read_uint32(JsonReader *reader, const ProtobufCFieldDescriptor *field, char *member)
{
    (void)field;
    int64_t wide;
    if (!read_int(reader, &wide) || wide < 0 || wide > UINT32_MAX)
        return false;
    *(uint32_t *)(void *)member = (uint32_t)wide;
    return true;
}

static bool read_bool(JsonReader *reader, const ProtobufCFieldDescriptor *field, char *member)
{
    (void)field;
    bool value = *reader->at == 't';
    const char *word = value ? "true" : "false";
    size_t len = strlen(word);
    if (strncmp(reader->at, word, len) != 0)
        return false;
    reader->at += len;
    *(protobuf_c_boolean *)(void *)member = value;
    return true;
}

static bool read_enum(JsonReader *reader, const ProtobufCFieldDescriptor *field, char *member)
{
    const ProtobufCEnumDescriptor *descriptor = field->descriptor;
    JsonName name;
    if (!read_name(reader, &name))
        return false;
    for (unsigned i = 0; i < descriptor->n_values; i++) {
        const ProtobufCEnumValue *value = &descriptor->values[i];
        if (strncmp(value->name, name.text, name.len) == 0 && !value->name[name.len]) {
            *(int *)(void *)member = value->value;
            return true;
        }
    }
    return false;
}

/* ---- fields ---- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* targetList is target_list, A_Const is a_const, IntoClause is into_clause. */
static bool same_name(const char *field, JsonName name)
{
    if (*field != lower(*name.text))
        return false;
    for (size_t i = 0; i < name.len; i++) {
        if (name.text[i] == '_')
            continue;
        while (*field == '_')
            field++;
        if (*field++ != lower(name.text[i]))
            return false;
    }
    return !*field;
}

/* From one on, for fields come in the same order in both, and then from the first. */
static const ProtobufCFieldDescriptor *find_field(const ProtobufCMessageDescriptor *descriptor, JsonName name,
                                                  unsigned from)
{
    for (unsigned i = from; i < descriptor->n_fields; i++)
        if (same_name(descriptor->fields[i].name, name))
            return &descriptor->fields[i];
    for (unsigned i = 0; i < from; i++)
        if (same_name(descriptor->fields[i].name, name))
            return &descriptor->fields[i];
    return NULL;
}

/* As protobuf writes the names of most kinds: SelectStmt is select_stmt. NULL of a name longer than any of them. */
static const char *snake_case(JsonName name, char *out, size_t size)
{
    size_t n = 0;
    for (size_t i = 0; i < name.len; i++) {
        if (n + 3 > size)
            return NULL;
        if (i && name.text[i] != lower(name.text[i]) && name.text[i - 1] != '_')
            out[n++] = '_';
        out[n++] = lower(name.text[i]);
    }
    out[n] = '\0';
    return out;
}

/* A node has one field of the many kinds. */
static const ProtobufCFieldDescriptor *find_kind(JsonReader *reader, JsonName name)
{
    const ProtobufCMessageDescriptor *descriptor = &pg_query__node__descriptor;
    if (!name.len)
        return NULL;
    size_t hash = ((unsigned char)name.text[0] * 31U + (unsigned char)name.text[name.len / 2] * 7U +
                   (unsigned char)name.text[name.len - 1] + name.len * 61U) %
                  KINDS;
    uint16_t known = reader->kinds[hash];
    if (known && same_name(descriptor->fields[known - 1].name, name))
        return &descriptor->fields[known - 1];
    char text[64];
    const char *snake = snake_case(name, text, sizeof text);
    const ProtobufCFieldDescriptor *field =
        snake ? protobuf_c_message_descriptor_get_field_by_name(descriptor, snake) : NULL;
    if (!field)
        field = find_field(descriptor, name, 0);
    if (field)
        reader->kinds[hash] = (uint16_t)(field - descriptor->fields + 1);
    return field;
}

/* ---- messages ---- */

static void *new_message(JsonReader *reader, const ProtobufCMessageDescriptor *descriptor)
{
    ProtobufCMessage *message = arena_alloc(reader->arena, descriptor->sizeof_message);
    descriptor->message_init(message);
    return message;
}

static bool read_child(JsonReader *reader, const ProtobufCFieldDescriptor *field, char *member)
{
    char *message = new_message(reader, field->descriptor);
    *(void **)(void *)member = message;
    return read_message(reader, field->descriptor, message);
}

static bool read_value(JsonReader *reader, const ProtobufCFieldDescriptor *field, char *member)
{
    /* Other types occur in planned trees only. */
    static bool (*const readers[])(JsonReader *, const ProtobufCFieldDescriptor *, char *) = {
        [PROTOBUF_C_TYPE_MESSAGE] = read_child, [PROTOBUF_C_TYPE_STRING] = read_string,
        [PROTOBUF_C_TYPE_INT32] = read_int32,   [PROTOBUF_C_TYPE_UINT32] = read_uint32,
        [PROTOBUF_C_TYPE_BOOL] = read_bool,     [PROTOBUF_C_TYPE_ENUM] = read_enum,
    };
    return field->type < sizeof readers / sizeof *readers && readers[field->type] &&
           readers[field->type](reader, field, member);
}

/* A constant of which the JSON tells no value is zero unless there is a minus sign. */
static bool constant_is_clear(const JsonReader *reader, const PgQuery__AConst *constant)
{
    return constant->location >= 0 && (size_t)constant->location < reader->sql_len &&
           reader->sql[constant->location] != '-';
}

/* int[]: a bound that is not given is -1. (int[0] is as good: PostgreSQL ignores bounds.) */
static void settle_bounds(PgQuery__Node *const *bounds, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (bounds[i]->node_case == PG_QUERY__NODE__NODE_INTEGER && bounds[i]->integer->ival == 0)
            bounds[i]->integer->ival = -1;
}

static bool read_array(JsonReader *reader, const ProtobufCFieldDescriptor *field, char *message)
{
    if (!take(reader, '[') || field->type != PROTOBUF_C_TYPE_MESSAGE)
        return false;
    size_t before = reader->pending.len, unclear = reader->unclear;
    while (!take(reader, ']')) {
        if (reader->pending.len > before && !take(reader, ','))
            return false;
        char *element = new_message(reader, field->descriptor);
        vec_push(reader->arena, &reader->pending, element);
        if (!read_message(reader, field->descriptor, element))
            return false;
    }
    size_t n = reader->pending.len - before;
    *(size_t *)(void *)(message + field->quantifier_offset) = n;
    if (n)
        *(void **)(void *)(message + field->offset) =
            arena_memdup(reader->arena, reader->pending.items + before, n * sizeof(void *));
    if (reader->unclear > unclear && !strcmp(field->name, "array_bounds")) {
        settle_bounds(*(PgQuery__Node ***)(void *)(message + field->offset), n);
        reader->unclear = unclear;
    }
    reader->pending.len = before;
    return true;
}

static bool read_field(JsonReader *reader, const ProtobufCFieldDescriptor *field, char *message)
{
    if (field->label == PROTOBUF_C_LABEL_REPEATED)
        return read_array(reader, field, message);
    if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF)
        *(uint32_t *)(void *)(message + field->quantifier_offset) = field->id;
    return read_value(reader, field, message + field->offset);
}

static bool read_message(JsonReader *reader, const ProtobufCMessageDescriptor *descriptor, char *message)
{
    if (!take(reader, '{'))
        return false;
    size_t unclear = reader->unclear;
    unsigned next = 0;
    for (bool first = true; !take(reader, '}'); first = false) {
        JsonName name;
        if ((!first && !take(reader, ',')) || !read_name(reader, &name) || !take(reader, ':'))
            return false;
        const ProtobufCFieldDescriptor *field = descriptor == &pg_query__node__descriptor
                                                    ? find_kind(reader, name)
                                                    : find_field(descriptor, name, next);
        if (!field || !read_field(reader, field, message))
            return false;
        next = (unsigned)(field - descriptor->fields) + 1;
    }
    reader->unclear += descriptor == &pg_query__integer__descriptor && next == 0;
    if (reader->unclear > unclear && descriptor == &pg_query__a__const__descriptor &&
        constant_is_clear(reader, (const PgQuery__AConst *)(void *)message))
        reader->unclear = unclear;
    return true;
}

PgQuery__ParseResult *tree_from_json(Arena *arena, const char *json, const char *sql, size_t len)
{
    JsonReader reader = {.arena = arena, .at = json, .sql = sql, .sql_len = len};
    const ProtobufCMessageDescriptor *descriptor = &pg_query__parse_result__descriptor;
    char *tree = new_message(&reader, descriptor);
    return read_message(&reader, descriptor, tree) && !*reader.at && !reader.unclear
               ? (PgQuery__ParseResult *)(void *)tree
               : NULL;
}
