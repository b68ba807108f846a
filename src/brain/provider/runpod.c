#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "brain/call_run.h"
#include "providers.h"
#include "request.h"

/* RunPod's queue: a job is submitted, then its output is fetched piece by piece. */

enum {
    MAX_BODY_BYTES = 24 << 20,
    POLL_MOVING_MS = 50, /* text is coming */
    POLL_FIRST_MS = 100, /* doubled while nothing comes … */
    POLL_RUNNING_MS = 300,
    POLL_QUEUED_MS = 1000, /* … up to these */
    HEALTH_EVERY_MS = 3000,
    FAILED_POLLS = 5, /* in a row, before giving up */
    MIN_JOB_MS = 10000
};

struct job {
    struct call_run *run;
    char *id;
    bool final;  /* its last status is in, and all of its stream */
    bool bare;   /* /stream names no status, so that /status has to be asked */
    bool over;   /* /status says that the job has ended; the stream may hold more */
    bool queued; /* no worker has it yet */
    int64_t health_us;
};

static struct http_request
make_request(const struct job *job, const char *method, const char *path)
{
    char *tail = job->id ? xasprintf("%s/%s", path, job->id) : xstrdup(path);
    struct http_request req = request_open(job->run->spec->conf, method, tail, job->run->key);
    req.allow_gzip = true;
    req.max_body_bytes = MAX_BODY_BYTES;
    free(tail);
    return req;
}

/* The id becomes part of addresses, so it must not be able to change where they lead. */
static bool
good_id(const char *id)
{
    size_t n =
        id ? strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") : 0;
    return n > 0 && n < 128 && !id[n];
}

static struct json *
job_input(const struct call_spec *spec)
{
    struct json *sampling = json_object();
    request_add_limits(sampling, spec);
    struct json *input = json_object();
    json_add(input, "messages", request_messages(spec));
    json_add(input, "sampling_params", sampling);
    json_add_bool(input, "stream", true);
    struct json *root = json_object();
    json_add(root, "input", input);
    if (spec->limits.timeout_ms > 0) {
        /* RunPod ends the job when nobody waits for it any longer, so that it is not billed further. */
        int ms = spec->limits.timeout_ms;
        struct json *policy = json_object();
        json_add_int(policy, "executionTimeout", ms < MIN_JOB_MS ? MIN_JOB_MS : ms);
        json_add(root, "policy", policy);
    }
    return root;
}

/* Sends req and reads the answer; NULL with the run's error. Takes req. An answer that is not JSON is `null`. */
static struct json *
ask_json(struct job *job, struct http_request *req)
{
    struct buf body;
    struct json *root = NULL;
    buf_init(&body, MAX_BODY_BYTES);
    if (run_transfer(job->run, req, &body)) {
        root = json_parse(body.p, body.len, NULL);
        root = root ? root : json_parse("null", 4, NULL);
    }
    http_request_finish(req);
    buf_finish(&body);
    return root;
}

static bool
submit_job(struct job *job)
{
    struct http_request req = make_request(job, "POST", "/run");
    request_take_body(&req, job_input(job->run->spec), job->run->spec);
    struct json *root = ask_json(job, &req);
    const char *id = json_get_str(root, "id");
    bool ok = good_id(id);
    if (ok)
        job->id = xstrdup(id);
    else /* of a request that failed, the first error is kept */
        run_fail(job->run, ERR_PROTOCOL,
                 "RunPod took the job but named no usable id: is base_url right?");
    json_free(root);
    return ok;
}

static bool
is_final(const char *status)
{
    static const char *const finals[] = {"COMPLETED", "FAILED", "CANCELLED", "TIMED_OUT"};
    for (size_t i = 0; status && i < ARRAY_LEN(finals); i++)
        if (strcmp(status, finals[i]) == 0)
            return true;
    return false;
}

/* Fetches path/ID and feeds the body to the decoder. false: the run's error is set. */
static bool
fetch_output(struct job *job, const char *path, bool *items)
{
    struct buf body;
    buf_init(&body, MAX_BODY_BYTES);
    struct http_request req = make_request(job, "GET", path);
    bool ok = run_transfer(job->run, &req, &body);
    http_request_finish(&req);
    if (ok) {
        struct json *root = json_parse(body.p, body.len, NULL);
        const char *status = json_get_str(root, "status");
        const struct json *stream = json_is_array(root) ? root : json_get(root, "stream");
        *items = json_count(stream) > 0;
        job->bare = !status;
        job->queued = status && strcmp(status, "IN_QUEUE") == 0;
        job->final = (is_final(status) || (job->bare && job->over)) && !*items;
        json_free(root);
        ok = run_feed(job->run, body.p, body.len);
        if (ok)
            run_end_body(job->run);
    }
    buf_finish(&body);
    return ok;
}

/* Where /stream is a bare array. What fails here is asked again by the next poll. */
static void
ask_status(struct job *job)
{
    struct http_request req = make_request(job, "GET", "/status");
    struct json *root = ask_json(job, &req);
    const char *status = json_get_str(root, "status");
    if (!root)
        run_excuse(job->run, false);
    job->queued = status && strcmp(status, "IN_QUEUE") == 0;
    job->over = is_final(status);
    if (job->queued)
        run_warming(job->run, 0);
    json_free(root);
}

/* While the job waits in the queue: reports how many jobs wait there. */
static void
ask_health(struct job *job)
{
    if (!job->queued || clock_us() < job->health_us)
        return;
    job->health_us = clock_us() + HEALTH_EVERY_MS * (int64_t)US_PER_MS;
    int64_t waiting = 0;
    char *id = job->id;
    job->id = NULL; /* it is the endpoint's health, not the job's */
    struct http_request req = make_request(job, "GET", "/health");
    job->id = id;
    struct json *root = ask_json(job, &req);
    json_get_int(json_get(root, "jobs"), "inQueue", &waiting);
    if (root)
        run_warming(job->run, waiting);
    else
        run_excuse(
            job->run,
            true); /* a failure here does not matter: the next poll will report what is wrong */
    json_free(root);
}

/* Has the endpoint a worker that takes a job at once? Asking costs nothing. */
static bool
is_awake(struct job *job)
{
    static const char *const states[] = {"idle", "ready", "running"};
    struct http_request req = make_request(job, "GET", "/health");
    struct json *root = ask_json(job, &req);
    const struct json *workers = json_get(root, "workers");
    int64_t awake = 0;
    for (size_t i = 0; i < ARRAY_LEN(states) && awake <= 0; i++)
        json_get_int(workers, states[i], &awake);
    if (!root)
        run_excuse(job->run, false);
    json_free(root);
    return awake > 0;
}

static int
next_pause(const struct job *job, int pause_ms, bool items)
{
    if (items)
        return POLL_MOVING_MS;
    int most = job->queued ? POLL_QUEUED_MS : POLL_RUNNING_MS;
    return pause_ms * 2 < most ? pause_ms * 2 : most;
}

/* false: the call has ended but the job may still run, so that it has to be cancelled. */
static bool
poll_job(struct job *job)
{
    int pause_ms = POLL_FIRST_MS;
    int failed = 0;
    job->health_us = clock_us() + HEALTH_EVERY_MS * (int64_t)US_PER_MS;
    while (!job->final) {
        bool items = false;
        if (fetch_output(job, "/stream", &items))
            failed = 0;
        else if (++failed >= FAILED_POLLS || !run_excuse(job->run, false))
            return false;
        if (job->final)
            break;
        if (job->run->ended_us)
            return false;
        if (job->bare && !items && !job->over) {
            ask_status(job);
            if (job->over)
                continue;
        }
        ask_health(job);
        pause_ms = next_pause(job, pause_ms, items);
        if (!run_sleep_until(job->run, clock_us() + pause_ms * (int64_t)US_PER_MS))
            return false;
    }
    /* Only /status names the job's times, and the text of a worker that does not stream. */
    bool items;
    if (!fetch_output(job, "/status", &items))
        run_excuse(job->run, true);
    return true;
}

static void
follow_job(struct call_run *run)
{
    struct job job = {.run = run};
    if (!run_need_key(run))
        return;
    if (run->spec->purpose == CALL_WARM_UP && is_awake(&job)) {
        run->awake = true;
        return;
    }
    if (submit_job(&job) && !poll_job(&job)) {
        struct http_request req = make_request(&job, "POST", "/cancel");
        http_request_finish(&run->leave);
        run->leave = req;
    }
    free(job.id);
}

/* An endpoint of RunPod serves the one model it was built with. */
static bool
check_health(const struct buf *body, const struct model_conf *model, struct answer_error *error,
             struct buf *names)
{
    (void)model;
    (void)names;
    struct json *root = json_parse(body->p, body->len, NULL);
    bool ok = json_is_object(json_get(root, "workers"));
    if (!ok)
        request_error(error, ERR_PROTOCOL, NULL,
                      "the answer is not RunPod's: base_url is https://api.runpod.ai/v2/ENDPOINT");
    json_free(root);
    return ok;
}

const struct brain_ops brain_runpod = {
    .provider = PROVIDER_RUNPOD,
    .exchange = follow_job,
    .probe_path = "/health",
    .check = check_health,
};
