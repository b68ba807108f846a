#include "words.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/ui/ui.h"
#include "berdua/base/clock.h"
#include "ui/text/glyphs.h"

static const char unknown[] = "–";

const char *
words_brain(const struct turn *t, enum brain_id b)
{
    if (t && turn_veiled(t))
        return turn_name(t, b);
    return b == BRAIN_CLAUDE ? "CLAUDE" : b == BRAIN_LLAMA ? "LLAMA" : "";
}

enum ink
words_brain_ink(const struct turn *t, enum brain_id b)
{
    if (t && turn_veiled(t))
        return INK_MESSAGE;
    return b == BRAIN_LLAMA ? INK_LLAMA : INK_CLAUDE;
}

static const struct {
    const char *word;
    enum ink ink;
} status_words[STATUS_COUNT] = {
    [STATUS_COMPLETE] = {"done", INK_DONE},      [STATUS_CUT] = {"cut", INK_WARNING},
    [STATUS_REFUSED] = {"refused", INK_WARNING}, [STATUS_FAILED] = {"failed", INK_ERROR},
    [STATUS_TIMEOUT] = {"timed out", INK_ERROR}, [STATUS_CANCELLED] = {"cancelled", INK_DIM},
    [STATUS_INTERRUPTED] = {"cut", INK_WARNING},
};

const char *
words_state(const struct turn *turn, enum brain_id b, int64_t now_us, enum ink *ink)
{
    *ink = INK_DIM;
    if (!turn)
        return "idle";
    if (!turn->asked[b] && turn->context.asked && turn->context.answer.brain == b) {
        bool running = context_running(&turn->context);
        *ink = running ? INK_RUNNING : INK_DIM;
        return "as context";
    }
    if (!turn->asked[b])
        return "not asked";
    const struct answer *a = &turn->answers[b];
    if (turn->blind.masked && a->status != STATUS_COMPLETE) {
        *ink = a->status == STATUS_RUNNING ? INK_RUNNING : INK_DIM;
        return a->status == STATUS_RUNNING ? "answering" : a->text.len ? "incomplete" : "no answer";
    }
    if (answer_stalled_us(a, now_us) > 0) {
        *ink = INK_WARNING;
        return "stalled";
    }
    if (a->status == STATUS_RUNNING) {
        *ink = a->phase == PHASE_RETRYING || a->phase == PHASE_WARMING ? INK_WARNING : INK_RUNNING;
        return answer_phase_name(a->phase);
    }
    *ink = status_words[a->status].ink;
    return status_words[a->status].word;
}

const char *
words_sign(const struct turn *turn, enum brain_id b, const struct glyphs *glyphs)
{
    if (!turn || !turn->asked[b])
        return glyphs->ring;
    if (turn->blind.masked)
        return glyphs->dot;
    enum answer_status s = turn->answers[b].status;
    return s == STATUS_FAILED || s == STATUS_TIMEOUT ? glyphs->cross : glyphs->dot;
}

/* For each kind of failure one plain phrase, and what to do about it. */
static const struct {
    const char *cause, *remedy;
} failures[ERR_KIND_COUNT] = {
    [ERR_CONNECT] = {"could not connect", "Check with `berdua doctor`."},
    [ERR_TLS] = {"the secure connection failed",
                 "Check the clock and the certificate with `berdua doctor`."},
    [ERR_AUTH] = {"the key was not accepted", "Check api_key in the configuration."},
    [ERR_NOT_FOUND] = {"no such address or model", "Check base_url and the model's id."},
    [ERR_RATE_LIMIT] = {"too many requests", "Wait a little, then retry."},
    [ERR_OVERLOADED] = {"the server is overloaded", "Wait a little, then retry."},
    [ERR_BAD_REQUEST] = {"the server refused the request", NULL},
    [ERR_CONTEXT_LENGTH] = {"the conversation is too long for the model",
                            "Begin a new session with /new."},
    [ERR_SERVER] = {"the server failed", "Retry with /retry."},
    [ERR_PROTOCOL] = {"the server's answer made no sense", NULL},
    [ERR_STREAM_CUT] = {"the connection broke mid-answer", "Retry with /retry."},
    [ERR_EMPTY] = {"the answer was empty", "Retry with /retry."},
    [ERR_STALLED] = {"the stream stopped", "Retry with /retry."},
    [ERR_TIMEOUT] = {"no answer in time", "A cold start? Retry, or raise first_token_ms."},
    [ERR_BREAKER_OPEN] = {"paused after repeated failures", "It is tried again by itself."},
    [ERR_BUDGET] = {"the budget is spent", NULL},
    [ERR_CANCELLED] = {"cancelled", NULL},
};

/* A message that was not recorded is no fault of anybody's, and nothing is to be repaired. */
static bool
is_unrecorded(const struct answer *a)
{
    return a->simulated && a->error.kind == ERR_NOT_FOUND;
}

void
words_error(struct buf *out, const struct answer *a)
{
    const struct answer_error *e = &a->error;
    /* Where nothing was sent, the message is the whole sentence: "Nothing answers at 127.0.0.1:8080". */
    bool whole = e->message && e->message[0] && !e->http_status &&
                 (e->kind == ERR_CONNECT || e->kind == ERR_AUTH || is_unrecorded(a));
    const char *why = whole ? NULL : failures[e->kind].cause;
    if (why)
        buf_append_str(out, why);
    if (a->error.message && a->error.message[0]) {
        if (why)
            buf_append_str(out, ": ");
        buf_append_str(out, a->error.message);
    }
    if (a->error.http_status > 0 && (!a->error.message || !strstr(a->error.message, "HTTP")))
        buf_printf(out, " (HTTP %d)", a->error.http_status);
}

/* The head says that it failed; word: what stands where the cause is not known. */
static void
note_failure(struct buf *out, const char *word, const struct answer *a)
{
    size_t before = out->len;
    words_error(out, a);
    if (out->len == before)
        buf_append_str(out, word);
    const char *remedy = failures[a->error.kind].remedy;
    if (remedy && !is_unrecorded(a))
        buf_printf(out, "\n%s", remedy);
}

void
words_note(struct buf *out, const struct turn *turn, enum brain_id b)
{
    const struct answer *a = &turn->answers[b];
    if (!turn->asked[b] || turn->blind.masked)
        return;
    if (turn_hides(turn, b)) {
        buf_append_str(out, a->status == STATUS_RUNNING ? "shadow: it answers unseen"
                            : answer_valid(a) ? "shadow: its answer is in; /reveal shows it"
                                              : "shadow: it gave no answer");
        return;
    }
    switch (a->status) {
    case STATUS_RUNNING:
        if (a->phase == PHASE_RETRYING)
            buf_printf(out, "retrying: %s", a->retry_why ? a->retry_why : "the last try failed");
        else if (a->phase == PHASE_WARMING)
            buf_append_str(out, "the model is starting up; this can take a minute or two");
        break;
    case STATUS_CUT:
        buf_append_str(out, "cut at the token limit");
        break;
    case STATUS_REFUSED:
        note_failure(out, "refused to answer", a);
        break;
    case STATUS_FAILED:
        note_failure(out, "failed", a);
        break;
    case STATUS_TIMEOUT:
        note_failure(out, "timed out", a);
        break;
    case STATUS_CANCELLED:
        if (a->text.len > 0) /* else the head says enough */
            buf_append_str(out, "cancelled");
        break;
    case STATUS_INTERRUPTED:
        buf_append_str(out, "cut: the program ended while this was coming in");
        break;
    case STATUS_COMPLETE:
    case STATUS_COUNT:
        break;
    }
    if (a->truncated)
        buf_printf(out, "%solder turns were left out of its prompt", out->len ? "\n" : "");
}

const char *
words_verdict(const struct turn *t)
{
    static const char *const words[VERDICT_KIND_COUNT] = {
        [VERDICT_CLAUDE] = "CLAUDE better",
        [VERDICT_LLAMA] = "LLAMA better",
        [VERDICT_TIE] = "tie",
        [VERDICT_BOTH_BAD] = "both bad",
    };
    static const char *const by_side[VERDICT_KIND_COUNT] = {
        [VERDICT_CLAUDE] = "A better", [VERDICT_LLAMA] = "B better"};
    enum verdict_kind kind = t->verdict.kind;
    return t->blind.masked && by_side[kind] ? by_side[kind] : words[kind];
}

const char *
words_ms(char out[WORDS_FIGURE], int64_t us)
{
    snprintf(out, WORDS_FIGURE, us < 0 ? unknown : "%" PRId64 " ms",
             (us + US_PER_MS / 2) / US_PER_MS);
    return out;
}

const char *
words_seconds(char out[WORDS_FIGURE], int64_t us)
{
    double s = (double)us / US_PER_S;
    if (us < 0)
        snprintf(out, WORDS_FIGURE, "%s", unknown);
    else if (s < 9.995)
        snprintf(out, WORDS_FIGURE, "%.2f s", s);
    else if (s < 119.95)
        snprintf(out, WORDS_FIGURE, "%.1f s", s);
    else
        snprintf(out, WORDS_FIGURE, "%" PRId64 " m %02d s", us / US_PER_S / 60,
                 (int)(us / US_PER_S % 60));
    return out;
}

int
words_cost_places(double greatest)
{
    return greatest < .01 ? 5 : greatest < 1 ? 4 : 2;
}

double
words_cost_printed(double usd, int places)
{
    double unit = pow(10, -places);
    return floor(usd / unit + .5) * unit;
}

const char *
words_cost_in(char out[WORDS_FIGURE], double usd, int places)
{
    if (isnan(usd))
        snprintf(out, WORDS_FIGURE, "%s", unknown);
    else if (usd <= 0)
        snprintf(out, WORDS_FIGURE, "$0");
    else if (usd < pow(10, -places) / 2)
        snprintf(out, WORDS_FIGURE, "<$%.*f", places, pow(10, -places));
    else
        snprintf(out, WORDS_FIGURE, "$%.*f", places, words_cost_printed(usd, places));
    return out;
}

const char *
words_cost(char out[WORDS_FIGURE], double usd)
{
    return words_cost_in(out, usd, words_cost_places(usd));
}

const char *
words_count(char out[WORDS_FIGURE], int64_t n)
{
    if (n < 0)
        snprintf(out, WORDS_FIGURE, "%s", unknown);
    else if (n < 10000)
        snprintf(out, WORDS_FIGURE, "%" PRId64, n);
    else if (n < 1000000)
        snprintf(out, WORDS_FIGURE, "%" PRId64 ",%03d", n / 1000, (int)(n % 1000));
    else
        snprintf(out, WORDS_FIGURE, "%.1f M", (double)n / 1e6);
    return out;
}

const char *
words_speed(char out[WORDS_FIGURE], double per_s, bool estimated)
{
    if (isnan(per_s))
        snprintf(out, WORDS_FIGURE, "%s", unknown);
    else
        snprintf(out, WORDS_FIGURE, "%s%.*f", estimated ? "~" : "", per_s < 10 ? 1 : 0, per_s);
    return out;
}

int64_t
words_total_us(const struct answer *a, int64_t now_us)
{
    if (a->status != STATUS_RUNNING || a->times.total_us != UNKNOWN)
        return a->times.total_us;
    return a->started_us > 0 && a->times.ttft_us >= 0 ? now_us - a->started_us : UNKNOWN;
}

const char *
words_category(enum category c)
{
    static const char *const words[CATEGORY_COUNT] = {
        [CATEGORY_GREETING] = "greeting",
        [CATEGORY_EMOTIONAL] = "emotional",
        [CATEGORY_CULTURAL] = "cultural",
        [CATEGORY_BUSINESS_SIMPLE] = "simple business",
        [CATEGORY_BUSINESS_COMPLEX] = "complex business",
        [CATEGORY_GENERAL] = "general",
    };
    return words[c];
}

const char *
words_unsaved(const struct ui_facts *facts, const struct turn *turn)
{
    if (!facts->store.reason || (turn->seq != 0 && !turn->verdict.saving))
        return NULL;
    return facts->store.lost ? "NOT saved" : "not saved yet";
}
