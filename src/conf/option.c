/* Finds an option by its key, or the nearest key when there is none. */
#include "options.h"

#include <stdio.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/names.h"

void
path_text(const struct path *p, int n, char *out, size_t size)
{
    out[0] = 0;
    for (int i = 0; i < n; i++) {
        size_t used = strlen(out);
        snprintf(out + used, size - used, "%s%.60s", i ? "." : "", p->at[i]);
    }
}

bool
preset_name(const char *prefix, int i, char out[NAME_SIZE])
{
    /* Presets of one instance are neighbours, so a name is new when it differs from the last one. */
    size_t n = strlen(prefix), last_len = 0;
    const char *last = NULL;
    for (const struct preset *s = option_presets; s->key; s++) {
        if (strncmp(s->key, prefix, n) != 0 || s->key[n] != '.')
            continue;
        const char *name = s->key + n + 1;
        size_t len = strcspn(name, ".");
        if (last && len == last_len && memcmp(name, last, len) == 0)
            continue;
        last = name;
        last_len = len;
        if (i-- == 0) {
            snprintf(out, NAME_SIZE, "%.*s", (int)len, name);
            return true;
        }
    }
    return false;
}

const struct preset *
preset_find(const char *key)
{
    for (const struct preset *s = option_presets; s->key; s++)
        if (strcmp(s->key, key) == 0)
            return s;
    return NULL;
}

/* The section whose presets are the only names that "*" accepts; NULL where any name is accepted. */
static const char *
fixed_names(const char *pattern, int i)
{
    if (i == 1 && strncmp(pattern, "brains.", 7) == 0)
        return "brains";
    if (i == 2 && strncmp(pattern, "route.rules.", 12) == 0)
        return "route.rules";
    return NULL;
}

static bool
names_accept(const char *prefix, const char *name)
{
    char known[NAME_SIZE];
    for (int i = 0; preset_name(prefix, i, known); i++)
        if (strcmp(known, name) == 0)
            return true;
    return false;
}

const char *
option_rest(const struct option *o, const struct path *p, int n)
{
    const char *s = o->key;
    for (int i = 0; i < n; i++) {
        size_t len = strcspn(s, ".");
        const char *fixed = fixed_names(o->key, i);
        bool star = len == 1 && *s == '*';
        if (star ? fixed && !names_accept(fixed, p->at[i])
                 : strncmp(p->at[i], s, len) != 0 || p->at[i][len] != 0)
            return NULL;
        if (i + 1 < n && !s[len])
            return NULL;
        s += len + (s[len] == '.');
    }
    return s;
}

const struct option *
option_find(const struct path *p)
{
    for (const struct option *o = option_table; o->key; o++) {
        const char *rest = option_rest(o, p, p->count);
        if (rest && !*rest)
            return o;
    }
    return NULL;
}

const struct option *
option_short_form(const struct path *p)
{
    for (const struct option *o = option_table; o->key; o++) {
        const char *rest = o->short_form ? option_rest(o, p, p->count) : NULL;
        if (rest && *rest && !strchr(rest, '.'))
            return o;
    }
    return NULL;
}

bool
option_is_section(const struct path *p)
{
    for (const struct option *o = option_table; o->key; o++) {
        const char *rest = option_rest(o, p, p->count);
        if (rest && *rest)
            return true;
    }
    return false;
}

bool
option_replaces(const struct path *p)
{
    if (p->count != 3)
        return false;
    return strcmp(p->at[2], "api_key") == 0 ||
           (strcmp(p->at[0], "brains") == 0 && strcmp(p->at[2], "models") == 0) ||
           (strcmp(p->at[0], "route") == 0 && strcmp(p->at[1], "rules") == 0);
}

/* The greatest distance at which a suggestion is made: a third of the word. */
static int
distance_most(const char *word)
{
    size_t n = strlen(word);
    return n < 3 ? 1 : n > 9 ? 4 : (int)(n + 2) / 3;
}

const char *
nearest_word(const char *const *words, const char *word)
{
    const char *best = NULL;
    int least = distance_most(word) + 1;
    for (; *words; words++) {
        int d = edit_distance(*words, word);
        if (d < least) {
            least = d;
            best = *words;
        }
    }
    return best;
}

/* Compares name with the path's last segment and keeps it when it is the nearest so far. */
static void
offer_name(const struct path *p, const char *name, int *least, char *out, size_t size)
{
    int d = edit_distance(name, p->at[p->count - 1]);
    if (d >= *least)
        return;
    *least = d;
    path_text(p, p->count - 1, out, size);
    size_t used = strlen(out);
    snprintf(out + used, size - used, "%s%s", used ? "." : "", name);
}

bool
option_nearest(const struct path *p, char *out, size_t size)
{
    const char *last = p->at[p->count - 1];
    int least = distance_most(last) + 1;
    int given_up = least;
    for (const struct option *o = option_table; o->key; o++) {
        const char *s = option_rest(o, p, p->count - 1);
        if (!s || !*s)
            continue;
        size_t len = strcspn(s, ".");
        char name[NAME_SIZE];
        const char *fixed = fixed_names(o->key, p->count - 1);
        if (len != 1 || *s != '*') {
            snprintf(name, sizeof name, "%.*s", (int)len, s);
            offer_name(p, name, &least, out, size);
        } else if (fixed) {
            for (int i = 0; preset_name(fixed, i, name); i++)
                offer_name(p, name, &least, out, size);
        }
    }
    if (least < given_up)
        return true;
    /* A known key in the wrong section. */
    for (const struct option *o = option_table; o->key; o++) {
        const char *dot = strrchr(o->key, '.');
        if (dot && strcmp(dot + 1, last) == 0) {
            snprintf(out, size, "%s", o->key);
            return true;
        }
    }
    return false;
}
