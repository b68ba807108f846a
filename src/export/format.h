/* What a format is, and the pieces that several share. Thread: a command's. */
#ifndef BERDUA_EXPORT_FORMAT_H
#define BERDUA_EXPORT_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "berdua/base/json_writer.h"
#include "berdua/export/export.h"
#include "berdua/store/exchange_store.h"

struct buf;
struct tally;

enum export_form { FORM_LINES, FORM_ARRAY, FORM_TEXT };

enum export_takes {
    TAKES_EVERY_VERDICT = 1 << 0, /* else one row a pair */
    TAKES_JUDGES = 1 << 1,
    TAKES_TIES = 1 << 2,
    TAKES_BOTH_BAD = 1 << 3,
    TAKES_GAPS = 1 << 4,     /* a verdict of which an answer is missing */
    TAKES_HISTORY = 1 << 5,  /* reads the conversation before */
    TAKES_TEXT = 1 << 9,     /* … as it is stored, where that will do */
    NEEDS_TURNS = 1 << 6,    /* in which user and assistant alternate */
    TRAINS_ON_TEXT = 1 << 7, /* with the answers as targets */
    TAKES_STRENGTH = 1 << 8, /* in every row when in any */
    TAKES_FIGURES = 1 << 10  /* of the answers, besides their tokens */
};

/* One run. Rows are appended to out. */
struct export_run {
    const struct export_choice *choice;
    struct buf *out;
    bool full;     /* a row did not fit into out */
    bool strength; /* TAKES_STRENGTH: some verdict has one */
    int64_t rows;
    int fields;           /* of the row of CSV that is being written */
    struct tally *orders; /* how many rows each session has so far */
};

struct export_format {
    const char *name, *about, *extension;
    enum export_form form;
    unsigned takes;
    const char *head; /* of FORM_TEXT: stands before the rows; NULL: nothing */
    void (*row)(struct export_run *e, const struct exchange *x);
};

extern const struct export_format format_native, format_arena, format_arena_140k, format_arena_55k,
    format_trl, format_kto, format_openai_dpo, format_sharegpt, format_llamafactory_kto,
    format_routellm, format_csv, format_markdown;

/* A row of JSON stands between these. */
struct json_writer row_begin(struct export_run *e);
void row_end(struct export_run *e, struct json_writer *w);
/* For rows without a writer. */
void row_put(struct export_run *e, const char *p, size_t n);
void row_put_str(struct export_run *e, const char *s);
/* A row of CSV: fields, then its end. A text keeps every byte, but for NUL and what is not UTF-8, as in JSON. */
void csv_text(struct export_run *e, const char *p, size_t n);
void csv_word(struct export_run *e, const char *word); /* NULL: an empty field */
void csv_number(struct export_run *e, double v);       /* NAN: an empty field */
void csv_end(struct export_run *e);

/* The better answer of a decisive verdict. */
enum brain_id exchange_winner(const struct exchange *x);
/* Side a (0) is what stood at the left. */
enum brain_id exchange_side(const struct exchange *x, int side);
/* model_a, model_b, or the given words. */
const char *exchange_side_winner(const struct exchange *x, const char *tie, const char *both_bad);
/* Its brain's name where the model is not known. */
const char *exchange_model(const struct exchange *x, enum brain_id b);
double exchange_ts(const struct exchange *x);
/* The name, or unless names shall stay plain "user-" and a hash. */
enum { PERSON_BYTES = 32 };
const char *person_name(const struct export_run *e, const char *name, char store[PERSON_BYTES]);
/* The hash alone, or the plain name. */
const char *person_number(const char *name);

/* {"role", "content"}. */
void write_message(struct json_writer *w, const char *key, const char *role, const char *text,
                   size_t n);
/* A list: LLAMA's system prompt where there is one, the conversation, the message. */
void write_prompt(struct json_writer *w, const char *key, const struct exchange *x);
/* A list of the one assistant message. */
void write_completion(struct json_writer *w, const char *key, const struct answer *a);
/* LLaMA-Factory's {"from", "value"}, and its list of them: what write_prompt holds, and the answer unless that is NULL. */
void write_spoken(struct json_writer *w, const char *key, const char *from, const char *text,
                  size_t n);
void write_conversations(struct json_writer *w, const struct exchange *x, const struct answer *a);
/* Two rows, each of one answer: the better one is good, the other one not; of two bad ones neither is. */
void write_each_label(struct export_run *e, const struct exchange *x,
                      void (*write)(struct json_writer *w, const struct exchange *x,
                                    enum brain_id b, bool good));

#endif
