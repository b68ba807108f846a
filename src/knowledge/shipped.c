/* The file that came with the program: per insight a line "= id", lines "key: value" (topic, use, tone,
 * languages), a blank line, and the text up to the next "= ". '#' begins a comment before the first. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/embedded.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "insight.h"

static const char file_name[] = "src/knowledge/insights.txt";

void
shipped_version(char out[SHIPPED_VERSION_BYTES])
{
    const struct embedded *e = embedded_find(file_name);
    snprintf(out, SHIPPED_VERSION_BYTES, "%016llx",
             (unsigned long long)hash_bytes(e ? e->data : "", e ? e->size : 0, 0));
}

struct reading {
    const char *name;
    size_t line;
    struct insight now;
    struct buf text;
    bool in_text;
};

static bool
complain(const struct reading *r, struct err *err)
{
    return err_prefix(err, "%s:%zu", r->name, r->line);
}

/* "key: value" of the head. */
static bool
take_field(struct reading *r, const char *p, size_t n, struct err *err)
{
    const struct {
        const char *key;
        char **place;
    } fields[] = {{"topic: ", &r->now.topic},
                  {"use: ", &r->now.tags},
                  {"tone: ", &r->now.tone},
                  {"languages: ", &r->now.languages}};
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        size_t k = strlen(fields[i].key);
        if (n > k && memcmp(p, fields[i].key, k) == 0 && !*fields[i].place) {
            *fields[i].place = xstrndup(p + k, n - k);
            return true;
        }
    }
    err_set(err, "topic, use, tone, languages, each once, or a blank line before the text");
    return complain(r, err);
}

static bool
end_insight(struct reading *r, bool (*each)(void *arg, const struct insight *i), void *arg,
            bool *go_on, struct err *err)
{
    if (!r->now.id)
        return true;
    while (r->text.len && r->text.p[r->text.len - 1] == ' ')
        buf_truncate(&r->text, r->text.len - 1);
    r->now.text = buf_take(&r->text);
    char *languages = insight_languages(r->now.languages, err);
    bool ok = languages && insight_check(&r->now, err);
    if (ok) {
        free(r->now.languages);
        r->now.languages = languages;
        languages = NULL;
        r->now.shipped = true;
        *go_on = each(arg, &r->now);
    }
    free(languages);
    insight_finish(&r->now);
    r->in_text = false;
    return ok || complain(r, err);
}

bool
shipped_parse(const char *name, const char *p, size_t n,
              bool (*each)(void *arg, const struct insight *i), void *arg, struct err *err)
{
    struct reading r = {.name = name};
    const char *end = p + n;
    bool ok = true, go_on = true;
    buf_init(&r.text, INSIGHT_MAX_TEXT + 1);
    while (ok && go_on && p < end) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        size_t len = (size_t)((stop ? stop : end) - p);
        r.line++;
        if (len > 2 && p[0] == '=' && p[1] == ' ') {
            ok = end_insight(&r, each, arg, &go_on, err);
            if (ok && go_on)
                r.now.id = xstrndup(p + 2, len - 2);
        } else if (!r.now.id) {
            ok =
                len == 0 || *p == '#' || (err_set(err, "a comment or \"= id\""), complain(&r, err));
        } else if (len == 0) {
            r.in_text = true;
        } else if (!r.in_text) {
            ok = take_field(&r, p, len, err);
        } else if (!buf_append(&r.text, p, len) || !buf_append_char(&r.text, ' ')) {
            err_set(err, "the text is longer than %d bytes", INSIGHT_MAX_TEXT);
            ok = complain(&r, err);
        }
        p += len + 1;
    }
    if (ok && go_on)
        ok = end_insight(&r, each, arg, &go_on, err);
    insight_finish(&r.now);
    buf_finish(&r.text);
    return ok;
}

bool
shipped_each(bool (*each)(void *arg, const struct insight *i), void *arg, struct err *err)
{
    const struct embedded *e = embedded_find(file_name);
    if (!e)
        return err_set(err, "%s: is not in this program", file_name);
    return shipped_parse(e->name, e->data, e->size, each, arg, err);
}
