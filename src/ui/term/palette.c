#include "palette.h"

#include <math.h>
#include <stdbool.h>

static const int basic[16] = {
    0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
    0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
};

/* Squared distance; the eye sees green best and blue least. */
static int
apart(int a, int b)
{
    int r = (a >> 16 & 255) - (b >> 16 & 255);
    int g = (a >> 8 & 255) - (b >> 8 & 255);
    int l = (a & 255) - (b & 255);
    return 3 * r * r + 6 * g * g + l * l;
}

int
palette_rgb(int index)
{
    static const int steps[6] = {0, 95, 135, 175, 215, 255};
    if (index < 16)
        return basic[index];
    if (index >= 232) {
        int grey = 8 + 10 * (index - 232);
        return grey << 16 | grey << 8 | grey;
    }
    int cube = index - 16;
    return steps[cube / 36] << 16 | steps[cube / 6 % 6] << 8 | steps[cube % 6];
}

/* The nearest of the palette from first to last. */
static int
nearest_colour(int rgb, int first, int last)
{
    rgb &= 0xffffff;
    int best = first;
    for (int i = first + 1; i <= last; i++)
        if (apart(rgb, palette_rgb(i)) < apart(rgb, palette_rgb(best)))
            best = i;
    return best;
}

static int
shade_colour(int colour, int few, int colours)
{
    if (colours > 16)
        few = INK_NEAREST;
    if (few != INK_NEAREST || colour < 0)
        return few != INK_NEAREST ? few : INK_OWN;
    if (colours > 0x10000)
        return colour & INK_RGB ? colour & 0xffffff : palette_rgb(colour);
    if (colours >= 256) /* not the first 16, which users redefine */
        return colour & INK_RGB ? nearest_colour(colour, 16, 255) : colour;
    return nearest_colour(colour & INK_RGB ? colour : palette_rgb(colour), 0, 15);
}

/* Where the whole screen is painted nothing is left in the terminal's own colours: what they are is not known. */
static void
shade_ground(const struct theme *t, int colours, struct shade *out)
{
    bool dark = t->ground != GROUND_LIGHT;
    if (t->paint == INK_OWN)
        return;
    if (out->bg < 0)
        out->bg = colours > 16 ? shade_colour(t->paint, INK_NEAREST, colours) : dark ? 0 : 15;
    if (out->fg < 0)
        out->fg = colours > 0x10000 ? palette_rgb(dark ? 7 : 0) : dark ? 7 : 0;
}

void
theme_shade(const struct theme *t, enum ink ink, int colours, struct shade *out)
{
    const struct ink_style *style = &t->inks[ink];
    out->fg = out->bg = INK_OWN;
    out->attributes = style->attributes;
    if (colours < 8) {
        /* what only a background told apart must still be seen */
        if (style->bg >= 0)
            out->attributes |= INK_REVERSE;
        return;
    }
    out->fg = shade_colour(style->fg, style->fg16, colours);
    out->bg = shade_colour(style->bg, style->bg16, colours);
    shade_ground(t, colours, out);
    if (colours >= 16)
        return;
    if (out->fg == 8) {
        /* bright black is black here, and cannot be read on a dark ground */
        out->fg = t->paint == INK_OWN ? INK_OWN : 7;
        out->attributes |= INK_FAINT;
    } else if (out->fg > 8) {
        out->fg -= 8;
        out->attributes |= INK_BOLD;
    }
    if (out->bg >= 8)
        out->bg -= 8;
    /* bold is bright here: too pale for a light ground, and black would be grey */
    if ((t->ground == GROUND_LIGHT && out->fg >= 0) || out->fg == 0)
        out->attributes &= ~(unsigned)INK_BOLD;
}

/* ---- light ---- */

/* Of one channel, as WCAG 2 has it. */
static double
linear(int channel)
{
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double
luminance(int rgb)
{
    return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) +
           0.0722 * linear(rgb & 255);
}

double
palette_contrast(int a, int b)
{
    double la = luminance(a), lb = luminance(b);
    return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}
