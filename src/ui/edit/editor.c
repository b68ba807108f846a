#include "editor.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/base/utf8.h"
#include "editor_parts.h"
#include "feed.h"
#include "keymap.h"
#include "readline_commands.h"
#include "readline_find.h"
#include "readline_setup.h"
#include "readline_text.h"
#include "ui/term/input.h"
#include "ui/term/locale.h"
#include "ui/term/silence.h"

enum {
    ESC_BYTE = 27,
    ABORT_BYTE = 7,                  /* C-g */
    MAX_MACROS = 100,                /* for one key … */
    MAX_MACROS_US = 1000000,         /* … and so long: some of readline's commands are slow */
    MAX_MACRO_TEXT_BYTES = 64 << 10, /* that they add to the text */
    SHORT_BYTES = 16 << 10,          /* of a text: no time to look at all of it */
    MAX_COUNT = 10000 /* that a command is given; readline takes a thousand million */
};

/* States in which readline waits for the rest of something. */
#define BUSY                                                                                       \
    (RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_NUMERICARG | RL_STATE_VIMOTION |               \
     RL_STATE_MULTIKEY | RL_STATE_CHARSEARCH | RL_STATE_METANEXT | RL_STATE_MOREINPUT)

struct editor {
    struct editor_ops ops;
    char *history_file; /* NULL: not kept */
    FILE *nowhere;
    struct feed feed;    /* the key being given */
    bool next_is_raw;    /* a command (C-q, vi r) takes the next key as it is */
    struct buf accepted; /* texts accepted while readline ran, each with its NUL */
    bool discard;        /* the line that ends now is dropped */
    enum action pending;
    const struct keymap *keymap; /* whose sequences are bound; NULL: none yet */
    struct buf prompt;
    int macros;    /* that ran since the key that was typed */
    int unsure;    /* keys after which half a character may stand in the text */
    bool mended;   /* half a character once stood in the text: undo or a yank may bring it back */
    char *endless; /* where the one stands that ran too often; NULL: none did */
    struct {
        char *text;
        int point;
        size_t accepted;
        int64_t at_us;
    } before; /* the first of them */
};

/* readline's callbacks carry no argument; this is the one editor. */
static struct editor *the_editor;

/* ---- what readline calls ---- */

static int
next_byte(FILE *in)
{
    (void)in;
    if (rl_numeric_arg > MAX_COUNT)
        rl_numeric_arg = MAX_COUNT;
    return feed_next(&the_editor->feed);
}

static int
byte_waits(void)
{
    return the_editor->feed.n > 0;
}

/* The owner reads text and cursor at its next frame. */
static void
redisplay(void)
{
    feed_take_back(&the_editor->feed);
}

static void
accepted(char *line)
{
    struct editor *e = the_editor;
    if (line && !e->discard && line[strspn(line, " \t\n")] &&
        utf8_repair(&e->accepted, line, strlen(line)))
        buf_append_char(&e->accepted, 0);
    e->discard = false;
    free(line);
}

static int
run_sequence(int count, int key)
{
    (void)count, (void)key;
    char bytes[KEYMAP_SEQUENCE_BYTES];
    enum action a = ACT_NONE;
    size_t n;
    const struct keymap *k = the_editor->keymap;
    for (size_t i = 0; k && (n = keymap_sequence(k, i, bytes, &a)); i++)
        if (n == (size_t)rl_key_sequence_length && memcmp(rl_executing_keyseq, bytes, n) == 0)
            the_editor->pending = a;
    return 0;
}

/* The keys of a macro come before those that were fed and not read yet. */
static int
run_macro(int count, int key)
{
    struct editor *e = the_editor;
    const char *place, *keys = setup_macro(&place);
    (void)count, (void)key;
    size_t n = keys ? strlen(keys) : 0;
    if (!n || e->endless)
        return 0;
    if (e->macros == 0) {
        free(e->before.text);
        e->before.text = xstrdup(rl_line_buffer);
        e->before.point = rl_point;
        e->before.accepted = e->accepted.len;
        e->before.at_us = clock_us();
    }
    if (++e->macros > MAX_MACROS || clock_us() - e->before.at_us > MAX_MACROS_US ||
        !feed_put(&e->feed, keys, n) ||
        (size_t)rl_end > strlen(e->before.text) + MAX_MACRO_TEXT_BYTES) {
        e->endless = xstrdup(place);
        e->feed.n = 0;
    }
    return 0;
}

/* What can stand in the text is offered elsewhere. */
static char **
complete(const char *text, int start, int end)
{
    (void)text, (void)start, (void)end;
    rl_attempted_completion_over = 1; /* no file names */
    return NULL;
}

/* ---- starting and ending ---- */

static int
reread(int count, int key)
{
    (void)count, (void)key;
    setup_inputrc(the_editor->nowhere, the_editor->ops.complain, the_editor->ops.arg);
    return 0;
}

static void
prepare_readline(struct editor *e)
{
    static bool prepared;
    rl_readline_name = "berdua";
    rl_instream = rl_outstream = e->nowhere;
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_persistent_signal_handlers = 1; /* set once, not for each byte */
    rl_change_environment = 0;
    rl_prep_term_function = NULL;
    rl_deprep_term_function = NULL;
    rl_redisplay_function = redisplay;
    rl_getc_function = next_byte;
    rl_input_available_hook = byte_waits;
    rl_attempted_completion_function = complete;
    rl_erase_empty_line = 0;
    if (prepared)
        return;
    prepared = true;
    rl_add_defun("berdua-key-sequence", run_sequence, -1);
    rl_add_defun("re-read-init-file", reread, -1);
    setup_initialize(run_macro);
    commands_stand_in();
    rl_set_keymap(vi_insertion_keymap);
    setup_lines(inputrc_keys);
    rl_set_keymap(emacs_standard_keymap);
    setup_lines(inputrc_keys);
    setup_lines(inputrc_emacs_keys);
    rl_variable_bind("revert-all-at-newline", "on");
    setup_inputrc(e->nowhere, e->ops.complain, e->ops.arg); /* the operator's own */
}

static void
add_to_history(void *arg, const char *text)
{
    (void)arg;
    if (history_length > 0) {
        HIST_ENTRY *last = history_get(history_base + history_length - 1);
        if (last && strcmp(last->line, text) == 0)
            return;
    }
    add_history(text);
}

struct editor *
editor_create(const struct editor_ops *ops, bool keep_history, struct err *err)
{
    if (the_editor) {
        err_set(err, "there is an input line already");
        return NULL;
    }
    FILE *nowhere = fopen("/dev/null", "r+e");
    if (!nowhere) {
        err_set(err, "/dev/null: %s", strerror(errno));
        return NULL;
    }
    struct editor *e = xcalloc(1, sizeof *e);
    e->ops = *ops;
    e->nowhere = nowhere;
    buf_init(&e->accepted, (size_t)EDITOR_MAX_TEXT_BYTES * 4);
    buf_init(&e->prompt, 4096);
    the_editor = e;
    locale_want_utf8();
    int kept = silence_begin(e->nowhere);
    prepare_readline(e);
    rl_callback_handler_install("", accepted);
    silence_end(kept);
    stifle_history(HISTORY_MAX_ENTRIES);
    if (keep_history) {
        e->history_file = path_state("history");
        history_load(e->history_file, add_to_history, NULL);
    }
    using_history();
    return e;
}

/* They stay bound, since readline loses memory when a sequence is taken from it; without a keymap they do nothing. */
void
editor_use_keymap(struct editor *e, const struct keymap *k)
{
    Keymap maps[] = {emacs_standard_keymap, vi_insertion_keymap, vi_movement_keymap};
    char bytes[KEYMAP_SEQUENCE_BYTES], written[4 * KEYMAP_SEQUENCE_BYTES + 1];
    enum action a;
    size_t n;
    e->keymap = k;
    for (size_t i = 0; (n = keymap_sequence(k, i, bytes, &a)); i++) {
        for (size_t j = 0; j < n; j++)
            snprintf(written + 4 * j, 5, "\\%03o", (unsigned char)bytes[j]);
        for (size_t m = 0; m < ARRAY_LEN(maps); m++)
            rl_bind_keyseq_in_map(written, run_sequence, maps[m]);
    }
}

void
editor_destroy(struct editor **ep)
{
    struct editor *e = *ep;
    if (!e)
        return;
    editor_set_text(e, "");
    rl_callback_handler_remove();
    clear_history();
    rl_instream = rl_outstream = NULL;
    fclose(e->nowhere);
    buf_finish(&e->accepted);
    buf_finish(&e->prompt);
    free(e->before.text);
    free(e->history_file);
    free(e);
    the_editor = NULL;
    *ep = NULL;
}

/* ---- keys ---- */

static void
remember(struct editor *e, const char *text)
{
    add_to_history(NULL, text);
    using_history();
    if (e->history_file)
        history_append(e->history_file, text);
}

static void
deliver_accepted(struct editor *e)
{
    if (e->accepted.len) {
        /* accept may set another text, so the accepted ones are taken out first. */
        size_t len = e->accepted.len;
        char *texts = buf_take(&e->accepted);
        for (size_t at = 0; at < len; at += strlen(texts + at) + 1) {
            remember(e, texts + at);
            e->ops.accept(e->ops.arg, texts + at);
        }
        free(texts);
    }
    commands_fetch_wanted();
    if (e->pending != ACT_NONE) {
        enum action a = e->pending;
        e->pending = ACT_NONE;
        if (e->ops.action)
            e->ops.action(e->ops.arg, a);
    }
}

/* Commands that take the next key as it is, which no state of the callback interface tells. */
static bool
takes_next_raw(rl_command_func_t *bound)
{
    rl_command_func_t *f = commands_theirs(bound);
    rl_command_func_t *const list[] = {
        rl_quoted_insert, rl_char_search,  rl_backward_char_search, rl_vi_change_char,
        rl_vi_set_mark,   rl_vi_goto_mark, rl_vi_char_search,
    };
    for (size_t i = 0; i < ARRAY_LEN(list); i++)
        if (f == list[i])
            return true;
    return false;
}

/* What it did is undone. */
static void
end_endless_macro(struct editor *e)
{
    char *why = xasprintf("%s: this macro gives its own keys again and again: stopped; "
                          "take the line out, or bind other keys",
                          e->endless);
    char *text = e->before.text;
    int point = e->before.point;
    free(e->endless);
    e->endless = e->before.text = NULL;
    e->pending = ACT_NONE;
    buf_truncate(&e->accepted, e->before.accepted);
    editor_set_text(e, "");
    rl_insert_text(text); /* as it was, with controls that were typed behind C-q */
    rl_point = point;
    if (e->ops.complain)
        e->ops.complain(e->ops.arg, why);
    free(text);
    free(why);
}

/* The key only put its character before the cursor; end: where the text ended before it. */
static bool
has_typed_itself(const char *bytes, size_t n, int end)
{
    return rl_last_func == rl_insert && rl_end == end + (int)n && rl_point >= (int)n &&
           memcmp(rl_line_buffer + rl_point - n, bytes, n) == 0 && utf8_valid(bytes, n);
}

/* No half of a character is left, and neither cursor nor mark stands inside one. readline keeps a pointer into the text
 * in which a search began, so this waits for the end of a search. */
static void
mend(struct editor *e)
{
    if (RL_ISSTATE(RL_STATE_ISEARCH))
        return;
    /* Marks of vi may stand inside a character when the text has changed since. */
    if (e->unsure > 0 || e->mended || rl_end <= SHORT_BYTES || rl_editing_mode == 0)
        e->mended |= text_mend();
    text_mend_places();
}

static void
feed_keys(struct editor *e, const char *bytes, size_t n)
{
    int end = rl_end;
    if (takes_next_raw(rl_last_func))
        rl_last_func = NULL;
    feed_begin(&e->feed, bytes, n);
    e->macros = 0;
    bool capped = false, full = false;
    while (e->feed.n && !capped && !(full = text_search_is_full(*e->feed.p))) {
        find_read_char(e->feed.p, e->feed.n);
        if (rl_done)
            commands_end_line(&e->feed);
        capped = text_cap();
        if (e->feed.n && rl_end <= SHORT_BYTES) /* the next key may begin a search */
            mend(e);
        text_keep_edits();
    }
    bool refused = commands_refused();
    e->next_is_raw = !refused && takes_next_raw(rl_last_func);
    if (refused && e->ops.complain)
        e->ops.complain(e->ops.arg,
                        "the line is too long for this; edit it in $EDITOR: Ctrl-X Ctrl-E");
    if (full && e->ops.complain)
        e->ops.complain(e->ops.arg, "a search can be for no more than 500 bytes");
    if (capped && e->ops.complain)
        e->ops.complain(e->ops.arg, "a message can be no longer than 4 MiB: undone");
    if (e->feed.wide && !has_typed_itself(bytes, n, end))
        e->unsure = 2;
    feed_end(&e->feed);
    if (e->endless)
        end_endless_macro(e);
    mend(e);
    e->unsure -= e->unsure > 0;
    text_keep_edits();
}

static void
feed_byte(struct editor *e, char byte)
{
    feed_keys(e, &byte, 1);
}

/* Ends a readline command that waits for more keys; a search keeps what it found. */
static void
end_pending_command(struct editor *e)
{
    find_give_up();
    if (RL_ISSTATE(RL_STATE_ISEARCH))
        feed_byte(e, ESC_BYTE);
    else if (RL_ISSTATE(RL_STATE_NSEARCH | RL_STATE_MULTIKEY | RL_STATE_NUMERICARG))
        feed_byte(e, ABORT_BYTE);
    if (e->next_is_raw || RL_ISSTATE(BUSY)) {
        bool search = RL_ISSTATE(RL_STATE_ISEARCH | RL_STATE_NSEARCH);
        rl_callback_sigcleanup();
        if (search)
            rl_restore_prompt();
        rl_clear_message();
        rl_last_func = NULL;
    }
    e->next_is_raw = false;
}

/* Whether ESC alone does something; readline would otherwise keep it as Meta for the next key. */
static bool
escape_is_bound(void)
{
    if (RL_ISSTATE(RL_STATE_ISEARCH | RL_STATE_VIMOTION))
        return true;
    if (editor_vi_mode(the_editor) == 'i')
        return true;
    int type = ISFUNC;
    rl_command_func_t *f = rl_function_of_keyseq_len("\033", 1, NULL, &type);
    if (type != ISKMAP)
        return f != NULL;
    /* readline keeps a sub-keymap in the place of its function. */
    Keymap sub = (Keymap)(void *)f;
    return sub && sub[ANYOTHERKEY].function;
}

bool
editor_key(struct editor *e, const char *bytes, size_t n)
{
    static const char paste_begin[] = "\033[200~";
    if (n == 0 || (n >= 6 && memcmp(bytes, paste_begin, 6) == 0))
        return n > 0;
    bool escape = bytes[0] == ESC_BYTE;
    bool busy = e->next_is_raw || RL_ISSTATE(BUSY);
    if (busy && n == 1 && bytes[0] == 3) {
        end_pending_command(e);
        return true;
    }
    if ((e->next_is_raw && (bytes[0] == 0 || escape)) ||
        (escape && RL_ISSTATE(RL_STATE_MULTIKEY | RL_STATE_NSEARCH))) {
        end_pending_command(e);
        if (n == 1)
            return true;
    }
    if (escape && n == 1 && !escape_is_bound()) {
        end_pending_command(e);
        return true;
    }
    /* The rest of what is bound to nothing would be typed into the text. */
    bool begins = RL_ISSTATE(RL_STATE_MULTIKEY) && (bytes[0] & 0x80);
    bool control = !busy && n == 1 && (unsigned char)bytes[0] < ' ';
    if ((control || (n > 1 && (escape || begins))) && !commands_bound(bytes, n)) {
        if (begins)
            end_pending_command(e);
        return busy;
    }
    feed_keys(e, bytes, n);
    deliver_accepted(e);
    return true;
}

const char *
editor_command(const struct editor *e, const char *bytes, size_t n)
{
    int type = ISFUNC;
    if (n && bytes[0] & 0x80) /* a character */
        n = 1;
    rl_command_func_t *f = n ? rl_function_of_keyseq_len(bytes, n, NULL, &type) : NULL;
    (void)e;
    if (f && type == ISKMAP)
        return "begins a sequence";
    for (FUNMAP **named = funmap; f && *named; named++)
        if ((*named)->function == f)
            return (*named)->name;
    return f ? "a macro or sequence of yours" : NULL;
}

bool
editor_wants(const struct editor *e, const char *key_name)
{
    if (e->next_is_raw || RL_ISSTATE(BUSY))
        return true;
    return strcmp(key_name, "Esc") == 0 && editor_vi_mode(e) == 'i';
}

/* ---- the text ---- */

void
editor_paste(struct editor *e, const char *p, size_t n)
{
    end_pending_command(e);
    text_insert(p, n);
}

const char *
editor_text(const struct editor *e)
{
    (void)e;
    return rl_line_buffer ? rl_line_buffer : "";
}

size_t
editor_cursor(const struct editor *e)
{
    (void)e;
    return (size_t)rl_point;
}

static int
discard_line(int count, int key)
{
    the_editor->discard = true;
    return rl_newline(count, key);
}

/* Ends the line as Enter does, so that readline itself reverts history entries edited on the way and
 * drops lists of edits that entries share with the line; the text is not reported. */
static void
discard_text(struct editor *e)
{
    Keymap map = rl_make_bare_keymap();
    rl_bind_key_in_map('d', discard_line, map);
    rl_set_keymap(map);
    feed_byte(e, 'd');
    rl_set_keymap_from_edit_mode();
    rl_free_keymap(map);
}

void
editor_set_text(struct editor *e, const char *text)
{
    end_pending_command(e);
    discard_text(e);
    text_insert(text, strlen(text));
}

void
editor_set_aside(struct editor *e)
{
    char *text = xstrdup(editor_text(e));
    editor_set_text(e, "");
    if (text[strspn(text, " \t\n")])
        remember(e, text);
    free(text);
}

bool
editor_empty(const struct editor *e)
{
    return *editor_text(e) == 0;
}

const char *
editor_prompt(const struct editor *e)
{
    (void)e;
    struct buf *out = &the_editor->prompt;
    buf_clear(out);
    for (const char *p = rl_display_prompt ? rl_display_prompt : ""; *p; p++)
        if ((unsigned char)*p >= 32 && *p != 127)
            buf_append_char(out, *p);
    return out->p;
}

char
editor_vi_mode(const struct editor *e)
{
    (void)e;
    if (rl_editing_mode != 0)
        return 0;
    return rl_get_keymap() == vi_movement_keymap ? 'c' : 'i';
}

void
editor_resize(struct editor *e, int rows, int cols)
{
    (void)e;
    rl_set_screen_size(rows > 0 ? rows : 1, cols > 0 ? cols : 1);
}
