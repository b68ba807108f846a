/* Vectors for texts. The built-in embedding hashes words and pieces of words: texts that share words are near each other.
 * It does not know meaning, and its name is shown wherever it is used. Thread: any; nothing here keeps state. */
#ifndef BERDUA_KNOWLEDGE_VECTOR_H
#define BERDUA_KNOWLEDGE_VECTOR_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

enum { VECTOR_HASHED_DIMS = 256 };
/* Stored with a collection: it changes whenever any vector would. */
#define VECTOR_HASHED_NAME "berdua-hashed-256.1"

/* out has VECTOR_HASHED_DIMS places; of length one, or all zero for a text without words. */
void vector_hash(float *out, const char *p, size_t n);
/* Scales to length one. false: the length is zero, or one of the numbers is not finite. */
bool vector_normalise(float *v, size_t dims);
/* "[0.12,-0.5,…]", whatever the locale; for vectors of length one. */
bool vector_print(struct buf *out, const float *v, size_t dims);

#endif
