/* The object of `ask --json` against its contract, and small things that tests of commands share.
 * Thread: the test. */
#ifndef TESTS_SCREEN_CONTRACT_H
#define TESTS_SCREEN_CONTRACT_H

#include <stdbool.h>

#include "cli.h"

struct json;

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Every field of the turn and of its answers is there with its type; fails the test otherwise. */
void expect_contract(const struct json *turn);
/* A number of the object, -1 when it is null or absent. */
double num(const struct json *o, const char *key);
/* It ended in time with this code; else both outputs are printed and the test fails. */
void expect_exit(const struct cli_result *r, int code);
bool holds(const struct buf *b, const char *text);

#endif
