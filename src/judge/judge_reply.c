#include "berdua/judge/judge_reply.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"

enum { MOST_OBJECTS = 8, LOWEST = 1, HIGHEST = 5 };

static const char *const scales[SCALE_COUNT] = {[SCALE_WARMTH] = "warmth",
                                                [SCALE_CULTURAL_FIT] = "cultural_fit",
                                                [SCALE_CORRECTNESS] = "correctness",
                                                [SCALE_REGISTER] = "register"};

/* ---- one object ---- */

static bool
read_scores(const struct json *scores, const char *side, int out[SCALE_COUNT], struct err *err)
{
    const struct json *o = json_get(scores, side);
    for (int s = 0; s < SCALE_COUNT; s++) {
        double v = NAN;
        if (!json_get_num(o, scales[s], &v))
            return err_set(err, "scores.%s.%s is missing", side, scales[s]);
        if (!(v >= LOWEST && v <= HIGHEST) || v != floor(v))
            return err_set(err, "scores.%s.%s is %g, not 1 to 5", side, scales[s], v);
        out[s] = (int)v;
    }
    return true;
}

static bool
read_object(struct judge_reply *out, enum brain_id first, const struct json *o, struct err *err)
{
    enum brain_id second = brain_other(first);
    const struct {
        const char *word;
        enum verdict_kind kind;
    } winners[] = {{"a", first == BRAIN_CLAUDE ? VERDICT_CLAUDE : VERDICT_LLAMA},
                   {"b", first == BRAIN_CLAUDE ? VERDICT_LLAMA : VERDICT_CLAUDE},
                   {"tie", VERDICT_TIE},
                   {"both_bad", VERDICT_BOTH_BAD}};
    const char *word = json_get_str(o, "winner"), *evidence = json_get_str(o, "evidence");
    const struct json *scores = json_get(o, "scores");
    *out = (struct judge_reply){.winner = VERDICT_NONE};
    for (size_t i = 0; word && i < ARRAY_LEN(winners); i++)
        if (strcmp(word, winners[i].word) == 0)
            out->winner = winners[i].kind;
    if (out->winner == VERDICT_NONE)
        return err_set(err, "winner is %.40s, not a, b, tie or both_bad", word ? word : "missing");
    if (!evidence)
        return err_set(err, "evidence is missing");
    if (!read_scores(scores, "a", out->scores[first], err) ||
        !read_scores(scores, "b", out->scores[second], err))
        return false;
    size_t n = strlen(evidence);
    out->evidence = xstrndup(
        evidence, n > JUDGE_EVIDENCE_BYTES ? utf8_whole_prefix(evidence, JUDGE_EVIDENCE_BYTES) : n);
    return true;
}

/* ---- the object in the text ---- */

/* The byte after the brace that closes the one at p; NULL: none does. */
static const char *
object_end(const char *p, const char *end)
{
    int depth = 0;
    bool quoted = false;
    for (; p < end; p++) {
        if (quoted && *p == '\\')
            p++;
        else if (*p == '"')
            quoted = !quoted;
        else if (!quoted && *p == '{')
            depth++;
        else if (!quoted && *p == '}' && --depth == 0)
            return p + 1;
    }
    return NULL;
}

static bool
says_the_same(const struct judge_reply *x, const struct judge_reply *y)
{
    return x->winner == y->winner && memcmp(x->scores, y->scores, sizeof x->scores) == 0;
}

bool
judge_read(struct judge_reply *out, enum brain_id first, const char *text, size_t n,
           struct err *err)
{
    const char *p = text, *end = text + n;
    bool found = false, told = false;
    int objects = 0;
    if (n > JUDGE_REPLY_BYTES)
        return err_set(err, "the reply is longer than %d KiB", JUDGE_REPLY_BYTES >> 10);
    err_set(err, "the reply holds no JSON object");
    for (; (p = memchr(p, '{', (size_t)(end - p))) != NULL && objects < MOST_OBJECTS; objects++) {
        const char *stop = object_end(p, end);
        struct json *o = stop ? json_parse(p, (size_t)(stop - p), NULL) : NULL;
        struct judge_reply r;
        struct err why = {""};
        bool valid = o && read_object(&r, first, o, &why);
        if (o && !told) /* of the outermost object, not of what is in it */
            *err = why;
        told = told || o;
        json_free(o);
        p = valid ? stop : p + 1;
        if (!valid)
            continue;
        bool differs = found && !says_the_same(out, &r);
        if (found)
            judge_reply_finish(out);
        if (differs) {
            judge_reply_finish(&r);
            return err_set(err, "the reply holds two verdicts");
        }
        *out = r;
        found = true;
    }
    if (found)
        err->text[0] = 0;
    return found;
}

void
judge_reply_finish(struct judge_reply *r)
{
    free(r->evidence);
    *r = (struct judge_reply){.winner = VERDICT_NONE};
}

char *
judge_reply_print(const struct judge_reply *r)
{
    struct json *o = json_object(), *scores = json_object();
    json_add_str(o, "winner", verdict_kind_name(r->winner));
    json_add_str(o, "evidence", r->evidence);
    for (int b = 0; b < BRAIN_COUNT; b++) {
        struct json *side = json_object();
        for (int s = 0; s < SCALE_COUNT; s++)
            json_add_int(side, scales[s], r->scores[b][s]);
        json_add(scores, brain_id_name((enum brain_id)b), side);
    }
    json_add(o, "scores", scores);
    struct buf text;
    buf_init(&text, JUDGE_REPLY_BYTES);
    json_print(o, &text);
    json_free(o);
    return buf_take(&text);
}

enum verdict_kind
judge_combine(enum verdict_kind one, enum verdict_kind other, bool *consistent)
{
    *consistent = one == other;
    return *consistent ? one : VERDICT_TIE;
}
