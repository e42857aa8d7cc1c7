/* From libyaml's document to a tree in an arena. libyaml counts characters; places here are bytes. */
#include "cmd/yaml_tree.h"

#include <string.h>
#include <yaml.h>

typedef struct Reader {
    Arena *arena;
    SourceFile *file;
    Diags *diags;
    uint32_t *offsets; /* of each character, and of the file's end */
    size_t nchars;
} Reader;

const char *yaml_kind_name(YamlKind kind)
{
    switch (kind) {
    case YAML_NULL:
        return "nothing";
    case YAML_SCALAR:
        return "a single value";
    case YAML_LIST:
        return "a list";
    case YAML_MAP:
        return "a mapping";
    }
    return "";
}

static void index_characters(Reader *reader)
{
    const SourceFile *file = reader->file;
    reader->offsets = arena_array_of(reader->arena, file->len + 1, uint32_t);
    for (size_t i = 0; i < file->len; i++)
        if (((unsigned char)file->text[i] & 0xC0) != 0x80)
            reader->offsets[reader->nchars++] = (uint32_t)i;
    reader->offsets[reader->nchars] = (uint32_t)file->len;
}

static uint32_t offset_of(const Reader *reader, size_t character)
{
    return reader->offsets[character < reader->nchars ? character : reader->nchars];
}

/* Where the document is no YAML. libyaml gives a mark for what the scanner and parser find, and a byte offset for
 * what the decoder finds. */
static void report(Reader *reader, const yaml_parser_t *parser)
{
    size_t at =
        parser->error == YAML_READER_ERROR ? parser->problem_offset : offset_of(reader, parser->problem_mark.index);
    if (at > reader->file->len)
        at = reader->file->len;
    Span span = {reader->file, (uint32_t)at, (uint32_t)at};
    Diag *diag = diag_error(reader->diags, span, "config", "invalid YAML: %s",
                            parser->problem ? parser->problem : "unexpected end of the file");
    if (at < reader->file->len && reader->file->text[at] == '\t')
        diag_hint(reader->diags, diag, "YAML is indented with blanks, not with tabs");
    if (parser->context && parser->error != YAML_READER_ERROR) {
        uint32_t context = offset_of(reader, parser->context_mark.index);
        if (context == at)
            return;
        diag_note(reader->diags, diag, (Span){reader->file, context, context}, "%s", parser->context);
    }
}

/* The plain scalars that YAML's core schema reads as null. */
static bool is_null(const yaml_node_t *node)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL"};
    if (node->data.scalar.style != YAML_PLAIN_SCALAR_STYLE)
        return false;
    for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++)
        if (!strcmp((const char *)node->data.scalar.value, nulls[i]))
            return true;
    return false;
}

static bool convert_scalar(Reader *reader, const yaml_node_t *from, YamlNode *to)
{
    const char *value = (const char *)from->data.scalar.value;
    if (strlen(value) != from->data.scalar.length) {
        diag_error(reader->diags, to->span, "config", "a value may not contain a NUL character");
        return false;
    }
    to->kind = is_null(from) ? YAML_NULL : YAML_SCALAR;
    to->text = arena_strdup(reader->arena, value);
    to->plain = from->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    return true;
}

/* Mapping ends lie on the line after the last value; their span is only where they begin. */
static Span span_of(const Reader *reader, const yaml_node_t *node)
{
    uint32_t start = offset_of(reader, node->start_mark.index);
    uint32_t end = node->type == YAML_SCALAR_NODE ? offset_of(reader, node->end_mark.index) : start;
    return (Span){reader->file, start, end};
}

static bool convert_node(Reader *reader, const yaml_node_t *from, YamlNode *nodes, YamlNode *to)
{
    to->span = span_of(reader, from);
    if (from->type == YAML_SCALAR_NODE)
        return convert_scalar(reader, from, to);
    if (from->type == YAML_SEQUENCE_NODE) {
        const yaml_node_item_t *start = from->data.sequence.items.start;
        to->kind = YAML_LIST;
        to->len = (size_t)(from->data.sequence.items.top - start);
        const YamlNode **items = arena_array_of(reader->arena, to->len, const YamlNode *);
        for (size_t i = 0; i < to->len; i++)
            items[i] = &nodes[start[i]];
        to->items = items;
        return true;
    }
    const yaml_node_pair_t *start = from->data.mapping.pairs.start;
    to->kind = YAML_MAP;
    to->len = (size_t)(from->data.mapping.pairs.top - start);
    YamlPair *pairs = arena_array_of(reader->arena, to->len, YamlPair);
    for (size_t i = 0; i < to->len; i++)
        pairs[i] = (YamlPair){&nodes[start[i].key], &nodes[start[i].value]};
    to->pairs = pairs;
    return true;
}

/* libyaml numbers nodes from 1, the root being the first. */
static const YamlNode *convert(Reader *reader, yaml_document_t *document)
{
    size_t n = (size_t)(document->nodes.top - document->nodes.start);
    YamlNode *nodes = arena_array_of(reader->arena, n + 1, YamlNode);
    for (size_t i = 1; i <= n; i++)
        if (!convert_node(reader, &document->nodes.start[i - 1], nodes, &nodes[i]))
            return NULL;
    if (!n) {
        nodes->span = (Span){reader->file, 0, 0};
        return nodes;
    }
    return &nodes[1];
}

/* A second document would be ignored in silence. */
static bool is_last_document(Reader *reader, yaml_parser_t *parser)
{
    yaml_document_t more;
    if (!yaml_parser_load(parser, &more)) {
        report(reader, parser);
        return false;
    }
    bool last = !yaml_document_get_root_node(&more);
    if (!last) {
        uint32_t at = offset_of(reader, more.start_mark.index);
        diag_error(reader->diags, (Span){reader->file, at, at}, "config",
                   "a second document: the configuration must be a single one");
    }
    yaml_document_delete(&more);
    return last;
}

const YamlNode *yaml_read(Arena *arena, SourceFile *file, Diags *diags)
{
    Reader reader = {.arena = arena, .file = file, .diags = diags};
    index_characters(&reader);
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) {
        diag_error(diags, SPAN_NONE, "config", "out of memory");
        return NULL;
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)file->text, file->len);
    yaml_document_t document;
    const YamlNode *root = NULL;
    if (!yaml_parser_load(&parser, &document)) {
        report(&reader, &parser);
    } else {
        root = convert(&reader, &document);
        bool empty = !yaml_document_get_root_node(&document);
        yaml_document_delete(&document);
        if (root && !empty && !is_last_document(&reader, &parser))
            root = NULL;
    }
    yaml_parser_delete(&parser);
    return root;
}
