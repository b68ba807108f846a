/* Draws pairs and reads them, in a worker. The deck is made at the first deal, of all pairs and verdicts. Owner: the sitting,
 * which destroys it after the pool has stopped. Thread: main, but for the work itself. */
#ifndef BERDUA_REVIEW_DEALER_H
#define BERDUA_REVIEW_DEALER_H

#include "berdua/base/err.h"
#include "berdua/review/review.h"

struct pool;
struct writer;

/* A pair before the rater. Its conversation has it as its only turn. */
struct shown {
    struct shown *next;
    struct review_card card;
    struct conversation *conversation;
    char session[27];
    int64_t side; /* its number among the rater's sides in its category; -1: not drawn */
    bool sided;   /* its turn's `left` is known */
};
/* The turn without anything of its chat but the two answers: as a blind pair of this rater that has ended. */
struct shown *shown_create(const char *rater, const struct review_card *card, struct turn *take_t,
                           const char *session);
void shown_destroy(struct shown **s);

/* What a deal has brought. */
struct deal {
    struct shown *shown; /* a list */
    bool begun;          /* sides are known */
    bool made;           /* the deck was: what follows is known */
    bool over;           /* nothing is left to draw */
    size_t left;         /* in the deck */
    struct err err;      /* not empty: it failed */
};

struct dealer;
/* dealt: something was brought. opts outlive it. Nothing is read before the writer can write, since it first takes up what an
 * earlier sitting could not save. */
struct dealer *dealer_create(const struct review_opts *opts, struct pool *pool, struct writer *w,
                             void (*dealt)(void *arg, struct deal *deal), void *arg);
/* The writer cannot write at the moment: it is not waited for. */
void dealer_go_on(struct dealer *d);
void dealer_destroy(struct dealer **d);
/* What it reads is needed no more. */
void dealer_stop(struct dealer *d);
bool dealer_busy(const struct dealer *d);
/* Brings up to n pairs; not while it is busy. */
void dealer_ask(struct dealer *d, int n);
/* With the next deal the pair may come again, as the card's `before` says. */
void dealer_repeat(struct dealer *d, const struct review_card *card);
/* As the store had them at the first deal. */
const struct review_sides *dealer_sides(const struct dealer *d);
/* Of the deck; zero before it was made. */
void dealer_self(const struct dealer *d, int64_t table[AGREEMENT_LABELS][AGREEMENT_LABELS]);

#endif
