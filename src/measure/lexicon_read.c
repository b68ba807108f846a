#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "lexicon.h"
#include "lexicon_private.h"
#include "tokens.h"

enum {
    NAME_MAX_BYTES = 40,
    LINE_MAX_BYTES = 16384,
    PHRASE_MAX_BYTES = 256,
    GROUPS_MAX = 1000,
    ENDINGS_MAX = 1000 /* that the braces of one phrase multiply to */
};

struct reader {
    struct lexicon *l;
    const char *name;
    int line, language;
    bool new_groups;
    struct err *err;
    const char *line_start; /* columns count from here */
    char section[NAME_MAX_BYTES];
    /* the phrase being read */
    uint64_t words[PHRASE_MAX];
    size_t word_count;
    int endings; /* put so far of it */
};

static bool
line_wrong(struct reader *r, const char *at, const char *reason)
{
    return err_set(r->err, "%s:%d:%d: %s", r->name, r->line, (int)(at - r->line_start) + 1, reason);
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static bool
is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

static int
make_group(struct reader *r, const char *category)
{
    struct lexicon *l = r->l;
    int found = lexicon_group(l, r->section, category);
    if (found >= 0 || !r->new_groups || l->group_count == GROUPS_MAX)
        return found;
    int section = l->group_count;
    for (int i = l->group_count; i-- > 0;)
        if (strcmp(l->groups[i].section, r->section) == 0)
            section = l->groups[i].section_number;
    l->groups = xreallocarray(l->groups, (size_t)l->group_count + 1, sizeof *l->groups);
    l->groups[l->group_count] =
        (struct lexicon_group){xstrdup(r->section), xstrdup(category), section};
    return l->group_count++;
}

static void
take_word(void *ctx, const struct token *t)
{
    struct reader *r = ctx;
    if (t->kind == TOKEN_CLAUSE || t->kind == TOKEN_SENTENCE)
        return;
    if (r->word_count < PHRASE_MAX)
        r->words[r->word_count] = lexicon_word(t->text, t->len);
    r->word_count++;
}

static bool
put_phrase(struct reader *r, const char *at, const char *p, size_t n, int group, double weight)
{
    struct tokens t;
    if (++r->endings > ENDINGS_MAX)
        return line_wrong(r, at, "a phrase of more than 1000 endings");
    tokens_init(&t);
    r->word_count = 0;
    tokens_feed(&t, p, n, take_word, r);
    tokens_end(&t, take_word, r);
    if (r->word_count == 0)
        return line_wrong(r, at, "a phrase without a word");
    if (r->word_count > PHRASE_MAX)
        return line_wrong(r, at, "a phrase of more than eight words");
    lexicon_put(r->l, r->words, r->word_count, group, r->language, weight);
    return true;
}

/* "stanc{o,a,hi,he}" becomes one phrase for each ending. done: the text before `p`. */
static bool
expand(struct reader *r, const char *at, const char *p, const char *end, char *done, size_t len,
       int group, double weight)
{
    while (p < end && *p != '{') {
        if (*p == '}')
            return line_wrong(r, at, "a } without its {");
        if (len == PHRASE_MAX_BYTES)
            return line_wrong(r, at, "a phrase too long");
        done[len++] = *p++;
    }
    if (p == end)
        return put_phrase(r, at, done, len, group, weight);
    const char *close = memchr(p, '}', (size_t)(end - p));
    if (!close)
        return line_wrong(r, at, "a { without its }");
    for (const char *a = p + 1; a <= close;) {
        const char *b = a;
        while (b < close && *b != ',')
            b++;
        size_t n = (size_t)(b - a);
        if (memchr(a, '{', n))
            return line_wrong(r, at, "a { within a {");
        if (len + n > PHRASE_MAX_BYTES)
            return line_wrong(r, at, "a phrase too long");
        memcpy(done + len, a, n);
        if (!expand(r, at, close + 1, end, done, len + n, group, weight))
            return false;
        a = b + 1;
    }
    return true;
}

static bool
read_phrases(struct reader *r, const char *p, const char *end, int group, double weight)
{
    char done[PHRASE_MAX_BYTES + 1];
    for (;;) {
        while (p < end && is_blank(*p))
            p++;
        const char *q = p;
        bool inside = false;
        while (q < end && (inside || *q != ',')) {
            inside = *q == '{' || (inside && *q != '}');
            q++;
        }
        const char *last = q;
        while (last > p && is_blank(last[-1]))
            last--;
        if (last == p)
            return line_wrong(r, p, "a phrase is missing");
        r->endings = 0;
        if (!expand(r, p, p, last, done, 0, group, weight))
            return false;
        if (q == end)
            return true;
        p = q + 1;
    }
}

static bool
read_section(struct reader *r, const char *p, const char *end)
{
    const char *q = p + 1;
    while (q < end && is_name_char(*q))
        q++;
    size_t n = (size_t)(q - p) - 1;
    if (n == 0 || n >= NAME_MAX_BYTES || q == end || *q != ']')
        return line_wrong(r, p, "a section is [name] in small letters");
    if (q + 1 != end)
        return line_wrong(r, q + 1, "nothing may follow a section's name");
    memcpy(r->section, p + 1, n);
    r->section[n] = 0;
    if (r->new_groups)
        return true;
    for (int i = 0; i < r->l->group_count; i++)
        if (strcmp(r->l->groups[i].section, r->section) == 0)
            return true;
    return line_wrong(r, p, "there is no such section");
}

static bool
read_line(struct reader *r, const char *p, const char *end)
{
    const char *comment = memchr(p, '#', (size_t)(end - p));
    if (comment)
        end = comment;
    while (p < end && is_blank(*p))
        p++;
    while (end > p && is_blank(end[-1]))
        end--;
    if (p == end)
        return true;
    if (*p == '[')
        return read_section(r, p, end);
    if (!r->section[0])
        return line_wrong(r, p, "words before the first [section]");
    char category[NAME_MAX_BYTES];
    const char *q = p;
    while (q < end && is_name_char(*q))
        q++;
    if (q == p || q == end || !is_blank(*q) || q - p >= NAME_MAX_BYTES)
        return line_wrong(r, p, "a line is: category weight phrase, phrase …");
    memcpy(category, p, (size_t)(q - p));
    category[q - p] = 0;
    int group = make_group(r, category);
    if (group < 0)
        return line_wrong(r, p, "this section has no such category");
    while (q < end && is_blank(*q))
        q++;
    char number[16];
    const char *w = q;
    while (q < end && !is_blank(*q) && q - w < (int)sizeof number - 1)
        q++;
    memcpy(number, w, (size_t)(q - w));
    number[q - w] = 0;
    char *stop;
    double weight = strtod(number, &stop);
    if (stop == number || *stop || (q < end && !is_blank(*q)) || !(weight >= -9 && weight <= 9))
        return line_wrong(r, w, "the weight is a number from -9 to 9");
    return read_phrases(r, q, end, group, weight);
}

bool
lexicon_add(struct lexicon *l, const char *name, const char *text, size_t n, int language,
            bool new_groups, struct err *err)
{
    struct reader r = {
        .l = l, .name = name, .language = language, .new_groups = new_groups, .err = err};
    const char *end = text + n;
    for (const char *p = text; p < end;) {
        const char *eol = memchr(p, '\n', (size_t)(end - p));
        if (!eol)
            eol = end;
        r.line++;
        r.line_start = p;
        if (eol - p > LINE_MAX_BYTES)
            return line_wrong(&r, p, "a line too long");
        if (!read_line(&r, p, eol))
            return false;
        p = eol + 1;
    }
    return true;
}
