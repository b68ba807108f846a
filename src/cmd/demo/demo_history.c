#include "demo_history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/jiwa/profile.h"
#include "berdua/jiwa/reply.h"
#include "berdua/store/memory_store.h"
#include "berdua/store/merge_store.h"
#include "berdua/store/query.h"
#include "berdua/store/rollout_store.h"
#include "berdua/store/session_store.h"
#include "exchanges.h"

#define DAY_US (INT64_C(86400) * US_PER_S)

enum {
    SEED = 20,
    SESSIONS = 56,
    DAYS = 28,
    TURNS_LEAST = 3,
    TURNS_SPREAD = 4,
    NAME_BYTES = 32,
    HOURS_FROM = 2, /* UTC: ten in the morning on Bali */
    HOURS = 9,
    ANALYSED_EVERY = 2
};

static const char *const users[] = {"mario", "mario", "sari", "luca"};
static const char *const raters[] = {"wayan", "made", "kadek"};

struct history {
    const struct demo_exchanges *x;
    int64_t end_us; /* the last midnight */
    struct rng rng;
    struct jiwa profile; /* of users[0] */
    int64_t profile_us;
    size_t steps; /* of the rollout, that have been taken */
};

/* ---- one verdict ---- */

static bool
happens(struct history *h, double chance)
{
    return rng_unit(&h->rng) < chance;
}

static double
near(struct history *h, double middle, double spread)
{
    return middle * (1 - spread + 2 * spread * rng_unit(&h->rng));
}

/* How often LLAMA's answer is the better one: it is warm, and less exact. */
static double
llama_chance(int category)
{
    static const double chances[CATEGORY_COUNT] = {
        [CATEGORY_GREETING] = .58,        [CATEGORY_EMOTIONAL] = .84,
        [CATEGORY_CULTURAL] = .74,        [CATEGORY_BUSINESS_SIMPLE] = .30,
        [CATEGORY_BUSINESS_COMPLEX] = .1, [CATEGORY_GENERAL] = .5,
    };
    return category < 0 ? .5 : chances[category];
}

static enum verdict_kind
judge(struct history *h, int category)
{
    if (happens(h, .14))
        return VERDICT_TIE;
    if (happens(h, .03))
        return VERDICT_BOTH_BAD;
    return happens(h, llama_chance(category)) ? VERDICT_LLAMA : VERDICT_CLAUDE;
}

static struct json *
answer_of(struct history *h, const struct demo_exchange *e, enum brain_id b)
{
    static const double warmth[] = {[BRAIN_CLAUDE] = .42, [BRAIN_LLAMA] = .72};
    static const double cultural[] = {[BRAIN_CLAUDE] = .63, [BRAIN_LLAMA] = .81};
    static const double usd[] = {[BRAIN_CLAUDE] = 5e-7, [BRAIN_LLAMA] = 6.5e-6};
    const struct demo_side *s = &e->sides[b];
    bool cold = b == BRAIN_LLAMA && happens(h, .03);
    int64_t out = (int64_t)strlen(s->text) / 4 + 1;
    double ttft = cold ? near(h, 41000, .2) : near(h, (double)s->first_ms, .35);
    struct json *a = json_object();
    json_add_str(a, "provider", b == BRAIN_CLAUDE ? "anthropic" : "openai");
    json_add_str(a, "model", b == BRAIN_CLAUDE ? "claude-haiku-5-5" : "zantara-llama-3.1-8b");
    json_add_str(a, "status", "complete");
    json_add_str(a, "text", s->text);
    json_add_num(a, "ttft_ms", ttft);
    json_add_num(a, "total_ms", ttft + (double)out * 1000 / (s->rate > 0 ? s->rate : 50));
    json_add_int(a, "tokens_in", (int64_t)strlen(e->message) / 4 + 61);
    json_add_int(a, "tokens_out", out);
    json_add_num(a, "cost_usd", (double)out * usd[b]);
    json_add_num(a, "warmth", near(h, warmth[b], .2));
    json_add_num(a, "cultural", near(h, cultural[b], .15));
    json_add_bool(a, "cold", cold);
    json_add_bool(a, "simulated", true);
    return a;
}

struct place {
    char session[ID_LEN + 1];
    const char *user;
    int64_t at_us, seq;
};

/* Would the answers be sent as they are? The better one mostly, the other one less often. */
static struct json *
acceptable(struct history *h, enum verdict_kind kind)
{
    struct json *o = json_object();
    for (int b = 0; b < BRAIN_COUNT; b++) {
        bool won = kind == (b == BRAIN_CLAUDE ? VERDICT_CLAUDE : VERDICT_LLAMA);
        double chance = kind == VERDICT_TIE ? .85 : kind == VERDICT_BOTH_BAD ? 0 : won ? .96 : .6;
        json_add_bool(o, brain_id_name((enum brain_id)b), happens(h, chance));
    }
    return o;
}

static struct json *
verdict_record(struct history *h, const struct demo_exchange *e, const struct place *p)
{
    char id[ID_LEN + 1];
    struct json *o = json_object(), *answers = json_object(), *flags = json_array();
    enum verdict_kind kind = judge(h, e->category);
    id_make_from(id, p->at_us, &h->rng);
    json_add_str(o, "id", id);
    json_add_num(o, "ts", (double)p->at_us / US_PER_S);
    json_add_str(o, "session", p->session);
    json_add_int(o, "turn", p->seq);
    json_add_str(o, "user", p->user);
    json_add_str(o, "rater", raters[rng_below(&h->rng, ARRAY_LEN(raters))]);
    json_add_str(o, "message", e->message);
    json_add_str(o, "mode", "parallel");
    json_add_bool(o, "blind", happens(h, .8));
    json_add_str(o, "left", brain_id_name(happens(h, .5) ? BRAIN_CLAUDE : BRAIN_LLAMA));
    json_add_str(o, "winner", verdict_kind_name(kind));
    json_add(o, "acceptable", acceptable(h, kind));
    json_add_num(o, "decision_ms", near(h, 9000, .6));
    if (e->category >= 0)
        json_add_str(o, "category", category_name((enum category)e->category));
    if (e->language >= 0)
        json_add_str(o, "language", language_name((enum language)e->language));
    json_push_str(flags, "simulated");
    json_add(o, "flags", flags);
    for (int b = 0; b < BRAIN_COUNT; b++)
        json_add(answers, brain_id_name((enum brain_id)b), answer_of(h, e, (enum brain_id)b));
    json_add(o, "answers", answers);
    return o;
}

/* ---- people ---- */

/* What LLAMA inferred from this message goes into the profile, as after a conversation. */
static bool
remember(struct history *h, struct store *s, const struct demo_exchange *e, const struct place *p,
         struct err *err)
{
    struct jiwa record = {0};
    struct jiwa_words *words = jiwa_words_create();
    bool ok = jiwa_read(&record, e->analysis, strlen(e->analysis), err);
    jiwa_words_add(words, e->message);
    jiwa_check(&record, words);
    if (ok) {
        char *text = jiwa_print(&record);
        struct memory_record r = {.session = p->session,
                                  .user = p->user,
                                  .model = "zantara-llama-3.1-8b",
                                  .through_seq = p->seq,
                                  .at_us = p->at_us,
                                  .record = text};
        ok = memory_store_add_record(s, &r, err);
        jiwa_merge(&h->profile, &record, p->session, p->at_us);
        h->profile_us = p->at_us;
        free(text);
    }
    jiwa_words_destroy(&words);
    jiwa_finish(&record);
    return ok;
}

/* ---- what is said ---- */

static const struct demo_exchange *
draw_exchange(struct history *h)
{
    for (;;) {
        const struct demo_exchange *e = &h->x->all[rng_below(&h->rng, (uint32_t)h->x->count)];
        if (strcmp(demo_exchange_label(e), "a failure") != 0)
            return e;
    }
}

/* ---- stages ---- */

static const struct {
    int days_ago;
    enum category category;
    double from, to;
    const char *by, *reason;
} steps[] = {
    {24, CATEGORY_EMOTIONAL, 0, 10, "auto", "promote: quality and win rate are above the gate"},
    {21, CATEGORY_CULTURAL, 0, 10, "auto", "promote: quality and win rate are above the gate"},
    {19, CATEGORY_EMOTIONAL, 10, 25, "hand", "looks good in review"},
    {15, CATEGORY_BUSINESS_SIMPLE, 0, 10, "hand", "a trial"},
    {11, CATEGORY_BUSINESS_SIMPLE, 10, 0, "auto", "demote: Claude leads"},
    {9, CATEGORY_EMOTIONAL, 25, 50, "hand", "half of the users"},
};

/* Those that were taken by then: of the verdicts only what is there already is older than a step. */
static bool
add_steps(struct history *h, struct store *s, int64_t until_us, struct err *err)
{
    for (; h->steps < ARRAY_LEN(steps); h->steps++) {
        const int64_t at_us = h->end_us - steps[h->steps].days_ago * DAY_US;
        struct rollout_step step = {.at_us = at_us,
                                    .category = steps[h->steps].category,
                                    .from = steps[h->steps].from,
                                    .to = steps[h->steps].to,
                                    .by = steps[h->steps].by,
                                    .reason = steps[h->steps].reason};
        if (at_us > until_us)
            break;
        if (!rollout_store_add_step(s, &step, err))
            return false;
    }
    return true;
}

/* ---- a session ---- */

static bool
add_session(struct history *h, struct store *s, int n, struct err *err)
{
    struct place p = {.user = users[rng_below(&h->rng, ARRAY_LEN(users))]};
    int64_t day_us = h->end_us - DAY_US * (DAYS - (int64_t)n * DAYS / SESSIONS);
    p.at_us = day_us + (int64_t)((HOURS_FROM + HOURS * rng_unit(&h->rng)) * 3600 * US_PER_S);
    id_make_from(p.session, p.at_us, &h->rng);
    int turns = TURNS_LEAST + (int)rng_below(&h->rng, TURNS_SPREAD);
    const struct demo_exchange *told = NULL;
    bool ok = add_steps(h, s, p.at_us, err);
    for (p.seq = 1; ok && p.seq <= turns; p.seq++) {
        const struct demo_exchange *e = draw_exchange(h);
        struct json *record = verdict_record(h, e, &p);
        ok = merge_store_own_record(s, record, err) != MERGE_FAILED;
        json_free(record);
        if (e->analysis && !told && strcmp(p.user, users[0]) == 0) {
            told = e;
            ok = ok && remember(h, s, e, &p, err);
        }
        p.at_us += (int64_t)near(h, 90 * US_PER_S, .5);
    }
    return ok;
}

/* ---- all of it ---- */

static bool
fill(struct store *inside, void *arg, struct err *err)
{
    struct history *h = arg;
    bool ok = true;
    h->rng = (struct rng){SEED};
    h->steps = 0;
    h->profile_us = 0;
    jiwa_finish(&h->profile);
    for (int n = 0; ok && n < SESSIONS; n++)
        ok = add_session(h, inside, n, err);
    if (ok && h->profile_us) {
        char *text = jiwa_print(&h->profile);
        ok = memory_store_put_profile(inside, users[0], text, h->profile_us, err);
        free(text);
    }
    return ok;
}

static bool
is_there(void *arg, const struct rollout_step *step)
{
    (void)step;
    *(bool *)arg = true;
    return false;
}

bool
demo_history_fill(const char *store_url, const struct demo_exchanges *x, int64_t wall_us,
                  struct err *err)
{
    struct history h = {.x = x, .end_us = wall_us / DAY_US * DAY_US};
    bool filled = false;
    struct store *s = store_open(store_url, err);
    bool ok = s && rollout_store_steps(s, is_there, &filled, err);
    if (ok && !filled)
        ok = store_write(s, fill, &h, err);
    jiwa_finish(&h.profile);
    store_close(&s);
    return ok;
}
