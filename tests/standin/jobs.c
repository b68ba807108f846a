#include "jobs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/mem.h"

enum { MAX_BYTES = 16 << 20, PIECE_BYTES = 61 };

struct job {
    const struct rule *r;
    int64_t born_us;
    struct plan body; /* the OpenAI stream that the worker's server makes */
    size_t given;     /* steps (new worker) or tokens (old one) handed out */
    bool cancelled;
};

struct jobs {
    struct job **all;
    size_t count;
};

struct jobs *
jobs_create(void)
{
    return xcalloc(1, sizeof(struct jobs));
}

void
jobs_destroy(struct jobs *j)
{
    for (size_t i = 0; i < j->count; i++) {
        plan_finish(&j->all[i]->body);
        free(j->all[i]);
    }
    free(j->all);
    free(j);
}

void
jobs_run(struct jobs *j, const struct rule *r, const char *model, int64_t now_us, struct plan *p)
{
    struct job *job = xcalloc(1, sizeof(*job));
    job->r = r;
    job->born_us = now_us;
    wire_stream_body(r, false, model, &job->body);
    j->all = xreallocarray(j->all, j->count + 1, sizeof(struct job *));
    j->all[j->count++] = job;
    char *body = xasprintf("{\"id\":\"job-%zu-u1\",\"status\":\"IN_QUEUE\"}", j->count - 1);
    plan_response(p, (int64_t)r->head_ms * US_PER_MS, 200, "application/json", NULL, body,
                  strlen(body));
    free(body);
}

/* When step or token i is there, counted from the start of the job. */
static int64_t
due_us(const struct job *job, size_t i)
{
    const struct rule *r = job->r;
    if (r->old_worker)
        return (r->first_ms + (int64_t)i * r->gap_ms) * US_PER_MS;
    int64_t at = 0;
    for (size_t k = 0; k <= i && k < job->body.count; k++)
        at += job->body.steps[k].delay_us;
    return at > r->first_ms * US_PER_MS ? at : r->first_ms * US_PER_MS;
}

static size_t
part_count(const struct job *job)
{
    const struct rule *r = job->r;
    if (!r->old_worker)
        return job->body.count;
    if (r->fault == FAULT_EMPTY)
        return 0;
    return r->fault != FAULT_NONE && (size_t)r->after < r->token_count ? (size_t)r->after
                                                                       : r->token_count;
}

static const char *
job_status(const struct job *job, int64_t now_us)
{
    int64_t age_us = now_us - job->born_us;
    if (job->cancelled)
        return "CANCELLED";
    if (job->r->fault == FAULT_JOB_STUCK || age_us < job->r->first_ms * US_PER_MS)
        return "IN_QUEUE";
    size_t n = part_count(job);
    if (n > 0 && age_us < due_us(job, n - 1))
        return "IN_PROGRESS";
    if (job->r->fault == FAULT_HANG)
        return "IN_PROGRESS";
    return job->r->fault == FAULT_JOB_FAILED ? "FAILED" : "COMPLETED";
}

static void
add_old_item(struct buf *out, const struct job *job, size_t i)
{
    buf_printf(out,
               "{\"output\":{\"choices\":[{\"tokens\":[\"%s\"]}],\"usage\":{\"input\":9,"
               "\"output\":%zu}}}",
               job->r->tokens[i], i + 1);
}

/* The raw stream in pieces that end anywhere but within a character (the real worker would replace
 * a broken one by U+FFFD). */
static void
add_new_items(struct buf *out, const struct buf *raw)
{
    for (size_t at = 0; at < raw->len;) {
        size_t end = at + PIECE_BYTES < raw->len ? at + PIECE_BYTES : raw->len;
        while (end < raw->len && ((unsigned char)raw->p[end] & 0xc0) == 0x80)
            end++;
        buf_append_str(out, at > 0 ? ",{\"output\":" : "{\"output\":");
        wire_quote(out, raw->p + at, end - at);
        buf_append_char(out, '}');
        at = end;
    }
}

/* Hands out what is due and not given yet, as the items of an array; returns the tokens in it. */
static int
take_items(struct job *job, int64_t now_us, struct buf *out)
{
    int64_t age_us = now_us - job->born_us;
    size_t n = part_count(job);
    int tokens = 0;
    struct buf raw;
    buf_init(&raw, MAX_BYTES);
    if (job->cancelled || job->r->fault == FAULT_JOB_STUCK)
        n = job->given;
    while (job->given < n && due_us(job, job->given) <= age_us) {
        size_t i = job->given++;
        if (job->r->old_worker) {
            if (tokens > 0)
                buf_append_char(out, ',');
            add_old_item(out, job, i);
            tokens++;
        } else {
            buf_append(&raw, job->body.steps[i].p, job->body.steps[i].len);
            tokens += job->body.steps[i].token;
        }
    }
    add_new_items(out, &raw);
    buf_finish(&raw);
    return tokens;
}

static struct job *
find_job(struct jobs *j, const char *path)
{
    const char *at = strstr(path, "/job-");
    size_t i;
    if (at == NULL || sscanf(at, "/job-%zu-u1", &i) != 1 || i >= j->count)
        return NULL;
    return j->all[i]->r->fault == FAULT_JOB_LOST ? NULL : j->all[i];
}

int
jobs_ask(struct jobs *j, enum form form, const char *path, int64_t now_us, struct plan *p)
{
    struct job *job = find_job(j, path);
    struct buf b;
    int tokens = 0;
    if (job == NULL) {
        static const char gone[] = "{\"error\":\"job not found\"}";
        plan_response(p, 0, 404, "application/json", NULL, gone, sizeof(gone) - 1);
        return 0;
    }
    buf_init(&b, MAX_BYTES);
    if (form == FORM_CANCEL)
        job->cancelled = true;
    const char *status = job_status(job, now_us);
    if (form == FORM_STREAM && job->r->bare) {
        buf_append_char(&b, '[');
        tokens = take_items(job, now_us, &b);
        buf_append_char(&b, ']');
        plan_response(p, 0, 200, "application/json", NULL, b.p, b.len);
        buf_finish(&b);
        return tokens;
    }
    buf_printf(&b, "{\"id\":\"job\",\"status\":\"%s\"", status);
    if (strcmp(status, "IN_QUEUE") != 0)
        buf_printf(&b, ",\"delayTime\":%d,\"workerId\":\"w1\"", job->r->first_ms);
    if (strcmp(status, "COMPLETED") == 0)
        buf_printf(&b, ",\"executionTime\":%lld",
                   (long long)(now_us - job->born_us) / US_PER_MS - job->r->first_ms);
    if (strcmp(status, "FAILED") == 0) {
        buf_append_str(&b, ",\"error\":");
        const char *why = job->r->message != NULL ? job->r->message : "CUDA out of memory";
        wire_quote(&b, why, strlen(why));
    }
    if (form == FORM_STREAM) {
        buf_append_str(&b, ",\"stream\":[");
        tokens = take_items(job, now_us, &b);
        buf_append_char(&b, ']');
    }
    buf_append_char(&b, '}');
    plan_response(p, 0, 200, "application/json", NULL, b.p, b.len);
    buf_finish(&b);
    return tokens;
}

void
jobs_health(struct jobs *j, int64_t now_us, struct plan *p)
{
    int queued = 0;
    int running = 0;
    for (size_t i = 0; i < j->count; i++) {
        const char *status = job_status(j->all[i], now_us);
        queued += strcmp(status, "IN_QUEUE") == 0;
        running += strcmp(status, "IN_PROGRESS") == 0;
    }
    char *body = xasprintf("{\"status\":\"ok\",\"jobs\":{\"completed\":0,\"failed\":0,"
                           "\"inProgress\":%d,\"inQueue\":%d,\"retried\":0},\"workers\":{\"idle\":"
                           "0,\"initializing\":%d,\"running\":%d}}",
                           running, queued, queued > 0, running);
    plan_response(p, 0, 200, "application/json", NULL, body, strlen(body));
    free(body);
}
