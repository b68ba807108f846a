/* Identifiers, stable hashes and seeded random numbers. Thread: any (a struct rng is its owner's). */
#ifndef BERDUA_BASE_RANDOM_H
#define BERDUA_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* SplitMix64 (Steele, Lea, Flood 2014): reproducible, never for secrets. */
struct rng {
    uint64_t state;
};
uint64_t rng_next(struct rng *r);
/* Uniform in [0, n), n > 0, without modulo bias worth noticing at n < 2^32. */
uint32_t rng_below(struct rng *r, uint32_t n);
/* Uniform in [0, 1). */
double rng_unit(struct rng *r);

/* FNV-1a, 64 bits, finished with SplitMix64's mixer so that its low bits are usable. The result is
 * part of stored decisions (sampling, buckets): it never changes. */
uint64_t hash_bytes(const void *p, size_t n, uint64_t seed);

/* 26 characters, sortable by creation time, unique across processes: 48 bits of wall clock in
 * milliseconds, then 80 random bits, in Crockford base 32 (the ULID layout). */
enum { ID_LEN = 26 };
/* So many characters of an identifier are shown where it is only named: its time. Commands find it by them. */
enum { ID_SHOWN = 10 };
void id_make(char out[ID_LEN + 1]);
/* An identifier from a given time and a seeded generator, for code that must be reproducible. */
void id_make_from(char out[ID_LEN + 1], int64_t wall_us, struct rng *r);

/* Fills up to 256 bytes from the system's random source; aborts if there is none. */
void random_fill(void *p, size_t n);

#endif
