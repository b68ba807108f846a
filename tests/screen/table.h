/* A set table for a chat: two stand-in servers, a configured place, and the program on a screen.
 * Shared by the tests of the screen. Thread: the test. */
#ifndef TESTS_SCREEN_TABLE_H
#define TESTS_SCREEN_TABLE_H

#include "standin/standin.h"

#include "harness.h"

struct table {
    struct standin *claude, *llama;
    struct place *place;
    struct screen *screen; /* NULL until table_start */
};

/* For cmocka: *state becomes a table, and is given back. */
int table_set(void **state);
int table_clear(void **state);
/* Starts `berdua chat` on a screen of this size and waits for its input line (none below 10 columns). */
struct screen *table_start(struct table *t, int rows, int cols);
/* Types the message and Enter, then waits until both servers have been asked once more and the screen shows the new turn:
 * what it says from then on is not of the turn before. */
void table_say(struct table *t, const char *message);
/* The panel says of both brains that they are done; with a wait for it. */
bool table_both_done(struct screen *s, void *unused);
void table_expect_done(struct screen *s);
/* Leaves with Ctrl-D and asserts a sane terminal and exit code 0. */
void table_leave(struct table *t);

#define AT_A_TABLE(test) cmocka_unit_test_setup_teardown(test, table_set, table_clear)

#endif
