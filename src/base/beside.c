#define _GNU_SOURCE /* O_TMPFILE, where there is one */
#include "berdua/base/beside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/base/random.h"

/* Nobody else names a file so, hence it may be removed. What still is written to is locked. */
#define MARK ".berdua-"
enum { MARK_RANDOM = 6, TRIES_MOST = 100 };

static bool
remove_dead(const char *name)
{
    int fd = open(name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return false;
    bool dead = flock(fd, LOCK_EX | LOCK_NB) == 0 && unlink(name) == 0;
    close(fd);
    return dead;
}

static void
remove_all_dead(const char *file)
{
    char *start = xasprintf("%s" MARK, file), **names = NULL;
    size_t count = 0, length = strlen(start) + MARK_RANDOM;
    path_list(start, &names, &count, NULL);
    for (size_t i = 0; i < count; i++) {
        if (strlen(names[i]) == length)
            remove_dead(names[i]);
        free(names[i]);
    }
    free(names);
    free(start);
}

/* ---- without a name ---- */

#ifdef O_TMPFILE
static int
open_nameless(const char *file)
{
    char *folder = path_folder(file);
    int fd = access("/proc/self/fd", X_OK) == 0
                 ? open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600)
                 : -1;
    free(folder);
    return fd;
}

/* Gives it a name that nobody has. */
static bool
link_name(struct beside *b)
{
    char self[32];
    snprintf(self, sizeof self, "/proc/self/fd/%d", b->fd);
    for (int i = 0; i < TRIES_MOST; i++) {
        unsigned random;
        random_fill(&random, sizeof random);
        b->name = xasprintf("%s" MARK "%06x", b->file, random & 0xffffffU);
        if (linkat(AT_FDCWD, self, AT_FDCWD, b->name, AT_SYMLINK_FOLLOW) == 0)
            return true;
        free(b->name);
        b->name = NULL;
        if (errno != EEXIST)
            return false;
    }
    return false;
}
#else
static int
open_nameless(const char *file)
{
    (void)file;
    return -1;
}

static bool
link_name(struct beside *b)
{
    (void)b;
    return false;
}
#endif

/* ---- with one ---- */

/* Between the two calls another one may take it for a dead one's. */
static bool
open_named(struct beside *b)
{
    for (int i = 0; i < TRIES_MOST; i++) {
        struct stat st;
        b->name = xasprintf("%s" MARK "XXXXXX", b->file);
        b->fd = mkstemp(b->name);
        if (b->fd >= 0 && (flock(b->fd, LOCK_EX) != 0 || fstat(b->fd, &st) != 0 || st.st_nlink > 0))
            return true;
        free(b->name);
        b->name = NULL;
        if (b->fd < 0)
            return false;
        close(b->fd);
    }
    errno = EBUSY;
    return false;
}

/* A pipe that nobody reads would be waited for. */
static int
open_through(const char *file)
{
    int fd = open(file, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd >= 0)
        fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
    return fd;
}

bool
beside_open(struct beside *b, const char *file)
{
    struct stat st;
    bool there = stat(file, &st) == 0;
    char *meant = there ? realpath(file, NULL) : NULL;
    *b = (struct beside){.file = meant ? meant : xstrdup(file)};
    b->through = there && !S_ISREG(st.st_mode);
    if (b->through) {
        b->fd = open_through(file);
    } else {
        remove_all_dead(b->file);
        b->fd = open_nameless(b->file);
    }
    if (b->fd >= 0 || (!b->through && open_named(b)))
        return true;
    int why = errno;
    free(b->file);
    errno = why;
    return false;
}

static void
close_all(struct beside *b)
{
    int why = errno;
    if (b->fd >= 0)
        close(b->fd);
    free(b->name);
    free(b->file);
    *b = (struct beside){.fd = -1};
    errno = why;
}

static bool
take_place(struct beside *b)
{
    flock(b->fd, LOCK_EX);
    if (fsync(b->fd) != 0 || (!b->name && !link_name(b)) || rename(b->name, b->file) != 0)
        return false;
    path_sync_folder(b->file);
    return true;
}

bool
beside_commit(struct beside *b)
{
    if (!b->through && !take_place(b)) {
        beside_drop(b);
        return false;
    }
    close_all(b);
    return true;
}

void
beside_drop(struct beside *b)
{
    int why = errno;
    if (b->name)
        unlink(b->name);
    errno = why;
    close_all(b);
}
