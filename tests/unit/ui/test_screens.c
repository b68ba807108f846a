/* Every state of the chat's screen at every size is as it is committed (tests/data/screens/STATE): its cells, and the role of
 * each. In each theme every cell then looks as the theme says of its role. BERDUA_WRITE_SCREENS=1 (make screens) writes them. */
#include "screen_kit.h"

#include <sys/stat.h>

#include "berdua/base/path.h"
#include "berdua/base/utf8.h"
#include "berdua/conf/theme.h"
#include "ui/term/palette.h"

enum { COLOURS = 256, FIRST_COLOUR = 17, MOST_COLS = 200, WHOLE_FILE = 8 << 20 };

static const int sizes[][2] = {{60, 200}, {48, 160}, {32, 120}, {30, 100}, {24, 80},
                               {15, 60},  {10, 40},  {5, 20},   {1, 1}};
static const char letters[] = "tABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklm";
_Static_assert(sizeof letters > INK_COUNT, "a letter for each role");

/* A theme in which each role but that of plain text has a background of its own, so that a cell tells its role. */
static void
write_roles(void)
{
    static const char *const names[INK_COUNT] = {[INK_TEXT] = "text",
                                                 [INK_DIM] = "dim",
                                                 [INK_TITLE] = "title",
                                                 [INK_TITLE_DETAIL] = "title-detail",
                                                 [INK_SIMULATED] = "simulated",
                                                 [INK_RULE] = "rule",
                                                 [INK_MARK] = "mark",
                                                 [INK_MESSAGE] = "message",
                                                 [INK_CLAUDE] = "claude",
                                                 [INK_LLAMA] = "llama",
                                                 [INK_WINNER] = "winner",
                                                 [INK_RUNNING] = "running",
                                                 [INK_DONE] = "done",
                                                 [INK_WARNING] = "warning",
                                                 [INK_ERROR] = "error",
                                                 [INK_LABEL] = "label",
                                                 [INK_VALUE] = "value",
                                                 [INK_KEY] = "key",
                                                 [INK_HINT] = "hint",
                                                 [INK_NOTICE] = "notice",
                                                 [INK_NEW_LINES] = "new-lines",
                                                 [INK_MATCH] = "match",
                                                 [INK_TAB] = "tab",
                                                 [INK_TAB_ACTIVE] = "tab-active",
                                                 [INK_HEADING] = "heading",
                                                 [INK_EMPHASIS] = "emphasis",
                                                 [INK_STRONG] = "strong",
                                                 [INK_CODE] = "code",
                                                 [INK_QUOTE] = "quote",
                                                 [INK_LINK] = "link",
                                                 [INK_MARKER] = "marker",
                                                 [INK_STRIKE] = "strike",
                                                 [INK_CONTROL] = "control"};
    char path[256];
    snprintf(path, sizeof path, "%s/berdua", screen_kit_folder);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/berdua/themes", screen_kit_folder);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/berdua/themes/roles.yaml", screen_kit_folder);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("description: roles\nbackground: any\nroles:\n  text: {}\n", f);
    for (int i = INK_TEXT + 1; i < INK_COUNT; i++)
        fprintf(f, "  %s: {bg: %d}\n", names[i], FIRST_COLOUR + i);
    assert_int_equal(fclose(f), 0);
}

struct glimpse {
    VTermScreenCell cell;
    char text[VTERM_MAX_CHARS_PER_CELL * 4 + 1];
    bool blank;
};

static void
cell_at(const struct shown *s, int row, int col, struct glimpse *g)
{
    size_t n = 0;
    vterm_screen_get_cell(s->terminal.screen, (VTermPos){.row = row, .col = col}, &g->cell);
    for (int i = 0;
         i < VTERM_MAX_CHARS_PER_CELL && g->cell.chars[i] && g->cell.chars[i] != UINT32_MAX; i++)
        n += utf8_encode(g->cell.chars[i], g->text + n);
    g->text[n] = 0;
    g->blank = n == 0 || strcmp(g->text, " ") == 0;
}

static bool
is_right_half(const struct glimpse *g)
{
    return g->cell.chars[0] == UINT32_MAX;
}

static int
role_of(const struct glimpse *g)
{
    VTermColor bg = g->cell.bg;
    if (VTERM_COLOR_IS_DEFAULT_BG(&bg) || !VTERM_COLOR_IS_INDEXED(&bg))
        return INK_TEXT;
    return bg.indexed.idx - FIRST_COLOUR;
}

/* The text of a row, and beneath it a letter for the role of each cell, both without what is blank at the end. */
static void
write_row(const struct shown *s, int row, int cols, struct buf *out)
{
    char roles[MOST_COLS + 1];
    int used = 0;
    size_t text_end;
    buf_append_str(out, "|");
    text_end = out->len;
    for (int c = 0; c < cols; c++) {
        struct glimpse g;
        cell_at(s, row, c, &g);
        int role = role_of(&g);
        roles[c] = letters[role > 0 && role < INK_COUNT ? role : 0];
        if (is_right_half(&g))
            continue;
        buf_append_str(out, g.text[0] ? g.text : " ");
        if (!g.blank)
            text_end = out->len;
        if (!g.blank || roles[c] != letters[0])
            used = c + 1;
    }
    buf_truncate(out, text_end);
    buf_append_str(out, "\n ");
    for (int c = 0; c < used; c++) {
        int run = 1;
        while (c + run < used && roles[c + run] == roles[c])
            run++;
        buf_append_char(out, roles[c]);
        if (run > 1)
            buf_printf(out, "%d", run);
        c += run - 1;
    }
    buf_append_str(out, "\n");
}

static void
write_screen(const struct shown *s, int rows, int cols, struct buf *out)
{
    buf_printf(out, "== %dx%d\n", cols, rows);
    for (int r = 0; r < rows; r++)
        write_row(s, r, cols, out);
}

/* ---- what is committed ---- */

static char *
file_of(enum scene which)
{
    const char *source = getenv("BERDUA_SRC");
    return xasprintf("%s/tests/data/screens/%s", source ? source : ".", scene_names[which]);
}

static void
assert_as_committed(const struct buf *is, const struct buf *was, const char *name)
{
    size_t at = 0, line = 0;
    int number = 1;
    while (at < is->len && at < was->len && is->p[at] == was->p[at]) {
        number += is->p[at] == '\n';
        line = is->p[at++] == '\n' ? at : line;
    }
    if (at == is->len && at == was->len)
        return;
    fail_msg("%s:%d\ncommitted: %.*s\nnow:       %.*s\nIf that is meant: make screens", name,
             number, (int)strcspn(was->p + line, "\n"), was->p + line,
             (int)strcspn(is->p + line, "\n"), is->p + line);
}

static void
check_scene(enum scene which)
{
    struct buf is, was;
    struct err err = {{0}};
    char *path = file_of(which);
    buf_init(&is, WHOLE_FILE);
    buf_init(&was, WHOLE_FILE);
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        struct shown s;
        show(&s, which, "roles", sizes[i][0], sizes[i][1]);
        write_screen(&s, sizes[i][0], sizes[i][1], &is);
        hide(&s);
    }
    if (getenv("BERDUA_WRITE_SCREENS")) {
        FILE *f = fopen(path, "w");
        assert_non_null(f);
        assert_int_equal(fwrite(is.p, 1, is.len, f), is.len);
        assert_int_equal(fclose(f), 0);
    } else if (!path_read(path, &was, &err)) {
        fail_msg("%s", err.text);
    } else {
        assert_as_committed(&is, &was, path);
    }
    buf_finish(&is);
    buf_finish(&was);
    free(path);
}

/* ---- in the themes ---- */

struct roles {
    signed char of[60][MOST_COLS];
    char text[60][MOST_COLS][sizeof((struct glimpse *)0)->text];
};

static void
learn_roles(const struct shown *s, int rows, int cols, struct roles *out)
{
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < cols; c++) {
            struct glimpse g;
            cell_at(s, r, c, &g);
            out->of[r][c] = (signed char)role_of(&g);
            memcpy(out->text[r][c], g.text, sizeof g.text);
        }
}

static bool
looks_like(const struct glimpse *g, const struct shade *want)
{
    VTermColor fg = g->cell.fg, bg = g->cell.bg;
    int is_fg = VTERM_COLOR_IS_DEFAULT_FG(&fg) ? -1 : fg.indexed.idx;
    int is_bg = VTERM_COLOR_IS_DEFAULT_BG(&bg) ? -1 : bg.indexed.idx;
    bool underline = want->attributes & INK_UNDERLINE, reverse = want->attributes & INK_REVERSE;
    if (is_bg != want->bg || (g->cell.attrs.underline != 0) != underline ||
        (g->cell.attrs.reverse != 0) != reverse)
        return false;
    return g->blank ||
           (is_fg == want->fg && g->cell.attrs.bold == (bool)(want->attributes & INK_BOLD) &&
            g->cell.attrs.italic == (bool)(want->attributes & INK_ITALIC));
}

static void
assert_themed(const struct shown *s, const struct theme *theme, int rows, int cols,
              const struct roles *roles)
{
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < cols; c++) {
            struct glimpse g;
            struct shade want;
            cell_at(s, r, c, &g);
            if (is_right_half(&g))
                continue;
            theme_shade(theme, (enum ink)roles->of[r][c], COLOURS, &want);
            if (strcmp(g.text[0] ? g.text : " ", roles->text[r][c][0] ? roles->text[r][c] : " ") !=
                0)
                fail_msg("%dx%d in %s: \"%s\" at %d,%d, not \"%s\"", cols, rows, theme->name,
                         g.text, r, c, roles->text[r][c]);
            if (!looks_like(&g, &want))
                fail_msg("%dx%d in %s: \"%s\" at %d,%d does not look like role %c", cols, rows,
                         theme->name, g.text, r, c, letters[(int)roles->of[r][c]]);
        }
}

static void
check_themes(enum scene which)
{
    static const char *const names[] = {"dusk", "dawn", "mono"};
    struct roles *roles = xcalloc(1, sizeof *roles);
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        int rows = sizes[i][0], cols = sizes[i][1];
        struct shown s;
        show(&s, which, "roles", rows, cols);
        learn_roles(&s, rows, cols, roles);
        hide(&s);
        for (size_t k = 0; k < ARRAY_LEN(names); k++) {
            struct err err = {{0}};
            struct theme *theme = theme_load(names[k], &err);
            assert_non_null(theme);
            show(&s, which, names[k], rows, cols);
            dup2(s.out, 1); /* what fails is said to the test's own output */
            assert_themed(&s, theme, rows, cols, roles);
            dup2(s.terminal.slave, 1);
            hide(&s);
            theme_destroy(&theme);
        }
    }
    free(roles);
}

#define SCENE_TESTS(which)                                                                         \
    static void which##_looks_as_committed(void **state)                                           \
    {                                                                                              \
        (void)state;                                                                               \
        check_scene(which);                                                                        \
    }                                                                                              \
    static void which##_looks_as_its_roles_say_in_each_theme(void **state)                         \
    {                                                                                              \
        (void)state;                                                                               \
        check_themes(which);                                                                       \
    }
SCENE_TESTS(EMPTY)
SCENE_TESTS(STREAMING)
SCENE_TESTS(JUDGED)
SCENE_TESTS(COLD)
SCENE_TESTS(FAILED)
SCENE_TESTS(BLIND)

static int
prepare_roles(void **state)
{
    int failed = screen_kit_prepare(state);
    write_roles();
    return failed;
}

int
main(void)
{
#define BOTH(which)                                                                                \
    cmocka_unit_test(which##_looks_as_committed),                                                  \
        cmocka_unit_test(which##_looks_as_its_roles_say_in_each_theme)
    const struct CMUnitTest tests[] = {
        BOTH(EMPTY), BOTH(STREAMING), BOTH(JUDGED), BOTH(COLD), BOTH(FAILED), BOTH(BLIND),
    };
    return cmocka_run_group_tests(tests, prepare_roles, screen_kit_clean);
}
