#include "evidence_build.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/id_set.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/chat/answer.h"
#include "berdua/stats/evidence_sums.h"
#include "berdua/stats/markdown_counts.h"
#include "evidence_sql.h"
#include "store/sqlite/db.h"

static_assert(EVIDENCE_BLOCK_BITS == 7, "the statements and the triggers say so");

/* Texts that no row's counts are known of yet; they are counted while the rows are read and stored after that. */
struct uncounted {
    char id[ID_LEN + 1];
    struct packed_answer counts;
};

struct build {
    struct db *db;
    struct evidence_block *block;
    int64_t *numbers; /* of the turns */
    struct uncounted *uncounted;
    size_t uncounted_count;
    struct id_set observed; /* pairs that have their observation */
    bool as_real;
};

static int8_t
word(struct stmt *q, int col, int (*parse)(const char *name))
{
    const char *text = stmt_str(q, col);
    return (int8_t)(text ? parse(text) : -1);
}

static uint32_t
figure(int64_t n)
{
    return n < 0 ? 0 : n > UINT32_MAX - 1 ? UINT32_MAX - 1 : (uint32_t)n;
}

static uint32_t
duration(struct stmt *q, int col)
{
    int64_t us = stmt_known(q, col);
    return us < 0 ? UINT32_MAX : figure(us);
}

static void
note_time(struct evidence_block *b, int64_t at_us)
{
    b->oldest_us = at_us < b->oldest_us ? at_us : b->oldest_us;
    b->newest_us = at_us > b->newest_us ? at_us : b->newest_us;
}

/* Of a row of turns or answers. */
static bool
is_simulated(const struct build *b, struct stmt *q)
{
    return stmt_int(q, 6) && !b->as_real;
}

/* ---- turns ---- */

static bool
read_turns(struct build *b, int64_t number, struct err *err)
{
    struct evidence_block *o = b->block;
    struct stmt *q = db_query(b->db, turns_sql, SQL_ARGS(SQL_INT(number)), err);
    while (stmt_next(q, err)) {
        const char *session = stmt_str(q, 2);
        b->numbers = xgrow(b->numbers, o->turn_count, sizeof *b->numbers);
        o->turns = xgrow(o->turns, o->turn_count, sizeof *o->turns);
        b->numbers[o->turn_count] = stmt_exact(q, 0);
        struct packed_turn *t = &o->turns[o->turn_count++];
        *t = (struct packed_turn){.at_us = stmt_int(q, 1),
                                  .id = observation_turn(stmt_str(q, 7)),
                                  .session = hash_bytes(session, strlen(session), 0),
                                  .category = word(q, 3, category_parse),
                                  .language = word(q, 4, language_parse),
                                  .mode = word(q, 5, chat_mode_parse),
                                  .number_simulated = (uint8_t)((stmt_exact(q, 0) & 127) |
                                                                (is_simulated(b, q) ? 128 : 0)),
                                  .shown = figure(stmt_int(q, 8))};
        note_time(o, t->at_us);
    }
    return stmt_finish(q);
}

/* The turn of that number, from `at` on; rows come in the order of turns. */
static struct packed_turn *
turn_of(const struct build *b, size_t *at, int64_t n)
{
    while (*at < b->block->turn_count && b->numbers[*at] != n)
        ++*at;
    return *at < b->block->turn_count ? &b->block->turns[*at] : NULL;
}

/* ---- answers ---- */

static void
count_text(struct stmt *q, int col, struct packed_answer *out)
{
    size_t n;
    const char *text = stmt_bytes(q, col, &n);
    struct markdown_counts c = markdown_count(text, n);
    int64_t headers = 0;
    for (size_t i = 0; i < ARRAY_LEN(c.headers); i++)
        headers += c.headers[i];
    out->code_points = figure(code_points(text, n));
    out->headers = figure(headers);
    out->lists = figure(c.ordered + c.unordered);
    out->bold = figure(c.stars + c.underscores);
}

static void
note_uncounted(struct build *b, const char *id, const struct packed_answer *counts)
{
    b->uncounted = xgrow(b->uncounted, b->uncounted_count, sizeof *b->uncounted);
    struct uncounted *u = &b->uncounted[b->uncounted_count++];
    *u = (struct uncounted){.counts = *counts};
    memcpy(u->id, id, strnlen(id, ID_LEN));
}

static void
add_answer(struct build *b, struct stmt *q, int brain, int status)
{
    struct evidence_block *o = b->block;
    const char *role = stmt_str(q, 4);
    o->answers = xgrow(o->answers, o->answer_count, sizeof *o->answers);
    struct packed_answer *a = &o->answers[o->answer_count++];
    *a = (struct packed_answer){
        .brain = (uint8_t)brain,
        .status = (uint8_t)status,
        .shadow = role && answer_role_parse(role) == ROLE_SHADOW,
        .cold_simulated = (uint8_t)((stmt_int(q, 5) ? 1 : 0) | (is_simulated(b, q) ? 2 : 0)),
        .ttft_us = duration(q, 7),
        .total_us = duration(q, 8),
        .cost_usd = stmt_amount(q, 9),
        .model = evidence_block_string(o, stmt_str(q, 10)),
        .score_rules = evidence_block_string(o, stmt_str(q, 11)),
        .attempt = figure(stmt_count(q, 12)),
        .code_points = figure(stmt_int(q, 13)),
        .headers = figure(stmt_int(q, 14)),
        .lists = figure(stmt_int(q, 15)),
        .bold = figure(stmt_int(q, 16))};
    if (!stmt_is_null(q, 13))
        return;
    count_text(q, 17, a);
    note_uncounted(b, stmt_str(q, 1), a);
}

static bool
read_answers(struct build *b, int64_t number, struct err *err)
{
    size_t at = 0;
    struct stmt *q = db_query(b->db, answers_sql, SQL_ARGS(SQL_INT(number)), err);
    while (stmt_next(q, err)) {
        const char *status_word = stmt_str(q, 3);
        int brain = brain_id_parse(stmt_str(q, 2)),
            status = status_word ? answer_status_parse(status_word) : -1;
        struct packed_turn *t = turn_of(b, &at, stmt_exact(q, 0));
        if (!t || brain < 0)
            continue;
        t->answers++;
        add_answer(b, q, brain, status < 0 ? STATUS_FAILED : status);
    }
    return stmt_finish(q);
}

static bool
keep_counts(const struct build *b, struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < b->uncounted_count; i++) {
        const struct packed_answer *c = &b->uncounted[i].counts;
        ok = db_run(b->db,
                    "UPDATE answer SET code_points = ?2, headers = ?3, lists = ?4, bold = ?5"
                    " WHERE id = ?1",
                    SQL_ARGS(SQL_TEXT(b->uncounted[i].id), SQL_INT(c->code_points),
                             SQL_INT(c->headers), SQL_INT(c->lists), SQL_INT(c->bold)),
                    err);
    }
    return ok;
}

/* ---- verdicts ---- */

/* Of the turn's answers, which lie in the order of brain and attempt, from 1; 0: it is not among them. */
static uint32_t
seen_answer(const struct packed_answer *answers, uint32_t count, uint8_t brain, uint32_t attempt)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct packed_answer *a = &answers[middle];
        if (a->brain == brain && a->attempt == attempt)
            return middle + 1;
        if (a->brain < brain || (a->brain == brain && a->attempt < attempt))
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

static void
add_verdict(struct build *b, struct packed_turn *t, const struct packed_answer *answers,
            struct stmt *q)
{
    struct evidence_block *o = b->block;
    struct verdict_row row;
    verdict_from_row(q, &row);
    if (b->as_real)
        row.flags &= ~(1u << FLAG_SIMULATED);
    o->verdicts = xgrow(o->verdicts, o->verdict_count, sizeof *o->verdicts);
    struct packed_verdict *v = &o->verdicts[o->verdict_count++];
    *v = (struct packed_verdict){
        .n = row.n,
        .at_us = row.at_us,
        .rater = evidence_block_string(o, row.rater),
        .origin = evidence_block_string(o, row.origin),
        .judge = evidence_block_string(o, row.judge),
        .model = evidence_block_string(o, row.llama_model),
        .attempt = row.attempt,
        .seen = {seen_answer(answers, t->answers, BRAIN_CLAUDE,
                             (uint32_t)stmt_count(q, VERDICT_ROW_ATTEMPTS)),
                 seen_answer(answers, t->answers, BRAIN_LLAMA,
                             (uint32_t)stmt_count(q, VERDICT_ROW_ATTEMPTS + 1))},
        .flags = (uint16_t)row.flags,
        .kind = (int8_t)row.kind,
        .drawn_by = (int8_t)row.drawn_by,
        .category = (int8_t)row.category,
        .language = (int8_t)row.language,
        .mode = (int8_t)row.mode,
        .left = (int8_t)row.left,
        .guess = (int8_t)row.guess,
        .warmer = (int8_t)row.warmer,
        .closer = (int8_t)row.closer,
        .acceptable = (uint8_t)(row.acceptable[0] | row.acceptable[1] << 4),
        .blind = row.blind,
        .asked = row.asked > 0,
        .observed = observation_may_be(&row) && id_set_add(&b->observed, row.pair)};
    t->verdicts++;
    note_time(o, row.at_us);
}

static bool
read_verdicts(struct build *b, int64_t number, struct err *err)
{
    size_t at = 0, first = 0; /* the turn, and the first of its answers */
    struct stmt *q = db_query(b->db, verdicts_sql, SQL_ARGS(SQL_INT(number)), err);
    while (stmt_next(q, err)) {
        size_t before = at;
        struct packed_turn *t = turn_of(b, &at, stmt_exact(q, VERDICT_ROW_TURN));
        for (; before < at && before < b->block->turn_count; before++)
            first += b->block->turns[before].answers;
        if (t)
            add_verdict(b, t, b->block->answers + first, q);
    }
    return stmt_finish(q);
}

bool
evidence_build(struct db *db, int64_t number, enum evidence_use use, struct evidence_block *out,
               struct err *err)
{
    struct build b = {.db = db, .block = out, .as_real = use == EVIDENCE_AS_REAL};
    *out = (struct evidence_block){.oldest_us = INT64_MAX, .newest_us = INT64_MIN};
    bool ok = read_turns(&b, number, err) && read_answers(&b, number, err) &&
              read_verdicts(&b, number, err) && (use != EVIDENCE_KEEP || keep_counts(&b, err));
    free(b.numbers);
    free(b.uncounted);
    id_set_finish(&b.observed);
    if (!ok)
        evidence_block_finish(out);
    return ok;
}

/* ---- keeping them ---- */

static bool
sum_turn(void *arg, const struct evidence_turn *t)
{
    evidence_sums_turn(arg, INT64_MIN, t);
    return true;
}

void
evidence_sum_up(int64_t number, const char *block, size_t n, struct buf *out)
{
    struct evidence_sums sums = {.rules_us = 0};
    bool stopped;
    if (evidence_block_read(number, block, n, sum_turn, &sums, &stopped))
        evidence_sums_pack(&sums, out);
    evidence_sums_finish(&sums);
}

static bool
put_block(struct db *db, int64_t number, const struct evidence_block *b, struct err *err)
{
    struct buf bytes, sums;
    if (b->turn_count == 0)
        return db_run(db, "DELETE FROM evidence WHERE block = ?1", SQL_ARGS(SQL_INT(number)), err);
    buf_init(&bytes, SIZE_MAX / 2);
    buf_init(&sums, SIZE_MAX / 2);
    evidence_block_pack(b, &bytes);
    evidence_sum_up(number, bytes.p, bytes.len, &sums);
    bool ok = db_run(db,
                     "INSERT OR REPLACE INTO evidence (block, oldest_us, newest_us, sums, data)"
                     " VALUES (?1, ?2, ?3, ?4, ?5)",
                     SQL_ARGS(SQL_INT(number), SQL_INT(b->oldest_us), SQL_INT(b->newest_us),
                              SQL_BYTES(&sums), SQL_BYTES(&bytes)),
                     err);
    buf_finish(&bytes);
    buf_finish(&sums);
    return ok;
}

static bool
refresh_one(struct db *db, int64_t number, struct err *err)
{
    struct evidence_block b;
    if (!evidence_build(db, number, EVIDENCE_KEEP, &b, err))
        return false;
    bool ok =
        put_block(db, number, &b, err) &&
        db_run(db, "DELETE FROM evidence_stale WHERE block = ?1", SQL_ARGS(SQL_INT(number)), err);
    evidence_block_finish(&b);
    return ok;
}

bool
evidence_refresh(struct db *db, int most, struct err *err)
{
    for (int i = 0; i < most; i++) {
        int64_t number = INT64_MIN;
        if (!db_find_int(db, "SELECT block FROM evidence_stale ORDER BY block DESC LIMIT 1", NULL,
                         &number, err))
            return false;
        if (number == INT64_MIN)
            return true;
        if (!refresh_one(db, number, err))
            return false;
    }
    return true;
}
