#include "berdua/base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"

/* HOME, else the home folder of the password file, else the working directory. */
static char *
home(void)
{
    const char *env = getenv("HOME");
    if (env && env[0] == '/')
        return xstrdup(env);
    char room[4096];
    struct passwd entry, *found = NULL;
    if (getpwuid_r(getuid(), &entry, room, sizeof room, &found) == 0 && found && found->pw_dir)
        return xstrdup(found->pw_dir);
    return xstrdup(".");
}

static char *
xdg(const char *variable, const char *fallback, const char *name)
{
    const char *env = getenv(variable);
    if (env && env[0] == '/')
        return xasprintf("%s/berdua/%s", env, name);
    char *h = home();
    char *path = xasprintf("%s/%s/berdua/%s", h, fallback, name);
    free(h);
    return path;
}

char *
path_config(const char *name)
{
    return xdg("XDG_CONFIG_HOME", ".config", name);
}

char *
path_data(const char *name)
{
    return xdg("XDG_DATA_HOME", ".local/share", name);
}

char *
path_state(const char *name)
{
    return xdg("XDG_STATE_HOME", ".local/state", name);
}

char *
path_expand(const char *path)
{
    if (path[0] != '~' || (path[1] != '/' && path[1] != 0))
        return xstrdup(path);
    char *h = home();
    char *expanded = xasprintf("%s%s", h, path + 1);
    free(h);
    return expanded;
}

bool
path_make_parent(const char *file, struct err *err)
{
    char *path = xstrdup(file);
    bool ok = true;
    /* From the second byte on, so that "/" itself is never made. */
    for (char *slash = path[0] ? strchr(path + 1, '/') : NULL; ok && slash;
         slash = strchr(slash + 1, '/')) {
        *slash = 0;
        struct stat st;
        if (mkdir(path, 0700) != 0 && !(stat(path, &st) == 0 && S_ISDIR(st.st_mode)))
            ok = err_set(err, "%s: cannot make the folder: %s", path,
                         strerror(errno == EEXIST ? ENOTDIR : errno));
        *slash = '/';
    }
    free(path);
    return ok;
}

bool
path_read(const char *file, struct buf *out, struct err *err)
{
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_set(err, "%s: %s", file, strerror(errno));
    bool ok = true;
    for (;;) {
        char chunk[16384];
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            ok = err_set(err, "%s: %s", file, strerror(errno));
        else if (n > 0 && !buf_append(out, chunk, (size_t)n))
            ok = err_set(err, "%s: larger than %zu bytes", file, out->max);
        if (n <= 0 || !ok)
            break;
    }
    close(fd);
    return ok;
}

static bool
write_all(int fd, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t done = write(fd, p, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return false;
        p += done;
        n -= (size_t)done;
    }
    return fsync(fd) == 0;
}

/* The rename itself survives a crash only when the folder is synced too. Some file systems refuse to
 * sync a folder; then there is nothing more to be done. */
static void
sync_parent(const char *file)
{
    const char *slash = strrchr(file, '/');
    char *dir = !slash ? xstrdup(".") : slash == file ? xstrdup("/") : xstrndup(file, slash - file);
    int fd = open(dir, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(dir);
}

bool
path_write_atomic(const char *file, const char *p, size_t n, struct err *err)
{
    char *temporary = xasprintf("%s.XXXXXX", file);
    int fd = mkstemp(temporary); /* 0600 */
    bool ok = fd >= 0 && write_all(fd, p, n);
    int why = errno;
    if (fd >= 0 && close(fd) != 0 && ok) {
        ok = false;
        why = errno;
    }
    if (ok && rename(temporary, file) != 0) {
        ok = false;
        why = errno;
    }
    if (ok) {
        sync_parent(file);
    } else {
        err_set(err, "%s: %s", file, strerror(why));
        if (fd >= 0)
            unlink(temporary);
    }
    free(temporary);
    return ok;
}
