/* The input line: GNU readline (only here) behind a feed of bytes, so that it never reads a file
 * descriptor, never prints, never sees a signal. inputrc is honoured, vi mode included. History is kept
 * in $XDG_STATE_HOME/berdua/history (0600, 2,000 lines; multi-line entries survive).
 * readline is global: at most one editor exists. Thread: main. */
#ifndef BERDUA_UI_EDITOR_H
#define BERDUA_UI_EDITOR_H

#include "berdua/ui/action.h"

#include <stdbool.h>
#include <stddef.h>

struct err;
struct editor;
struct keymap;

/* accept and action are called when readline has returned, and may change the text. */
struct editor_ops {
    void *arg;
    /* Enter on a complete text (not blank). */
    void (*accept)(void *arg, const char *text);
    /* A key sequence given by editor_use_keymap was completed ("C-x C-e" -> ACT_EDITOR). NULL: dropped. */
    void (*action)(void *arg, enum action a);
    /* What of the user's inputrc was refused or stopped, in one line; may come before editor_create returns. NULL:
     * dropped. */
    void (*complain)(void *arg, const char *text);
};

struct editor *editor_create(const struct editor_ops *ops, bool keep_history, struct err *err);
void editor_destroy(struct editor **e);
/* Sequences of several keys in the compose focus ("C-x C-e") are recognised here, since readline has
 * prefixes of its own (C-x C-u). Single keys stay with the owner. k outlives e. */
void editor_use_keymap(struct editor *e, const struct keymap *k);
/* true: this key must go to editor_key whatever the keymap says, because readline is in the middle of
 * something (a search, C-x, C-q, a vi argument), or because it is Esc in vi insert mode. */
bool editor_wants(const struct editor *e, const char *key_name);
/* The bytes of one key. Keys bound in inputrc work; a macro that gives further keys is run to its end. false: the key is
 * bound to nothing. */
bool editor_key(struct editor *e, const char *bytes, size_t n);
/* The name of readline's command for the bytes of a key, or what else they are; NULL: nothing. */
const char *editor_command(const struct editor *e, const char *bytes, size_t n);
/* Inserts a text as one undo group, controls but LF and TAB removed. */
enum { EDITOR_MAX_TEXT_BYTES = 4 << 20 }; /* what is beyond is dropped */
void editor_paste(struct editor *e, const char *p, size_t n);
const char *editor_text(const struct editor *e);
size_t editor_cursor(const struct editor *e); /* byte offset */
void editor_set_text(struct editor *e, const char *text);
/* Clears the line; what stood there can be had again from the history. */
void editor_set_aside(struct editor *e);
bool editor_empty(const struct editor *e);
/* What readline would show before the text: a search prompt "(reverse-i-search)`x': ", an argument
 * prompt, or "" ; and the vi mode: 'i', 'c', or 0 in emacs mode. */
const char *editor_prompt(const struct editor *e);
char editor_vi_mode(const struct editor *e);
void editor_resize(struct editor *e, int rows, int cols);

#endif
