#include "berdua/chat/blind.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/chat/conversation.h"

enum { BLOCK = 4, FAST_US_A_WORD = 100000, NAME_MIN = 5, NAME_MAX = 40 };

/* ---- sides and draws ---- */

enum brain_id
blind_left(uint64_t seed, int64_t n)
{
    /* A bit per pair of the block: set where LLAMA stands at the left. */
    static const unsigned char orders[] = {0x3, 0x5, 0x6, 0x9, 0xa, 0xc};
    int64_t block = n / BLOCK;
    unsigned order = orders[hash_bytes(&block, sizeof block, seed) % ARRAY_LEN(orders)];
    return order >> (n % BLOCK) & 1 ? BRAIN_LLAMA : BRAIN_CLAUDE;
}

bool
blind_asks(const char *turn_id, enum blind_question question, double share)
{
    uint64_t draw = hash_bytes(turn_id, strlen(turn_id), question + 1u) % 1000000;
    return (double)draw < share * 1e6;
}

/* ---- leaks ---- */

static bool
is_letter(unsigned char c)
{
    return isalpha(c) || c >= 0x80;
}

/* The word at p, from a letter to the last letter or digit; 0: none begins there. */
static size_t
word_at(const char *text, size_t n, size_t at)
{
    size_t len = 0;
    if (at > 0 && (is_letter((unsigned char)text[at - 1]) || isdigit((unsigned char)text[at - 1])))
        return 0;
    while (at + len < n &&
           (is_letter((unsigned char)text[at + len]) || isdigit((unsigned char)text[at + len])))
        len++;
    return len && is_letter((unsigned char)text[at]) ? len : 0;
}

static bool
is_word(const char *p, size_t len, const char *word)
{
    return strlen(word) == len && strncasecmp(p, word, len) == 0;
}

/* What follows a model's name and belongs to it. */
static bool
is_own_word(const char *p, size_t len)
{
    static const char *const own[] = {"AI", "Haiku", "Sonnet", "Opus", "Fable", "Code", "Instant"};
    for (size_t i = 0; i < ARRAY_LEN(own); i++)
        if (is_word(p, len, own[i]))
            return true;
    return false;
}

/* "Claude Monet", "Jean-Claude": a person. What follows the model's name is one of its own words. */
static bool
names_a_person(const char *text, size_t n, size_t at, size_t len)
{
    if (at > 0 && text[at - 1] == '-')
        return true;
    if (at + len >= n || text[at + len] != ' ' || !isupper((unsigned char)text[at + len + 1]))
        return false;
    size_t next = word_at(text, n, at + len + 1);
    return next > 1 && !is_own_word(text + at + len + 1, next);
}

/* A name of its own in a model's id, "zantara" in "zantara-llama-3.1-8b"; common words of ids are none. */
static bool
in_model_id(const char *model, const char *word, size_t len)
{
    static const char *const common[] = {
        "instruct", "chat",   "model", "latest", "preview", "turbo", "small", "medium",
        "large",    "claude", "llama", "haiku",  "sonnet",  "fable", "local", "quantized"};
    if (len < NAME_MIN || len > NAME_MAX)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(common); i++)
        if (is_word(word, len, common[i]))
            return false;
    size_t n = strlen(model);
    for (size_t at = 0; at < n; at++)
        if (word_at(model, n, at) == len && strncasecmp(model + at, word, len) == 0)
            return true;
    return false;
}

static bool
tells(enum brain_id b, const char *model, const char *text, size_t n, size_t at, size_t len)
{
    const char *p = text + at;
    if (b == BRAIN_CLAUDE && is_word(p, len, "Claude"))
        return !names_a_person(text, n, at, len);
    if (b == BRAIN_CLAUDE && is_word(p, len, "Anthropic"))
        return true;
    if (b == BRAIN_LLAMA && len >= 5 && strncasecmp(p, "llama", 5) == 0) {
        bool dash = len == 5 && at + 6 < n && (p[5] == '-' || p[5] == ' ');
        bool version = isdigit((unsigned char)p[dash ? 6 : 5 < n - at ? 5 : 0]);
        return version || (len == 5 && *p == 'L'); /* "llama-3", "Llama" */
    }
    if (b == BRAIN_LLAMA && is_word(p, len, "Meta") && *p == 'M')
        return at + len + 3 <= n && strncmp(p + len, " AI", 3) == 0;
    return model && in_model_id(model, p, len);
}

bool
blind_leaks(enum brain_id b, const char *model, const char *text, size_t n)
{
    for (size_t at = 0; at < n; at++) {
        size_t len = word_at(text, n, at);
        if (len && tells(b, model, text, n, at, len))
            return true;
    }
    return false;
}

/* "3.1", "8B": what begins with a digit and is no mere number. *len: of the word, its points included. */
static bool
is_version(const char *text, size_t n, size_t at, size_t *len)
{
    bool more = false;
    size_t i = 0;
    for (; at + i < n; i++) {
        unsigned char c = (unsigned char)text[at + i];
        bool point = c == '.' && at + i + 1 < n && isdigit((unsigned char)text[at + i + 1]);
        if (!isalnum(c) && !point)
            break;
        more = more || !isdigit(c);
    }
    *len = i;
    return i && isdigit((unsigned char)text[at]) && (more || text[at - 1] == '-');
}

/* Where the name that ends at `end` ends with its version: "Llama-3.1 8B", "Claude Sonnet 5.5". */
static size_t
name_end(const char *text, size_t n, size_t end)
{
    for (;;) {
        size_t len;
        if (end + 1 >= n || (text[end] != ' ' && text[end] != '-') ||
            (!is_version(text, n, end + 1, &len) && !is_own_word(text + end + 1, len)))
            return end;
        end += 1 + len;
    }
}

bool
blind_strip(const char *const models[BRAIN_COUNT], const char *text, size_t n, struct buf *out)
{
    size_t from = 0;
    for (size_t at = 0; at < n; at++) {
        size_t len = word_at(text, n, at);
        bool told = false;
        for (int b = 0; len && b < BRAIN_COUNT; b++)
            told = told || tells((enum brain_id)b, models[b], text, n, at, len);
        if (!told)
            continue;
        if (!buf_append(out, text + from, at - from) || !buf_append_str(out, "[name]"))
            return false;
        from = name_end(text, n, at + len);
        at = from - 1;
    }
    return buf_append(out, text + from, n - from);
}

/* ---- too fast to have been read ---- */

static int64_t
count_words(const struct buf *text)
{
    int64_t words = 0;
    bool inside = false;
    for (size_t i = 0; i < text->len; i++) {
        bool blank = isspace((unsigned char)text->p[i]);
        words += !blank && !inside;
        inside = !blank;
    }
    return words;
}

/* Faster than anybody reads: by the words (between white space) of the shorter answer. */
static bool
too_fast(const struct turn *t, int64_t took_us)
{
    int64_t c = count_words(&t->answers[BRAIN_CLAUDE].text),
            l = count_words(&t->answers[BRAIN_LLAMA].text);
    return took_us >= 0 && took_us < FAST_US_A_WORD * (c < l ? c : l);
}

static bool
leaks(const struct turn *t, enum brain_id b)
{
    const struct answer *a = &t->answers[b];
    return blind_leaks(b, a->model, a->text.p, a->text.len);
}

void
blind_complete(struct verdict *v, const struct turn *t, double ask_acceptable, bool early,
               int64_t took_us)
{
    struct buf flags;
    v->decision_ms = took_us > 0 ? (took_us + US_PER_MS - 1) / US_PER_MS : 0;
    if (t->blind.on && blind_asks(t->id, BLIND_ACCEPTABLE, ask_acceptable))
        v->asked = ask_acceptable;
    buf_init(&flags, 256);
    if (early)
        buf_append_str(&flags, ",\"early\"");
    else if (too_fast(t, took_us))
        buf_append_str(&flags, ",\"fast\"");
    if (t->blind.on && (leaks(t, BRAIN_CLAUDE) || leaks(t, BRAIN_LLAMA)))
        buf_append_str(&flags, ",\"leak\"");
    if (flags.len)
        v->flags = xasprintf("[%s]", flags.p + 1);
    buf_finish(&flags);
}
