/* Judging a blind pair by single keys: the verdict, then what is asked before the names are shown, then the names. What is
 * due follows from the turn alone and from what was answered since, so a session that is loaded again goes on where it
 * stood. Knows nothing of a screen. Owner: whoever shows the pair. Thread: main. */
#ifndef BERDUA_CHAT_JUDGING_H
#define BERDUA_CHAT_JUDGING_H

#include "berdua/chat/conversation.h"

#include <stdbool.h>
#include <stddef.h>

enum { JUDGING_REASONS = 8 };

struct judging_rules {
    double ask_acceptable, ask_identity; /* shares of the pairs, 0..1 */
    char *reasons[JUDGING_REASONS];
    char letters[JUDGING_REASONS][2]; /* the key that gives it */
    size_t reason_count;
};
/* reasons: a JSON list of texts. Each gets the first letter of its last word, else another of its letters. */
void judging_rules_init(struct judging_rules *r, double ask_acceptable, double ask_identity,
                        const char *reasons);
void judging_rules_finish(struct judging_rules *r);

enum judging_stage {
    JUDGING_OFF,        /* no pair is waited for */
    JUDGING_BOTH_RUN,   /* until both have ended nothing is shown */
    JUDGING_PAIR,       /* the verdict */
    JUDGING_ACCEPTABLE, /* "Send as they are?" */
    JUDGING_IDENTITY,   /* "Which is Claude?" */
    JUDGING_ENDED       /* the names may be shown */
};

struct judging {
    const struct judging_rules *rules;
    char turn[27];
    enum verdict_kind judged; /* the verdict that `said` is about */
    enum judging_stage stage;
    bool acceptable_over, identity_over;
    unsigned reasons;    /* a bit each */
    struct verdict said; /* VERDICT_REVEAL by sides (chat/sight.h): what was answered so far */
};

enum judging_act {
    JUDGING_NOT_MINE, /* the key means what it always means */
    JUDGING_TAKEN,    /* something is shown differently */
    JUDGING_GIVE,     /* give `verdict`, by sides */
    JUDGING_ASIDE,    /* it cannot be judged */
    JUDGING_DIFFERENCE,
    JUDGING_WRITE,  /* to the input line */
    JUDGING_UNKNOWN /* a question stands, and this is no answer to it */
};

void judging_init(struct judging *j, const struct judging_rules *rules);
void judging_finish(struct judging *j);
/* The pair that is waited for: a mask, any other turn, or NULL. */
void judging_look(struct judging *j, const struct turn *t);
/* The key's name as in ui/term/input.h. verdict: for JUDGING_GIVE; it borrows. */
enum judging_act judging_key(struct judging *j, const char *key, struct verdict *verdict);
/* What is still asked is not answered. */
void judging_skip(struct judging *j);
/* After a look, a key or a skip: nothing is asked any more, and *said (VERDICT_REVEAL, borrowed) is to be given now. */
bool judging_over(struct judging *j, struct verdict *said);
/* "B. Send as they are?"; "" while no question stands. */
void judging_question(const struct judging *j, char *out, size_t cap);
/* The keys that answer now, the most important first; the first *must of them belong together. Borrowed. */
enum { JUDGING_HINTS = 16 };
struct judging_hint {
    const char *key, *text, *in_short;
    bool chosen; /* a reason that was given */
};
size_t judging_hints(const struct judging *j, struct judging_hint out[JUDGING_HINTS], size_t *must);

#endif
