/* The configuration as text: the values in force, the example file, the manual's reference. */
#include "berdua/conf/conf.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/names.h"
#include "berdua/base/sha256.h"
#include "load.h"

enum { COMMENT_COL = 44, LINE_MOST = 100, TEXT_MOST = 16 * 1024 * 1024 };

/* The comment beside a key. */
enum remark { REMARK_NONE, REMARK_ORIGIN, REMARK_WHY };

struct writer {
    const struct conf *conf;
    enum remark remark;
    FILE *out;
};

static void
origin_text(const struct writer *w, const struct setting *s, struct buf *out)
{
    char name[256];
    switch (s->from) {
    case FROM_DEFAULT:
        buf_append_str(out, "default");
        return;
    case FROM_FILE:
        for (const char *p = w->conf->path; *p; p++)
            buf_append_char(out, (unsigned char)*p < 0x20 || *p == 0x7F ? '?' : *p);
        buf_printf(out, ":%d", s->line);
        return;
    case FROM_ENV:
        setting_variable(s, name, sizeof name);
        buf_append_str(out, name);
        return;
    case FROM_FLAG:
        buf_append_str(out, "flag");
        return;
    }
}

/* One line: indentation, text, and the remark about s (NULL: none). */
static void
put_line(const struct writer *w, int depth, const struct buf *text, const struct setting *s)
{
    struct buf remark;
    buf_init(&remark, TEXT_MOST);
    if (s && w->remark == REMARK_ORIGIN)
        origin_text(w, s, &remark);
    else if (s && w->remark == REMARK_WHY)
        buf_append_str(&remark, strcmp(s->parent->key, "api_key") == 0
                                    ? "or {file: PATH}, {command: ...}, or nothing"
                                    : s->option->why);
    int width = 2 * depth + (int)text->len;
    int col = width < COMMENT_COL ? COMMENT_COL : width + 2;
    bool beside = w->remark == REMARK_ORIGIN || (size_t)col + 2 + remark.len <= LINE_MOST;
    if (remark.len && !beside)
        fprintf(w->out, "%*s# %s\n", 2 * depth, "", remark.p);
    fprintf(w->out, "%*s%s", 2 * depth, "", text->p);
    if (remark.len && beside)
        fprintf(w->out, "%*s# %s", col - width, "", remark.p);
    putc('\n', w->out);
    buf_finish(&remark);
}

static void
append_value(struct buf *out, const struct setting *s)
{
    if (!s->value)
        return;
    bool plain = s->option->nullable && strcmp(s->value, "null") == 0;
    if (plain || s->option->type == OPT_JSON || s->option->type == OPT_LIST)
        buf_append_str(out, s->value);
    else
        (s->option->type >= OPT_TEXT ? conf_append_text : yaml_scalar)(out, s->value);
}

static void
put_setting(const struct writer *w, const struct setting *s, int depth)
{
    struct buf text;
    buf_init(&text, TEXT_MOST);
    yaml_scalar(&text, s->key);
    buf_append_char(&text, ':');
    const struct setting *about = s;
    if (s->option) {
        if (s->value)
            buf_append_char(&text, ' ');
        append_value(&text, s);
    } else if (strcmp(s->key, "api_key") == 0) {
        about = s->first;
        for (const struct setting *c = s->first; c; c = c->next) {
            if (!c->value)
                continue;
            about = c;
            buf_printf(&text, " {%s: ", c->key);
            conf_append_text(&text, c->value);
            buf_append_char(&text, '}');
        }
    } else if (!s->first) {
        buf_append_str(&text, " {}");
        about = NULL;
    } else {
        about = NULL;
    }
    put_line(w, depth, &text, about);
    buf_finish(&text);
    if (s->option || strcmp(s->key, "api_key") == 0)
        return;
    for (const struct setting *c = s->first; c; c = c->next)
        put_setting(w, c, depth + 1);
}

void
conf_show(const struct conf *c, bool origin, FILE *out)
{
    struct writer w = {.conf = c, .remark = origin ? REMARK_ORIGIN : REMARK_NONE, .out = out};
    for (const struct setting *s = c->root->first; s; s = s->next)
        put_setting(&w, s, 0);
}

void
conf_hash(struct conf *c)
{
    static const char *const left_out[] = {"store", "team", "user",  "theme",
                                           "ui",    "keys", "macros"};
    char *text = NULL, digest[SHA256_HEX + 1];
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    struct writer w = {.conf = c, .remark = REMARK_NONE, .out = out};
    for (const struct setting *s = c->root->first; out && s; s = s->next)
        if (names_find(left_out, ARRAY_LEN(left_out), s->key) < 0)
            put_setting(&w, s, 0);
    if (out && fclose(out) == 0) {
        sha256_hex(text, n, digest);
        memcpy(c->config.hash, digest, CONFIG_HASH);
    }
    free(text);
}

void
conf_example(FILE *out)
{
    struct conf c = {.path = "", .root = settings_create()};
    struct writer w = {.conf = &c, .remark = REMARK_WHY, .out = out};
    fputs("# berdua: every key with its default. Keep what you change; a line left out means its "
          "default.\n"
          "# Precedence: flag > environment > this file > default. The variable of a key is its "
          "path in\n"
          "# capitals: BERDUA_BRAINS_LLAMA_BASE_URL. API keys never stand here: api_key takes "
          "{env: NAME},\n"
          "# {file: PATH} or {command: \"pass show …\"}. `models` given here takes the place of "
          "all tiers;\n"
          "# a tier may be a plain name: models: {fast: NAME}.\n"
          "# More: man berdua-config\n",
          out);
    bool apart = true;
    for (const struct setting *s = c.root->first; s; s = s->next) {
        if (apart || s->first)
            putc('\n', out);
        put_setting(&w, s, 0);
        apart = s->first != NULL;
    }
    settings_free(c.root);
}

/* ---- manual ---- */

/* Writes one argument of a roff macro: backslash and quote are escaped, and a final delimiter is kept inside the
 * argument by \&. */
static void
put_argument(FILE *out, const char *s)
{
    for (; *s; s++) {
        if (*s == '\\')
            fputs("\\e", out);
        else if (*s == '"')
            fputs("\\(dq", out);
        else
            putc(*s, out);
        if (s[1] == 0 && strchr(".,:;?!)", *s))
            fputs("\\&", out);
    }
}

/* Text as lines of less than 80 columns. */
static void
put_filled(FILE *out, const char *s)
{
    int col = 0;
    while (*s) {
        size_t n = strcspn(s, " ");
        if (col && col + 1 + (int)n > 76) {
            putc('\n', out);
            col = 0;
        }
        if (col)
            putc(' ', out);
        fwrite(s, 1, n, out);
        col += (int)n + (col > 0);
        s += n + (s[n] == ' ');
    }
    putc('\n', out);
}

/* The named defaults of one option; prompts are left to `config show`. */
static void
put_presets(FILE *out, const struct option *o, struct setting *root)
{
    bool first = true;
    for (struct setting *s = setting_next_leaf(root, NULL); s; s = setting_next_leaf(root, s)) {
        bool preset = s->value && (!o->value || strcmp(s->value, o->value) != 0);
        if (s->option != o || !preset || o->type == OPT_PROSE)
            continue;
        char name[256];
        setting_name(s, name, sizeof name);
        fprintf(out, "%s.Ic %s\nis\n.Ql ", first ? "Preset:\n" : " ,\n", name);
        put_argument(out, s->value);
        first = false;
    }
    if (!first)
        fputs(" .\n", out);
}

void
conf_reference_mdoc(FILE *out)
{
    struct setting *root = settings_create();
    fputs(".Bl -tag -width Ds\n", out);
    for (const struct option *o = option_table; o->key; o++) {
        char kind[256];
        option_describe(o, kind, sizeof kind);
        fprintf(out, ".It Ic %s\n", o->key);
        struct buf text;
        buf_init(&text, TEXT_MOST);
        buf_printf(&text, "%s.", o->why);
        put_filled(out, text.p);
        buf_clear(&text);
        buf_printf(&text, "Takes: %s; %s", kind,
                   o->required ? "required."
                   : o->value  ? "default"
                               : "not set by default.");
        put_filled(out, text.p);
        buf_finish(&text);
        if (o->value) {
            fputs(".Ql ", out);
            put_argument(out, o->value);
            fputs(" .\n", out);
        }
        put_presets(out, o, root);
    }
    fputs(".El\n", out);
    settings_free(root);
}
