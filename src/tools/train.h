/* Readers of public data sets, for the parts of `make train`. */
#ifndef BERDUA_TOOLS_TRAIN_H
#define BERDUA_TOOLS_TRAIN_H

#include <stddef.h>

#include "measure/considerate.h"

struct buf;
struct linear;

/* Called for each row with its text (no NUL promised) and, where the set has one, its label. */
typedef void (*row_sink)(void *ctx, const char *text, size_t n, const char *label);

/* Each opens DATA/file and stops the program with a message when it cannot. */
void read_lines(const char *data, const char *file, row_sink sink, void *ctx);
/* Comma-separated with a head line; columns from 0; label_column -1: none. */
void read_csv(const char *data, const char *file, int text_column, int label_column, row_sink sink,
              void *ctx);
/* Tab-separated without a head line. '#' lines are skipped. */
void read_tsv(const char *data, const char *file, int text_column, int label_column, row_sink sink,
              void *ctx);
/* The project's own messages, tests/data/messages/dev.tsv and dev2.tsv, without follow-ups. label_column: 0 the
 * category, 1 the language. */
void read_messages(int label_column, row_sink sink, void *ctx);
/* CLINC150: key is "train" and so on; the label is the intent. */
void read_clinc(const char *data, const char *file, const char *key, row_sink sink, void *ctx);
/* ChatterBot: every turn. */
void read_turns(const char *data, const char *file, row_sink sink, void *ctx);

/* One entry of the table in train.c: builds the model from the data folder; *notes is the head of its file (static). */
struct linear *train_language(const char *data, const char **notes);
struct linear *train_category_words(const char *data, const char **notes);
struct linear *train_politeness(const char *data, const char **notes);
struct linear *train_affect(const char *data, const char **notes);
struct linear *train_care(const char *data, const char **notes);
struct linear *train_considerate(const char *data, const char **notes);
/* The splits of tests/data/triples that considerate learns from, ended by NULL. */
extern const char *const considerate_hands[];
/* The head and the mix as they are without one of them (NULL: with all), to check them on that one. */
struct considerate_fit {
    struct linear *head; /* the caller destroys it */
    struct considerate_mix mix;
};
void fit_considerate(struct measure *m, const char *without, struct considerate_fit *out);
/* For models that are no struct linear: each writes its file. */
void train_considerate_mix(const char *data, struct buf *out);
void train_category_mix(const char *data, struct buf *out);

#endif
