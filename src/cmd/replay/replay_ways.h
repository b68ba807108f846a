/* The two ways to watch a replay. Thread: main. */
#ifndef BERDUA_CMD_REPLAY_WAYS_H
#define BERDUA_CMD_REPLAY_WAYS_H

#include "berdua/conf/config.h"
#include "berdua/replay/replay.h"
#include "cmd/cmd.h"

struct replay_show {
    struct replay *replay;
    double speed;     /* INFINITY: at once */
    const char *what; /* "session 01J…", "claude.jsonl" */
};
/* On the screen of a chat; stays until it is left. The exit code, as of the next. */
int replay_screen(const struct config *config, const struct globals *g,
                  const struct replay_show *show);
/* Lines on stdout: a message when it came, an answer when it was whole. */
int replay_linear(const struct replay_show *show);

/* When the next thing happens, on the clock, and everything before it has; start_us: the clock at the beginning. */
int64_t replay_advance(const struct replay_show *show, int64_t start_us);

#endif
