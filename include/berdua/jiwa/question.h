/* What LLAMA is asked: to note what a conversation shows about the customer, as one JSON object, with the
 * customer's own words as evidence. Pure. Thread: any. */
#ifndef BERDUA_JIWA_QUESTION_H
#define BERDUA_JIWA_QUESTION_H

#include "berdua/jiwa/record.h"

struct buf;

/* Borrowed. */
struct jiwa_turn {
    const char *message; /* the customer's */
    const char *answer;  /* what was answered; NULL: nothing */
};

struct jiwa_question {
    const struct jiwa *profile; /* what is known so far, for comparison; NULL or empty: nothing */
    const struct jiwa_turn *turns;
    size_t count;
    size_t max_bytes; /* of system and user text together */
};

enum {
    JIWA_LEAST_BYTES = 6000
}; /* a smaller max_bytes is raised to this, because no question fits in less */

/* The oldest turns that fit, at least one; what is long is cut, each line is a JSON string, so nothing in a
 * message can pass for the frame around it. Returns how many turns went in. */
size_t jiwa_ask(const struct jiwa_question *q, struct buf *system, struct buf *user);

#endif
