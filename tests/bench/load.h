/* The server that is measured against: streams words at a set pace in the Anthropic form (lane 0) and
 * the OpenAI form (lane 1), and keeps when it did what. Every MARK_EVERY-th token and the last one is a
 * marker, "a00017": the lane's letter, the token's number. Owns one thread; functions from any. */
#ifndef TESTS_BENCH_LOAD_H
#define TESTS_BENCH_LOAD_H

#include <stdbool.h>
#include <stdint.h>

enum { LANES = 2, MARK_EVERY = 5, MAX_TOKENS = 20000, MARKER_CHARS = 6 };

struct load_plan {
    int tokens;       /* per lane, at most MAX_TOKENS */
    int64_t first_us; /* from the request to the first token */
    int64_t gap_us;   /* between tokens; 0: as fast as they are taken */
};

struct load;

/* Aborts when no socket can be had; the kernel chooses the port. */
struct load *load_start(void);
void load_stop(struct load **l);
int load_port(const struct load *l);
/* For the requests that follow; forgets the times of those before. */
void load_set(struct load *l, const struct load_plan *plan);
/* When the whole request was read, and just before the write that completed the token; 0: not yet.
 * Monotonic microseconds. Without a gap only the first and the last token have a time. */
int64_t load_request_us(struct load *l, int lane);
int64_t load_written_us(struct load *l, int lane, int token);

#endif
