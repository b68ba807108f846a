/* A long session made through the store's own interface. Thread: main. */
#ifndef TESTS_BENCH_MAKE_SESSION_H
#define TESTS_BENCH_MAKE_SESSION_H

#include <stddef.h>

/* Writes one session of the user into the database: so many turns, each with two whole answers of about
 * answer_bytes and every tenth with a verdict. The last message is "pesan N", N counting from 1. Aborts
 * when it cannot. */
void make_session(const char *database, const char *user, int turns, size_t answer_bytes);

#endif
