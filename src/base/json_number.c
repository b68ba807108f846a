/* Numbers as the fewest digits that give them back. printf can only try, and reading back what it printed is most of what an
 * export would cost; so nearly all are decided by a whole number of 17 digits, and only what is too close to tell is tried. */
#include "berdua/base/json.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"

/* Appends n with its last `decimals` digits after a point, without zeros at the end. */
static bool
print_digits(struct buf *out, int64_t n, int decimals)
{
    char text[48], *p = text + sizeof text;
    uint64_t rest = n < 0 ? -(uint64_t)n : (uint64_t)n;
    while (decimals > 0 && rest % 10 == 0) {
        rest /= 10;
        decimals--;
    }
    bool point = decimals > 0;
    do {
        *--p = (char)('0' + rest % 10);
        rest /= 10;
        if (--decimals == 0 && point)
            *--p = '.';
    } while (rest > 0 || (point && decimals >= 0));
    if (n < 0)
        *--p = '-';
    return buf_append(out, p, (size_t)(text + sizeof text - p));
}

static bool
print_by_trial(struct buf *out, double d)
{
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, d);
        if (strtod(text, NULL) == d)
            break;
    }
    /* A locale may put a comma for the point. */
    for (char *c = text; *c; c++)
        if (*c == ',')
            *c = '.';
    return buf_append_str(out, text);
}

/* Ten to the power of 0 … 20, each exact. */
static const long double powers[] = {1e0L,  1e1L,  1e2L,  1e3L,  1e4L,  1e5L,  1e6L,
                                     1e7L,  1e8L,  1e9L,  1e10L, 1e11L, 1e12L, 1e13L,
                                     1e14L, 1e15L, 1e16L, 1e17L, 1e18L, 1e19L, 1e20L};

/* |d| from 1e-4 (%g writes exponents below) to 1e15, as a whole number of digits and how many of them are decimals; false:
 * it cannot be told here. */
static bool
find_digits(double d, int64_t *n, int *decimals)
{
    enum { MOST_DIGITS = 17, LEAST_DIGITS = 15 };
    const long double near = .02L; /* above the error of one multiplication at 17 digits, .006 */
    int e, places = MOST_DIGITS - 1;
    double mantissa = frexp(d, &e), whole = fabs(d);
    /* The gap below a power of two is only half as wide. A long double that is no more than a double (on some machines,
     * and under valgrind) tells nothing. */
    volatile long double one = 1;
    if (LDBL_MANT_DIG < 64 || one + LDBL_EPSILON == one || fabs(mantissa) == .5)
        return false;
    for (double step = 1; whole >= 10 * step && places > 0; step *= 10)
        places--;
    for (double step = 1; whole < step; step /= 10)
        places++;
    if (places >= (int)ARRAY_LEN(powers))
        return false;
    long double scaled = (long double)whole * powers[places];
    long double half_gap = ldexpl(powers[places], e - DBL_MANT_DIG - 1);
    for (int cut = MOST_DIGITS - LEAST_DIGITS; cut >= 0; cut--) {
        long double unit = powers[cut], short_of = scaled / unit, rounded = rintl(short_of);
        long double off = fabsl(rounded * unit - scaled);
        if (fabsl(fabsl(short_of - rounded) - .5L) < near || fabsl(off - half_gap) < near)
            return false;
        if (off < half_gap) {
            *n = (int64_t)(d < 0 ? -rounded : rounded);
            *decimals = places - cut;
            return true;
        }
    }
    return false;
}

bool
json_print_number(struct buf *out, double d)
{
    const double exact_max = 9007199254740992.0, scale = 1e6, most = 1e9, least = 1e-4;
    int64_t n;
    int decimals;
    if (!isfinite(d))
        return buf_append_str(out, "null");
    if (d == floor(d) && fabs(d) <= exact_max)
        return print_digits(out, (int64_t)d, 0);
    if (fabs(d) < least || fabs(d) >= 1e15)
        return print_by_trial(out, d);
    /* No more than 15 digits: what reads as d again is what %.15g would print. */
    double scaled = fabs(d) < most ? nearbyint(d * scale) : NAN;
    if (scaled / scale == d)
        return print_digits(out, (int64_t)scaled, 6);
    return find_digits(d, &n, &decimals) ? print_digits(out, n, decimals) : print_by_trial(out, d);
}
