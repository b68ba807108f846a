/* What the page /log says: the last lines of the chat's own log. Thread: one that may wait for the disk. */
#ifndef BERDUA_CMD_LOG_PAGE_H
#define BERDUA_CMD_LOG_PAGE_H

struct doc;

void log_page(struct doc *d);

#endif
