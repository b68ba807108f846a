/* A verdict is an append-only event about one turn; undo and note are events too. Plain data. */
#ifndef BERDUA_CHAT_VERDICT_H
#define BERDUA_CHAT_VERDICT_H

#include <stdbool.h>
#include <stdint.h>

enum verdict_kind {
    VERDICT_NONE,
    VERDICT_CLAUDE,   /* stored word "claude" */
    VERDICT_LLAMA,    /* "llama" */
    VERDICT_TIE,      /* "tie" */
    VERDICT_BOTH_BAD, /* "both_bad" */
    VERDICT_UNDO,     /* withdraws the verdict in force */
    VERDICT_NOTE,     /* only text */
    VERDICT_ADOPT,    /* the operator continues with one answer by hand; text is the brain's name */
    VERDICT_KIND_COUNT
};

struct verdict {
    enum verdict_kind kind;
    char *note; /* NULL: none */
    int64_t at_wall_us;
    bool saving; /* given, not yet committed: the status line must not say "saved" */
};

void verdict_finish(struct verdict *v);
/* One more event on top of what is in force: a verdict replaces the one before (which counts as undone),
 * an undo leaves none, a note only sets the note. Adoption is the turn's affair and changes nothing
 * here. Copies. */
void verdict_apply(struct verdict *in_force, const struct verdict *event);
const char *verdict_kind_name(enum verdict_kind k);
int verdict_kind_parse(const char *name);

#endif
