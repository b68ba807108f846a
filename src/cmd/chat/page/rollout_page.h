/* What the page /rollout says: per category the figures of `berdua route status`. Thread: one that may wait for
 * the disk. */
#ifndef BERDUA_CMD_ROLLOUT_PAGE_H
#define BERDUA_CMD_ROLLOUT_PAGE_H

struct config;
struct doc;

void rollout_page(const struct config *config, struct doc *d);

#endif
