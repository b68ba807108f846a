#include "readline_words.h"

#include "berdua/base/buf.h"
#include "berdua/base/utf8.h"
#include "editor_parts.h"
#include "readline.h"
#include "readline_long.h"

static int
moved(int from, int count)
{
    return (int)textpos_words(rl_line_buffer, (size_t)rl_end, (size_t)from, count);
}

int
words_forward(int count, int key)
{
    (void)key;
    rl_point = moved(rl_point, count);
    return 0;
}

int
words_backward(int count, int key)
{
    return words_forward(-count, key);
}

int
words_kill(int count, int key)
{
    (void)key;
    int from = rl_point, to = moved(from, count);
    if (to != from)
        rl_kill_text(from, to);
    rl_point = rl_mark = to < from ? to : from;
    return 0;
}

int
words_backward_kill(int count, int key)
{
    return words_kill(-count, key);
}

static bool
blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

int
words_rubout(int count, int key)
{
    (void)key;
    int to = rl_point;
    for (; count > 0 && to > 0; count--) {
        while (to > 0 && blank(rl_line_buffer[to - 1]))
            to--;
        while (to > 0 && !blank(rl_line_buffer[to - 1]))
            to--;
    }
    if (to < rl_point)
        rl_kill_text(rl_point, to);
    rl_point = rl_mark = to;
    return 0;
}

int
words_copy(int count, int key)
{
    int point = rl_point, mark = rl_mark;
    rl_mark = point;
    rl_point = moved(point, count);
    rl_copy_region_to_kill(1, key);
    rl_point = point;
    rl_mark = mark;
    return 0;
}

int
words_backward_copy(int count, int key)
{
    return words_copy(-count, key);
}

/* As one undo group; the cursor stands behind it. */
static void
replace(int from, int to, const struct buf *with)
{
    rl_begin_undo_group();
    rl_delete_text(from, to);
    rl_point = from;
    rl_insert_text(with->p);
    rl_end_undo_group();
}

static uint32_t
lower_inside(uint32_t cp, bool inside)
{
    return inside ? utf8_cp_lower(cp) : utf8_cp_upper(cp);
}

static uint32_t
lower(uint32_t cp, bool inside)
{
    (void)inside;
    return utf8_cp_lower(cp);
}

static uint32_t
upper(uint32_t cp, bool inside)
{
    (void)inside;
    return utf8_cp_upper(cp);
}

static uint32_t
swapped(uint32_t cp, bool inside)
{
    (void)inside;
    return utf8_cp_lower(cp) != cp ? utf8_cp_lower(cp) : utf8_cp_upper(cp);
}

/* inside: a word, behind its first character. What is no UTF-8 stays. */
static int
change(int to, uint32_t (*changed)(uint32_t cp, bool inside))
{
    int point = rl_point;
    int from = to < point ? to : point, end = to < point ? point : to;
    struct buf out;
    char bytes[4];
    bool inside = false;
    uint32_t cp;
    size_t n;
    if (from == end)
        return 0;
    buf_init(&out, 2 * (size_t)(end - from));
    for (int at = from; at < end; at += (int)n) {
        n = utf8_decode(rl_line_buffer + at, (size_t)(end - at), &cp);
        if (n == 0 || cp == 0xFFFD)
            buf_append(&out, rl_line_buffer + at, n = n ? n : 1);
        else
            buf_append(&out, bytes, utf8_encode(changed(cp, inside), bytes));
        inside = n && utf8_cp_in_word(cp);
    }
    replace(from, end, &out);
    buf_finish(&out);
    return 0;
}

int
words_upcase(int count, int key)
{
    (void)key;
    return change(moved(rl_point, count), upper);
}

int
words_downcase(int count, int key)
{
    (void)key;
    return change(moved(rl_point, count), lower);
}

int
words_capitalize(int count, int key)
{
    (void)key;
    return change(moved(rl_point, count), lower_inside);
}

int
words_swap_case(int count, int key)
{
    (void)key;
    change(long_moved(rl_point, count), swapped);
    return rl_editing_mode == 0 ? rl_vi_check() : 0;
}

int
words_transpose(int count, int key)
{
    (void)key;
    int end2 = moved(rl_point, count), begin2 = moved(end2, -1);
    int begin1 = moved(begin2, -count), end1 = moved(begin1, 1);
    if (count == 0 || begin1 == begin2 || begin2 < end1 || end2 < begin2)
        return 0;
    struct buf out;
    buf_init(&out, (size_t)(end2 - begin1));
    buf_append(&out, rl_line_buffer + begin2, (size_t)(end2 - begin2));
    buf_append(&out, rl_line_buffer + end1, (size_t)(begin2 - end1));
    buf_append(&out, rl_line_buffer + begin1, (size_t)(end1 - begin1));
    replace(begin1, end2, &out);
    buf_finish(&out);
    return 0;
}
