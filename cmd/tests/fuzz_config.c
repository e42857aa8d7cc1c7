/* libFuzzer: any bytes as sqlc.yaml. */
#include "cmd/config.h"
#include "cmd/render.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Diags diags = diags_make(arena);
    config_of_file(arena,
                   source_from_text(arena, "db/sqlc.yaml", arena_strndup(arena, (const char *)data, size), size),
                   &diags);
    StrBuf out;
    strbuf_init(&out);
    for (const Diag *diag = diags.first; diag; diag = diag->next)
        render_text(arena, &out, diag, true);
    json_decref(render_json_list(arena, &diags));
    strbuf_release(&out);
    arena_free(arena);
    return 0;
}
