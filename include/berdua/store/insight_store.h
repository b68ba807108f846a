/* Insights in the store, with their full-text index. Thread: the store's. */
#ifndef BERDUA_STORE_INSIGHT_STORE_H
#define BERDUA_STORE_INSIGHT_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "berdua/store/store.h"

struct err;

struct insight {
    char *id;        /* "malu", "apology-letter": letters, digits, '-', '_', '.' */
    char *topic;     /* a few words */
    char *text;      /* what a brain is told */
    char *tags;      /* when to use it: words in any language, ", " between */
    char *tone;      /* NULL: not said */
    char *languages; /* of the conversations it serves, e.g. "id,en,it" */
    bool shipped;    /* came with the program */
    double score;    /* 0..1, of a search; comparable within one result only */
};

void insight_finish(struct insight *i);

/* Is this version of the shipped insights in? false also when that cannot be read. */
bool insight_store_is_loaded(struct store *s, const char *version);
/* Replaces the shipped insights by those that shipped gives to take, one by one; the user's own stay. */
typedef bool insight_source(bool (*take)(void *arg, const struct insight *i), void *arg,
                            struct err *err);
bool insight_store_load(struct store *s, const char *version, insight_source *shipped,
                        struct err *err);
/* The same into memory, in front of the file's, for a file that cannot be written. */
bool insight_store_load_temporary(struct store *s, const char *version, insight_source *shipped,
                                  struct err *err);
bool insight_store_count(struct store *s, int64_t *out, struct err *err);

/* Inside store_write. Replaces an entry of the same id; it counts as the user's. */
bool insight_store_put(struct store *inside, const struct insight *i, struct err *err);

/* In order of topic; each may take what i owns, and returns false to stop. */
bool insight_store_each(struct store *s, bool (*each)(void *arg, struct insight *i), void *arg,
                        struct err *err);
/* Gives found the best matches, each with a score of 0..1; found takes what the insight owns. A deadline (monotonic) that
 * passes ends it with what there is, and is no failure. */
bool insight_store_search(struct store *s, const char *text, size_t len, size_t limit,
                          int64_t deadline_us, void (*found)(void *arg, struct insight *take),
                          void *arg, struct err *err);

#endif
