/* Commands: one file each, which ends in its table; main.c lists the tables. Results go to stdout, messages
 * to stderr. Thread: main. */
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
struct config;
struct err;
struct measure;
struct store;

/* Options that stand before or after the command. */
struct globals {
    const char *config_file; /* -c, NULL: not given */
    const char *db;          /* --db, NULL: not given */
    bool no_color;           /* --no-color, NO_COLOR or TERM=dumb */
    bool quiet;
    int verbose;
};

struct cmd_option {
    const char *name;  /* "json" for --json */
    const char *value; /* what the help calls its value; NULL: it takes none */
    char letter;       /* 0: it has no short form */
    bool
        repeats; /* each further value is joined to the first by a comma; one option of a command */
    const char *help; /* one short line */
};

struct cmd_args;

struct cmd_verb {
    const char *name;
    const char *words; /* what the help calls its words; NULL: it takes none */
    int least, most;   /* how many words */
    bool (*work)(const struct cmd_args *args,
                 struct err *err); /* NULL: the command's own does it */
    const char *help;              /* one short line; NULL of a command's only way */
};

enum { CMD_OPTIONS_MOST = 12, CMD_WORDS_MOST = 1 << 20 };

/* What was given. Strings are argv's. */
struct cmd_args {
    int verb; /* its index; 0 where the command has none */
    char **words;
    int word_count;
    /* By the option's index; "" without a value; NULL: not given. */
    const char *values[CMD_OPTIONS_MOST];
    char *joined; /* what such a value points to, where there was more than one */
    const struct globals *globals;
    const struct conf *conf; /* for `work` only */
    const struct config *config;
    struct store *store; /* of a command that is `stored` */
};

struct command {
    const char *name;
    const struct cmd_verb
        *verbs; /* verb_count of them; 0: `alone` says which words the command takes */
    int verb_count;
    const struct cmd_option *options;
    int option_count;
    struct cmd_verb alone;
    const char *help;
    /* Wrong usage that the tables cannot say: EXIT_USAGE after it was reported, else 0. NULL: there is none. */
    int (*check)(const struct cmd_args *args);
    /* The command's work without, or (when run is NULL) with the configuration loaded; the exit code. */
    int (*run)(const struct globals *g, const struct cmd_args *args);
    int (*work)(const struct cmd_args *args, struct err *err);
    bool stored; /* its work needs the store open */
};

#define CMD_TABLE(kind, table)                                                                     \
    .kind##s = (table), .kind##_count = (int)(sizeof(table) / sizeof *(table))

extern const struct command command_chat, command_ask, command_sessions, command_doctor,
    command_knowledge, command_classify, command_score, command_route, command_memory,
    command_config, command_export, command_report, command_completion, command_review,
    command_judge, command_eval, command_replay, command_team;
extern const struct command *const cmd_all[];
extern const int cmd_count;

/* Reads argv (argv[0] is the command's own name; global options are already taken out) by the command's
 * table and runs it; its exit code. */
int cmd_execute(const struct command *c, const struct globals *g, int argc, char **argv);
/* On stdout: how the command is used. whole: with what it is for. */
void cmd_print_help(const struct command *c, bool whole);
/* The configuration; NULL (EXIT_CONFIG) after the reason was printed on stderr. */
struct conf *cmd_open_conf(const struct globals *g);
/* What the screen alone needs of it: theme and keys. err names the file. */
bool cmd_screen_good(const struct conf *conf, struct err *err);
/* The log of a command that has a screen or runs for long; -v and -vv say how much is written. */
void cmd_open_log(const struct globals *g);
/* With the user's own lexicons; NULL with err when one of them is wrong. */
struct measure *cmd_open_measure(struct err *err);
/* "berdua COMMAND: text" and a pointer to --help on stderr; returns EXIT_USAGE. */
int cmd_usage(const char *command, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
