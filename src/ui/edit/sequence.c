#include "editor_parts.h"

#include <stdio.h>
#include <string.h>

#include "ui/term/keyname.h"

const struct sequence *
sequences_add(struct sequences *all, const char *names, enum action a)
{
    if (all->count == MAX_SEQUENCES)
        return NULL;
    struct sequence *s = &all->list[all->count];
    *s = (struct sequence){.action = a};
    for (const char *p = names; *p; p += strspn(p, " ")) {
        char name[KEY_NAME_BYTES];
        char bytes[8];
        size_t n = strcspn(p, " ");
        snprintf(name, sizeof name, "%.*s", (int)n, p);
        p += n;
        if (!keyname_bytes(name, bytes, &n) || s->n + n > sizeof s->bytes)
            return NULL;
        memcpy(s->bytes + s->n, bytes, n);
        s->n += n;
    }
    for (size_t i = 0; i < s->n; i++)
        snprintf(s->written + 4 * i, 5, "\\%03o", (unsigned char)s->bytes[i]);
    all->count++;
    return s;
}

enum action
sequences_find(const struct sequences *s, const char *bytes, size_t n)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->list[i].n == n && memcmp(s->list[i].bytes, bytes, n) == 0)
            return s->list[i].action;
    return ACT_NONE;
}
