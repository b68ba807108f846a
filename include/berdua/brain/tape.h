/* Recordings: whether there is one of a message; one as the answer it was, with the time at which each piece of it came.
 * Thread: any. */
#ifndef BERDUA_BRAIN_TAPE_H
#define BERDUA_BRAIN_TAPE_H

#include "berdua/chat/answer.h"
#include "berdua/conf/brain_conf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;

/* true: the brain plays recordings and has none of an answer to this message. One that cannot be read is not missing: the
 * call says what is wrong with it. */
bool tape_missing(const struct brain_conf *conf, enum brain_id brain, const char *message);

struct tape_piece {
    int64_t at_us; /* since the call began */
    size_t len;    /* of the text, with this piece */
};

struct tape_answer {
    struct answer answer; /* ended */
    char *message;        /* what it answers; NULL: not told */
    struct tape_piece *pieces;
    size_t count;
};

/* file: a cassette. false and the reason: it is none. */
bool tape_answer_read(struct tape_answer *t, const char *file, struct err *err);
void tape_answer_finish(struct tape_answer *t);

#endif
