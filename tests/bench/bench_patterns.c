/* What each pattern adds to the time of the brain that the operator reads, against the stand-in server with
 * scripted delays. Every measured message has a twin that asks the same brain alone, right before it, so
 * that both meet the same machine. Ends with 1 when a claim does not hold.
 * BENCH_QUICK=1: fewer messages. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trial.h"
#include "berdua/base/clock.h"
#include "berdua/base/mem.h"

enum { MESSAGES = 120, FRESH_EVERY = 20, TIMEOUT_MS = 60, GRACE_MS = 60, STORED_TURNS = 10000 };

static const char emotional[] = "aku takut sekali dan sedih, visaku ditolak"; /* routed to LLAMA */
static const char cultural[] = "apa arti upacara ngaben dan adat melasti di Bali?"; /* to Claude */

/* An answer of some 45 ms, one that is later, and one that comes in a hurry while the first streams. */
#define ANSWER "first=15 gap=2 count=15"
#define SLOW   "first=70 gap=2 count=15"
#define HURRY  "first=5 gap=1 count=100"
#define BRIEF  "first=15 gap=1 count=6"
#define LATE   "first=100 gap=1 count=6"
#define HANGS  "first=20000 count=1"

enum { FIGURES = 2 };

struct figure {
    const char *what;
    double (*of)(const struct script *s, const struct shot *shot); /* one message, in ms */
};

/* With `alone`, what is held against the bar is the difference between the quantiles of both; without
 * (its brains are 0) it is the figure itself. bar 0: only told. */
struct claim {
    const char *what;
    double bar_ms;
    struct script alone, with;
    struct figure figures[FIGURES];
    int hanging; /* messages sent before each, whose shadows still run */
    bool first;  /* each is the first of a session */
};

static double
ms(int64_t us)
{
    return (double)us / US_PER_MS;
}

/* From the message to the served answer's first visible token, less what the server took of it. */
static double
first_token(const struct script *s, const struct shot *x)
{
    enum brain_id b = x->served;
    (void)s;
    return ms(x->first_us[b] - x->submit_us - (x->written_us[b] - x->arrived_us[b]));
}

/* The same to its end. */
static double
whole_answer(const struct script *s, const struct shot *x)
{
    (void)s;
    return ms(x->served_us - x->submit_us - (x->done_us[x->served] - x->arrived_us[x->served]));
}

/* From the message until the server has Claude's request. */
static double
request(const struct script *s, const struct shot *x)
{
    (void)s;
    return ms(x->arrived_us[BRAIN_CLAUDE] - x->submit_us);
}

/* What the main thread spends before it is free for keys again. */
static double
submitting(const struct script *s, const struct shot *x)
{
    (void)s;
    return ms(x->submitted_us - x->submit_us);
}

static double
after_timeout(const struct script *s, const struct shot *x)
{
    return request(s, x) - s->timeout_ms;
}

static double
after_grace(const struct script *s, const struct shot *x)
{
    return request(s, x) - s->grace_ms;
}

static double
first_token_after_grace(const struct script *s, const struct shot *x)
{
    return first_token(s, x) - s->grace_ms;
}

/* From LLAMA's last byte at the server to Claude's request there. */
static double
after_context(const struct script *s, const struct shot *x)
{
    (void)s;
    return ms(x->arrived_us[BRAIN_CLAUDE] - x->done_us[BRAIN_LLAMA]);
}

/* What is waited beyond the timeout or beyond Claude's answer as the server gave it, whichever is later. */
static double
beyond_longer(const struct script *s, const struct shot *x)
{
    double claude = ms(x->done_us[BRAIN_CLAUDE] - x->arrived_us[BRAIN_CLAUDE]);
    return ms(x->served_us - x->submit_us) - (claude > s->timeout_ms ? claude : s->timeout_ms);
}

static double
waited(const struct script *s, const struct shot *x)
{
    (void)s;
    return ms(x->served_us - x->submit_us);
}

#define FIRST_AND_WHOLE .figures = {{"first token", first_token}, {"whole answer", whole_answer}}
#define SUBMITTING      .figures = {{"main thread", submitting}, {"(whole answer)", whole_answer}}
#define FALLBACK                                                                                   \
    .figures = {{"timeout to fallback's request", after_timeout}, {"(waited in all)", waited}}
#define LONGER                                                                                     \
    .figures = {{"beyond max(timeout, Claude)", beyond_longer}, {"(waited in all)", waited}}

#define PLAIN(m, who, claude, llama)                                                               \
    {                                                                                              \
        .mode = (m), .brains = (who), .message = "halo apa kabar", .shadow_percent = 100,          \
        .rule = {                                                                                  \
            [BRAIN_CLAUDE] = (claude),                                                             \
            [BRAIN_LLAMA] = (llama)                                                                \
        }                                                                                          \
    }
#define ROUTED(claude, llama, hedged)                                                              \
    {                                                                                              \
        .mode = MODE_ROUTE, .brains = BOTH_BRAINS, .message = emotional, .timeout_ms = TIMEOUT_MS, \
        .hedge = (hedged), .rule = {                                                               \
            [BRAIN_CLAUDE] = (claude),                                                             \
            [BRAIN_LLAMA] = (llama)                                                                \
        }                                                                                          \
    }
#define CULTURAL(m, claude, llama)                                                                 \
    {                                                                                              \
        .mode = (m), .brains = BOTH_BRAINS, .message = cultural, .grace_ms = GRACE_MS,             \
        .shadow_percent = 100, .timeout_ms = TIMEOUT_MS, .rule = {                                 \
            [BRAIN_CLAUDE] = (claude),                                                             \
            [BRAIN_LLAMA] = (llama)                                                                \
        }                                                                                          \
    }
#define FULLY(claude, llama, hedged)                                                               \
    {                                                                                              \
        .mode = MODE_FULL, .brains = BOTH_BRAINS, .message = emotional, .timeout_ms = TIMEOUT_MS,  \
        .hedge = (hedged), .grace_ms = GRACE_MS, .rule = {                                         \
            [BRAIN_CLAUDE] = (claude),                                                             \
            [BRAIN_LLAMA] = (llama)                                                                \
        }                                                                                          \
    }
#define START        .figures = {{"grace to Claude's request", after_grace}, {"(waited in all)", waited}}
#define CLAUDE_ALONE .alone = PLAIN(MODE_PARALLEL, CLAUDE_ONLY, ANSWER, NULL)
#define LLAMA_ALONE  .alone = PLAIN(MODE_PARALLEL, LLAMA_ONLY, NULL, ANSWER)
#define PARALLEL(claude, llama)                                                                    \
    .bar_ms = 2, .with = PLAIN(MODE_PARALLEL, BOTH_BRAINS, claude, llama), FIRST_AND_WHOLE
#define SHADOW(claude, llama)                                                                      \
    .bar_ms = 2, .with = PLAIN(MODE_SHADOW, BOTH_BRAINS, claude, llama), FIRST_AND_WHOLE

static const struct claim claims[] = {
    {"parallel, Claude faster", CLAUDE_ALONE, PARALLEL(ANSWER, SLOW)},
    {"parallel, LLAMA faster", LLAMA_ALONE, PARALLEL(SLOW, ANSWER)},
    {"parallel, LLAMA chatters", CLAUDE_ALONE, PARALLEL(ANSWER, HURRY)},
    {"shadow is slower", CLAUDE_ALONE, SHADOW(ANSWER, SLOW)},
    {"shadow chatters", CLAUDE_ALONE, SHADOW(ANSWER, HURRY)},
    {"shadow, five before still run", CLAUDE_ALONE, SHADOW(ANSWER, HANGS), .hanging = 5},
    {"context is late", .with = CULTURAL(MODE_CONTEXT, ANSWER, LATE), .bar_ms = 5, START},
    {"context is late: adds to Claude", CLAUDE_ALONE, .with = CULTURAL(MODE_CONTEXT, ANSWER, LATE),
     .bar_ms = 5,
     .figures = {{"first token beyond the grace", first_token_after_grace},
                 {"(waited in all)", waited}}},
    {"context is in time", .with = CULTURAL(MODE_CONTEXT, ANSWER, BRIEF), .bar_ms = 5,
     .figures = {{"context to Claude's request", after_context}, {"(waited in all)", waited}}},
    {"route, LLAMA in time", LLAMA_ALONE, .with = ROUTED(ANSWER, ANSWER, false), FIRST_AND_WHOLE},
    {"route, submit itself", LLAMA_ALONE, .with = ROUTED(ANSWER, ANSWER, false), .bar_ms = 1,
     SUBMITTING},
    {"route, first message", LLAMA_ALONE, .with = ROUTED(ANSWER, ANSWER, false), .bar_ms = 1,
     SUBMITTING, .first = true},
    {"route, LLAMA hangs", .with = ROUTED(ANSWER, HANGS, false), .bar_ms = 5, FALLBACK},
    {"hedge, Claude within the timeout", .with = ROUTED(ANSWER, HANGS, true), .bar_ms = 5, LONGER},
    {"hedge, Claude beyond the timeout", .with = ROUTED(SLOW, HANGS, true), .bar_ms = 5, LONGER},
    {"full, context is late", .with = CULTURAL(MODE_FULL, ANSWER, LATE), .bar_ms = 5, START},
    {"full, LLAMA in time", LLAMA_ALONE, .with = FULLY(ANSWER, ANSWER, false), .bar_ms = 2,
     FIRST_AND_WHOLE},
    {"full, LLAMA hangs", .with = FULLY(ANSWER, HANGS, false), .bar_ms = 5, FALLBACK},
    {"full, hedge beyond the timeout", .with = FULLY(SLOW, HANGS, true), .bar_ms = 5, LONGER},
};

/* ---- taking them ---- */

struct sample {
    double *v;
    int n;
};

static int
compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double
quantile(const struct sample *s, double q)
{
    return s->v[(int)((double)(s->n - 1) * q + .5)];
}

static void
let_shadows_hang(struct trial *t, const struct claim *c)
{
    struct shot unused;
    struct script before = c->with;
    before.rule[BRAIN_CLAUDE] = "first=1 count=1";
    for (int i = 0; i < c->hanging; i++)
        trial_shoot(t, &before, false, &unused);
}

static void
take(struct trial *t, const struct claim *c, int messages, struct sample alone[FIGURES],
     struct sample with[FIGURES])
{
    struct shot x;
    for (int i = -2; i < messages; i++) { /* the first ones connect, and are not counted */
        if (i % FRESH_EVERY == 0)
            trial_fresh(t);
        if (c->first)
            trial_restart(t, true);
        if (c->alone.brains) {
            trial_shoot(t, &c->alone, true, &x);
            for (int f = 0; f < FIGURES && i >= 0; f++)
                alone[f].v[alone[f].n++] = c->figures[f].of(&c->alone, &x);
        }
        if (c->first)
            trial_restart(t, true);
        let_shadows_hang(t, c);
        trial_shoot(t, &c->with, c->hanging == 0, &x);
        for (int f = 0; f < FIGURES && i >= 0; f++)
            with[f].v[with[f].n++] = c->figures[f].of(&c->with, &x);
        if (c->hanging)
            trial_settle(t);
    }
    for (int f = 0; f < FIGURES; f++) {
        qsort(alone[f].v, (size_t)alone[f].n, sizeof(double), compare);
        qsort(with[f].v, (size_t)with[f].n, sizeof(double), compare);
    }
}

static void
print_quantiles(const struct sample *s)
{
    char text[64] = "";
    if (s->n)
        snprintf(text, sizeof text, "%.2f / %.2f / %.2f", quantile(s, .5), quantile(s, .95),
                 quantile(s, 1));
    printf("  %24s", text);
}

/* false: does not hold. */
static bool
print_figure(const struct claim *c, int f, const struct sample *alone, const struct sample *with)
{
    double median = quantile(with, .5), p95 = quantile(with, .95);
    bool bound = c->bar_ms > 0 && c->figures[f].what[0] != '(', holds = true;
    if (alone->n) {
        median -= quantile(alone, .5);
        p95 -= quantile(alone, .95);
    }
    printf("%-33s%-30s", f ? "" : c->what, c->figures[f].what);
    print_quantiles(alone);
    print_quantiles(with);
    if (alone->n)
        printf("  %+6.2f %+6.2f", median, p95);
    else
        printf("  %6s %6s", "", "");
    if (bound) {
        holds = median <= c->bar_ms && p95 <= c->bar_ms;
        printf("  <= %.0f ms  %s", c->bar_ms, holds ? "holds" : "DOES NOT HOLD");
    }
    putchar('\n');
    fflush(stdout);
    return holds;
}

static bool
try_claim(struct trial *t, const struct claim *c, int messages)
{
    struct sample alone[FIGURES], with[FIGURES];
    bool holds = true;
    for (int f = 0; f < FIGURES; f++) {
        alone[f] = (struct sample){.v = xcalloc((size_t)messages, sizeof(double))};
        with[f] = (struct sample){.v = xcalloc((size_t)messages, sizeof(double))};
    }
    take(t, c, messages, alone, with);
    for (int f = 0; f < FIGURES; f++) {
        holds = print_figure(c, f, &alone[f], &with[f]) && holds;
        free(alone[f].v);
        free(with[f].v);
    }
    return holds;
}

int
main(int argc, char **argv)
{
    int messages = getenv("BENCH_QUICK") ? MESSAGES / 4 : MESSAGES;
    struct trial *t = trial_start(STORED_TURNS);
    bool all = true;
    trial_open_stage(t, CATEGORY_EMOTIONAL);
    printf("\n%d messages each; median / p95 / worst in ms; timeout and grace %d ms\n%-33s%-30s  "
           "%24s  %24s  "
           "%13s\n",
           messages, (int)TIMEOUT_MS, "", "less the server's own time:", "the same brain alone",
           "with the pattern", "adds 50% 95%");
    for (size_t i = 0; i < ARRAY_LEN(claims); i++) {
        if (argc > 1 && !strstr(claims[i].what, argv[1]))
            continue;
        /* What a busy machine spoils once gets a second chance, seen by all. */
        bool holds = try_claim(t, &claims[i], messages) || try_claim(t, &claims[i], messages);
        all = all && holds;
    }
    trial_stop(&t);
    return all ? 0 : 1;
}
