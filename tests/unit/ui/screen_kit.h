/* The whole screen in each state of the chat that the panel tells apart, seen through libvterm. What is shown is the same in
 * every run: the clock stands still while the screen is there. */
#ifndef TESTS_UNIT_SCREEN_KIT_H
#define TESTS_UNIT_SCREEN_KIT_H

#include "ptyscreen.h"
#include "ui_kit.h"

#include <math.h>
#include <stdio.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/chat/sight.h"
#include "berdua/core/loop.h"
#include "berdua/ui/doc.h"

enum scene { EMPTY, STREAMING, JUDGED, COLD, FAILED, BLIND, SCENES };
static const char *const scene_names[SCENES] = {"empty", "streaming", "judged",
                                                "cold",  "failed",    "blind"};

/* Where configuration and state of a group's tests are. */
static char screen_kit_folder[SCRATCH_BYTES];

static inline int
screen_kit_prepare(void **state)
{
    (void)state;
    return ui_kit_environment(screen_kit_folder);
}

static inline int
screen_kit_clean(void **state)
{
    (void)state;
    return scratch_remove(screen_kit_folder);
}

struct shown {
    struct ptyscreen terminal;
    struct loop *loop;
    struct config config;
    struct model_conf models[BRAIN_COUNT];
    struct conversation *conversation;
    struct sight *sight;
    struct ui_facts facts;
    struct ui *ui;
    int in, out; /* the test's own */
};

static const char claude_says[] =
    "Tidak perlu malu. Aturan visa memang rumit dan sering berubah, jadi wajar kalau Anda ingin "
    "bertanya.\n\nSilakan mulai dari mana saja, misalnya:\n\n- Anda berkewarganegaraan apa?\n"
    "- Berapa lama rencana tinggal?\n- Untuk liburan, kerja, atau usaha?\n\nDengan tiga hal itu "
    "saya bisa menunjukkan pilihan yang cocok.";
static const char llama_says[] =
    "Aduh, jangan sungkan ya, Kak. 💛 Tidak ada yang bodoh di sini; justru hebat, Kakak berani "
    "bertanya. Banyak sekali yang datang dengan rasa malu yang sama, dan pulangnya lega.\n\n"
    "Anggap saja lagi ngobrol sama kakak sendiri. Ceritakan pelan-pelan: **Kakak** mau tinggal "
    "berapa lama, dan apa yang paling bikin khawatir?";

static inline void
answer_as(struct answer *a, const char *text, size_t n, enum answer_status status)
{
    bool llama = a->brain == BRAIN_LLAMA;
    a->status = status;
    a->phase = status == STATUS_RUNNING ? PHASE_STREAMING : PHASE_ENDED;
    a->started_us = clock_us() - 2310000;
    a->last_delta_us = clock_us();
    a->times.connect_us = llama ? 21000 : 12000;
    a->times.ttft_us = llama ? 1750000 : 330000;
    a->times.total_us = status == STATUS_RUNNING ? UNKNOWN : llama ? 4000000 : 1280000;
    a->times.stall_us = llama ? 116000 : 38000;
    a->delta_count = 30;
    buf_clear(&a->text);
    buf_append(&a->text, text, n);
    a->words = status == STATUS_RUNNING ? 20 : 60;
    a->warmth = llama ? .77 : .43;
    a->cultural = llama ? .88 : .81;
    if (status != STATUS_RUNNING) {
        a->usage.input = llama ? 95 : 75;
        a->usage.output = llama ? 78 : 76;
        a->cost_usd = llama ? .0010 : .0001;
    }
    a->revision++;
}

static inline struct turn *
say(struct shown *s, const char *message, enum answer_status status)
{
    struct turn *t = turn_create(message);
    t->seq = (int64_t)s->conversation->count + 1;
    t->kind.category = CATEGORY_EMOTIONAL;
    t->kind.language = LANGUAGE_ID;
    t->kind.weights[CATEGORY_EMOTIONAL] = .98;
    t->kind.weights[CATEGORY_BUSINESS_SIMPLE] = .5;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        const char *text = b == BRAIN_LLAMA ? llama_says : claude_says;
        bool half = status == STATUS_RUNNING;
        t->asked[b] = true;
        answer_as(&t->answers[b], text, half ? strlen(text) / 2 : strlen(text), status);
    }
    if (status == STATUS_COMPLETE)
        t->served = t->canonical = BRAIN_CLAUDE;
    conversation_append(s->conversation, t);
    return t;
}

/* A session that has been going on for a while. */
static inline void
know(struct ui_facts *f)
{
    for (int b = 0; b < BRAIN_COUNT; b++) {
        struct brain_facts *of = &f->brain[b];
        of->n = 12;
        of->p50_us = b ? 1750000 : 330000;
        of->p95_us = b ? 2050000 : 420000;
        of->cost_usd = b ? .0120 : .0012;
        of->tries = UI_RECENT;
        for (int i = 0; i < UI_RECENT; i++) {
            of->recent_us[i] = (b ? 1500000 : 300000) + i % 3 * 90000 * (b + 1);
            of->failed[i] = b == BRAIN_LLAMA && i == 3;
        }
    }
    f->tally[VERDICT_LLAMA] = 6;
    f->tally[VERDICT_CLAUDE] = 3;
    f->tally[VERDICT_TIE] = 2;
    f->cost.session_usd = .0132;
    f->cost.month_usd = .42;
    f->cost.cap_usd = 5;
    f->evidence.known = true;
    f->evidence.scores[UI_WARMTH] =
        (struct ui_score_check){.agreed = 150, .n = 230, .predictive = true};
    f->evidence.scores[UI_CULTURE] = (struct ui_score_check){.agreed = 112, .n = 226};
    for (int c = 0; c < CATEGORY_COUNT; c++)
        f->evidence.categories[c] = (struct ui_category){
            .next = 10, .quality = NAN, .upper = NAN, .gate = .85, .least = 50, .dwell_h = 48};
    struct ui_category *e = &f->evidence.categories[CATEGORY_EMOTIONAL],
                       *g = &f->evidence.categories[CATEGORY_GREETING],
                       *b = &f->evidence.categories[CATEGORY_BUSINESS_SIMPLE];
    e->n = e->verdicts = 8, e->won = 6.5, e->share = .81, e->low = .42, e->high = .97;
    e->quality = .55, e->upper = .97, e->hours = 31;
    g->n = g->verdicts = 6, g->won = 3, g->share = .5, g->low = .13, g->high = .87;
    b->n = b->verdicts = 25, b->won = 4, b->share = .16, b->low = .04, b->high = .41;
}

static inline void
set_scene(struct shown *s, enum scene which)
{
    struct turn *t = NULL;
    if (which == EMPTY)
        return;
    know(&s->facts);
    say(s, "Halo, apa kabar?", STATUS_COMPLETE);
    t = say(s, "Kak, aku malu bertanya tentang visa… takut dikira bodoh.",
            which == STREAMING ? STATUS_RUNNING : STATUS_COMPLETE);
    struct answer *llama = &t->answers[BRAIN_LLAMA];
    if (which == JUDGED) {
        t->verdict.kind = VERDICT_LLAMA;
        turn_choose_canonical(t);
    } else if (which == COLD) {
        answer_finish(llama);
        llama->phase = PHASE_WARMING;
        llama->started_us = clock_us() - 17900000;
        s->facts.brain[BRAIN_LLAMA].cold_starts =
            (struct cold_starts){.count = 6, .low_us = 45000000, .high_us = 90000000};
    } else if (which == FAILED) {
        answer_finish(llama);
        llama->status = STATUS_FAILED;
        llama->phase = PHASE_ENDED;
        llama->error.kind = ERR_OVERLOADED;
        llama->error.http_status = 503;
        llama->retries = 2;
        llama->retry_why = xstrdup("overloaded (HTTP 503)");
    } else if (which == BLIND) {
        t->blind.on = t->blind.side_drawn = true;
        t->blind.rater = xstrdup("wayan");
        s->facts.blind.on = s->facts.blind.veiled = true;
        s->facts.blind.rater = "wayan";
        s->facts.blind.done = 37;
        s->facts.blind.target = 120;
        s->facts.blind.each_s = 11;
        s->facts.evidence = (struct ui_evidence){0};
        memset(s->facts.tally, 0, sizeof s->facts.tally);
    }
}

/* ---- the terminal ---- */

/* All that was written until now has been read into the emulator. */
static inline void
look_at(struct shown *s)
{
    static const char mark[] = "\033[?7777h"; /* a mode that no terminal has */
    struct ptyscreen *p = &s->terminal;
    assert_int_equal(write(1, mark, sizeof mark - 1), sizeof mark - 1);
    pthread_mutex_lock(&p->lock);
    while (!p->closed &&
           (p->bytes.len < p->shown + sizeof mark - 1 ||
            memcmp(p->bytes.p + p->bytes.len - (sizeof mark - 1), mark, sizeof mark - 1) != 0))
        pthread_cond_wait(&p->grew, &p->lock);
    pthread_mutex_unlock(&p->lock);
    ptyscreen_wait(p, 0);
}

static inline void
start_ui(struct shown *s, const char *theme)
{
    static const struct ui_ops ops = {.pages = ui_kit_pages};
    struct err err = {{0}};
    s->config.theme = (char *)(uintptr_t)theme;
    s->ui =
        ui_create(&s->config, s->loop, &ops, sight_conversation(s->sight), &s->facts, true, &err);
    if (!s->ui) {
        dup2(s->out, 1);
        fail_msg("%s", err.text);
    }
}

/* The screen of the scene, painted once. */
static inline void
show(struct shown *s, enum scene which, const char *theme, int rows, int cols)
{
    struct err err = {{0}};
    *s = (struct shown){.ui = NULL};
    ui_kit_brains(&s->config, s->models, &s->facts);
    s->facts.cost.month_usd = s->facts.cost.cap_usd = NAN;
    s->facts.blind.each_s = s->facts.review.kappa = NAN;
    clock_hold();
    s->conversation = conversation_create("mario");
    set_scene(s, which);
    s->sight = sight_create();
    sight_look(s->sight, s->conversation);
    ptyscreen_open(&s->terminal, rows, cols);
    fflush(stdout);
    s->in = dup(0);
    s->out = dup(1);
    dup2(s->terminal.slave, 0);
    dup2(s->terminal.slave, 1);
    s->loop = loop_create(&err);
    start_ui(s, theme);
    look_at(s);
}

static inline void
hide(struct shown *s)
{
    ui_destroy(&s->ui);
    loop_destroy(&s->loop);
    sight_destroy(&s->sight);
    conversation_destroy(&s->conversation);
    clock_release();
    dup2(s->in, 0);
    dup2(s->out, 1);
    close(s->in);
    close(s->out);
    ptyscreen_close(&s->terminal);
}

#endif
