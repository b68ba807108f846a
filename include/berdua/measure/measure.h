/* Scores that can be explained: language and category of a message, warmth and cultural fit of an answer
 * (measure.md defines every number). Everything is local, incremental, and bit-exact however the text is cut
 * into chunks. RULES_VERSION changes whenever any score of any text may change; it is stored with scores. */
#ifndef BERDUA_MEASURE_MEASURE_H
#define BERDUA_MEASURE_MEASURE_H

#include "berdua/chat/terms.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;

/* Lexicons and weights: built in, extended or overridden by files <language>.lex in `folder` (NULL or missing: none).
 * A wrong line is an error "FILE:LINE:COL: reason". Immutable afterwards: any thread may read. */
struct measure;
struct measure *measure_create(const char *folder, struct err *err);
void measure_destroy(struct measure **m);
/* e.g. "2026-11.1" ; with user files their hash is appended ("2026-11.1+9f3c21a0"). */
const char *measure_rules(const struct measure *m);

/* Why: bytes start..end (exclusive) of the text. text points into a static or measure-owned string naming the cue. */
struct cue {
    uint32_t start, end;
    const char *category; /* "empathy", "cold", "register", "strong:cultural" … */
    double weight;
};

/* ---- a message ---- */
struct classification {
    enum language language;
    double language_confidence;     /* 0..1 */
    enum category category;         /* the one of the greatest weight */
    double weights[CATEGORY_COUNT]; /* 0..1 */
    bool inherited;                 /* a short follow-up took the previous message's category */
};
/* prev: the message before in this session (NULL: none), for follow-ups. session_language: what the session speaks
 * (-1: unknown), used when confidence is below .9. */
void measure_classify(const struct measure *m, const char *text, size_t n, const char *prev,
                      int session_language, struct classification *out);
/* The same where the message before is classified already, so that follow-ups of follow-ups keep the category of the
 * first. Of *before (NULL: none) the category and the weights count. */
void measure_classify_after(const struct measure *m, const char *text, size_t n,
                            const struct classification *before, int session_language,
                            struct classification *out);

/* ---- an answer ---- */
struct scores {
    enum language language;
    double language_confidence;
    /* warmth, 0..1, the weighted mean of its four parts; NAN for a text without a word or emoji */
    double warmth, polite, empathic, affectionate, considerate;
    double sense; /* 0..1, how much the text says; considerate rests on it */
    /* cultural fit, 0..1; NAN when it does not apply */
    double cultural, language_match, register_fit, face_saving, grounding, locale;
    uint32_t words; /* the bars are grey below 40 */
};
/* How much a part of warmth counts in it: 0..1, together 1. part: offsetof(struct scores, polite) and so on; 0 for
 * another. */
double warmth_share(size_t part);

/* The scores in the order in which they are shown. */
struct shown_score {
    const char *group;       /* which begins with this score; NULL: none does */
    const char *key, *words; /* in JSON; for people, indented where it is a part */
    size_t offset;           /* in struct scores */
};
enum { SHOWN_SCORES = 12 };
extern const struct shown_score shown_scores[SHOWN_SCORES];
double score_of(const struct scores *s, const struct shown_score *which);

struct scorer;
/* prompt: the message being answered (NULL or "": none). No allocation per chunk after warm-up. Owner: one thread. */
struct scorer *scorer_create(const struct measure *m, const char *prompt, size_t prompt_len);
void scorer_destroy(struct scorer **s);
void scorer_feed(struct scorer *s, const char *p, size_t n);
/* As if the text ended here; feeding may go on afterwards. */
void scorer_get(struct scorer *s, struct scores *out);
/* Cues seen so far, in order of start; valid until the next feed. */
const struct cue *scorer_cues(struct scorer *s, size_t *count);

#endif
