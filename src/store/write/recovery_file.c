#include "recovery_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/base/random.h"
#include "store/sqlite/db.h"
#include "store/sqlite/outbox.h"
#include "store/sqlite/file.h"
#include "store/sqlite/recover.h"
#include "write_request.h"

#define MARK "-recovery-"
enum { FORMAT = 1, MAX_BYTES = 256 << 20, END_BYTES = 64 };

/* ---- writing ---- */

static void
print_line(struct buf *out, struct json *take)
{
    json_print(take, out);
    buf_append_char(out, '\n');
    json_free(take);
}

static void
print_recovery_end(struct buf *out, size_t count)
{
    buf_printf(out, "{\"end\":%zu,\"sum\":\"%016" PRIx64 "\"}\n", count,
               hash_bytes(out->p, out->len, 0));
}

static void
print_requests(const char *database, const struct write_request *list, struct buf *out)
{
    size_t count = 0;
    struct json *head = json_object();
    json_add_str(head, "berdua", "recovery");
    json_add_int(head, "format", FORMAT);
    json_add_str(head, "database", database);
    print_line(out, head);
    for (const struct write_request *req = list; req; req = req->next) {
        if (req->awaited)
            continue;
        struct json *line = json_object();
        json_add_str(line, "kind", req->kind->name);
        if (!req->id)
            json_add_bool(line, "part", true);
        json_add(line, "row", row_encode(req->kind->type, req->row));
        print_line(out, line);
        count++;
    }
    print_recovery_end(out, count);
}

static bool
write_text(const char *name, const struct buf *text, struct err *err)
{
    return path_make_parent(name, err) && path_write_atomic(name, text->p, text->len, err);
}

char *
recovery_write(const char *database, const struct write_request *list, struct err *err)
{
    char id[ID_LEN + 1];
    struct buf text;
    char *real = realpath(database, NULL);
    const char *path = real ? real : database;
    id_make(id);
    buf_init(&text, MAX_BYTES);
    print_requests(path, list, &text);
    char *name = xasprintf("%s" MARK "%s", path, id);
    bool ok = write_text(name, &text, err);
    if (!ok) {
        char *other = xasprintf("%s" MARK "%s", path_base(path), id);
        free(name);
        name = path_state(other);
        free(other);
        ok = write_text(name, &text, err);
    }
    if (!ok) {
        free(name);
        name = NULL;
    }
    buf_finish(&text);
    free(real);
    return name;
}

/* ---- reading ---- */

struct recovery {
    const char *name;
    int fd;
    struct buf text;
    struct write_request *list, **tail;
    size_t count;   /* lines */
    size_t changes; /* those that are no part of the one before, as the operator counts */
    bool foreign;   /* of another database */
};

static void
finish_recovery(struct recovery *r)
{
    while (r->list) {
        struct write_request *req = r->list;
        r->list = req->next;
        write_request_destroy(&req);
    }
    buf_finish(&r->text);
    if (r->fd >= 0)
        close(r->fd);
}

/* Whoever could have written the file, or could change it now, is this user alone. */
static bool
recovery_is_ours(const struct recovery *r, struct err *err)
{
    struct stat st;
    if (fstat(r->fd, &st) != 0 || !S_ISREG(st.st_mode))
        return err_set(err, "it is no regular file");
    if (st.st_uid != geteuid() || (st.st_mode & 022) || st.st_nlink != 1)
        return err_set(err, "somebody else may have changed it");
    return st.st_size <= MAX_BYTES || err_set(err, "it is too large");
}

/* The last line says how many requests there are, and has the sum of everything before it. */
static bool
check_end(struct recovery *r, size_t *count, struct err *err)
{
    const struct buf *t = &r->text;
    size_t at = t->len ? t->len - 1 : 0;
    while (at > 0 && t->p[at - 1] != '\n')
        at--;
    struct buf expected;
    buf_init(&expected, END_BYTES);
    char *rest = NULL;
    *count = strncmp(t->p + at, "{\"end\":", 7) == 0 ? strtoul(t->p + at + 7, &rest, 10) : 0;
    buf_printf(&expected, "{\"end\":%zu,\"sum\":\"%016" PRIx64 "\"}\n", *count,
               hash_bytes(t->p, at, 0));
    bool ok =
        rest && t->len - at == expected.len && memcmp(t->p + at, expected.p, expected.len) == 0;
    buf_finish(&expected);
    buf_truncate(&r->text, at);
    return ok || err_set(err, "it is damaged or not whole");
}

static bool
read_recovery_head(struct recovery *r, const char *line, size_t n, const char *database,
                   struct err *err)
{
    int64_t format = 0;
    struct json *head = json_parse(line, n, err);
    const char *what = json_get_str(head, "berdua"), *of = json_get_str(head, "database");
    bool ok = what && of && strcmp(what, "recovery") == 0 &&
              json_get_int(head, "format", &format) && format == FORMAT;
    r->foreign = ok && database && strcmp(of, database) != 0;
    json_free(head);
    return ok || err_set(err, "this version cannot read its format");
}

static bool
read_request(struct recovery *r, const char *line, size_t n, struct err *err)
{
    bool part = false;
    struct json *o = json_parse(line, n, err);
    json_get_bool(o, "part", &part);
    const struct write_kind *kind = write_kind_find(json_get_str(o, "kind"));
    void *row = kind ? row_decode(kind->type, json_get(o, "row"), err) : NULL;
    json_free(o);
    if (!row)
        return kind ? false : err_set(err, "it holds a row of an unknown kind");
    *r->tail = write_request_create(kind, row);
    r->tail = &(*r->tail)->next;
    r->count++;
    r->changes += !part;
    return true;
}

/* database: of which it must be; NULL: it need not say. */
static bool
read_recovery(struct recovery *r, const char *database, struct err *err)
{
    size_t count, lines = 0;
    if (!recovery_is_ours(r, err) || !path_read_fd(r->fd, &r->text, err) ||
        !check_end(r, &count, err))
        return false;
    for (const char *p = r->text.p, *end = p + r->text.len; p < end; lines++) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        size_t n = (size_t)((stop ? stop : end) - p);
        if (!(lines == 0 ? read_recovery_head(r, p, n, database, err) : read_request(r, p, n, err)))
            return false;
        if (r->foreign)
            return true;
        p += n + 1;
    }
    return (lines > 0 && r->count == count) || err_set(err, "it is damaged or not whole");
}

/* ---- taking up ---- */

/* false: the database failed or refused a row; nothing is written. */
static bool
write_recovery(struct db *db, struct recovery *r, struct err *err)
{
    struct write_env env = {db, NULL, NULL};
    db_set_trouble(db, DB_FINE);
    bool ok = db_begin(db, err);
    for (struct write_request *req = r->list; ok && req; req = req->next)
        ok = req->kind->write(&env, req, err);
    ok = ok && outbox_commit(db, err);
    db_rollback(db);
    return ok;
}

static void
say_recovery(void (*say)(void *arg, const char *line), void *arg, char *take_line)
{
    say(arg, take_line);
    free(take_line);
}

/* false: the database failed. */
static bool
take_one(struct db *db, const char *name, const char *database,
         void (*say)(void *arg, const char *line), void *arg, struct err *err)
{
    struct recovery r = {.name = name};
    struct err why = {{0}};
    bool ok = true;
    r.tail = &r.list;
    buf_init(&r.text, MAX_BYTES);
    r.fd = open(r.name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (r.fd < 0 && errno != ENOENT)
        say_recovery(say, arg, xasprintf("%s: was not taken up: %s", r.name, strerror(errno)));
    /* The lock is held until the file is closed: so long no other instance takes it. */
    if (r.fd < 0 || !file_lock(r.fd, r.name, LOCK_EX | LOCK_NB))
        goto out;
    if (!read_recovery(&r, database, &why)) {
        say_recovery(say, arg, xasprintf("%s: was not taken up: %s", r.name, why.text));
    } else if (r.foreign) {
        goto out;
    } else if (write_recovery(db, &r, &why)) {
        unlink(r.name);
        path_sync_folder(r.name);
        say_recovery(say, arg,
                     xasprintf("saved now: %zu change%s that an earlier session could not save",
                               r.changes, r.changes == 1 ? "" : "s"));
    } else if (db_trouble(db) == DB_REFUSED || db_trouble(db) == DB_FINE) {
        say_recovery(say, arg, xasprintf("%s: was not taken up: %s", r.name, why.text));
    } else {
        *err = why;
        ok = false;
    }
out:
    finish_recovery(&r);
    return ok;
}

bool
recovery_take_all(struct db *db, const char *self, void (*say)(void *arg, const char *line),
                  void *arg, struct err *err)
{
    char *name = xasprintf("%s" MARK, path_base(db_path(db)));
    char *starts[] = {xasprintf("%s" MARK, db_path(db)), path_state(name)};
    bool ok = true, any = false;
    for (size_t place = 0; place < ARRAY_LEN(starts); place++) {
        char **files;
        size_t count;
        path_list(starts[place], &files, &count, NULL);
        for (size_t i = 0; i < count; i++) {
            if (ok && strlen(files[i]) == strlen(starts[place]) + ID_LEN) {
                any = true;
                ok = take_one(db, files[i], place ? db_path(db) : NULL, say, arg, err);
            }
            free(files[i]);
        }
        free(files);
        free(starts[place]);
    }
    free(name);
    /* Answers that were running when they were left are nobody's now. */
    return ok && (!any || recover_dead(db, self, err));
}
