/* What is remembered of a user, as a page of the screen. Thread: one that may wait for the disk. */
#ifndef BERDUA_CMD_MEMORY_PAGE_H
#define BERDUA_CMD_MEMORY_PAGE_H

struct config;
struct doc;

void memory_page(const struct config *config, const char *user, struct doc *d);

#endif
