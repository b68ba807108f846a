#include "exchanges.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"

enum { WORD_BYTES = 64 };

static long
option(const char *line, const char *name, long fallback)
{
    const char *p = strstr(line, name);
    return p ? strtol(p + strlen(name), NULL, 10) : fallback;
}

static bool
begins(const char *line, const char *word)
{
    return strncmp(line, word, strlen(word)) == 0;
}

static bool
begins_side(const char *line)
{
    return strstr(line, "first=") && (begins(line, "claude ") || begins(line, "llama ") ||
                                      begins(line, "context ") || begins(line, "analysis "));
}

static void
begin_exchange(struct demo_exchanges *x, const char *line)
{
    char category[WORD_BYTES] = "", language[WORD_BYTES] = "";
    sscanf(line, "= %*63s %63s %63s", category, language);
    x->all = xgrow(x->all, x->count, sizeof *x->all);
    x->all[x->count++] = (struct demo_exchange){.message = xstrdup(""),
                                                .sides = {{xstrdup("")}, {xstrdup("")}},
                                                .category = category_parse(category),
                                                .language = language_parse(language)};
}

/* Where the lines go that follow; NULL: nowhere. */
static char **
begin_side(struct demo_exchange *e, const char *line)
{
    if (begins(line, "context "))
        return NULL;
    if (begins(line, "analysis ")) {
        e->analysis = xstrdup("");
        return &e->analysis;
    }
    struct demo_side *s = &e->sides[begins(line, "claude ") ? BRAIN_CLAUDE : BRAIN_LLAMA];
    s->first_ms = option(line, "first=", 500);
    s->status = option(line, "status=", 200);
    s->rate = (double)option(line, "rate=", 50);
    return &s->text;
}

static void
add_line(char **text, const char *line)
{
    char *whole = xasprintf("%s%s%s", *text, **text ? "\n" : "", line);
    free(*text);
    *text = whole;
}

static void
trim_end(char *text)
{
    for (size_t n = strlen(text); n > 0 && text[n - 1] == '\n'; n--)
        text[n - 1] = 0;
}

void
demo_exchanges_read(struct demo_exchanges *x, const char *text)
{
    char **into = NULL;
    *x = (struct demo_exchanges){0};
    while (*text) {
        size_t n = strcspn(text, "\n");
        char *line = xstrndup(text, n);
        struct demo_exchange *e = x->count ? &x->all[x->count - 1] : NULL;
        if (begins(line, "= ")) {
            begin_exchange(x, line);
            into = NULL;
        } else if (e && begins_side(line)) {
            into = begin_side(e, line);
        } else if (e && begins(line, "> ") && !e->message[0]) {
            free(e->message);
            e->message = xstrdup(line + 2);
        } else if (into) {
            add_line(into, line);
        }
        free(line);
        text += n + (text[n] != 0);
    }
    for (size_t i = 0; i < x->count; i++)
        for (int b = 0; b < BRAIN_COUNT; b++)
            trim_end(x->all[i].sides[b].text);
}

void
demo_exchanges_finish(struct demo_exchanges *x)
{
    for (size_t i = 0; i < x->count; i++) {
        free(x->all[i].message);
        free(x->all[i].analysis);
        for (int b = 0; b < BRAIN_COUNT; b++)
            free(x->all[i].sides[b].text);
    }
    free(x->all);
    *x = (struct demo_exchanges){0};
}

const char *
demo_exchange_label(const struct demo_exchange *x)
{
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (x->sides[b].status != 200)
            return "a failure";
    if (x->language == LANGUAGE_IT)
        return "italiano";
    if (x->category == CATEGORY_BUSINESS_SIMPLE || x->category == CATEGORY_BUSINESS_COMPLEX)
        return "business";
    return x->category < 0 ? "general" : category_name((enum category)x->category);
}
