/* A model's reply made JSON. Private to src/jiwa. Pure. Thread: any. */
#ifndef BERDUA_JIWA_REPAIR_H
#define BERDUA_JIWA_REPAIR_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Strict JSON out of what a small model writes for it: text or a fence around the object, comments, single,
 * typographic or missing quotes, quotes and line breaks inside strings, trailing or missing commas, Python's
 * words, missing brackets at the end. Valid JSON comes out with the same meaning. Appends one object; false:
 * there is none, or it does not fit into out. Linear in n but for a few tries at where the object begins. */
bool jiwa_repair(const char *p, size_t n, struct buf *out);

#endif
