/* Vectors of texts: scaled and printed. Thread: any. */
#ifndef BERDUA_KNOWLEDGE_VECTOR_H
#define BERDUA_KNOWLEDGE_VECTOR_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Scales to length one. false: the length is zero, or one of the numbers is not finite. */
bool vector_normalise(float *v, size_t dims);
/* "[0.12,-0.5,…]", whatever the locale; for vectors of length one. */
bool vector_print(struct buf *out, const float *v, size_t dims);

#endif
