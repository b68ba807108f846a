#include "vector.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/random.h"
#include "stem.h"

enum { SHORTEST_PIECE = 3, LONGEST_PIECE = 4 };
static const float piece_weight = 0.3f;

/* A hash chooses the place and the sign, so that collisions cancel out as often as they add up. */
static void
add_hashed(float *v, const char *p, size_t n, uint64_t seed, float weight)
{
    uint64_t h = hash_bytes(p, n, seed);
    v[h % VECTOR_HASHED_DIMS] += h >> 63 ? -weight : weight;
}

static bool
add_word(void *arg, const char *word, size_t len)
{
    float *v = arg;
    char framed[STEM_BYTES + 2];
    add_hashed(v, word, len, 1, 1);
    framed[0] = '<';
    memcpy(framed + 1, word, len);
    framed[len + 1] = '>';
    for (size_t piece = SHORTEST_PIECE; piece <= LONGEST_PIECE; piece++)
        for (size_t i = 0; i + piece <= len + 2; i++)
            add_hashed(v, framed + i, piece, piece, piece_weight);
    return true;
}

void
vector_hash(float *out, const char *p, size_t n)
{
    memset(out, 0, VECTOR_HASHED_DIMS * sizeof *out);
    stem_words(p, n, add_word, out);
    /* Counts are damped, because a word that occurs ten times says little more than one that occurs twice. */
    for (size_t i = 0; i < VECTOR_HASHED_DIMS; i++)
        out[i] = copysignf(log1pf(fabsf(out[i])), out[i]);
    vector_normalise(out, VECTOR_HASHED_DIMS);
}

bool
vector_normalise(float *v, size_t dims)
{
    double sum = 0;
    for (size_t i = 0; i < dims; i++)
        sum += (double)v[i] * (double)v[i];
    double length = sqrt(sum);
    if (!isfinite(length) || length < 1e-12)
        return false;
    for (size_t i = 0; i < dims; i++)
        v[i] = (float)((double)v[i] / length);
    return true;
}

bool
vector_print(struct buf *out, const float *v, size_t dims)
{
    bool ok = buf_append_char(out, '[');
    for (size_t i = 0; ok && i < dims; i++) {
        long millionths = lrint((double)v[i] * 1e6);
        long size = millionths < 0 ? -millionths : millionths;
        ok = buf_printf(out, "%s%s%ld.%06ld", i ? "," : "", millionths < 0 ? "-" : "",
                        size / 1000000, size % 1000000);
    }
    return ok && buf_append_char(out, ']');
}
