#include "agreement_count.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"

static double
vote_of(enum verdict_kind kind)
{
    return kind == VERDICT_NONE ? NAN : kind == VERDICT_LLAMA ? 1 : kind == VERDICT_CLAUDE ? 0 : .5;
}

static bool
is_judge(const struct verdict_row *row)
{
    return row->judge || row->drawn_by == DRAW_NONE;
}

static uint64_t
hash_text(const char *s)
{
    return hash_bytes(s ? s : "", s ? strlen(s) : 0, 0);
}

/* Of several judges the newest model and prompt alone count. */
static uint64_t
judge_kind(struct agreement *a, struct report *r, const struct verdict_row *row, bool *consistent)
{
    struct json *j = row->judge ? json_parse(row->judge, strlen(row->judge), NULL) : NULL;
    const char *model = json_get_str(j, "model"), *prompt = json_get_str(j, "prompt");
    uint64_t kind = hash_text(model) ^ ~hash_text(prompt);
    bool newer = row->at_us > a->kind_us || (row->at_us == a->kind_us && row->n > a->kind_n);
    if (!r->judge.model || newer) {
        a->kind_us = row->at_us;
        a->kind_n = row->n;
    }
    if (!r->judge.model || (newer && kind != a->kind)) {
        free(r->judge.model);
        free(r->judge.prompt);
        r->judge.model = xstrdup(model ? model : row->rater);
        r->judge.prompt = xstrdup(prompt);
        r->judge.contestant = brain_id_parse(json_get_str(j, "brain"));
        a->kind = kind;
    }
    *consistent = true;
    json_get_bool(j, "consistent", consistent);
    json_free(j);
    return kind;
}

/* By pair, rater, then time; the judges of a pair before its people. */
static int
by_pair(const void *p, const void *q)
{
    const struct verdict_row *x = *(const struct verdict_row *const *)p,
                             *y = *(const struct verdict_row *const *)q;
    if (x->attempt != y->attempt)
        return x->attempt < y->attempt ? -1 : 1;
    if (is_judge(x) != is_judge(y))
        return is_judge(x) ? -1 : 1;
    if (x->rater_id != y->rater_id && !is_judge(x))
        return x->rater_id < y->rater_id ? -1 : 1;
    return x < y ? -1 : x > y; /* as they lie, which is in the order of time */
}

static void
take_judges(struct agreement *a, struct report *r, const struct verdict_row *const *rows, size_t n,
            const struct verdict_row *human)
{
    size_t first = a->vote_count;
    for (size_t i = 0; i < n; i++) {
        bool again = false, consistent;
        uint64_t kind = judge_kind(a, r, rows[i], &consistent);
        for (size_t k = first; k < a->vote_count && !again; k++)
            again = a->votes[k].kind == kind;
        if (again)
            continue;
        a->votes = xgrow(a->votes, a->vote_count, sizeof *a->votes);
        a->votes[a->vote_count++] = (struct judge_vote){kind,
                                                        rows[i]->kind,
                                                        human ? human->kind : VERDICT_NONE,
                                                        rows[i]->category,
                                                        human && human->drawn_by == DRAW_RANDOM,
                                                        !consistent};
    }
}

/* The verdicts of one pair, in the order of by_pair. */
static void
take_pair(struct agreement *a, struct report *r, const struct verdict_row *const *rows, size_t n)
{
    int64_t labels[AGREEMENT_LABELS] = {0}, raters = 0;
    const struct verdict_row *human = NULL;
    size_t judges = 0, of_rater = 0;
    while (judges < n && is_judge(rows[judges]))
        judges++;
    for (size_t i = judges; i < n; i++) {
        const struct verdict_row *v = rows[i], *before = i > judges ? rows[i - 1] : NULL;
        of_rater = before && before->rater_id == v->rater_id ? of_rater + 1 : 0;
        human = v->observed ? v : human;
        if (of_rater == 0) {
            labels[v->kind - VERDICT_CLAUDE]++;
            raters++;
        } else if (of_rater == 1) {
            a->self[before->kind - VERDICT_CLAUDE][v->kind - VERDICT_CLAUDE]++;
            r->self.n++;
        }
    }
    if (raters > 1) {
        krippendorff_add(&a->among, labels);
        r->raters.pairs++;
        r->raters.n += raters;
    }
    take_judges(a, r, rows, judges, human);
}

void
agreement_count_turn(struct agreement *a, struct report *r, const struct evidence_turn *t)
{
    size_t n = 0;
    if (t->verdict_count > a->room) {
        a->room = 2 * t->verdict_count;
        a->rows = xreallocarray(a->rows, a->room, sizeof *a->rows);
    }
    for (size_t i = 0; i < t->verdict_count; i++) {
        const struct verdict_row *row = &t->verdicts[i].row;
        bool said = row->at_us >= r->since_us && !(row->flags & FLAGS_LEFT_OUT) &&
                    row->drawn_by != DRAW_DISPUTE;
        if (said)
            a->rows[n++] = row;
    }
    if (n == 1 && !is_judge(a->rows[0]))
        return; /* most turns: nobody to agree with */
    if (n)
        qsort(a->rows, n, sizeof(*a->rows), by_pair);
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && a->rows[j]->attempt == a->rows[i]->attempt;)
            j++;
        take_pair(a, r, a->rows + i, j - i);
    }
}

static void
count_vote(struct tally *t, enum verdict_kind kind)
{
    t->w += kind == VERDICT_LLAMA;
    t->l += kind == VERDICT_CLAUDE;
    t->t += kind == VERDICT_TIE;
    t->b += kind == VERDICT_BOTH_BAD;
}

static void
find_judge(struct agreement *a, struct report *r)
{
    int64_t table[AGREEMENT_LABELS][AGREEMENT_LABELS] = {{0}}, same = 0;
    size_t n = 0;
    struct judge_sample *samples = xreallocarray(NULL, a->vote_count + 1, sizeof *samples);
    for (size_t i = 0; i < a->vote_count; i++) {
        const struct judge_vote *v = &a->votes[i];
        if (v->kind != a->kind)
            continue;
        samples[n++] = (struct judge_sample){
            .judge = vote_of(v->judge), .human = vote_of(v->human), .random = v->random};
        count_vote(&r->judge.votes, v->judge);
        if (v->category >= 0)
            count_vote(&r->judge.categories[v->category], v->judge);
        r->judge.inconsistent += v->inconsistent;
        if (v->human == VERDICT_NONE)
            continue;
        table[v->human - VERDICT_CLAUDE][v->judge - VERDICT_CLAUDE]++;
        same += v->human == v->judge;
    }
    r->judge.fit = judge_fit(samples, n);
    r->judge.agreement = r->judge.fit.n ? (double)same / (double)r->judge.fit.n : NAN;
    r->judge.kappa = cohen_kappa(table);
    free(samples);
}

void
agreement_finish(struct agreement *a, struct report *r)
{
    r->self.kappa = cohen_kappa(a->self);
    r->raters.alpha = krippendorff_alpha(&a->among);
    find_judge(a, r);
    free(a->votes);
    free(a->rows);
    *a = (struct agreement){{{0}}};
}
