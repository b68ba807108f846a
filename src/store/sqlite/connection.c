#include "connection.h"

#include <stdlib.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "db.h"
#include "file.h"
#include "open.h"
#include "schema.h"

struct connection {
    char *path;
    struct db *db; /* NULL: there is nothing yet */
    struct instance_lock *instance_lock;
    bool writable;
    bool borrowed;
};

struct connection *
connection_open(const char *url, struct err *err)
{
    char *path = file_from_url(url, err);
    if (!path)
        return NULL;
    struct connection *h = xcalloc(1, sizeof *h);
    h->path = path;
    if (!open_if_there(path, &h->db, err))
        connection_close(&h);
    return h;
}

void
connection_close(struct connection **hp)
{
    struct connection *h = *hp;
    *hp = NULL;
    if (!h)
        return;
    if (!h->borrowed) {
        db_close(&h->db);
        instance_lock_destroy(&h->instance_lock);
    }
    free(h->path);
    free(h);
}

struct connection *
connection_borrow(struct db *db, struct instance_lock *instance_lock)
{
    struct connection *h = xcalloc(1, sizeof *h);
    h->db = db;
    h->instance_lock = instance_lock;
    h->borrowed = h->writable = true;
    return h;
}

struct db *
connection_db(const struct connection *h)
{
    return h->db;
}

struct db *
connection_look_again(struct connection *h, struct err *err)
{
    if (!h->db)
        open_if_there(h->path, &h->db, err);
    return h->db;
}

bool
connection_begin(struct connection *h, struct err *err)
{
    if (!h->writable) {
        db_close(&h->db);
        h->db = open_for_reading(h->path, true, NULL, err);
        h->writable = h->db && open_for_writing(h->db, &h->instance_lock, err);
    }
    if (!h->writable || !db_begin(h->db, err))
        return false;
    if (schema_still_current(h->db, err))
        return true;
    db_rollback(h->db);
    return false;
}

bool
connection_commit(struct connection *h, struct err *err)
{
    return db_commit(h->db, err);
}

void
connection_rollback(struct connection *h)
{
    if (h->db)
        db_rollback(h->db);
}

const char *
connection_presence(const struct connection *h)
{
    return h->instance_lock ? instance_lock_id(h->instance_lock) : NULL;
}

bool
connection_alive(const struct connection *h, const char *id)
{
    return h->db && instance_lock_alive(db_path(h->db), id);
}

bool
connection_work(struct connection *h,
                bool (*body)(struct connection *inside, void *arg, struct err *err), void *arg,
                struct err *err)
{
    if (!connection_begin(h, err))
        return false;
    if (body(h, arg, err) && connection_commit(h, err))
        return true;
    connection_rollback(h);
    return false;
}
