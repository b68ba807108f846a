#include "vector.h"

#include <math.h>

#include "berdua/base/buf.h"

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
