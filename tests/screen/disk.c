#define _GNU_SOURCE /* prlimit */
#include "unit/unit.h"

#include "disk.h"

#include <sys/resource.h>

/* No file may grow beyond this. */
static void
limit_files(int pid, rlim_t bytes)
{
    struct rlimit limit;
    assert_int_equal(prlimit(pid, RLIMIT_FSIZE, NULL, &limit), 0);
    limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
    assert_int_equal(prlimit(pid, RLIMIT_FSIZE, &limit, NULL), 0);
}

void
disk_fill(int pid)
{
    limit_files(pid, 8192);
}

void
disk_free(int pid)
{
    limit_files(pid, RLIM_INFINITY);
}
