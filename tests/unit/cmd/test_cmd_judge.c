/* A judge's votes are no evidence: however many there are, no stage moves and no rate of people's counts them. */
#include "cmd_kit.h"

#include "berdua/chat/answer.h"
#include "berdua/store/judge_store.h"
#include "unit/store/past.h"

enum { PAIRS = 1000, PEOPLE = 60 };

struct votes {
    struct writer *writer;
    struct box *box;
    uint64_t last;
};

static bool
vote_for_llama(void *arg, const struct judge_pair *pair)
{
    struct votes *v = arg;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        struct judge_call call = {.pair = pair,
                                  .judge = BRAIN_CLAUDE,
                                  .first = (enum brain_id)b,
                                  .model = "m",
                                  .prompt = "p",
                                  .state = JUDGE_VOTED,
                                  .winner = VERDICT_LLAMA,
                                  .reply = "{}",
                                  .bytes = UNKNOWN};
        v->last = writer_put_judge_call(v->writer, &call, NULL, clock_wall_us());
    }
    return true;
}

static void
judge_all(const struct kit *k)
{
    struct err err = {""};
    struct box b = box_open();
    struct votes v = {.writer = kit_open(k->path, &b), .box = &b};
    struct judge_search search = {.model = "m", .prompt = "p", .since_us = INT64_MIN};
    struct store *s = store_open(k->path, &err);
    assert_true(judge_store_pairs(s, &search, vote_for_llama, &v, &err));
    store_close(&s);
    assert_true(box_stored(&b, v.last));
    kit_close(&v.writer);
    box_close(&b);
}

static double
figure(const struct kit *k, const char *command, const char *path)
{
    struct buf out;
    double v = -1;
    assert_int_equal(run(k, command, &out), EXIT_DONE);
    struct json *doc = json_parse(out.p, out.len, NULL);
    if (!json_num(json_at(doc, path), &v))
        fail_msg("%s: no number %s", command, path);
    json_free(doc);
    buf_finish(&out);
    return v;
}

static void
configure(const struct kit *k)
{
    char *folder = xasprintf("%s/berdua", k->folder), *path = xasprintf("%s/config.yaml", folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("route: {rollout: {auto: true, min_verdicts: 10, dwell_h: 0, gates: {10: 0.5}}}\n", f);
    fclose(f);
    free(path);
    free(folder);
}

static void
a_thousand_votes_of_a_judge_move_no_stage_and_sixty_of_people_do(void **state)
{
    struct kit *k = *state;
    char turn[32];
    configure(k);
    struct past p = past_begin(k->path);
    for (int i = 0; i < PAIRS; i++)
        past_turn(&p, &(struct past_turn){.category = CATEGORY_EMOTIONAL, .at_us = 1 + i}, turn);
    past_end(&p);
    judge_all(k);
    assert_true(figure(k, "route status --json", "categories.emotional.percent") == 0);
    assert_true(figure(k, "route status --json", "categories.emotional.n") == 0);
    assert_true(figure(k, "report --json", "judge.unlabelled") == PAIRS);
    assert_true(figure(k, "report --json", "overall.n") == 0);
    assert_true(figure(k, "report --json", "flow.verdicts") == 0);
    p = past_begin(k->path);
    past_give(&p, CATEGORY_EMOTIONAL, VERDICT_LLAMA, PEOPLE,
              clock_wall_us() - 3600 * (int64_t)US_PER_S);
    past_end(&p);
    assert_true(figure(k, "route status --json", "categories.emotional.percent") == 10);
}

int
main(int argc, char **argv)
{
    if (cmd_asked(argc, argv)) {
        struct globals g = {.db = argv[2]};
        bool report = strcmp(argv[3], "report") == 0;
        return cmd_execute(report ? &command_report : &command_route, &g, argc - 3, argv + 3);
    }
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(
        a_thousand_votes_of_a_judge_move_no_stage_and_sixty_of_people_do, kit_setup, kit_teardown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
