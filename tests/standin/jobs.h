/* The RunPod native queue of the stand-in server: jobs that advance with the clock.
 * Private to tests/standin. Thread: the server's. */
#ifndef TESTS_STANDIN_JOBS_H
#define TESTS_STANDIN_JOBS_H

#include <stdint.h>

#include "plan.h"

struct jobs;

struct jobs *jobs_create(void);
void jobs_destroy(struct jobs *j);
/* POST /run: a job that answers as the rule says, which must outlive the jobs. */
void jobs_run(struct jobs *j, const struct rule *r, const char *model, int64_t now_us,
              struct plan *p);
/* /stream/ID, /status/ID and /cancel/ID; returns the tokens handed out. */
int jobs_ask(struct jobs *j, enum form form, const char *path, int64_t now_us, struct plan *p);
void jobs_health(struct jobs *j, int64_t now_us, struct plan *p);

#endif
