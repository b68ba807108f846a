/* What makes a comparison blind: which answer stands at the left, which pairs are asked more, and answers that name
 * their own model. Pure: the same arguments always give the same, since the results are part of stored decisions.
 * Thread: any. */
#ifndef BERDUA_CHAT_BLIND_H
#define BERDUA_CHAT_BLIND_H

#include "berdua/chat/terms.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct turn;
struct verdict;

/* Who stands at the left of the n-th pair (from 0) of a rater in a category: permuted blocks of four, in each of which
 * Claude stands there twice. */
enum brain_id blind_left(uint64_t seed, int64_t n);

/* The questions that a seeded share of the pairs gets after the verdict. */
enum blind_question { BLIND_ACCEPTABLE, BLIND_IDENTITY };
/* Drawn from the turn's id alone, so before the verdict and the same after a restart. share: 0..1. */
bool blind_asks(const char *turn_id, enum blind_question question, double share);

/* Does the text name the model that wrote it: its family, its maker, or a name of its own in the model's id? model may
 * be NULL. People of that name (Claude Monet, Jean-Claude) and the animal in lower case do not count. */
bool blind_leaks(enum brain_id b, const char *model, const char *text, size_t n);

/* What a judgement about the turn carries besides the rater's word: how long it took (took_us; below 0: not known), under
 * which share "send as it is?" was drawn, and the flags that the answers do not show. early: an answer still ran. */
void blind_complete(struct verdict *v, const struct turn *t, double ask_acceptable, bool early,
                    int64_t took_us);

/* Appends the text with [name] in place of every word that would tell either brain, its maker, model or version; models
 * may be NULL. false: out is full. */
bool blind_strip(const char *const models[BRAIN_COUNT], const char *text, size_t n,
                 struct buf *out);

#endif
