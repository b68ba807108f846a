/* Pairs to be judged, a judge that answers, and what the store then holds. Thread: the test. */
#ifndef TESTS_SCREEN_JUDGE_KIT_H
#define TESTS_SCREEN_JUDGE_KIT_H

#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "berdua/base/buf.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "cli.h"
#include "table.h"

#define SCORES                                                                                     \
    "\"scores\":{\"a\":{\"warmth\":4,\"cultural_fit\":3,\"correctness\":4,\"register\":4},"        \
    "\"b\":{\"warmth\":2,\"cultural_fit\":3,\"correctness\":4,\"register\":3}}"
#define VERDICT(winner) "{\"evidence\":\"A is kind\"," SCORES ",\"winner\":\"" winner "\"}"
/* What the question holds where Claude's answer, or LLAMA's, is A. */
#define CLAUDE_IS_A "match=\"ANSWER A\\\\n\\\\\\\"Tidak\" "
#define LLAMA_IS_A  "match=\"ANSWER A\\\\n\\\\\\\"Jangan\" "

/* So many pairs of a session come by a merge: "Tidak apa-apa N" of Claude, "Jangan sungkan N" of LLAMA. */
static inline void
put_pairs(struct table *t, const char *session, int from, int count)
{
    struct buf lines;
    struct cli_result r;
    buf_init(&lines, 16 << 20);
    for (int i = from; i < from + count; i++)
        buf_printf(&lines,
                   "{\"id\":\"%s-%d\",\"ts\":%d,\"session\":\"%s\",\"turn\":%d,\"rater\":\"wayan\","
                   "\"message\":\"Kak, pesan %d\",\"category\":\"emotional\",\"language\":\"id\","
                   "\"mode\":\"parallel\",\"left\":\"llama\",\"winner\":\"llama\","
                   "\"drawn_by\":\"random\",\"answers\":{\"claude\":{\"text\":\"Tidak apa-apa "
                   "%d.\",\"model\":\"claude-test\"},\"llama\":{\"text\":\"Jangan sungkan %d.\","
                   "\"model\":\"llama-test\"}}}\n",
                   session, i, 1700000000 + i, session, i, i, i, i);
    place_write(t->place, "pairs.jsonl", lines.p);
    char *path = place_path(t->place, "pairs.jsonl");
    cli_run(&r, t->place, (const char *const[]){"sessions", "merge", path, NULL}, NULL);
    if (r.code != 0)
        cli_show(&r);
    assert_int_equal(r.code, 0);
    cli_finish(&r);
    free(path);
    buf_finish(&lines);
}

/* A judge for whom Claude is better, whatever the order. */
static inline void
answer_for_claude(struct table *t, const char *timing)
{
    char *rules[] = {xasprintf(CLAUDE_IS_A "%s text=%s", timing, VERDICT("a")),
                     xasprintf(LLAMA_IS_A "%s text=%s", timing, VERDICT("b"))};
    for (int i = 0; i < 2; i++) {
        standin_rule(t->claude, rules[i]);
        free(rules[i]);
    }
}

static inline sqlite3 *
judge_database(struct table *t)
{
    char *path = place_path(t->place, "data/berdua/berdua.db");
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_busy_timeout(db, patience_ms());
    free(path);
    return db;
}

static inline int
count_rows(struct table *t, const char *sql)
{
    sqlite3 *db = judge_database(t);
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    int n = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int(s, 0) : -1;
    sqlite3_finalize(s);
    sqlite3_close(db);
    return n;
}

static inline void
assert_count(struct table *t, const char *sql, int want)
{
    int n = count_rows(t, sql);
    if (n != want)
        fail_msg("%s: %d, not %d", sql, n, want);
}

/* `judge` with these arguments; the exit code. */
static inline void
judge(struct table *t, struct cli_result *r, int code, const char *arguments)
{
    const char *args[16] = {"judge"};
    char *copy = xstrdup(arguments);
    int n = 0;
    for (char *p = copy; *p && n < 14;) {
        args[++n] = p;
        p += strcspn(p, " ");
        if (*p)
            *p++ = 0;
    }
    cli_run(r, t->place, args, NULL);
    free(copy);
    if (r->code != code) {
        cli_show(r);
        fail_msg("judge %s: %d, not %d", arguments, r->code, code);
    }
}

static inline void
assert_holds(const struct buf *text, const char *part)
{
    if (!strstr(text->p, part))
        fail_msg("\"%s\" does not hold \"%s\"", text->p, part);
}

#endif
