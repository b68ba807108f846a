#include "merge_record.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/chat/answer.h"

/* A value that is missing and one that is null are the same. */
static const struct json *
given(const struct json *o, const char *key)
{
    const struct json *v = json_get(o, key);
    return v && !json_is_null(v) ? v : NULL;
}

static bool
read_text(const struct json *o, const char *key, bool needed, size_t most, const char **out,
          struct err *err)
{
    const struct json *v = given(o, key);
    *out = json_str(v);
    if (v && !*out)
        return err_set(err, "%s: not a text", key);
    if (needed && (!*out || !**out))
        return err_set(err, "%s: missing", key);
    if (*out && most && strlen(*out) > most)
        return err_set(err, "%s: longer than %zu bytes", key, most);
    return true;
}

static bool
read_real(const struct json *o, const char *key, double low, double high, double *out,
          struct err *err)
{
    const struct json *v = given(o, key);
    *out = NAN;
    if (v && (!json_num(v, out) || !(*out >= low && *out <= high)))
        return err_set(err, "%s: not a number from %g to %g", key, low, high);
    return true;
}

/* A word of a table; -1 when it is missing. */
static bool
read_word(const struct json *o, const char *key, int (*parse)(const char *), int *out,
          struct err *err)
{
    const struct json *v = given(o, key);
    *out = v ? parse(json_str(v)) : -1;
    if (v && *out < 0)
        return err_set(err, "%s: \"%.60s\" is no word that is known here", key,
                       json_str(v) ? json_str(v) : "?");
    return true;
}

static bool
read_opinion(const struct json *o, const char *key, enum opinion *out, struct err *err)
{
    const struct json *v = given(o, key);
    bool yes = false;
    if (v && !json_get_bool(o, key, &yes))
        return err_set(err, "acceptable.%s: neither true, false nor null", key);
    *out = !v ? OPINION_NONE : yes ? OPINION_YES : OPINION_NO;
    return true;
}

static bool
read_flags(struct merge_record *r, const struct json *o, struct err *err)
{
    const struct json *list = given(o, "flags");
    if (list && !json_is_array(list))
        return err_set(err, "flags: not a list");
    for (const struct json *v = json_first(list); v; v = json_next(v)) {
        int flag = 0;
        while (flag < FLAG_COUNT &&
               (!json_str(v) || strcmp(json_str(v), verdict_flag_name(flag)) != 0))
            flag++;
        if (flag == FLAG_COUNT)
            return err_set(err, "flags: \"%.60s\" is none that is known here",
                           json_str(v) ? json_str(v) : "?");
        r->flags |= 1u << flag;
    }
    r->simulated = r->flags >> FLAG_SIMULATED & 1;
    return true;
}

static bool
read_answers(struct merge_record *r, const struct json *o, struct err *err)
{
    for (int b = 0; b < BRAIN_COUNT; b++) {
        const char *name = brain_id_name((enum brain_id)b);
        const struct json *a = json_get(json_get(o, "answers"), name);
        if (!json_is_object(a))
            return err_set(err, "answers.%s: missing", name);
        if (given(a, "text") && !json_get_str(a, "text"))
            return err_set(err, "answers.%s.text: not a text", name);
        if (given(a, "status") && answer_status_parse(json_get_str(a, "status")) < 0)
            return err_set(err, "answers.%s.status: no word that is known here", name);
        r->answers[b] = a;
        if (!read_text(json_get(o, "system"), name, false, 0, &r->system[b], err) ||
            !read_opinion(json_get(o, "acceptable"), name, &r->acceptable[b], err))
            return false;
    }
    return true;
}

static bool
read_lists(struct merge_record *r, const struct json *o, struct err *err)
{
    r->history = given(o, "history");
    r->reasons = given(o, "reasons");
    r->categories = given(o, "categories");
    r->judge_facts = given(o, "judge");
    if (r->history && !json_is_array(r->history))
        return err_set(err, "history: not a list");
    for (const struct json *v = json_first(r->history); v; v = json_next(v))
        if (!json_get_str(v, "role") || !json_get_str(v, "content"))
            return err_set(err, "history: an entry without role or content");
    if (r->reasons && !json_is_array(r->reasons))
        return err_set(err, "reasons: not a list");
    return true;
}

static bool
read_texts(struct merge_record *r, const struct json *o, struct err *err)
{
    return read_text(o, "id", true, MERGE_ID_BYTES, &r->id, err) &&
           read_text(o, "session", true, MERGE_ID_BYTES, &r->session, err) &&
           read_text(o, "user", false, 0, &r->user, err) &&
           read_text(o, "rater", false, 0, &r->rater, err) &&
           read_text(o, "message", true, 0, &r->message, err) &&
           read_text(o, "note", false, 0, &r->note, err) &&
           read_text(o, "strength", false, 0, &r->strength, err) &&
           read_text(o, "config_hash", false, 0, &r->config_hash, err) &&
           read_text(o, "app_version", false, 0, &r->app_version, err) &&
           read_text(o, "score_rules", false, 0, &r->score_rules, err);
}

static bool
read_words(struct merge_record *r, const struct json *o, struct err *err)
{
    const char *mode = json_get_str(o, "mode");
    int kind, left;
    r->judge = mode && strcmp(mode, "judge") == 0;
    if (!read_word(o, "winner", verdict_kind_parse, &kind, err) ||
        !read_word(o, "left", brain_id_parse, &left, err) ||
        !read_word(o, "category", category_parse, &r->category, err) ||
        !read_word(o, "language", language_parse, &r->language, err) ||
        !read_word(o, "drawn_by", verdict_draw_parse, &r->draw, err))
        return false;
    if (kind < VERDICT_CLAUDE || kind > VERDICT_BOTH_BAD)
        return err_set(err, "winner: not claude, llama, tie or both_bad");
    r->kind = (enum verdict_kind)kind;
    r->left = left < 0 ? BRAIN_CLAUDE : (enum brain_id)left;
    r->mode = -1;
    if (!r->judge && !read_word(o, "mode", chat_mode_parse, &r->mode, err))
        return false;
    /* A judge's vote is drawn by nobody; of the others the chat's is what a missing word means. */
    if (r->judge)
        r->draw = DRAW_NONE;
    else if (r->draw < 0)
        r->draw = DRAW_CHAT;
    const char *guess = json_get_str(json_get(o, "identity_guess"), "guess");
    int g = guess ? guess_parse(guess) : GUESS_NONE;
    if (g < 0)
        return err_set(err, "identity_guess.guess: not 1, 2 or dont_know");
    r->guess = (enum guess)g;
    return true;
}

static bool
read_numbers(struct merge_record *r, const struct json *o, struct err *err)
{
    double ts, decision, turn;
    if (!read_real(o, "ts", -1e11, 1e11, &ts, err) || !read_real(o, "turn", 1, 1e15, &turn, err) ||
        !read_real(o, "propensity", 0, 1, &r->propensity, err) ||
        !read_real(o, "asked", 0, 1, &r->asked, err) ||
        !read_real(o, "stage", 0, 100, &r->stage, err) ||
        !read_real(o, "decision_ms", 0, 1e15, &decision, err))
        return false;
    if (isnan(ts))
        return err_set(err, "ts: missing");
    if (isnan(turn) || turn != floor(turn))
        return err_set(err, "turn: not a whole number from 1");
    if (r->draw == DRAW_ACTIVE && !(r->propensity > 0))
        return err_set(err, "propensity: missing, where drawn_by is active");
    r->at_us = (int64_t)floor(ts * US_PER_S + .5);
    r->seq = (int64_t)turn;
    r->decision_ms = isnan(decision) ? UNKNOWN : (int64_t)decision;
    return true;
}

bool
merge_record_read(struct merge_record *r, const struct json *o, struct err *err)
{
    *r = (struct merge_record){0};
    const char *pair;
    if (!json_is_object(o))
        return err_set(err, "not a JSON object");
    if (!read_texts(r, o, err) || !read_text(o, "pair", false, MERGE_PAIR_BYTES, &pair, err) ||
        !read_words(r, o, err) || !read_numbers(r, o, err) || !read_flags(r, o, err) ||
        !read_answers(r, o, err) || !read_lists(r, o, err))
        return false;
    json_get_bool(o, "blind", &r->blind);
    r->pair = pair ? xstrdup(pair) : xasprintf("%s:%lld:1", r->session, (long long)r->seq);
    return true;
}

void
merge_record_finish(struct merge_record *r)
{
    free(r->pair);
    r->pair = NULL;
}
