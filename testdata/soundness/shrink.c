/* Makes a failing statement smaller by making its tape smaller: stretches are left out, numbers become 0. What is
 * made of any tape is a statement, so all there is to do is to see whether it still fails. */
#include "soundness.h"

enum { MAX_ATTEMPTS = 3000 };

typedef struct Shrink {
    Subject *subject;
    uint64_t seed;
    Arena *arena; /* of the best */
    uint32_t *tape;
    size_t len;
    const char *sql;
    Verdict verdict;
    size_t attempts;
} Shrink;

/* Keeps the tape if its statement fails. */
static bool attempt(Shrink *shrink, const uint32_t *tape, size_t len)
{
    if (shrink->attempts++ >= MAX_ATTEMPTS)
        return false;
    Arena *scratch = arena_new();
    Choices choices = choices_replay(scratch, tape, len);
    const char *sql = generate_statement(shrink->subject, scratch, &choices);
    Verdict verdict = check_text(shrink->subject, scratch, sql, shrink->seed, NULL);
    bool fails = verdict.outcome == OUTCOME_WRONG;
    if (fails) {
        Arena *arena = arena_new();
        shrink->tape = arena_memdup(arena, tape, len * sizeof *tape);
        shrink->len = choices.next < len ? choices.next : len;
        shrink->sql = arena_strdup(arena, sql);
        shrink->verdict = verdict;
        shrink->verdict.what = arena_strdup(arena, verdict.what);
        shrink->verdict.params = arena_strdup(arena, verdict.params);
        arena_free(shrink->arena);
        shrink->arena = arena;
    }
    arena_free(scratch);
    return fails;
}

static bool leave_out(Shrink *shrink, size_t size)
{
    bool better = false;
    for (size_t at = 0; at + size <= shrink->len;) {
        Arena *scratch = arena_new();
        uint32_t *tape = arena_array_of(scratch, shrink->len, uint32_t);
        size_t n = 0;
        for (size_t i = 0; i < shrink->len; i++)
            if (i < at || i >= at + size)
                tape[n++] = shrink->tape[i];
        bool fails = attempt(shrink, tape, n);
        better = better || fails;
        at += fails ? 0 : size;
        arena_free(scratch);
    }
    return better;
}

static bool zero(Shrink *shrink, size_t size)
{
    bool better = false;
    for (size_t at = 0; at < shrink->len; at += size) {
        Arena *scratch = arena_new();
        uint32_t *tape = arena_memdup(scratch, shrink->tape, shrink->len * sizeof *tape);
        bool changes = false;
        for (size_t i = at; i < at + size && i < shrink->len; i++) {
            changes = changes || tape[i];
            tape[i] = 0;
        }
        better = (changes && attempt(shrink, tape, shrink->len)) || better;
        arena_free(scratch);
    }
    return better;
}

const char *shrink_statement(Subject *subject, Arena *arena, const Choices *choices, uint64_t seed,
                             Verdict *verdict)
{
    Shrink shrink = {.subject = subject, .seed = seed, .arena = arena_new()};
    if (!attempt(&shrink, choices->tape.items, choices->tape.len)) {
        arena_free(shrink.arena);
        return NULL;
    }
    bool better = true;
    while (better && shrink.attempts < MAX_ATTEMPTS) {
        better = false;
        for (size_t size = 32; size; size /= 2)
            better = leave_out(&shrink, size) || better;
        for (size_t size = 8; size; size /= 2)
            better = zero(&shrink, size) || better;
    }
    *verdict = shrink.verdict;
    verdict->what = arena_strdup(arena, shrink.verdict.what);
    verdict->params = arena_strdup(arena, shrink.verdict.params);
    const char *sql = arena_strdup(arena, shrink.sql);
    arena_free(shrink.arena);
    return sql;
}
