/* Values of options that several commands take, read and refused in one way. Each function returns 0, or EXIT_USAGE after
 * it has said what is wrong; where the option was not given, *out is left as it is. Thread: main. */
#ifndef BERDUA_CMD_VALUES_H
#define BERDUA_CMD_VALUES_H

#include <stdint.h>

#include "cmd.h"

/* A whole number from `least` to `most`. */
int value_number(const struct command *c, const struct cmd_args *a, int option, int64_t least,
                 int64_t most, int64_t *out);
/* A time as when_parse takes it, in microseconds. */
int value_time(const struct command *c, const struct cmd_args *a, int option, int64_t *out);
/* One of the project's words by its parser: category_parse, language_parse, chat_mode_parse. */
int value_word(const struct command *c, const struct cmd_args *a, int option,
               int (*parse)(const char *name), int *out);

#endif
