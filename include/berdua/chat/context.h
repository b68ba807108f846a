/* What Claude is told of the culture behind a message (Pattern 3): where it came from, when it was there,
 * and what LLAMA's own call for it cost. Plain data. Owner: its turn. Thread: main. */
#ifndef BERDUA_CHAT_CONTEXT_H
#define BERDUA_CHAT_CONTEXT_H

#include "berdua/chat/answer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum context_source {
    CONTEXT_NONE,     /* none was there in time */
    CONTEXT_LLAMA,    /* LLAMA wrote it for this message */
    CONTEXT_SAVED,    /* LLAMA wrote it for an earlier one */
    CONTEXT_BASELINE, /* entries of the knowledge base */
    CONTEXT_SOURCE_COUNT
};

struct context_insight {
    char *id, *topic, *text;
    double score; /* 0..1 */
};

void context_insights_free(struct context_insight *v, size_t n);

struct context {
    bool wanted; /* false: none was asked for; the contract's null */
    enum context_source source;
    char *text;         /* what Claude is told; NULL: nothing */
    int64_t started_us; /* from submit to Claude's start; UNKNOWN while it waits */
    int64_t late_us; /* from submit to LLAMA's context when that missed the grace; else UNKNOWN */
    int grace_ms;
    char *why;                        /* why LLAMA's was not used; NULL: it was */
    struct context_insight *insights; /* what the look-up found, best first */
    size_t insight_count;
    bool asked;           /* LLAMA was called for it */
    struct answer answer; /* that call's text and figures; valid where asked */
    bool saved;           /* its text is stored for later messages */
};

void context_init(struct context *c);
void context_finish(struct context *c);
/* LLAMA's call for it runs. */
bool context_running(const struct context *c);
/* "llama", "saved", "baseline", "none"; parse returns -1 for an unknown word. */
const char *context_source_name(enum context_source s);
int context_source_parse(const char *name);

#endif
