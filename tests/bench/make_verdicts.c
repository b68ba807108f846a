#include "make_verdicts.h"

#include <stdio.h>
#include <stdlib.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/chat/terms.h"
#include "berdua/store/store.h"
#include "store/evidence_build.h"
#include "store/sqlite/db.h"

enum { TURNS_OF_SESSION = 20, MODELS = 3 };
#define PACE_US (25 * (int64_t)US_PER_S) /* a verdict each */

struct maker {
    struct db *db;
    struct rng rng;
    int64_t verdicts, at_us;
    long long turn;
    char session[32], id[32];
};

static void
run(struct maker *m, const char *sql, const struct sql_arg *args)
{
    struct err err = {{0}};
    if (db_run(m->db, sql, args, &err))
        return;
    fprintf(stderr, "make_verdicts: %s\n", err.text);
    abort();
}

static bool
one_in(struct maker *m, uint32_t n)
{
    return rng_below(&m->rng, n) == 0;
}

static void
add_session(struct maker *m)
{
    snprintf(m->session, sizeof m->session, "S%012lld", m->turn / TURNS_OF_SESSION);
    run(m, "INSERT INTO session (id, user, started_us, last_us) VALUES (?1, 'mario', ?2, ?2)",
        SQL_ARGS(SQL_TEXT(m->session), SQL_INT(m->at_us)));
}

static void
add_turn(struct maker *m)
{
    static const char *const languages[] = {"id", "id", "id", "en", "it"};
    snprintf(m->id, sizeof m->id, "T%012lld", m->turn);
    run(m,
        "INSERT INTO turn (id, session, seq, at_us, message, mode, history, served, canonical,"
        " left_brain, blind, category, language) VALUES (?1, ?2, ?3, ?4, 'Kak, apa kabar?',"
        " 'parallel', 'canonical', 'claude', 'claude', ?5, ?6, ?7, ?8)",
        SQL_ARGS(SQL_TEXT(m->id), SQL_TEXT(m->session), SQL_INT(m->turn % TURNS_OF_SESSION + 1),
                 SQL_INT(m->at_us), SQL_TEXT(one_in(m, 2) ? "claude" : "llama"),
                 SQL_INT(one_in(m, 2)),
                 SQL_TEXT(category_name((enum category)rng_below(&m->rng, CATEGORY_COUNT))),
                 SQL_TEXT(languages[rng_below(&m->rng, ARRAY_LEN(languages))])));
}

static void
add_answer(struct maker *m, enum brain_id brain)
{
    static const char words[] =
        "Tidak perlu malu, Kak. **Aturan visa** memang rumit dan sering berubah.\n\n"
        "# Langkah\n1. Siapkan paspor\n2. Isi **formulir**\n- Bayar di kantor imigrasi\n"
        "Kalau ada yang kurang jelas, tanya saja; itu hal yang wajar dan saya senang membantu.";
    char id[40], text[sizeof words];
    size_t n = 60 + rng_below(&m->rng, sizeof words - 60);
    bool llama = brain == BRAIN_LLAMA, cold = llama && one_in(m, 50);
    snprintf(id, sizeof id, "%s%c", m->id, llama ? 'l' : 'c');
    snprintf(text, n, "%s", words);
    int64_t ttft_us = (llama ? 400000 : 250000) + (int64_t)rng_below(&m->rng, 900000);
    run(m,
        "INSERT INTO answer (id, turn, brain, attempt, provider, model, role, status, text,"
        " ttft_us, total_us, cost_usd, warmth, cultural, score_rules, cold, at_us)"
        " VALUES (?1, ?2, ?3, 1, 'openai', ?4, 'compared', ?5, ?6, ?7, ?8, ?9, ?10, ?11, '3', ?12,"
        " ?13)",
        SQL_ARGS(SQL_TEXT(id), SQL_TEXT(m->id), SQL_TEXT(brain_id_name(brain)),
                 SQL_TEXT(llama ? "zantara-2" : "haiku"),
                 SQL_TEXT(one_in(m, 100) ? "failed" : "complete"), SQL_TEXT(text),
                 SQL_INT(cold ? 60 * ttft_us : ttft_us), SQL_INT(4 * ttft_us),
                 SQL_REAL(0.0001 * (1 + rng_unit(&m->rng))), SQL_REAL(rng_unit(&m->rng)),
                 SQL_REAL(rng_unit(&m->rng)), SQL_INT(cold), SQL_INT(m->at_us)));
}

static void
add_event(struct maker *m, const char *kind, const char *rater, const char *origin,
          const char *drawn_by)
{
    char id[32], claude[40], llama[40];
    snprintf(id, sizeof id, "V%012lld", (long long)m->verdicts);
    snprintf(claude, sizeof claude, "%sc", m->id);
    snprintf(llama, sizeof llama, "%sl", m->id);
    m->at_us += PACE_US;
    run(m,
        "INSERT INTO verdict (id, session, turn, at_us, kind, rater, origin, drawn_by, flags, "
        "blind,"
        " left_brain, claude_answer, llama_answer, asked, claude_acceptable, llama_acceptable)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        SQL_ARGS(SQL_TEXT(id), SQL_TEXT(m->session), SQL_TEXT(m->id), SQL_INT(m->at_us),
                 SQL_TEXT(kind), SQL_TEXT(rater), SQL_TEXT(origin), SQL_TEXT(drawn_by),
                 SQL_TEXT(one_in(m, 60) ? "[\"fast\"]" : NULL), SQL_INT(one_in(m, 2)),
                 SQL_TEXT(one_in(m, 2) ? "claude" : "llama"), SQL_TEXT(claude), SQL_TEXT(llama),
                 SQL_REAL(1), SQL_INT(one_in(m, 2)), SQL_INT(one_in(m, 2))));
    if (one_in(m, 100))
        run(m, "INSERT INTO verdict_flag (verdict, flag) VALUES (?1, 'leak')",
            SQL_ARGS(SQL_TEXT(id)));
    m->verdicts++;
}

static void
judge(struct maker *m)
{
    static const char *const raters[] = {"wayan", "made", "nyoman", "ketut", "putu"};
    uint32_t lot = rng_below(&m->rng, 100), who = rng_below(&m->rng, 5);
    const char *kind = lot < 45 ? "llama" : lot < 75 ? "claude" : lot < 95 ? "tie" : "both_bad";
    bool reviewed = one_in(m, 3);
    const char *origin = reviewed ? "review" : "chat", *drawn_by = reviewed ? "random" : "chat";
    add_event(m, kind, raters[who], origin, drawn_by);
    if (one_in(m, 60))
        add_event(m, "undo", raters[who], origin, drawn_by);
    if (one_in(m, 60))
        add_event(m, "tie", raters[who], origin, drawn_by);
    if (one_in(m, 12))
        add_event(m, one_in(m, 3) ? "tie" : kind, raters[(who + 1) % 5], "review", "random");
    if (one_in(m, 25))
        add_event(m, one_in(m, 4) ? "tie" : kind, raters[who], "review", "repeat");
}

void
make_verdicts(const char *path, int64_t verdicts, int64_t now_us)
{
    struct err err = {{0}};
    struct store *s = store_open(path, &err);
    if (!s || !store_begin(s, &err) || !store_commit(s, &err))
        abort();
    store_close(&s);
    struct maker m = {.db = db_open(path, DB_WRITE, NULL, &err),
                      .rng = {.state = 7},
                      .at_us = now_us - verdicts * PACE_US};
    if (!m.db || !db_exec(m.db, "PRAGMA cache_size = -400000", &err) || !db_begin(m.db, &err))
        abort();
    for (; m.verdicts < verdicts; m.turn++) {
        if (m.turn % TURNS_OF_SESSION == 0)
            add_session(&m);
        add_turn(&m);
        add_answer(&m, BRAIN_CLAUDE);
        add_answer(&m, BRAIN_LLAMA);
        judge(&m);
    }
    int64_t start_us = clock_us();
    if (!evidence_refresh(m.db, EVIDENCE_ALL, &err) || !db_commit(m.db, &err)) {
        fprintf(stderr, "make_verdicts: %s\n", err.text);
        abort();
    }
    printf("%-52s %9.1f s\n", "evidence of all of it made anew",
           (double)(clock_us() - start_us) / US_PER_S);
    db_allow_checkpoint(m.db);
    db_close(&m.db);
}
