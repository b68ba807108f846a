#include "berdua/jiwa/record.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/names.h"
#include "berdua/base/utf8.h"

/* Limit for lists read from the store. */
enum { MAX_LIST = 256 };

static const char *const field_names[JIWA_FIELD_COUNT] = {
    [JIWA_EMOTIONAL_STATE] = "emotional_state",
    [JIWA_CULTURAL_SIGNALS] = "cultural_signals",
    [JIWA_COMMUNICATION_STYLE] = "communication_style",
    [JIWA_TRUST_LEVEL] = "trust_level",
    [JIWA_LIFE_SITUATION] = "life_situation",
    [JIWA_DREAMS] = "dreams",
    [JIWA_ANXIETIES] = "anxieties",
    [JIWA_UNDERLYING_NEEDS] = "underlying_needs",
    [JIWA_RELATIONSHIP_PHASE] = "relationship_phase",
    [JIWA_NEXT_TIME] = "next_time",
};

static const char *const phase_names[] = {"first_contact", "returning", "established", "family"};

NAMES_DEFINE(jiwa_field, field_names)

static void
item_finish(struct jiwa_item *i)
{
    free(i->value);
    free(i->quote);
}

void
jiwa_finish(struct jiwa *j)
{
    for (int f = 0; f < JIWA_FIELD_COUNT; f++) {
        for (size_t i = 0; i < j->fields[f].count; i++)
            item_finish(&j->fields[f].v[i]);
        free(j->fields[f].v);
    }
    *j = (struct jiwa){0};
}

size_t
jiwa_count(const struct jiwa *j)
{
    size_t n = 0;
    for (int f = 0; f < JIWA_FIELD_COUNT; f++)
        for (size_t i = 0; i < j->fields[f].count; i++)
            n += !j->fields[f].v[i].removed;
    return n;
}

void
jiwa_list_drop(struct jiwa_list *l, size_t at)
{
    item_finish(&l->v[at]);
    memmove(&l->v[at], &l->v[at + 1], (l->count - at - 1) * sizeof *l->v);
    l->count--;
}

/* The form in which values are compared: values that differ only in case, blanks and marks have the same key. A new
 * string. */
static char *
comparison_key(const char *value)
{
    struct buf folded, out;
    buf_init(&folded, SIZE_MAX);
    buf_init(&out, SIZE_MAX);
    utf8_fold(&folded, value, strlen(value));
    bool gap = false;
    uint32_t cp;
    for (size_t i = 0, k; (k = utf8_decode(folded.p + i, folded.len - i, &cp)) > 0; i += k) {
        if (utf8_cp_in_word(cp)) {
            if (gap && out.len)
                buf_append_char(&out, ' ');
            buf_append(&out, folded.p + i, k);
            gap = false;
        } else {
            gap = true;
        }
    }
    if (!out.len) /* a value of nothing but marks, such as an emoji, is its own key */
        buf_append(&out, folded.p, folded.len);
    buf_finish(&folded);
    return buf_take(&out);
}

struct jiwa_item *
jiwa_list_find(const struct jiwa_list *l, const char *value)
{
    char *key = comparison_key(value);
    struct jiwa_item *found = NULL;
    for (size_t i = 0; i < l->count && !found; i++) {
        char *other = comparison_key(l->v[i].value);
        if (strcmp(key, other) == 0)
            found = &l->v[i];
        free(other);
    }
    free(key);
    return found;
}

void
jiwa_item_date(const struct jiwa_item *i, char out[32])
{
    clock_format(i->at_us, "%Y-%m-%d", out, 32);
}

/* One line: runs of blanks and everything invisible become one blank; at most max bytes, cut between words
 * where there is one near. A new string, perhaps empty. */
static char *
clean_line(const char *s, size_t max)
{
    struct buf out;
    size_t n = strlen(s);
    bool blank = false;
    buf_init(&out, max);
    uint32_t cp;
    for (size_t i = 0, k; (k = utf8_decode(s + i, n - i, &cp)) > 0; i += k) {
        char bytes[4];
        enum utf8_kind kind = utf8_cp_kind(cp);
        if (kind == UTF8_INVISIBLE)
            continue;
        if (cp == ' ' || cp == 0xa0 || kind == UTF8_CONTROL) {
            blank = out.len > 0;
            continue;
        }
        size_t len = utf8_encode(cp, bytes);
        size_t before = out.len;
        if ((blank && !buf_append_char(&out, ' ')) || !buf_append(&out, bytes, len)) {
            buf_truncate(&out, before);
            const char *space = strrchr(out.p, ' ');
            if (space && (size_t)(space - out.p) > max / 2)
                buf_truncate(&out, (size_t)(space - out.p));
            break;
        }
        blank = false;
    }
    return buf_take(&out);
}

/* The name of the phase, e.g. "first_contact" for "First-Contact"; NULL: it is none of the four. */
static const char *
phase_of(const char *value)
{
    char *key = comparison_key(value);
    for (char *p = key; *p; p++)
        if (*p == ' ')
            *p = '_';
    int i = names_find(phase_names, (int)ARRAY_LEN(phase_names), key);
    free(key);
    return i < 0 ? NULL : phase_names[i];
}

/* 4 for "4", "4.0", "4/5" and "4 of 5"; 0: no level. */
static int
level_of(const char *value)
{
    char *end;
    double v = strtod(value, &end);
    if (end == value || !(v >= 0.5 && v < JIWA_TRUST_MAX + 0.5))
        return 0;
    end += strspn(end, " ");
    bool bare = *end == 0 || *end == '/' || strncmp(end, "of ", 3) == 0 || *end == ',' ||
                strncmp(end, "out of", 6) == 0 || *end == '(' || *end == ':' || *end == '-';
    return bare ? (int)lround(v) : 0;
}

struct jiwa_item *
jiwa_add(struct jiwa *j, enum jiwa_field f, const char *value, double confidence, const char *quote)
{
    char *line = clean_line(value, JIWA_VALUE_BYTES);
    if (f == JIWA_RELATIONSHIP_PHASE) {
        const char *phase = phase_of(line);
        free(line);
        line = xstrdup(phase);
    } else if (f == JIWA_TRUST_LEVEL) {
        int level = level_of(line);
        free(line);
        line = level ? xasprintf("%d", level) : NULL;
    }
    if (!line || !*line) {
        free(line);
        return NULL;
    }
    if (!(confidence > 0)) /* NaN too */
        confidence = 0;
    struct jiwa_list *l = &j->fields[f];
    l->v = xreallocarray(l->v, l->count + 1, sizeof *l->v);
    struct jiwa_item *item = &l->v[l->count++];
    *item = (struct jiwa_item){.value = line, .confidence = confidence > 1 ? 1 : confidence};
    item->quote = quote ? clean_line(quote, JIWA_QUOTE_BYTES) : NULL;
    if (item->quote && !*item->quote) {
        free(item->quote);
        item->quote = NULL;
    }
    return item;
}

/* ---- JSON ---- */

static struct json *
item_to_json(enum jiwa_field f, const struct jiwa_item *i, bool extras)
{
    struct json *o = json_object();
    if (f == JIWA_TRUST_LEVEL)
        json_add_int(o, "value", strtol(i->value, NULL, 10));
    else
        json_add_str(o, "value", i->value);
    json_add_num(o, "confidence", i->confidence);
    json_add_str(o, "quote", i->quote);
    if (!extras)
        return o;
    json_add_str(o, "session", i->session[0] ? i->session : NULL);
    json_add_num(o, "ts", (double)i->at_us / US_PER_S);
    json_add_int(o, "at_us", i->at_us);
    if (i->edited)
        json_add_bool(o, "edited", true);
    if (i->removed)
        json_add_bool(o, "removed", true);
    return o;
}

struct json *
jiwa_to_json(const struct jiwa *j, bool extras)
{
    struct json *o = json_object();
    for (int f = 0; f < JIWA_FIELD_COUNT; f++) {
        struct json *list = json_array();
        for (size_t i = 0; i < j->fields[f].count; i++)
            json_push(list, item_to_json((enum jiwa_field)f, &j->fields[f].v[i], extras));
        json_add(o, field_names[f], list);
    }
    return o;
}

static void
item_from_json(struct jiwa *j, enum jiwa_field f, const struct json *o)
{
    const char *value = json_get_str(o, "value"), *session = json_get_str(o, "session");
    char digits[32];
    double level, confidence = 0;
    if (!value && f == JIWA_TRUST_LEVEL && json_get_num(o, "value", &level)) {
        snprintf(digits, sizeof digits, "%.3g", level);
        value = digits;
    }
    json_get_num(o, "confidence", &confidence);
    struct jiwa_item *i =
        value ? jiwa_add(j, f, value, confidence, json_get_str(o, "quote")) : NULL;
    if (!i)
        return;
    json_get_int(o, "at_us", &i->at_us);
    json_get_bool(o, "edited", &i->edited);
    json_get_bool(o, "removed", &i->removed);
    if (session && strlen(session) < sizeof i->session)
        memcpy(i->session, session, strlen(session) + 1);
}

bool
jiwa_parse(struct jiwa *j, const char *text, struct err *err)
{
    *j = (struct jiwa){0};
    if (!text)
        return true;
    struct json *o = json_parse(text, strlen(text), err);
    if (!o)
        return false;
    for (int f = 0; f < JIWA_FIELD_COUNT; f++) {
        const struct json *i = json_first(json_get(o, field_names[f]));
        for (int n = 0; i && n < MAX_LIST; n++, i = json_next(i))
            item_from_json(j, (enum jiwa_field)f, i);
    }
    json_free(o);
    return true;
}

char *
jiwa_print(const struct jiwa *j)
{
    struct buf out;
    buf_init(&out, SIZE_MAX);
    struct json *o = jiwa_to_json(j, true);
    json_print(o, &out);
    json_free(o);
    return buf_take(&out);
}
