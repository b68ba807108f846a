/* Points in time as people write them. Thread: any. */
#ifndef BERDUA_BASE_WHEN_H
#define BERDUA_BASE_WHEN_H

#include <stdbool.h>
#include <stdint.h>

/* 2026-01-31 (its midnight here), RFC 3339 (2026-01-31T12:00:00.5+08:00, also with a blank for the T and without a zone, which
 * then is this one's), today, yesterday (their midnight here) -> microseconds since 1970. false: none of these. */
bool when_parse(const char *text, int64_t wall_us, int64_t *out);

/* "2026-01-31T04:00:00Z". */
enum { WHEN_BYTES = 40 };
const char *when_rfc3339(int64_t wall_us, char out[WHEN_BYTES]);

#endif
