/* What a judge says in the store: an answer for each order, the vote with the second one, once whatever is written again. */
#include "store_kit.h"

#include <math.h>

#include "berdua/base/json.h"
#include "berdua/store/judge_store.h"
#include "berdua/store/verdict_store.h"
#include "past.h"

enum { MOST = 16 };

struct found {
    struct judge_pair v[MOST];
    size_t count;
};

static bool
add_pair(void *arg, const struct judge_pair *pair)
{
    struct found *f = arg;
    assert_true(f->count < MOST);
    f->v[f->count++] = *pair;
    return true;
}

static struct found
pairs(const struct kit *k, const char *model, int64_t since_us)
{
    struct err err = {{0}};
    struct found f = {.count = 0};
    struct judge_search search = {.model = model, .prompt = "p", .since_us = since_us};
    struct store *s = store_open(k->path, &err);
    assert_non_null(s);
    if (!judge_store_pairs(s, &search, add_pair, &f, &err))
        fail_msg("%s", err.text);
    store_close(&s);
    return f;
}

static int64_t
number(const struct kit *k, const char *sql)
{
    struct err err = {{0}};
    int64_t n = -1;
    struct db *db = db_open(k->path, DB_READ, NULL, &err);
    assert_non_null(db);
    if (!db_int(db, sql, &n, &err))
        fail_msg("%s: %s", sql, err.text);
    db_close(&db);
    return n;
}

#define VOTES "SELECT count(*) FROM verdict WHERE origin = 'judge'"

static uint64_t
say(struct writer *w, const struct judge_pair *pair, enum brain_id first, enum verdict_kind winner,
    const char *model)
{
    static int64_t at_us = 1000;
    struct judge_call call = {.pair = pair,
                              .judge = BRAIN_CLAUDE,
                              .first = first,
                              .model = model,
                              .prompt = "p",
                              .state = winner == VERDICT_NONE ? JUDGE_UNUSABLE : JUDGE_VOTED,
                              .winner = winner,
                              .reply = "{\"evidence\":\"x\"}",
                              .bytes = 4000};
    struct answer a;
    answer_init(&a, BRAIN_CLAUDE);
    a.status = STATUS_COMPLETE;
    a.usage.input = 1000;
    a.usage.output = 200;
    a.cost_usd = .01;
    uint64_t request = writer_put_judge_call(w, &call, &a, at_us++);
    answer_finish(&a);
    return request;
}

static void
pairs_of_two_whole_answers_that_were_shown_together_are_judged(void **state)
{
    struct kit *k = *state;
    char turn[32];
    struct past p = past_begin(k->path);
    past_turn(&p, &(struct past_turn){.category = CATEGORY_GENERAL, .at_us = 10}, turn);
    past_turn(&p, &(struct past_turn){.category = CATEGORY_GENERAL, .at_us = 20, .attempts = 2},
              turn);
    past_turn(&p, &(struct past_turn){.mode = "route", .at_us = 30}, turn);
    past_turn(&p, &(struct past_turn){.llama_status = "cut", .at_us = 40}, turn);
    past_turn(&p, &(struct past_turn){.at_us = 50}, turn);
    PAST_RUN(&p, "UPDATE turn SET simulated = 1 WHERE id = ?1", SQL_TEXT(turn));
    past_turn(&p, &(struct past_turn){.at_us = 60}, turn);
    PAST_RUN(&p, "UPDATE answer SET text = '' WHERE turn = ?1", SQL_TEXT(turn));
    past_end(&p);
    struct found f = pairs(k, "m", INT64_MIN);
    assert_int_equal(f.count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(f.v[i].attempt, 1 + (int)i);
        assert_int_equal(f.v[i].bytes, strlen("halo") + 2 * strlen("Halo!"));
        assert_false(f.v[i].judged || f.v[i].no_vote);
    }
    assert_int_equal(pairs(k, "m", 15).count, 1);
}

static void
the_second_order_brings_the_vote_once(void **state)
{
    struct kit *k = *state;
    char turn[32];
    struct past p = past_begin(k->path);
    past_turn(&p, &(struct past_turn){.category = CATEGORY_GENERAL, .at_us = 10}, turn);
    past_end(&p);
    struct judge_pair pair = pairs(k, "m", INT64_MIN).v[0];
    struct box b = box_open();
    struct writer *w = kit_open(k->path, &b);
    assert_true(box_stored(&b, say(w, &pair, BRAIN_LLAMA, VERDICT_LLAMA, "m")));
    assert_int_equal(number(k, VOTES), 0);
    struct judge_pair half = pairs(k, "m", INT64_MIN).v[0];
    assert_int_equal(half.said[BRAIN_LLAMA], VERDICT_LLAMA);
    assert_int_equal(half.said[BRAIN_CLAUDE], VERDICT_NONE);
    assert_false(half.judged || half.no_vote);
    /* The same order again, as after a commit in doubt, is no second one. */
    assert_true(box_stored(&b, say(w, &pair, BRAIN_LLAMA, VERDICT_CLAUDE, "m")));
    assert_int_equal(number(k, VOTES), 0);
    assert_true(box_stored(&b, say(w, &pair, BRAIN_CLAUDE, VERDICT_LLAMA, "m")));
    assert_true(box_stored(&b, say(w, &pair, BRAIN_CLAUDE, VERDICT_LLAMA, "m")));
    assert_int_equal(number(k, VOTES " AND kind = 'llama' AND judge ->> 'consistent'"), 1);
    assert_int_equal(number(k, VOTES " AND drawn_by IS NULL AND rater = 'judge:m' AND try = 1"), 1);
    assert_int_equal(number(k, VOTES), 1);
    assert_true(pairs(k, "m", INT64_MIN).v[0].judged);
    /* Another model begins anew; an order that is no vote ends the pair for it. */
    assert_false(pairs(k, "other", INT64_MIN).v[0].judged);
    assert_true(box_stored(&b, say(w, &pair, BRAIN_CLAUDE, VERDICT_NONE, "other")));
    assert_true(pairs(k, "other", INT64_MIN).v[0].no_vote);
    assert_true(box_stored(&b, say(w, &pair, BRAIN_LLAMA, VERDICT_TIE, "other")));
    assert_int_equal(number(k, VOTES), 1);
    /* Each call is money, whatever came of it. */
    assert_int_equal(number(k, "SELECT count(*) FROM side_call WHERE purpose = 'judge'"), 6);
    kit_close(&w);
    box_close(&b);
}

static void
orders_that_differ_make_a_tie(void **state)
{
    struct kit *k = *state;
    char turn[32];
    struct past p = past_begin(k->path);
    past_turn(&p, &(struct past_turn){.category = CATEGORY_GENERAL, .at_us = 10}, turn);
    past_end(&p);
    struct judge_pair pair = pairs(k, "m", INT64_MIN).v[0];
    struct box b = box_open();
    struct writer *w = kit_open(k->path, &b);
    assert_true(box_stored(&b, say(w, &pair, BRAIN_CLAUDE, VERDICT_CLAUDE, "m")));
    assert_true(box_stored(&b, say(w, &pair, BRAIN_LLAMA, VERDICT_LLAMA, "m")));
    assert_int_equal(number(k, VOTES " AND kind = 'tie' AND judge ->> 'consistent' = 0"), 1);
    assert_int_equal(number(k, VOTES " AND json_array_length(judge, '$.orders') = 2"
                                     " AND judge ->> '$.orders[0].evidence' = 'x'"),
                     1);
    kit_close(&w);
    box_close(&b);
}

/* What both brains were told before: of it the newest, a turn that nobody continued left out, whatever bytes it holds. */
static void
the_newest_of_the_conversation_before_is_told(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    char turn[32], first[32];
    struct judge_texts texts;
    struct past p = past_begin(k->path);
    past_turn(&p, &(struct past_turn){.at_us = 1, .served = "claude"}, first);
    for (int i = 2; i <= 6; i++) {
        past_turn(&p, &(struct past_turn){.at_us = i, .served = i == 3 ? NULL : "claude"}, turn);
        PAST_RUN(&p, "UPDATE turn SET session = ?1, seq = ?2, message = 'm' || ?2 WHERE id = ?3",
                 SQL_TEXT(first), SQL_INT(i), SQL_TEXT(turn));
    }
    PAST_RUN(&p, "UPDATE answer SET text = x'61006200ff' WHERE brain = ?1", SQL_TEXT("claude"));
    past_end(&p);
    struct found f = pairs(k, "m", 6);
    struct store *s = store_open(k->path, &err);
    assert_int_equal(f.count, 1);
    if (!judge_store_texts(s, &f.v[0], &texts, &err))
        fail_msg("%s", err.text);
    struct json *history = json_parse(texts.history, strlen(texts.history), &err);
    assert_int_equal(json_count(history), 6);
    assert_string_equal(json_get_str(json_first(history), "content"), "m2");
    assert_string_equal(json_get_str(json_next(json_next(json_first(history))), "content"), "m4");
    assert_string_equal(texts.message, "m6");
    json_free(history);
    judge_texts_finish(&texts);
    store_close(&s);
}

/* Removed meanwhile: its answer is refused, not a cause to stop, and the money stays spent. */
static void
an_answer_about_a_pair_that_has_gone_is_refused(void **state)
{
    struct kit *k = *state;
    char turn[32];
    struct past p = past_begin(k->path);
    past_turn(&p, &(struct past_turn){.category = CATEGORY_GENERAL, .at_us = 10}, turn);
    past_end(&p);
    struct judge_pair pair = pairs(k, "m", INT64_MIN).v[0];
    p = past_begin(k->path);
    PAST_RUN(&p, "DELETE FROM turn WHERE id = ?1", SQL_TEXT(turn));
    past_end(&p);
    struct box b = box_open();
    struct writer *w = kit_open(k->path, &b);
    free(box_failed(&b, say(w, &pair, BRAIN_CLAUDE, VERDICT_CLAUDE, "m")));
    kit_settle(&b, w);
    assert_int_equal(number(k, "SELECT count(*) FROM judge_call"), 0);
    assert_int_equal(number(k, "SELECT count(*) FROM side_call WHERE cost_usd = .01"), 1);
    kit_close(&w);
    box_close(&b);
    struct err err = {{0}};
    struct judge_texts texts;
    struct store *s = store_open(k->path, &err);
    assert_false(judge_store_texts(s, &pair, &texts, &err));
    assert_string_equal(err.text, "");
    store_close(&s);
}

static void
what_a_call_took_is_known_for_the_next_estimate(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    char turn[32];
    double rate;
    struct judge_usage usage;
    struct past p = past_begin(k->path);
    past_turn(&p, &(struct past_turn){.category = CATEGORY_GENERAL, .at_us = 10}, turn);
    past_end(&p);
    struct store *s = store_open(k->path, &err);
    assert_true(judge_store_token_rate(s, BRAIN_CLAUDE, &rate, &err) && isnan(rate));
    assert_true(judge_store_usage(s, "m", "p", &usage, &err) && usage.calls == 0);
    p = past_begin(k->path);
    PAST_RUN(&p, "UPDATE answer SET tokens_out = ?1", SQL_INT(2));
    past_end(&p);
    assert_true(judge_store_token_rate(s, BRAIN_CLAUDE, &rate, &err) && fabs(rate - .4) < 1e-9);
    struct judge_pair pair = pairs(k, "m", INT64_MIN).v[0];
    struct box b = box_open();
    struct writer *w = kit_open(k->path, &b);
    assert_true(box_stored(&b, say(w, &pair, BRAIN_CLAUDE, VERDICT_CLAUDE, "m")));
    assert_true(judge_store_usage(s, "m", "p", &usage, &err));
    assert_true(usage.calls == 1 && usage.bytes == 4000 && usage.tokens_in == 1000 &&
                usage.tokens_out == 200 && fabs(usage.usd - .01) < 1e-9);
    kit_close(&w);
    box_close(&b);
    store_close(&s);
}

int
main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(pairs_of_two_whole_answers_that_were_shown_together_are_judged),
        T(the_second_order_brings_the_vote_once),
        T(orders_that_differ_make_a_tie),
        T(the_newest_of_the_conversation_before_is_told),
        T(an_answer_about_a_pair_that_has_gone_is_refused),
        T(what_a_call_took_is_known_for_the_next_estimate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
