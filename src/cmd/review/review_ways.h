/* The two ways to judge stored pairs: on the screen, and line by line. Thread: main. */
#ifndef BERDUA_CMD_REVIEW_WAYS_H
#define BERDUA_CMD_REVIEW_WAYS_H

#include "berdua/conf/config.h"
#include "berdua/review/review.h"
#include "cmd/cmd.h"

/* opts: all but the loop and what is told. The exit code. */
int review_screen(const struct config *config, const struct globals *g,
                  const struct review_opts *opts);
int review_linear(const struct config *config, const struct globals *g,
                  const struct review_opts *opts);
/* What was judged, now with its names; ends what runs and writes what is queued. The exit code: of `code`, unless something
 * is not saved. */
int review_end(struct review **r, int code);

#endif
