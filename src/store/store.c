#include "store_db.h"

#include <stdlib.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "evidence_build.h"
#include "sqlite/db.h"
#include "sqlite/outbox.h"
#include "sqlite/file.h"
#include "sqlite/open.h"
#include "sqlite/schema.h"
#include "write/write_request.h"

struct store {
    char *path;
    struct db *db; /* NULL: there is nothing yet */
    struct instance_lock *instance_lock;
    struct writer *writer; /* NULL: it writes itself */
    bool writable;
    bool counts_simulated;
    bool expects_more;
};

struct store *
store_open(const char *url, struct err *err)
{
    char *path = file_from_url(url, err);
    if (!path)
        return NULL;
    struct store *s = xcalloc(1, sizeof *s);
    s->path = path;
    if (!open_if_there(path, &s->db, err))
        store_close(&s);
    return s;
}

void
store_close(struct store **sp)
{
    struct store *s = *sp;
    *sp = NULL;
    if (!s)
        return;
    db_close(&s->db);
    instance_lock_destroy(&s->instance_lock);
    free(s->path);
    free(s);
}

bool
store_is_there(const struct store *s)
{
    return s->db != NULL;
}

struct db *
store_db(const struct store *s)
{
    return s->db;
}

void
store_count_simulated(struct store *s)
{
    s->counts_simulated = true;
}

bool
store_counts_simulated(const struct store *s)
{
    return s->counts_simulated;
}

bool
store_look_again(struct store *s, struct db **db, struct err *err)
{
    bool ok = s->db || open_if_there(s->path, &s->db, err);
    *db = s->db;
    return ok;
}

struct db *
store_stand_in(struct store *s, struct err *err)
{
    if (!s->db)
        s->db = db_open(s->path, DB_MEMORY, NULL, err);
    return s->db;
}

const char *
store_instance(const struct store *s)
{
    return s->instance_lock ? instance_lock_id(s->instance_lock) : NULL;
}

bool
store_alive(const struct store *s, const char *id)
{
    return s->db && instance_lock_alive(db_path(s->db), id);
}

/* ---- writing ---- */

bool
store_begin(struct store *s, struct err *err)
{
    if (!s->writable) {
        db_close(&s->db);
        s->db = open_for_reading(s->path, true, NULL, err);
        s->writable = s->db && open_for_writing(s->db, &s->instance_lock, err);
    }
    if (!s->writable || !db_begin(s->db, err))
        return false;
    if (schema_still_current(s->db, err))
        return true;
    db_rollback(s->db);
    return false;
}

bool
store_commit(struct store *s, struct err *err)
{
    return evidence_refresh(s->db, s->expects_more ? 0 : EVIDENCE_ALL, err) &&
           outbox_commit(s->db, err);
}

void
store_expect_more(struct store *s, bool more)
{
    s->expects_more = more;
}

void
store_rollback(struct store *s)
{
    if (s->db)
        db_rollback(s->db);
}

void
store_through(struct store *s, struct writer *w)
{
    s->writer = w;
}

/* Not for a recovery file: it points to what only this process has. */
struct body_write {
    bool (*body)(struct store *inside, void *arg, struct err *err);
    void *arg;
};

static const struct row_type body_type = {sizeof(struct body_write), NULL, 0};

static bool
write_body(const struct write_env *env, struct write_request *req, struct err *err)
{
    const struct body_write *row = req->row;
    struct store inside = {.db = env->db, .instance_lock = env->instance_lock, .writable = true};
    return row->body(&inside, row->arg, err);
}

static const struct write_kind body_kind = {"work", &body_type, write_body};

bool
store_write(struct store *s, bool (*body)(struct store *inside, void *arg, struct err *err),
            void *arg, struct err *err)
{
    if (s->writer) {
        struct body_write row = {body, arg};
        return writer_await(s->writer, write_request_create(&body_kind, row_dup(&body_type, &row)),
                            err);
    }
    if (!store_begin(s, err))
        return false;
    if (body(s, arg, err) && store_commit(s, err))
        return true;
    store_rollback(s);
    return false;
}
