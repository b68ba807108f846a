/* The parts of the input line that know nothing of readline. Private to ui/edit. Thread: main. */
#ifndef BERDUA_UI_EDITOR_PARTS_H
#define BERDUA_UI_EDITOR_PARTS_H

#include <stdbool.h>
#include <stddef.h>

/* Places in a text of several lines: pure. */
/* The place above or below `at`, as many characters from its line's beginning, or at that line's end when
 * it is shorter. false when there is no such line. */
bool textpos_above(const char *p, size_t at, size_t *to);
bool textpos_below(const char *p, size_t n, size_t at, size_t *to);
/* The place behind so many words, or before them for a negative count. */
size_t textpos_words(const char *p, size_t n, size_t at, int count);

/* Lines of an inputrc, up to NULL: keys of the emacs mode and of vi's insert mode, more of the emacs mode, which the
 * operator's own file can change, and settings that it cannot. */
extern const char *const inputrc_keys[], *const inputrc_emacs_keys[], *const inputrc_enforced[];

/* The file of sent messages: one line each, LF and backslash escaped, so that an entry of several lines
 * survives and several instances may append at once. Never fatal: without a file there is only no memory. */
enum { HISTORY_MAX_ENTRIES = 2000, HISTORY_MAX_ENTRY_BYTES = 64 * 1024 };

/* Gives the last HISTORY_MAX_ENTRIES entries, oldest first; a file that has grown to twice that is
 * written anew with only these. */
void history_load(const char *file, void (*entry)(void *arg, const char *text), void *arg);
/* Appends; makes folder and file (0600). */
void history_append(const char *file, const char *text);

#endif
