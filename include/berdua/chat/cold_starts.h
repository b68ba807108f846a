/* How long a brain's server took to start up, as it was measured before: the range without the odd ones. Plain data. */
#ifndef BERDUA_CHAT_COLD_STARTS_H
#define BERDUA_CHAT_COLD_STARTS_H

#include <stddef.h>
#include <stdint.h>

struct cold_starts {
    int count; /* so many were measured; 0: the range is not known */
    int64_t low_us, high_us;
};

enum { COLD_STARTS_TEXT = 64 };
/* "usual 45–90 s (6 starts)", or "" when nothing was measured. Returns out. */
const char *cold_starts_text(const struct cold_starts *c, char out[COLD_STARTS_TEXT]);

#endif
