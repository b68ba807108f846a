#include "berdua/ui/search.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>
#include <wctype.h>

#include "berdua/base/utf8.h"

static uint32_t
lower(const char *p, size_t n, size_t *step)
{
    uint32_t cp;
    unsigned char c = (unsigned char)*p;
    if (c < 0x80) {
        *step = 1;
        return (uint32_t)tolower(c);
    }
    *step = utf8_decode(p, n, &cp);
    if (*step == 0) {
        *step = 1;
        return 0xfffd;
    }
    return (uint32_t)towlower((wint_t)cp);
}

static size_t
match_at(const char *p, size_t n, const char *needle, size_t needle_len)
{
    size_t i = 0, j = 0, a, b;
    while (j < needle_len) {
        if (i >= n || lower(p + i, n - i, &a) != lower(needle + j, needle_len - j, &b))
            return 0;
        i += a;
        j += b;
    }
    return i;
}

size_t
search_text(const char *p, size_t n, size_t from, const char *needle, size_t *len)
{
    size_t needle_len = strlen(needle);
    if (needle_len == 0)
        return SIZE_MAX;
    /* most places fail at the first byte */
    unsigned char first = (unsigned char)needle[0];
    bool ascii = first < 0x80;
    int low = tolower(first), high = toupper(first);
    for (size_t i = from; i < n; i++) {
        unsigned char c = (unsigned char)p[i];
        if ((c & 0xc0) == 0x80 || (ascii && c < 0x80 && c != low && c != high))
            continue;
        size_t found = match_at(p + i, n - i, needle, needle_len);
        if (found) {
            *len = found;
            return i;
        }
    }
    return SIZE_MAX;
}

/* The last one that begins before `before`. */
static size_t
search_text_back(const char *p, size_t n, size_t before, const char *needle)
{
    size_t best = SIZE_MAX, len;
    size_t at = search_text(p, n, 0, needle, &len);
    while (at != SIZE_MAX && at < before) {
        best = at;
        at = search_text(p, n, at + len, needle, &len);
    }
    return best;
}

enum { PARTS = 1 + BRAIN_COUNT }; /* of a turn: its message and the answers */

static enum brain_id
part_brain(const struct turn *t, int part)
{
    return part == 0 ? BRAIN_NONE : turn_side(t, part - 1);
}

static const char *
part_text(const struct turn *t, int part, size_t *n)
{
    enum brain_id b = part_brain(t, part);
    if (b == BRAIN_NONE) {
        *n = strlen(t->message);
        return t->message;
    }
    *n = turn_hides(t, b) ? 0 : t->answers[b].text.len;
    return t->answers[b].text.p;
}

bool
search_conversation(const struct conversation *c, const char *needle, bool forward,
                    struct search_place *at)
{
    if (!c || c->count == 0 || !needle[0])
        return false;
    size_t total = c->count * PARTS, index = at->turn < c->count ? at->turn : c->count - 1;
    int part = 0;
    while (part < PARTS - 1 && part_brain(c->turns[index], part) != at->brain)
        part++;
    size_t place = index * PARTS + (size_t)part, offset = at->offset;
    for (size_t i = 0; i <= total; i++) {
        const struct turn *t = c->turns[place / PARTS];
        size_t n, len, found;
        const char *p = part_text(t, (int)(place % PARTS), &n);
        if (forward)
            found = search_text(p, n, offset, needle, &len);
        else
            found = search_text_back(p, n, offset, needle);
        if (found != SIZE_MAX) {
            *at = (struct search_place){place / PARTS, part_brain(t, (int)(place % PARTS)), found};
            return true;
        }
        place = forward ? (place + 1) % total : (place + total - 1) % total;
        offset = forward ? 0 : SIZE_MAX;
    }
    return false;
}

size_t
search_count(const struct conversation *c, const char *needle, const struct search_place *at,
             size_t *index)
{
    size_t count = 0, before = 0;
    for (size_t i = 0; i < c->count; i++)
        for (int part = 0; part < PARTS; part++) {
            size_t n, len, found = 0;
            const char *p = part_text(c->turns[i], part, &n);
            bool here = i == at->turn && part_brain(c->turns[i], part) == at->brain;
            for (; (found = search_text(p, n, found, needle, &len)) != SIZE_MAX; found += len) {
                count++;
                if (here && found == at->offset)
                    before = count;
            }
        }
    *index = before ? count - before + 1 : 0;
    return count;
}
