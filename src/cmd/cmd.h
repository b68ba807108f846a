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

/* argv[0] is the command's own name; global options are already taken out. */
int cmd_chat(const struct globals *g, int argc, char **argv);
int cmd_ask(const struct globals *g, int argc, char **argv);
int cmd_sessions(const struct globals *g, int argc, char **argv);
int cmd_doctor(const struct globals *g, int argc, char **argv);
int cmd_knowledge(const struct globals *g, int argc, char **argv);
int cmd_classify(const struct globals *g, int argc, char **argv);
int cmd_score(const struct globals *g, int argc, char **argv);
int cmd_route(const struct globals *g, int argc, char **argv);
int cmd_memory(const struct globals *g, int argc, char **argv);
int cmd_config(const struct globals *g, int argc, char **argv);

/* The configuration; NULL after telling on stderr what is wrong with it (EXIT_CONFIG). */
struct conf *cmd_open_conf(const struct globals *g);
/* "berdua COMMAND: text" and a pointer to --help on stderr; returns EXIT_USAGE. */
int cmd_usage(const char *command, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
