/* Background for a system prompt that others wrote (a small model, a stored profile): fenced, bounded, and
 * unable to leave its fence or to pass for a turn of the conversation. Pure. Thread: any. */
#ifndef BERDUA_CHAT_FENCE_H
#define BERDUA_CHAT_FENCE_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Appends a blank line (unless out is empty), then
 *     <name>
 *     intro            (NULL: no such line)
 *     text
 *     </name>
 * name and intro are ours. Of the text: control and invisible characters go, invalid bytes too; '<', '>' and what
 * looks like them become round brackets, full-width forms their ASCII; headings and rules of Markdown, instruction marks ("[INST]") and role names ("User:") lose what makes
 * them one; blank lines go. What then exceeds max_bytes is cut as fence_cut does. Nothing is appended, and false
 * is returned, when no word of the text is left or out has no room. */
bool fence_append(struct buf *out, const char *name, const char *intro, const char *text,
                  size_t max_bytes);

/* At most max_bytes: up to the last whole sentence when that keeps at least half, else to the last whole word and
 * "…"; never inside a character. Blanks at the end go. */
void fence_cut(struct buf *text, size_t max_bytes);

/* Bytes of a role's name with its colon ("User:", "### Assistant :" without the marks) at p, 0: there is none. The
 * caller says that a word begins at p. */
size_t fence_role(const char *p, size_t n);

#endif
