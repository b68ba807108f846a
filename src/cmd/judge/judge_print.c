#include "judge_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "cmd/out.h"

const char *
judge_usd(double usd, char out[JUDGE_USD_BYTES])
{
    if (isnan(usd))
        snprintf(out, JUDGE_USD_BYTES, "an unknown sum");
    else
        snprintf(out, JUDGE_USD_BYTES, usd >= 1 || usd == 0 ? "$%.2f" : "$%.4f", usd);
    return out;
}

static const char *
plural(size_t n)
{
    return n == 1 ? "" : "s";
}

/* ---- before it starts ---- */

static void
describe_source(const struct judge_job *j, char *out, size_t size)
{
    const struct judge_estimate *e = &j->plan.estimate;
    if (e->source == ESTIMATE_CALLS)
        snprintf(out, size, "from %lld earlier call%s", (long long)e->samples,
                 plural((size_t)e->samples));
    else if (e->source == ESTIMATE_ANSWERS)
        snprintf(out, size, "from tokens of stored answers");
    else
        snprintf(out, size, "by length alone");
}

/* Each line to `print`; before: what it begins with. Of a usual length they fit into 80 columns. */
static void
describe_plan(const struct judge_job *j, void (*print)(const char *fmt, ...), const char *before)
{
    const struct judge_plan *p = &j->plan;
    char usd[JUDGE_USD_BYTES], cap[JUDGE_USD_BYTES], source[64];
    if (j->choice.simulated)
        print("%sSIMULATED: recorded answers about recorded pairs\n", before);
    print("%s%zu pair%s to judge (%zu before): %zu call%s of %s, %d at a time\n", before, p->count,
          plural(p->count), p->judged, p->calls, plural(p->calls), j->choice.model->id, j->jobs);
    if (p->count == 0)
        return;
    describe_source(j, source, sizeof source);
    if (isnan(p->usd))
        print("%scost not known before: no price by the token; stops at %s, %s, of what is known\n",
              before, judge_usd(j->cap_usd, cap), j->cap_key);
    else
        print("%sabout %s, estimated %s; stops at %s, %s\n", before, judge_usd(p->usd, usd), source,
              judge_usd(j->cap_usd, cap), j->cap_key);
    print("%s%s; %s judges itself, too: its votes stand apart\n", before, j->choice.prompt,
          brain_id_name(j->choice.brain));
}

void
judge_say_plan(const struct judge_job *j)
{
    describe_plan(j, out_say, "berdua: ");
}

bool
judge_confirm(void)
{
    char line[16] = "";
    out_say("Go on? [y/N] ");
    fflush(stderr);
    if (!fgets(line, sizeof line, stdin))
        out_say("\n");
    line[strcspn(line, "\r\n")] = 0;
    return strcmp(line, "y") == 0 || strcmp(line, "Y") == 0 || strcmp(line, "yes") == 0;
}

/* ---- JSON ---- */

static struct json *
plan_json(const struct judge_job *j)
{
    static const char *const sources[] = {
        [ESTIMATE_CALLS] = "calls", [ESTIMATE_ANSWERS] = "answers", [ESTIMATE_LENGTH] = "length"};
    const struct judge_plan *p = &j->plan;
    struct json *o = json_object(), *estimate = json_object();
    json_add_str(o, "brain", brain_id_name(j->choice.brain));
    json_add_str(o, "model", j->choice.model->id);
    json_add_str(o, "prompt", j->choice.prompt);
    json_add_bool(o, "simulated", j->choice.simulated);
    if (j->wish.since_us == INT64_MIN)
        json_add_null(o, "since");
    else
        json_add_num(o, "since", (double)j->wish.since_us / US_PER_S);
    json_add_int(o, "pairs", (int64_t)p->count);
    json_add_int(o, "judged_before", (int64_t)p->judged);
    json_add_int(o, "no_vote_before", (int64_t)p->no_vote);
    json_add_int(o, "calls_planned", (int64_t)p->calls);
    json_add_num(estimate, "usd", p->usd);
    json_add_str(estimate, "source", sources[p->estimate.source]);
    json_add_int(estimate, "samples", p->estimate.samples);
    json_add(o, "estimate", estimate);
    json_add_num(o, "max_usd", j->cap_usd);
    return o;
}

static struct json *
end_json(const struct judge_job *j)
{
    static const char *const stops[JUDGE_STOP_COUNT] = {[JUDGE_STOP_CAP] = "cap",
                                                        [JUDGE_STOP_FAILED] = "failed",
                                                        [JUDGE_STOP_STORE] = "store",
                                                        [JUDGE_STOP_INTERRUPTED] = "interrupted"};
    const struct judge_progress *p = &j->done;
    struct json *o = plan_json(j), *votes = json_object(), *none = json_object();
    for (int k = VERDICT_CLAUDE; k <= VERDICT_BOTH_BAD; k++)
        json_add_int(votes, verdict_kind_name((enum verdict_kind)k), (int64_t)p->votes[k]);
    json_add(o, "votes", votes);
    json_add_int(o, "inconsistent", (int64_t)p->inconsistent);
    for (int s = JUDGE_VOTED + 1; s < JUDGE_STATE_COUNT; s++)
        json_add_int(none, judge_state_name((enum judge_state)s), (int64_t)p->no_vote[s]);
    json_add_int(none, "gone", (int64_t)p->no_vote[JUDGE_VOTED]);
    json_add(o, "no_vote", none);
    json_add_int(o, "failed", (int64_t)p->failed);
    json_add_int(o, "left", (int64_t)(j->plan.count - p->done));
    json_add_int(o, "calls", (int64_t)p->calls);
    json_add_num(o, "cost_usd", p->usd);
    json_add_bool(o, "cost_complete", !p->usd_unknown);
    json_add_str(o, "stop", stops[p->stop]);
    json_add_bool(o, "saved", j->saved);
    return o;
}

void
judge_print_plan(const struct judge_job *j)
{
    if (j->wish.json)
        out_json(stdout, plan_json(j));
    else
        describe_plan(j, out_print, "");
}

/* ---- at the end ---- */

static size_t
judged_pairs(const struct judge_progress *p)
{
    return p->votes[VERDICT_CLAUDE] + p->votes[VERDICT_LLAMA] + p->votes[VERDICT_TIE] +
           p->votes[VERDICT_BOTH_BAD];
}

static void
print_votes(const struct judge_job *j)
{
    const struct judge_progress *p = &j->done;
    char usd[JUDGE_USD_BYTES];
    out_print("%s%zu of %zu pairs judged: LLAMA better %zu, Claude better %zu, tie %zu, both bad "
              "%zu\n",
              p->simulated ? "SIMULATED: " : "", judged_pairs(p), j->plan.count,
              p->votes[VERDICT_LLAMA], p->votes[VERDICT_CLAUDE], p->votes[VERDICT_TIE],
              p->votes[VERDICT_BOTH_BAD]);
    if (p->inconsistent)
        out_print("of the ties %zu because the order of the answers decided\n", p->inconsistent);
    if (p->done > judged_pairs(p))
        out_print("%zu without a vote, and not asked again: %zu reply unusable, %zu refused, %zu "
                  "too long, %zu no longer there\n",
                  p->done - judged_pairs(p), p->no_vote[JUDGE_UNUSABLE], p->no_vote[JUDGE_REFUSED],
                  p->no_vote[JUDGE_TOO_LONG], p->no_vote[JUDGE_VOTED]);
    out_print("%zu call%s, %s%s\n", p->calls, plural(p->calls), judge_usd(p->usd, usd),
              p->usd_unknown ? " and what could not be counted" : "");
}

static void
say_rest(const struct judge_job *j)
{
    const struct judge_progress *p = &j->done;
    size_t left = j->plan.count - p->done;
    char cap[JUDGE_USD_BYTES];
    if (p->stop == JUDGE_STOP_CAP)
        out_say("berdua: stopped at %s, %s: the next call might pass it\n",
                judge_usd(j->cap_usd, cap), j->cap_key);
    else if (p->stop == JUDGE_STOP_STORE)
        out_say("berdua: stopped, since nothing could be saved\n");
    if (left)
        out_say("berdua: %zu pair%s left; the same command goes on with %s\n", left,
                left == 1 ? " is" : "s are", left == 1 ? "it" : "them");
}

void
judge_print_end(const struct judge_job *j)
{
    if (j->wish.json) {
        out_json(stdout, end_json(j));
    } else if (j->plan.count == 0) {
        out_print("Nothing waits for a vote of %s: %zu pair%s judged, %zu without a vote\n",
                  j->choice.model->id, j->plan.judged, plural(j->plan.judged), j->plan.no_vote);
        return;
    } else {
        print_votes(j);
    }
    say_rest(j);
}
