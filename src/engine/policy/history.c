#include "history.h"

#include <string.h>

#include "berdua/base/mem.h"

enum { FRAME_TOKENS = 4 };

/* About how many tokens n bytes of text are: 3.5 bytes a token, rounded up, the safe side for
 * Indonesian under Llama and Claude tokenizers, plus 4 for the message's frame. An estimate. */
static long
history_estimate_tokens(size_t bytes)
{
    return (long)((bytes * 2 + 6) / 7) + FRAME_TOKENS;
}

/* The answer of an earlier turn that this brain is sent as its own; NULL: none. */
static const struct answer *
remembered(const struct turn *t, enum brain_id brain, enum history_policy policy)
{
    if (policy == HISTORY_OWN && answer_valid(&t->answers[brain]))
        return &t->answers[brain];
    if (t->canonical != BRAIN_NONE && answer_valid(&t->answers[t->canonical]))
        return &t->answers[t->canonical];
    return NULL;
}

static long
turn_tokens(const struct turn *t, const struct answer *a)
{
    return history_estimate_tokens(strlen(t->message)) + history_estimate_tokens(a->text.len);
}

bool
history_prompt(const struct conversation *c, const struct turn *t, enum brain_id brain,
               enum history_policy policy, const char *system, long budget_tokens,
               struct prompt *out, long *need_tokens)
{
    size_t here = c->count;
    while (here > 0 && c->turns[here - 1] != t)
        here--;
    here = here > 0 ? here - 1 : c->count;

    bool has_system = system && *system;
    long used = history_estimate_tokens(strlen(t->message)) +
                (has_system ? history_estimate_tokens(strlen(system)) : 0);
    *need_tokens = used;
    if (budget_tokens > 0 && used > budget_tokens)
        return false;

    /* From the newest backwards until the budget is spent. */
    size_t from = here;
    bool left_out = c->older;
    for (; from > 0; from--) {
        const struct answer *a = remembered(c->turns[from - 1], brain, policy);
        long more = a ? turn_tokens(c->turns[from - 1], a) : 0;
        if (budget_tokens > 0 && used + more > budget_tokens) {
            left_out = true;
            break;
        }
        used += more;
    }

    *out = (struct prompt){.system = has_system ? xstrdup(system) : NULL};
    for (size_t i = from; i < here; i++) {
        const struct answer *a = remembered(c->turns[i], brain, policy);
        if (!a)
            continue;
        prompt_add(out, false, c->turns[i]->message);
        prompt_add(out, true, a->text.p);
    }
    prompt_add(out, false, t->message);
    out->truncated = left_out;
    *need_tokens = used;
    return true;
}
