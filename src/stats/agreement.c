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

void
krippendorff_add(struct krippendorff *k, const int64_t pair[AGREEMENT_LABELS])
{
    double raters = 0, same = 0;
    for (size_t j = 0; j < AGREEMENT_LABELS; j++) {
        raters += (double)pair[j];
        same += (double)pair[j] * (double)(pair[j] - 1);
    }
    if (raters < 2)
        return;
    k->differ += (raters * (raters - 1) - same) / (raters - 1);
    for (size_t j = 0; j < AGREEMENT_LABELS; j++)
        k->of[j] += (double)pair[j];
}

double
krippendorff_alpha(const struct krippendorff *k)
{
    double all = 0, expected = 0;
    for (size_t j = 0; j < AGREEMENT_LABELS; j++)
        all += k->of[j];
    for (size_t j = 0; j < AGREEMENT_LABELS; j++)
        expected += k->of[j] * (all - k->of[j]);
    return expected > 0 ? 1 - (all - 1) * k->differ / expected : NAN;
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
