/* A batch at a table: its file, a run, and what stands in the result. Thread: the test. */
#ifndef TESTS_SCREEN_EVAL_KIT_H
#define TESTS_SCREEN_EVAL_KIT_H

#include "judge_kit.h"

#include "berdua/base/path.h"

/* NAME holds so many rows "r1", "r2", … with the messages "FIRST pesan 1.", … */
static inline void
put_rows(struct table *t, const char *name, const char *first, int count)
{
    struct buf text;
    buf_init(&text, 1 << 20);
    for (int i = 1; i <= count; i++)
        buf_printf(&text, "{\"id\":\"r%d\",\"message\":\"%s pesan %d.\"}\n", i, first, i);
    place_write(t->place, name, text.p);
    buf_finish(&text);
}

/* Starts `eval IN -o OUT` with these arguments. */
static inline struct cli *
eval_start(struct table *t, const char *in, const char *out, const char *jobs, bool resume)
{
    char *from = place_path(t->place, in), *to = place_path(t->place, out);
    const char *args[] = {"eval", from, "-o", to, "-j", jobs, resume ? "--resume" : NULL, NULL};
    struct cli *c = cli_start(t->place, args, NULL);
    free(from);
    free(to);
    return c;
}

static inline void
eval_run(struct table *t, struct cli_result *r, int code, const char *in, const char *out,
         bool resume)
{
    struct cli *c = eval_start(t, in, out, "4", resume);
    cli_wait(&c, r);
    if (r->code != code) {
        cli_show(r);
        fail_msg("eval %s: %d, not %d", in, r->code, code);
    }
}

/* The result's rows "rN" by N: how often each stands there. Its lines are whole unless `torn` is allowed. */
static inline void
count_result(struct table *t, const char *out, int times[], int most, bool torn)
{
    char *file = place_path(t->place, out);
    struct buf text;
    buf_init(&text, 16 << 20);
    memset(times, 0, (size_t)(most + 1) * sizeof *times);
    if (path_read(file, &text, NULL))
        for (char *p = text.p, *end; *p; p = end + 1) {
            end = strchr(p, '\n');
            assert_true(end || torn);
            if (!end)
                break;
            struct json *row = json_parse(p, (size_t)(end - p), NULL);
            const char *id = json_get_str(row, "id");
            assert_non_null(id);
            assert_true(id[0] == 'r' && strtol(id + 1, NULL, 10) >= 1 &&
                        strtol(id + 1, NULL, 10) <= most);
            times[strtol(id + 1, NULL, 10)]++;
            json_free(row);
        }
    buf_finish(&text);
    free(file);
}

static inline void
assert_each_once(struct table *t, const char *out, int rows)
{
    int times[rows + 1];
    count_result(t, out, times, rows, false);
    for (int i = 1; i <= rows; i++)
        if (times[i] != 1)
            fail_msg("row %d stands there %d times", i, times[i]);
}

#endif
