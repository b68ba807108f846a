/* What each figure of an answer reads. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/utf8.h"
#include "panel_parts.h"

static const char unknown[] = "–";

const struct figure figures[FIGURE_COUNT] = {
    [FIGURE_FIRST_TOKEN] = {"first token", "1st tok", RANK_FIRST_TOKEN, 12},
    [FIGURE_TOTAL] = {"total", "total", RANK_TOTAL, 8},
    [FIGURE_SPEED] = {"tok/s", "tok/s", RANK_SPEED, 7},
    [FIGURE_TOKENS] = {"tokens in/out", "tokens", RANK_TOKENS, 11},
    [FIGURE_COST] = {"cost", "cost", RANK_COST, 10},
    [FIGURE_WARMTH] = {"warmth", "warmth", RANK_SCORE, 10},
    [FIGURE_CULTURE] = {"culture", "culture", RANK_SCORE, 10},
    [FIGURE_CACHED] = {"from cache", "cached", RANK_TOKENS, 0},
    [FIGURE_SAVED] = {"cache saved", "saved", RANK_TOKENS, 0},
    [FIGURE_RETRIES] = {"retries", "retries", RANK_TROUBLE, 0},
    [FIGURE_COLD] = {"cold start", "cold", RANK_RECENT, 0},
    [FIGURE_CONNECT] = {"connect", "connect", RANK_DETAIL, 0},
    [FIGURE_STALL] = {"longest stall", "stall", RANK_DETAIL, 0},
    [FIGURE_QUEUE] = {"queue", "queue", RANK_DETAIL, 0},
    [FIGURE_EXECUTION] = {"execution", "exec", RANK_DETAIL, 0},
};

const char *
figure_label(enum figure_kind f, int label_cols)
{
    bool fits = utf8_width(figures[f].label, strlen(figures[f].label)) <= label_cols;
    return fits ? figures[f].label : figures[f].in_short;
}

/* Rounded while the answer streams: a slow terminal is not sent every small change. */
static double
shown_score(const struct answer *a, enum figure_kind f)
{
    double score = f == FIGURE_WARMTH ? a->warmth : a->cultural;
    return a->status == STATUS_RUNNING ? floor(score * 10 + .5) / 10 : score;
}

const char *
score_text(char out[WORDS_FIGURE], double score)
{
    if (isnan(score))
        snprintf(out, WORDS_FIGURE, "%s", unknown);
    else if (score > .995)
        snprintf(out, WORDS_FIGURE, "1.0");
    else
        snprintf(out, WORDS_FIGURE, ".%02d", (int)(score * 100 + .5));
    return out;
}

const char *
score_mark(char out[WORDS_FIGURE], double score, bool few_words)
{
    char text[WORDS_FIGURE];
    snprintf(out, WORDS_FIGURE, "%.8s%s", score_text(text, score), few_words ? "?" : "");
    return out;
}

static void
write_score(char out[WORDS_FIGURE], const struct answer *a, enum figure_kind f)
{
    double score = shown_score(a, f);
    if (isnan(score) || a->words == 0)
        return;
    score_mark(out, score, a->words < SCORE_MIN_WORDS);
}

static void
write_tokens(char out[WORDS_FIGURE], const struct answer *a)
{
    char in[WORDS_FIGURE], tokens[WORDS_FIGURE];
    int64_t n = answer_tokens_out(a);
    bool none = n == 0 && a->status != STATUS_COMPLETE;
    bool estimated = a->usage.estimated || a->usage.output == UNKNOWN;
    words_count(in, a->usage.input);
    words_count(tokens, n);
    if (!none || a->usage.input != UNKNOWN)
        snprintf(out, WORDS_FIGURE, "%.10s/%s%.10s", in, estimated && !none ? "~" : "",
                 none ? unknown : tokens);
}

bool
figure_unknown(const char *text)
{
    return strcmp(text, unknown) == 0;
}

const struct answer *
panel_answer(const struct panel_view *v, enum brain_id b)
{
    return v->turn && v->turn->asked[b] ? &v->turn->answers[b] : NULL;
}

bool
figure_is_score(enum figure_kind f)
{
    return f == FIGURE_WARMTH || f == FIGURE_CULTURE;
}

/* Both costs of the row have as many. */
static int
cost_places(const struct panel_view *v)
{
    double most = 0;
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (panel_answer(v, (enum brain_id)b))
            most = fmax(most, v->turn->answers[b].cost_usd);
    return words_cost_places(most);
}

const char *
figure_text(char out[WORDS_FIGURE], enum figure_kind f, const struct panel_view *v, enum brain_id b)
{
    const struct answer *a = panel_answer(v, b);
    int64_t now_us = v->now_us;
    snprintf(out, WORDS_FIGURE, "%s", unknown);
    if (!a || (figure_is_score(f) && turn_hides(v->turn, b)))
        return out;
    const struct answer_times *t = &a->times;
    switch (f) {
    case FIGURE_FIRST_TOKEN:
        return words_ms(out, t->ttft_us);
    case FIGURE_TOTAL:
        return words_seconds(out, words_total_us(a, now_us));
    case FIGURE_SPEED:
        return words_speed(out, answer_tokens_per_s(a, now_us), answer_speed_estimated(a));
    case FIGURE_TOKENS:
        write_tokens(out, a);
        return out;
    case FIGURE_COST:
        return words_cost_in(out, a->cost_usd, cost_places(v));
    case FIGURE_WARMTH:
    case FIGURE_CULTURE:
        write_score(out, a, f);
        return out;
    case FIGURE_CACHED:
        return words_count(out, a->usage.cache_read > 0 ? a->usage.cache_read : UNKNOWN);
    case FIGURE_SAVED:
        return words_cost(out, a->saved_usd > 0 ? a->saved_usd : NAN);
    case FIGURE_RETRIES:
        return words_count(out, a->retries > 0 ? a->retries : UNKNOWN);
    case FIGURE_COLD:
        if (a->cold)
            snprintf(out, WORDS_FIGURE, "not in p50");
        return out;
    case FIGURE_CONNECT:
        return words_ms(out, t->connect_us);
    case FIGURE_STALL: /* not known before the end */
        if (a->status != STATUS_RUNNING && t->ttft_us != UNKNOWN)
            words_ms(out, t->stall_us);
        return out;
    case FIGURE_QUEUE:
        return words_seconds(out, t->queue_us);
    case FIGURE_EXECUTION:
        return words_seconds(out, t->execution_us);
    case FIGURE_COUNT:
        break;
    }
    return out;
}

double
figure_score(const struct panel_view *v, enum brain_id b, enum figure_kind f)
{
    const struct answer *a = panel_answer(v, b);
    bool shown = a && a->words > 0 && !turn_hides(v->turn, b);
    return shown ? shown_score(a, f) : NAN;
}

bool
scores_short(const struct panel_view *v, enum brain_id b)
{
    const struct answer *a = panel_answer(v, b);
    return a && a->words > 0 && a->words < SCORE_MIN_WORDS && !isnan(a->warmth) &&
           !turn_hides(v->turn, b);
}
