/* What a native record says besides its row (formats.md, "The native record"). Thread: the store's. */
#ifndef BERDUA_STORE_NATIVE_STORE_H
#define BERDUA_STORE_NATIVE_STORE_H

#include "berdua/chat/conversation.h"
#include "berdua/chat/observation.h"
#include "berdua/store/store.h"

#include <stdbool.h>
#include <stdint.h>

struct err;

/* Strings are owned; NULL, NAN and UNKNOWN: not told. */
struct native_facts {
    char *session, *pair, *user, *rater, *note, *strength, *config_hash, *app_version;
    char *history, *reasons, *judge; /* JSON */
    char *system[BRAIN_COUNT];
    struct turn *
        turn; /* with the two answers that were judged; of the rest only what says what was asked */
    enum brain_id left;
    double propensity, asked, stage;
    int64_t decision_ms;
    enum guess guess;
};
/* row: as verdict_store_rows gave it. */
bool native_store_read(struct store *s, const struct verdict_row *row, struct native_facts *out,
                       struct err *err);
void native_facts_finish(struct native_facts *f);

#endif
