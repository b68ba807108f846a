#include "readline_commands.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "editor_parts.h"
#include "feed.h"
#include "readline_find.h"
#include "readline_long.h"
#include "readline_text.h"
#include "readline_words.h"

enum {
    LONG_BYTES =
        16 << 10, /* of a text: more than a second of work for some of readline's commands */
    PUT_MAX_BYTES = 1 << 20, /* as of a paste */
    MOVES_MAX_BYTES = 16 << 20,
    REDO_MAX_TIMES = 100, /* of an insertion, which may be a paste */
};

/* Of the key that runs. A command may be left by a jump, so the next key begins anew. */
static struct {
    bool refused, redoing;
    int searched_bytes; /* before the cursor, when the search that a key may repeat began */
} key_state;
static int wanted_entry; /* of the history once the line is sent, from 1; 0: none */

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

/* readline gives any other key to itself again, without end. */
static int
digit(int count, int key)
{
    return (key >= '0' && key <= '9') || key == '-' ? rl_digit_argument(count, key) : 0;
}

static int
vi_digit(int count, int key)
{
    return key >= '0' && key <= '9' ? rl_vi_arg_digit(count, key) : 0;
}

static int
refuse(int count, int key)
{
    (void)count;
    (void)key;
    key_state.refused = true;
    return 0;
}

/* A count of times, but no further than a message may be long, and as one insertion: readline would move the text that
 * follows for each. */
static int
put(int count, int key)
{
    if (long_marks_near())
        return refuse(count, key);
    int begin = key == 'P' ? rl_point : long_moved(rl_point, 1), end = rl_end;
    rl_begin_undo_group();
    rl_vi_put(1, key);
    size_t n = (size_t)(rl_end - end);
    struct buf more;
    buf_init(&more, PUT_MAX_BYTES);
    while (n > 0 && --count > 0 && more.len + n <= PUT_MAX_BYTES)
        buf_append(&more, rl_line_buffer + begin, n);
    if (more.len) {
        rl_point = long_moved(rl_point, 1);
        rl_insert_text(more.p);
        rl_backward_char(1, key);
    }
    buf_finish(&more);
    rl_end_undo_group();
    return 0;
}

/* readline fetches the next entry before the sent one is in the history, and frees its list of edits twice. */
static int
operate(int count, int key)
{
    wanted_entry = (rl_explicit_arg ? count - history_base : where_history() + 1) + 1;
    return rl_newline(1, key);
}

void
commands_fetch_wanted(void)
{
    int back = history_length - wanted_entry + 1;
    if (wanted_entry > 0 && back > 0 && rl_end == 0)
        rl_get_previous_history(back, 0);
    wanted_entry = 0;
}

/* The first time in a line, readline frees the list of edits here; an entry of the history could not be restored. */
static int
movement_mode(int count, int key)
{
    RL_SETSTATE(RL_STATE_VICMDONCE);
    return rl_vi_movement_mode(count, key);
}

/* readline counts a negative count down without end, and on a key that is itself repeated this would repeat itself. */
static int
redo(int count, int key)
{
    if (key_state.redoing)
        return 0;
    key_state.redoing = true;
    find_repeat(true);
    int r = rl_vi_redo(count < 1 ? 1 : count > REDO_MAX_TIMES ? REDO_MAX_TIMES : count, key);
    key_state.redoing = false;
    find_repeat(false);
    return r;
}

/* For each of a count these move the text that follows. */
static bool
moves_too_much(int count)
{
    return count > MOVES_MAX_BYTES / (rl_end + 1) || long_marks_near();
}

static int
overstrike(int count, int key)
{
    return moves_too_much(count) ? refuse(count, key) : rl_vi_overstrike(count, key);
}

static int
change_char(int count, int key)
{
    return moves_too_much(count) ? refuse(count, key) : rl_vi_change_char(count, key);
}

/* readline would look for the end of the word, and takes the next one from a word of one letter of several bytes. */
static int
complete_word(int count, int key)
{
    long_to_blank();
    return rl_vi_complete(count, key);
}

/* Commands that look at the whole text for each character they pass, and what is run in their place in a long text. */
#define SLOW(X)                                                                                    \
    X(rl_unix_filename_rubout, long_rubout_name)                                                   \
    X(rl_vi_unix_word_rubout, long_rubout_word)                                                    \
    X(rl_vi_fWord, long_forward_blank)                                                             \
    X(rl_vi_bWord, long_backward_blank)                                                            \
    X(rl_vi_eWord, long_blank_end)                                                                 \
    X(rl_vi_fword, long_forward_word)                                                              \
    X(rl_vi_bword, long_backward_word)                                                             \
    X(rl_vi_eword, long_word_end)                                                                  \
    X(rl_vi_next_word, long_next_word)                                                             \
    X(rl_vi_prev_word, long_prev_word)                                                             \
    X(rl_vi_end_word, long_end_word)

#define UNLESS_LONG(f, instead)                                                                    \
    static int unless_long_##f(int count, int key)                                                 \
    {                                                                                              \
        return rl_end <= LONG_BYTES ? f(count, key) : instead(count, key);                         \
    }
SLOW(UNLESS_LONG)

/* The same for those that do so only where the cursor stands at many marks without a letter. */
#define MARKED(X)                                                                                  \
    X(rl_forward_char, long_forward_char)                                                          \
    X(rl_backward_char, long_backward_char)                                                        \
    X(rl_rubout, long_rubout)                                                                      \
    X(rl_delete, long_delete)                                                                      \
    X(rl_rubout_or_delete, long_delete)                                                            \
    X(rl_delete_or_show_completions, long_delete)                                                  \
    X(rl_vi_delete, long_delete)                                                                   \
    X(rl_transpose_chars, refuse)                                                                  \
    X(rl_next_screen_line, refuse)                                                                 \
    X(rl_overwrite_mode, refuse)                                                                   \
    X(rl_vi_append_mode, refuse)                                                                   \
    X(rl_vi_replace, refuse)                                                                       \
    X(rl_vi_subst, refuse)

#define UNLESS_MARKED(f, instead)                                                                  \
    static int unless_marked_##f(int count, int key)                                               \
    {                                                                                              \
        return long_marks_near() ? instead(count, key) : f(count, key);                            \
    }
MARKED(UNLESS_MARKED)

#define SEARCHES(X)                                                                                \
    X(rl_noninc_forward_search)                                                                    \
    X(rl_noninc_reverse_search)                                                                    \
    X(rl_noninc_forward_search_again)                                                              \
    X(rl_noninc_reverse_search_again)                                                              \
    X(rl_vi_search_again)

#define FROM_ENTRY(f)                                                                              \
    static int from_entry_##f(int count, int key)                                                  \
    {                                                                                              \
        text_forget_left_line();                                                                   \
        return f(count, key);                                                                      \
    }
SEARCHES(FROM_ENTRY)

/* For what stands before the cursor; one that is repeated goes on, which readline knows by its own functions. For nothing
 * it only moves, and would first lose the line that was left. */
#define PREFIX_SEARCH(f, other, move)                                                              \
    static int from_entry_##f(int count, int key)                                                  \
    {                                                                                              \
        rl_last_func = commands_theirs(rl_last_func);                                              \
        if (rl_last_func != f && rl_last_func != other)                                            \
            key_state.searched_bytes = rl_point;                                                   \
        if (key_state.searched_bytes == 0)                                                         \
            return move(count, key);                                                               \
        text_forget_left_line();                                                                   \
        return f(count, key);                                                                      \
    }
#define PREFIX_SEARCHES(X)                                                                         \
    X(rl_history_search_forward, rl_history_search_backward, rl_get_next_history)                  \
    X(rl_history_search_backward, rl_history_search_forward, rl_get_previous_history)              \
    X(rl_history_substr_search_forward, rl_history_substr_search_backward, rl_get_next_history)    \
    X(rl_history_substr_search_backward, rl_history_substr_search_forward, rl_get_previous_history)
PREFIX_SEARCHES(PREFIX_SEARCH)

#define PAIR(f, ...)        {f, unless_long_##f},
#define MARKED_PAIR(f, ...) {f, unless_marked_##f},
#define SEARCH_PAIR(f, ...) {f, from_entry_##f},
static const struct {
    rl_command_func_t *theirs, *ours;
} pairs[] = {{rl_print_last_kbd_macro, nothing},
             {rl_dump_functions, nothing},
             {rl_dump_macros, nothing},
             {rl_dump_variables, nothing},
             {rl_tty_status, nothing},
             {rl_bracketed_paste_begin, nothing}, /* reads past its own buffer */
             {rl_digit_argument, digit},
             {rl_vi_arg_digit, vi_digit},
             {rl_vi_put, put},
             {rl_vi_redo, redo},
             {rl_vi_movement_mode, movement_mode},
             {rl_operate_and_get_next, operate},
             {rl_forward_word, words_forward},
             {rl_backward_word, words_backward},
             {rl_kill_word, words_kill},
             {rl_backward_kill_word, words_backward_kill},
             {rl_unix_word_rubout, words_rubout},
             {rl_copy_forward_word, words_copy},
             {rl_copy_backward_word, words_backward_copy},
             {rl_upcase_word, words_upcase},
             {rl_downcase_word, words_downcase},
             {rl_capitalize_word, words_capitalize},
             {rl_transpose_words, words_transpose},
             {rl_vi_change_case, words_swap_case},
             {rl_char_search, find_forward},
             {rl_backward_char_search, find_backward},
             {rl_vi_char_search, find_vi},
             {rl_vi_match, long_match},
             {rl_vi_complete, complete_word},
             {rl_vi_overstrike, overstrike},
             {rl_vi_change_char, change_char},
             SLOW(PAIR) MARKED(MARKED_PAIR) SEARCHES(SEARCH_PAIR) PREFIX_SEARCHES(SEARCH_PAIR)};

static rl_command_func_t *
ours(rl_command_func_t *theirs)
{
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
        if (pairs[i].theirs == theirs)
            return pairs[i].ours;
    return theirs;
}

rl_command_func_t *
commands_theirs(rl_command_func_t *f)
{
    for (size_t i = 0; f != nothing && i < ARRAY_LEN(pairs); i++)
        if (pairs[i].ours == f)
            return pairs[i].theirs;
    return f;
}

static void
stand_in_map(Keymap map)
{
    for (int i = 0; i < KEYMAP_SIZE; i++) {
        if (map[i].type == ISFUNC)
            map[i].function = ours(map[i].function);
        else if (map[i].type == ISKMAP && map[i].function)
            stand_in_map((Keymap)(void *)map[i].function); /* which readline keeps there */
    }
}

void
commands_stand_in(void)
{
    Keymap maps[] = {emacs_standard_keymap, vi_insertion_keymap, vi_movement_keymap};
    rl_add_defun("berdua-line-up", line_up, -1);
    rl_add_defun("berdua-line-down", line_down, -1);
    for (FUNMAP **named = funmap; *named; named++) {
        /* What its own keys mean by it readline does itself; on another key it would not end. */
        bool lower = (*named)->function == rl_do_lowercase_version;
        (*named)->function = lower ? nothing : ours((*named)->function);
    }
    for (size_t i = 0; i < ARRAY_LEN(maps); i++)
        stand_in_map(maps[i]);
}

bool
commands_bound(const char *bytes, size_t n)
{
    size_t before = RL_ISSTATE(RL_STATE_MULTIKEY) ? (size_t)rl_key_sequence_length : 0;
    char *sequence = xcalloc(before + n, 1);
    int type = ISFUNC;
    memcpy(sequence, rl_executing_keyseq, before);
    memcpy(sequence + before, bytes, n);
    bool bound = rl_function_of_keyseq_len(sequence, before + n, NULL, &type) != NULL;
    free(sequence);
    return bound;
}

bool
commands_refused(void)
{
    bool refused = key_state.refused;
    key_state.refused = key_state.redoing = false;
    return refused;
}

void
commands_end_line(struct feed *f)
{
    Keymap map = rl_make_bare_keymap();
    rl_bind_key_in_map('n', nothing, map);
    rl_set_keymap(map);
    if (feed_put(f, "n", 1))
        rl_callback_read_char();
    rl_set_keymap_from_edit_mode();
    rl_free_keymap(map);
}
