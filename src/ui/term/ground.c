#include "ground.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "palette.h"

enum { LONGEST_REPLY = 64, BLACK = 0, WHITE = 0xffffff };

/* One to four hexadecimal digits up to `end`, as 0..255; -1: it is something else. */
static int
read_channel(const char **p, char end)
{
    size_t n = strspn(*p, "0123456789abcdefABCDEF");
    if (n < 1 || n > 4 || (*p)[n] != end)
        return -1;
    long v = strtol(*p, NULL, 16), most = (1L << (4 * n)) - 1;
    *p += n + (end != 0);
    return (int)(v * 255 / most);
}

enum ground
ground_of_reply(const char *p, size_t n)
{
    static const char head[] = "\033]11;rgb:";
    char text[LONGEST_REPLY + 1] = "";
    size_t skip = sizeof head - 1;
    if (n > LONGEST_REPLY || n < skip || memcmp(p, head, skip) != 0)
        return GROUND_UNKNOWN;
    memcpy(text, p + skip, n - skip);
    text[strcspn(text, "\007\033\x9c\xc2")] = 0; /* where the string ends */
    const char *at = text;
    int r = read_channel(&at, '/'), g = r < 0 ? -1 : read_channel(&at, '/');
    int b = g < 0 ? -1 : read_channel(&at, 0);
    if (b < 0)
        return GROUND_UNKNOWN;
    int rgb = r << 16 | g << 8 | b;
    return palette_contrast(rgb, WHITE) > palette_contrast(rgb, BLACK) ? GROUND_DARK : GROUND_LIGHT;
}

enum ground
ground_of_variable(const char *colorfgbg)
{
    const char *last = colorfgbg ? strrchr(colorfgbg, ';') : NULL;
    char *end = NULL;
    long n = last ? strtol(last + 1, &end, 10) : -1;
    if (!last || end == last + 1 || *end || n < 0 || n > 15)
        return GROUND_UNKNOWN;
    return n < 7 || n == 8 ? GROUND_DARK : GROUND_LIGHT;
}
