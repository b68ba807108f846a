#include "berdua/eval/expectation.h"

#include <ctype.h>
#include <regex.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/names.h"
#include "berdua/chat/conversation.h"
#include "berdua/measure/measure.h"

enum { BOUND_MOST = 1000, REPEATS_MOST = 65536 };

struct texts {
    char **v;
    size_t count;
};

struct expectation {
    bool has[EXPECT_COUNT];
    struct texts contains;
    regex_t *patterns;
    size_t pattern_count;
    int language, category;
    int64_t max_words;
};

static const char *const kinds[] = {[EXPECT_CONTAINS] = "contains",
                                    [EXPECT_REGEX] = "regex",
                                    [EXPECT_LANGUAGE] = "language",
                                    [EXPECT_CATEGORY] = "category",
                                    [EXPECT_MAX_WORDS] = "max_words"};
NAMES_DEFINE_NAME(expect_kind, kinds)

/* ---- reading ---- */

/* A text, or a list of them, none of them empty. */
static bool
read_texts(const struct json *v, const char *key, struct texts *out, struct err *err)
{
    const struct json *one = json_is_array(v) ? json_first(v) : v;
    for (; one; one = json_is_array(v) ? json_next(one) : NULL) {
        const char *text = json_str(one);
        if (!text || !*text)
            break;
        out->v = xgrow(out->v, out->count, sizeof *out->v);
        out->v[out->count++] = xstrdup(text);
    }
    return (!one && out->count) || err_set(err, "expect.%s takes a text, or a list of texts", key);
}

static void
finish_texts(struct texts *t)
{
    for (size_t i = 0; i < t->count; i++)
        free(t->v[i]);
    free(t->v);
}

/* A back reference makes the time to match grow beyond all bounds, on a text that nobody here has written. */
static bool
refers_back(const char *pattern)
{
    for (const char *p = strchr(pattern, '\\'); p && p[1]; p = strchr(p + 2, '\\'))
        if (isdigit((unsigned char)p[1]))
            return true;
    return false;
}

/* The library takes memory for each repeat that a bound allows, and multiplies nested ones: some patterns of twenty bytes
 * need gigabytes. Counts all bounds as nested. */
static bool
repeats_too_often(const char *pattern)
{
    long all = 1;
    for (const char *p = pattern; *p; p++) {
        char *end;
        if (*p == '\\' && p[1])
            p++;
        if (*p != '{')
            continue;
        long least = strtol(p + 1, &end, 10), most = *end == ',' ? strtol(end + 1, NULL, 10) : 0;
        most = most > least ? most : least;
        if (most > BOUND_MOST)
            return true;
        all *= most > 1 ? most : 1;
        if (all > REPEATS_MOST)
            return true;
    }
    return false;
}

static bool
add_pattern(struct expectation *e, const char *pattern, struct err *err)
{
    char why[200];
    if (refers_back(pattern))
        return err_set(err, "expect.regex \"%.100s\": back references are not taken", pattern);
    if (repeats_too_often(pattern))
        return err_set(
            err,
            "expect.regex \"%.100s\": a bound is above %d, or all bounds multiply to more than %d",
            pattern, BOUND_MOST, REPEATS_MOST);
    e->patterns = xgrow(e->patterns, e->pattern_count, sizeof *e->patterns);
    regex_t *to = &e->patterns[e->pattern_count];
    int code = regcomp(to, pattern, REG_EXTENDED | REG_NOSUB);
    if (code == 0) {
        e->pattern_count++;
        return true;
    }
    regerror(code, to, why, sizeof why);
    return err_set(err, "expect.regex \"%.100s\": %s", pattern, why);
}

static bool
read_patterns(struct expectation *e, const struct json *v, struct err *err)
{
    struct texts patterns = {0};
    bool ok = read_texts(v, "regex", &patterns, err);
    for (size_t i = 0; ok && i < patterns.count; i++)
        ok = add_pattern(e, patterns.v[i], err);
    finish_texts(&patterns);
    return ok;
}

static bool
read_member(struct expectation *e, enum expect_kind k, const struct json *v, struct err *err)
{
    double n;
    switch (k) {
    case EXPECT_CONTAINS:
        return read_texts(v, "contains", &e->contains, err);
    case EXPECT_REGEX:
        return read_patterns(e, v, err);
    case EXPECT_LANGUAGE:
        e->language = language_parse(json_str(v));
        return e->language >= 0 || err_set(err, "expect.language is one of id, en, it");
    case EXPECT_CATEGORY:
        e->category = category_parse(json_str(v));
        return e->category >= 0 || err_set(err, "expect.category is no category");
    default:
        if (!json_num(v, &n) || !(n >= 0 && n <= 1e9))
            return err_set(err, "expect.max_words takes a number");
        e->max_words = (int64_t)n;
        return true;
    }
}

static bool
read_any(struct expectation *e, const struct json *v, struct err *err)
{
    int k = names_find(kinds, EXPECT_COUNT, json_key(v));
    if (k < 0)
        return err_set(err,
                       "expect.%.100s is not known: contains, regex, language, category, max_words",
                       json_key(v));
    if (e->has[k])
        return err_set(err, "expect.%s stands there twice", kinds[k]);
    e->has[k] = true;
    return read_member(e, (enum expect_kind)k, v, err);
}

struct expectation *
expectation_parse(const struct json *o, struct err *err)
{
    struct expectation *e = xcalloc(1, sizeof *e);
    bool ok = json_is_object(o) || err_set(err, "expect is an object");
    for (const struct json *v = json_first(o); ok && v; v = json_next(v))
        ok = read_any(e, v, err);
    if (!ok)
        expectation_destroy(&e);
    return e;
}

void
expectation_destroy(struct expectation **ep)
{
    struct expectation *e = *ep;
    *ep = NULL;
    if (!e)
        return;
    for (size_t i = 0; i < e->pattern_count; i++)
        regfree(&e->patterns[i]);
    free(e->patterns);
    finish_texts(&e->contains);
    free(e);
}

/* ---- looking ---- */

bool
expectation_has(const struct expectation *e, enum expect_kind k)
{
    return e && e->has[k];
}

/* What white space separates. */
static int64_t
count_words(const char *text)
{
    static const char blanks[] = " \t\r\n\v\f";
    int64_t n = 0;
    for (const char *p = text + strspn(text, blanks); *p; p += strspn(p, blanks), n++)
        p += strcspn(p, blanks);
    return n;
}

static bool
holds_all(const struct expectation *e, const char *text)
{
    for (size_t i = 0; i < e->contains.count; i++)
        if (!strstr(text, e->contains.v[i]))
            return false;
    return true;
}

static bool
matches_all(const struct expectation *e, const char *text)
{
    for (size_t i = 0; i < e->pattern_count; i++)
        if (regexec(&e->patterns[i], text, 0, NULL, 0) != 0)
            return false;
    return true;
}

bool
expectation_met(const struct expectation *e, enum expect_kind k, const struct measure *m,
                const struct turn *t, const struct answer *a)
{
    struct classification c;
    const char *text = a->text.len ? a->text.p : "";
    switch (k) {
    case EXPECT_CONTAINS:
        return holds_all(e, text);
    case EXPECT_REGEX:
        return matches_all(e, text);
    case EXPECT_LANGUAGE:
        measure_classify(m, text, a->text.len, NULL, -1, &c);
        return (int)c.language == e->language;
    case EXPECT_CATEGORY:
        return t->kind.category == e->category;
    default:
        return count_words(text) <= e->max_words;
    }
}
