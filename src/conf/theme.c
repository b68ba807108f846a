#include "berdua/conf/theme.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/embedded.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/names.h"
#include "berdua/base/path.h"
#include "options.h"
#include "yaml.h"

enum { THEME_FILE_MAX = 64 * 1024, NAME_MAX_BYTES = 64 };

/* In the order of enum ink. */
static const char *const ink_names[] = {
    "text",    "dim",    "title",      "title-detail", "simulated", "rule",   "mark",
    "message", "claude", "llama",      "winner",       "running",   "done",   "warning",
    "error",   "label",  "value",      "key",          "hint",      "notice", "new-lines",
    "match",   "tab",    "tab-active", "heading",      "emphasis",  "strong", "code",
    "quote",   "link",   "marker",     "strike",       "control",   NULL,
};
_Static_assert(ARRAY_LEN(ink_names) == INK_COUNT + 1, "every ink has a name");

static const char *const colours[] = {
    "black",        "red",
    "green",        "yellow",
    "blue",         "magenta",
    "cyan",         "white",
    "bright-black", "bright-red",
    "bright-green", "bright-yellow",
    "bright-blue",  "bright-magenta",
    "bright-cyan",  "bright-white",
    NULL,
};
_Static_assert(ARRAY_LEN(colours) == 17, "the sixteen colours of a terminal");

/* Colours first, then the attributes in the order of their bits. */
enum { FG, BG, FG16, BG16, FIRST_ATTRIBUTE, PROPERTY_COUNT = 9 };
static const char *const properties[] = {"fg",    "bg",     "fg16",      "bg16",    "bold",
                                         "faint", "italic", "underline", "reverse", NULL};
_Static_assert(INK_REVERSE == 1 << (PROPERTY_COUNT - 1 - FIRST_ATTRIBUTE), "every attribute");

struct parsing {
    const char *file;
    struct err *err;
};

/* The value of n is wrong. nearest: what may have been meant, or NULL. */
static bool
wrong_value(const struct parsing *p, const struct node *n, const char *reason, const char *nearest)
{
    const char *key = n->key ? n->key : "theme";
    if (nearest)
        return err_set(p->err, "%s:%d:%d: %.80s: %s (did you mean %s?)", p->file, n->line, n->col,
                       key, reason, nearest);
    return err_set(p->err, "%s:%d:%d: %.80s: %s", p->file, n->line, n->col, key, reason);
}

static bool
plain_name(const char *name)
{
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
    return n > 0 && n <= NAME_MAX_BYTES && !name[n];
}

static bool
unknown_key(const struct parsing *p, const struct node *n, const char *reason, const char *nearest)
{
    struct node at_key = {.key = n->key, .line = n->key_line, .col = n->key_col};
    return wrong_value(p, &at_key, reason, nearest);
}

/* "#rrggbb", a palette number, a name, "default". */
static bool
parse_colour(const char *s, int32_t *out)
{
    if (s[0] == '#') {
        *out = INK_RGB | (int32_t)strtol(s + 1, NULL, 16);
        return strlen(s) == 7 && strspn(s + 1, "0123456789abcdefABCDEF") == 6;
    }
    if (s[0] >= '0' && s[0] <= '9') {
        char *end;
        long n = strtol(s, &end, 10);
        *out = (int32_t)n;
        return !*end && n <= 255;
    }
    *out = names_find(colours, 16, s);
    return *out >= 0 || strcmp(s, "default") == 0;
}

static bool
set_colour(const struct parsing *p, const struct node *n, int32_t *out, bool few)
{
    const char *how = few ? "a colour for few is 0 to 15, a name, or default"
                          : "a colour is \"#rrggbb\" (in quotes), 0 to 255, a name, or default";
    if (n->kind != NODE_SCALAR || node_is_null(n))
        return wrong_value(p, n, how, NULL);
    if (!parse_colour(n->text, out))
        return wrong_value(p, n, how, n->text[0] == '#' ? NULL : nearest_word(colours, n->text));
    return !few || *out <= 15 || wrong_value(p, n, how, NULL);
}

static bool
parse_property(const struct parsing *p, const struct node *n, struct ink_style *style)
{
    int which = names_find(properties, PROPERTY_COUNT, n->key);
    int32_t colour = -1;
    if (which < 0)
        return unknown_key(p, n, "unknown property", nearest_word(properties, n->key));
    if (which >= FIRST_ATTRIBUTE) {
        int bit = 1 << (which - FIRST_ATTRIBUTE);
        bool plain = n->kind == NODE_SCALAR && n->plain, on = plain && strcmp(n->text, "true") == 0;
        style->attributes = (uint8_t)(on ? style->attributes | bit : style->attributes & ~bit);
        return on || (plain && strcmp(n->text, "false") == 0) ||
               wrong_value(p, n, "must be true or false", NULL);
    }
    if (!set_colour(p, n, &colour, which >= FG16))
        return false;
    if (which < FG16)
        *(which == FG ? &style->fg : &style->bg) = colour;
    else
        *(which == FG16 ? &style->fg16 : &style->bg16) = (int16_t)colour;
    return true;
}

static bool
parse_role(const struct parsing *p, const struct node *n, struct theme *t)
{
    int ink = names_find(ink_names, INK_COUNT, n->key);
    if (ink < 0)
        return unknown_key(p, n, "unknown role", nearest_word(ink_names, n->key));
    if (n->kind != NODE_MAP)
        return node_is_null(n) || wrong_value(p, n, "must be a mapping, e.g. {fg: cyan}", NULL);
    for (const struct node *it = n->first; it; it = it->next)
        if (!parse_property(p, it, &t->inks[ink]))
            return false;
    return true;
}

static bool
parse_roles(const struct parsing *p, const struct node *n, struct theme *t)
{
    if (n->kind != NODE_MAP)
        return wrong_value(p, n, "must be a mapping", NULL);
    for (const struct node *role = n->first; role; role = role->next)
        if (!parse_role(p, role, t))
            return false;
    return true;
}

static bool
parse_description(const struct parsing *p, const struct node *n, struct theme *t)
{
    if (n->kind != NODE_SCALAR)
        return wrong_value(p, n, "must be a text", NULL);
    free(t->description);
    t->description = xstrdup(n->text);
    return true;
}

static bool
parse_background(const struct parsing *p, const struct node *n, struct theme *t)
{
    static const char *const grounds[] = {
        [GROUND_UNKNOWN] = "any", [GROUND_DARK] = "dark", [GROUND_LIGHT] = "light", NULL};
    int ground = n->kind == NODE_SCALAR ? names_find(grounds, 3, n->text) : -1;
    if (ground < 0)
        return wrong_value(p, n, "must be dark, light or any",
                           n->kind == NODE_SCALAR ? nearest_word(grounds, n->text) : NULL);
    t->ground = (enum ground)ground;
    return true;
}

static bool
parse_paint(const struct parsing *p, const struct node *n, struct theme *t)
{
    return set_colour(p, n, &t->paint, false);
}

static bool
parse_other(const struct parsing *p, const struct node *n, struct theme *t)
{
    if (n->kind != NODE_SCALAR || !plain_name(n->text))
        return wrong_value(p, n, "must be the name of a theme", NULL);
    free(t->other);
    t->other = xstrdup(n->text);
    return true;
}

static bool
parse_root(const struct parsing *p, const struct node *root, struct theme *t)
{
    static const char *const keys[] = {"description", "background", "paint",
                                       "other",       "roles",      NULL};
    static bool (*const parse[])(const struct parsing *, const struct node *, struct theme *) = {
        parse_description, parse_background, parse_paint, parse_other, parse_roles};
    if (root->kind != NODE_MAP)
        return wrong_value(p, root, "must be a mapping with roles", NULL);
    for (const struct node *n = root->first; n; n = n->next) {
        int which = names_find(keys, ARRAY_LEN(parse), n->key);
        if (which < 0)
            return unknown_key(p, n, "unknown key", nearest_word(keys, n->key));
        if (!parse[which](p, n, t))
            return false;
    }
    return true;
}

struct theme *
theme_parse(const char *file, const char *text, size_t len, struct err *err)
{
    struct node *root = NULL;
    struct parsing p = {file, err};
    if (!yaml_parse(file, text, len, &root, err))
        return NULL;
    struct theme *t = xcalloc(1, sizeof *t);
    for (size_t i = 0; i < INK_COUNT; i++)
        t->inks[i] = (struct ink_style){INK_OWN, INK_OWN, INK_NEAREST, INK_NEAREST, 0};
    t->paint = INK_OWN;
    t->name = xstrdup("");
    if (root && !parse_root(&p, root, t))
        theme_destroy(&t);
    node_free(&root);
    return t;
}

/* ---- finding ---- */

/* "NAME.yaml" -> "NAME"; false: it is no theme. */
static bool
theme_of_file(const char *file, char name[NAME_MAX_BYTES + 1])
{
    char end = 0;
    int read = 0;
    return sscanf(file, "%64[^.].yam%c%n", name, &end, &read) == 2 && end == 'l' && !file[read] &&
           plain_name(name);
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The user's own themes but those that have the name of a shipped one; at most so many. */
static void
each_own(void (*add)(void *arg, const char *name), void *arg)
{
    enum { MOST_OWN = 200 };
    char *folder = path_config("themes"), *names[MOST_OWN], name[NAME_MAX_BYTES + 1];
    DIR *dir = opendir(folder);
    const struct dirent *e;
    size_t n = 0;
    while (dir && n < MOST_OWN && (e = readdir(dir)) != NULL) {
        char *shipped = xasprintf("themes/%.80s", e->d_name);
        if (theme_of_file(e->d_name, name) && !embedded_find(shipped))
            names[n++] = xstrdup(name);
        free(shipped);
    }
    if (dir)
        closedir(dir);
    qsort(names, n, sizeof *names, by_name);
    for (size_t i = 0; i < n; i++) {
        add(arg, names[i]);
        free(names[i]);
    }
    free(folder);
}

void
theme_each(void (*add)(void *arg, const char *name), void *arg)
{
    for (const struct embedded *e = embedded_files; e->name; e++) {
        char name[NAME_MAX_BYTES + 1];
        if (strncmp(e->name, "themes/", 7) == 0 && theme_of_file(e->name + 7, name))
            add(arg, name);
    }
    each_own(add, arg);
}

static void
add_name(void *arg, const char *name)
{
    struct buf *known = arg;
    buf_printf(known, "%s%s", known->len ? ", " : "", name);
}

static void
unknown_theme(const char *name, struct err *err)
{
    struct buf known;
    buf_init(&known, 255);
    theme_each(add_name, &known);
    err_set(err, "no theme \"%.64s\" (there are: %s)", name, known.p);
    buf_finish(&known);
}

struct theme *
theme_load(const char *name, struct err *err)
{
    if (!plain_name(name)) {
        unknown_theme(name, err);
        return NULL;
    }
    struct theme *t = NULL;
    struct buf text;
    buf_init(&text, THEME_FILE_MAX);
    char *file = xasprintf("themes/%s.yaml", name), *own = path_config(file);
    const struct embedded *e = embedded_find(file);
    if (access(own, F_OK) == 0) {
        if (path_read(own, &text, err))
            t = theme_parse(own, text.p, text.len, err);
    } else if (e) {
        t = theme_parse(e->name, e->data, e->size, err);
    } else {
        unknown_theme(name, err);
    }
    if (t) {
        free(t->name);
        t->name = xstrdup(name);
    }
    free(own);
    free(file);
    buf_finish(&text);
    return t;
}

void
theme_destroy(struct theme **t)
{
    if (!*t)
        return;
    free((*t)->name);
    free((*t)->description);
    free((*t)->other);
    free(*t);
    *t = NULL;
}
