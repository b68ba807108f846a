/* The evidence in the forms that others load (formats.md, schemas.md): one file a format. Rows are read and written one by
 * one, so memory does not grow with their texts. Thread: a command's. */
#ifndef BERDUA_EXPORT_EXPORT_H
#define BERDUA_EXPORT_EXPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "berdua/chat/observation.h"

struct err;
struct export_format; /* one form; a constant */
struct store;

/* NULL: there is none of that name, or no i-th. */
const struct export_format *export_format_find(const char *name);
const struct export_format *export_format_at(size_t i);
const char *export_format_name(const struct export_format *f);
const char *export_format_about(const struct export_format *f); /* who loads it, in a few words */
const char *export_format_extension(const struct export_format *f); /* "jsonl" */

struct export_choice {
    const struct export_format *format;
    int64_t since_us, until_us; /* INT64_MIN, INT64_MAX: all */
    int category, language;     /* -1: all */
    unsigned include;           /* flags that leave a verdict out otherwise */
    bool dispute;     /* a pair's newest dispute verdict in the place of its observation */
    bool plain_users; /* users and raters as they are, else hashed (raters: but in native) */
};

/* Why a verdict that was chosen gives no row, besides flags. */
enum export_gap {
    GAP_LATER,      /* of a pair that has its row: a repeat, another rater, a dispute */
    GAP_TIE,        /* the form has no place for it */
    GAP_BOTH_BAD,   /* nor for this */
    GAP_JUDGE,      /* a model's vote */
    GAP_ROUTED,     /* of a mode that routes: one answer was not shown beside the other */
    GAP_UNANSWERED, /* one of the two answers is missing */
    GAP_HISTORY,    /* its conversation does not alternate, so the trainer would skip it */
    GAP_COUNT
};

struct export_summary {
    int64_t rows;     /* written */
    int64_t verdicts; /* that they hold */
    int64_t left_out;
    int64_t flagged[FLAG_COUNT]; /* of those left out; one may have several */
    int64_t gaps[GAP_COUNT];
    int64_t claude_texts; /* rows that train on what Claude wrote */
};

/* Bytes go to write, always whole rows, which returns false to stop (it has said why in err). */
typedef bool export_write_fn(void *arg, const char *bytes, size_t n, struct err *err);
bool export_run(struct store *s, const struct export_choice *choice, export_write_fn *write,
                void *arg, struct export_summary *summary, struct err *err);
/* What was written and what was left out and why, as one line without a line break; new. */
char *export_summary_text(const struct export_choice *choice, const struct export_summary *summary);
/* What is to be remembered before this is used, or NULL. */
const char *export_reminder(const struct export_choice *choice,
                            const struct export_summary *summary);

#endif
