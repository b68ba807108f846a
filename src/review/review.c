#include "berdua/review/review.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/chat/blind.h"
#include "berdua/chat/sight.h"
#include "berdua/conf/config.h"
#include "berdua/core/loop.h"
#include "berdua/core/mailbox.h"
#include "berdua/core/pool.h"
#include "dealer.h"
#include "earlier.h"
#include "stages.h"
#include "sitting_words.h"

/* So many pairs lie ready; one's own comes again after so many others at the earliest; a break of the rater is no time that a pair takes. */
enum { AHEAD = 4, REPEAT_AFTER = 20, BREAK_S = 300, MAILBOX_BYTES = 1 << 20 };

/* A write on its way. */
struct request {
    uint64_t id;
    struct shown *about;
    enum verdict_kind kind;
};

struct review {
    struct review_opts opts;
    struct mailbox *mailbox;
    struct pool *pool;
    struct writer *writer;
    struct dealer *dealer;
    struct stages *stages;
    struct earlier *earlier;
    bool announced;            /* what the next undo withdraws of an earlier sitting */
    struct conversation *none; /* in sight while no pair is */
    struct shown *now;         /* NULL: none */
    struct shown *ahead;       /* next to come first */
    struct shown **later;      /* passed over, to come again; each a list of its own */
    size_t later_count;
    struct shown **judged; /* in order */
    size_t judged_count;
    size_t repeatable;             /* of `judged`: the dealer knows them */
    struct shown *aside;           /* a list: not judged in this sitting */
    int64_t slots[CATEGORY_COUNT]; /* sides that were drawn of each category, here too */
    int64_t seeds[CATEGORY_COUNT];
    bool sided, made, over; /* how far sides are drawn is known; the deck was made */
    size_t left;
    struct err failure; /* of the dealer */
    char *why;          /* what is said when nothing is left */
    int64_t self[AGREEMENT_LABELS][AGREEMENT_LABELS];
    int64_t shown_us, spent_us; /* when the pair in sight came; what those before it took */
    int64_t repeats, done, timed;
    struct request *requests;
    size_t request_count;
    uint64_t last_id;
    struct unsaved unsaved;
    int64_t waiting_since_wall_us;
    bool lost, refused, left_over;
};

static void
tell(struct review *r, bool error, char *take_text)
{
    r->opts.notice(r->opts.arg, error, take_text);
    free(take_text);
}

/* ---- what is in sight ---- */

static struct turn *
turn_of(const struct shown *s)
{
    return s ? s->conversation->turns[0] : NULL;
}

const struct conversation *
review_conversation(const struct review *r)
{
    return r->now ? r->now->conversation : r->none;
}

static bool
reached(const struct review *r)
{
    return r->opts.target > 0 && r->done >= r->opts.target;
}

static void
ask_dealer(struct review *r)
{
    int ready = 0;
    for (const struct shown *s = r->ahead; s; s = s->next)
        ready++;
    if (r->over || r->failure.text[0] || dealer_busy(r->dealer) || ready >= AHEAD)
        return;
    while (r->repeatable + REPEAT_AFTER < r->judged_count) {
        const struct shown *s = r->judged[r->repeatable++];
        struct review_card card = s->card;
        card.before = turn_of(s)->verdict.kind;
        card.left_before = turn_of(s)->left;
        if (card.before != VERDICT_NONE && card.drawn_by != DRAW_REPEAT &&
            card.drawn_by != DRAW_DISPUTE)
            dealer_repeat(r->dealer, &card);
    }
    dealer_ask(r->dealer, AHEAD - ready);
}

/* The next side of its category; a pair that comes back keeps its own. */
static void
draw_side(struct review *r, struct shown *s)
{
    struct turn *t = turn_of(s);
    enum category c = turn_category(t);
    if (!s->sided) {
        s->side = r->slots[c]++;
        t->left = blind_left((uint64_t)r->seeds[c], s->side);
    }
    s->sided = t->blind.side_drawn = true;
}

static void
bring_into_sight(struct review *r, struct shown *s)
{
    r->now = s;
    r->announced = false;
    if (s) {
        draw_side(r, s);
        turn_of(s)->shown_us = r->shown_us = clock_us();
    } else if (r->over && !r->why) {
        r->why = words_nothing_left(&r->opts, r->judged_count || r->later_count || r->aside);
    }
    r->opts.changed(r->opts.arg);
}

static void
next_pair(struct review *r)
{
    struct shown *s = reached(r) ? NULL : r->ahead;
    if (s) {
        r->ahead = s->next;
    } else if (!reached(r) && r->over && r->later_count) {
        s = r->later[0];
        r->later_count--;
        memmove(&r->later[0], &r->later[1], r->later_count * sizeof *r->later);
    }
    if (s)
        s->next = NULL;
    bring_into_sight(r, s);
    if (!reached(r))
        ask_dealer(r);
}

/* ---- what the dealer brings ---- */

static void
learn_sides(struct review *r)
{
    const struct review_sides *sides = dealer_sides(r->dealer);
    r->sided = true;
    for (int c = 0; c < CATEGORY_COUNT; c++) {
        r->slots[c] = sides[c].drawn;
        r->seeds[c] = sides[c].drawn ? sides[c].seed
                                     : (int64_t)(hash_bytes(&c, sizeof c, r->opts.seed) >> 32);
    }
}

static void
take_deal(void *arg, struct deal *deal)
{
    struct review *r = arg;
    struct shown **tail = &r->ahead;
    while (*tail)
        tail = &(*tail)->next;
    *tail = deal->shown;
    if (deal->begun && !r->sided)
        learn_sides(r);
    if (deal->made && !r->made) {
        dealer_self(r->dealer, r->self);
        r->made = true;
    }
    r->left = deal->left;
    r->over = deal->over && !deal->err.text[0];
    r->failure = deal->err;
    if (!r->now && !reached(r))
        next_pair(r);
    else
        ask_dealer(r);
    r->opts.changed(r->opts.arg);
}

/* ---- writing ---- */

static void
put(struct review *r, struct shown *s, const struct verdict *v)
{
    struct turn *t = turn_of(s);
    struct reviewed_pair pair = {.session = s->session,
                                 .turn = t,
                                 .attempt = s->card.attempt,
                                 .side = s->side,
                                 .seed = r->seeds[turn_category(t)]};
    if (!r->request_count)
        r->waiting_since_wall_us = clock_wall_us();
    r->requests = xgrow(r->requests, r->request_count, sizeof *r->requests);
    r->requests[r->request_count++] = (struct request){++r->last_id, s, v->kind};
    verdict_log_send(&t->verdict_log, &t->verdict, v, r->last_id);
    writer_put_review(r->writer, &pair, v, r->opts.rater, r->last_id);
}

/* With the rater's verdict, or (by -1) no longer. */
static void
count(struct review *r, const struct shown *s, enum verdict_kind kind, int by)
{
    r->done += by;
    if (s->card.before == VERDICT_NONE)
        return;
    r->repeats += by;
    r->self[s->card.before - VERDICT_CLAUDE][kind - VERDICT_CLAUDE] += by;
}

static bool
is_judgement(enum verdict_kind kind)
{
    return kind >= VERDICT_CLAUDE && kind <= VERDICT_BOTH_BAD;
}

static void
acknowledged(void *arg, const struct write_ack *ack)
{
    struct review *r = arg;
    size_t i = 0;
    while (i < r->request_count && r->requests[i].id != ack->request)
        i++;
    if (i == r->request_count)
        return;
    struct request q = r->requests[i];
    struct turn *t = turn_of(q.about);
    enum verdict_kind was = t->verdict.kind;
    r->request_count--;
    memmove(&r->requests[i], &r->requests[i + 1], (r->request_count - i) * sizeof q);
    verdict_log_acknowledge(&t->verdict_log, &t->verdict, q.id, !ack->refused);
    char *words = words_saved(q.about, q.kind);
    if (ack->refused) {
        r->refused = true;
        if (is_judgement(was))
            count(r, q.about, was, -1);
        if (is_judgement(t->verdict.kind))
            count(r, q.about, t->verdict.kind, 1);
        tell(r, true, xasprintf("NOT saved: %s: %s", words, ack->refused));
    } else if (q.kind != VERDICT_DETAIL && q.kind != VERDICT_REVEAL) {
        tell(r, false, xasprintf("saved: %s", words));
        stages_judged(r->stages);
    }
    free(words);
    r->opts.changed(r->opts.arg);
}

static void
take_unsaved(void *arg, const struct unsaved *now)
{
    struct review *r = arg;
    r->unsaved = *now;
    if (now->cause != UNSAVED_NOTHING) /* pairs can be read all the same */
        dealer_go_on(r->dealer);
    r->opts.changed(r->opts.arg);
}

static void
lose_store(void *arg, const char *why)
{
    struct review *r = arg;
    struct unsaved now = {.cause = UNSAVED_LOST, .since_wall_us = clock_wall_us()};
    snprintf(now.reason, sizeof now.reason, "%s", why);
    r->lost = true;
    take_unsaved(r, &now);
}

static void
take_notice(void *arg, const char *line)
{
    tell(arg, false, xstrdup(line));
}

static const struct writer_ops writer_ops = {.acknowledged = acknowledged,
                                             .unsaved = take_unsaved,
                                             .lost = lose_store,
                                             .notice = take_notice};

/* ---- what the rater does ---- */

static bool
judge(struct review *r, const struct verdict *v, struct err *err)
{
    struct turn *t = turn_of(r->now);
    struct verdict event = *v;
    int64_t now = clock_us();
    if (!t || t->verdict.kind != VERDICT_NONE)
        return err_set(err, "no pair waits for a verdict");
    event.at_wall_us = clock_wall_us();
    event.drawn_by = r->now->card.drawn_by;
    event.propensity = r->now->card.propensity;
    event.flags = NULL;
    blind_complete(&event, t, r->opts.config->evaluate.ask_acceptable, false, now - t->shown_us);
    put(r, r->now, &event);
    free(event.flags);
    count(r, r->now, event.kind, 1);
    return true;
}

static void
withdraw(struct review *r, struct shown *s)
{
    enum verdict_kind was = turn_of(s)->verdict.kind;
    if (!is_judgement(was)) /* it was refused */
        return;
    count(r, s, was, -1);
    put(r, s,
        &(struct verdict){
            .kind = VERDICT_UNDO, .at_wall_us = clock_wall_us(), .drawn_by = s->card.drawn_by});
}

static bool
has_verdict_here(const struct review *r)
{
    return r->judged_count || (r->now && turn_of(r->now)->verdict.kind != VERDICT_NONE);
}

static void
announce_earlier(void *arg)
{
    struct review *r = arg;
    int64_t at_us = 0;
    if (has_verdict_here(r)) /* given while the earlier ones were read */
        return;
    const struct shown *s = earlier_next(r->earlier, &at_us);
    r->announced = s != NULL;
    tell(r, false, words_earlier(s, at_us));
}

/* Beyond this sitting an undo says first what it would withdraw. The names of that pair were shown when its sitting ended,
 * so it is noted as one that this rater is not shown any more. */
static bool
undo_earlier(struct review *r, struct err *err)
{
    if (r->lost)
        return err_set(err, "NOT saved: %s", r->unsaved.reason);
    if (!earlier_look(r->earlier))
        return true; /* it is announced when it is known */
    if (!r->announced) {
        announce_earlier(r);
        return true;
    }
    struct shown *s = earlier_take(r->earlier);
    static const enum verdict_kind kinds[] = {VERDICT_UNDO, VERDICT_REVEAL};
    r->announced = false;
    s->next = r->aside;
    r->aside = s;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        put(r, s,
            &(struct verdict){
                .kind = kinds[i], .at_wall_us = clock_wall_us(), .drawn_by = s->card.drawn_by});
    return true;
}

static bool
undo(struct review *r, struct err *err)
{
    struct shown *s = r->now;
    if (!has_verdict_here(r))
        return undo_earlier(r, err);
    if (!s || turn_of(s)->verdict.kind == VERDICT_NONE) {
        if (s) {
            s->next = r->ahead;
            r->ahead = s;
        }
        s = r->judged[--r->judged_count];
        if (r->repeatable > r->judged_count)
            r->repeatable = r->judged_count;
    }
    withdraw(r, s);
    bring_into_sight(r, s);
    return true;
}

/* What was said when asked, and the next pair. */
static bool
go_on(struct review *r, const struct verdict *said, struct err *err)
{
    struct shown *s = r->now;
    struct verdict detail = *said;
    if (!s || turn_of(s)->verdict.kind == VERDICT_NONE)
        return err_set(err, "no pair was judged");
    detail.kind = VERDICT_DETAIL;
    detail.at_wall_us = clock_wall_us();
    detail.drawn_by = s->card.drawn_by;
    if (said->acceptable[BRAIN_CLAUDE] || said->acceptable[BRAIN_LLAMA] || said->guess ||
        said->reasons)
        put(r, s, &detail);
    int64_t took_us = clock_us() - r->shown_us;
    if (took_us < BREAK_S * (int64_t)US_PER_S) {
        r->spent_us += took_us;
        r->timed++;
    }
    r->judged = xgrow(r->judged, r->judged_count, sizeof *r->judged);
    r->judged[r->judged_count++] = s;
    next_pair(r);
    return true;
}

bool
review_give(struct review *r, const struct verdict *by_sides, struct err *err)
{
    const struct turn *t = turn_of(r->now);
    struct verdict v = t ? turn_unmask_verdict(t, by_sides) : *by_sides;
    bool ok;
    if (r->lost && is_judgement(v.kind))
        return err_set(err, "NOT saved: %s", r->unsaved.reason);
    switch (v.kind) {
    case VERDICT_UNDO:
        ok = undo(r, err);
        break;
    case VERDICT_REVEAL:
        ok = go_on(r, &v, err);
        break;
    case VERDICT_NOTE:
        if (!t || !v.note || !*v.note)
            return err_set(err, t ? "the note is empty" : "no pair is in sight");
        v.at_wall_us = clock_wall_us();
        v.drawn_by = r->now->card.drawn_by;
        put(r, r->now, &v);
        ok = true;
        break;
    default:
        ok = is_judgement(v.kind) ? judge(r, &v, err) : err_set(err, "not in a review");
    }
    r->opts.changed(r->opts.arg);
    return ok;
}

bool
review_pass(struct review *r, bool later, struct err *err)
{
    struct shown *s = r->now;
    if (!s || turn_of(s)->verdict.kind != VERDICT_NONE)
        return err_set(err, "no pair waits for a verdict");
    if (later) {
        r->later = xgrow(r->later, r->later_count, sizeof *r->later);
        r->later[r->later_count++] = s;
    } else {
        s->next = r->aside;
        r->aside = s;
    }
    next_pair(r);
    return true;
}

void
review_look(const struct review *r, struct review_now *out)
{
    *out = (struct review_now){
        .stage = REVIEW_LOOKING,
        .done = r->done,
        .repeats = r->repeats,
        .left = r->left + r->later_count,
        .each_s = r->timed ? (double)r->spent_us / US_PER_S / (double)r->timed : NAN,
        .kappa = cohen_kappa((int64_t(*)[AGREEMENT_LABELS])(uintptr_t)r->self),
        .waiting = r->request_count,
        .unsaved = r->unsaved};
    for (const struct shown *s = r->ahead; s; s = s->next)
        out->left++;
    for (int a = 0; a < AGREEMENT_LABELS; a++)
        for (int b = 0; b < AGREEMENT_LABELS; b++)
            out->kappa_n += r->self[a][b];
    if (out->unsaved.cause == UNSAVED_NOTHING)
        out->unsaved.since_wall_us = r->waiting_since_wall_us;
    if (r->now)
        out->stage = REVIEW_JUDGING;
    else if (reached(r))
        out->stage = REVIEW_REACHED;
    else if (r->failure.text[0])
        out->stage = REVIEW_FAILED;
    else if (r->over)
        out->stage = REVIEW_OVER;
    out->why = r->failure.text[0] ? r->failure.text : r->why;
}

void
review_each(const struct review *r, void (*each)(void *arg, const struct turn *t), void *arg)
{
    for (size_t i = 0; i < r->judged_count; i++)
        if (is_judgement(turn_of(r->judged[i])->verdict.kind))
            each(arg, turn_of(r->judged[i]));
    if (r->now && is_judgement(turn_of(r->now)->verdict.kind))
        each(arg, turn_of(r->now));
}

/* ---- life ---- */

static void
read_mail(void *arg)
{
    mailbox_deliver(((struct review *)arg)->mailbox);
}

static bool
start(struct review *r, struct err *err)
{
    const char *url = r->opts.config->store_url;
    r->mailbox = mailbox_create(MAILBOX_BYTES, err);
    r->pool = r->mailbox ? pool_create(2, NULL, r->mailbox, err) : NULL;
    r->writer = r->pool ? writer_open(url, r->mailbox, &writer_ops, r, err) : NULL;
    if (!r->writer)
        return false;
    r->dealer = dealer_create(&r->opts, r->pool, r->writer, take_deal, r);
    r->stages = stages_create(r->opts.config, r->pool, r->writer);
    r->earlier = earlier_create(&r->opts, r->pool, announce_earlier, r);
    loop_add_fd(r->opts.loop, mailbox_fd(r->mailbox), read_mail, r);
    ask_dealer(r);
    return true;
}

struct review *
review_create(const struct review_opts *opts, struct err *err)
{
    struct review *r = xcalloc(1, sizeof *r);
    r->opts = *opts;
    r->none = conversation_create(opts->rater);
    if (!start(r, err))
        review_destroy(&r);
    return r;
}

bool
review_save(struct review *r)
{
    bool open = r->writer != NULL;
    if (r->mailbox && open)
        loop_remove_fd(r->opts.loop, mailbox_fd(r->mailbox));
    if (open)
        writer_release_workers(r->writer);
    dealer_stop(r->dealer);
    if (open) {
        pool_stop(r->pool);
        read_mail(r); /* what tasks have done points to their owners */
    }
    pool_destroy(&r->pool);
    dealer_destroy(&r->dealer); /* who closes a database last tidies up: the writer */
    if (open && r->unsaved.cause == UNSAVED_NOTHING)
        stages_finish(r->stages);
    if (!writer_close(&r->writer, r->opts.on_close, r->opts.arg))
        r->left_over = true; /* and it has said why */
    return !r->left_over && !r->refused;
}

static void
destroy_list(struct shown *s)
{
    while (s) {
        struct shown *next = s->next;
        shown_destroy(&s);
        s = next;
    }
}

bool
review_destroy(struct review **rp)
{
    struct review *r = *rp;
    if (!r)
        return true;
    bool saved = review_save(r);
    mailbox_destroy(&r->mailbox);
    stages_destroy(&r->stages);
    earlier_destroy(&r->earlier);
    for (size_t i = 0; i < r->judged_count; i++)
        shown_destroy(&r->judged[i]);
    for (size_t i = 0; i < r->later_count; i++)
        shown_destroy(&r->later[i]);
    destroy_list(r->ahead);
    destroy_list(r->aside);
    shown_destroy(&r->now);
    conversation_destroy(&r->none);
    free(r->judged);
    free(r->later);
    free(r->requests);
    free(r->why);
    free(r);
    *rp = NULL;
    return saved;
}
