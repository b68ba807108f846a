/* The input line under any inputrc, keys, pastes and texts: it stays valid UTF-8 with the cursor between two characters,
 * only texts that are not blank are sent, and what is laid out holds the cursor.
 * Up to the first NUL stands the inputrc, then what the terminal sends; of the bytes that no UTF-8 has, 0xfe puts in a
 * new text (the byte after it says how long), 0xfd changes the size of the screen. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "ui/edit/editor.h"
#include "ui/edit/entry.h"
#include "ui/edit/keymap.h"
#include "ui/edit/readline_setup.h"
#include "ui/term/input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* readline forgets a few bytes when a command that waits for a key is given up. */
const char *__asan_default_options(void);
const char *
__asan_default_options(void)
{
    return "detect_leaks=0";
}

static struct {
    struct editor *e;
    struct keymap *keymap;
    struct entry
        laid_out; /* keeps what it knows of the text before; the same comes of it as of a new one */
    int rows, cols;
    /* Of this run: */
    unsigned events;
    int repeats;          /* what the counts of its commands come to */
    int made;             /* keys that no hand typed */
    size_t typed;         /* that are not read yet */
    bool configured, set; /* by an inputrc; variables, too */
    /* Of all runs: */
    FILE *inputrc;
    rl_getc_func_t *next_byte; /* the editor's own */
} t;

enum { EVENTS_A_LAYOUT = 8, BYTES_AN_EVENT = 64 };

/* What a run may cost: of a long text or a count of thousands there is nothing to learn that a shorter one does not tell. */
enum { MOST_TEXT_BYTES = 2048, MOST_COUNT = 64, MOST_REPEATS = 512, MOST_MADE_BYTES = 400 };

/* ---- readline as it was ---- */

enum { ABORT_BYTE = 7 /* C-g */, MOST_MAPS = 64, KILLS_KEPT = 10 };

static struct {
    Keymap map;
    KEYMAP_ENTRY_ARRAY entries;
} saved[MOST_MAPS];
static int saved_count;

/* An inputrc has no way to say what a variable was, so each is listed; the first can be changed by a key, too. */
static const char *const variables[] = {"editing-mode",
                                        "blink-matching-paren",
                                        "byte-oriented",
                                        "comment-begin",
                                        "completion-ignore-case",
                                        "completion-map-case",
                                        "completion-prefix-display-length",
                                        "completion-query-items",
                                        "disable-completion",
                                        "emacs-mode-string",
                                        "enable-active-region",
                                        "expand-tilde",
                                        "history-preserve-point",
                                        "history-size",
                                        "horizontal-scroll-mode",
                                        "isearch-terminators",
                                        "keyseq-timeout",
                                        "menu-complete-display-prefix",
                                        "page-completions",
                                        "revert-all-at-newline",
                                        "search-ignore-case",
                                        "show-all-if-ambiguous",
                                        "show-all-if-unmodified",
                                        "skip-completed-text",
                                        "vi-cmd-mode-string",
                                        "vi-ins-mode-string",
                                        "visible-stats"};
static char *values[ARRAY_LEN(variables)];

static bool
is_saved(const void *map)
{
    for (int i = 0; i < saved_count; i++)
        if ((const void *)saved[i].map == map)
            return true;
    return false;
}

static void
save_map(Keymap map)
{
    if (is_saved(map))
        return;
    assert(saved_count < MOST_MAPS);
    saved[saved_count].map = map;
    memcpy(saved[saved_count++].entries, map, sizeof saved[0].entries);
    for (size_t i = 0; i < KEYMAP_SIZE; i++)
        if (map[i].type == ISKMAP)
            save_map((Keymap)(void *)map[i].function);
}

static void
drop_entries(Keymap map, const KEYMAP_ENTRY *was)
{
    for (size_t i = 0; i < KEYMAP_SIZE; i++) {
        void *now = (void *)map[i].function;
        if (was && (void *)was[i].function == now)
            continue;
        if (map[i].type == ISMACR) {
            free(now);
        } else if (map[i].type == ISKMAP && !is_saved(now)) {
            drop_entries(now, NULL);
            free(now);
        }
    }
}

static void
restore_readline(void)
{
    for (int i = 0; i < saved_count; i++) {
        if (memcmp(saved[i].map, saved[i].entries, sizeof saved[0].entries) == 0)
            continue;
        drop_entries(saved[i].map, saved[i].entries);
        memcpy(saved[i].map, saved[i].entries, sizeof saved[0].entries);
    }
    for (size_t i = 0; i < (t.set ? ARRAY_LEN(variables) : 1); i++)
        if (values[i])
            rl_variable_bind(variables[i], values[i]);
    rl_set_keymap(emacs_standard_keymap);
    clear_history();
    using_history();
}

/* What earlier inputs have killed and recorded would come back in this one. */
static void
forget_kills(void)
{
    for (int i = 0; i < KILLS_KEPT; i++) {
        editor_key(t.e, "x", 1);
        editor_key(t.e, "\025", 1); /* C-u */
    }
    for (const char *keys = "\030(\030)"; *keys; keys++) /* C-x ( C-x ) */
        editor_key(t.e, keys, 1);
    editor_set_text(t.e, "");
}

/* ---- the editor's owner ---- */

static void
accept_text(void *arg, const char *text)
{
    (void)arg;
    assert(utf8_valid(text, strlen(text)) && text[strspn(text, " \t\n")]);
}

static void
action(void *arg, enum action a)
{
    (void)arg;
    assert(a > ACT_NONE && a < ACT_COUNT);
}

static int
next_byte(FILE *in)
{
    int most = t.repeats < MOST_REPEATS ? MOST_COUNT : 1;
    if (rl_numeric_arg > most)
        rl_numeric_arg = most;
    if (rl_explicit_arg)
        t.repeats += rl_numeric_arg;
    int c = t.next_byte(in);
    t.made += t.typed == 0;
    t.typed -= t.typed > 0;
    if (t.made <= MOST_MADE_BYTES || c == EOF)
        return c;
    while (t.next_byte(in) != EOF)
        ;
    return ABORT_BYTE;
}

static void
start(void)
{
    static const struct editor_ops ops = {.accept = accept_text, .action = action};
    static const struct config config = {.key_count = 0};
    struct err err = {""};
    setenv("INPUTRC", "/dev/null", 1);
    t.e = editor_create(&ops, false, &err);
    t.keymap = keymap_create(&config, &err);
    assert(t.e && t.keymap);
    editor_use_keymap(t.e, t.keymap);
    entry_init(&t.laid_out);
    t.next_byte = rl_getc_function;
    rl_getc_function = next_byte;
    for (size_t i = 0; i < ARRAY_LEN(variables); i++)
        values[i] = xstrdup(rl_variable_value(variables[i]));
    Keymap maps[] = {emacs_standard_keymap, vi_insertion_keymap, vi_movement_keymap};
    for (size_t i = 0; i < ARRAY_LEN(maps); i++)
        save_map(maps[i]);
}

static void
check_text(void)
{
    const char *text = editor_text(t.e);
    size_t n = strlen(text), cursor = editor_cursor(t.e);
    assert(n <= EDITOR_MAX_TEXT_BYTES && utf8_valid(text, n));
    assert(cursor <= n && ((unsigned char)text[cursor] & 0xC0) != 0x80);
    assert(editor_empty(t.e) == (n == 0));
    char mode = editor_vi_mode(t.e);
    assert(mode == 0 || mode == 'i' || mode == 'c');
}

static void
check_layout(void)
{
    struct entry_view v = {.sign = "> ",
                           .prefix = editor_prompt(t.e),
                           .text = editor_text(t.e),
                           .cursor = editor_cursor(t.e)};
    struct entry anew;
    entry_init(&anew);
    int rows = entry_set(&t.laid_out, &v, t.cols);
    assert(rows == entry_set(&anew, &v, t.cols) && rows >= 1 && rows <= ENTRY_MAX_ROWS);
    entry_make(&t.laid_out, t.rows);
    entry_make(&anew, t.rows);
    assert(anew.count >= 1 && anew.count <= t.rows && anew.count == t.laid_out.count);
    assert(anew.cursor_row >= 0 && anew.cursor_row < anew.count);
    assert(anew.cursor_col >= 0 && anew.cursor_col <= t.cols);
    assert(anew.cursor_row == t.laid_out.cursor_row && anew.cursor_col == t.laid_out.cursor_col);
    entry_finish(&anew);
}

static void
on_event(void *arg, const struct input_event *ev)
{
    (void)arg;
    if (ev->kind == INPUT_PASTE && !ev->refused)
        editor_paste(t.e, ev->bytes, ev->len);
    if (ev->kind == INPUT_KEY) {
        editor_wants(t.e, ev->name);
        t.typed = ev->len;
        if (keymap_lookup(t.keymap, FOCUS_COMPOSE, ev->name) == ACT_NEWLINE)
            editor_paste(t.e, "\n", 1);
        else
            editor_key(t.e, ev->bytes, ev->len);
    }
    check_text();
    if (strlen(editor_text(t.e)) > MOST_TEXT_BYTES)
        editor_set_text(t.e, "");
    /* A layout takes longer than most keys, and the longer the more there is to lay out. */
    if (t.events++ % (EVENTS_A_LAYOUT + strlen(editor_text(t.e)) / BYTES_AN_EVENT) == 0)
        check_layout();
}

/* Through a file on a RAM disk where there is one. */
static void
read_inputrc(const char *p, size_t n)
{
    static FILE *nowhere;
    if (!t.inputrc) {
        char path[] = "/dev/shm/berdua-inputrc-XXXXXX";
        int fd = mkstemp(path);
        assert(fd >= 0);
        t.inputrc = fdopen(fd, "w");
        nowhere = fopen("/dev/null", "r+");
        char *shown = xasprintf("/proc/self/fd/%d", fd);
        setenv("INPUTRC", shown, 1);
        free(shown);
        unlink(path);
    }
    char *text = xstrndup(p, n), *rest = text, *line;
    bool set = strpbrk(text, "tT") != NULL; /* of "set" */
    rewind(t.inputrc);
    while ((line = strsep(&rest, "\n")))
        if (!strchr(line, '$')) /* no files, and no conditions that outlive this run */
            fprintf(t.inputrc, "%s\n", line);
    fflush(t.inputrc);
    if (ftruncate(fileno(t.inputrc), ftell(t.inputrc)) != 0)
        abort();
    setup_inputrc(nowhere, NULL, NULL);
    t.configured = true;
    t.set = set;
    free(text);
}

static void
feed(const uint8_t *p, const uint8_t *end)
{
    struct input *in = input_create(on_event, NULL);
    while (p < end) {
        const uint8_t *q = p;
        while (q < end && *q != 0xfe && *q != 0xfd)
            q++;
        input_feed(in, (const char *)p, (size_t)(q - p), 1000);
        while (input_deadline(in) != NEVER_US)
            input_tick(in, input_deadline(in));
        if (end - q >= 2) {
            size_t n = *q == 0xfe && q[1] < end - q - 2 ? q[1] : 0;
            if (*q == 0xfe) {
                char *text = xstrndup((const char *)q + 2, n);
                editor_set_text(t.e, text);
                free(text);
            } else {
                t.rows = q[1] % 8 + 1;
                t.cols = q[1] / 8 + 4;
                editor_resize(t.e, t.rows, t.cols);
            }
            check_text();
            check_layout();
            q += 2 + n;
        } else {
            q = end;
        }
        p = q;
    }
    input_destroy(&in);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *nul = size ? memchr(data, 0, size) : NULL;
    size_t inputrc = nul ? (size_t)(nul - data) : 0;
    if (!t.e)
        start();
    t.rows = ENTRY_MAX_ROWS;
    t.cols = 80;
    t.events = 0;
    t.repeats = t.made = 0;
    t.typed = 0;
    t.configured = t.set = false;
    if (inputrc)
        read_inputrc((const char *)data, inputrc);
    feed(data + (nul ? inputrc + 1 : 0), data + size);
    check_layout();
    t.made = 0;
    editor_set_text(t.e, "");
    assert(editor_empty(t.e));
    restore_readline();
    forget_kills();
    /* A key that reads it again in another run must find nothing of this one. */
    if (t.configured && ftruncate(fileno(t.inputrc), 0) != 0)
        abort();
    return 0;
}
