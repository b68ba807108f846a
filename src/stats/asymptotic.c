#include "berdua/stats/asymptotic.h"

#include <math.h>

#include "berdua/stats/mixture.h"

double
asymptotic_half(double s, int64_t n)
{
    /* Narrowest at n = 200, fixed before anything is seen. */
    double y = 8.21 * (double)n / 200;
    if (n < ASYMPTOTIC_LEAST)
        return NAN;
    return s * sqrt(2 * (1 + 1 / y) * (log(EVIDENCE_ENOUGH) + 0.5 * log(1 + y)));
}
