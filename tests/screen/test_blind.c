/* Blind comparison on the screen: before the verdict nothing differs between Claude at the left and LLAMA at the left but
 * the texts, whose sides are the same in both. */
#include "unit/unit.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/store/query.h"
#include "cli.h"
#include "table.h"

#define ALT "\033"

enum { TRIES = 40, SNAPSHOT_BYTES = 1 << 20 };

/* What stands at a side: the rules of the stand-in server that answers there. */
struct side {
    const char *rule, *shows;
};

struct scenery {
    const char *name;
    struct side left, right;
    const char *color; /* an environment setting */
};

static const struct scenery sceneries[] = {
    {"two answers, one slow",
     {"gap=1 text=Sebaiknya jangan di depan tim. Bicara empat mata dulu.", "Sebaiknya jangan"},
     {"first=120 gap=5 text=Wah, ini **halus** ya Pak. Bicara empat mata dulu.", "Wah, ini"},
     "COLORTERM=truecolor"},
    {"the left one fails",
     {"status=529 message=\"LLAMA and Claude are overloaded\"", "no answer"},
     {"first=60 text=Wah, ini halus ya Pak.", "Wah, ini"},
     "COLORTERM=truecolor"},
    {"the right one breaks off, without colours",
     {"gap=1 text=Sebaiknya jangan di depan tim.", "Sebaiknya jangan"},
     {"fault=cut after=3 text=Wah, ini halus ya Pak.", "incomplete"},
     "NO_COLOR=1"},
};

static const int sizes[][2] = {{60, 200}, {30, 100}, {24, 80}, {10, 40}};

/* ---- what is seen ---- */

/* Ids and times of day differ from run to run. */
static void
add_row(struct buf *out, const char *row)
{
    for (const char *p = row; *p; p++) {
        size_t id = 0;
        while (isdigit((unsigned char)p[id]) || isupper((unsigned char)p[id]))
            id++;
        if (id == 26 || (id == 10 && isupper((unsigned char)p[2]))) { /* whole, or its beginning */
            buf_append_str(out, "(id)");
            p += id - 1;
        } else if (isdigit((unsigned char)p[0]) && isdigit((unsigned char)p[1]) && p[2] == ':') {
            buf_append_str(out, "(time)");
            p += 4 + (p[5] == ':' ? 3 : 0);
        } else {
            buf_append_char(out, *p);
        }
    }
    buf_append_char(out, '\n');
}

static void
add_look(struct buf *out, struct screen *s, int row)
{
    for (int col = 0; col < screen_cols(s); col++) {
        struct screen_cell c;
        screen_cell(s, row, col, &c);
        int look = c.bold | c.italic << 1 | c.underline << 2 | c.reverse << 3 | c.strike << 4 |
                   c.default_fg << 5;
        buf_append_char(out, (char)('0' + look));
    }
    buf_append_char(out, '\n');
}

static void
add_screen(struct buf *out, struct screen *s, const char *what)
{
    buf_printf(out, "==== %s\n", what);
    for (int row = 0; row < screen_rows(s); row++) {
        add_row(out, screen_row(s, row));
        add_look(out, s, row);
    }
}

static void
snapshot(struct buf *out, struct screen *s, const char *what)
{
    screen_settle(s, 60);
    add_screen(out, s, what);
}

/* What was copied: the last OSC 52. */
static void
add_copied(struct buf *out, struct screen *s)
{
    size_t n;
    const char *raw = screen_raw(s, &n), *last = NULL;
    for (size_t i = 0; i + 5 < n; i++)
        if (memcmp(raw + i, "\033]52;", 5) == 0)
            last = raw + i + 5;
    assert_non_null(last);
    buf_printf(out, "==== copied %.*s\n", (int)strcspn(last, "\a\033"), last);
}

static void
page(struct buf *out, struct screen *s, const char *command, const char *title)
{
    screen_type(s, command);
    screen_type(s, "\r");
    screen_expect(s, title);
    if (strcmp(command, "/sessions") == 0)
        screen_expect(s, "begun     2");
    snapshot(out, s, command);
    screen_type(s, strcmp(command, "/sessions") == 0 ? "\033" : "q");
    screen_expect_gone(s, title);
}

static void
every_page(struct buf *out, struct screen *s)
{
    static const char *const pages[][2] = {
        {"/diff", "Difference"}, {"/why", "Why"},           {"/context", "Context of"},
        {"/route", "Route"},     {"/rollout", "Rollout"},   {"/report", "What the verdicts"},
        {"/log", "Log"},         {"/messages", "Messages"}, {"/help", "Keys and commands"},
        {"/memory", "Memory"},   {"/sessions", "Sessions"},
    };
    for (size_t i = 0; i < ARRAY_LEN(pages); i++)
        page(out, s, pages[i][0], pages[i][1]);
}

/* What is refused names nobody. */
static void
every_refusal(struct buf *out, struct screen *s)
{
    static const char *const inputs[] = {"/adopt claude", "/adopt llama", "/retry llama",
                                         "/mode route",   "@claude halo", "/note halus"};
    for (size_t i = 0; i < ARRAY_LEN(inputs); i++) {
        if (inputs[i][0] != '/')
            screen_type(s, "i");
        screen_type(s, inputs[i]);
        screen_type(s, "\r");
        screen_expect(s, "> ");
        snapshot(out, s, inputs[i]);
        screen_type(s, "\003"); /* a message that was refused stays in the line */
        screen_settle(s, 60);
    }
}

/* A notice stays for a time, whatever is typed, so what gives one is followed by what gives another. */
static void
look_everywhere(struct buf *out, struct screen *s, const struct scenery *of)
{
    snapshot(out, s, "the pair");
    for (int zoom = 0; zoom < 3; zoom++) {
        screen_type(s, ALT "z");
        snapshot(out, s, "zoom");
    }
    if (screen_cols(s) >= 80)
        every_page(out, s);
    screen_type(s, "/search ini\r");
    snapshot(out, s, "search");
    screen_type(s, "i"); /* the search leads to browsing */
    if (screen_cols(s) >= 80)
        every_refusal(out, s);
    if (of->left.rule[0] != 's') {
        screen_type(s, ALT);
        screen_settle(s, 60); /* alone it is Esc, together with the next key Alt */
        screen_type(s, "y");
        screen_expect(s, "copy:");
        snapshot(out, s, "what is copied is asked");
        screen_type(s, "\r");
        screen_expect(s, "sent to the terminal");
        snapshot(out, s, "copied");
        add_copied(out, s);
    }
    if (screen_cols(s) == 80) { /* left unjudged */
        screen_type(s, "i\004");
        screen_assert_exit(s, 0);
        add_screen(out, s, "what is left on the terminal");
    } else {
        screen_type(s, "3");
        screen_expect(s, "Send as they are?");
        screen_expect(s, "saved");
        snapshot(out, s, "the question");
    }
    screen_assert_clean_output(s); /* no title is set, nor anything else beside the cells */
}

/* ---- the two runs ---- */

static struct table *
set_table(void **state, const struct scenery *of, bool claude_left)
{
    table_set(state);
    struct table *t = *state;
    standin_rule(claude_left ? t->claude : t->llama, of->left.rule);
    standin_rule(claude_left ? t->llama : t->claude, of->right.rule);
    place_setenv(t->place, of->color);
    place_setenv(t->place, "BERDUA_UI_LEAVE=turn");
    return t;
}

/* Plays a pair with the sides' texts from these servers. false: they stand the other way round. */
static bool
play(struct buf *out, const struct scenery *of, bool claude_left, int rows, int cols)
{
    void *state = NULL;
    struct table *t = set_table(&state, of, claude_left);
    t->screen = screen_start(
        t->place, (const char *const[]){"chat", "--blind", "--rater", "wayan", NULL}, rows, cols);
    screen_expect(t->screen, "> ");
    table_say(t, "Gimana cara menegur karyawan di depan tim?");
    screen_expect(t->screen, "1 A");
    int row, left = -1, right = screen_cols(t->screen);
    bool both = screen_find(t->screen, of->left.shows, &row, &left) &&
                screen_find(t->screen, of->right.shows, &row, &right);
    bool here = both ? left < right : left >= 0; /* a small screen shows the left one alone */
    if (here)
        look_everywhere(out, t->screen, of);
    table_clear(&state);
    return here;
}

static void
add_lines(struct buf *out, const char *what, const char *text)
{
    buf_printf(out, "==== %s\n", what);
    while (*text) {
        size_t n = strcspn(text, "\n");
        char *line = xstrndup(text, n);
        add_row(out, line);
        free(line);
        text += n + (text[n] == '\n');
    }
}

/* The same without a screen, where every page is printed. */
static bool
play_lines(struct buf *out, const struct scenery *of, bool claude_left, int rows, int cols)
{
    static const char input[] =
        "Gimana cara menegur karyawan di depan tim?\n/diff\n/why\n/route\n/route halo\n/rollout\n"
        "/context\n/report\n/log\n/sessions\n/search ini\n/memory\n/panel\n/note halus\n"
        "/adopt llama\n/retry claude\n/mode route\n/claude\n@llama halo\n/turn 1\n";
    void *state = NULL;
    struct cli_result r;
    struct table *t = set_table(&state, of, claude_left);
    (void)rows;
    (void)cols;
    cli_run(&r, t->place,
            (const char *const[]){"chat", "--linear", "--blind", "--rater", "wayan", NULL}, input);
    const char *left = strstr(r.out.p, of->left.shows), *right = strstr(r.out.p, of->right.shows);
    if (r.code != 0 || !left || !right)
        cli_show(&r);
    assert_int_equal(r.code, 0);
    assert_true(left && right);
    bool here = left < right;
    if (here) {
        add_lines(out, "lines", r.out.p);
        add_lines(out, "notices", r.err.p);
    }
    cli_finish(&r);
    table_clear(&state);
    return here;
}

typedef bool (*play_of)(struct buf *out, const struct scenery *of, bool claude_left, int rows,
                        int cols);

static void
play_until(struct buf *out, play_of play_it, const struct scenery *of, bool claude_left, int rows,
           int cols)
{
    buf_init(out, SNAPSHOT_BYTES);
    for (int i = 0; i < TRIES; i++)
        if (play_it(out, of, claude_left, rows, cols))
            return;
    fail_msg("%s never stood at the left", claude_left ? "Claude" : "LLAMA");
}

/* Of a line without the rater's own pace, which differs from run to run. */
static size_t
length_without_pace(const char *line)
{
    size_t n = strcspn(line, "\n");
    char *copy = xstrndup(line, n);
    const char *pair = strstr(copy, " s each") ? strstr(copy, "pair ") : NULL;
    if (pair)
        for (n = (size_t)(pair - copy); n > 0 && copy[n - 1] == ' ';)
            n--;
    free(copy);
    return n;
}

/* The first line that differs. */
static void
assert_alike(const char *a, const char *b, const char *name)
{
    const char *what = "";
    while (*a || *b) {
        size_t n = length_without_pace(a), m = length_without_pace(b);
        if (n > 4 && strncmp(a, "====", 4) == 0)
            what = a;
        if (n != m || strncmp(a, b, n) != 0)
            fail_msg("%s, %.*s\nClaude left: %.*s\nLLAMA left:  %.*s", name,
                     (int)strcspn(what, "\n"), what, (int)n, a, (int)m, b);
        a += strcspn(a, "\n");
        b += strcspn(b, "\n");
        a += *a != 0;
        b += *b != 0;
    }
}

static void
mirror_once(play_of play_it, size_t scenery, int rows, int cols)
{
    struct buf claude, llama;
    play_until(&claude, play_it, &sceneries[scenery], true, rows, cols);
    play_until(&llama, play_it, &sceneries[scenery], false, rows, cols);
    assert_alike(claude.p, llama.p, sceneries[scenery].name);
    buf_finish(&claude);
    buf_finish(&llama);
}

static void
mirror(size_t scenery)
{
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++)
        mirror_once(play, scenery, sizes[i][0], sizes[i][1]);
    mirror_once(play_lines, scenery, 0, 0);
}

static void
nothing_but_the_texts_tells_who_stands_where(void **state)
{
    (void)state;
    mirror(0);
}

static void
a_failure_says_neither_whose_nor_why(void **state)
{
    (void)state;
    mirror(1);
}

static void
an_answer_that_breaks_off_is_only_incomplete(void **state)
{
    (void)state;
    mirror(2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_but_the_texts_tells_who_stands_where),
        cmocka_unit_test(a_failure_says_neither_whose_nor_why),
        cmocka_unit_test(an_answer_that_breaks_off_is_only_incomplete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
