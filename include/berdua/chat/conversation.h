/* A session as it is shown: turns in order, each with the answers of both brains and the verdict in
 * force. Plain data, no I/O. Owner: the engine (the UI reads it). Thread: main. */
#ifndef BERDUA_CHAT_CONVERSATION_H
#define BERDUA_CHAT_CONVERSATION_H

#include "berdua/chat/terms.h"
#include "berdua/chat/answer.h"
#include "berdua/chat/context.h"
#include "berdua/chat/verdict.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rng;

struct turn {
    char id[27];
    int64_t seq;        /* its number in the session, from 1; 0 until the store says it */
    int64_t at_wall_us; /* when submitted */
    char *message;      /* exact bytes */
    enum chat_mode mode;
    enum history_policy history;
    /* What kind of message it is (measure/measure.h); language and category -1: not classified. */
    struct {
        int language; /* enum language */
        double language_confidence;
        int category; /* enum category: the one of the greatest weight */
        double weights[CATEGORY_COUNT];
        char *rules; /* version of the rules, NULL: not classified */
    } kind;
    bool asked[BRAIN_COUNT];            /* false: this brain was not called in this turn */
    struct answer answers[BRAIN_COUNT]; /* the newest try of each */
    double tried_usd[BRAIN_COUNT];      /* what the tries before the newest have cost */
    enum brain_id served;               /* BRAIN_NONE until a valid answer is in */
    /* What continues the conversation: adopted, else the verdict's winner, else served. */
    enum brain_id canonical;
    enum brain_id left; /* brain shown in the left column */
    /* Both answers are compared without names (chat/blind.h); see turn_veiled. */
    struct {
        bool on;
        char *rater;      /* for whom; NULL where it is not blind */
        bool side_drawn;  /* `left` is known: it is drawn when the turn is stored */
        bool names_shown; /* nobody who saw them judges the pair any more */
        bool set_aside;   /* it cannot be judged, says the rater: it is not waited for */
        bool masked;      /* made by turn_mask: what holds names is not in it */
        int64_t sent_us;  /* monotonic, when submitted; 0: by an earlier program */
    } blind;
    int64_t
        shown_us; /* monotonic, since when both answers can be read whole; 0: not yet, or not known */
    struct verdict_state verdict;
    struct verdict_log verdict_log;
    struct { /* which rule asked whom; rule NULL: not routed */
        char *rule, *style, *reason, *fallback_why;
        enum brain_id brain;
        enum brain_id fallback; /* who took over; BRAIN_NONE: nobody had to */
        double percent;
        int bucket;
    } route;
    struct context context;
    char *config_hash; /* the configuration's when it was asked (conf/config.h); NULL: not known */
    bool revealed;     /* a shadow's answer is shown */
    bool memory_told;  /* Claude was told what is inferred about the user; not stored */
    bool simulated;
};

struct conversation {
    char id[27]; /* session */
    char *user;
    char *title; /* NULL: none */
    int64_t started_wall_us;
    struct turn **turns; /* oldest first */
    size_t count;
    bool older;         /* the store has turns before turns[0] that are not loaded */
    double warm_up_usd; /* what waking servers for it has cost */
    uint32_t revision;  /* rises when turns are added or removed */
};

struct conversation *conversation_create(const char *user);
/* The same without a look at the clock, and with an id from rng. */
struct conversation *conversation_create_at(const char *user, int64_t wall_us, struct rng *rng);
void conversation_destroy(struct conversation **c);
struct turn *turn_create(const char *message);
struct turn *turn_create_at(const char *message, int64_t wall_us, struct rng *rng);
void turn_destroy(struct turn **t);
/* Takes t. */
void conversation_append(struct conversation *c, struct turn *t);
/* Takes every turns[i], which are older than what is there; the array stays the caller's. */
void conversation_prepend(struct conversation *c, struct turn **turns, size_t n);
struct turn *conversation_last(const struct conversation *c); /* NULL when empty */
struct turn *conversation_find(const struct conversation *c, const char *turn_id);
/* The brain whose answer stands at the left (side 0) or right (1); t NULL: as before the first turn. */
enum brain_id turn_side(const struct turn *t, int side);
/* This brain's answer is a shadow that was not revealed. */
bool turn_hides(const struct turn *t, enum brain_id b);
/* Blind, and the names were not shown yet. */
bool turn_veiled(const struct turn *t);
/* Both answers of a blind turn have ended, and their sides are known: they may be shown, both at once. */
bool turn_pair_ready(const struct turn *t);
/* Whose answer it is, as it may be said: "Claude", or "A" (left) and "B" of a veiled turn. */
const char *turn_name(const struct turn *t, enum brain_id b);
/* b was a hedge and was stopped because the routed brain spoke in time: neither shown nor a failure. */
bool turn_hedge_stopped(const struct turn *t, enum brain_id b);
/* An answer of this turn runs. */
bool turn_answering(const struct turn *t);
/* An answer or LLAMA's context of this turn runs. */
bool turn_running(const struct turn *t);
/* The category by which it is routed and styled: CATEGORY_GENERAL while it is not classified. */
enum category turn_category(const struct turn *t);
/* Recomputes canonical from adoption, verdict and served. */
void turn_choose_canonical(struct turn *t);

#endif
