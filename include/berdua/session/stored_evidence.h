/* What the stored verdicts say, as a session last read it: for the figures beside the conversation. Thread: main. */
#ifndef BERDUA_SESSION_STORED_EVIDENCE_H
#define BERDUA_SESSION_STORED_EVIDENCE_H

#include "berdua/route/rollout.h"

struct stored_evidence {
    struct rollout_view stages[CATEGORY_COUNT]; /* `model` is not in them */
    struct rollout_evidence said;
    int64_t read_wall_us;
};

struct runner;
/* Begins to read it, in a worker; once a session, for each verdict reads it again. */
void runner_read_evidence(struct runner *r);
/* NULL: it was not read yet. */
const struct stored_evidence *runner_evidence(const struct runner *r);

#endif
