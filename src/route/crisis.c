#include "berdua/route/crisis.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/embedded.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"

enum { PHRASE_MOST = 10, GAP_MOST = 2, MESSAGE_MOST = 16 << 20 };

/* Words in one string, each ended by a NUL. */
struct words {
    struct buf text;
    uint32_t *at;
    size_t count;
};

struct part {
    const char *word;
    size_t len;
    bool begins; /* "word*" */
    bool gap;    /* "_" before this word */
};

struct phrase {
    const char *topic;
    struct part parts[PHRASE_MOST];
    int count;
    bool harmless;
};

struct crisis {
    char *text;             /* what the phrases point into */
    struct phrase *phrases; /* by the first byte of their first word */
    size_t count;
    size_t first[257]; /* those that begin with byte b stand at first[b] .. first[b + 1] */
};

/* ---- words of a message ---- */

static void
words_add(struct words *w, size_t start)
{
    if (w->text.len == start)
        return;
    buf_append_char(&w->text, 0);
    w->at = xgrow(w->at, w->count, sizeof *w->at);
    w->at[w->count++] = (uint32_t)start;
}

static bool
is_letter(uint32_t cp)
{
    if (cp < 0x80)
        return (cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9');
    if (cp < 0xC0 || cp == 0xD7 || cp == 0xF7 || (cp >= 0x2000 && cp <= 0x303F))
        return false;
    enum utf8_kind kind = utf8_cp_kind(cp);
    return kind == UTF8_VISIBLE || kind == UTF8_MARK;
}

/* Lower case, apostrophes and invisible characters dropped, a repeated letter written once ("matiii" is
 * "mati", and so is "matti": it does no harm here). */
static void
words_cut(struct words *w, const char *p, size_t n)
{
    struct buf fold;
    buf_init(&w->text, MESSAGE_MOST);
    buf_init(&fold, MESSAGE_MOST);
    if (!utf8_fold(&fold, p, n)) /* longer than any message may be */
        buf_append(&fold, p, n < MESSAGE_MOST ? n : MESSAGE_MOST);
    size_t start = 0;
    uint32_t last = 0;
    uint32_t cp;
    for (size_t i = 0, len; (len = utf8_decode(fold.p + i, fold.len - i, &cp)) > 0; i += len) {
        if (is_letter(cp)) {
            if (cp != last || w->text.len == start)
                buf_append(&w->text, fold.p + i, len);
            last = cp;
        } else if (cp != '\'' && cp != 0x2019 && cp != '`' && utf8_cp_kind(cp) != UTF8_INVISIBLE) {
            words_add(w, start);
            start = w->text.len;
        }
    }
    words_add(w, start);
    buf_finish(&fold);
}

static void
words_finish(struct words *w)
{
    buf_finish(&w->text);
    free(w->at);
}

/* ---- matching ---- */

static bool
part_matches(const struct part *part, const char *word)
{
    if (strncmp(word, part->word, part->len) != 0)
        return false;
    return part->begins || word[part->len] == 0;
}

/* Where the phrase that begins at word i ends (one past), or 0. */
static size_t
match_part(const struct phrase *phrase, int part, const struct words *w, size_t i)
{
    for (; part < phrase->count; part++, i++) {
        if (phrase->parts[part].gap) {
            struct phrase rest = *phrase;
            rest.parts[part].gap = false;
            for (size_t skip = 0; skip <= GAP_MOST; skip++) {
                size_t end = match_part(&rest, part, w, i + skip);
                if (end)
                    return end;
            }
            return 0;
        }
        if (i >= w->count || !part_matches(&phrase->parts[part], w->text.p + w->at[i]))
            return 0;
    }
    return i;
}

/* Words from..to are an everyday phrase, such as "mati lampu". */
static bool
is_harmless(const struct crisis *c, const struct words *w, size_t from, size_t to)
{
    size_t first = from > PHRASE_MOST + GAP_MOST ? from - PHRASE_MOST - GAP_MOST : 0;
    for (size_t k = 0; k < c->count; k++) {
        if (!c->phrases[k].harmless)
            continue;
        for (size_t i = first; i < to; i++) {
            size_t end = match_part(&c->phrases[k], 0, w, i);
            if (end > from)
                return true;
        }
    }
    return false;
}

/* The crisis phrase that begins at word i and is not part of an everyday one; NULL: none. */
static const struct phrase *
phrase_at(const struct crisis *c, const struct words *w, size_t i)
{
    unsigned char b = (unsigned char)w->text.p[w->at[i]];
    for (size_t k = c->first[b]; k < c->first[b + 1]; k++) {
        size_t end = c->phrases[k].harmless ? 0 : match_part(&c->phrases[k], 0, w, i);
        if (end && !is_harmless(c, w, i, end))
            return &c->phrases[k];
    }
    return NULL;
}

const char *
crisis_find(const struct crisis *c, const char *message, size_t n)
{
    struct words w = {.count = 0};
    const char *topic = NULL;
    bool certain = false; /* "pengen bunuh" may go on with "diri" */
    words_cut(&w, message, n);
    for (size_t i = 0; i < w.count && !certain; i++) {
        const struct phrase *phrase = phrase_at(c, &w, i);
        certain = phrase && strcmp(phrase->topic, "suicide") == 0;
        if (certain || (phrase && !topic))
            topic = phrase->topic;
    }
    words_finish(&w);
    return topic;
}

/* ---- the file ---- */

/* In place, since it only grows shorter. */
static void
squeeze(char *word)
{
    char *to = word;
    for (const char *p = word; *p; p++)
        if (to == word || to[-1] != *p || (unsigned char)*p >= 0x80)
            *to++ = *p;
    *to = 0;
}

static bool
take_words(struct phrase *phrase, char *words)
{
    bool gap = false;
    for (char *word; (word = strsep(&words, " "));) {
        if (*word == 0)
            continue;
        if (strcmp(word, "_") == 0) {
            gap = phrase->count > 0;
            continue;
        }
        if (phrase->count == PHRASE_MOST)
            return false;
        struct part *part = &phrase->parts[phrase->count++];
        size_t n = strlen(word);
        part->begins = n > 1 && word[n - 1] == '*';
        if (part->begins)
            word[n - 1] = 0;
        squeeze(word);
        part->word = word;
        part->len = strlen(word);
        part->gap = gap;
        gap = false;
    }
    return phrase->count > 0;
}

static bool
take_line(struct crisis *c, char *line)
{
    char *topic = strchr(line, ' '), *colon = strchr(line, ':');
    if (!topic || !colon || colon < topic || colon[1] != ' ')
        return false;
    *topic++ = 0;
    *colon = 0;
    c->phrases = xreallocarray(c->phrases, c->count + 1, sizeof *c->phrases);
    struct phrase *phrase = &c->phrases[c->count++];
    *phrase = (struct phrase){.topic = topic, .harmless = strcmp(topic, "harmless") == 0};
    return take_words(phrase, colon + 2);
}

static int
by_first_byte(const void *a, const void *b)
{
    const struct phrase *x = a, *y = b;
    return (unsigned char)x->parts[0].word[0] - (unsigned char)y->parts[0].word[0];
}

static void
sort_phrases(struct crisis *c)
{
    if (c->count)
        qsort(c->phrases, c->count, sizeof *c->phrases, by_first_byte);
    for (int b = 0; b < 256; b++) {
        size_t k = c->first[b];
        while (k < c->count && (unsigned char)c->phrases[k].parts[0].word[0] == b)
            k++;
        c->first[b + 1] = k;
    }
}

struct crisis *
crisis_parse(const char *file, const char *text, size_t n, struct err *err)
{
    struct crisis *c = xcalloc(1, sizeof *c);
    int number = 0;
    c->text = xstrndup(text, n);
    for (char *rest = c->text, *line; (line = strsep(&rest, "\n"));) {
        number++;
        if (*line == 0 || *line == '#')
            continue;
        if (!take_line(c, line)) {
            err_set(err, "%s:%d: expected LANGUAGE TOPIC: words", file, number);
            crisis_destroy(&c);
            return NULL;
        }
    }
    sort_phrases(c);
    return c;
}

struct crisis *
crisis_create(void)
{
    static const char name[] = "src/route/crisis.txt";
    const struct embedded *e = embedded_find(name);
    assert(e);
    struct err err = {{0}};
    struct crisis *c = crisis_parse(name, e->data, e->size, &err);
    assert(c); /* the file is compiled in, and a test reads it */
    return c;
}

void
crisis_destroy(struct crisis **c)
{
    if (!*c)
        return;
    free((*c)->phrases);
    free((*c)->text);
    free(*c);
    *c = NULL;
}
