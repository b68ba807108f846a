#include "eval_row_result.h"

#include <string.h>

#include "berdua/base/json.h"
#include "berdua/chat/conversation.h"
#include "berdua/chat/turn_json.h"

static bool
has_text(const struct answer *a)
{
    return a->status != STATUS_FAILED && a->text.len > 0;
}

/* {"contains": true, …} of one answer. */
static struct json *
look_at_answer(const struct eval_row *row, const struct turn *t, enum brain_id b,
               const struct measure *m, struct eval_progress *p)
{
    struct json *o = json_object();
    for (int k = 0; k < EXPECT_COUNT; k++) {
        enum expect_kind kind = (enum expect_kind)k;
        if (!expectation_has(row->expect, kind))
            continue;
        bool met = (kind == EXPECT_CATEGORY || has_text(&t->answers[b])) &&
                   expectation_met(row->expect, kind, m, t, &t->answers[b]);
        p->expected[k][b].of++;
        p->expected[k][b].met += met;
        json_add_bool(o, expect_kind_name(kind), met);
    }
    return o;
}

struct json *
eval_row_result(const struct eval_row *row, const struct conversation *c, const struct measure *m,
                struct eval_progress *p)
{
    const struct turn *t = conversation_last(c);
    struct json *o = turn_to_json(c, t), *more = json_object(), *expect = json_object();
    bool failed = false;
    json_add_str(more, "turn_id", t->id);
    json_add(more, "id", json_parse(row->id, strlen(row->id), NULL));
    json_merge(o, more);
    json_free(more);
    json_add_bool(o, "stored", true);
    for (int b = 0; b < BRAIN_COUNT; b++) {
        const struct answer *a = &t->answers[b];
        if (!t->asked[b])
            continue;
        p->answers[b]++;
        p->complete[b] += answer_valid(a);
        failed = failed || (!answer_valid(a) && !turn_hedge_stopped(t, (enum brain_id)b));
        json_add(expect, brain_id_name((enum brain_id)b),
                 look_at_answer(row, t, (enum brain_id)b, m, p));
    }
    if (row->expect)
        json_add(o, "expect", expect);
    else
        json_free(expect);
    p->failed += failed;
    p->written++;
    p->simulated = p->simulated || t->simulated;
    return o;
}
