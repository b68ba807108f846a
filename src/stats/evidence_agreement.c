#include <stdlib.h>
#include <string.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "evidence_column.h"

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

static uint64_t
read_judge(struct evidence_sums *s, const struct verdict_row *row, bool *consistent)
{
    struct json *j = row->judge ? json_parse(row->judge, strlen(row->judge), NULL) : NULL;
    const char *model = json_get_str(j, "model"), *prompt = json_get_str(j, "prompt");
    uint64_t kind = hash_text(model) ^ ~hash_text(prompt);
    sums_note_judge(s, row->at_us, row->n, kind, brain_id_parse(json_get_str(j, "brain")),
                    model ? model : row->rater, prompt);
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
take_judges(struct evidence_sums *s, const struct verdict_row *const *rows, size_t n,
            const struct verdict_row *human)
{
    struct evidence_column *votes = &s->columns[COLUMN_VOTES];
    size_t first = votes->count;
    for (size_t i = 0; i < n; i++) {
        bool again = false, consistent;
        uint64_t kind = read_judge(s, rows[i], &consistent);
        for (size_t k = first; k < votes->count && !again; k++)
            again = ((const struct judge_vote *)votes->v)[k].kind == kind;
        if (again)
            continue;
        struct judge_vote *vote = column_add(s, COLUMN_VOTES);
        *vote = (struct judge_vote){.kind = kind,
                                    .judge = (uint8_t)rows[i]->kind,
                                    .human = (uint8_t)(human ? human->kind : VERDICT_NONE),
                                    .category = (int8_t)rows[i]->category,
                                    .random = human && human->drawn_by == DRAW_RANDOM,
                                    .consistent = consistent};
    }
}

/* The verdicts of one pair, in the order of by_pair. */
static void
take_pair(struct evidence_sums *s, const struct verdict_row *const *rows, size_t n)
{
    struct evidence_figures *f = &s->figures;
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
            f->self[before->kind - VERDICT_CLAUDE][v->kind - VERDICT_CLAUDE]++;
            f->self_n++;
        }
    }
    if (raters > 1) {
        krippendorff_add(&s->among, labels);
        f->raters_pairs++;
        f->raters_n += raters;
    }
    take_judges(s, rows, judges, human);
}

void
sums_agreement(struct evidence_sums *s, int64_t since_us, const struct evidence_turn *t)
{
    const struct verdict_row *few[64], **rows = few;
    size_t n = 0;
    if (t->verdict_count > ARRAY_LEN(few))
        rows = xreallocarray(NULL, t->verdict_count, sizeof *rows);
    for (size_t i = 0; i < t->verdict_count; i++) {
        const struct verdict_row *row = &t->verdicts[i].row;
        if (row->at_us >= since_us && !(row->flags & FLAGS_LEFT_OUT) &&
            row->drawn_by != DRAW_DISPUTE)
            rows[n++] = row;
    }
    if (n > 1)
        qsort(rows, n, sizeof *rows, by_pair);
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && rows[j]->attempt == rows[i]->attempt;)
            j++;
        take_pair(s, rows + i, j - i);
    }
    if (rows != few)
        free(rows);
}
