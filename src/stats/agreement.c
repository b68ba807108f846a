#include "berdua/stats/agreement.h"

#include <math.h>

double
cohen_kappa(int64_t table[AGREEMENT_LABELS][AGREEMENT_LABELS])
{
    double n = 0, same = 0, chance = 0;
    double first[AGREEMENT_LABELS] = {0}, second[AGREEMENT_LABELS] = {0};
    for (size_t i = 0; i < AGREEMENT_LABELS; i++) {
        same += (double)table[i][i];
        for (size_t j = 0; j < AGREEMENT_LABELS; j++) {
            n += (double)table[i][j];
            first[i] += (double)table[i][j];
            second[j] += (double)table[i][j];
        }
    }
    for (size_t i = 0; i < AGREEMENT_LABELS; i++)
        chance += first[i] * second[i];
    /* Both shares are multiplied by n², so that "chance alone agrees always" is exact. */
    return n * n - chance > 0 ? (n * same - chance) / (n * n - chance) : NAN;
}

double
krippendorff_alpha(const int64_t (*pairs)[AGREEMENT_LABELS], size_t n)
{
    double of[AGREEMENT_LABELS] = {0}, all = 0, differ = 0, expected = 0;
    for (size_t i = 0; i < n; i++) {
        double raters = 0, same = 0;
        for (size_t j = 0; j < AGREEMENT_LABELS; j++) {
            raters += (double)pairs[i][j];
            same += (double)pairs[i][j] * (double)(pairs[i][j] - 1);
        }
        if (raters < 2)
            continue;
        differ += (raters * (raters - 1) - same) / (raters - 1);
        all += raters;
        for (size_t j = 0; j < AGREEMENT_LABELS; j++)
            of[j] += (double)pairs[i][j];
    }
    for (size_t j = 0; j < AGREEMENT_LABELS; j++)
        expected += of[j] * (all - of[j]);
    return expected > 0 ? 1 - (all - 1) * differ / expected : NAN;
}

struct blindness
blindness_index(int64_t right, int64_t wrong, int64_t dont_know)
{
    struct blindness b = {right + wrong + dont_know, NAN, {NAN, NAN}};
    if (b.n == 0)
        return b;
    b.index = (double)(right - wrong) / (double)b.n;
    struct interval rate =
        mixture_interval((struct counts){(double)right, (double)wrong, (double)dont_know});
    b.interval = (struct interval){2 * rate.low - 1, 2 * rate.high - 1};
    return b;
}
