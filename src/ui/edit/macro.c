#include "berdua/ui/macro.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/conf/config.h"
#include "berdua/ui/action.h"

enum {
    DEEPEST = 8,      /* macros inside macros */
    MOST_LINES = 50,  /* of all of them */
    MOST_STEPS = 500, /* lines that are looked at for them */
    LINE_MOST_BYTES = 1 << 20,
    NAME_MOST_BYTES = 32
};

static const char blanks[] = " \t\n";

static const struct macro_conf *
find_macro(const struct config *c, const char *typed)
{
    size_t n = typed[0] == '/' ? strcspn(typed + 1, blanks) : 0;
    for (size_t i = 0; n && i < c->macro_count; i++)
        if (strlen(c->macros[i].name) == n && memcmp(c->macros[i].name, typed + 1, n) == 0)
            return &c->macros[i];
    return NULL;
}

/* What stands behind the name. */
static const char *
text_behind(const char *typed)
{
    const char *end = typed + strcspn(typed, blanks);
    return end + strspn(end, blanks);
}

static bool
add_line(struct macro_lines *out, const char *text, struct err *err)
{
    if (!text[strspn(text, blanks)])
        return true;
    if (out->count >= MOST_LINES)
        return err_set(err, "a macro stands for at most %d lines", MOST_LINES);
    out->line = xgrow(out->line, out->count, sizeof *out->line);
    out->line[out->count++] = xstrdup(text);
    return true;
}

/* The line with the text in each {}; NULL: it became too long. */
static char *
fill_in(const char *line, const char *text)
{
    struct buf b;
    bool ok = true;
    buf_init(&b, LINE_MOST_BYTES);
    for (const char *at = line, *hole; *at && ok; at = hole) {
        hole = strstr(at, "{}");
        if (hole == at) {
            ok = buf_append_str(&b, text);
            hole += 2;
        } else {
            hole = hole ? hole : at + strlen(at);
            ok = buf_append(&b, at, (size_t)(hole - at));
        }
    }
    char *filled = ok ? xstrndup(b.p, b.len) : NULL;
    buf_finish(&b);
    return filled;
}

static bool
expand(const struct config *c, const struct macro_conf *m, const char *text, int depth, int *steps,
       struct macro_lines *out, struct err *err)
{
    struct json *list = json_parse(m->lines, strlen(m->lines), NULL);
    bool ok = true, used = !*text;
    if (depth > DEEPEST || *steps > MOST_STEPS)
        ok = err_set(err, "/%s: a macro runs itself, or is too deep in others", m->name);
    for (const struct json *v = json_first(list); ok && v; v = json_next(v)) {
        const char *line = json_str(v);
        used = used || strstr(line, "{}");
        ++*steps;
        char *filled = fill_in(line, text);
        const struct macro_conf *inner = filled ? find_macro(c, filled) : NULL;
        if (!filled)
            ok = err_set(err, "/%s: too long", m->name);
        else if (inner)
            ok = expand(c, inner, text_behind(filled), depth + 1, steps, out, err);
        else
            ok = add_line(out, filled, err);
        free(filled);
    }
    if (ok && !used)
        ok = err_set(err, "/%s takes no text", m->name);
    json_free(list);
    return ok;
}

bool
macro_expand(const struct config *c, const char *typed, struct macro_lines *out, struct err *err)
{
    const struct macro_conf *m = find_macro(c, typed);
    *out = (struct macro_lines){0};
    if (!m)
        return false;
    int steps = 0;
    if (expand(c, m, text_behind(typed), 1, &steps, out, err))
        return true;
    macro_lines_finish(out);
    return false;
}

void
macro_lines_finish(struct macro_lines *m)
{
    for (size_t i = 0; i < m->count; i++)
        free(m->line[i]);
    free(m->line);
    *m = (struct macro_lines){0};
}

static bool
is_good(const struct config *c, const struct macro_conf *m, struct err *err)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    size_t n = strlen(m->name);
    struct macro_lines lines = {0};
    int steps = 0;
    if (!n || n > NAME_MOST_BYTES || strspn(m->name, letters) < n)
        return err_set(err, "a name has 1 to %d letters, digits, - and _", NAME_MOST_BYTES);
    if (action_by_command(m->name, n))
        return err_set(err, "/%s is a command", m->name);
    bool ok = expand(c, m, "", 1, &steps, &lines, err);
    macro_lines_finish(&lines);
    return ok;
}

bool
macros_good(const struct config *c, struct err *err)
{
    for (size_t i = 0; i < c->macro_count; i++) {
        struct err why = {.text = ""};
        if (!is_good(c, &c->macros[i], &why))
            return err_set(err, "macros.%.40s: %s", c->macros[i].name, why.text);
    }
    return true;
}

char *
macro_words(const struct macro_conf *m)
{
    struct json *list = json_parse(m->lines, strlen(m->lines), NULL);
    struct buf b;
    buf_init(&b, LINE_MOST_BYTES);
    for (const struct json *v = json_first(list); v; v = json_next(v))
        buf_printf(&b, "%s%s", b.len ? "; " : "", json_str(v));
    json_free(list);
    return buf_take(&b);
}
