/* Bytes from the terminal -> events, as a push parser without a file descriptor. A paste between
 * ESC[200~ and ESC[201~ is one event however it is split; a lone ESC is resolved after 25 ms; SGR mouse
 * and focus reports are taken; everything else passes on whole, one key (or one UTF-8 character) an event.
 * Owner: the UI. Thread: main. */
#ifndef BERDUA_UI_INPUT_H
#define BERDUA_UI_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum input_kind { INPUT_KEY, INPUT_PASTE, INPUT_MOUSE, INPUT_FOCUS };

struct input_event {
    enum input_kind kind;
    const char *
        bytes; /* KEY: the bytes as sent; PASTE: the text (LF line ends, no ESC, no controls but LF and TAB) */
    size_t len;
    char name
        [24]; /* KEY: canonical name as in the keymap: "a", "A-1", "C-l", "Enter", "Esc", "PgUp", "F1", "C-x"… */
    int button, row, col; /* MOUSE: 64/65 wheel up/down, 0 left; 0-based */
    bool press;           /* MOUSE: press rather than release; FOCUS: gained */
};

enum { INPUT_ESC_MS = 25, INPUT_MAX_PASTE_BYTES = 1 << 20 };

struct input;
struct input *input_create(void (*event)(void *arg, const struct input_event *ev), void *arg);
void input_destroy(struct input **in);
/* now_us: when the bytes were read. */
void input_feed(struct input *in, const char *p, size_t n, int64_t now_us);
/* When input_tick must be called (a lone ESC or an unfinished sequence waits), or NEVER_US. */
int64_t input_deadline(const struct input *in);
void input_tick(struct input *in, int64_t now_us);

#endif
