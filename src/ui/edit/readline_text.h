/* What readline's text has to be, whatever its commands did to it. Each change is one undo group. Thread: main. */
#ifndef BERDUA_UI_READLINE_TEXT_H
#define BERDUA_UI_READLINE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* What is typed or pasted, without controls but LF and TAB; no more than there is room for. */
void text_insert(const char *p, size_t n);
/* An inputrc in another encoding may bind a byte of a character, or type one: no half of a character is left. false: none
 * was there. */
bool text_mend(void);
/* Cursor and mark stand between two characters. */
void text_mend_places(void);
/* Undoes what made it longer than EDITOR_MAX_TEXT_BYTES. false: it is not. */
bool text_cap(void);
/* Each list of edits has one owner: an entry of the history, or the line that was left for the history.
 * readline gives an entry that is edited a second time its newer edits only when the entry is left, and may free them
 * before, and with them the older ones. A search of vi leaves no line to come back to: behind the last entry, text and
 * edits would stay those of an entry. Call it after each command. */
void text_keep_edits(void);
/* Would this key make the text of a search longer than it may be? */
bool text_search_is_full(char key);
/* Before a search from an entry: one that finds nothing comes back to what readline has saved, which is the entry then. */
void text_forget_left_line(void);

#endif
