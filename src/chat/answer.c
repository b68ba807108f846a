#include "berdua/chat/answer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/names.h"
#include "berdua/base/utf8.h"

enum { LEAST_RATED_US = 20 * US_PER_MS, STALL_SHOWN_US = 3 * US_PER_S };

static const char *const roles[ROLE_COUNT] = {
    [ROLE_SERVED] = "served",
    [ROLE_COMPARED] = "compared",
    [ROLE_SHADOW] = "shadow",
    [ROLE_FALLBACK] = "fallback",
};
static const char *const statuses[STATUS_COUNT] = {
    [STATUS_RUNNING] = "running",
    [STATUS_COMPLETE] = "complete",
    [STATUS_CUT] = "cut",
    [STATUS_REFUSED] = "refused",
    [STATUS_FAILED] = "failed",
    [STATUS_TIMEOUT] = "timeout",
    [STATUS_CANCELLED] = "cancelled",
    [STATUS_INTERRUPTED] = "interrupted",
};
static const char *const phases[PHASE_COUNT] = {
    [PHASE_QUEUED] = "queued",         [PHASE_CONTEXT] = "awaits context",
    [PHASE_CONNECTING] = "connecting", [PHASE_WARMING] = "starting",
    [PHASE_WAITING] = "waiting",       [PHASE_THINKING] = "thinking",
    [PHASE_STREAMING] = "streaming",   [PHASE_RETRYING] = "retrying",
    [PHASE_ENDED] = "ending",
};
static const char *const kinds[ERR_KIND_COUNT] = {
    [ERR_NONE] = "none",
    [ERR_CONNECT] = "connect",
    [ERR_TLS] = "tls",
    [ERR_AUTH] = "auth",
    [ERR_NOT_FOUND] = "not_found",
    [ERR_RATE_LIMIT] = "rate_limit",
    [ERR_OVERLOADED] = "overloaded",
    [ERR_BAD_REQUEST] = "bad_request",
    [ERR_CONTEXT_LENGTH] = "context_length",
    [ERR_SERVER] = "server",
    [ERR_PROTOCOL] = "protocol",
    [ERR_STREAM_CUT] = "stream_cut",
    [ERR_EMPTY] = "empty",
    [ERR_STALLED] = "stalled",
    [ERR_TIMEOUT] = "timeout",
    [ERR_BREAKER_OPEN] = "breaker_open",
    [ERR_BUDGET] = "budget",
    [ERR_CANCELLED] = "cancelled",
};

void
answer_init(struct answer *a, enum brain_id brain)
{
    *a = (struct answer){
        .brain = brain,
        .role = ROLE_COMPARED,
        .status = STATUS_RUNNING,
        .phase = PHASE_QUEUED,
        .times = {UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, 0, UNKNOWN, UNKNOWN},
        .usage = {UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, false},
        .cost_usd = NAN,
        .saved_usd = NAN,
        .warmth = NAN,
        .cultural = NAN,
    };
    buf_init(&a->text, ANSWER_MAX_BYTES);
}

void
answer_finish(struct answer *a)
{
    free(a->provider);
    free(a->model);
    free(a->tier);
    free(a->stop_reason);
    free(a->error.message);
    free(a->error.request_id);
    free(a->retry_why);
    free(a->score_rules);
    buf_finish(&a->text);
    answer_init(a, a->brain);
}

bool
answer_valid(const struct answer *a)
{
    return (a->status == STATUS_COMPLETE || a->status == STATUS_CUT) &&
           !utf8_blank(a->text.p, a->text.len);
}

int64_t
tokens_estimate(int64_t bytes, int64_t deltas)
{
    int64_t by_bytes = (bytes + 3) / 4;
    return by_bytes > deltas ? by_bytes : deltas;
}

int64_t
answer_tokens_out(const struct answer *a)
{
    if (a->usage.output != UNKNOWN)
        return a->usage.output;
    return tokens_estimate((int64_t)a->text.len, a->delta_count);
}

int64_t
answer_stalled_us(const struct answer *a, int64_t now_us)
{
    bool comes = a->status == STATUS_RUNNING && a->phase == PHASE_STREAMING && a->last_delta_us > 0;
    return comes && now_us - a->last_delta_us >= STALL_SHOWN_US ? now_us - a->last_delta_us : 0;
}

double
answer_tokens_per_s(const struct answer *a, int64_t now_us)
{
    if (a->times.ttft_us == UNKNOWN)
        return NAN;
    int64_t visible = answer_tokens_out(a);
    if (a->usage.output != UNKNOWN && a->usage.thinking > 0)
        visible -= a->usage.thinking;
    int64_t elapsed_us = a->status == STATUS_RUNNING ? now_us - a->started_us : a->times.total_us;
    elapsed_us -= a->times.ttft_us;
    /* A text that came in one piece has no rate, nor one that has stopped coming. */
    if (visible < 2 || elapsed_us < LEAST_RATED_US || answer_stalled_us(a, now_us) > 0)
        return NAN;
    return (double)(visible - 1) * US_PER_S / (double)elapsed_us;
}

bool
answer_speed_estimated(const struct answer *a)
{
    return a->usage.estimated || a->usage.thinking_estimated || a->usage.output == UNKNOWN;
}

NAMES_DEFINE(answer_role, roles)
NAMES_DEFINE(answer_status, statuses)
NAMES_DEFINE_NAME(answer_phase, phases)
NAMES_DEFINE(error_kind, kinds)
