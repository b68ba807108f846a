/* What a model is asked as judge of a pair: the rubric, then the conversation and the two answers as A and B, without
 * names. Pure. Thread: any. */
#ifndef BERDUA_JUDGE_JUDGE_QUESTION_H
#define BERDUA_JUDGE_JUDGE_QUESTION_H

#include "berdua/chat/terms.h"

#include <stdbool.h>
#include <stddef.h>

struct buf;

enum {
    JUDGE_TEXT_BYTES = 64 << 10,    /* a message or answer that is longer is not judged */
    JUDGE_HISTORY_MESSAGES = 6,     /* so many before the message are told, the newest */
    JUDGE_HISTORY_BYTES = 1500,     /* each cut to so much */
    JUDGE_QUESTION_BYTES = 2 << 20, /* more than any question has */
    JUDGE_VERSION_BYTES = 24
};

/* Borrowed. */
struct judge_question {
    const char *history; /* JSON list of {role, content}; NULL: none */
    const char *message;
    const char *answers[BRAIN_COUNT];
    const char *models[BRAIN_COUNT]; /* whose names are taken out; NULL: unknown */
};

/* Appends the question; first: the brain whose answer is A. The two orders of a pair differ in nothing else. false: a text
 * is too long to be judged. */
bool judge_ask(const struct judge_question *q, enum brain_id first, struct buf *system,
               struct buf *user);
/* The JSON schema of the reply. */
const char *judge_schema(void);
/* Names all that every judge is told: another wording has another version, and votes of two versions are never mixed. */
void judge_version(char out[JUDGE_VERSION_BYTES]);

#endif
