#include "chat_options.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/chat/terms.h"
#include "cmd/values.h"

#define SPEED_LEAST 0.1
#define SPEED_MOST  100.0

const struct cmd_option chat_options[OPT_COUNT] = {
    [OPT_MODE] = {"mode", "MODE", 'm',
                  .help = "the mode: parallel, shadow, context, route, jiwa or full"},
    [OPT_USER] = {"user", "USER", 'u', .help = "whose conversation it is"},
    [OPT_CONTINUE] = {"continue", .help = "go on with the newest session"},
    [OPT_SESSION] = {"session", "ID", .help = "go on with this session"},
    [OPT_BLIND] = {"blind", .help = "compare without names"},
    [OPT_RATER] = {"rater", "NAME", .help = "who judges"},
    [OPT_DEMO] = {"demo", .help = "play recorded exchanges: no key, no network"},
    [OPT_TOUR] = {"tour", .help = "the demo, with a tour through five modes"},
    [OPT_SPEED] = {"speed", "TIMES", .help = "how many times as fast the demo goes"},
    [OPT_LINEAR] = {"linear", .help = "no screen"},
    [OPT_RECORD] = {"record", "DIR",
                    .help = "write answers into this folder as they come off the wire"}};

bool
chat_is_demo(const char *const *v)
{
    return v[OPT_DEMO] || v[OPT_TOUR];
}

double
chat_demo_speed(const char *text)
{
    char *end;
    double v = text ? strtod(text, &end) : 1;
    return text && (end == text || *end || !(v >= SPEED_LEAST && v <= SPEED_MOST)) ? 0 : v;
}

int
chat_wrong_usage(const struct cmd_args *given)
{
    const char *const *v = given->values;
    int mode;
    if (given->word_count)
        return cmd_usage("chat", "\"%s\" is not expected; for one message use: berdua ask",
                         given->words[0]);
    if (value_word(&command_chat, given, OPT_MODE, chat_mode_parse, &mode))
        return EXIT_USAGE;
    if (v[OPT_CONTINUE] && v[OPT_SESSION])
        return cmd_usage("chat", "--continue and --session exclude each other");
    if (v[OPT_BLIND] && v[OPT_MODE] && strcmp(v[OPT_MODE], "parallel") != 0)
        return cmd_usage("chat", "--blind compares two answers side by side: leave out -m %s",
                         v[OPT_MODE]);
    if (v[OPT_SPEED] && !chat_is_demo(v))
        return cmd_usage("chat", "--speed is for --demo: real answers come as they come");
    if (chat_demo_speed(v[OPT_SPEED]) == 0)
        return cmd_usage("chat", "--speed takes a number from %g to %g", SPEED_LEAST, SPEED_MOST);
    return 0;
}
