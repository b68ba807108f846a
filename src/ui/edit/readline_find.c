#include "readline_find.h"

#include <string.h>

#include "berdua/base/utf8.h"
#include "readline.h"

enum { CHARACTER_BYTES = 4 };

static struct {
    int step,
        times; /* of the one that waits for its character; step: 1 forward, -1 backward, 0: none waits */
    bool vi, repeating;
    bool failed; /* it has found nothing: the cursor goes back */
    int point, mark;
    struct {
        int step; /* of the one that ; repeats; 0: none was made */
        char bytes[CHARACTER_BYTES];
        size_t n;
    } last; /* of vi */
} find;

static int
nearest(const char *c, size_t n, int from, int step)
{
    for (int at = from + step; at >= 0 && at < rl_end; at += step)
        if ((size_t)(rl_end - at) >= n && memcmp(rl_line_buffer + at, c, n) == 0)
            return at;
    return -1;
}

/* Beside the character: readline's next step from there finds it. false: it is nowhere. */
static bool
go_beside(const char *c, size_t n, int step, int times)
{
    int found = -1;
    for (int at = rl_point; times > 0 && (at = nearest(c, n, at, step)) >= 0; times--)
        found = at;
    if (found < 0)
        return false;
    if (step < 0) {
        rl_point = found + (int)n;
        return true;
    }
    do
        found--;
    while (found > 0 && ((unsigned char)rl_line_buffer[found] & 0xC0) == 0x80);
    rl_point = found;
    return true;
}

/* Where readline finds nothing at once. While a motion of vi is read, a blank stands behind the text, and a motion that
 * moves nothing is none. */
static void
go_to_edge(int step)
{
    int end = RL_ISSTATE(RL_STATE_VIMOTION) ? rl_end - 1 : rl_end;
    rl_point = rl_mark = step < 0 ? 0 : end;
}

static void
approach(const char *bytes, size_t n)
{
    uint32_t cp;
    if (find.step == 0 || n == 0)
        return;
    size_t len = utf8_decode(bytes, n, &cp);
    if (len == 0)
        len = 1;
    if (find.vi) {
        memcpy(find.last.bytes, bytes, len);
        find.last.n = len;
    }
    find.point = rl_point;
    find.mark = rl_mark;
    find.failed = !go_beside(bytes, len, find.step, find.times);
    if (find.failed)
        go_to_edge(find.step);
    find.step = 0;
}

static void
arrive(void)
{
    if (!find.failed)
        return;
    find.failed = false;
    rl_point = find.point;
    rl_mark = find.mark;
}

void
find_read_char(const char *bytes, size_t n)
{
    approach(bytes, n);
    rl_callback_read_char();
    arrive();
}

void
find_give_up(void)
{
    find.step = 0;
    /* The blank that readline has put behind the text for the motion; it would stay. */
    if (RL_ISSTATE(RL_STATE_VIMOTION) && RL_ISSTATE(RL_STATE_CHARSEARCH))
        rl_line_buffer[--rl_end] = 0;
}

void
find_repeat(bool repeating)
{
    find.repeating = repeating;
}

int
find_forward(int count, int key)
{
    find.vi = false;
    find.step = count < 0 ? -1 : 1;
    find.times = count < 0 ? -count : count;
    return rl_char_search(find.step, key);
}

int
find_backward(int count, int key)
{
    return find_forward(-count, key);
}

int
find_vi(int count, int key)
{
    bool repeats = key == ';' || key == ',';
    bool forward = key == 'f' || key == 't', backward = key == 'F' || key == 'T';
    bool again = repeats || find.repeating;
    if (!repeats && !forward && !backward) /* readline tells them apart by these keys */
        return 1;
    if (!repeats)
        find.last.step = forward ? 1 : -1;
    int step = key == ',' ? -find.last.step : find.last.step;
    if (step == 0 ||
        (again && (find.last.n == 0 || !go_beside(find.last.bytes, find.last.n, step, count))))
        return 1;
    if (!again) {
        find.vi = true;
        find.step = step;
        find.times = count;
    }
    return rl_vi_char_search(1, key);
}
