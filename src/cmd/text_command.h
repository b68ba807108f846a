/* A command that measures text from standard input: one text, or with --lines one JSON object a line. Thread: main. */
#ifndef BERDUA_CMD_TEXT_COMMAND_H
#define BERDUA_CMD_TEXT_COMMAND_H

#include <stddef.h>

struct cmd_args;
struct json;
struct measure;

/* The options of every such command, whose context option is named so. */
enum { TEXT_JSON, TEXT_LINES, TEXT_CONTEXT };
#define TEXT_OPTIONS(context, about)                                                               \
    [TEXT_JSON] = {"json", .help = "one JSON object"},                                             \
    [TEXT_LINES] = {"lines", .help = "a JSON object a line in, a result a line out"},              \
    [TEXT_CONTEXT] = {context, "TEXT", .help = about}

/* What is measured. */
struct text_input {
    const char *text;
    size_t n;
    const char *context; /* the message before, or the prompt; NULL: none */
    int language;        /* of the session, -1: not known */
};

struct text_command {
    const char *name; /* of the command */
    const char
        *context; /* the option that gives the context, without dashes; the same key in a line */
    struct json *(*to_json)(const struct measure *m, const struct text_input *in); /* new */
    void (*print)(const struct measure *m, const struct text_input *in);           /* for people */
};

/* A line that is no object is reported on stderr with its number and answered by {"error": …}, so that the order of
 * results is that of the lines. Returns an exit code. */
int text_command_run(const struct text_command *c, const struct cmd_args *args);

#endif
