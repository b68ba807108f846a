/* What a store would hold of the engine's jobs: rows as they were given, and acknowledgements that come later, in any
 * order, or say that a row was refused. */
#ifndef TESTS_UNIT_ENGINE_FAKE_STORE_H
#define TESTS_UNIT_ENGINE_FAKE_STORE_H

#include "berdua/base/random.h"
#include "berdua/engine/engine.h"

enum { FAKE_TURNS = 256, FAKE_EVENTS = 512, FAKE_TRIES = 1024 };

struct fake_store {
    struct fake_turn {
        char id[27];
        enum brain_id served, canonical;
        enum answer_role role[BRAIN_COUNT];
        enum answer_status status[BRAIN_COUNT];
    } turns[FAKE_TURNS];
    int turn_count;
    struct fake_event {
        char turn_id[27];
        uint64_t request_id;
        struct verdict verdict; /* VERDICT_NONE: the turn's own row */
        enum { FAKE_OPEN, FAKE_DURABLE, FAKE_REFUSED } fate;
    } events[FAKE_EVENTS];
    int event_count, open;
    struct fake_try { /* each answer's row, newer tries beside older ones */
        char id[27];
        enum answer_status status;
    } tries[FAKE_TRIES];
    int try_count;
};

void fake_store_finish(struct fake_store *s);
/* The rows of one input's jobs, as the turns stand after it. Before the jobs are cleared. */
void fake_store_take(struct fake_store *s, const struct jobs *jobs);
/* Acknowledges one of the rows that are on their way, refusing some. false: there is none. */
bool fake_store_answer(struct fake_store *s, struct engine *e, struct rng *rng, struct jobs *out);
/* Each turn shows what its rows hold; its verdict is the fold of what was not refused. */
void fake_store_check(const struct fake_store *s, const struct conversation *c);
/* Nothing runs any more: no row says that it does. */
void fake_store_check_ended(const struct fake_store *s);

#endif
