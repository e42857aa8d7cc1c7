/* A YAML (or JSON) document as a tree in which every node knows its place in the file.
 *
 * libyaml reads; this keeps what configuration needs: scalars, lists and mappings with byte spans. An alias is the
 * very node it refers to, so a document may be a graph, even a cyclic one: walk it by a schema of finite depth. */
#ifndef QUERC_CMD_YAML_TREE_H
#define QUERC_CMD_YAML_TREE_H

#include "base/diag.h"

typedef enum YamlKind { YAML_NULL, YAML_SCALAR, YAML_LIST, YAML_MAP } YamlKind;

typedef struct YamlNode YamlNode;
typedef struct YamlPair {
    const YamlNode *key, *value;
} YamlPair;

struct YamlNode {
    YamlKind kind;
    Span span;
    const char *text; /* YAML_SCALAR; terminated, free of NUL bytes */
    bool plain;       /* written without quotes: may mean a number or a truth value */
    const YamlNode *const *items;
    const YamlPair *pairs;
    size_t len; /* of items or pairs */
};

/* What a kind is called in messages: "a list". */
const char *yaml_kind_name(YamlKind kind);

/* The document's root; NULL when a mistake was reported. A file without any document gives a YAML_NULL node. */
const YamlNode *yaml_read(Arena *arena, SourceFile *file, Diags *diags);

#endif
