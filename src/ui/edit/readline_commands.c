#include "readline_commands.h"

#include "berdua/base/mem.h"
#include "editor_parts.h"
#include "readline.h"

static int
nothing(int count, int key)
{
    (void)count;
    (void)key;
    return 0;
}

/* Up and Down move between the lines of the text first, and reach the history at its edges. */
static int
line_up(int count, int key)
{
    size_t to;
    if (!textpos_above(rl_line_buffer, (size_t)rl_point, &to))
        return rl_get_previous_history(count, key);
    rl_point = (int)to;
    return 0;
}

static int
line_down(int count, int key)
{
    size_t to;
    if (!textpos_below(rl_line_buffer, (size_t)rl_end, (size_t)rl_point, &to))
        return rl_get_next_history(count, key);
    rl_point = (int)to;
    return 0;
}

/* readline's own commands for words look at the whole text for each character they pass. */
static int
forward_word(int count, int key)
{
    (void)key;
    rl_point = (int)textpos_words(rl_line_buffer, (size_t)rl_end, (size_t)rl_point, count);
    return 0;
}

static int
backward_word(int count, int key)
{
    return forward_word(-count, key);
}

static int
kill_word(int count, int key)
{
    int from = rl_point;
    forward_word(count, key);
    int to = rl_point;
    if (to != from)
        rl_kill_text(from, to);
    rl_point = rl_mark = to < from ? to : from;
    return 0;
}

static int
backward_kill_word(int count, int key)
{
    return kill_word(-count, key);
}

void
commands_add(void)
{
    static const struct {
        const char *name;
        rl_command_func_t *run;
    } commands[] = {
        {"print-last-kbd-macro", nothing},
        {"dump-functions", nothing},
        {"dump-macros", nothing},
        {"dump-variables", nothing},
        {"tty-status", nothing},
        {"berdua-line-up", line_up},
        {"berdua-line-down", line_down},
        {"forward-word", forward_word},
        {"backward-word", backward_word},
        {"kill-word", kill_word},
        {"backward-kill-word", backward_kill_word},
    };
    for (size_t i = 0; i < ARRAY_LEN(commands); i++)
        rl_add_defun(commands[i].name, commands[i].run, -1);
}
