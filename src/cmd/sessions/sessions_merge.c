/* berdua sessions merge: verdicts of other databases, all of a file or nothing of it. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/export/export.h"
#include "berdua/session/rollout_apply.h"
#include "berdua/store/merge_store.h"
#include "berdua/store/store.h"
#include "sessions.h"
#include "sessions_merge.h"
#include "cmd/out.h"

enum { LINE_MAX_BYTES = 64 << 20, READ_BYTES = 256 << 10 };

struct merge {
    struct store *into;
    const char *file;
    long long line; /* 0: of a database, which has none */
    long long added, known;
};

static bool
merge_line(void *arg, const char *line, size_t n, struct err *err)
{
    struct merge *m = arg;
    struct err why = {""};
    m->line++;
    while (n && strchr(" \t\r\n", line[n - 1]))
        n--;
    if (n == 0)
        return true;
    struct json *record = json_parse(line, n, &why);
    enum merge_result result = record ? merge_store_record(m->into, record, &why) : MERGE_FAILED;
    json_free(record);
    m->added += result == MERGE_ADDED;
    m->known += result == MERGE_KNOWN;
    if (result == MERGE_FAILED)
        return err_set(err, "%s:%lld: %s", m->file, m->line, why.text);
    return true;
}

static bool
merge_lines(struct merge *m, int fd, struct err *err)
{
    struct buf text;
    buf_init(&text, LINE_MAX_BYTES);
    char *chunk = xmalloc(READ_BYTES);
    bool ok = true;
    ssize_t got = 1;
    while (ok && (got = read(fd, chunk, READ_BYTES)) > 0) {
        const char *p = chunk, *end = chunk + got, *stop;
        while (ok && (stop = memchr(p, '\n', (size_t)(end - p))) != NULL) {
            ok = buf_append(&text, p, (size_t)(stop - p)) && merge_line(m, text.p, text.len, err);
            buf_clear(&text);
            p = stop + 1;
        }
        ok = ok && buf_append(&text, p, (size_t)(end - p));
    }
    if (got < 0)
        ok = err_set(err, "%s: cannot be read", m->file);
    if (ok && text.len)
        ok = merge_line(m, text.p, text.len, err);
    if (!ok && !err->text[0])
        err_set(err, "%s:%lld: a line is longer than %d MiB", m->file, m->line + 1,
                LINE_MAX_BYTES >> 20);
    free(chunk);
    buf_finish(&text);
    return ok;
}

/* Of another database: whole lines. */
static bool
merge_rows(void *arg, const char *bytes, size_t n, struct err *err)
{
    bool ok = true;
    for (const char *end = bytes + n, *stop; ok && bytes < end; bytes = stop + 1) {
        stop = memchr(bytes, '\n', (size_t)(end - bytes));
        if (!stop)
            stop = end;
        ok = merge_line(arg, bytes, (size_t)(stop - bytes), err);
    }
    return ok;
}

static bool
merge_database(struct merge *m, struct err *err)
{
    struct export_choice all = {.format = export_format_find("native"),
                                .since_us = INT64_MIN,
                                .until_us = INT64_MAX,
                                .category = -1,
                                .language = -1,
                                .include = ~0u,
                                .plain_users = true};
    struct export_summary summary = {0};
    char *url = xasprintf("sqlite:%s", m->file);
    struct store *from = store_open(url, err);
    bool ok = from && export_run(from, &all, merge_rows, m, &summary, err);
    store_close(&from);
    free(url);
    return ok;
}

static bool
merge_file(struct merge *m, struct err *err)
{
    static const char database[] = "SQLite format 3";
    char head[sizeof database] = "";
    int fd = path_open_plain(m->file, O_RDONLY, 0, NULL, err);
    if (fd < 0)
        return false;
    bool is_database = pread(fd, head, sizeof head, 0) == (ssize_t)sizeof head &&
                       memcmp(head, database, sizeof head) == 0;
    bool ok = is_database ? merge_database(m, err) : merge_lines(m, fd, err);
    close(fd);
    return ok;
}

bool
sessions_merge(const struct cmd_args *a, struct err *err)
{
    struct merge m = {.into = a->store, .file = a->words[0]};
    struct rollout *r = NULL;
    if (!store_begin(a->store, err))
        return false;
    if (!merge_file(&m, err)) {
        store_rollback(a->store);
        return false;
    }
    if (!store_commit(a->store, err) ||
        !rollout_refresh(a->store, a->config, clock_wall_us(), &r, err))
        return false;
    rollout_destroy(&r);
    if (a->values[SESSIONS_JSON]) {
        struct json *o = json_object();
        json_add_int(o, "added", m.added);
        json_add_int(o, "known", m.known);
        out_json(stdout, o);
    } else if (!a->globals->quiet) {
        out_say("berdua: %lld %s added, %lld known already\n", m.added,
                m.added == 1 ? "verdict" : "verdicts", m.known);
    }
    return true;
}
