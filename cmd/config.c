/* Reading sqlc.yaml into a Config, by the table of keys.
 *
 * Every mistake is reported at its place with what was expected; all of them are, not only the first. */
#include "cmd/config.h"

#include "base/map.h"
#include "base/vec.h"
#include "cmd/yaml_tree.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

const char *const config_names[] = {"sqlc.yaml", "sqlc.yml", "sqlc.json", NULL};

typedef struct Reader {
    Arena *arena;
    Diags *diags;
    const char *dir;
    /* Keys that mean nothing here, each once: "sql[].database". */
    VEC(const char *) ignored;
    StrMap ignored_names;
    Span ignored_at; /* the first */
} Reader;

static bool read_section(Reader *reader, const ConfigSection *section, const YamlNode *node, char *into);

static Diag *expected(Reader *reader, const ConfigKey *key, const YamlNode *node)
{
    if (node->kind == YAML_SCALAR)
        return diag_error(reader->diags, node->span, "config", "\"%s\" must be %s, not \"%s\"", key->name,
                          config_type_expectation(key->type), node->text);
    return diag_error(reader->diags, node->span, "config", "\"%s\" must be %s, not %s", key->name,
                      config_type_expectation(key->type), yaml_kind_name(node->kind));
}

/* YAML 1.1's and 1.2's spellings, as sqlc takes them. */
static bool read_bool(const YamlNode *node, bool *value)
{
    static const char *const words[2][9] = {
        {"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"},
        {"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"},
    };
    if (node->kind != YAML_SCALAR || !node->plain)
        return false;
    for (int truth = 0; truth < 2; truth++)
        for (size_t i = 0; i < 9; i++)
            if (!strcmp(node->text, words[truth][i])) {
                *value = truth;
                return true;
            }
    return false;
}

static bool read_int(const YamlNode *node, int *value)
{
    if (node->kind != YAML_SCALAR || !node->plain || !*node->text)
        return false;
    long long number = 0;
    for (const char *digit = node->text; *digit; digit++) {
        if (*digit < '0' || *digit > '9' || number > INT_MAX / 10)
            return false;
        number = number * 10 + (*digit - '0');
    }
    *value = (int)number;
    return number <= INT_MAX;
}

static void add_text(Reader *reader, const YamlNode *text, void *into)
{
    vec_push(reader->arena, (ConfigTexts *)into, ((ConfigText){text->text, text->span}));
}

static void add_path(Reader *reader, const YamlNode *text, void *into)
{
    const char *path = text->text;
    if (!*path)
        diag_error(reader->diags, text->span, "config", "a path may not be empty");
    if (!strncmp(path, "./", 2) && path[2])
        path += 2;
    if (*path != '/')
        path = arena_printf(reader->arena, "%s%s", reader->dir, path);
    vec_push(reader->arena, (ConfigPaths *)into, ((SourcePath){path, text->span}));
}

/* A text, or a list of texts. */
static bool read_texts(Reader *reader, const ConfigKey *key, const YamlNode *node, void *field)
{
    void (*add)(Reader *, const YamlNode *, void *) = key->type == CONFIG_PATHS ? add_path : add_text;
    if (node->kind == YAML_SCALAR) {
        add(reader, node, field);
        return true;
    }
    if (node->kind != YAML_LIST) {
        expected(reader, key, node);
        return false;
    }
    if (!node->len) {
        diag_error(reader->diags, node->span, "config", "\"%s\" is an empty list: expected %s", key->name,
                   config_type_expectation(key->type));
        return false;
    }
    for (size_t i = 0; i < node->len; i++) {
        if (node->items[i]->kind != YAML_SCALAR) {
            expected(reader, key, node->items[i]);
            return false;
        }
        add(reader, node->items[i], field);
    }
    return true;
}

/* The first pair before `end` whose key is name, or NULL. */
static const YamlPair *find_pair(const YamlNode *map, const char *name, size_t end)
{
    for (size_t i = 0; i < end; i++)
        if (map->pairs[i].key->kind == YAML_SCALAR && !strcmp(map->pairs[i].key->text, name))
            return &map->pairs[i];
    return NULL;
}

static bool read_renames(Reader *reader, const ConfigKey *key, const YamlNode *node, ConfigRenames *renames)
{
    if (node->kind != YAML_MAP) {
        expected(reader, key, node);
        return false;
    }
    renames->items = arena_array_of(reader->arena, node->len, ConfigRename);
    for (size_t i = 0; i < node->len; i++) {
        const YamlNode *from = node->pairs[i].key, *to = node->pairs[i].value;
        if (from->kind != YAML_SCALAR || to->kind != YAML_SCALAR) {
            expected(reader, key, from->kind != YAML_SCALAR ? from : to);
            return false;
        }
        renames->items[renames->len++] = (ConfigRename){{from->text, from->span}, {to->text, to->span}};
    }
    return true;
}

static bool read_sections(Reader *reader, const ConfigKey *key, const YamlNode *node, char *field)
{
    if (node->kind != YAML_LIST) {
        Diag *diag = expected(reader, key, node);
        if (node->kind == YAML_MAP)
            diag_hint(reader->diags, diag, "begin each entry with \"- \"");
        return false;
    }
    char *items = arena_alloc_array(reader->arena, node->len, key->section->size);
    bool good = true;
    for (size_t i = 0; i < node->len; i++)
        good &= read_section(reader, key->section, node->items[i], items + i * key->section->size);
    memcpy(field, &items, sizeof items);
    memcpy(field + sizeof items, &node->len, sizeof node->len);
    return good;
}

static bool read_value(Reader *reader, const ConfigKey *key, const YamlNode *node, char *field)
{
    switch (key->type) {
    case CONFIG_TEXT:
        if (node->kind != YAML_SCALAR)
            break;
        *(ConfigText *)(void *)field = (ConfigText){node->text, node->span};
        return true;
    case CONFIG_BOOL:
        if (!read_bool(node, (bool *)field))
            break;
        return true;
    case CONFIG_CHOICE:
        if (!read_bool(node, &((ConfigChoice *)(void *)field)->value))
            break;
        ((ConfigChoice *)(void *)field)->given = true;
        return true;
    case CONFIG_INT:
        if (!read_int(node, (int *)(void *)field))
            break;
        return true;
    case CONFIG_TEXTS:
    case CONFIG_PATHS:
        return read_texts(reader, key, node, field);
    case CONFIG_RENAMES:
        return read_renames(reader, key, node, (ConfigRenames *)(void *)field);
    case CONFIG_SECTION:
        return read_section(reader, key->section, node, field);
    case CONFIG_SECTIONS:
        return read_sections(reader, key, node, field);
    case CONFIG_IGNORED:
        if (key->offset)
            *(bool *)field = true;
        return true;
    }
    expected(reader, key, node);
    return false;
}

/* Defaults go through the same reading as values, so that a wrong one would show in the first test. */
static void set_fallbacks(Reader *reader, const ConfigSection *section, char *into)
{
    for (const ConfigKey *key = section->keys; key->name; key++) {
        YamlNode value = {.kind = YAML_SCALAR, .text = key->fallback, .plain = true};
        if (key->fallback)
            read_value(reader, key, &value, into + key->offset);
    }
}

static const ConfigKey *find_key(const ConfigSection *section, const char *name)
{
    for (const ConfigKey *key = section->keys; key->name; key++)
        if (!strcmp(key->name, name))
            return key;
    return NULL;
}

/* Gives the key that was probably meant, or NULL. */
static const char *unknown_key(Reader *reader, const ConfigSection *section, const YamlNode *node)
{
    NearestName nearest = {.wanted = node->text};
    for (const ConfigKey *key = section->keys; key->name; key++)
        if (!key->unlisted)
            nearest_offer(&nearest, key->name);
    Diag *diag =
        diag_error(reader->diags, node->span, "config", "unknown key \"%s\" in %s", node->text, section->what);
    if (nearest.found) {
        diag_hint(reader->diags, diag, "did you mean \"%s\"?", nearest.found);
        return nearest.found;
    }
    const char *list = "";
    for (const ConfigKey *key = section->keys; key->name; key++)
        if (!key->unlisted)
            list = arena_printf(reader->arena, "%s%s%s", list, *list ? ", " : "", key->name);
    diag_hint(reader->diags, diag, "expected one of: %s", list);
    return NULL;
}

static void note_ignored(Reader *reader, const ConfigSection *section, const ConfigKey *key, Span span)
{
    const char *name =
        section == &config_root ? key->name : arena_printf(reader->arena, "%s.%s", section->what, key->name);
    if (strmap_put(reader->arena, &reader->ignored_names, name, (void *)name))
        return;
    if (!reader->ignored.len)
        reader->ignored_at = span;
    vec_push(reader->arena, &reader->ignored, name);
}

/* One note for all of them: a configuration that is sqlc's too has a dozen. */
static void report_ignored(Reader *reader)
{
    if (!reader->ignored.len)
        return;
    const char *list = "";
    for (size_t i = 0; i < reader->ignored.len; i++) {
        const char *separator = !i ? "" : i + 1 < reader->ignored.len ? ", " : " and ";
        list = arena_printf(reader->arena, "%s%s%s", list, separator, reader->ignored.items[i]);
    }
    config_note(reader->diags, reader->ignored_at, "ignored, for sqlc alone: %s", list);
}

void config_note(Diags *diags, Span span, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag_add(diags, DIAG_NOTE, span, NULL, format, args);
    va_end(args);
}

/* Sets *meant to the key that a misspelt one probably stands for. */
static bool read_pair(Reader *reader, const ConfigSection *section, const YamlNode *map, size_t i, char *into,
                      const char **meant)
{
    const YamlNode *name = map->pairs[i].key, *value = map->pairs[i].value;
    if (name->kind != YAML_SCALAR) {
        diag_error(reader->diags, name->span, "config", "expected a key of %s, not %s", section->what,
                   yaml_kind_name(name->kind));
        return false;
    }
    const ConfigKey *key = find_key(section, name->text);
    if (!key) {
        *meant = unknown_key(reader, section, name);
        return false;
    }
    const YamlPair *first = find_pair(map, name->text, i);
    if (first) {
        Diag *diag = diag_error(reader->diags, name->span, "config", "duplicate key \"%s\"", name->text);
        diag_note(reader->diags, diag, first->key->span, "\"%s\" is given here already", name->text);
        return false;
    }
    if (key->type == CONFIG_IGNORED)
        note_ignored(reader, section, key, name->span);
    if (value->kind == YAML_NULL && !key->required) /* "prefix:" with nothing after it: the default */
        return true;
    return read_value(reader, key, value, into + key->offset);
}

static bool read_section(Reader *reader, const ConfigSection *section, const YamlNode *node, char *into)
{
    *(Span *)(void *)into = node->span;
    set_fallbacks(reader, section, into);
    if (node->kind != YAML_MAP) {
        diag_error(reader->diags, node->span, "config", "%s must be a mapping, not %s", section->what,
                   yaml_kind_name(node->kind));
        return false;
    }
    bool good = true;
    VEC(const char *) misspelt = {0}; /* not missing as well: one mistake, one message */
    for (size_t i = 0; i < node->len; i++) {
        const char *meant = NULL;
        good &= read_pair(reader, section, node, i, into, &meant);
        if (meant)
            vec_push(reader->arena, &misspelt, meant);
    }
    for (const ConfigKey *key = section->keys; key->name; key++) {
        bool found = !key->required || find_pair(node, key->name, node->len);
        for (size_t i = 0; i < misspelt.len && !found; i++)
            found = !strcmp(misspelt.items[i], key->name);
        if (found)
            continue;
        diag_error(reader->diags, node->span, "config", "missing key \"%s\" in %s: expected %s", key->name,
                   section->what, config_type_expectation(key->type));
        good = false;
    }
    if (good && section->check)
        section->check(into, reader->diags);
    return good;
}

/* The version decides what all other keys mean, so it comes first. */
static bool check_version(Reader *reader, const YamlNode *root)
{
    const YamlPair *pair = root->kind == YAML_MAP ? find_pair(root, "version", root->len) : NULL;
    if (root->kind == YAML_MAP && !pair) {
        Diag *diag = diag_error(reader->diags, root->span, "config", "missing key \"version\"");
        diag_hint(reader->diags, diag, "write version: \"2\"");
        return false;
    }
    if (!pair || pair->value->kind != YAML_SCALAR || !strcmp(pair->value->text, "2"))
        return true;
    bool one = !strcmp(pair->value->text, "1");
    Diag *diag = diag_error(reader->diags, pair->value->span, "config",
                            one ? "version 1 of the configuration is not supported: expected version \"2\""
                                : "unknown version \"%s\" of the configuration: expected \"2\"",
                            pair->value->text);
    if (one)
        diag_hint(reader->diags, diag,
                  "write version: \"2\", rename \"packages\" to \"sql\", and give each entry \"engine: "
                  "postgresql\" and \"gen: "
                  "{c: {out: DIR}}\" in place of \"name\", \"path\" and the emit_ options");
    return false;
}

Config *config_of_file(Arena *arena, SourceFile *file, Diags *diags)
{
    size_t errors = diags->nerrors;
    const char *slash = strrchr(file->path, '/');
    size_t dir_len = slash ? (size_t)(slash - file->path) + 1 : 0;
    Reader reader = {.arena = arena, .diags = diags, .dir = arena_strndup(arena, file->path, dir_len)};
    const YamlNode *root = yaml_read(arena, file, diags);
    if (!root || !check_version(&reader, root))
        return NULL;
    if (root->kind == YAML_NULL) {
        diag_error(diags, root->span, "config", "the configuration is empty");
        return NULL;
    }
    Config *config = arena_new_of(arena, Config);
    read_section(&reader, &config_root, root, (char *)config);
    report_ignored(&reader);
    config->dir = reader.dir;
    return diags->nerrors == errors ? config : NULL;
}

static const char *search(Diags *diags)
{
    for (const char *const *name = config_names; *name; name++)
        if (!access(*name, F_OK))
            return *name;
    Diag *diag = diag_error(diags, SPAN_NONE, "config", "no sqlc.yaml, sqlc.yml or sqlc.json in this folder");
    diag_hint(diags, diag, "\"querc init\" writes one; --file names one elsewhere");
    return NULL;
}

Config *config_read(Arena *arena, const char *path, Diags *diags)
{
    if (!path && !(path = search(diags)))
        return NULL;
    if (!strncmp(path, "./", 2) && path[2] && path[2] != '/')
        path += 2;
    SourceFile *file = source_read_file(arena, path);
    if (!file) {
        diag_error(diags, SPAN_NONE, "config", "cannot read \"%s\": %s", path, strerror(errno));
        return NULL;
    }
    return config_of_file(arena, file, diags);
}
