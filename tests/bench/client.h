/* A program under measurement: in a pseudo-terminal of 160x48, or with its output in a pipe. What it
 * writes is stamped just after the read that brought it, and scanned. Thread: main. */
#ifndef TESTS_BENCH_CLIENT_H
#define TESTS_BENCH_CLIENT_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "scan.h"

struct client {
    pid_t pid;
    int fd; /* -1: its output has ended */
    int64_t started_us;
    long long bytes; /* written so far */
    struct scan scan;
};

enum client_kind { CLIENT_TERMINAL, CLIENT_PIPE };

/* Both end with NULL; argv[0] is a path or found in PATH. Aborts when it cannot be started. */
struct client *client_start(enum client_kind kind, char *const *argv, char *const *env);
/* Kills it and waits; adds its CPU time to *cpu_s unless that is NULL. */
void client_stop(struct client **c, double *cpu_s);
void client_send(struct client *c, const char *bytes);
/* Reads from n clients until done(arg) or the time has come; true: done. done is asked after each
 * read; NULL: only the time ends it. */
bool client_pump(struct client *const *clients, int n, bool (*done)(void *arg), void *arg,
                 int64_t until_us);

#endif
