/* A model's reply made JSON. Private to src/jiwa. Pure. Thread: any. */
#ifndef BERDUA_JIWA_REPAIR_H
#define BERDUA_JIWA_REPAIR_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Strict JSON out of what a small model writes for the object that begins at p, with its bracket: comments, single,
 * typographic or missing quotes, quotes and line breaks inside strings, trailing or missing commas, Python's words,
 * missing brackets at the end. Valid JSON comes out with the same meaning. Appends the object; false: it does not fit
 * into out, or is nested too deeply. Linear in n. */
bool jiwa_repair(const char *p, size_t n, struct buf *out);

#endif
