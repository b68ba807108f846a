/* The file of sent messages: one line each, LF and backslash escaped, so that an entry of several lines
 * survives and several instances may append at once. Never fatal: without a file there is only no memory.
 * Thread: main. */
#ifndef BERDUA_UI_SENT_HISTORY_H
#define BERDUA_UI_SENT_HISTORY_H

#include <stddef.h>

enum { HISTORY_MAX_ENTRIES = 2000, HISTORY_MAX_ENTRY_BYTES = 64 * 1024 };

/* Gives the last HISTORY_MAX_ENTRIES entries, oldest first; a file that has grown to twice that is
 * written anew with only these. */
void history_load(const char *file, void (*entry)(void *arg, const char *text), void *arg);
/* Appends; makes folder and file (0600). */
void history_append(const char *file, const char *text);

#endif
