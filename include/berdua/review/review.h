/* One sitting of a rater who judges stored pairs again, blind (design.md, `berdua review`). Pairs are drawn and read by a
 * worker, some ahead of the one in sight; each verdict goes to the store at once and counts as saved when the writer says so,
 * but the next pair does not wait for that. Names stay hidden until the sitting is over. What is shown must go through
 * chat/sight.h: the conversation is the real one. Thread: main. */
#ifndef BERDUA_REVIEW_REVIEW_H
#define BERDUA_REVIEW_REVIEW_H

#include "berdua/chat/conversation.h"
#include "berdua/review/deck.h"
#include "berdua/store/writer.h"

struct config;
struct err;
struct loop;
struct review;

struct review_opts {
    const struct config *config; /* outlives it */
    struct loop *loop;
    const char *rater;
    enum review_draw draw;
    int category;     /* -1: any */
    int64_t since_us; /* INT64_MIN: any */
    int64_t target;   /* verdicts of this sitting; 0: as many as there are pairs */
    uint64_t seed;
    bool simulated; /* recorded pairs, and no others */
    /* What review_now or review_conversation say has changed. */
    void (*changed)(void *arg);
    /* A line for the rater. */
    void (*notice)(void *arg, bool error, const char *text);
    /* The same while it ends: what is still not saved, and where it is put. */
    void (*on_close)(void *arg, const char *line);
    void *arg;
};

enum review_stage {
    REVIEW_LOOKING, /* the next pair is not there yet */
    REVIEW_JUDGING, /* the conversation's only turn is judged */
    REVIEW_REACHED, /* the target */
    REVIEW_OVER,    /* no pair is left */
    REVIEW_FAILED   /* pairs cannot be read */
};

struct review_now {
    enum review_stage stage;
    const char *why; /* of REVIEW_OVER and REVIEW_FAILED: what is the matter, and what to do */
    int64_t done;    /* verdicts of this sitting that are in force */
    int64_t repeats; /* of them */
    size_t left;     /* pairs that may still come, 0 also while that is not known */
    double each_s;   /* how long a pair takes, in the mean; NAN: not known */
    double kappa;    /* agreement with oneself; NAN: not known */
    int64_t kappa_n;
    size_t waiting; /* writes that are not durable yet */
    struct unsaved unsaved;
};

/* NULL with a reason: it cannot begin. */
struct review *review_create(const struct review_opts *opts, struct err *err);
/* Ends what runs, writes what is queued (for a bounded time). The pairs can still be read; otherwise only review_destroy may
 * follow. false: something that was given is not in the store. */
bool review_save(struct review *r);
/* As review_save, then frees everything; the same result. */
bool review_destroy(struct review **r);

/* The pair in sight as a conversation of one turn, or of none. Another pair is another one. */
const struct conversation *review_conversation(const struct review *r);
void review_look(const struct review *r, struct review_now *out);
/* By sides, as the mask of the pair says it: a judgement of the pair in sight; a note about it; an undo, of it or of the one
 * judged before, which comes into sight again; VERDICT_REVEAL: what was asked is answered, the next pair. */
bool review_give(struct review *r, const struct verdict *by_sides, struct err *err);
/* The pair in sight is not judged; later: it comes once more when no other is left. */
bool review_pass(struct review *r, bool later, struct err *err);

/* What was judged, in order, with its verdict: for when the sitting is over. */
void review_each(const struct review *r, void (*each)(void *arg, const struct turn *t), void *arg);

#endif
