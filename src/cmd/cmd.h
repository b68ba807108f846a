/* Subcommands: one file each, all listed in main.c's table. Results go to stdout, messages to stderr.
 * Thread: main. */
#ifndef BERDUA_CMD_CMD_H
#define BERDUA_CMD_CMD_H

#include <stdbool.h>

/* The contract's exit codes. */
enum {
    EXIT_DONE = 0,
    EXIT_FAILED = 1,
    EXIT_USAGE = 2,
    EXIT_CONFIG = 3,
    EXIT_PARTLY = 4, /* some brain failed but one served */
    EXIT_NONE_SERVED = 5,
    EXIT_THRESHOLD = 6,
    EXIT_INTERRUPTED = 130
};

struct conf;

/* Options that stand before or after the command. */
struct globals {
    const char *config_file; /* -c, NULL: not given */
    const char *db;          /* --db, NULL: not given */
    bool no_color;           /* --no-color, NO_COLOR or TERM=dumb */
    bool quiet;
    int verbose;
};

/* Every command: X(NAME, what follows the name, what it does). A new one is a row here and a file cmd/NAME.c. */
#define COMMANDS(X)                                                                                \
    X(chat, "[-m MODE] [-u USER] [--continue | --session ID] [--demo] [--linear] [--record DIR]",  \
      "the screen; also without any command")                                                      \
    X(ask,                                                                                         \
      "[--json | --stream-json] [-m MODE] [--brain claude|llama|both] [-u USER] [MESSAGE | -]",    \
      "one message, the answer on stdout")                                                         \
    X(classify, "[--json] [--prev TEXT] [--lines]", "text on stdin: its kind and language")        \
    X(score, "[--json] [--prompt TEXT] [--lines]",                                                 \
      "an answer on stdin: its warmth, its cultural fit, and why")                                 \
    X(sessions, "list | show ID  [--json]", "what is stored")                                      \
    X(knowledge, "list | search TEXT | add | import FILE | sync  [--json]",                        \
      "what the brains can be told about manners and customs")                                     \
    X(route, "status | explain MESSAGE [-u USER] | set CATEGORY PERCENT | rollback  [--json]",     \
      "which brain answers what, why, and how far the rollout has come")                           \
    X(memory, "show USER | edit USER | forget USER | analyse SESSION  [--json]",                   \
      "what is inferred about people after a conversation")                                        \
    X(doctor, "[--json] [--offline]", "what works, what does not, and the remedy")                 \
    X(config, "init | check | show [--origin] | path", "the configuration")

/* argv[0] is the command's own name; global options are already taken out. */
#define X(name, usage, help) int cmd_##name(const struct globals *g, int argc, char **argv);
COMMANDS(X)
#undef X

/* The configuration; NULL after telling on stderr what is wrong with it (EXIT_CONFIG). */
struct conf *cmd_open_conf(const struct globals *g);
/* "berdua COMMAND: text" and a pointer to --help on stderr; returns EXIT_USAGE. */
int cmd_usage(const char *command, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
