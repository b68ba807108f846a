/* Judged exchanges: a verdict, what was asked, and the two answers that it compares. Thread: the store's. */
#ifndef BERDUA_STORE_EXCHANGE_STORE_H
#define BERDUA_STORE_EXCHANGE_STORE_H

#include "berdua/chat/answer.h"
#include "berdua/chat/observation.h"
#include "berdua/store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;
struct json;

struct exchange_message {
    const char *role; /* user, assistant; of imported ones anything */
    const char *text;
    size_t len;
};

/* Pointers live until the next one is read. NULL, NAN and UNKNOWN: not told. */
struct exchange {
    const struct verdict_row *row;
    const char *session, *user, *pair, *note, *strength, *config_hash, *app_version;
    const char *reasons, *categories; /* JSON */
    const char *system[BRAIN_COUNT];
    const char *message;
    size_t message_len;
    int64_t seq;
    bool answered[BRAIN_COUNT];
    struct answer answers[BRAIN_COUNT];
    double propensity, asked, stage;
    int64_t decision_ms;
    /* The conversation before the message, as both brains were told it. */
    const struct exchange_message *history;
    size_t history_count;
    const struct json
        *history_given; /* of an imported record, as it came; NULL: of this store's own turns */
    const char *history_text; /* the same as text, in place of all of these; NULL: it is no such */
    size_t history_text_len;
};

struct exchange_reader {
    int64_t only; /* the verdict of this number alone, which then never is an observation; 0: all */
    int64_t since_us, until_us; /* only verdicts from this time on, and before that one */
    bool figures;      /* of the answers; else only id, model, status, text and tokens are read */
    bool history;      /* is wanted; else it is empty */
    bool history_text; /* as text will do, where it is stored so */
    /* Is the rest of this one wanted? Asked of each in the order of time, then id; NULL: it is. */
    bool (*wanted)(void *arg, const struct verdict_row *row);
    bool (*each)(void *arg, const struct exchange *x); /* false: stop */
    void *arg;
};
/* Reads one by one, as of one moment; no memory grows with their number. */
bool exchange_store_read(struct store *s, const struct exchange_reader *reader, struct err *err);

/* Does any verdict say by how much the better answer is better? */
bool exchange_store_has_strength(struct store *s, bool *any, struct err *err);

#endif
