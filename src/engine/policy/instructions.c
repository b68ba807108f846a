#include "instructions.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static bool
has_text(const char *s)
{
    return s && *s;
}

static bool
after_sentence(const char *s, size_t n)
{
    return s[n - 1] == '\n' || (s[n - 1] == ' ' && n > 1 && strchr(".!?\n", s[n - 2]));
}

/* Bytes that the prompts of all styles begin with, in *first. */
static size_t
shared_by_styles(const struct brain_conf *conf, const char **first)
{
    size_t n = 0;
    bool several = false;
    *first = "";
    for (size_t i = 0; i < conf->style_count; i++) {
        const char *s = conf->styles[i].system;
        size_t same = 0;
        if (!has_text(s))
            continue;
        if (!**first) {
            *first = s;
            n = strlen(s);
            continue;
        }
        while (same < n && s[same] == (*first)[same])
            same++;
        several = several || same < n || s[same];
        n = same;
    }
    while (several && n > 0 && !after_sentence(*first, n))
        n--;
    while (n > 0 && strchr(" \n", (*first)[n - 1]))
        n--;
    return n;
}

void
instructions_before(const struct brain_conf *conf, struct buf *out)
{
    const char *first = conf->system;
    size_t n = has_text(first) ? strlen(first) : shared_by_styles(conf, &first);
    buf_append(out, first, n);
}

void
instructions_after(const struct brain_conf *conf, const struct style_conf *style, struct buf *out)
{
    const char *own = style ? style->system : NULL;
    bool tagged = conf->provider == PROVIDER_ANTHROPIC;
    if (!has_text(own))
        return;
    struct buf before;
    buf_init(&before, SIZE_MAX);
    instructions_before(conf, &before);
    if (strncmp(own, before.p, before.len) == 0)
        own += before.len + strspn(own + before.len, " \n");
    if (*own)
        buf_printf(out, tagged ? "<instructions>\n%s\n</instructions>" : "%s", own);
    buf_finish(&before);
}
