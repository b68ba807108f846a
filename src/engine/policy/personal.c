#include "context_text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"

/* SEEN_BYTES: the part of a message that is compared, twice as much as LLAMA is shown of it. */
enum { WORD_BYTES = 64, SHARED_WORDS = 4, DIGITS = 3, SEEN_BYTES = 16384 };

/* Words in order, folded; one longer than WORD_BYTES is kept as its beginning. */
struct words {
    struct word {
        char folded[WORD_BYTES];
        bool capital; /* and not at the start of a sentence */
    } * v;
    size_t count;
};

static void
add_word(struct words *w, const char *p, size_t n, bool sentence_starts)
{
    w->v = xgrow(w->v, w->count, sizeof *w->v);
    struct word *word = &w->v[w->count++];
    uint32_t cp = 0;
    size_t first = utf8_decode(p, n, &cp);
    char lower[8] = "";
    size_t len = utf8_fold_word(p, first, lower, sizeof lower - 1);
    *word = (struct word){.capital = !sentence_starts && len > 0 && memcmp(lower, p, first) != 0};
    if (!utf8_fold_word(p, n, word->folded, WORD_BYTES - 1))
        utf8_fold_word(p, utf8_whole_prefix(p, n < WORD_BYTES / 2 ? n : WORD_BYTES / 2),
                       word->folded, WORD_BYTES - 1);
}

static void
split(struct words *w, const char *text)
{
    size_t n = strnlen(text, SEEN_BYTES), used;
    bool starts = true;
    *w = (struct words){0};
    for (size_t i = 0; i < n;) {
        size_t from = i;
        uint32_t cp = 0;
        while (i < n && (used = utf8_decode(text + i, n - i, &cp)) > 0 && utf8_cp_in_word(cp))
            i += used;
        if (i > from) {
            add_word(w, text + from, i - from, starts);
            starts = false;
            continue;
        }
        starts = starts || cp == '.' || cp == '!' || cp == '?' || cp == '\n' || cp == 0x2026;
        used = utf8_decode(text + i, n - i, &cp);
        i += used ? used : 1;
    }
}

static bool
holds(const struct words *w, const char *folded)
{
    for (size_t i = 0; i < w->count; i++)
        if (strcmp(w->v[i].folded, folded) == 0)
            return true;
    return false;
}

/* "812-345" is one number of six digits; "2, 3" are two. */
static bool
long_number(const char *p)
{
    int digits = 0;
    for (; *p; p++) {
        if (*p >= '0' && *p <= '9')
            digits++;
        else if (!strchr(".,-/ ", *p) || p[1] < '0' || p[1] > '9')
            digits = 0;
        if (digits >= DIGITS)
            return true;
    }
    return false;
}

static bool
web_address(const char *text)
{
    static const char *const marks[] = {"://", "www.", ".com", ".co.id", ".id/", ".org", ".net"};
    for (; *text; text++)
        for (size_t i = 0; i < ARRAY_LEN(marks); i++)
            if (strncasecmp(text, marks[i], strlen(marks[i])) == 0)
                return true;
    return false;
}

static bool
names_user(const struct words *text, const char *user)
{
    struct words name;
    bool named = false;
    if (!user || strcmp(user, "anonymous") == 0)
        return false;
    split(&name, user);
    for (size_t i = 0; i < name.count; i++)
        named = named || (name.v[i].folded[0] && holds(text, name.v[i].folded));
    free(name.v);
    return named;
}

static bool
shares_run(const struct words *text, const struct words *message)
{
    for (size_t i = 0; i + SHARED_WORDS <= text->count; i++)
        for (size_t k = 0; k + SHARED_WORDS <= message->count; k++) {
            size_t same = 0;
            while (same < SHARED_WORDS &&
                   strcmp(text->v[i + same].folded, message->v[k + same].folded) == 0)
                same++;
            if (same == SHARED_WORDS)
                return true;
        }
    return false;
}

bool
personal_detail(const char *text, const char *message, const char *user)
{
    struct words said, asked;
    if (strchr(text, '@') || long_number(text) || web_address(text))
        return true;
    split(&said, text);
    split(&asked, message);
    bool personal = names_user(&said, user) || shares_run(&said, &asked);
    for (size_t i = 0; i < said.count && !personal; i++)
        personal = said.v[i].capital && holds(&asked, said.v[i].folded);
    free(said.v);
    free(asked.v);
    return personal;
}
