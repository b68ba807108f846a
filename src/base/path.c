#include "berdua/base/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "berdua/base/beside.h"
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

const char *
path_unwritable(int why)
{
    switch (why) {
    case ENOENT:
        return "its folder does not exist; make it first";
    case ENOTDIR:
        return "a part of its path is no folder; name another place";
    case EISDIR:
        return "that is a folder; name a file in it";
    case EACCES:
    case EPERM:
    case EROFS:
        return "you may not write there; name another place";
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return "the disk is full; free some space";
    default:
        return strerror(why);
    }
}

bool
path_make_parent(const char *file, struct err *err)
{
    char *path = xstrdup(file);
    int why = 0;
    /* From the second byte on, so that "/" itself is never made. */
    for (char *slash = path[0] ? strchr(path + 1, '/') : NULL; !why && slash;
         slash = strchr(slash + 1, '/')) {
        *slash = 0;
        struct stat st;
        if (mkdir(path, 0700) != 0)
            why = errno;
        if (why && stat(path, &st) == 0)
            why = S_ISDIR(st.st_mode) ? 0 : ENOTDIR;
        if (why)
            err_set(err, "%s: cannot make the folder: %s", path, strerror(why));
        *slash = '/';
    }
    free(path);
    errno = why;
    return !why;
}

bool
path_read_fd(int fd, struct buf *out, struct err *err)
{
    char chunk[16384];
    ssize_t n;
    while ((n = read(fd, chunk, sizeof chunk)) != 0) {
        if (n < 0 && errno != EINTR)
            return err_set(err, "%s", strerror(errno));
        if (n > 0 && !buf_append(out, chunk, (size_t)n))
            return err_set(err, "larger than %zu bytes", out->max);
    }
    return true;
}

int
path_open_plain(const char *file, int flags, mode_t mode, struct stat *st, struct err *err)
{
    struct stat is = {0};
    int fd = open(file, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, mode), why = 0;
    if (fd < 0 || fstat(fd, &is) != 0)
        why = errno == ENXIO ? EINVAL : errno; /* ENXIO: a FIFO that nobody reads */
    else if (!S_ISREG(is.st_mode))
        why = S_ISDIR(is.st_mode) ? EISDIR : EINVAL;
    if (st)
        *st = is;
    if (!why)
        return fd;
    const char *text = flags & O_CREAT ? path_unwritable(why) : strerror(why);
    err_set(err, "%s: %s", file, why == EINVAL ? "not a plain file" : text);
    if (fd >= 0)
        close(fd);
    errno = why;
    return -1;
}

bool
path_check_plain(const char *file, int64_t max_bytes, struct err *err)
{
    struct stat st = {0};
    int fd = path_open_plain(file, O_RDONLY, 0, &st, err);
    if (fd < 0)
        return false;
    close(fd);
    return st.st_size <= max_bytes ||
           err_set(err, "%s: larger than %lld bytes", file, (long long)max_bytes);
}

bool
path_read(const char *file, struct buf *out, struct err *err)
{
    return path_read_mode(file, out, NULL, err);
}

bool
path_read_mode(const char *file, struct buf *out, unsigned *mode, struct err *err)
{
    struct stat st = {0};
    int fd = path_open_plain(file, O_RDONLY, 0, &st, err);
    if (fd < 0)
        return false;
    if (mode)
        *mode = st.st_mode & 07777;
    bool ok = path_read_fd(fd, out, err) || err_prefix(err, "%s", file);
    close(fd);
    return ok;
}

bool
path_write_fd(int fd, const char *p, size_t n)
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
    return true;
}

const char *
path_base(const char *file)
{
    const char *slash = strrchr(file, '/');
    return slash ? slash + 1 : file;
}

char *
path_folder(const char *file)
{
    size_t n = (size_t)(path_base(file) - file);
    return n ? xstrndup(file, n > 1 ? n - 1 : 1) : xstrdup(".");
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

bool
path_list(const char *start, char ***names, size_t *count, struct err *err)
{
    const char *prefix = path_base(start);
    char *folder = path_folder(start);
    DIR *d = opendir(folder);
    bool ok = d || err_set(err, "%s: %s", folder, strerror(errno));
    *names = NULL;
    *count = 0;
    for (struct dirent *e; d && (e = readdir(d));)
        if (strncmp(e->d_name, prefix, strlen(prefix)) == 0) {
            *names = xgrow(*names, *count, sizeof **names);
            (*names)[(*count)++] = xasprintf("%.*s%s", (int)(prefix - start), start, e->d_name);
        }
    if (d)
        closedir(d);
    if (*count)
        qsort(*names, *count, sizeof **names, by_name);
    free(folder);
    return ok;
}

void
path_sync_folder(const char *file)
{
    char *folder = path_folder(file);
    int fd = open(folder, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
}

int
path_make_temporary(char **file)
{
    const char *folder = getenv("TMPDIR");
    *file = xasprintf("%s/berdua-XXXXXX", folder && *folder == '/' ? folder : "/tmp");
    return mkstemp(*file);
}

bool
path_write_atomic(const char *file, const char *p, size_t n, struct err *err)
{
    struct beside b;
    bool ok = beside_open(&b, file);
    if (ok && !path_write_fd(b.fd, p, n)) {
        beside_drop(&b);
        ok = false;
    }
    return (ok && beside_commit(&b)) || err_set(err, "%s: %s", file, path_unwritable(errno));
}
