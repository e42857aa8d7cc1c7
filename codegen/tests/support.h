/* What the tests of code generation share. */
#ifndef QUERC_CODEGEN_TESTS_SUPPORT_H
#define QUERC_CODEGEN_TESTS_SUPPORT_H

#include "codegen/codegen.h"
#include "fixture.h"

/* Generates and fails the test, with the first diagnostic, if that doesn't work. */
CodegenOutput generate(Arena *arena, const IrProject *project, const CodegenOptions *options);
/* The text of the file of that name; fails the test if there is none. */
const char *file_text(const CodegenOutput *output, const char *name);
CodegenOptions prefixed_options(void);

#endif
