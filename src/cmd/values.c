#include "values.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "berdua/base/clock.h"
#include "berdua/base/when.h"

int
value_number(const struct command *c, const struct cmd_args *a, int option, int64_t least,
             int64_t most, int64_t *out)
{
    const char *text = a->values[option];
    char *end;
    if (!text)
        return 0;
    errno = 0;
    long long n = strtoll(text, &end, 10);
    if (end == text || *end || errno || n < least || n > most)
        return cmd_usage(c->name,
                         "--%s takes a whole number from %" PRId64 " to %" PRId64 ", not \"%s\"",
                         c->options[option].name, least, most, text);
    *out = n;
    return 0;
}

int
value_time(const struct command *c, const struct cmd_args *a, int option, int64_t *out)
{
    const char *text = a->values[option];
    if (!text || when_parse(text, clock_wall_us(), out))
        return 0;
    return cmd_usage(c->name,
                     "--%s \"%s\" is no time: 2026-01-31, 2026-01-31T12:00:00+08:00, yesterday",
                     c->options[option].name, text);
}

int
value_word(const struct command *c, const struct cmd_args *a, int option,
           int (*parse)(const char *name), int *out)
{
    const char *text = a->values[option];
    int word = text ? parse(text) : 0;
    if (word < 0)
        return cmd_usage(c->name, "--%s does not know \"%s\"; see berdua-%s(1)",
                         c->options[option].name, text, c->name);
    if (text)
        *out = word;
    return 0;
}
