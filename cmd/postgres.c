#include "cmd/postgres.h"

#include "ast/ast.h"
#include "base/strbuf.h"
#include "catalog/catalog.h"

#include <string.h>

int postgres_of_text(const char *text)
{
    int version = 0;
    for (const char *c = text; *c; c++) {
        if (*c < '0' || *c > '9' || version > 99)
            return 0;
        version = version * 10 + (*c - '0');
    }
    return catalog_knows_version(version) ? version : 0;
}

const char *postgres_known(Arena *arena, const char *last)
{
    size_t n;
    const int *versions = catalog_versions(&n);
    StrBuf out;
    strbuf_init(&out);
    for (size_t i = 0; i < n; i++) {
        if (i)
            strbuf_printf(&out, "%s%s ", i + 1 < n ? "," : " ", i + 1 < n ? "" : last);
        strbuf_printf(&out, "%d", versions[i]);
    }
    const char *text = arena_strndup(arena, out.text, out.len);
    strbuf_release(&out);
    return text;
}

int postgres_of_option(const Invocation *call)
{
    const char *text = call->options.postgres;
    int version = text ? postgres_of_text(text) : ast_parser_version();
    if (!version)
        usage_error("--postgres: PostgreSQL \"%s\" is not supported: expected %s", text,
                    postgres_known(call->arena, "or"));
    return version;
}
