#include "settings.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"

static struct setting *
child_of(const struct setting *s, const char *key, size_t n)
{
    for (struct setting *c = s->first; c; c = c->next)
        if (strncmp(c->key, key, n) == 0 && !c->key[n])
            return c;
    return NULL;
}

struct setting *
setting_child(const struct setting *s, const char *key)
{
    return child_of(s, key, strlen(key));
}

/* The child, which is created when it is missing. */
static struct setting *
sure_child(struct setting *parent, const char *key, size_t n)
{
    struct setting *s = child_of(parent, key, n);
    if (s)
        return s;
    s = xcalloc(1, sizeof *s);
    s->key = xstrndup(key, n);
    s->parent = parent;
    if (parent->last)
        parent->last->next = s;
    else
        parent->first = s;
    return parent->last = s;
}

struct setting *
setting_ensure(struct setting *parent, const char *key)
{
    struct setting *s = sure_child(parent, key, strlen(key));
    struct path p;
    setting_path(s, &p);
    s->option = option_find(&p);
    return s;
}

struct setting *
setting_at(struct setting *root, const char *dotted)
{
    struct setting *s = root;
    while (s && *dotted) {
        size_t n = strcspn(dotted, ".");
        s = child_of(s, dotted, n);
        dotted += n + (dotted[n] == '.');
    }
    return s;
}

void
setting_clear(struct setting *s)
{
    struct setting *c = s->first;
    while (c) {
        struct setting *next = c->next;
        settings_free(c);
        c = next;
    }
    s->first = s->last = NULL;
}

void
settings_free(struct setting *root)
{
    if (!root)
        return;
    setting_clear(root);
    free(root->key);
    free(root->value);
    free(root->used);
    free(root);
}

void
setting_put(struct setting *leaf, const char *value, enum from from)
{
    char *copy = xstrdup(value); /* value may be the leaf's own */
    free(leaf->value);
    leaf->value = copy;
    leaf->from = from;
    leaf->line = leaf->col = 0;
}

void
setting_path(const struct setting *s, struct path *p)
{
    p->count = 0;
    for (const struct setting *up = s; up->parent; up = up->parent)
        p->count++;
    int i = p->count;
    for (const struct setting *up = s; up->parent; up = up->parent)
        p->at[--i] = up->key;
}

void
setting_name(const struct setting *s, char *out, size_t size)
{
    struct path p;
    setting_path(s, &p);
    path_text(&p, p.count, out, size);
}

void
setting_variable(const struct setting *s, char *out, size_t size)
{
    snprintf(out, size, "BERDUA_");
    size_t used = strlen(out);
    setting_name(s, out + used, size - used);
    for (char *p = out + used; *p; p++)
        *p = isalnum((unsigned char)*p) ? (char)toupper((unsigned char)*p) : '_';
}

struct setting *
setting_next_leaf(const struct setting *root, struct setting *s)
{
    struct setting *at = s ? s : (struct setting *)root;
    for (;;) {
        if (at->first) {
            at = at->first;
        } else {
            while (at != root && !at->next)
                at = at->parent;
            if (at == root)
                return NULL;
            at = at->next;
        }
        if (at->option)
            return at;
    }
}

/* Creates the settings that `pattern` (the rest of o's key) names below s. A star stands for the names of the
 * presets, or for none when presets is false. */
static void
instantiate(struct setting *s, const struct option *o, const char *pattern, bool presets)
{
    size_t n = strcspn(pattern, ".");
    if (n == 1 && *pattern == '*') {
        char prefix[256], name[NAME_SIZE];
        setting_name(s, prefix, sizeof prefix);
        for (int i = 0; presets && preset_name(prefix, i, name); i++)
            instantiate(sure_child(s, name, strlen(name)), o, pattern + 2, true);
        return;
    }
    struct setting *c = sure_child(s, pattern, n);
    if (pattern[n]) {
        instantiate(c, o, pattern + n + 1, presets);
        return;
    }
    char whole[256];
    setting_name(c, whole, sizeof whole);
    const struct preset *preset = presets ? preset_find(whole) : NULL;
    c->option = o;
    setting_put(c, preset ? preset->value : o->value, FROM_DEFAULT);
}

struct setting *
settings_create(void)
{
    struct setting *root = xcalloc(1, sizeof *root);
    root->key = xstrdup("");
    for (const struct option *o = option_table; o->key; o++)
        instantiate(root, o, o->key, true);
    return root;
}

void
setting_instantiate(struct setting *s)
{
    struct path p;
    setting_path(s, &p);
    for (const struct option *o = option_table; o->key; o++) {
        const char *rest = option_rest(o, &p, p.count);
        if (rest && *rest)
            instantiate(s, o, rest, false);
    }
}
