#include "support.h"

#include <check.h>
#include <string.h>

CodegenOutput generate(Arena *arena, const IrProject *project, const CodegenOptions *options)
{
    CodegenOutput output;
    Diags diags = diags_make(arena);
    bool ok = codegen_generate(arena, project, options, &diags, &output);
    if (!ok)
        ck_abort_msg("%s", diags.first != NULL ? diags.first->message : "nothing is reported");
    ck_assert_uint_eq(diags.nerrors, 0);
    return output;
}

const char *file_text(const CodegenOutput *output, const char *name)
{
    for (size_t i = 0; i < output->nfiles; i++)
        if (strcmp(output->files[i].name, name) == 0)
            return output->files[i].text;
    ck_abort_msg("no file %s was generated", name);
    return NULL;
}

CodegenOptions prefixed_options(void)
{
    CodegenOptions options = codegen_default_options();
    options.prefix = "lib";
    return options;
}
