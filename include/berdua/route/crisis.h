/* Messages about suicide, self-harm and violence, which are never routed to LLAMA. Whole words and phrases from
 * src/route/crisis.txt, in all three languages at once; no score, no learning. Immutable: any thread may read. */
#ifndef BERDUA_ROUTE_CRISIS_H
#define BERDUA_ROUTE_CRISIS_H

#include <stddef.h>

struct crisis;
struct err;

struct crisis *crisis_create(void);
/* From the text of such a file; a wrong line is an error "FILE:LINE: reason". */
struct crisis *crisis_parse(const char *file, const char *text, size_t n, struct err *err);
void crisis_destroy(struct crisis **c);
/* "suicide" when any phrase says so, else the topic ("self-harm", "violence") of the first phrase found, else
 * NULL; lives as long as c. */
const char *crisis_find(const struct crisis *c, const char *message, size_t n);

#endif
