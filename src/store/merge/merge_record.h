/* A native record as it comes in: read and checked, before anything is stored of it. */
#ifndef BERDUA_STORE_MERGE_RECORD_H
#define BERDUA_STORE_MERGE_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "berdua/chat/observation.h"

struct err;
struct json;

enum { MERGE_ID_BYTES = 64, MERGE_PAIR_BYTES = 200 };

/* Strings are the record's; what is NULL, NAN or UNKNOWN was not told. */
struct merge_record {
    const char *id, *session, *user, *rater, *message, *note, *strength, *config_hash, *app_version;
    char *pair; /* owned: given, or SESSION:TURN:1 */
    int64_t seq, at_us;
    enum verdict_kind kind;
    enum brain_id left;
    bool blind, judge, simulated;
    const char *origin;                 /* of the verdict, as it is kept here: not in the record */
    int mode, category, language, draw; /* -1: none */
    double propensity, asked, stage;
    int64_t decision_ms;
    enum guess guess;
    enum opinion acceptable[BRAIN_COUNT];
    unsigned flags;
    const char *system[BRAIN_COUNT];
    const struct json *answers[BRAIN_COUNT];
    const struct json *history, *categories, *reasons, *judge_facts;
    const char *score_rules;
};

/* false with a reason that names the field. */
bool merge_record_read(struct merge_record *r, const struct json *o, struct err *err);
void merge_record_finish(struct merge_record *r);

#endif
