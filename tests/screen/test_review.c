/* `berdua review` on the screen: stored pairs judged blind by bare keys. */
#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/chat/blind.h"
#include "cli.h"
#include "contract.h"
#include "harness.h"
#include "pairs.h"

#define JUDGEMENTS "kind IN ('claude', 'llama', 'tie', 'both_bad')"

static struct place *
with(const char *config, int pairs, bool swapped)
{
    struct place *p = place_create();
    char *more = xasprintf("evaluate: {%s}\n", config ? config : "");
    place_config(p, "http://127.0.0.1:1", NULL, "http://127.0.0.1:1/v1", NULL,
                 config ? more : NULL);
    free(more);
    if (pairs)
        pairs_make(p, pairs, swapped);
    return p;
}

static struct screen *
begin(struct place *p, const char *const *args, int rows, int cols)
{
    struct screen *s = screen_start(p, args, rows, cols);
    screen_expect(s, "review");
    return s;
}

#define REVIEW(...) ARGS("review", "--rater", "wayan", "--seed", "3", __VA_ARGS__)

/* ---- blind ---- */

/* The brain that stands at the left in this rater's first pair of the category. */
static enum brain_id
first_left(uint64_t seed, int category)
{
    return blind_left(hash_bytes(&category, sizeof category, seed) >> 32, 0);
}

static uint64_t
seed_with(enum brain_id left)
{
    uint64_t seed = 1;
    while (first_left(seed, CATEGORY_EMOTIONAL) != left)
        seed++;
    return seed;
}

static void
snapshot(struct buf *out, struct screen *s, const char *what)
{
    screen_settle(s, 60);
    buf_printf(out, "==== %s\n", what);
    for (int row = 0; row < screen_rows(s); row++) {
        buf_printf(out, "%s\n", screen_row(s, row));
        for (int col = 0; col < screen_cols(s); col++) {
            struct screen_cell c;
            screen_cell(s, row, col, &c);
            buf_append_char(out, (char)('0' + (c.bold | c.italic << 1 | c.underline << 2 |
                                               c.reverse << 3 | c.default_fg << 4)));
        }
        buf_append_char(out, '\n');
    }
}

/* Looks at the only pair in every way there is, then judges it. */
static void
look_everywhere(struct buf *out, bool swapped, int rows, int cols)
{
    enum { ANSWER_MS = 1000 };
    static const char *const keys[] = {"?",  "q",        " ",       "q",  "\033z", "\033z", "\033z",
                                       "\t", "\t",       "y",       "\r", "w",     "c",     "e",
                                       "r",  "nhalus\r", "/Sama\r", "n",  "\033"};
    struct place *p = with("ask_identity: 1", 2, swapped);
    char seed[24];
    snprintf(seed, sizeof seed, "%llu",
             (unsigned long long)seed_with(swapped ? BRAIN_LLAMA : BRAIN_CLAUDE));
    struct screen *s = begin(p,
                             ARGS("review", "--rater", "wayan", "--category", "emotional", "--seed",
                                  seed, "--target", "1"),
                             rows, cols);
    screen_expect(s, "Kiri 1");
    snapshot(out, s, "the pair");
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        screen_type(s, keys[i]);
        screen_take(s, ANSWER_MS); /* a busy machine may take its time */
        if (strncmp(keys[i], "nhalus", 6) == 0)
            screen_expect(s, "saved");
        if (strcmp(keys[i], "n") == 0)
            screen_expect(s, "note:");
        if (strcmp(keys[i], "\033") == 0) /* which is awaited: it may begin a longer key */
            screen_expect_gone(s, "note:");
        snapshot(out, s, keys[i]);
    }
    screen_type(s, "1");
    screen_expect(s, "Send as they are?");
    screen_expect(s, "saved");
    snapshot(out, s, "the verdict");
    screen_type(s, "2");
    screen_expect(s, "Which is Claude?");
    snapshot(out, s, "the question");
    screen_type(s, "1");
    screen_expect(s, "target is reached");
    screen_settle(s, 60);
    size_t n;
    const char *raw = screen_raw(s, &n);
    for (const char *copied = strstr(raw, "\033]52;"); copied; copied = NULL)
        buf_printf(out, "==== copied %.*s\n", (int)strcspn(copied, "\a\033"), copied + 5);
    assert_int_equal(pairs_int(p,
                               "SELECT guess = '1' AND blind = 1 AND origin = 'review' FROM verdict"
                               " WHERE kind = 'detail'"),
                     1);
    assert_int_equal(pairs_int(p, "SELECT kind = left_brain FROM verdict WHERE " JUDGEMENTS), 1);
    screen_type(s, "q");
    screen_expect(s, swapped ? "A LLAMA" : "A Claude");
    screen_assert_exit(s, 0);
    screen_destroy(&s);
    place_destroy(&p);
}

/* What differs first, and what was looked at there. */
static void
assert_same(const char *a, const char *b)
{
    const char *place = a;
    while (*a && *b) {
        size_t n = strcspn(a, "\n"), m = strcspn(b, "\n");
        if (strncmp(a, "==== ", 5) == 0)
            place = a;
        if (n != m || strncmp(a, b, n) != 0)
            fail_msg("%.*s:\n%.*s\n%.*s", (int)strcspn(place, "\n"), place, (int)n, a, (int)m, b);
        a += n + (a[n] != 0);
        b += m + (b[m] != 0);
    }
    assert_true(*a == *b);
}

static void
nothing_but_the_texts_differs_between_claude_left_and_claude_right(void **state)
{
    static const int sizes[][2] = {{48, 160}, {24, 80}, {10, 40}};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        struct buf seen[2];
        for (int swapped = 0; swapped < 2; swapped++) {
            buf_init(&seen[swapped], 1 << 22);
            look_everywhere(&seen[swapped], swapped, sizes[i][0], sizes[i][1]);
        }
        assert_same(seen[0].p, seen[1].p);
        buf_finish(&seen[0]);
        buf_finish(&seen[1]);
    }
}

static void
what_others_chose_and_the_brains_figures_are_nowhere_on_the_screen(void **state)
{
    static const char *const told[] = {"laude", "LAMA", "model", "ms", "$", "made"};
    struct place *p = with("ask_identity: 0", 12, false);
    (void)state;
    for (int i = 0; i < 12; i++)
        pairs_judge(p, i, "made", i % 2 ? "claude" : "llama");
    struct screen *s = begin(p, REVIEW("--draw", "mix"), 48, 160);
    for (int i = 0; i < 6; i++) {
        screen_expect(s, "Kiri");
        for (size_t k = 0; k < ARRAY_LEN(told); k++)
            assert_false(screen_shows(s, told[k]));
        screen_type(s, "3");
        screen_expect(s, "Send as they are?");
        screen_type(s, "1");
        screen_expect_gone(s, "Send as they are?");
    }
    screen_destroy(&s);
    place_destroy(&p);
}

/* ---- keys ---- */

/* The number of the pair in sight; waits until it is another one than `not`. */
struct look {
    int not, seen;
};

static bool
another_pair(struct screen *s, void *arg)
{
    struct look *l = arg;
    int row, col;
    if (!screen_find(s, "Pertanyaan ", &row, &col))
        return false;
    const char *at = strstr(screen_row(s, row), "Pertanyaan ");
    l->seen = at ? (int)strtol(at + 11, NULL, 10) : l->not ;
    return l->seen != l->not ;
}

static int
next_pair(struct screen *s, int not )
{
    struct look l = {not, not };
    screen_expect_that(s, another_pair, &l, "another pair");
    return l.seen;
}

/* Judges every pair; returns the keys that were needed. */
static int
judge_all(struct screen *s, int pairs, bool asks)
{
    int keys = 0, at = -1;
    for (int i = 0; i < pairs; i++) {
        at = next_pair(s, at);
        screen_type(s, i % 3 ? "2" : "1");
        keys++;
        if (asks) {
            screen_expect(s, "Send as they are?");
            screen_type(s, "2");
            keys++;
            screen_expect_gone(s, "Send as they are?");
        }
        char shown[32];
        snprintf(shown, sizeof shown, "pair %d of", i + 2);
        screen_expect_gone(s, "saving");
        if (screen_shows(s, "Which is Claude?") || !screen_shows(s, shown)) {
            struct look l = {at, at};
            while (!another_pair(s, &l) && !screen_shows(s, "Which is Claude?") &&
                   !screen_shows(s, "target is reached"))
                screen_take(s, 20);
            if (screen_shows(s, "Which is Claude?")) {
                screen_type(s, "3");
                keys++;
            }
        }
    }
    screen_expect(s, "target is reached");
    return keys;
}

static void
a_verdict_takes_two_keys_where_acceptability_is_asked_and_one_where_not(void **state)
{
    const char *wanted = getenv("BERDUA_TEST_VERDICTS");
    int pairs = wanted ? (int)strtol(wanted, NULL, 10) : 120;
    char target[16];
    (void)state;
    snprintf(target, sizeof target, "%d", pairs);
    for (int asks = 0; asks < 2; asks++) {
        struct place *p = with(asks ? "ask_acceptable: 1" : "ask_acceptable: 0", pairs, false);
        struct screen *s = begin(p, REVIEW("--draw", "random", "--target", target), 30, 100);
        int keys = judge_all(s, pairs, asks);
        if (wanted)
            print_message("%d verdicts, %d keys, %.2f each\n", pairs, keys, (double)keys / pairs);
        screen_type(s, "q");
        screen_assert_exit(s, 0);
        assert_int_equal(pairs_int(p, "SELECT count(DISTINCT turn) FROM verdict WHERE " JUDGEMENTS),
                         pairs);
        assert_int_equal(pairs_int(p, "SELECT count(*) FROM verdict WHERE " JUDGEMENTS), pairs);
        if (keys > pairs * (asks ? 2.1 : 1.1))
            fail_msg("%d keys for %d verdicts", keys, pairs);
        assert_int_equal(
            pairs_int(p, "SELECT count(*) FROM verdict WHERE asked = 1 AND " JUDGEMENTS),
            asks ? pairs : 0);
        screen_destroy(&s);
        place_destroy(&p);
    }
}

/* The newest verdict, about that pair, is announced, then withdrawn; the pair does not come again, for its names were shown. */
static void
undo_of_an_earlier_sitting(struct place *p, int pair)
{
    struct screen *s = begin(p, REVIEW("--draw", "random"), 30, 100);
    char quoted[32];
    next_pair(s, -1);
    snprintf(quoted, sizeof quoted, "\"Pertanyaan %d", pair);
    screen_type(s, "u");
    screen_expect(s, "u again withdraws that of");
    screen_expect(s, quoted);
    screen_type(s, "3");
    screen_expect(s, "saved: tie");
    screen_type(s, "u");
    screen_expect(s, "saved: withdrawn");
    screen_type(s, "u"); /* it was announced long ago: it is announced anew */
    screen_expect(s, "u again withdraws that of");
    screen_type(s, "u");
    screen_expect(s, "saved: withdrawn");
    screen_type(s, "q");
    screen_assert_exit(s, 0);
    screen_destroy(&s);
    assert_int_equal(
        pairs_int(p, "SELECT count(*) FROM verdict v JOIN verdict w ON w.turn = v.turn"
                     " WHERE v.kind = 'both_bad' AND w.kind IN ('undo', 'reveal') AND w.n > v.n"),
        2);
    struct cli_result r;
    cli_run(&r, p, ARGS("review", "--rater", "wayan", "--draw", "random"), "");
    expect_exit(&r, 0);
    snprintf(quoted, sizeof quoted, "Pertanyaan %d,", pair);
    assert_false(holds(&r.out, quoted));
    cli_finish(&r);
}

static void
undo_goes_back_over_pairs_and_each_is_judged_anew(void **state)
{
    struct place *p = with("ask_acceptable: 0, ask_identity: 0", 30, false);
    struct screen *s = begin(p, REVIEW("--draw", "random"), 30, 100);
    int seen[3];
    (void)state;
    seen[0] = next_pair(s, -1);
    screen_type(s, "u");
    screen_expect(s, "no verdict of this sitting");
    screen_type(s, "1");
    seen[1] = next_pair(s, seen[0]);
    screen_type(s, "2");
    seen[2] = next_pair(s, seen[1]);
    screen_type(s, "u");
    assert_int_equal(next_pair(s, seen[2]), seen[1]);
    screen_type(s, "u");
    assert_int_equal(next_pair(s, seen[1]), seen[0]);
    screen_type(s, "3");
    assert_int_equal(next_pair(s, seen[0]), seen[1]);
    screen_type(s, "4");
    assert_int_equal(next_pair(s, seen[1]), seen[2]);
    screen_expect(s, "saved: both bad");
    screen_type(s, "q");
    screen_expect(s, "tie 1, both bad 1");
    screen_assert_exit(s, 0);
    assert_int_equal(pairs_int(p, "SELECT count(*) FROM verdict WHERE kind = 'undo'"), 2);
    screen_destroy(&s);
    undo_of_an_earlier_sitting(p, seen[1]);
    struct cli_result r;
    cli_run(&r, p, ARGS("report", "--json"), NULL);
    expect_exit(&r, 0);
    assert_true(holds(&r.out, "\"counted\":1"));
    assert_true(holds(&r.out, "\"undone\":4"));
    cli_finish(&r);
    place_destroy(&p);
}

static void
a_skipped_pair_comes_once_more_and_one_set_aside_does_not(void **state)
{
    struct place *p = with("ask_acceptable: 0, ask_identity: 0", 3, false);
    struct screen *s = begin(p, REVIEW("--draw", "random"), 30, 100);
    (void)state;
    int skipped = next_pair(s, -1);
    screen_type(s, "s");
    int aside = next_pair(s, skipped);
    screen_type(s, "0");
    int judged = next_pair(s, aside);
    screen_type(s, "1");
    assert_int_equal(next_pair(s, judged), skipped);
    screen_type(s, "1");
    screen_expect(s, "No pair is left");
    screen_type(s, "u");
    assert_int_equal(next_pair(s, -1), skipped);
    screen_type(s, "3");
    screen_expect(s, "saved: tie");
    screen_type(s, "q");
    screen_assert_exit(s, 0);
    screen_destroy(&s);
    place_destroy(&p);
}

static void
the_next_sitting_goes_on_where_the_last_one_ended(void **state)
{
    struct place *p = with("ask_acceptable: 0, ask_identity: 0", 8, false);
    (void)state;
    for (int sitting = 0; sitting < 2; sitting++) {
        struct screen *s = begin(p, REVIEW("--draw", "random", "--target", "4"), 30, 100);
        for (int i = 0, at = -1; i < 4; i++) {
            at = next_pair(s, at);
            screen_type(s, "1");
        }
        screen_expect(s, "target is reached");
        screen_type(s, "q");
        screen_assert_exit(s, 0);
        screen_destroy(&s);
    }
    assert_int_equal(pairs_int(p, "SELECT count(DISTINCT turn) FROM verdict"), 8);
    struct screen *s = begin(p, REVIEW("--draw", "repeat", "--target", "8"), 30, 100);
    for (int i = 0, at = -1; i < 8; i++) {
        at = next_pair(s, at);
        screen_type(s, "2"); /* the same answer as before: sides are flipped */
    }
    screen_expect(s, "target is reached");
    screen_type(s, "q");
    screen_expect(s, "kappa");
    screen_assert_exit(s, 0);
    assert_int_equal(pairs_int(p, "SELECT count(*) FROM verdict v JOIN verdict w ON w.turn = v.turn"
                                  " AND w.n > v.n WHERE v.left_brain <> w.left_brain"
                                  " AND v.kind = w.kind AND w.drawn_by = 'repeat'"),
                     8);
    screen_destroy(&s);
    place_destroy(&p);
}

/* ---- what is missing ---- */

static void
without_pairs_it_says_what_to_do_in_little_room_too(void **state)
{
    static const int sizes[][2] = {{30, 100}, {10, 40}};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        struct place *p = with(NULL, 0, false);
        struct screen *s = begin(p, REVIEW("--draw", "mix"), sizes[i][0], sizes[i][1]);
        screen_expect(s, "There is no pair to judge");
        screen_expect(s, "sessions merge");
        screen_type(s, "q");
        screen_assert_exit(s, 0);
        screen_destroy(&s);
        place_destroy(&p);
    }
}

static void
set_mode(struct place *p, mode_t file, mode_t folder)
{
    char *db = place_path(p, "data/berdua/berdua.db"), *data = place_path(p, "data/berdua");
    assert_int_equal(chmod(data, 0700), 0);
    assert_int_equal(chmod(db, file), 0);
    assert_int_equal(chmod(data, folder), 0);
    free(db);
    free(data);
}

static void
where_nothing_can_be_written_pairs_are_judged_and_it_says_that_nothing_is_saved_yet(void **state)
{
    struct place *p = with("ask_acceptable: 0, ask_identity: 0", 12, false);
    (void)state;
    set_mode(p, 0400, 0500);
    struct screen *s = begin(p, REVIEW("--draw", "random"), 30, 120);
    int at = next_pair(s, -1);
    screen_type(s, "1");
    at = next_pair(s, at);
    screen_expect(s, "not saved yet: 1 waiting");
    assert_false(screen_shows(s, "saved: A"));
    screen_type(s, "u");
    next_pair(s, at);
    screen_type(s, "2");
    screen_expect(s, "not saved yet: 3 waiting");
    screen_type(s, "q");
    screen_expect(s, "the next start takes them up");
    screen_assert_exit(s, 1);
    screen_destroy(&s);
    set_mode(p, 0600, 0700);
    /* The next sitting takes them up first, and does not show that pair again. */
    s = begin(p, REVIEW("--draw", "random", "--target", "11"), 30, 120);
    at = -1;
    for (int i = 0; i < 11; i++) {
        at = next_pair(s, at);
        screen_type(s, "3");
    }
    screen_expect(s, "target is reached");
    screen_expect(s, "saved: tie");
    screen_type(s, "q");
    screen_assert_exit(s, 0);
    assert_int_equal(pairs_int(p, "SELECT count(DISTINCT turn) FROM verdict"), 12);
    assert_int_equal(pairs_int(p, "SELECT count(*) FROM verdict WHERE kind = 'tie'"), 11);
    screen_destroy(&s);
    place_destroy(&p);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_but_the_texts_differs_between_claude_left_and_claude_right),
        cmocka_unit_test(what_others_chose_and_the_brains_figures_are_nowhere_on_the_screen),
        cmocka_unit_test(a_verdict_takes_two_keys_where_acceptability_is_asked_and_one_where_not),
        cmocka_unit_test(undo_goes_back_over_pairs_and_each_is_judged_anew),
        cmocka_unit_test(a_skipped_pair_comes_once_more_and_one_set_aside_does_not),
        cmocka_unit_test(the_next_sitting_goes_on_where_the_last_one_ended),
        cmocka_unit_test(without_pairs_it_says_what_to_do_in_little_room_too),
        cmocka_unit_test(
            where_nothing_can_be_written_pairs_are_judged_and_it_says_that_nothing_is_saved_yet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
