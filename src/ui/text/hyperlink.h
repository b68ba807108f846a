/* Where a link leads: which addresses a terminal is told, and how rows keep them. Pure. Thread: any. */
#ifndef BERDUA_UI_HYPERLINK_H
#define BERDUA_UI_HYPERLINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

enum {
    LINK_MAX_BYTES = 2083,             /* VTE takes no longer one */
    LINK_READ_MAX = 4 * LINK_MAX_BYTES /* of what is read of an address, which may be coded */
};

/* Appends the address as a terminal may have it: http, https or mailto, visible ASCII, what lies beyond percent-encoded.
 * false, and out as it was: for another scheme, blanks, control bytes, what the screen would not show as it is, or one
 * that is too long. */
bool link_address(struct buf *out, const char *p, size_t n);
/* Is the text the address, but perhaps for its "mailto:"? */
bool link_says(const char *text, size_t text_len, const char *p, size_t n);
/* Does the text name a place of the network that is not the address (of n bytes)? */
bool link_misleads(const char *text, size_t text_len, const char *p, size_t n);

/* Addresses one after the other, each ended by NUL. At 0 stands the empty one: no link. All zero at first. */
struct addresses {
    char *p;
    uint32_t len, cap;
};
/* Where the address stands from now on; the one kept last is not kept twice. */
uint32_t addresses_keep(struct addresses *k, const char *address);
/* All of the other, each as many bytes after where k ended as it stands in it. */
void addresses_append(struct addresses *k, const struct addresses *other);
/* The address at a place. */
const char *addresses_at(const struct addresses *k, uint32_t at);

#endif
