#include "berdua/jiwa/reply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "repair.h"

enum {
    MAX_ITEMS_READ = 32, /* items of a list that are looked at; later ones are ignored */
    MAX_STARTS = 8       /* where the object may begin */
};

#define NOT_SAID 0.5

/* ---- confidence ---- */

static double
word_confidence(const char *s)
{
    static const struct {
        const char *word;
        double is;
    } words[] = {
        {"very high", .95},    {"sangat tinggi", .95}, {"molto alt", .95}, {"very low", .1},
        {"sangat rendah", .1}, {"high", .8},           {"tinggi", .8},     {"alta", .8},
        {"alto", .8},          {"strong", .8},         {"certain", .95},   {"medium", .5},
        {"moderate", .5},      {"sedang", .5},         {"medi", .5},       {"low", .3},
        {"rendah", .3},        {"bassa", .3},          {"basso", .3},      {"weak", .3},
    };
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (strncasecmp(s, words[i].word, strlen(words[i].word)) == 0)
            return words[i].is;
    return NOT_SAID;
}

/* 0.8, 8 (of ten), 80 (percent). */
static double
scaled(double v)
{
    if (!(v >= 0) || v > 100)
        return NOT_SAID;
    return v <= 1 ? v : v <= 10 ? v / 10 : v / 100;
}

static double
confidence_of(const struct json *v)
{
    double n;
    const char *s = json_str(v);
    if (json_num(v, &n))
        return scaled(n);
    if (!s)
        return NOT_SAID;
    s += strspn(s, " \t~");
    char *end, digits[32];
    snprintf(digits, sizeof digits, "%s", s);
    char *comma = strchr(digits, ',');
    if (comma)
        *comma = '.';
    n = strtod(digits, &end);
    if (end == digits)
        return word_confidence(s);
    end += strspn(end, " ");
    return *end == '%' ? n >= 0 && n <= 100 ? n / 100 : NOT_SAID : scaled(n);
}

/* ---- items ---- */

/* A string, a number as text, or the first of a list of these; a new string or NULL. */
static char *
text_of(const struct json *v)
{
    double n;
    if (json_is_array(v))
        v = json_first(v);
    if (json_str(v))
        return xstrdup(json_str(v));
    return json_num(v, &n) ? xasprintf("%.4g", n) : NULL;
}

static const struct json *
member(const struct json *o, const char *const *names)
{
    for (; *names; names++)
        if (json_get(o, *names))
            return json_get(o, *names);
    return NULL;
}

static void
read_item(struct jiwa *j, enum jiwa_field f, const struct json *v)
{
    static const char *const values[] = {"value", "text", "item", "description", "nilai", NULL};
    static const char *const quotes[] = {"quote", "evidence", "quotes", "kutipan", "bukti", NULL};
    static const char *const sure[] = {"confidence", "keyakinan", "score", NULL};
    bool whole = json_is_object(v);
    char *value = text_of(whole ? member(v, values) : v);
    char *quote = whole ? text_of(member(v, quotes)) : NULL;
    const struct json *confidence = whole ? member(v, sure) : NULL;
    if (value && j->fields[f].count < JIWA_RECORD_ITEMS)
        jiwa_add(j, f, value, confidence ? confidence_of(confidence) : NOT_SAID, quote);
    free(value);
    free(quote);
}

static void
read_field(struct jiwa *j, enum jiwa_field f, const struct json *v)
{
    const struct json *i = json_is_array(v) ? json_first(v) : NULL;
    if (!json_is_array(v) && !json_is_null(v))
        read_item(j, f, v);
    for (int n = 0; i && n < MAX_ITEMS_READ; n++, i = json_next(i))
        read_item(j, f, i);
}

/* The field of a name; "emotional_evolution" belongs to the list of emotional states. */
static int
field_of(const char *key)
{
    if (strcmp(key, "emotional_evolution") == 0 || strcmp(key, "evolution") == 0)
        return JIWA_EMOTIONAL_STATE;
    return jiwa_field_parse(key);
}

/* true: the object has one of the fields. */
static bool
read_fields(struct jiwa *j, const struct json *o)
{
    bool any = false;
    for (const struct json *m = json_first(o); json_is_object(o) && m; m = json_next(m)) {
        int f = field_of(json_key(m));
        if (f < 0)
            continue;
        read_field(j, (enum jiwa_field)f, m);
        any = true;
    }
    return any;
}

static bool
read_tree(struct jiwa *j, const struct json *o)
{
    if (read_fields(j, o))
        return true;
    /* {"jiwa": {…}} */
    for (const struct json *m = json_first(o); json_is_object(o) && m; m = json_next(m))
        if (read_fields(j, m))
            return true;
    return false;
}

/* Reads the first object that has one of the fields, mended. *any: there is an object with members. */
static bool
read_mended(struct jiwa *j, const char *p, const char *end, bool *any)
{
    struct buf text;
    bool read = false;
    buf_init(&text, 2 * JIWA_REPLY_BYTES);
    for (int i = 0; !read && i < MAX_STARTS; i++, p++) {
        p = memchr(p, '{', (size_t)(end - p));
        if (!p)
            break;
        buf_clear(&text);
        bool mended = jiwa_repair(p, (size_t)(end - p), &text);
        struct json *o = mended ? json_parse(text.p, text.len, NULL) : NULL;
        *any = *any || json_count(o) > 0;
        read = read_tree(j, o);
        json_free(o);
    }
    buf_finish(&text);
    return read;
}

bool
jiwa_read(struct jiwa *j, const char *reply, size_t n, struct err *err)
{
    *j = (struct jiwa){0};
    if (n > JIWA_REPLY_BYTES)
        n = JIWA_REPLY_BYTES;
    struct json *o = json_parse(reply, n, NULL);
    bool any = json_is_object(o);
    bool ok = any ? read_tree(j, o) : read_mended(j, reply, reply + n, &any);
    json_free(o);
    return ok || err_set(err, any ? "the reply's object has none of the fields that were asked for"
                                  : "the reply holds no JSON object");
}
