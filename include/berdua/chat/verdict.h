/* A verdict is an append-only event about one turn; undo, note and adoption are events too. What is in force is the fold
 * of a turn's events by verdict_apply, and nothing else: in memory, in a loaded session, in lists and reports.
 * Plain data. */
#ifndef BERDUA_CHAT_VERDICT_H
#define BERDUA_CHAT_VERDICT_H

#include "berdua/chat/terms.h"

#include <stdbool.h>
#include <stddef.h>
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
    VERDICT_DETAIL, /* what was said when asked about the verdict in force: acceptable, guess, reasons */
    VERDICT_REVEAL, /* the rater is shown the names of a blind pair */
    VERDICT_KIND_COUNT
};

/* How the pair came before the rater (measure.md, "What counts"). */
enum verdict_draw {
    DRAW_CHAT, /* the operator's own turn */
    DRAW_RANDOM,
    DRAW_ACTIVE,
    DRAW_REPEAT,
    DRAW_DISPUTE,
    DRAW_COUNT,
    DRAW_NONE = -1 /* a judge's vote */
};
enum opinion { OPINION_NONE, OPINION_YES, OPINION_NO };
/* Which side is Claude? */
enum guess { GUESS_NONE, GUESS_LEFT, GUESS_RIGHT, GUESS_DONT_KNOW, GUESS_COUNT };

/* By how much the better one is better; "slight", "clear". */
enum verdict_strength { STRENGTH_UNKNOWN, STRENGTH_SLIGHT, STRENGTH_CLEAR, STRENGTH_COUNT };

/* One event. What is 0 is not known, or was not asked. */
struct verdict {
    enum verdict_kind kind;
    char *note; /* NULL: none */
    int64_t at_wall_us;
    enum verdict_draw drawn_by;
    double propensity; /* of a pair drawn by `active` */
    double asked;      /* the share under which "send as it is?" was drawn */
    enum opinion acceptable[BRAIN_COUNT];
    int64_t decision_ms; /* from when both could be read whole (early: from the first token) */
    enum guess guess;
    enum verdict_strength strength;
    char *
        flags; /* JSON list of words, of those that the answers do not show: early, fast, leak; NULL: none */
    char *reasons; /* JSON list of texts; NULL: none */
};
void verdict_finish(struct verdict *v);
/* A copy of what it holds. */
struct verdict verdict_dup(const struct verdict *v);

/* What is in force of a turn. */
struct verdict_state {
    enum verdict_kind kind;   /* one of the four judgements, or VERDICT_NONE */
    enum verdict_kind before; /* the judgement that it changed; VERDICT_NONE: it is the first */
    char *note;               /* NULL: none */
    int64_t at_wall_us;       /* of the judgement */
    enum brain_id adopted;    /* BRAIN_NONE until the operator adopts an answer by hand */
    bool saving;              /* some event in it is not durable yet: nobody may say "saved" */
};
void verdict_state_init(struct verdict_state *s);
void verdict_state_finish(struct verdict_state *s);
/* One more event: a judgement replaces the one before, an undo leaves none (a note stays: it is about the answers), a
 * note replaces the note, an adoption the adoption. Copies. */
void verdict_apply(struct verdict_state *s, const struct verdict *event);

/* The events of a turn that are on their way to the store, in the order in which they were given. All zero: none. */
struct verdict_log {
    struct verdict_state durable; /* the fold of every event before v[0] */
    struct verdict_sent {
        struct verdict event;
        uint64_t request_id;
        bool durable; /* acknowledged, while one before it is not */
    } * v;
    size_t count;
};
void verdict_log_finish(struct verdict_log *log);
/* The event is in force from now on, and on its way. Copies. */
void verdict_log_send(struct verdict_log *log, struct verdict_state *s, const struct verdict *event,
                      uint64_t request_id);
/* It is durable, or (false) it will never be: then it is in force no more. Acknowledgements may come in any order. */
void verdict_log_acknowledge(struct verdict_log *log, struct verdict_state *s, uint64_t request_id,
                             bool durable);

const char *verdict_kind_name(enum verdict_kind k);
int verdict_kind_parse(const char *name);
const char *verdict_draw_name(enum verdict_draw d); /* DRAW_NONE gives NULL */
int verdict_draw_parse(const char *name);
const char *guess_name(enum guess g); /* "1", "2", "dont_know"; GUESS_NONE gives NULL */
int guess_parse(const char *name);
const char *verdict_strength_name(enum verdict_strength s); /* STRENGTH_UNKNOWN gives NULL */
int verdict_strength_parse(const char *name);

#endif
