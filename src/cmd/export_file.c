#include "export_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/export/export.h"

/* Where the bytes go: beside is NULL where they go to their place at once. */
struct target {
    const char *named; /* as it was given; NULL: stdout */
    char *file, *beside;
    int fd;
};

static bool
refuse(const struct target *t, struct err *err)
{
    return err_set(err, "%s cannot be written: %s", t->named ? t->named : "the export",
                   strerror(errno));
}

static bool
open_target(struct target *t, struct err *err)
{
    struct stat st;
    t->fd = STDOUT_FILENO;
    if (!t->named)
        return true;
    bool there = stat(t->named, &st) == 0;
    if (there && !S_ISREG(st.st_mode)) {
        t->fd = open(t->named, O_WRONLY | O_CLOEXEC);
        return t->fd >= 0 || refuse(t, err);
    }
    t->file = there ? realpath(t->named, NULL) : NULL; /* a link stays, and leads to the new file */
    if (!t->file)
        t->file = xstrdup(t->named);
    t->beside = xasprintf("%s.XXXXXX", t->file);
    t->fd = mkstemp(t->beside);
    if (t->fd >= 0)
        return true;
    free(t->beside);
    t->beside = NULL;
    return refuse(t, err);
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
    if (ok && t->beside && (fsync(t->fd) != 0 || rename(t->beside, t->file) != 0))
        ok = refuse(t, err);
    if (t->fd >= 0 && t->named && close(t->fd) != 0 && ok)
        ok = refuse(t, err);
    if (t->beside && ok)
        path_sync_folder(t->file);
    else if (t->beside)
        unlink(t->beside);
    free(t->beside);
    free(t->file);
    return ok;
}

bool
export_to_file(struct store *s, const struct export_choice *choice, const char *file,
               struct export_summary *summary, struct err *err)
{
    struct target t = {.named = file, .fd = -1};
    bool ok = open_target(&t, err) && export_run(s, choice, write_bytes, &t, summary, err);
    return close_target(&t, ok, err);
}
