/* Reproducible random numbers (splitmix64) with a tape. */
#include "soundness.h"

Choices choices_make(Arena *arena, uint64_t seed)
{
    return (Choices){.arena = arena, .state = seed};
}

Choices choices_replay(Arena *arena, const uint32_t *tape, size_t len)
{
    Choices choices = {.arena = arena, .replay = true};
    for (size_t i = 0; i < len; i++)
        vec_push(arena, &choices.tape, tape[i]);
    return choices;
}

static uint64_t random_next(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

uint32_t choose(Choices *choices, uint32_t n)
{
    if (choices->replay)
        return choices->next < choices->tape.len ? choices->tape.items[choices->next++] % n : 0;
    uint32_t chosen = (uint32_t)(random_next(&choices->state) >> 32) % n;
    vec_push(choices->arena, &choices->tape, chosen);
    return chosen;
}

bool choose_if(Choices *choices, uint32_t percent)
{
    return choose(choices, 100) >= 100 - percent;
}
