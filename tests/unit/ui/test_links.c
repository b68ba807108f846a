/* Links of answers: which addresses a terminal is told, and that its cells know them while answers stream, scroll and
 * give way to pages, with nothing else on the screen changed. */
#include "screen_kit.h"

#include <poll.h>

#include "berdua/base/random.h"
#include "berdua/base/utf8.h"
#include "ui/term/paint.h"
#include "ui/term/term.h"
#include "ui/text/flow.h"
#include "ui/text/line.h"
#include "ui/text/hyperlink.h"
#include "ui/ui_private.h"

enum { ROWS = 30, COLS = 160 };

static char folder[SCRATCH_BYTES];

static void
only_harmless_addresses_are_told_to_a_terminal(void **state)
{
    static const struct {
        const char *address, *told; /* NULL: not told */
    } cases[] = {
        {"https://visa.id/a?b=c;d#e", "https://visa.id/a?b=c;d#e"},
        {"HTTP://visa.id", "HTTP://visa.id"},
        {"mailto:kantor@visa.id", "mailto:kantor@visa.id"},
        {"https://visa.id/caf\xc3\xa9", "https://visa.id/caf%C3%A9"},
        {"https://", NULL},
        {"visa.id", NULL},
        {"javascript:alert(1)", NULL},
        {"file:///etc/passwd", NULL},
        {"ftp://visa.id", NULL},
        {"https://visa.id/a b", NULL},
        {"https://visa.id/\033\\x", NULL},
        {"https://visa.id/\ax", NULL},
        {"https://visa.id/\x7f", NULL},
        {"https://visa.id/\xc2\x9cx", NULL},    /* C1 */
        {"https://visa.id/\xe2\x80\xae", NULL}, /* turns the direction */
        {"https://vi\xe2\x80\x8bsa.id", NULL},  /* no width */
        {"https://visa.id/\xff", NULL},
    };
    struct buf out;
    (void)state;
    buf_init(&out, 1 << 16);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        buf_clear(&out);
        buf_append_str(&out, "-");
        bool told = link_address(&out, cases[i].address, strlen(cases[i].address));
        if (told != (cases[i].told != NULL) || strcmp(out.p + 1, told ? cases[i].told : "") != 0)
            fail_msg("%s: %s", cases[i].address, out.p);
    }
    char longest[LINK_MAX_BYTES + 1] = "https://";
    memset(longest + 8, 'a', sizeof longest - 8);
    buf_clear(&out);
    assert_false(link_address(&out, longest, sizeof longest));
    assert_true(link_address(&out, longest, sizeof longest - 1));
    buf_finish(&out);
}

static void
a_text_that_names_another_place_than_it_leads_to_misleads(void **state)
{
    static const struct {
        const char *text, *address;
        bool misleads;
    } cases[] = {
        {"syarat visa", "https://visa.id", false},
        {"visa.id", "https://visa.id", false},
        {"VISA.ID", "https://www.visa.id/a", false},
        {"lihat www.visa.id.", "http://visa.id?a", false},
        {"https://visa.id/", "https://visa.id/a", false},
        {"kantor@visa.id", "mailto:kantor@visa.id?subject=a", false},
        {"versi 1.5, dsb.", "https://visa.id", false},
        {"", "https://visa.id", false},
        {"bank.id", "https://visa.id", true},
        {"ke bank.id!", "https://visa.id", true},
        {"(bank.id)", "https://visa.id", true},
        {"https://visa.id/a", "https://visa.id/b", true},
        {"visa.id", "https://visa.id.jahat.id", true},
        {"visa.id", "https://visa.id@jahat.id", true},
        {"visa.id", "https://visa.id:a@jahat.id", true},
        {"https://localhost", "https://jahat.id", true},
        {"kantor@visa.id", "mailto:kantor@jahat.id", true},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        if (link_misleads(cases[i].text, strlen(cases[i].text), cases[i].address,
                          strlen(cases[i].address)) != cases[i].misleads)
            fail_msg("%s to %s", cases[i].text, cases[i].address);
}

/* ---- on the screen ---- */

static void
paint_all(struct shown *s)
{
    for (ui_before_wait(s->ui); s->ui->dirty; ui_before_wait(s->ui))
        poll(NULL, 0, 1);
    look_at(s);
}

/* The empty conversation, then one turn that streams. */
static struct turn *
begin(struct shown *s, const char *text)
{
    show(s, EMPTY, "dusk", ROWS, COLS);
    clock_release();
    struct turn *t = say(s, "Halo", STATUS_RUNNING);
    for (int b = 0; b < BRAIN_COUNT; b++) {
        buf_clear(&t->answers[b].text);
        buf_append_str(&t->answers[b].text, b == BRAIN_CLAUDE ? text : "Halo. ");
        t->answers[b].started_us = t->answers[b].last_delta_us = 0;
    }
    sight_look(s->sight, s->conversation);
    ui_changed(s->ui, UI_NOW);
    paint_all(s);
    s->ui->panel_painted_us = INT64_MAX / 2; /* figures that move with the clock stay as they are */
    return t;
}

static void
stream(struct shown *s, enum brain_id b, const char *text)
{
    struct answer *a = &conversation_last(s->conversation)->answers[b];
    buf_append_str(&a->text, text);
    a->revision++;
    ui_changed(s->ui, UI_NOW);
    paint_all(s);
}

static void
end(struct shown *s)
{
    clock_hold();
    hide(s);
}

/* The characters that lead somewhere, row by row. */
static char *
leading(struct shown *s)
{
    struct buf out;
    buf_init(&out, 1 << 16);
    buf_append_str(&out, "");
    for (int r = 0; r < ROWS; r++) {
        size_t before = out.len;
        for (int c = 0; c < COLS; c++) {
            VTermScreenCell cell;
            vterm_screen_get_cell(s->terminal.screen, (VTermPos){.row = r, .col = c}, &cell);
            if (cell.attrs.font)
                buf_append_char(&out,
                                cell.chars[0] < 127 && cell.chars[0] ? (char)cell.chars[0] : '?');
        }
        if (out.len > before)
            buf_append_char(&out, '\n');
    }
    return buf_take(&out);
}

static void
assert_leading(struct shown *s, const char *expected)
{
    char *found = leading(s);
    assert_string_equal(found, expected);
    free(found);
}

static int
links_sent(struct shown *s)
{
    int n = 0;
    char *bytes = ptyscreen_copy(&s->terminal, 0);
    for (const char *p = bytes; (p = strstr(p, "\033]8;id=")); p++)
        n++;
    free(bytes);
    return n;
}

/* The screen is what a fresh paint shows, its links too. */
static void
assert_fresh(struct shown *s)
{
    struct buf now, fresh;
    buf_init(&now, 8 << 20);
    buf_init(&fresh, 8 << 20);
    ptyscreen_dump(&s->terminal, &now);
    term_redraw(s->ui->term);
    ui_changed(s->ui, UI_NOW);
    paint_all(s);
    ptyscreen_dump(&s->terminal, &fresh);
    assert_string_equal(now.p, fresh.p);
    buf_finish(&now);
    buf_finish(&fresh);
}

static void
a_link_leads_as_soon_as_it_is_whole_and_is_sent_once(void **state)
{
    struct shown s;
    (void)state;
    begin(&s, "Lihat [syarat");
    assert_leading(&s, "");
    stream(&s, BRAIN_CLAUDE, " visa](https://visa.id/a");
    assert_leading(&s, "");
    stream(&s, BRAIN_CLAUDE, ") dan");
    assert_leading(&s, "syarat visa (https://visa.id/a)\n");
    assert_int_equal(links_sent(&s), 1);
    for (int i = 0; i < 10; i++) {
        stream(&s, BRAIN_CLAUDE, " kata");
        stream(&s, BRAIN_LLAMA, "kata ");
    }
    assert_int_equal(links_sent(&s), 1);
    stream(&s, BRAIN_LLAMA, "<mailto:kantor@visa.id> [bank.id](https://jahat.id) [x](ftp://a)");
    assert_leading(&s, "syarat visa (https://visa.id/a)\nmailto:kantor@visa.id\n");
    assert_fresh(&s);
    end(&s);
}

static void
a_link_stays_while_the_text_scrolls_and_is_not_sent_again(void **state)
{
    struct shown s;
    (void)state;
    begin(&s, "");
    for (int i = 0; i < 15; i++) {
        stream(&s, BRAIN_CLAUDE, i == 8 ? "Lihat [ini](https://visa.id) ya.\n\n" : "Kalimat.\n\n");
        stream(&s, BRAIN_LLAMA, "Kalimat lain.\n\n");
    }
    assert_true(view_new_lines(s.ui->view) == 0);
    assert_leading(&s, "ini (https://visa.id)\n");
    assert_int_equal(links_sent(&s), 1);
    assert_fresh(&s);
    end(&s);
}

static void
what_lies_over_a_link_does_not_lead_and_the_link_comes_back(void **state)
{
    struct shown s;
    (void)state;
    begin(&s, "Lihat [ini](https://visa.id) ya.");
    ui_enter(s.ui, "/help");
    paint_all(&s);
    assert_leading(&s, "");
    ui_enter(s.ui, "");
    paint_all(&s);
    assert_leading(&s, "ini (https://visa.id)\n");
    term_redraw(s.ui->term);
    ui_changed(s.ui, UI_NOW);
    paint_all(&s);
    assert_leading(&s, "ini (https://visa.id)\n");
    assert_fresh(&s);
    end(&s);
}

/* What is sent for tokens beside a link, and beside the same text without one. */
static void
tokens_cost_no_more_beside_a_link(void **state)
{
    static const char *const texts[] = {"Lihat [ini](https://visa.id/) ya. ",
                                        "Lihat [ini](htpps://visa.id/) ya. "};
    size_t bytes[2];
    (void)state;
    for (int k = 0; k < 2; k++) {
        struct shown s;
        begin(&s, texts[k]);
        stream(&s, BRAIN_LLAMA, "Lihat juga. ");
        size_t before = term_bytes_sent(s.ui->term);
        for (int i = 0; i < 20; i++) {
            stream(&s, BRAIN_CLAUDE, "kata ");
            stream(&s, BRAIN_LLAMA, "kata ");
        }
        bytes[k] = term_bytes_sent(s.ui->term) - before;
        assert_int_equal(links_sent(&s), k == 0);
        end(&s);
    }
    assert_int_equal(bytes[0], bytes[1]);
}

static void
terminals_that_might_print_a_link_are_told_none(void **state)
{
    static const struct {
        const char *type;
        bool told, within_screen;
    } cases[] = {{"xterm", true},
                 {"tmux-256color", true},
                 {"xterm-mono", true},
                 {"screen", false},
                 {"xterm-256color", false, true},
                 {"linux", false},
                 {"vt100", false},
                 {"ansi", false}};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct shown s;
        setenv("TERM", cases[i].type, 1);
        if (cases[i].within_screen)
            setenv("STY", "1.pts-0", 1);
        begin(&s, "Lihat [ini](https://visa.id) ya.");
        setenv("TERM", "xterm-256color", 1);
        unsetenv("STY");
        assert_int_equal(links_sent(&s), cases[i].told);
        assert_leading(&s, cases[i].told ? "ini (https://visa.id)\n" : "");
        end(&s);
    }
}

/* ---- at random ---- */

enum { RANDOM_ROWS = 12, RANDOM_COLS = 40, STEPS = 250 };

/* Words that lead somewhere or not, few enough that rows are often alike in their text. */
static void
random_line(struct rng *r, struct line *l)
{
    static const char *const words[] = {"satu", "dua ", "\xe6\xbc\xa2\xe5\xad\x97", "    ", "tiga"};
    static const char *const often[] = {"", "", "http://satu.id", "https://dua.id"};
    struct addresses links = {NULL};
    line_reset(l, RANDOM_COLS);
    for (uint32_t k = rng_below(r, 6); k > 0; k--) {
        const char *word = words[rng_below(r, ARRAY_LEN(words))];
        uint32_t n = (uint32_t)strlen(word);
        char rare[32]; /* more of them than there are marks */
        snprintf(rare, sizeof rare, "http://%u.id", (unsigned)rng_below(r, 100000));
        const char *address = rng_below(r, 2) ? often[rng_below(r, ARRAY_LEN(often))] : rare;
        struct flow_span span = {0, n, rng_below(r, 2) ? FLOW_LINK : FLOW_CODE,
                                 addresses_keep(&links, address)};
        struct flow_row row = {
            .text = word, .len = n, .cols = 4, .spans = &span, .span_count = 1, .links = &links};
        line_pad(l, INK_TEXT, l->cols + (int)rng_below(r, 6));
        line_add_row(l, INK_TEXT, &row, "");
    }
    free(links.p);
}

static void
move_lines(struct line *lines, int top, int bottom, int n)
{
    struct line *moved = xcalloc(RANDOM_ROWS, sizeof *moved);
    int height = bottom - top + 1;
    memcpy(moved, lines, RANDOM_ROWS * sizeof *moved);
    for (int i = 0; i < height; i++)
        lines[top + i] = moved[top + (i + n + height) % height];
    free(moved);
}

/* Each cell leads where its line says; the emulator gives the right half of a wide character no look. */
static void
assert_cells(struct ptyscreen *p, const struct line *l, int row, const char *when)
{
    const char *text = l->text.p;
    int col = 0;
    for (size_t i = 0; i <= l->run_count; i++) {
        bool run = i < l->run_count;
        const char *address = addresses_at(&l->links, run ? l->runs[i].link : 0);
        int end = run ? col + utf8_width(text, l->runs[i].len) : RANDOM_COLS;
        for (; col < end; col++) {
            VTermScreenCell cell;
            vterm_screen_get_cell(p->screen, (VTermPos){.row = row, .col = col}, &cell);
            if (cell.chars[0] != UINT32_MAX &&
                cell.attrs.font != ptyscreen_font(address, strlen(address)))
                fail_msg("%s: row %d, column %d does not lead to \"%s\"", when, row, col, address);
        }
        text += run ? l->runs[i].len : 0;
    }
}

static void
run_steps(uint64_t seed, const struct theme *theme, const struct config *config)
{
    struct rng rng = {seed};
    struct ptyscreen p;
    struct line lines[RANDOM_ROWS] = {{.cols = 0}};
    struct err err;
    ptyscreen_open(&p, RANDOM_ROWS, RANDOM_COLS);
    struct term *t = term_create(p.slave, p.slave, config, true, &err);
    assert_non_null(t);
    struct paint *paint = paint_create(true, term_links(t));
    paint_theme(paint, theme);
    paint_clear(paint, RANDOM_ROWS, RANDOM_COLS);
    line_reset(&lines[0], RANDOM_COLS);
    line_add_str(&lines[0], INK_TITLE, "berdua");
    for (int i = 0; i < STEPS; i++) {
        int top = 1 + (int)rng_below(&rng, RANDOM_ROWS - 3), n = (int)rng_below(&rng, 9) - 4;
        int bottom = top + (int)rng_below(&rng, (uint32_t)(RANDOM_ROWS - 1 - top));
        if (n && abs(n) <= bottom - top) {
            move_lines(lines, top, bottom, n);
            if (rng_below(&rng, 2)) /* else curses may find it out itself */
                term_scroll(t, top, bottom, n);
        }
        for (uint32_t k = rng_below(&rng, 4); k > 0; k--)
            random_line(&rng, &lines[1 + rng_below(&rng, RANDOM_ROWS - 2)]);
        if (rng_below(&rng, 20) == 0)
            paint_clear(paint, RANDOM_ROWS, RANDOM_COLS);
        if (rng_below(&rng, 25) == 0)
            term_redraw(t);
        for (int r = 0; r < RANDOM_ROWS; r++) {
            if (lines[r].width == 0)
                line_reset(&lines[r], RANDOM_COLS);
            paint_line(paint, r, 0, &lines[r]);
        }
        term_frame(t, 0, (int)rng_below(&rng, RANDOM_COLS));
        ptyscreen_wait(&p, term_bytes_sent(t));
        char when[64];
        snprintf(when, sizeof when, "seed %d, step %d", (int)seed, i);
        for (int r = 0; r < RANDOM_ROWS; r++)
            assert_cells(&p, &lines[r], r, when);
    }
    for (int r = 0; r < RANDOM_ROWS; r++)
        line_finish(&lines[r]);
    paint_destroy(&paint);
    term_destroy(&t);
    ptyscreen_close(&p);
}

static void
after_any_painting_and_scrolling_exactly_the_cells_of_links_lead_somewhere(void **state)
{
    static const char *const types[] = {"xterm-256color", "tmux-256color", "xterm-mono"};
    const char *asked = getenv("BERDUA_SEEDS");
    long seeds = asked ? strtol(asked, NULL, 10) : 6;
    struct config config = {.theme = "dusk"};
    struct err err;
    (void)state;
    struct theme *theme = theme_load("dusk", &err);
    assert_non_null(theme);
    for (long seed = 1; seed <= seeds; seed++) {
        setenv("TERM", types[seed % (long)ARRAY_LEN(types)], 1);
        run_steps((uint64_t)seed, theme, &config);
    }
    setenv("TERM", "xterm-256color", 1);
    theme_destroy(&theme);
}

/* How many cells lead somewhere. */
static int
count_leading(struct ptyscreen *p)
{
    int n = 0;
    for (int i = 0; i < RANDOM_ROWS * RANDOM_COLS; i++) {
        VTermScreenCell cell;
        VTermPos at = {.row = i / RANDOM_COLS, .col = i % RANDOM_COLS};
        vterm_screen_get_cell(p->screen, at, &cell);
        n += cell.attrs.font > 0;
    }
    return n;
}

/* So many links of one letter, each to an address of its own. */
static void
paint_links(struct paint *paint, int row, int count, const char *letter)
{
    struct line line = {.cols = 0};
    line_reset(&line, RANDOM_COLS);
    for (int k = 0; k < count; k++) {
        struct addresses links = {NULL};
        char address[48];
        snprintf(address, sizeof address, "http://%d.%d.id", row, k);
        struct flow_span span = {0, 1, FLOW_LINK, addresses_keep(&links, address)};
        struct flow_row text = {
            .text = letter, .len = 1, .cols = 1, .spans = &span, .span_count = 1, .links = &links};
        line_add_row(&line, INK_TEXT, &text, "");
        free(links.p);
    }
    paint_line(paint, row, 0, &line);
    line_finish(&line);
}

static void
links_beyond_those_that_can_be_told_apart_lead_nowhere_until_there_is_room(void **state)
{
    enum { MARKS = 240, FULL_ROWS = MARKS / RANDOM_COLS };
    struct ptyscreen p;
    struct config config = {.theme = "dusk"};
    struct err err;
    (void)state;
    struct theme *theme = theme_load("dusk", &err);
    ptyscreen_open(&p, RANDOM_ROWS, RANDOM_COLS);
    struct term *t = term_create(p.slave, p.slave, &config, true, &err);
    assert_non_null(t);
    struct paint *paint = paint_create(true, term_links(t));
    paint_theme(paint, theme);
    paint_clear(paint, RANDOM_ROWS, RANDOM_COLS);
    static const struct {
        int from, to, links, leading; /* rows; links in each; cells that then lead somewhere */
        const char *letter;
    } steps[] = {{0, RANDOM_ROWS, RANDOM_COLS, MARKS, "x"},
                 {0, FULL_ROWS, 0, 0, ""},
                 {FULL_ROWS, RANDOM_ROWS, RANDOM_COLS, MARKS, "y"}};
    for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
        for (int r = steps[i].from; r < steps[i].to; r++)
            paint_links(paint, r, steps[i].links, steps[i].letter);
        term_frame(t, RANDOM_ROWS - 1, 0);
        ptyscreen_wait(&p, term_bytes_sent(t));
        assert_int_equal(count_leading(&p), steps[i].leading);
    }
    paint_destroy(&paint);
    theme_destroy(&theme);
    term_destroy(&t);
    ptyscreen_close(&p);
}

static int
prepare(void **state)
{
    (void)state;
    return ui_kit_environment(folder);
}

static int
clean(void **state)
{
    (void)state;
    return scratch_remove(folder);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_harmless_addresses_are_told_to_a_terminal),
        cmocka_unit_test(a_text_that_names_another_place_than_it_leads_to_misleads),
        cmocka_unit_test(a_link_leads_as_soon_as_it_is_whole_and_is_sent_once),
        cmocka_unit_test(a_link_stays_while_the_text_scrolls_and_is_not_sent_again),
        cmocka_unit_test(what_lies_over_a_link_does_not_lead_and_the_link_comes_back),
        cmocka_unit_test(tokens_cost_no_more_beside_a_link),
        cmocka_unit_test(terminals_that_might_print_a_link_are_told_none),
        cmocka_unit_test(
            links_beyond_those_that_can_be_told_apart_lead_nowhere_until_there_is_room),
        cmocka_unit_test(
            after_any_painting_and_scrolling_exactly_the_cells_of_links_lead_somewhere),
    };
    return cmocka_run_group_tests(tests, prepare, clean);
}
