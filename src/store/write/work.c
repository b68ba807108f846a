#include "work.h"

#include <stdlib.h>

#include "berdua/base/mem.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/db.h"
#include "write_request.h"

/* Not for a recovery file: it points to what only this process has. */
struct work {
    bool (*body)(struct connection *inside, void *arg, struct err *err);
    void *arg;
};

static const struct row_type work_type = {sizeof(struct work), NULL, 0};

static bool
write_work(const struct write_env *env, struct write_request *req, struct err *err)
{
    const struct work *work = req->row;
    struct connection *inside = connection_borrow(env->db, env->instance_lock);
    bool ok = work->body(inside, work->arg, err);
    connection_close(&inside);
    return ok;
}

static const struct write_kind work_kind = {"work", &work_type, write_work};

bool
work_run(struct writer *w, struct connection *h,
         bool (*body)(struct connection *inside, void *arg, struct err *err), void *arg,
         struct err *err)
{
    if (!w)
        return connection_work(h, body, arg, err);
    struct work *work = xmalloc(sizeof *work);
    *work = (struct work){body, arg};
    return writer_await(w, write_request_create(&work_kind, work), err);
}
