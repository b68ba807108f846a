#include "berdua/base/random.h"

#include "berdua/base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

static uint64_t
mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

uint64_t
rng_next(struct rng *r)
{
    r->state += 0x9E3779B97F4A7C15u;
    return mix(r->state);
}

uint32_t
rng_below(struct rng *r, uint32_t n)
{
    return (uint32_t)(((rng_next(r) >> 32) * n) >> 32);
}

double
rng_unit(struct rng *r)
{
    return (double)(rng_next(r) >> 11) * 0x1p-53;
}

uint64_t
hash_bytes(const void *p, size_t n, uint64_t seed)
{
    const unsigned char *b = p;
    uint64_t h = 0xCBF29CE484222325u ^ mix(seed);
    for (size_t i = 0; i < n; i++)
        h = (h ^ b[i]) * 0x100000001B3u;
    return mix(h);
}

void
random_fill(void *p, size_t n)
{
    if (getentropy(p, n) != 0) {
        fputs("berdua: the system gives no random bytes\n", stderr);
        abort();
    }
}

/* 128 bits, big end first, in 26 digits of 5: the first digit carries the top 3 bits. */
static void
id_encode(char out[ID_LEN + 1], const unsigned char b[16])
{
    static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    unsigned acc = 0;
    int bits = 2; /* two zero bits stand before the first */
    int at = 0;
    for (size_t i = 0; i < 16; i++) {
        acc = (acc << 8) | b[i];
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            out[at++] = digits[(acc >> bits) & 31];
        }
        acc &= (1u << bits) - 1;
    }
    out[at] = 0;
}

static void
put_time(unsigned char b[16], int64_t wall_us)
{
    uint64_t ms = (uint64_t)wall_us / US_PER_MS;
    for (int i = 0; i < 6; i++)
        b[i] = (unsigned char)(ms >> (8 * (5 - i)));
}

void
id_make(char out[ID_LEN + 1])
{
    unsigned char b[16];
    random_fill(b, sizeof b);
    put_time(b, clock_wall_us());
    id_encode(out, b);
}

void
id_make_from(char out[ID_LEN + 1], int64_t wall_us, struct rng *r)
{
    unsigned char b[16];
    for (size_t i = 0; i < sizeof b; i += 8) {
        uint64_t x = rng_next(r);
        memcpy(b + i, &x, 8);
    }
    put_time(b, wall_us);
    id_encode(out, b);
}
