/* Bytes from the terminal -> events, as a push parser without a file descriptor. A paste between
 * ESC[200~ and ESC[201~ is one event however it is split; a lone ESC is resolved after 25 ms; SGR mouse
 * and focus reports are taken; answers of the terminal are never keys; everything else passes on whole,
 * one key (or one UTF-8 character) an event. Any split of the bytes gives the same events.
 *
 * Key names: a character names itself ("a", "A", "/", "é"); "Space"; "Enter" "Tab" "Backspace" "Esc" "Up"
 * "Down" "Left" "Right" "Home" "End" "PgUp" "PgDn" "Ins" "Del" "F1".."F12". Before it, in this order:
 * "C-" Ctrl, "A-" Alt, "S-" Shift (only before a named key): "C-a", "A-1", "A-Enter", "S-Tab", "C-Left",
 * "C-A-x". 0x7f is Backspace, 0x08 C-h, 0x0a C-j, 0x0d Enter, 0x00 C-Space, 0x1c-0x1f C-\\ C-] C-^ C-_.
 * Owner: the UI. Thread: main. */
#ifndef BERDUA_UI_INPUT_H
#define BERDUA_UI_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* INPUT_REPLY: an answer of the terminal, whole, for term_reply. */
enum input_kind { INPUT_KEY, INPUT_PASTE, INPUT_MOUSE, INPUT_FOCUS, INPUT_REPLY };

struct input_event {
    enum input_kind kind;
    /* KEY: the bytes for the editor, as sent, except that the newer encodings (CSI u, modifyOtherKeys)
     * come as the bytes an older terminal would have sent. PASTE: the text (LF line ends, valid UTF-8,
     * no controls but LF and TAB). REPLY: as sent. Valid during the callback. */
    const char *bytes;
    size_t len;
    char name[24];        /* KEY: canonical name */
    int button, row, col; /* MOUSE: 64/65 wheel up/down, 0 left; 0-based */
    bool press;           /* MOUSE: press rather than release; FOCUS: gained */
};

enum { INPUT_ESC_MS = 25, INPUT_MAX_PASTE_BYTES = 1 << 20 };

struct buf;
struct input;
struct input *input_create(void (*event)(void *arg, const struct input_event *ev), void *arg);
void input_destroy(struct input **in);
/* now_us: when the bytes were read. */
void input_feed(struct input *in, const char *p, size_t n, int64_t now_us);
/* When input_tick must be called (a lone ESC or an unfinished sequence waits), or NEVER_US. */
int64_t input_deadline(const struct input *in);
void input_tick(struct input *in, int64_t now_us);

/* The canonical spelling of a key name a person wrote ("Ctrl-X", "alt-enter", "A-C-x", "Return");
 * false when there is no such key. */
bool input_key_name(const char *written, char out[24]);
/* What may be pasted from p: line ends as LF, valid UTF-8, no C0 but LF and TAB, no DEL, no C1; appended
 * until out is full. */
void input_clean(struct buf *out, const char *p, size_t n);

#endif
