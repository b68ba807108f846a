/* What a process uses, from /proc. Where there is none (macOS), `known` is false. */
#ifndef TESTS_BENCH_USAGE_H
#define TESTS_BENCH_USAGE_H

#include <stdbool.h>
#include <sys/types.h>

struct usage {
    bool known;
    double rss_mb;
    double cpu_s;     /* of all its living threads */
    long long sleeps; /* voluntary context switches of all threads: how often it was woken */
};

void usage_take(struct usage *u, pid_t pid);

#endif
