#include "readline_long.h"

#include <ctype.h>
#include <string.h>

#include "berdua/base/utf8.h"
#include "readline.h"

enum { MANY_MARKS_BYTES = 4 << 10 };

static char
at(int place)
{
    return rl_line_buffer[place]; /* a NUL at rl_end */
}

static bool
blank(int place)
{
    return at(place) == ' ' || at(place) == '\t';
}

static bool
bounds_word(int place)
{
    return blank(place) || (!(at(place) & 0x80) && ispunct((unsigned char)at(place)));
}

static bool
in_word(int place)
{
    return at(place) == '_' || (!(at(place) & 0x80) && isalnum((unsigned char)at(place)));
}

static bool
other(int place)
{
    return !in_word(place) && !blank(place);
}

/* ---- characters ---- */

/* Whether the code point there is a mark; *len: its bytes. */
static bool
mark_at(int place, int *len)
{
    uint32_t cp;
    size_t n = utf8_decode(rl_line_buffer + place, (size_t)(rl_end - place), &cp);
    *len = n ? (int)n : 1;
    return cp >= 0x20 && utf8_cp_width(cp) == 0;
}

static int
next(int place)
{
    int len;
    if (place >= rl_end)
        return rl_end;
    mark_at(place, &len);
    place += len;
    while (place < rl_end && mark_at(place, &len))
        place += len;
    return place;
}

static int
prev(int place)
{
    int len;
    while (place > 0) {
        place--;
        while (place > 0 && (at(place) & 0xC0) == 0x80)
            place--;
        if (!mark_at(place, &len))
            break;
    }
    return place;
}

/* Whether nothing but marks stands there, from the second code point on. */
static bool
only_marks(int place, int end)
{
    int len;
    mark_at(place, &len); /* a letter or the first of the marks, or half of one */
    for (place += len; place < end; place += len)
        if (!mark_at(place, &len))
            return false;
    return true;
}

bool
long_marks_near(void)
{
    return (rl_end - rl_point >= MANY_MARKS_BYTES &&
            only_marks(rl_point, rl_point + MANY_MARKS_BYTES)) ||
           (rl_point >= MANY_MARKS_BYTES && only_marks(rl_point - MANY_MARKS_BYTES, rl_point));
}

int
long_moved(int place, int count)
{
    for (; count > 0 && place < rl_end; count--)
        place = next(place);
    for (; count < 0 && place > 0; count++)
        place = prev(place);
    return place;
}

int
long_forward_char(int count, int key)
{
    (void)key;
    rl_point = long_moved(rl_point, count);
    return 0;
}

int
long_backward_char(int count, int key)
{
    return long_forward_char(-count, key);
}

static int
take_out(int from, int to, bool keep)
{
    if (from == to)
        return 1;
    if (keep)
        rl_kill_text(from, to);
    else
        rl_delete_text(from < to ? from : to, from < to ? to : from);
    rl_point = from < to ? from : to;
    return 0;
}

int
long_delete(int count, int key)
{
    (void)key;
    return take_out(rl_point, long_moved(rl_point, count), rl_explicit_arg || rl_editing_mode == 0);
}

int
long_rubout(int count, int key)
{
    return long_delete(-count, key);
}

/* ---- words ---- */

typedef bool test_place(int place);

static void
pass(test_place *is)
{
    while (rl_point < rl_end && is(rl_point))
        rl_point = next(rl_point);
}

static bool
not_blank(int place)
{
    return !blank(place);
}

void
long_to_blank(void)
{
    pass(not_blank);
}

/* To the last character of those that are like the first. */
static void
pass_to_last(test_place *is)
{
    if (rl_point == rl_end)
        return;
    pass(is);
    rl_point = prev(rl_point);
}

static int
move_times(int count, void (*move)(void), bool forward)
{
    while (count-- && (forward ? rl_point < rl_end - 1 : rl_point > 0))
        move();
    return 0;
}

static void
forward_word(void)
{
    pass(in_word(rl_point) ? in_word : other);
    pass(blank);
}

static void
forward_blank(void)
{
    pass(not_blank);
    pass(blank);
}

static void
to_word_end(void)
{
    if (!blank(rl_point))
        rl_point = next(rl_point);
    pass(blank);
    pass_to_last(in_word(rl_point) ? in_word : other);
}

static void
to_blank_end(void)
{
    if (!blank(rl_point))
        rl_point = next(rl_point);
    pass(blank);
    pass_to_last(not_blank);
}

static void
back(test_place *is)
{
    while (rl_point > 0 && is(prev(rl_point)))
        rl_point = prev(rl_point);
}

static void
backward_word(void)
{
    back(blank);
    if (rl_point > 0)
        back(in_word(prev(rl_point)) ? in_word : other);
}

static void
backward_blank(void)
{
    back(blank);
    back(not_blank);
}

#define MOVE(name, move, forward)                                                                  \
    int name(int count, int key)                                                                   \
    {                                                                                              \
        (void)key;                                                                                 \
        return move_times(count, move, forward);                                                   \
    }
MOVE(long_forward_word, forward_word, true)
MOVE(long_backward_word, backward_word, false)
MOVE(long_word_end, to_word_end, true)
MOVE(long_forward_blank, forward_blank, true)
MOVE(long_backward_blank, backward_blank, false)
MOVE(long_blank_end, to_blank_end, true)

#define BY_KEY(name, forward, backward, forward_blanks, backward_blanks)                           \
    int name(int count, int key)                                                                   \
    {                                                                                              \
        bool blanks = isupper(key);                                                                \
        return count < 0 ? (blanks ? backward_blanks : backward)(-count, key)                      \
                         : (blanks ? forward_blanks : forward)(count, key);                        \
    }
BY_KEY(long_next_word, long_forward_word, long_backward_word, long_forward_blank,
       long_backward_blank)
BY_KEY(long_prev_word, long_backward_word, long_forward_word, long_backward_blank,
       long_forward_blank)
BY_KEY(long_end_word, long_word_end, long_word_end, long_blank_end, long_blank_end)

/* ---- brackets ---- */

/* -1: none; opening ones are even, and what closes one is the next. */
static int
bracket(int place)
{
    static const char brackets[] = "()[]{}";
    const char *p = at(place) ? strchr(brackets, at(place)) : NULL;
    return p ? (int)(p - brackets) : -1;
}

int
long_match(int count, int key)
{
    int place = rl_point, depth = 0;
    (void)count;
    (void)key;
    while (place < rl_end && bracket(place) < 0)
        place++;
    int first = bracket(place);
    if (first < 0 || (first % 2 && place != rl_point))
        return 1;
    rl_point = place;
    for (int step = first % 2 ? -1 : 1; place >= 0 && place < rl_end; place += step) {
        depth += bracket(place) == first;
        depth -= bracket(place) == (first ^ 1);
        if (depth == 0) {
            rl_point = place;
            return 0;
        }
    }
    return 1;
}

/* ---- deletion ---- */

static bool
slash(int place)
{
    return at(place) == '/';
}

static bool
in_name(int place)
{
    return !blank(place) && !slash(place);
}

static bool
inside_word(int place)
{
    return !bounds_word(place);
}

static void
back_over_name(void)
{
    back(blank);
    int end = rl_point;
    back(slash);
    if (rl_point == end || (rl_point > 0 && !blank(prev(rl_point)))) /* a root is a name */
        back(in_name);
}

static void
back_over_word(void)
{
    back(bounds_word);
    back(inside_word);
}

static int
rub_out(int count, void (*go)(void))
{
    int from = rl_point;
    for (count = count < 1 ? 1 : count; count > 0 && rl_point > 0; count--)
        go();
    take_out(from, rl_point, true);
    if (rl_editing_mode != 0)
        rl_mark = rl_point;
    return 0;
}

int
long_rubout_name(int count, int key)
{
    (void)key;
    return rub_out(count, back_over_name);
}

int
long_rubout_word(int count, int key)
{
    (void)key;
    return rub_out(count, back_over_word);
}
