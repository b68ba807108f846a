#include "berdua/chat/cold_starts.h"

#include <stdio.h>

#include "berdua/base/clock.h"

const char *
cold_starts_text(const struct cold_starts *c, char out[COLD_STARTS_TEXT])
{
    int low = (int)((c->low_us + US_PER_S / 2) / US_PER_S);
    int high = (int)((c->high_us + US_PER_S / 2) / US_PER_S);
    const char *starts = c->count == 1 ? "start" : "starts";
    if (c->count <= 0)
        out[0] = 0;
    else if (low == high)
        snprintf(out, COLD_STARTS_TEXT, "usual %d s (%d %s)", low, c->count, starts);
    else
        snprintf(out, COLD_STARTS_TEXT, "usual %d–%d s (%d %s)", low, high, c->count, starts);
    return out;
}
