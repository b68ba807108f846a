#include "insight.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/names.h"
#include "berdua/base/utf8.h"
#include "berdua/chat/terms.h"

void
insights_finish(struct insights *list)
{
    for (size_t i = 0; i < list->count; i++)
        insight_finish(&list->v[i]);
    free(list->v);
    free(list->why_not_chroma);
    *list = (struct insights){0};
}

void
insights_push(struct insights *list, const struct insight *i)
{
    list->v = xgrow(list->v, list->count, sizeof *list->v);
    list->v[list->count++] = *i;
}

static int
by_score(const void *a, const void *b)
{
    const struct insight *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    return strcmp(x->id, y->id);
}

void
insights_keep_best(struct insights *list, size_t limit, double least_share)
{
    size_t kept = 0;
    if (list->count)
        qsort(list->v, list->count, sizeof *list->v, by_score);
    for (size_t i = 0; i < list->count; i++) {
        if (i < limit && list->v[i].score >= list->v[0].score * least_share)
            kept++;
        else
            insight_finish(&list->v[i]);
    }
    list->count = kept;
}

struct json *
insights_to_json(const struct insights *list)
{
    struct json *array = json_array();
    for (size_t i = 0; i < list->count; i++) {
        struct json *o = json_object();
        json_add_str(o, "id", list->v[i].id);
        json_add_str(o, "topic", list->v[i].topic);
        json_add_str(o, "text", list->v[i].text);
        json_add_num(o, "score", round(list->v[i].score * 1e4) / 1e4);
        json_push(array, o);
    }
    return array;
}

/* ---- what is accepted ---- */

static bool
check_insight_text(const char *field, const char *s, size_t most, bool lines, struct err *err)
{
    size_t n = strlen(s);
    if (strspn(s, " \t\r\n") == n)
        return err_set(err, "%s: is empty", field);
    if (n > most)
        return err_set(err, "%s: longer than %zu bytes", field, most);
    if (!utf8_valid(s, n))
        return err_set(err, "%s: not UTF-8", field);
    for (const char *p = s; *p; p++)
        if (((unsigned char)*p < ' ' && !(lines && (*p == '\n' || *p == '\t'))) || *p == 0x7f)
            return err_set(err, "%s: holds a control character", field);
    return true;
}

static bool
check_id(const char *id, struct err *err)
{
    size_t n = strlen(id);
    size_t good = strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");
    if (n == 0 || n > INSIGHT_MAX_ID || good != n)
        return err_set(err, "id: up to %d letters, digits, '-', '_' and '.'", INSIGHT_MAX_ID);
    return true;
}

bool
insight_check(const struct insight *i, struct err *err)
{
    if (i->id && !check_id(i->id, err))
        return false;
    if (!i->topic)
        return err_set(err, "topic: is missing");
    if (!i->text)
        return err_set(err, "text: is missing");
    return check_insight_text("topic", i->topic, INSIGHT_MAX_TOPIC, false, err) &&
           check_insight_text("text", i->text, INSIGHT_MAX_TEXT, true, err) &&
           (!i->tags || !*i->tags ||
            check_insight_text("tags", i->tags, INSIGHT_MAX_TAGS, false, err)) &&
           (!i->tone || !*i->tone ||
            check_insight_text("tone", i->tone, INSIGHT_MAX_TONE, false, err));
}

/* ---- languages ---- */

bool
insight_speaks(const char *languages, const char *language)
{
    size_t n = strlen(language);
    for (const char *p = languages; p; p = strchr(p, ',')) {
        p += *p == ',';
        if (strncmp(p, language, n) == 0 && (p[n] == ',' || p[n] == 0))
            return true;
    }
    return false;
}

char *
insight_languages(const char *list, struct err *err)
{
    bool spoken[LANGUAGE_COUNT] = {0};
    bool any = false;
    for (const char *p = list ? list : ""; *p;) {
        p += strspn(p, ", \t");
        size_t n = strcspn(p, ", \t");
        if (n == 0)
            break;
        int k = 0;
        while (k < LANGUAGE_COUNT &&
               !(n == 2 && strncasecmp(p, language_name((enum language)k), 2) == 0))
            k++;
        if (k == LANGUAGE_COUNT) {
            err_set(err, "languages: \"%.*s\" is none of id, en, it", n < 20 ? (int)n : 20, p);
            return NULL;
        }
        spoken[k] = any = true;
        p += n;
    }
    struct buf out;
    buf_init(&out, 64);
    for (int k = 0; k < LANGUAGE_COUNT; k++)
        if (spoken[k] || !any)
            buf_printf(&out, "%s%s", out.len ? "," : "", language_name((enum language)k));
    return buf_take(&out);
}

/* ---- a line of JSON ---- */

/* A string; with `list` also a list of strings, which is joined. */
static bool
take_insight_text(const struct json *o, const char *key, bool list, char **out, struct err *err)
{
    const struct json *v = json_get(o, key);
    if (!v || json_is_null(v))
        return true;
    *out = xstrdup(json_str(v));
    if (*out)
        return true;
    if (!list || !json_is_array(v))
        return err_set(err, "%s: must be a string%s", key, list ? " or a list of strings" : "");
    struct buf joined;
    buf_init(&joined, INSIGHT_MAX_TAGS + 2);
    bool ok = true;
    for (const struct json *e = json_first(v); e && ok; e = json_next(e)) {
        if (!json_str(e))
            ok = err_set(err, "%s: must hold strings only", key);
        else if (!buf_printf(&joined, "%s%s", joined.len ? ", " : "", json_str(e)))
            ok = err_set(err, "%s: longer than %d bytes", key, INSIGHT_MAX_TAGS);
    }
    if (ok)
        *out = buf_take(&joined);
    buf_finish(&joined);
    return ok;
}

static bool
check_keys(const struct json *o, struct err *err)
{
    static const char *const keys[] = {"id",   "topic", "text",   "tags",     "when_to_use",
                                       "tone", "score", "origin", "languages"};
    for (const struct json *m = json_first(o); m; m = json_next(m))
        if (names_find(keys, ARRAY_LEN(keys), json_key(m)) < 0)
            return err_set(err, "unknown field \"%.40s\"", json_key(m));
    return true;
}

bool
insight_from_line(const char *line, size_t n, struct insight *out, struct err *err)
{
    *out = (struct insight){0};
    char *languages = NULL;
    struct json *o = json_parse(line, n, err);
    bool ok = o != NULL;
    if (ok && !json_is_object(o))
        ok = err_set(err, "not a JSON object");
    ok =
        ok && check_keys(o, err) && take_insight_text(o, "id", false, &out->id, err) &&
        take_insight_text(o, "topic", false, &out->topic, err) &&
        take_insight_text(o, "text", false, &out->text, err) &&
        take_insight_text(o, json_get(o, "tags") ? "tags" : "when_to_use", true, &out->tags, err) &&
        take_insight_text(o, "tone", false, &out->tone, err) &&
        take_insight_text(o, "languages", true, &languages, err) &&
        (out->languages = insight_languages(languages, err)) && insight_check(out, err);
    if (!ok)
        insight_finish(out);
    free(languages);
    json_free(o);
    return ok;
}
