#include "berdua/conf/theme.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/embedded.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "options.h"
#include "yaml.h"

enum { THEME_FILE_MAX = 64 * 1024, NAME_MAX_BYTES = 64 };

static const char *const ink_names[] = {
    [INK_TEXT] = "text",
    [INK_DIM] = "dim",
    [INK_TITLE] = "title",
    [INK_TITLE_DETAIL] = "title-detail",
    [INK_SIMULATED] = "simulated",
    [INK_RULE] = "rule",
    [INK_MARK] = "mark",
    [INK_MESSAGE] = "message",
    [INK_CLAUDE] = "claude",
    [INK_LLAMA] = "llama",
    [INK_WINNER] = "winner",
    [INK_RUNNING] = "running",
    [INK_DONE] = "done",
    [INK_WARNING] = "warning",
    [INK_ERROR] = "error",
    [INK_LABEL] = "label",
    [INK_VALUE] = "value",
    [INK_KEY] = "key",
    [INK_HINT] = "hint",
    [INK_NOTICE] = "notice",
    [INK_NEW_LINES] = "new-lines",
    [INK_MATCH] = "match",
    [INK_TAB] = "tab",
    [INK_TAB_ACTIVE] = "tab-active",
    [INK_HEADING] = "heading",
    [INK_EMPHASIS] = "emphasis",
    [INK_STRONG] = "strong",
    [INK_CODE] = "code",
    [INK_QUOTE] = "quote",
    [INK_LINK] = "link",
    [INK_MARKER] = "marker",
    [INK_STRIKE] = "strike",
    [INK_CONTROL] = "control",
    [INK_COUNT] = NULL,
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

static const struct {
    const char *name;
    uint8_t bit;
} attributes[] = {
    {"bold", INK_BOLD},           {"faint", INK_FAINT},     {"italic", INK_ITALIC},
    {"underline", INK_UNDERLINE}, {"reverse", INK_REVERSE},
};

enum { COLOUR_PROPERTIES = 4 };
static const char *const properties[] = {"fg",    "bg",     "fg16",      "bg16",    "bold",
                                         "faint", "italic", "underline", "reverse", NULL};

static bool
theme_wrong(struct err *err, const char *file, int line, int col, const char *what,
            const char *reason, const char *nearest)
{
    if (nearest)
        return err_set(err, "%s:%d:%d: %.80s: %s (did you mean %s?)", file, line, col, what, reason,
                       nearest);
    return err_set(err, "%s:%d:%d: %.80s: %s", file, line, col, what, reason);
}

/* ---- values ---- */

static int
colour_by_name(const char *name)
{
    for (size_t i = 0; colours[i]; i++)
        if (strcmp(name, colours[i]) == 0)
            return (int)i;
    return -1;
}

/* "#rrggbb", a palette number, a name, "default". */
static bool
parse_colour(const char *s, int32_t *out)
{
    char *end;
    if (strcmp(s, "default") == 0) {
        *out = -1;
        return true;
    }
    if (s[0] == '#') {
        if (strlen(s) != 7 || strspn(s + 1, "0123456789abcdefABCDEF") != 6)
            return false;
        *out = INK_RGB | (int32_t)strtol(s + 1, NULL, 16);
        return true;
    }
    if (s[0] >= '0' && s[0] <= '9') {
        errno = 0;
        long n = strtol(s, &end, 10);
        if (*end || errno || n < 0 || n > 255)
            return false;
        *out = (int32_t)n;
        return true;
    }
    *out = colour_by_name(s);
    return *out >= 0;
}

static bool
set_colour(const char *file, const struct node *n, int32_t *out, bool few, struct err *err)
{
    static const char how[] = "a colour is \"#rrggbb\" (in quotes), 0 to 255, a name, or default";
    static const char few_how[] = "a colour for few is 0 to 15, a name, or default";
    if (n->kind != NODE_SCALAR || node_is_null(n))
        return theme_wrong(err, file, n->line, n->col, n->key, few ? few_how : how, NULL);
    int32_t value;
    if (!parse_colour(n->text, &value)) {
        return theme_wrong(err, file, n->line, n->col, n->key, few ? few_how : how,
                           n->text[0] == '#' ? NULL : nearest_word(colours, n->text));
    }
    if (few && value > 15)
        return theme_wrong(err, file, n->line, n->col, n->key, few_how, NULL);
    *out = value;
    return true;
}

static bool
parse_property(const char *file, const struct node *n, struct ink_style *style, struct err *err)
{
    int32_t colour = -1;
    for (size_t i = 0; i < ARRAY_LEN(attributes); i++) {
        if (strcmp(n->key, attributes[i].name) != 0)
            continue;
        bool on = n->kind == NODE_SCALAR && n->plain && strcmp(n->text, "true") == 0;
        if (!on && (n->kind != NODE_SCALAR || !n->plain || strcmp(n->text, "false") != 0))
            return theme_wrong(err, file, n->line, n->col, n->key, "must be true or false", NULL);
        style->attributes = (uint8_t)(on ? style->attributes | attributes[i].bit
                                         : style->attributes & ~attributes[i].bit);
        return true;
    }
    size_t which = 0;
    while (which < COLOUR_PROPERTIES && strcmp(n->key, properties[which]) != 0)
        which++;
    if (which == COLOUR_PROPERTIES) {
        return theme_wrong(err, file, n->key_line, n->key_col, n->key, "unknown property",
                           nearest_word(properties, n->key));
    }
    if (!set_colour(file, n, &colour, which >= 2, err))
        return false;
    if (which == 0)
        style->fg = colour;
    else if (which == 1)
        style->bg = colour;
    else if (which == 2)
        style->fg16 = (int16_t)colour;
    else
        style->bg16 = (int16_t)colour;
    return true;
}

static bool
parse_role(const char *file, const struct node *n, struct theme *t, struct err *err)
{
    size_t ink = 0;
    while (ink < INK_COUNT && strcmp(n->key, ink_names[ink]) != 0)
        ink++;
    if (ink == INK_COUNT) {
        return theme_wrong(err, file, n->key_line, n->key_col, n->key, "unknown role",
                           nearest_word(ink_names, n->key));
    }
    if (n->kind == NODE_SCALAR && node_is_null(n))
        return true;
    if (n->kind != NODE_MAP)
        return theme_wrong(err, file, n->line, n->col, n->key, "must be a mapping, e.g. {fg: cyan}",
                           NULL);
    for (const struct node *p = n->first; p; p = p->next)
        if (!parse_property(file, p, &t->inks[ink], err))
            return false;
    return true;
}

static bool
parse_root(const char *file, const struct node *root, struct theme *t, struct err *err)
{
    if (root->kind != NODE_MAP)
        return theme_wrong(err, file, root->line, root->col, "theme",
                           "must be a mapping with roles", NULL);
    for (const struct node *n = root->first; n; n = n->next) {
        if (strcmp(n->key, "description") == 0)
            continue;
        if (strcmp(n->key, "roles") != 0)
            return theme_wrong(err, file, n->key_line, n->key_col, n->key, "unknown key", "roles");
        if (n->kind != NODE_MAP)
            return theme_wrong(err, file, n->line, n->col, n->key, "must be a mapping", NULL);
        for (const struct node *role = n->first; role; role = role->next)
            if (!parse_role(file, role, t, err))
                return false;
    }
    return true;
}

struct theme *
theme_parse(const char *file, const char *text, size_t len, struct err *err)
{
    struct node *root = NULL;
    if (!yaml_parse(file, text, len, &root, err))
        return NULL;
    struct theme *t = xcalloc(1, sizeof *t);
    for (size_t i = 0; i < INK_COUNT; i++)
        t->inks[i] = (struct ink_style){-1, -1, -1, -1, 0};
    t->name = xstrdup("");
    if (root && !parse_root(file, root, t, err))
        theme_destroy(&t);
    node_free(&root);
    return t;
}

/* ---- finding ---- */

static bool
plain_name(const char *name)
{
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
    return n > 0 && n <= NAME_MAX_BYTES && !name[n];
}

static const struct embedded *
shipped(const char *name)
{
    char path[NAME_MAX_BYTES + 16];
    struct buf b;
    buf_init(&b, sizeof path - 1);
    buf_printf(&b, "themes/%s.yaml", name);
    const struct embedded *e = embedded_find(b.p);
    buf_finish(&b);
    return e;
}

/* name of "themes/NAME.yaml", or false */
static bool
shipped_name(const struct embedded *e, char out[NAME_MAX_BYTES + 1])
{
    static const char folder[] = "themes/", ending[] = ".yaml";
    size_t n = strlen(e->name), around = sizeof folder + sizeof ending - 2;
    if (n <= around || n - around > NAME_MAX_BYTES ||
        memcmp(e->name, folder, sizeof folder - 1) != 0)
        return false;
    memcpy(out, e->name + sizeof folder - 1, n - around);
    out[n - around] = 0;
    return true;
}

void
theme_each(void (*add)(void *arg, const char *name), void *arg)
{
    char name[NAME_MAX_BYTES + 1];
    for (const struct embedded *e = embedded_files; e->name; e++)
        if (shipped_name(e, name))
            add(arg, name);
}

static bool
unknown_theme(const char *name, struct err *err)
{
    char known[256] = "", one[NAME_MAX_BYTES + 1];
    size_t used = 0;
    for (const struct embedded *e = embedded_files; e->name; e++) {
        if (!shipped_name(e, one) || used + strlen(one) + 3 > sizeof known)
            continue;
        if (used) {
            memcpy(known + used, ", ", 3);
            used += 2;
        }
        memcpy(known + used, one, strlen(one) + 1);
        used += strlen(one);
    }
    return err_set(err, "theme: no theme \"%.64s\" (there are: %s)", name, known);
}

struct theme *
theme_load(const char *name, struct err *err)
{
    struct theme *t = NULL;
    struct buf text;
    buf_init(&text, THEME_FILE_MAX);
    if (!plain_name(name)) {
        unknown_theme(name, err);
        return NULL;
    }
    struct buf relative;
    buf_init(&relative, NAME_MAX_BYTES + 32);
    buf_printf(&relative, "themes/%s.yaml", name);
    char *own = path_config(relative.p);
    const struct embedded *e = shipped(name);
    if (own && access(own, F_OK) == 0) {
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
    buf_finish(&relative);
    buf_finish(&text);
    return t;
}

void
theme_destroy(struct theme **t)
{
    if (!*t)
        return;
    free((*t)->name);
    free(*t);
    *t = NULL;
}
