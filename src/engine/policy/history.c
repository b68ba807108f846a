#include "history.h"

#include <string.h>

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
text_tokens(const char *text)
{
    return text && *text ? history_estimate_tokens(strlen(text)) : 0;
}

/* What a turn of the past adds to the prompt. */
static long
turn_tokens(const struct turn *t, enum brain_id brain, enum history_policy policy)
{
    const struct answer *a = remembered(t, brain, policy);
    return a ? text_tokens(t->message) + history_estimate_tokens(a->text.len) : 0;
}

/* The first of the turns before `end` that are sent, so that they need at most `room` tokens. What is left out is
 * counted from the conversation's beginning in steps, so the first turn sent stays the same until the next step is due. */
static size_t
first_turn(const struct conversation *c, size_t end, enum brain_id brain,
           enum history_policy policy, long room, long step)
{
    long all = 0, left_out = 0;
    size_t from = 0;
    for (size_t i = 0; i < end; i++)
        all += turn_tokens(c->turns[i], brain, policy);
    long excess = all > room ? (all - room + step - 1) / step * step : 0;
    for (; from < end && left_out < excess; from++)
        left_out += turn_tokens(c->turns[from], brain, policy);
    return from;
}

bool
history_prompt(const struct conversation *c, const struct turn *t, enum brain_id brain,
               enum history_policy policy, struct prompt *take_head, long budget_tokens,
               struct prompt *out, long *need_tokens)
{
    size_t here = c->count, from = 0;
    while (here > 0 && c->turns[here - 1] != t)
        here--;
    here = here > 0 ? here - 1 : c->count;
    *out = *take_head;
    *take_head = (struct prompt){0};
    *need_tokens = text_tokens(t->message) + text_tokens(out->system) + text_tokens(out->aside);
    if (budget_tokens > 0 && *need_tokens > budget_tokens) {
        prompt_finish(out);
        return false;
    }
    if (budget_tokens > 0)
        from =
            first_turn(c, here, brain, policy, budget_tokens - *need_tokens, budget_tokens / 4 + 1);
    for (size_t i = from; i < here; i++) {
        const struct answer *a = remembered(c->turns[i], brain, policy);
        if (!a)
            continue;
        *need_tokens += turn_tokens(c->turns[i], brain, policy);
        prompt_add(out, false, c->turns[i]->message);
        prompt_add(out, true, a->text.p);
    }
    prompt_add(out, false, t->message);
    out->truncated = from > 0 || c->older;
    return true;
}
