/* Running on a stack of a known size.
 *
 * SQL nests as deeply as its author likes and PostgreSQL's own limit depends on its stack; the default stack of a
 * thread or of the process is too small to promise the same here. */
#ifndef QUERC_BASE_STACK_H
#define QUERC_BASE_STACK_H

#include <stdbool.h>
#include <stddef.h>

/* Enough to walk any tree that ast_parse lets through, with room for large frames. Only what is used takes memory.
 */
#define STACK_FOR_TREES ((size_t)512 << 20)

/* Calls run(context) on a stack of that many bytes and waits for it; false, without having called it, when the
 * system grants no such stack. */
bool stack_run(size_t size, void (*run)(void *), void *context);

#endif
