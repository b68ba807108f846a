/* The words and figures of the screen: states, causes and remedies in plain language, times, costs.
 * Pure. Thread: main. */
#ifndef BERDUA_UI_WORDS_H
#define BERDUA_UI_WORDS_H

#include "berdua/chat/conversation.h"
#include "berdua/conf/theme.h"

#include <stdint.h>

struct buf;
struct glyphs;
struct ui_facts;

/* "CLAUDE", "LLAMA"; of a masked turn (chat/sight.h) "A" and "B", in one ink. t may be NULL. */
const char *words_brain(const struct turn *t, enum brain_id b);
enum ink words_brain_ink(const struct turn *t, enum brain_id b);
/* "queued" … "done", "cut", "refused", "failed"; "stalled" when nothing comes; "idle" without a turn, "not asked". */
const char *words_state(const struct turn *turn, enum brain_id b, int64_t now_us, enum ink *ink);
/* The sign before its name: not asked, failed, asked. */
const char *words_sign(const struct turn *turn, enum brain_id b, const struct glyphs *glyphs);
/* What stands under an answer that is not simply complete (raw bytes: show through a flow or
 * line_add_raw); nothing when there is nothing to say. */
void words_note(struct buf *out, const struct turn *turn, enum brain_id b);
/* The cause alone, for the panel. */
void words_error(struct buf *out, const struct answer *a);
/* "emotional", "complex business". */
const char *words_category(enum category c);
/* "CLAUDE better", "A better", "tie", "both bad"; NULL when there is none. */
const char *words_verdict(const struct turn *t);
/* "not saved yet" or "NOT saved", of this turn or the verdict on it; NULL: nothing keeps it from being saved. */
const char *words_unsaved(const struct ui_facts *facts, const struct turn *turn);

enum { WORDS_FIGURE = 24 };
/* Each writes into out and returns it; UNKNOWN or NAN gives "–" ("-" where dash is ASCII). */
const char *words_ms(char out[WORDS_FIGURE], int64_t us);      /* always "212 ms" */
const char *words_seconds(char out[WORDS_FIGURE], int64_t us); /* "0.21 s", "82.0 s", "2 m 05 s" */
const char *words_cost(char out[WORDS_FIGURE], double usd);    /* "$0.00021" */
const char *words_count(char out[WORDS_FIGURE], int64_t n);    /* "12,345" */
const char *words_speed(char out[WORDS_FIGURE], double per_s,
                        bool estimated); /* tokens a second: "84", "~84" */
/* A cost with so many places, for a row or a sum: the most that the greatest of them needs. */
int words_cost_places(double greatest);
const char *words_cost_in(char out[WORDS_FIGURE], double usd, int places);
/* What words_cost_in prints, as a number: what is printed adds up. */
double words_cost_printed(double usd, int places);
/* Time since the request was handed over, once something has come, or its total. */
int64_t words_total_us(const struct answer *a, int64_t now_us);

#endif
