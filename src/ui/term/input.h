/* Bytes from the terminal -> events, as a push parser without a file descriptor. A paste between
 * ESC[200~ and ESC[201~ is one event however it is split and however long it pauses, also inside these
 * marks: nothing of it ever becomes a key. A paste whose end does not come is waited for until Esc is pressed:
 * what came is then given as text, and what comes later of it is dropped, up to its end or to a second Esc.
 * A lone ESC is resolved after 25 ms, or what input_wait_for_escape says; SGR mouse and focus reports are taken; answers of the terminal are
 * never keys; everything else passes on whole, one key (or one UTF-8 character) an event. Any split of the
 * bytes gives the same events.
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
    bool cut;             /* PASTE: the rest was given up, and is dropped */
    bool refused;         /* PASTE: larger than the cap: nothing of it is given */
};

enum { INPUT_ESC_MS = 25, INPUT_MAX_PASTE_BYTES = 1 << 20 };

struct buf;
struct input;
struct input *input_create(void (*event)(void *arg, const struct input_event *ev), void *arg);
void input_destroy(struct input **in);
/* How long the byte after a lone ESC may take: over a network it comes later than from here. */
void input_wait_for_escape(struct input *in, int ms);
/* now_us: when the bytes were read. */
void input_feed(struct input *in, const char *p, size_t n, int64_t now_us);
/* The same for the bytes of one read(2). Where text follows a line's end in one read, nobody has typed it: it is
 * a paste of a terminal that does not mark pastes, and given as one, with what follows it until 20 ms of silence,
 * 250 ms when it is large, a second when it is refused. Text with a line's end that comes in one read within a second
 * is a piece of it that a pause cut off. An Enter that ends a full read is held for 10 ms, until it is known that no
 * text follows it at once. */
void input_read(struct input *in, const char *p, size_t n, int64_t now_us);
/* When input_tick must be called (a lone ESC, an unfinished sequence or paste waits), or NEVER_US; not while there are
 * bytes to read, which may have come before the deadline. */
int64_t input_deadline(const struct input *in);
void input_tick(struct input *in, int64_t now_us);
/* What the operator is told to wait for. */
enum input_wait {
    INPUT_WAITS_NOT,
    INPUT_WAITS_FOR_REST, /* of a paste that has been quiet for a while; Esc gives it up */
    INPUT_WAITS_FOR_END /* of a paste that was refused or given up and whose rest is dropped; Esc ends that */
};
enum input_wait input_waits(const struct input *in);
/* Forgets what is unfinished: another program has read from the terminal meanwhile. */
void input_reset(struct input *in);

/* The canonical spelling of a key name a person wrote ("Ctrl-X", "alt-enter", "A-C-x", "Return");
 * false when there is no such key. */
bool input_key_name(const char *written, char out[24]);
/* What may be pasted from p: line ends as LF, valid UTF-8, no C0 but LF and TAB, no DEL, no C1; appended
 * until out is full. */
void input_clean(struct buf *out, const char *p, size_t n);

#endif
