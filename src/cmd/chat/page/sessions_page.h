/* The stored sessions of a user, as a page of the screen. Thread: one that may wait for the disk. */
#ifndef BERDUA_CMD_SESSIONS_PAGE_H
#define BERDUA_CMD_SESSIONS_PAGE_H

struct config;
struct doc;

void sessions_page(const struct config *config, const char *user, struct doc *d);

#endif
