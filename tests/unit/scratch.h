/* A folder or file of its own for a test, in $TMPDIR or else /tmp. */
#ifndef TESTS_UNIT_SCRATCH_H
#define TESTS_UNIT_SCRATCH_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

enum { SCRATCH_BYTES = 64 }; /* of its path */

/* 0, or -1 with errno: it was not made. */
static inline int
scratch_make(char folder[SCRATCH_BYTES])
{
    const char *tmp = getenv("TMPDIR");
    snprintf(folder, SCRATCH_BYTES, "%s/berdua-unit-XXXXXX", tmp ? tmp : "/tmp");
    return mkdtemp(folder) ? 0 : -1;
}

/* A file there, open to read and write; -1 with errno: it was not made. */
static inline int
scratch_file(char path[SCRATCH_BYTES])
{
    const char *tmp = getenv("TMPDIR");
    snprintf(path, SCRATCH_BYTES, "%s/berdua-unit-XXXXXX", tmp ? tmp : "/tmp");
    return mkstemp(path);
}

static inline int
scratch_remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st, (void)flag, (void)ftw;
    return remove(path);
}

/* With everything in it. */
static inline int
scratch_remove(const char *folder)
{
    return nftw(folder, scratch_remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

#endif
