#include "connection.h"

#include <stdlib.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "db.h"
#include "file.h"
#include "open.h"
#include "schema.h"

struct handle {
    char *path;
    struct db *db; /* NULL: there is nothing yet */
    struct presence *presence;
    bool writable;
};

struct handle *
handle_open(const char *url, struct err *err)
{
    char *path = file_from_url(url, err);
    if (!path)
        return NULL;
    struct handle *h = xcalloc(1, sizeof *h);
    h->path = path;
    if (!open_if_there(path, &h->db, err))
        handle_close(&h);
    return h;
}

void
handle_close(struct handle **hp)
{
    struct handle *h = *hp;
    *hp = NULL;
    if (!h)
        return;
    db_close(&h->db);
    presence_destroy(&h->presence);
    free(h->path);
    free(h);
}

struct db *
handle_db(const struct handle *h)
{
    return h->db;
}

bool
handle_begin(struct handle *h, struct err *err)
{
    if (!h->writable) {
        db_close(&h->db);
        h->db = open_for_reading(h->path, err);
        h->writable = h->db && open_for_writing(h->db, &h->presence, err) == OPEN_READY;
    }
    if (!h->writable || !db_begin(h->db, err))
        return false;
    if (schema_still_current(h->db, err))
        return true;
    db_rollback(h->db);
    return false;
}

bool
handle_commit(struct handle *h, struct err *err)
{
    return db_commit(h->db, err);
}

void
handle_rollback(struct handle *h)
{
    if (h->db)
        db_rollback(h->db);
}

const char *
handle_presence(const struct handle *h)
{
    return h->presence ? presence_id(h->presence) : NULL;
}

bool
handle_alive(const struct handle *h, const char *id)
{
    return h->db && presence_alive(db_path(h->db), id);
}
