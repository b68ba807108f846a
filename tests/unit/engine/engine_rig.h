/* An engine with a fake clock and hand-made events: what the engine tests share. */
#ifndef TESTS_UNIT_ENGINE_RIG_H
#define TESTS_UNIT_ENGINE_RIG_H

#include "berdua/conf/config.h"
#include "berdua/engine/engine.h"

struct rig {
    struct config config;
    struct model_conf models[BRAIN_COUNT];
    struct engine *engine;
    int64_t now_us;
    struct jobs jobs;           /* of the last input */
    uint32_t call[BRAIN_COUNT]; /* newest call of each brain for an answer */
    uint32_t context_call;      /* newest for a cultural context */
    uint32_t warm_up_call;
    uint32_t look_up;
    bool thinks_first; /* of the calls that end from now on */
};

void rig_start(struct rig *r);
/* A test whose *state is a rig of its own. */
int rig_set(void **state);
int rig_clear(void **state);
#define WITH_RIG(test) cmocka_unit_test_setup_teardown(test, rig_set, rig_clear)
/* This instant of the fake clock, on both clocks. */
struct moment rig_at(int64_t now_us);
void rig_stop(struct rig *r);
/* The input functions clear r->jobs first and note new calls. */
bool rig_submit(struct rig *r, const char *message, unsigned brains);
void rig_delta(struct rig *r, enum brain_id b, const char *text);
void rig_delta_of(struct rig *r, uint32_t call, const char *text);
/* Its text so far was a thought. */
void rig_taken_back(struct rig *r, enum brain_id b);
/* Ends the brain's newest call. kind ERR_NONE with status complete is a good end. */
void rig_done(struct rig *r, enum brain_id b, enum answer_status status, enum error_kind kind);
/* A whole good answer. */
void rig_answer(struct rig *r, enum brain_id b, const char *text);
/* LLAMA's call for a context: some text (NULL: none), and how it ends. */
void rig_context(struct rig *r, const char *text, enum answer_status status, enum error_kind kind);
/* The look-up's end: a saved text, and the insight of this id and score .9; NULL: none. */
void rig_found(struct rig *r, const char *saved, const char *insight);
/* The same, with this insight, for a person who has been taken out of memory. */
void rig_found_out(struct rig *r, const char *insight);
/* A cause to wake servers, and how such a call ends. */
void rig_warm_up(struct rig *r, enum warm_up_cause cause);
void rig_warm_up_done(struct rig *r, enum answer_status status, enum error_kind kind);
void rig_cancel(struct rig *r);
void rig_tick(struct rig *r, int64_t now_us);
bool rig_verdict(struct rig *r, enum verdict_kind kind, const char *note);
struct turn *rig_turn(struct rig *r);            /* the last */
const char *rig_turn_id(const struct engine *e); /* its id; NULL: there is none */
const struct job *rig_find(const struct rig *r, enum job_kind kind);
const struct job *rig_notified(const struct rig *r, enum notice_kind notice);
/* The spec of the JOB_CALL for an answer of this brain, or for the context, or NULL. */
const struct call_spec *rig_spec(const struct rig *r, enum brain_id b);
const struct call_spec *rig_context_spec(const struct rig *r);
const struct call_spec *rig_warm_up_spec(const struct rig *r); /* of LLAMA's */
/* Is a JOB_CANCEL for this call among the jobs? */
bool rig_cancels(const struct rig *r, uint32_t call);

#endif
