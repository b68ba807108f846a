/* A disk that is full, for this process and the programs that it starts. */
#ifndef TESTS_UNIT_FULL_DISK_H
#define TESTS_UNIT_FULL_DISK_H

#include "unit/unit.h"

#include <signal.h>
#include <sys/resource.h>

/* No file may grow beyond `bytes`: writes fail as on a full disk. RLIM_INFINITY: there is room again. */
static inline void
limit_files(rlim_t bytes)
{
    struct rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
    signal(SIGXFSZ, bytes == RLIM_INFINITY ? SIG_DFL : SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

#endif
