/* Counts of tokens, whatever a server calls them and wherever in an event it puts them. */
#include "decode.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"

/* prompt_tokens, promptTokens and prompt-tokens are one name. */
static bool
same_name(const char *a, const char *b)
{
    for (;; a++, b++) {
        while (*a == '_' || *a == '-')
            a++;
        while (*b == '_' || *b == '-')
            b++;
        if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
            return false;
        if (!*a)
            return true;
    }
}

/* A number, or one written as text; -1: no count. */
static int64_t
count_of(const struct json *v)
{
    const double most = (double)(INT64_C(1) << 48);
    const char *text = json_str(v);
    char *end = NULL;
    double n = -1;
    if (text && isdigit((unsigned char)*text))
        n = strtod(text, &end);
    else if (!json_num(v, &n))
        return -1;
    bool whole = n >= 0 && n < most && n == (double)(int64_t)n;
    return whole && (!end || !*end) ? (int64_t)n : -1;
}

void
decode_count(const struct json *object, const char *name, int64_t *out)
{
    const struct json *m = json_is_object(object) ? json_first(object) : NULL;
    for (; m; m = json_next(m)) {
        int64_t v = same_name(json_key(m), name) ? count_of(m) : -1;
        if (v > 0 || (v == 0 && *out == UNKNOWN))
            *out = v;
    }
}

static int64_t
first_count(const struct json *usage, const char *const *names)
{
    int64_t v = 0;
    for (; *names && v <= 0; names++)
        decode_count(usage, *names, &v);
    return v;
}

bool
decode_input(const struct json *usage, int64_t *out)
{
    static const char *const names[] = {"prompt_tokens",
                                        "input_tokens",
                                        "prompt_eval_count",
                                        "tokens_evaluated",
                                        "prompt_token_count",
                                        "input_token_count",
                                        "input",
                                        NULL};
    int64_t v = first_count(usage, names);
    if (v > 0)
        *out = v;
    return v > 0;
}

bool
decode_output(struct decoder *d, const struct json *usage)
{
    static const char *const names[] = {
        "completion_tokens",  "output_tokens",       "eval_count",  "tokens_predicted",
        "generated_tokens",   "predicted_tokens",    "predicted_n", "candidates_token_count",
        "output_token_count", "total_output_tokens", "output",      NULL};
    static const char *const totals[] = {"total_tokens", "total_token_count", NULL};
    int64_t input = 0;
    int64_t v = first_count(usage, names);
    if (v == 0 && decode_input(usage, &input))
        v = first_count(usage, totals) - input;
    if (v <= 0)
        return false;
    d->out.usage.output = v;
    d->out.output_stale = false;
    return true;
}

/* Does the name contain one of the parts, which are of small letters? It is asked of each event of a stream. */
static bool
contains_one(const char *name, const char *const *parts)
{
    for (; name && *parts; parts++)
        for (const char *at = name; *at; at++)
            if (tolower((unsigned char)*at) == **parts &&
                strncasecmp(at, *parts, strlen(*parts)) == 0)
                return true;
    return false;
}

static void
look_for_usage(struct decoder *d, const struct json *object, usage_taker *take, int depth)
{
    static const char *const counts[] = {"token", "count",  "eval", "predicted",
                                         "input", "output", NULL};
    static const char *const holders[] = {"usage", "token",  "metric", "stats", "statistic", "meta",
                                          "bill",  "detail", "groq",   "delta", "message",   NULL};
    bool counted = false;
    for (const struct json *m = json_first(object); m && !counted; m = json_next(m))
        counted = count_of(m) > 0 && contains_one(json_key(m), counts);
    if (counted)
        take(d, object);
    for (const struct json *m = depth > 0 ? json_first(object) : NULL; m; m = json_next(m)) {
        const struct json *inner = json_is_array(m) ? json_first(m) : m;
        if (json_is_object(inner) && contains_one(json_key(m), holders))
            look_for_usage(d, inner, take, depth - 1);
    }
}

void
decode_find_usage(struct decoder *d, const struct json *event, usage_taker *take)
{
    enum { DEEPEST = 3 };
    if (json_is_object(event))
        look_for_usage(d, event, take, DEEPEST);
}
