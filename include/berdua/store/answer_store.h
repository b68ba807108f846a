/* Stored answers as figures, for the report. Simulated ones are not among them. Thread: the store's. */
#ifndef BERDUA_STORE_ANSWER_STORE_H
#define BERDUA_STORE_ANSWER_STORE_H

#include "berdua/chat/terms.h"
#include "berdua/store/store.h"

#include <stdbool.h>
#include <stdint.h>

struct err;

struct answer_figures {
    enum brain_id brain;
    bool complete, cold;
    int64_t ttft_us, total_us; /* UNKNOWN: none */
    double cost_usd;           /* NAN: not known */
    const char *score_rules;   /* NULL: not measured; lives until `each` returns */
};
/* Every try that has ended, of messages from since_us on, in the order of time; `each` returns false to stop. */
bool answer_store_figures(struct store *s, int64_t since_us,
                          bool (*each)(void *arg, const struct answer_figures *a), void *arg,
                          struct err *err);
/* How many pairs of two stored answers those messages have. */
bool answer_store_pairs(struct store *s, int64_t since_us, int64_t *out, struct err *err);

#endif
