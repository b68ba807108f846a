/* Takes the secrets out of a text that comes in pieces, whatever form an answer gives them: as they are, in upper or lower
 * case, backwards, spaced out or with other signs between the letters, in base64, in hex, encoded for a URL or as escapes;
 * whole, or a part of 12 or more letters.
 * Owner: who made it. Thread: any. */
#ifndef BERDUA_CONF_REDACTOR_H
#define BERDUA_CONF_REDACTOR_H

#include <stdbool.h>

struct buf;
struct redactor;

/* secrets: one a line; those of fewer than 12 letters and digits may be words and are left out. NULL: none is left. */
struct redactor *redactor_create(const char *secrets);
void redactor_destroy(struct redactor **r);
/* text becomes what may be shown of it and of what was kept back earlier; each secret is a "…". An end that may be the
 * beginning of a secret is kept back until more comes, or the text ends. r may be NULL. */
void redactor_pass(struct redactor *r, struct buf *text, bool ended);
/* What came so far is shown to nobody: a new text begins. r may be NULL. */
void redactor_forget(struct redactor *r);

#endif
