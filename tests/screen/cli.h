/* Runs the program without a terminal. Thread: the test. */
#ifndef TESTS_SCREEN_CLI_H
#define TESTS_SCREEN_CLI_H

#include <stdbool.h>
#include <stdint.h>

#include "berdua/base/buf.h"

#include "place.h"

struct cli_result {
    int code;   /* exit code, or 128 + signal */
    int signal; /* 0: it exited */
    bool late;  /* it did not end before the deadline and was killed */
    int64_t took_us;
    struct buf out, err;
};

/* args: NULL-terminated, without the program's name. input: what stdin holds, NULL: nothing. */
void cli_run(struct cli_result *r, struct place *place, const char *const *args, const char *input);
void cli_finish(struct cli_result *r);
/* Prints both outputs to stderr: for a test that is about to fail. */
void cli_show(const struct cli_result *r);

/* The id of the one session that is stored; a new string. */
char *cli_only_session(struct place *place);

/* Runs and leaves it running; cli_wait fills the result. signal 0 only waits. */
struct cli;
struct cli *cli_start(struct place *place, const char *const *args, const char *input);
int cli_pid(const struct cli *c);
/* Reads until stdout holds the text; false when it ends or the deadline passes first. */
bool cli_wait_out(struct cli *c, const char *text);
void cli_wait(struct cli **c, struct cli_result *r);

#endif
