/* Packed evidence says what the rows say, whatever happened to them and in whatever order: verdicts, undo, details, changes,
 * flags, answers that end late or are asked again, sessions that are removed; written here, by another program, or merged. */
#include "store_kit.h"

#include <math.h>

#include "berdua/base/buf.h"
#include "berdua/base/json.h"
#include "berdua/base/random.h"
#include "berdua/stats/evidence_sums.h"
#include "berdua/store/evidence_store.h"
#include "berdua/store/merge_store.h"
#include "berdua/store/verdict_store.h"
#include "past.h"
#include "store/evidence_build.h"
#include "store/evidence_sql.h"
#include "store/sqlite/schema.h"

enum { ROWS_MOST = 4096, TURNS = 24, EVENTS = 260 };

struct rows {
    struct verdict_row v[ROWS_MOST];
    size_t count;
};

static bool
take_row(void *arg, const struct verdict_row *row)
{
    struct rows *r = arg;
    assert_true(r->count < ROWS_MOST);
    r->v[r->count] = *row;
    r->v[r->count++].judge = row->judge ? "judge" : NULL;
    return true;
}

static int
by_n(const void *a, const void *b)
{
    int64_t x = ((const struct verdict_row *)a)->n, y = ((const struct verdict_row *)b)->n;
    return (x > y) - (x < y);
}

static struct rows *
read_rows(const char *path,
          bool (*read)(struct store *s, bool (*each)(void *arg, const struct verdict_row *row),
                       void *arg, struct err *err))
{
    struct err err = {{0}};
    struct rows *r = xcalloc(1, sizeof *r);
    struct store *s = store_open(path, &err);
    if (!s || !read(s, take_row, r, &err))
        fail_msg("%s", err.text);
    store_close(&s);
    qsort(r->v, r->count, sizeof *r->v, by_n);
    return r;
}

static void
assert_same(const struct verdict_row *a, const struct verdict_row *b)
{
    assert_true(a->n == b->n && a->at_us == b->at_us && a->pair == b->pair &&
                a->rater_id == b->rater_id && a->attempt == b->attempt);
    assert_int_equal(a->observed, b->observed);
    assert_int_equal(a->flags, b->flags);
    assert_true(a->kind == b->kind && a->drawn_by == b->drawn_by && a->blind == b->blind &&
                a->left == b->left && a->guess == b->guess && a->judge == b->judge);
    assert_true(a->category == b->category && a->language == b->language && a->mode == b->mode);
    assert_true(a->warmer == b->warmer && a->closer == b->closer &&
                (a->asked > 0) == (b->asked > 0));
    assert_memory_equal(a->acceptable, b->acceptable, sizeof a->acceptable);
}

/* ---- sums ---- */

struct summing {
    struct evidence_sums sums;
    int64_t since_us;
};

static bool
sum_turn(void *arg, const struct evidence_turn *t)
{
    struct summing *s = arg;
    evidence_sums_turn(&s->sums, s->since_us, t);
    return true;
}

/* Numbers for elements, in an order that does not tell who came first. */
static int
by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static uint64_t
digest(const struct evidence_sums *s, int name, size_t bytes, bool once)
{
    const struct evidence_column *c = &s->columns[name];
    uint64_t *numbers = xreallocarray(NULL, c->count + 1, sizeof *numbers), all = 0, last = 0;
    for (size_t i = 0; i < c->count; i++)
        numbers[i] = hash_bytes((const char *)c->v + i * bytes, bytes, 0);
    qsort(numbers, c->count, sizeof *numbers, by_number);
    for (size_t i = 0; i < c->count; i++) {
        all = once && numbers[i] == last ? all : hash_bytes(&numbers[i], sizeof *numbers, all);
        last = numbers[i];
    }
    free(numbers);
    return all;
}

static void
assert_same_sums(const struct evidence_sums *a, const struct evidence_sums *b)
{
    assert_memory_equal(&a->figures, &b->figures, sizeof a->figures);
    for (int i = 0; i < BRAIN_COUNT; i++) {
        assert_true(fabs(a->cost_usd[i] - b->cost_usd[i]) < 1e-9);
        assert_true(digest(a, COLUMN_TTFT + i, 4, false) == digest(b, COLUMN_TTFT + i, 4, false));
        assert_true(digest(a, COLUMN_TOTAL + i, 4, false) == digest(b, COLUMN_TOTAL + i, 4, false));
    }
    assert_true(fabs(a->among.differ - b->among.differ) < 1e-9);
    assert_true(a->judge.at_us == b->judge.at_us && a->judge.kind == b->judge.kind);
    assert_int_equal(a->rules_us, b->rules_us);
    size_t style = sizeof(struct style_sample), vote = sizeof(struct judge_vote);
    assert_true(digest(a, COLUMN_STYLE, style, false) == digest(b, COLUMN_STYLE, style, false));
    assert_true(digest(a, COLUMN_VOTES, vote, false) == digest(b, COLUMN_VOTES, vote, false));
    assert_true(digest(a, COLUMN_SESSIONS, 8, true) == digest(b, COLUMN_SESSIONS, 8, true));
    assert_true(digest(a, COLUMN_RATERS, 8, true) == digest(b, COLUMN_RATERS, 8, true));
}

/* Those that are kept by blocks are those of all turns at once, since whatever time. */
static void
assert_sums(const char *path)
{
    static const int64_t since_us[] = {INT64_MIN, 0, 1000, 1200, INT64_MAX};
    struct err err = {{0}};
    struct store *s = store_open(path, &err);
    for (size_t i = 0; i < ARRAY_LEN(since_us); i++) {
        struct evidence_sums sums = {.rules_us = 0};
        struct summing all = {.since_us = since_us[i]};
        if (!evidence_store_sums(s, since_us[i], &sums, &err) ||
            !evidence_store_turns(s, INT64_MIN, sum_turn, &all, &err))
            fail_msg("%s", err.text);
        assert_same_sums(&sums, &all.sums);
        evidence_sums_finish(&sums);
        evidence_sums_finish(&all.sums);
    }
    store_close(&s);
}

/* kept: every block was made by the commit, and is byte for byte what it would be if it were made now. */
static void
assert_evidence(const char *path, bool kept)
{
    struct err err = {{0}};
    struct rows *rows = read_rows(path, verdict_store_rows),
                *packed = read_rows(path, evidence_store_verdicts);
    assert_int_equal(packed->count, rows->count);
    for (size_t i = 0; i < rows->count; i++)
        assert_same(&rows->v[i], &packed->v[i]);
    free(rows);
    free(packed);
    assert_sums(path);
    if (!kept)
        return;
    struct db *db = db_open(path, DB_READ, NULL, &err);
    int64_t stale = -1, turns = -1;
    assert_true(db_int(db, "SELECT count(*) FROM evidence_stale", &stale, &err));
    assert_int_equal(stale, 0);
    assert_true(db_int(db, "SELECT coalesce(max(n >> 7), -1) FROM turn", &turns, &err));
    for (int64_t block = 0; block <= turns; block++) {
        struct evidence_block b;
        struct buf now, was, sums;
        assert_true(evidence_build(db, block, false, &b, &err));
        buf_init(&now, 1 << 24);
        buf_init(&was, 1 << 24);
        buf_init(&sums, 1 << 24);
        evidence_block_pack(&b, &now);
        evidence_sum_up(block, now.p, now.len, &sums);
        buf_append(&now, sums.p, sums.len);
        buf_finish(&sums);
        struct stmt *q = db_query(db, "SELECT data || sums FROM evidence WHERE block = ?1",
                                  SQL_ARGS(SQL_INT(block)), &err);
        size_t n = 0;
        if (stmt_next(q, &err)) {
            const char *p = stmt_bytes(q, 0, &n);
            buf_append(&was, p, n);
        }
        stmt_finish(q);
        assert_true(b.turn_count == 0 ? n == 0 : n == now.len);
        assert_true(n == 0 || memcmp(was.p, now.p, n) == 0);
        evidence_block_finish(&b);
        buf_finish(&now);
        buf_finish(&was);
    }
    db_close(&db);
}

/* What a chat, a review and a merge do, at random. */
static uint64_t
happen(struct rng *rng, struct writer *w, const struct conversation *c, struct turn **turns, int i)
{
    struct turn *t = turns[rng_below(rng, TURNS)];
    enum brain_id brain = (enum brain_id)rng_below(rng, BRAIN_COUNT);
    static const char *const raters[] = {"ann", "bob"};
    struct verdict v = {.kind = (enum verdict_kind)(1 + rng_below(rng, VERDICT_KIND_COUNT - 1)),
                        .note = (char[]){"llama"},
                        .at_wall_us = 1000 + (int64_t)rng_below(rng, 400),
                        .drawn_by = (enum verdict_draw)rng_below(rng, DRAW_COUNT),
                        .asked = rng_below(rng, 2),
                        .flags = rng_below(rng, 5) ? NULL : (char[]){"[\"leak\"]"},
                        .guess = (enum guess)rng_below(rng, GUESS_COUNT)};
    switch (rng_below(rng, 8)) {
    case 0: /* an answer ends, or is written again */
        kit_answer(t, brain, i % 2 ? "# Judul\n- **satu**\n" : "Halo, Kak! ");
        t->answers[brain].status = i % 3 ? STATUS_COMPLETE : STATUS_FAILED;
        return writer_put_answer(w, t->id, &t->answers[brain], 0);
    case 1: /* it is asked again */
        id_make(t->answers[brain].id);
        t->answers[brain].cold = i % 2;
        return writer_put_answer(w, t->id, &t->answers[brain], 0);
    default:
        return writer_put_verdict(w, c->id, t->id, &v, raters[rng_below(rng, 2)], 0);
    }
}

static void
whatever_happens_the_evidence_says_what_the_rows_say(void **state)
{
    struct kit *k = *state;
    struct rng rng = {5};
    struct turn *turns[TURNS];
    struct box b = box_open();
    struct writer *w = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    writer_put_session(w, c, 0);
    for (int i = 0; i < TURNS; i++) {
        turns[i] = kit_turn("halo");
        turns[i]->kind.category = i % 7 == 6 ? -1 : i % 7;
        turns[i]->mode = i % 5 ? MODE_PARALLEL : MODE_ROUTE;
        writer_put_turn(w, c->id, turns[i], 0);
    }
    for (int i = 0; i < EVENTS; i++) {
        uint64_t last = happen(&rng, w, c, turns, i);
        if (i % 13 == 0 || i + 1 == EVENTS) {
            assert_true(box_stored(&b, last));
            assert_evidence(k->path, true);
        }
    }
    kit_close(&w);
    box_close(&b);
    for (int i = 0; i < TURNS; i++)
        turn_destroy(&turns[i]);
    conversation_destroy(&c);
}

/* Another program's SQL is no commit of ours: who reads makes the block for itself, and our next commit keeps it. */
static void
what_another_program_changed_is_seen_at_once_and_kept_with_the_next_commit(void **state)
{
    static const char *const changes[] = {
        "UPDATE turn SET category = 'greeting', simulated = 1 WHERE n % 3 = 0",
        "UPDATE answer SET status = 'cut', warmth = .9 WHERE brain = 'llama' AND rowid % 4 = 0",
        "INSERT INTO verdict_flag (verdict, flag) SELECT id, 'safety' FROM verdict WHERE n % 5 = 0",
        "DELETE FROM verdict_flag",
        "UPDATE answer SET text = text || ' **tebal**'",
        "DELETE FROM answer WHERE brain = 'claude' AND rowid % 9 = 0",
        "DELETE FROM verdict WHERE n % 6 = 0",
        "DELETE FROM session WHERE rowid % 7 = 0",
    };
    struct kit *k = *state;
    struct err err = {{0}};
    struct past p = past_begin(k->path);
    past_give(&p, CATEGORY_EMOTIONAL, VERDICT_LLAMA, 150, 1000);
    past_give(&p, CATEGORY_GENERAL, VERDICT_TIE, 40, 900);
    past_end(&p);
    for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
        struct db *db = db_open(k->path, DB_WRITE, NULL, &err);
        assert_true(db_exec(db, "PRAGMA foreign_keys = ON", &err));
        if (!db_exec(db, changes[i], &err))
            fail_msg("%s: %s", changes[i], err.text);
        if (i == 4) { /* numbers stay what they are when the file is written anew */
            assert_true(db_exec(db, "DELETE FROM turn WHERE n = 3; VACUUM", &err));
        }
        db_close(&db);
        assert_evidence(k->path, false);
        if (i % 3 == 2)
            continue;
        struct store *s = store_open(k->path, &err);
        assert_true(store_begin(s, &err) && store_commit(s, &err));
        store_close(&s);
        assert_evidence(k->path, true);
    }
}

static bool
take_answers(void *arg, const struct evidence_turn *t)
{
    struct evidence_answer *out = arg;
    for (size_t i = 0; i < t->answer_count; i++)
        out[t->answers[i].brain] = t->answers[i];
    return true;
}

static void
assert_counts(const char *path, int64_t points, int64_t headers, int64_t lists, int64_t bold)
{
    struct err err = {{0}};
    struct evidence_answer a[BRAIN_COUNT] = {{.brain = BRAIN_NONE}};
    struct store *s = store_open(path, &err);
    assert_true(evidence_store_turns(s, INT64_MIN, take_answers, a, &err));
    store_close(&s);
    const struct evidence_answer *l = &a[BRAIN_LLAMA];
    assert_true(l->code_points == points && l->headers == headers && l->lists == lists &&
                l->bold == bold);
}

/* A record cannot say what it is counted as: the text is. */
static void
length_and_markdown_are_counted_here_and_again_when_the_text_changes(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    static const char record[] =
        "{\"id\":\"v\",\"ts\":5,\"session\":\"s\",\"turn\":1,\"winner\":\"llama\",\"message\":"
        "\"a\","
        "\"left\":\"llama\",\"answers\":{\"claude\":{\"text\":\"x\"},\"llama\":{\"text\":"
        "\"# Judul\\n- **\\u00e9**\\n\",\"code_points\":9999,\"headers\":7,\"bold\":5}}}";
    struct json *r = json_parse(record, sizeof record - 1, &err);
    struct store *s = store_open(k->path, &err);
    assert_true(store_begin(s, &err));
    if (merge_store_record(s, r, &err) != MERGE_ADDED)
        fail_msg("%s", err.text);
    assert_true(store_commit(s, &err));
    store_close(&s);
    json_free(r);
    assert_counts(k->path, 16, 1, 1, 1);
    struct db *db = db_open(k->path, DB_WRITE, NULL, &err);
    int64_t stored = 0;
    assert_true(db_int(db, "SELECT code_points FROM answer WHERE brain = 'llama'", &stored, &err));
    assert_int_equal(stored, 16);
    assert_true(db_exec(db, "UPDATE answer SET text = 'aku' WHERE brain = 'llama'", &err));
    db_close(&db);
    assert_counts(k->path, 3, 0, 0, 0);
}

static void
bytes_that_are_no_block_are_made_anew(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    struct rng rng = {3};
    struct past p = past_begin(k->path);
    past_give(&p, CATEGORY_EMOTIONAL, VERDICT_LLAMA, 20, 1000);
    past_end(&p);
    struct store *s = store_open(k->path, &err);
    assert_true(store_begin(s, &err) && store_commit(s, &err));
    store_close(&s);
    for (int i = 0; i < 60; i++) {
        struct db *db = db_open(k->path, DB_WRITE, NULL, &err);
        assert_true(db_run(db,
                           i % 2 ? "UPDATE evidence SET data = substr(data, 1, ?1)"
                                 : "UPDATE evidence SET data = CAST(substr(data, 1, ?1) AS BLOB) ||"
                                   " CAST(x'ff' AS BLOB) || substr(data, ?1 + 2)",
                           SQL_ARGS(SQL_INT(rng_below(&rng, i < 30 ? 60 : 3000))), &err));
        db_close(&db);
        struct rows *r =
            read_rows(k->path, evidence_store_verdicts); /* whatever it says, it is sound */
        assert_true(r->count <= 20);
        free(r);
    }
    struct db *db = db_open(k->path, DB_WRITE, NULL, &err);
    assert_true(db_exec(db, "UPDATE evidence SET data = x'00', sums = x'00'", &err));
    db_close(&db);
    assert_evidence(k->path, false);
}

static bool
see_flags(void *arg, const struct evidence_turn *t)
{
    *(unsigned *)arg = t->verdicts[0].row.flags;
    return true;
}

static void
a_block_with_a_flag_or_a_time_that_is_none_is_not_read(void **state)
{
    struct packed_turn turn = {.id = 1, .verdicts = 1};
    struct packed_verdict verdict = {.kind = VERDICT_LLAMA};
    struct evidence_block b = {
        .turns = &turn, .verdicts = &verdict, .turn_count = 1, .verdict_count = 1};
    unsigned flags = 0;
    bool stopped;
    (void)state;
    verdict.rater = verdict.origin = evidence_block_string(&b, "chat");
    for (int wrong = 0; wrong < 3; wrong++) {
        struct buf bytes;
        buf_init(&bytes, 1 << 16);
        verdict.flags = (uint16_t)(1u << (FLAG_COUNT - (wrong != 1)));
        verdict.at_us = wrong == 2 ? INT64_MAX : 0;
        evidence_block_pack(&b, &bytes);
        assert_int_equal(evidence_block_read(0, bytes.p, bytes.len, see_flags, &flags, &stopped),
                         wrong == 0);
        buf_finish(&bytes);
    }
    assert_int_equal(flags, 1u << (FLAG_COUNT - 1));
    b.turns = NULL;
    b.verdicts = NULL;
    evidence_block_finish(&b);
}

/* Whatever a byte of them says, what comes out can be counted with; cut ones are made anew. */
static void
bytes_that_are_no_sums_are_made_anew(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    struct buf whole, bytes;
    struct evidence_sums sums = {.rules_us = 0};
    buf_init(&whole, 1 << 20);
    buf_init(&bytes, 1 << 20);
    struct past p = past_begin(k->path);
    past_give(&p, CATEGORY_EMOTIONAL, VERDICT_LLAMA, 20, 1000);
    past_end(&p);
    struct store *s = store_open(k->path, &err);
    assert_true(evidence_store_sums(s, INT64_MIN, &sums, &err));
    store_close(&s);
    evidence_sums_pack(&sums, &whole);
    evidence_sums_finish(&sums);
    for (size_t i = 0; i < whole.len; i++) {
        buf_clear(&bytes);
        buf_append(&bytes, whole.p, whole.len);
        assert_false(evidence_sums_add(&sums, bytes.p, i));
        assert_int_equal(sums.columns[COLUMN_STYLE].count + (size_t)sums.figures.verdicts, 0);
        bytes.p[i] = (char)~bytes.p[i];
        if (!evidence_sums_add(&sums, bytes.p, bytes.len))
            continue;
        struct style_fit fit;
        style_fit(sums.columns[COLUMN_STYLE].v, sums.columns[COLUMN_STYLE].count, &fit);
        assert_true(sums.figures.verdicts >= 0 && isfinite(sums.cost_usd[0]));
        evidence_sums_finish(&sums);
    }
    evidence_sums_finish(&sums);
    buf_finish(&whole);
    buf_finish(&bytes);
}

static void
a_quarter_of_an_hour_that_ends_at_no_time_is_not_added_up(void **state)
{
    (void)state;
    for (int late = 0; late < 2; late++) {
        struct evidence_quarter quarter = {.number = INT64_MAX / QUARTER_US - 1 + late};
        struct evidence_sums sums = {.columns[COLUMN_QUARTERS] = {&quarter, 1, 1}}, all = {0};
        struct buf bytes;
        buf_init(&bytes, 1 << 16);
        evidence_sums_pack(&sums, &bytes);
        assert_int_equal(evidence_sums_add(&all, bytes.p, bytes.len), !late);
        evidence_sums_finish(&all);
        buf_finish(&bytes);
    }
}

/* The parts of a plan, one a line. */
static void
read_plan(struct db *db, const char *sql, struct buf *out)
{
    struct err err = {{0}};
    struct stmt *q = db_query(db, sql, NULL, &err);
    while (stmt_next(q, &err))
        buf_printf(out, "%s\n", stmt_str(q, 3));
    if (!stmt_finish(q))
        fail_msg("%s", err.text);
}

static void
a_block_is_made_without_reading_the_rest(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    struct past p = past_begin(k->path);
    past_end(&p);
    struct db *db = db_open(k->path, DB_READ, NULL, &err);
    const char *const statements[] = {turns_sql, answers_sql, verdicts_sql};
    struct buf plan;
    buf_init(&plan, 1 << 16);
    for (int i = 0; i < 3; i++) {
        char *sql = xasprintf("EXPLAIN QUERY PLAN %s", statements[i]);
        read_plan(db, sql, &plan);
        free(sql);
    }
    db_close(&db);
    assert_non_null(strstr(plan.p, "USING INDEX turn_n (n>? AND n<?)"));
    static const char *const tables[] = {"SCAN t\n",     "SCAN v", "SCAN a\n", "SCAN answer",
                                         "SCAN verdict", "SCAN w", "SCAN turn"};
    for (size_t i = 0; i < ARRAY_LEN(tables); i++)
        if (strstr(plan.p, tables[i]))
            fail_msg("%s in\n%s", tables[i], plan.p);
    buf_finish(&plan);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(whatever_happens_the_evidence_says_what_the_rows_say,
                                        kit_setup, kit_teardown),
        cmocka_unit_test_setup_teardown(
            what_another_program_changed_is_seen_at_once_and_kept_with_the_next_commit, kit_setup,
            kit_teardown),
        cmocka_unit_test_setup_teardown(
            length_and_markdown_are_counted_here_and_again_when_the_text_changes, kit_setup,
            kit_teardown),
        cmocka_unit_test_setup_teardown(bytes_that_are_no_block_are_made_anew, kit_setup,
                                        kit_teardown),
        cmocka_unit_test(a_block_with_a_flag_or_a_time_that_is_none_is_not_read),
        cmocka_unit_test_setup_teardown(bytes_that_are_no_sums_are_made_anew, kit_setup,
                                        kit_teardown),
        cmocka_unit_test(a_quarter_of_an_hour_that_ends_at_no_time_is_not_added_up),
        cmocka_unit_test_setup_teardown(a_block_is_made_without_reading_the_rest, kit_setup,
                                        kit_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
