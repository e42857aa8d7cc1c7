/* The sources of the runtime, which `emit_runtime` puts beside the generated code. The constant is made by the
 * build: cmd/embed. */
#ifndef QUERC_CMD_RUNTIME_FILES_H
#define QUERC_CMD_RUNTIME_FILES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct RuntimeFile {
    const char *name;
    const char *text; /* terminated */
    size_t len;
    bool is_json; /* only for emit_json: needs jansson */
} RuntimeFile;

extern const RuntimeFile runtime_files[];
extern const size_t nruntime_files;

#endif
