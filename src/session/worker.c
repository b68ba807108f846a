#include "worker.h"

#include <stdlib.h>

#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/brain/call.h"
#include "berdua/conf/config.h"
#include "berdua/core/mailbox.h"
#include "berdua/net/http.h"

/* Connections are made at the first call, because loading the network library must not delay the first
 * paint. */
static void *
open_worker(void *arg)
{
    (void)arg;
    return xcalloc(1, sizeof(struct worker));
}

static void
close_worker(void *local)
{
    struct worker *w = local;
    lookup_close(&w->lookup);
    http_destroy(&w->http);
    free(w);
}

const struct pool_ops worker_ops = {.open = open_worker, .close = close_worker};

struct http *
worker_http(struct worker *w)
{
    struct err err = {0};
    if (!w->http)
        w->http = http_create(&err);
    if (!w->http)
        log_msg(LOG_ERROR, "%s", err.text);
    return w->http;
}

struct call_job {
    struct call_spec *spec;
    struct mailbox *mailbox;
    struct event *done; /* said when the worker is free again */
};

static void
run_call(void *arg, void *local)
{
    struct call_job *job = arg;
    struct http *http = job->spec->conf->provider == PROVIDER_PLAYBACK ? NULL : worker_http(local);
    job->done = call_execute(&job->spec, http, job->mailbox);
}

static void
tell_done(void *arg)
{
    struct call_job *job = arg;
    if (job->done)
        mailbox_push(job->mailbox, &job->done, NULL);
    free(job);
}

static void
drop_call(void *arg)
{
    struct call_job *job = arg;
    call_spec_destroy(&job->spec);
    free(job);
}

void
worker_call(struct pool *pool, struct call_spec *spec, struct mailbox *mb,
            enum pool_priority priority)
{
    struct call_job *arg = xmalloc(sizeof *arg);
    unsigned affinity = (unsigned)spec->brain + 1;
    *arg = (struct call_job){.spec = spec, .mailbox = mb};
    pool_push(pool, &(struct pool_job){.run = run_call,
                                       .after = tell_done,
                                       .drop = drop_call,
                                       .arg = arg,
                                       .priority = priority,
                                       .affinity = affinity});
}

static void
run_warm_up(void *arg, void *local)
{
    (void)arg;
    worker_http(local);
}

void
worker_drop_nothing(void *arg)
{
    (void)arg;
}

void
worker_warm_up(struct pool *pool, const struct config *config)
{
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (config->brains[b].provider != PROVIDER_PLAYBACK) {
            pool_push(pool, &(struct pool_job){.run = run_warm_up,
                                               .drop = worker_drop_nothing,
                                               .priority = PRIO_ANALYSIS});
            return;
        }
}
