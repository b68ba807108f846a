/* `ask --json` run against a configured place, and its one object taken apart. Thread: the test. */
#ifndef TESTS_SCREEN_REPORT_H
#define TESTS_SCREEN_REPORT_H

#include "cli.h"

struct json;

struct report {
    struct cli_result run;
    struct json *root; /* NULL when stdout was not one JSON object */
};

/* args: further arguments before the message, NULL-terminated, or NULL for none. */
void report_ask(struct report *r, struct place *place, const char *const *args,
                const char *message);
void report_finish(struct report *r);
/* The answer of "claude" or "llama"; fails the test when there is none. */
const struct json *report_answer(const struct report *r, const char *brain);
/* String at a dotted path, "" when absent or null. */
const char *report_str(const struct json *v, const char *path);

#endif
