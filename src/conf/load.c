#include "load.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/names.h"

extern char **environ;

enum {
    NAME_MOST = 256,
    NAME_LETTERS_MOST = 32,
    HEADER_LETTERS_MOST = 60,
    LIST_MOST = 8,
    LIST_TEXT_MOST = 40,
    LINES_MOST = 50,
    LINE_MOST = 4000
};

struct loading {
    const char *file;
    struct err *err;
};

/* Returns false. The file may contain any bytes; control characters must not reach a terminal through an error. */
static bool
make_printable(struct err *err)
{
    for (char *s = err->text; *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7F ||
            ((unsigned char)*s == 0xC2 && ((unsigned char)s[1] & 0xE0) == 0x80))
            *s = '?';
    return false;
}

static bool __attribute__((format(printf, 5, 6)))
wrong_at(const struct loading *l, int line, int col, const struct path *p, const char *fmt, ...)
{
    char name[NAME_MOST], reason[sizeof l->err->text];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(reason, sizeof reason, fmt, ap);
    va_end(ap);
    path_text(p, p->count, name, sizeof name);
    err_set(l->err, "%s:%d:%d: %s%s%s", l->file, line, col, name, p->count ? ": " : "", reason);
    return make_printable(l->err);
}

static bool
unknown_key(const struct loading *l, const struct node *n, const struct path *p)
{
    char near[NAME_MOST];
    if (option_nearest(p, near, sizeof near))
        return wrong_at(l, n->key_line, n->key_col, p, "unknown key (did you mean \"%s\"?)", near);
    return wrong_at(l, n->key_line, n->key_col, p, "unknown key");
}

/* A relative path in the file is relative to the file's folder, not to the working directory. */
static char *
path_beside_file(const char *file, const char *path)
{
    const char *slash = strrchr(file, '/');
    if (!path[0] || path[0] == '/' || path[0] == '~' || !slash)
        return xstrdup(path);
    return xasprintf("%.*s/%s", (int)(slash - file), file, path);
}

static const char *
kind_expected(const struct option *o)
{
    static const char *const words[] = {[OPT_BOOL] = "expected true or false",
                                        [OPT_INT] = "expected a whole number",
                                        [OPT_REAL] = "expected a number",
                                        [OPT_JSON] = "expected a mapping",
                                        [OPT_LIST] = "expected a list"};
    if (o->lone)
        return "expected a text or a list of them";
    return words[o->type] ? words[o->type] : "expected a text";
}

static bool
list_is_good(const struct node *list, bool lines, struct err *reason)
{
    const size_t longest = lines ? LINE_MOST : LIST_TEXT_MOST;
    const int most = lines ? LINES_MOST : LIST_MOST;
    int count = 0;
    for (const struct node *n = list->first; n; n = n->next) {
        if (n->kind != NODE_SCALAR || node_is_null(n) || !n->text[strspn(n->text, " ")] ||
            strlen(n->text) > longest)
            return err_set(reason, "each is a text of 1 to %zu bytes", longest);
        if (++count > most)
            return err_set(reason, "there are more than %d", most);
    }
    return true;
}

/* A mapping or a list as JSON, new; NULL with the reason when it is not what the option takes. */
static char *
json_of(const struct option *o, const struct node *n, struct err *reason)
{
    struct buf json;
    bool list = o->type == OPT_LIST;
    struct node text, one = {.kind = NODE_LIST, .first = &text, .last = &text};
    if (o->lone && n && n->kind == NODE_SCALAR) {
        text = *n;
        text.next = NULL;
        n = &one;
    }
    if (!n || n->kind != (list ? NODE_LIST : NODE_MAP)) {
        err_set(reason, "%s", kind_expected(o));
        return NULL;
    }
    if (list && !list_is_good(n, o->lone, reason))
        return NULL;
    for (struct node *item = n->first; list && item; item = item->next)
        item->plain = false; /* a text, whatever it looks like */
    buf_init(&json, 8 * YAML_FILE_MOST);
    node_to_json(n, &json);
    return buf_take(&json);
}

static bool
lay_leaf(const struct loading *l, struct setting *s, const struct node *n, const struct path *p)
{
    const struct option *o = s->option;
    char *value = NULL;
    bool left_out = o->nullable && node_is_null(n) && n->text[0];
    if (node_is_null(n) && o->owner != OWNER_KEY && !left_out)
        return true; /* as if the line were not there */
    if (left_out) {
        value = xstrdup("null");
    } else if (o->type == OPT_JSON || o->type == OPT_LIST) {
        struct err reason;
        value = json_of(o, n, &reason);
        if (!value)
            return wrong_at(l, n->line, n->col, p, "%s", reason.text);
    } else if (n->kind != NODE_SCALAR) {
        return wrong_at(l, n->line, n->col, p, "%s, not a %s", kind_expected(o),
                        n->kind == NODE_MAP ? "mapping" : "list");
    } else if (!n->plain && (o->type == OPT_BOOL || o->type == OPT_INT || o->type == OPT_REAL)) {
        return wrong_at(l, n->line, n->col, p, "%s without quotes", kind_expected(o));
    } else {
        struct err reason;
        if (!option_check(o, node_is_null(n) ? "" : n->text, &reason))
            return wrong_at(l, n->line, n->col, p, "%s", reason.text);
        value = o->type == OPT_PATH ? path_beside_file(l->file, n->text)
                                    : xstrdup(node_is_null(n) ? "" : n->text);
    }
    setting_put(s, value, FROM_FILE);
    s->line = n->line;
    s->col = n->col;
    free(value);
    return true;
}

static bool
name_is_good(const char *name, size_t most)
{
    size_t n = strlen(name);
    return n > 0 && n <= most &&
           strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == n;
}

static bool lay_map(const struct loading *l, struct setting *section, const struct node *map,
                    struct path *p);

/* Reads "fast: claude-haiku-4-5" as "fast: {id: claude-haiku-4-5}". */
static bool
lay_short_form(const struct loading *l, struct setting *section, const struct option *o,
               const struct node *n, struct path *p)
{
    const char *member = strrchr(o->key, '.') + 1;
    if (o->required && n->plain &&
        (yaml_is_number(n->text, true) || strcmp(n->text, "true") == 0 ||
         strcmp(n->text, "false") == 0))
        return wrong_at(l, n->line, n->col, p,
                        "expected a name or a mapping; a name that looks like a number, true or "
                        "false stands in quotes");
    p->at[p->count++] = member;
    bool ok = n->text[strspn(n->text, " ")] ? lay_leaf(l, setting_ensure(section, member), n, p)
                                            : wrong_at(l, n->line, n->col, p, "the name is empty");
    p->count--;
    return ok;
}

/* A section that names where a secret is. */
static bool
is_secret(const char *key)
{
    return strcmp(key, "api_key") == 0 || strcmp(key, "password") == 0;
}

static bool
lay_section(const struct loading *l, struct setting *parent, const struct node *n, struct path *p)
{
    if (node_is_null(n) && strcmp(n->key, "api_key") != 0)
        return true;
    if (n->kind == NODE_SCALAR && is_secret(n->key) && !node_is_null(n))
        return wrong_at(l, n->line, n->col, p,
                        "a %s must not stand in the file; use {env: NAME}, {file: PATH} or "
                        "{command: \"…\"}",
                        strcmp(n->key, "api_key") == 0 ? "key" : n->key);
    const struct option *short_form = n->kind == NODE_SCALAR ? option_short_form(p) : NULL;
    if (n->kind != NODE_MAP && !node_is_null(n) && !short_form)
        return wrong_at(l, n->line, n->col, p, "expected a mapping, not a %s",
                        n->kind == NODE_LIST ? "list" : "single value");
    struct setting *s = setting_child(parent, n->key);
    bool fresh = !s;
    int most = strcmp(parent->key, "headers") == 0 ? HEADER_LETTERS_MOST : NAME_LETTERS_MOST;
    if (fresh && !name_is_good(n->key, (size_t)most))
        return wrong_at(l, n->key_line, n->key_col, p, "a name is 1 to %d letters, digits, - or _",
                        most);
    s = setting_ensure(parent, n->key);
    s->from = FROM_FILE;
    s->line = n->key_line;
    s->col = n->key_col;
    if (option_replaces(p))
        setting_clear(s);
    if (fresh || option_replaces(p))
        setting_instantiate(s);
    return short_form ? lay_short_form(l, s, short_form, n, p) : lay_map(l, s, n, p);
}

static bool
lay_map(const struct loading *l, struct setting *section, const struct node *map, struct path *p)
{
    for (const struct node *n = map->first; n; n = n->next) {
        if (p->count == PATH_SEGMENTS_MOST)
            return wrong_at(l, n->key_line, n->key_col, p, "unknown key");
        p->at[p->count++] = n->key;
        struct setting *known = setting_child(section, n->key);
        bool ok;
        if (known ? known->option != NULL : option_find(p) != NULL)
            ok = lay_leaf(l, setting_ensure(section, n->key), n, p);
        else if (known || option_is_section(p))
            ok = lay_section(l, section, n, p);
        else
            ok = unknown_key(l, n, p);
        if (!ok)
            return false;
        p->count--;
    }
    return true;
}

bool
load_tree(struct setting *root, const char *file, const struct node *tree, struct err *err)
{
    struct loading l = {.file = file, .err = err};
    struct path p = {.count = 0};
    if (!tree || node_is_null(tree))
        return true;
    if (tree->kind != NODE_MAP)
        return wrong_at(&l, tree->line, tree->col, &p, "expected a mapping of keys to values");
    return lay_map(&l, root, tree, &p);
}

/* Values from the environment and from flags are plain text without a YAML type; a mapping or list is written as JSON. */
static bool
lay_text(struct setting *s, const char *value, enum from from, struct err *reason)
{
    if (s->option->type != OPT_JSON && s->option->type != OPT_LIST) {
        if (!option_check(s->option, value, reason))
            return false;
        setting_put(s, value, from);
        return true;
    }
    struct node *tree = NULL;
    bool ok = yaml_parse("value", value, strlen(value), &tree, reason);
    char *json = ok ? json_of(s->option, tree, reason) : NULL;
    ok = json != NULL;
    if (ok)
        setting_put(s, json, from);
    free(json);
    node_free(&tree);
    return ok;
}

/* env, file and command of a secret exclude each other: setting one clears the others. */
static void
drop_other_sources(struct setting *s)
{
    if (!is_secret(s->parent->key))
        return;
    for (struct setting *other = s->parent->first; other; other = other->next)
        if (other != s)
            setting_put(other, NULL, FROM_DEFAULT);
}

/* BERDUA_BRAINS_CLAUDE_API_KEY=sk-… would be ignored silently, so it is an error. */
static bool
refuse_literal_keys(struct setting *root, struct err *err)
{
    for (struct setting *s = setting_next_leaf(root, NULL); s; s = setting_next_leaf(root, s)) {
        if (!is_secret(s->parent->key))
            continue;
        char name[NAME_MOST];
        setting_variable(s->parent, name, sizeof name);
        if (getenv(name))
            return err_set(
                err,
                "%s: not a way to give a key or a password; put it into a variable of its own and "
                "name that one in %s_ENV",
                name, name);
    }
    return true;
}

/* Does the variable's name begin with a section of the table? Then it is meant for berdua. */
static bool
is_ours(const struct setting *root, const char *name)
{
    for (const struct setting *s = root->first; s; s = s->next) {
        char prefix[NAME_MOST];
        setting_variable(s, prefix, sizeof prefix);
        size_t n = strlen(prefix);
        if (s->first && strncmp(name, prefix, n) == 0 && name[n] == '_')
            return true;
    }
    return false;
}

/* A misspelt variable would be ignored silently, so it is an error. */
static bool
refuse_unknown_variables(struct setting *root, struct err *err)
{
    for (char **e = environ; *e; e++) {
        char name[NAME_MOST], other[NAME_MOST], near[NAME_MOST] = "";
        size_t n = strcspn(*e, "=");
        if (n >= sizeof name || strncmp(*e, "BERDUA_", 7) != 0 || !(*e)[n] || !(*e)[n + 1])
            continue;
        snprintf(name, sizeof name, "%.*s", (int)n, *e);
        if (!is_ours(root, name))
            continue;
        int least = 5;
        for (struct setting *s = setting_next_leaf(root, NULL); s && least > 0;
             s = setting_next_leaf(root, s)) {
            setting_variable(s, other, sizeof other);
            int d = edit_distance(name, other);
            if (d >= least)
                continue;
            least = d;
            memcpy(near, other, sizeof near);
        }
        if (least == 0)
            continue;
        err_set(err,
                near[0] ? "%.120s: names no key (did you mean \"%.120s\"?)"
                        : "%.120s: names no key",
                name, near);
        return make_printable(err);
    }
    return true;
}

bool
load_environment(struct setting *root, const char *section, struct err *err)
{
    struct setting *from = section ? setting_at(root, section) : root;
    if (!section && (!refuse_literal_keys(root, err) || !refuse_unknown_variables(root, err)))
        return false;
    struct setting *s = from->option ? from : setting_next_leaf(from, NULL);
    for (; s; s = setting_next_leaf(from, s)) {
        char name[NAME_MOST];
        setting_variable(s, name, sizeof name);
        const char *value = getenv(name);
        if (!value || !value[0] || s->option->owner == OWNER_KEY || s->option->owner == OWNER_MACRO)
            continue;
        struct err reason;
        if (!lay_text(s, value, FROM_ENV, &reason)) {
            err_set(err, "%s: %s", name, reason.text);
            return make_printable(err);
        }
        drop_other_sources(s);
    }
    return true;
}

bool
load_flag(struct setting *root, const char *flag, const char *key, const char *value,
          struct err *err)
{
    struct err reason;
    if (!value || lay_text(setting_at(root, key), value, FROM_FLAG, &reason))
        return true;
    err_set(err, "%s: %s", flag, reason.text);
    return make_printable(err);
}

bool
load_blame(const struct setting *s, const char *file, const char *flag, struct err *err)
{
    char name[NAME_MOST], reason[sizeof err->text];
    memcpy(reason, err->text, sizeof reason);
    if (s->from == FROM_ENV) {
        setting_variable(s, name, sizeof name);
        err_set(err, "%s: %s", name, reason);
    } else if (s->from == FROM_FLAG) {
        err_set(err, "%s: %s", flag, reason);
    } else {
        setting_name(s, name, sizeof name);
        /* A default can be wrong only together with a key that the file sets: the nearest one is named. */
        const struct setting *up = s;
        while (up && up->from != FROM_FILE)
            up = up->parent;
        if (up)
            err_set(err, "%s:%d:%d: %s: %s", file, up->line, up->col, name, reason);
        else
            err_set(err, "%s: %s: %s", file, name, reason);
    }
    return make_printable(err);
}
