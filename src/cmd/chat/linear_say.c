/* What text mode says: before an answer, with it, and behind it; never behind the prompt. */
#include "linear_private.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/chat/cold_starts.h"
#include "cmd/out.h"
#include "cmd/turn_print.h"

enum { NEWS_MAX_BYTES = 1 << 16, FIGURE_BYTES = 16 };

/* ---- when ---- */

void
linear_say(struct linear *l, bool error, const char *fmt, ...)
{
    struct buf text;
    va_list ap;
    buf_init(&text, SIZE_MAX);
    va_start(ap, fmt);
    buf_vprintf(&text, fmt, ap);
    va_end(ap);
    if (l->prompted) { /* each piece with its stream before it and a NUL behind it */
        if (l->news.len + text.len + 2 <= NEWS_MAX_BYTES) {
            buf_append_char(&l->news, error ? 'e' : 'o');
            buf_append(&l->news, text.p, text.len + 1);
        }
    } else if (error) {
        fflush(stdout);
        out_say("%s\n", text.p);
    } else {
        out_print("%s\n", text.p);
        fflush(stdout);
    }
    buf_finish(&text);
}

void
linear_say_news(struct linear *l)
{
    struct buf news = l->news;
    buf_init(&l->news, NEWS_MAX_BYTES);
    for (const char *p = news.p; p && p < news.p + news.len; p += strlen(p) + 1)
        linear_say(l, *p == 'e', "%s", p + 1);
    buf_finish(&news);
}

void
linear_leave_prompt(struct linear *l)
{
    if (!l->prompted)
        return;
    puts("");
    l->prompted = false;
    l->due = true;
    linear_say_news(l);
}

/* ---- answers ---- */

static const char *
score(double v, char out[FIGURE_BYTES])
{
    snprintf(out, FIGURE_BYTES, "%.2f", v);
    return out[0] == '0' ? out + 1 : out;
}

void
linear_print_heading(const struct answer *a)
{
    char warmth[FIGURE_BYTES], culture[FIGURE_BYTES];
    out_print("%s%s", brain_title(a->brain), a->simulated ? " (SIMULATED)" : "");
    if (a->times.ttft_us >= 0)
        out_print(", first token %.0f ms", (double)a->times.ttft_us / US_PER_MS);
    if (a->times.total_us >= 0)
        out_print(", total %.2f s", (double)a->times.total_us / US_PER_S);
    if (a->retries)
        out_print(", retries %d", a->retries);
    if (a->text.len && !isnan(a->warmth))
        out_print(", warmth %s%s%s (estimates%s)", score(a->warmth, warmth),
                  isnan(a->cultural) ? "" : " culture ",
                  isnan(a->cultural) ? "" : score(a->cultural, culture),
                  a->words < SCORE_MIN_WORDS ? " from few words" : "");
    out_print(":\n");
}

void
linear_print_answer(const struct answer *a)
{
    if (a->text.len) {
        linear_print_heading(a);
        out_block(a->text.p, a->text.len);
    }
    fflush(stdout);
    if (!answer_valid(a) && !ferror(stdout))
        print_answer_error(a);
}

void
linear_print_turn(const struct linear *l, const struct turn *t)
{
    out_print("turn %lld of %lld: ", (long long)t->seq,
              (long long)conversation_last(linear_conversation(l))->seq);
    out_block(t->message, strlen(t->message));
    if (turn_veiled(t)) {
        out_print("A and B wait for your verdict.\n");
        fflush(stdout);
        return;
    }
    for (int side = 0; side < BRAIN_COUNT; side++) {
        enum brain_id b = turn_side(t, side);
        if (t->asked[b] && turn_hides(t, b))
            out_print("%s answered unseen: /reveal shows it\n", brain_title(b));
        else if (t->asked[b] && t->answers[b].status != STATUS_RUNNING)
            linear_print_answer(&t->answers[b]);
    }
    if (t->verdict.kind != VERDICT_NONE)
        out_print("verdict: %s\n", linear_pair_given(t));
    fflush(stdout);
}

/* ---- what goes on ---- */

const char *
linear_unsaved_words(const struct linear *l)
{
    return l->unsaved == UNSAVED_LOST ? "NOT saved" : "not saved yet";
}

/* The server of the brain starts up; how long that took before. */
void
linear_say_starting(struct linear *l, enum brain_id b)
{
    char usual[COLD_STARTS_TEXT];
    cold_starts_text(runner_cold_starts(l->runner, b), usual);
    linear_leave_prompt(l);
    linear_say(l, true, "berdua: %s is starting up%s%s", brain_title(b), usual[0] ? ", " : "",
               usual);
}

/* Told only of a server that was asleep, or cannot be woken. */
void
linear_say_warm_up(struct linear *l, enum brain_id b)
{
    const struct answer *a = engine_warming(runner_engine(l->runner), b);
    if (a && a->phase == PHASE_WARMING && !l->waking)
        linear_say_starting(l, b);
    l->waking = a && a->phase == PHASE_WARMING;
    bool failed = a && (a->status == STATUS_FAILED || a->status == STATUS_TIMEOUT);
    if (failed || (a && a->status == STATUS_COMPLETE && a->cold))
        linear_leave_prompt(l);
    if (failed)
        linear_say(l, true, "berdua: %s was not woken: %s", brain_title(b), a->error.message);
    else if (a && a->status == STATUS_COMPLETE && a->cold)
        linear_say(l, true, "berdua: %s is ready, after %.0f s", brain_title(b),
                   (double)a->times.total_us / US_PER_S);
}

void
linear_say_running(struct linear *l, const struct turn *t)
{
    int seen = 0;
    enum brain_id one = BRAIN_CLAUDE;
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (t->asked[b] && t->answers[b].role != ROLE_SHADOW) {
            one = (enum brain_id)b;
            seen++;
        }
    if (!l->prompt)
        return;
    if (seen == BRAIN_COUNT)
        linear_say(l, false, "(both are answering…)");
    else if (seen == 1)
        linear_say(l, false, "(%s is answering…)", brain_title(one));
    else
        linear_say(l, false, "(an answer is awaited…)");
}

void
linear_ask_verdict(struct linear *l)
{
    const struct turn *t = conversation_last(linear_conversation(l));
    if (!l->prompt || !t || t->blind.on || t->mode != MODE_PARALLEL || turn_running(t) ||
        t->verdict.kind != VERDICT_NONE || strcmp(l->asked, t->id) == 0)
        return;
    memcpy(l->asked, t->id, sizeof l->asked);
    if (t->answers[BRAIN_CLAUDE].text.len && t->answers[BRAIN_LLAMA].text.len)
        out_print("Which is better? /claude /llama /tie /bad\n");
}
