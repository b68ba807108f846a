#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/base/random.h"

#define PRESENCE_MARK "-open-"

char *
file_from_url(const char *url, struct err *err)
{
    static const char scheme[] = "sqlite:";
    const char *path = url ? url : "";
    if (strncmp(path, scheme, sizeof scheme - 1) == 0) {
        path += sizeof scheme - 1;
    } else if (strstr(path, "://")) {
        err_set(err, "store.url: %s: only sqlite:PATH can be used", url);
        return NULL;
    }
    return *path ? path_expand(path) : path_data("berdua.db");
}

/* What an errno about a file beside the database says of later tries. */
static enum db_trouble
file_trouble(int code)
{
    if (code == ENOSPC || code == EDQUOT)
        return DB_FULL;
    if (code == EACCES || code == EPERM || code == EROFS)
        return DB_READONLY;
    return DB_UNREACHABLE;
}

static void
say_trouble(enum db_trouble *to, int code)
{
    if (to)
        *to = file_trouble(code);
}

enum file_state
file_look(const char *path, enum db_trouble *trouble, struct err *err)
{
    struct stat st;
    if (stat(path, &st) != 0) {
        if (errno == ENOENT)
            return FILE_MISSING;
        say_trouble(trouble, errno);
        err_set(err, "%s: %s; name another file with --db", path, strerror(errno));
        return FILE_REFUSED;
    }
    if (!S_ISREG(st.st_mode)) {
        err_set(err, "%s: not a regular file; name another file with --db", path);
        return FILE_REFUSED;
    }
    return st.st_size == 0 ? FILE_MISSING : FILE_PRESENT;
}

static bool
cannot_make(const char *path, enum db_trouble *trouble, struct err *err)
{
    say_trouble(trouble, errno);
    return err_set(err, "%s: cannot be made: %s; name another file with --db", path,
                   strerror(errno));
}

bool
file_prepare(const char *path, enum db_trouble *trouble, struct err *err)
{
    struct stat st;
    struct err why;
    if (!path_make_parent(path, &why)) {
        say_trouble(trouble, errno);
        return err_set(err, "%s; name another file with --db", why.text);
    }
    /* Only a file that is new here is opened and closed by hand: a close of any descriptor drops all
     * locks that SQLite holds on the file in this process. */
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0)
        close(fd);
    else if (errno != EEXIST)
        return cannot_make(path, trouble, err);
    /* SQLite gives the files beside it the same permissions. */
    if (stat(path, &st) == 0 && st.st_uid == geteuid() && (st.st_mode & 077))
        chmod(path, st.st_mode & 0700); /* never adds: who made it read-only meant it */
    return true;
}

static const char *const companions[] = {"", "-wal", "-shm"};

/* NULL: all of them may be accessed so; errno says why not. */
static char *
first_refused(const char *path, int how)
{
    for (size_t i = 0; i < ARRAY_LEN(companions); i++) {
        char *name = xasprintf("%s%s", path, companions[i]);
        if (access(name, F_OK) == 0 && access(name, how) != 0)
            return name;
        free(name);
    }
    char *folder = path_folder(path);
    if (access(folder, how == R_OK ? X_OK : how | X_OK) != 0)
        return folder;
    free(folder);
    return NULL;
}

char *
file_blocker(const char *path, const char **why)
{
    char *name = first_refused(path, R_OK);
    if (name) {
        *why = "may not be read; change its permissions";
        return name;
    }
    name = first_refused(path, W_OK);
    if (name)
        *why = errno == EROFS ? "is on a read-only file system; mount it for writing"
                              : "is read-only; change its permissions";
    return name;
}

void
file_mend_companions(const char *path)
{
    struct stat database, st;
    if (stat(path, &database) != 0 || !(database.st_mode & 0200))
        return;
    for (size_t i = 1; i < ARRAY_LEN(companions); i++) {
        char *name = xasprintf("%s%s", path, companions[i]);
        if (lstat(name, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid() &&
            !(st.st_mode & 0200))
            chmod(name, database.st_mode & 0600);
        free(name);
    }
}

bool
file_lock(int fd, const char *name, int how)
{
    struct stat mine, there;
    int code;
    do
        code = flock(fd, how);
    while (code != 0 && errno == EINTR);
    return code == 0 && fstat(fd, &mine) == 0 && lstat(name, &there) == 0 &&
           mine.st_ino == there.st_ino;
}

/* ---- instance_lock ---- */

struct instance_lock {
    int fd;
    char *file;
    char id[ID_LEN + 1];
};

static char *
instance_lock_file(const char *path, const char *id)
{
    return xasprintf("%s" PRESENCE_MARK "%s", path, id);
}

struct instance_lock *
instance_lock_create(const char *path, enum db_trouble *trouble, struct err *err)
{
    struct instance_lock *p = xcalloc(1, sizeof *p);
    id_make(p->id);
    p->file = instance_lock_file(path, p->id);
    for (;;) {
        p->fd = open(p->file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (p->fd < 0) {
            cannot_make(p->file, trouble, err);
            instance_lock_destroy(&p);
            return NULL;
        }
        /* Waits only for a moment: others hold the lock no longer than it takes to see that it is free. */
        if (file_lock(p->fd, p->file, LOCK_EX))
            return p;
        /* Between open and lock a sweep may have taken the file for a dead one's. */
        close(p->fd);
    }
}

void
instance_lock_destroy(struct instance_lock **p)
{
    if (!*p)
        return;
    if ((*p)->fd >= 0) {
        unlink((*p)->file);
        close((*p)->fd);
    }
    free((*p)->file);
    free(*p);
    *p = NULL;
}

const char *
instance_lock_id(const struct instance_lock *p)
{
    return p->id;
}

/* Is the lock on this file free? Shared, so that two who look do not take each other for the owner. */
static bool
lock_free(int fd)
{
    return flock(fd, LOCK_SH | LOCK_NB) == 0;
}

bool
instance_lock_alive(const char *path, const char *id)
{
    if (!id || !*id || strchr(id, '/'))
        return false;
    char *file = instance_lock_file(path, id);
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    bool alive = fd < 0 ? errno != ENOENT : !lock_free(fd);
    if (fd >= 0)
        close(fd);
    free(file);
    return alive;
}

void
instance_lock_sweep(const char *path)
{
    char *start = instance_lock_file(path, ""), **files;
    size_t count;
    path_list(start, &files, &count, NULL);
    for (size_t i = 0; i < count; i++) {
        bool is_lock = strlen(files[i]) == strlen(start) + ID_LEN;
        int fd = is_lock ? open(files[i], O_RDONLY | O_CLOEXEC) : -1;
        if (fd >= 0 && lock_free(fd))
            unlink(files[i]);
        if (fd >= 0)
            close(fd);
        free(files[i]);
    }
    free(files);
    free(start);
}
