/* What is in force of a turn: always the fold of its durable events and of those on their way, however acknowledgements
 * come in and whatever fails. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/chat/verdict.h"

enum { MOST_EVENTS = 40, ROUNDS = 3000 };

enum fate { ON_ITS_WAY, DURABLE, FAILED };

struct sent {
    struct verdict event;
    enum fate fate;
};

static const char *const notes[] = {"lebih hangat", "terlalu panjang"};

static struct verdict
random_event(struct rng *rng)
{
    struct verdict v = {.kind = (enum verdict_kind)(1 + rng_below(rng, VERDICT_KIND_COUNT - 1)),
                        .at_wall_us = 1 + rng_below(rng, 1000)};
    if (v.kind == VERDICT_ADOPT)
        v.note = (char *)(rng_below(rng, 2) ? "claude" : "llama");
    else if (v.kind == VERDICT_NOTE || rng_below(rng, 3) == 0)
        v.note = (char *)notes[rng_below(rng, 2)];
    return v;
}

static void
assert_fold(const struct verdict_state *s, const struct sent *v, size_t n)
{
    struct verdict_state fold;
    bool saving = false;
    verdict_state_init(&fold);
    for (size_t i = 0; i < n; i++) {
        if (v[i].fate != FAILED)
            verdict_apply(&fold, &v[i].event);
        saving = saving || v[i].fate == ON_ITS_WAY;
    }
    assert_int_equal(s->kind, fold.kind);
    assert_int_equal(s->adopted, fold.adopted);
    assert_int_equal(s->at_wall_us, fold.at_wall_us);
    assert_string_equal(s->note ? s->note : "-", fold.note ? fold.note : "-");
    assert_int_equal(s->saving, saving);
    verdict_state_finish(&fold);
}

static void
what_is_in_force_is_the_fold_of_what_is_not_lost(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        struct rng rng = {seed};
        struct sent sent[MOST_EVENTS] = {{.fate = ON_ITS_WAY}};
        size_t n = 0, open = 0;
        struct verdict_log log = {.count = 0};
        struct verdict_state now;
        verdict_state_init(&now);
        while (n < MOST_EVENTS || open > 0) {
            if (n < MOST_EVENTS && (open == 0 || rng_below(&rng, 2))) {
                sent[n] = (struct sent){random_event(&rng), ON_ITS_WAY};
                verdict_log_send(&log, &now, &sent[n].event, n + 1);
                n++;
                open++;
            } else { /* any one of those on their way */
                size_t i = rng_below(&rng, (uint32_t)n);
                while (sent[i].fate != ON_ITS_WAY)
                    i = (i + 1) % n;
                sent[i].fate = rng_below(&rng, 3) ? DURABLE : FAILED;
                verdict_log_acknowledge(&log, &now, i + 1, sent[i].fate == DURABLE);
                open--;
            }
            assert_fold(&now, sent, n);
        }
        assert_int_equal(log.count, 0);
        verdict_log_acknowledge(&log, &now, 1, false); /* said twice: nothing */
        assert_fold(&now, sent, n);
        verdict_log_finish(&log);
        verdict_state_finish(&now);
    }
}

static void
a_failed_second_verdict_or_undo_leaves_the_first_in_force(void **state)
{
    static const enum verdict_kind second[] = {VERDICT_LLAMA, VERDICT_UNDO, VERDICT_TIE};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(second); i++) {
        struct verdict_log log = {.count = 0};
        struct verdict_state now;
        verdict_state_init(&now);
        verdict_log_send(&log, &now, &(struct verdict){.kind = VERDICT_CLAUDE}, 1);
        verdict_log_acknowledge(&log, &now, 1, true);
        verdict_log_send(&log, &now, &(struct verdict){.kind = second[i]}, 2);
        assert_int_equal(now.kind, second[i] == VERDICT_UNDO ? VERDICT_NONE : second[i]);
        verdict_log_acknowledge(&log, &now, 2, false);
        assert_int_equal(now.kind, VERDICT_CLAUDE);
        assert_false(now.saving);
        verdict_state_finish(&now);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_in_force_is_the_fold_of_what_is_not_lost),
        cmocka_unit_test(a_failed_second_verdict_or_undo_leaves_the_first_in_force),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
