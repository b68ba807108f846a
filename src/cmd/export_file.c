#include "export_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/beside.h"
#include "berdua/base/err.h"
#include "berdua/base/path.h"
#include "berdua/export/export.h"

/* Where the bytes go. */
struct target {
    const char *named; /* as it was given; NULL: stdout */
    struct beside beside;
    int fd; /* of it, or stdout */
};

static bool
refuse(const struct target *t, struct err *err)
{
    return err_set(err, "%s cannot be written: %s", t->named ? t->named : "the export",
                   path_unwritable(errno));
}

static bool
open_target(struct target *t, struct err *err)
{
    t->fd = STDOUT_FILENO;
    if (!t->named)
        return true;
    t->fd = beside_open(&t->beside, t->named) ? t->beside.fd : -1;
    return t->fd >= 0 || refuse(t, err);
}

static bool
write_bytes(void *arg, const char *bytes, size_t n, struct err *err)
{
    const struct target *t = arg;
    while (n > 0) {
        ssize_t wrote = write(t->fd, bytes, n);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return refuse(t, err);
        bytes += wrote;
        n -= (size_t)wrote;
    }
    return true;
}

static bool
close_target(struct target *t, bool ok, struct err *err)
{
    if (!t->named || t->fd < 0)
        return ok;
    if (ok)
        return beside_commit(&t->beside) || refuse(t, err);
    beside_drop(&t->beside);
    return false;
}

bool
export_to_file(struct store *s, const struct export_choice *choice, const char *file,
               struct export_summary *summary, struct err *err)
{
    struct target t = {.named = file, .fd = -1};
    bool ok = open_target(&t, err) && export_run(s, choice, write_bytes, &t, summary, err);
    return close_target(&t, ok, err);
}
