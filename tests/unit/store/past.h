/* A database with a past: rows written as they would have come, at chosen times. For tests and benches of what is read
 * from them. */
#ifndef TESTS_UNIT_PAST_H
#define TESTS_UNIT_PAST_H

#include "unit/unit.h"

#include <stdbool.h>
#include <stdio.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/chat/observation.h"
#include "berdua/route/route.h"
#include "berdua/store/store.h"
#include "store/sqlite/db.h"

struct past {
    struct db *db;
    int64_t serial; /* of sessions, turns and verdicts */
};

/* Between these everything is one transaction. The file is made where it is missing. */
static inline struct past
past_begin(const char *path)
{
    struct err err = {{0}};
    struct store *s = store_open(path, &err);
    assert_true(store_begin(s, &err) && store_commit(s, &err));
    store_close(&s);
    struct past p = {.db = db_open(path, DB_WRITE, NULL, &err)};
    assert_non_null(p.db);
    assert_true(db_int(p.db, "SELECT count(*) FROM turn", &p.serial, &err));
    int64_t verdicts;
    assert_true(db_int(p.db, "SELECT count(*) FROM verdict", &verdicts, &err));
    p.serial += verdicts;
    assert_true(db_begin(p.db, &err));
    return p;
}

static inline void
past_end(struct past *p)
{
    struct err err = {{0}};
    assert_true(db_exec(p->db, "COMMIT", &err));
    db_allow_checkpoint(p->db);
    db_close(&p->db);
}

#define PAST_RUN(p, sql, ...)                                                                      \
    do {                                                                                           \
        struct err past_err = {{0}};                                                               \
        if (!db_run((p)->db, sql, SQL_ARGS(__VA_ARGS__), &past_err))                               \
            fail_msg("%s", past_err.text);                                                         \
    } while (0)

/* By hand, with all verdicts so far known. */
static inline void
past_step(struct past *p, enum category category, double from, double to, int64_t at_us)
{
    PAST_RUN(p,
             "INSERT INTO rollout_step (at_us, category, from_percent, to_percent, by,"
             " seen_verdict) VALUES (?1, ?2, ?3, ?4, 'hand', (SELECT coalesce(max(n), 0) FROM"
             " verdict))",
             SQL_INT(at_us), SQL_TEXT(category_name(category)), SQL_REAL(from), SQL_REAL(to));
}

struct past_turn {
    const char *user, *mode;
    enum category category;
    int64_t at_us;
    const char *served;
    const char *route;        /* JSON; NULL: not routed */
    const char *llama_status; /* NULL: complete */
    int attempts;             /* of LLAMA; 0: one */
};

/* A turn of a session of its own, with an answer of each brain; its id. */
static inline const char *
past_turn(struct past *p, const struct past_turn *t, char id[32])
{
    char answer[64];
    snprintf(id, 32, "T%08lld", (long long)++p->serial);
    PAST_RUN(p, "INSERT INTO session (id, user, started_us, last_us) VALUES (?1, ?2, ?3, ?3)",
             SQL_TEXT(id), SQL_TEXT(t->user ? t->user : "mario"), SQL_INT(t->at_us));
    PAST_RUN(p,
             "INSERT INTO turn (id, session, seq, at_us, message, mode, history, served, canonical,"
             " left_brain, category, route) VALUES (?1, ?1, 1, ?2, 'halo', ?3, 'canonical', ?4, ?4,"
             " 'claude', ?5, ?6)",
             SQL_TEXT(id), SQL_INT(t->at_us), SQL_TEXT(t->mode ? t->mode : "parallel"),
             SQL_TEXT(t->served), SQL_TEXT(category_name(t->category)), SQL_TEXT(t->route));
    for (int b = 0; b < BRAIN_COUNT; b++)
        for (int attempt = 1; attempt <= (b == BRAIN_LLAMA && t->attempts ? t->attempts : 1);
             attempt++) {
            const char *status = b == BRAIN_LLAMA && t->llama_status ? t->llama_status : "complete";
            snprintf(answer, sizeof answer, "%s-%d-%d", id, b, attempt);
            PAST_RUN(
                p,
                "INSERT INTO answer (id, turn, brain, attempt, model, role, status, text,"
                " ttft_us, cost_usd, at_us) VALUES (?1, ?2, ?3, ?4, ?5, 'compared', ?6, 'Halo!',"
                " ?7, ?8, ?9)",
                SQL_TEXT(answer), SQL_TEXT(id), SQL_TEXT(brain_id_name((enum brain_id)b)),
                SQL_INT(attempt), SQL_TEXT(b == BRAIN_LLAMA ? "zantara" : "haiku"),
                SQL_TEXT(status), SQL_INT(b == BRAIN_LLAMA ? 1500000 : 300000),
                SQL_REAL(b == BRAIN_LLAMA ? 0.0005 : 0.001), SQL_INT(t->at_us));
        }
    return id;
}

struct past_verdict {
    const char *turn;
    int attempt; /* 0: the first */
    int64_t at_us;
    enum verdict_kind kind;
    const char *rater, *origin, *drawn_by; /* NULL: mario, chat, chat */
    const char *flags;                     /* JSON list; NULL: none stored */
    bool blind;
    enum opinion acceptable[BRAIN_COUNT];
};

static inline void
past_verdict(struct past *p, const struct past_verdict *v)
{
    char id[32];
    struct sql_arg said[BRAIN_COUNT];
    snprintf(id, sizeof id, "V%08lld", (long long)++p->serial);
    for (int b = 0; b < BRAIN_COUNT; b++)
        said[b] = v->acceptable[b] == OPINION_NONE
                      ? (struct sql_arg)SQL_TEXT(NULL)
                      : (struct sql_arg)SQL_INT(v->acceptable[b] == OPINION_YES);
    PAST_RUN(p,
             "INSERT INTO verdict (id, session, turn, at_us, kind, rater, origin, drawn_by, flags,"
             " blind, try, claude_acceptable, llama_acceptable)"
             " VALUES (?1, ?2, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
             SQL_TEXT(id), SQL_TEXT(v->turn), SQL_INT(v->at_us),
             SQL_TEXT(verdict_kind_name(v->kind)), SQL_TEXT(v->rater ? v->rater : "mario"),
             SQL_TEXT(v->origin ? v->origin : "chat"), SQL_TEXT(v->drawn_by ? v->drawn_by : "chat"),
             SQL_TEXT(v->flags), SQL_INT(v->blind), SQL_INT(v->attempt ? v->attempt : 1),
             said[BRAIN_CLAUDE], said[BRAIN_LLAMA]);
}

/* `count` turns of the category with a verdict each, a second apart from at_us on. */
static inline void
past_give(struct past *p, enum category category, enum verdict_kind kind, int count, int64_t at_us)
{
    char turn[32];
    for (int i = 0; i < count; i++, at_us += US_PER_S) {
        past_turn(p, &(struct past_turn){.category = category, .at_us = at_us, .served = "claude"},
                  turn);
        past_verdict(p, &(struct past_verdict){.turn = turn, .at_us = at_us, .kind = kind});
    }
}

/* New users of LLAMA's share (`inside`) or of the rest, each with one routed turn; of the first `bad` LLAMA failed. */
static inline void
past_route(struct past *p, enum category category, double percent, bool inside, int users, int bad,
           int64_t at_us)
{
    static int serial;
    char turn[32], name[32], route[160];
    while (users > 0) {
        snprintf(name, sizeof name, "user %d", serial++);
        if (route_in_share(route_bucket(name), percent) != inside)
            continue;
        snprintf(route, sizeof route, "{\"brain\":\"%s\",\"rule\":\"%s\",\"fallback\":%s}",
                 inside ? "llama" : "claude", category_name(category),
                 bad > 0 ? "\"claude\"" : "null");
        past_turn(p,
                  &(struct past_turn){.user = name,
                                      .mode = "route",
                                      .category = category,
                                      .at_us = at_us,
                                      .served = inside && bad <= 0 ? "llama" : "claude",
                                      .route = route,
                                      .llama_status = bad > 0 ? "failed" : NULL},
                  turn);
        at_us += US_PER_S;
        users--;
        bad--;
    }
}

#endif
