#include "tokens.h"

#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"

/* What the next code point may complete. */
enum state {
    GAP,
    WORD,
    WORD_APOSTROPHE, /* "don" and an apostrophe: does a letter follow? */
    NUMBER,
    NUMBER_MARK, /* "1" and a point: does a digit follow? */
    DOT,         /* a full stop, or the point of "oss.go.id" */
    DASH,        /* a hyphen after a blank */
    FACE,        /* an eye, perhaps a nose */
    FACE_LETTER, /* ":D", unless it goes on as a word */
    EMOJI,
    EMOJI_JOINED, /* after a zero-width joiner: the next pictograph belongs to it */
    FLAG,         /* one regional indicator: a second may follow */
};

enum { ZWJ = 0x200d, VS16 = 0xfe0f, KEYCAP = 0x20e3, CURLY = 0x2019 };

/* One code point of the text and where it stands. */
struct at {
    uint32_t cp, start, end;
    const char *bytes;
    token_sink sink;
    void *ctx;
};

void
tokens_init(struct tokens *t)
{
    memset(t, 0, sizeof *t);
    t->ascii = true;
    t->blank_before = true;
}

static bool
is_letter(uint32_t cp)
{
    if (cp < 0x80)
        return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
    return utf8_cp_in_word(cp);
}

static bool
is_digit(uint32_t cp)
{
    return cp >= '0' && cp <= '9';
}

static bool
is_blank(uint32_t cp)
{
    return cp == ' ' || cp == '\t' || cp == '\r' || cp == '\n' || cp == 0xa0;
}

static void
emit_token(struct tokens *t, const struct at *a, enum token_kind kind, const char *text, size_t len)
{
    struct token k = {.kind = kind, .start = t->start, .end = t->end, .text = text, .len = len};
    a->sink(a->ctx, &k);
    t->state = GAP;
    t->mark_len = 0;
    t->blank_before = false;
}

/* Shortens runs of three or more of a letter to `keep`; true when there was one. */
static bool
shorten(const char *in, size_t n, size_t keep, char *out, size_t *out_len)
{
    bool any = false;
    size_t w = 0;
    for (size_t i = 0; i < n;) {
        size_t j = i + 1;
        while (j < n && in[j] == in[i])
            j++;
        size_t run = j - i, put = run;
        if (run >= 3 && in[i] >= 'a' && in[i] <= 'z') {
            put = keep;
            any = true;
        }
        memset(out + w, in[i], put);
        w += put;
        i = j;
    }
    *out_len = w;
    return any;
}

static void
end_word(struct tokens *t, const struct at *a)
{
    char folded[2 * TOKEN_MAX], once[2 * TOKEN_MAX], twice[2 * TOKEN_MAX];
    const char *text = t->text;
    size_t len = t->len, twice_len = 0;
    if (!t->ascii) {
        size_t n = utf8_fold_word(t->text, t->len, folded, sizeof folded);
        if (n > 0) {
            text = folded;
            len = n;
        }
    }
    struct token k = {.kind =
                          t->state == NUMBER || t->state == NUMBER_MARK ? TOKEN_NUMBER : TOKEN_WORD,
                      .start = t->start,
                      .end = t->end,
                      .text = text,
                      .len = len,
                      .capital = t->capital,
                      .shout = t->letters >= 2 && t->capitals == t->letters};
    if (k.kind == TOKEN_WORD && len >= 3) {
        size_t once_len;
        k.elongated = shorten(text, len, 1, once, &once_len);
        if (k.elongated) {
            shorten(text, len, 2, twice, &twice_len);
            k.text = once;
            k.len = once_len;
            k.alt = twice;
            k.alt_len = twice_len;
        } else if (text[len - 1] == text[len - 2] && (unsigned char)text[len - 1] < 0x80) {
            k.alt = text; /* "iyaa" */
            k.alt_len = len - 1;
        } else if (text[len - 1] == '2' && len >= 4) {
            k.alt = text; /* "teman2": written for "teman-teman" */
            k.alt_len = len - 1;
        }
    }
    a->sink(a->ctx, &k);
    t->state = GAP;
    t->mark_len = t->len = t->letters = t->capitals = 0;
    t->ascii = true;
    t->blank_before = false;
}

static void
grow_word(struct tokens *t, const struct at *a)
{
    size_t n = a->end - a->start;
    uint32_t cp = a->cp == CURLY ? '\'' : a->cp;
    t->end = a->end;
    if (a->cp == CURLY)
        n = 1;
    if (t->len + n > TOKEN_MAX)
        return;
    if (cp < 0x80) {
        bool upper = cp >= 'A' && cp <= 'Z';
        t->capitals = (uint8_t)(t->capitals + upper);
        t->letters = (uint8_t)(t->letters + (upper || (cp >= 'a' && cp <= 'z')));
        t->text[t->len++] = (char)(upper ? cp + ('a' - 'A') : cp);
    } else {
        memcpy(t->text + t->len, a->bytes, n);
        t->len = (uint8_t)(t->len + n);
        t->ascii = false;
    }
}

static void
begin_word(struct tokens *t, const struct at *a, enum state state)
{
    t->state = (uint8_t)state;
    t->start = a->start;
    t->len = t->letters = t->capitals = 0;
    t->ascii = true;
    t->capital = a->cp >= 'A' && a->cp <= 'Z';
    grow_word(t, a);
}

static void
begin_mark(struct tokens *t, const struct at *a, enum state state)
{
    t->state = (uint8_t)state;
    t->start = a->start;
    t->end = a->end;
    t->mark[0] = (char)a->cp;
    t->mark_len = 1;
}

/* Italian articles and prepositions end at their apostrophe: "dell'azienda" and "l'NPWP" are two words. The short ones
 * that other languages know too ("d", "m", "s") do so before a vowel only. */
static bool
elides(const char *word, size_t len, uint32_t next)
{
    static const char *const always[] = {"l",    "un",   "all",  "dall",  "dell",
                                         "nell", "sull", "coll", "quell", "quest"};
    static const char *const before_vowel[] = {"d",    "c",     "n",    "m",    "t",     "s",
                                               "v",    "bell",  "anch", "com",  "cos",   "dov",
                                               "mezz", "nient", "senz", "tutt", "quant", "sant"};
    for (size_t i = 0; i < ARRAY_LEN(always); i++)
        if (strlen(always[i]) == len && memcmp(always[i], word, len) == 0)
            return true;
    if (!(next < 0x80 && strchr("aeiouhAEIOUH", (int)next)) && (next < 0xc0 || next > 0xff))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(before_vowel); i++)
        if (strlen(before_vowel[i]) == len && memcmp(before_vowel[i], word, len) == 0)
            return true;
    return false;
}

/* Begins an emoji or the first half of a flag; any other character separates words. */
static void
begin_picture(struct tokens *t, const struct at *a)
{
    if (a->cp >= 0x1f1e6 && a->cp <= 0x1f1ff)
        t->state = FLAG;
    else if (a->cp >= 0x80 && utf8_cp_kind(a->cp) == UTF8_EMOJI)
        t->state = EMOJI;
    else
        return;
    t->start = a->start;
    t->end = a->end;
    t->len = (uint8_t)utf8_encode(a->cp, t->text);
}

/* Marks that are a token by themselves, and the text of that token. */
static const struct {
    uint32_t cp;
    enum token_kind kind;
    const char *text;
} lone_marks[] = {
    {'!', TOKEN_SENTENCE, "!"},    {'?', TOKEN_SENTENCE, "?"},   {0x2047, TOKEN_SENTENCE, "?"},
    {0x203d, TOKEN_SENTENCE, "?"}, {'\n', TOKEN_SENTENCE, "\n"}, {0x2026, TOKEN_SENTENCE, "."},
    {0x3002, TOKEN_SENTENCE, "."}, {',', TOKEN_CLAUSE, ","},     {'(', TOKEN_CLAUSE, "("},
    {')', TOKEN_CLAUSE, ")"},      {0x2013, TOKEN_CLAUSE, "-"},  {0x2014, TOKEN_CLAUSE, "-"},
};

static void
in_gap(struct tokens *t, const struct at *a)
{
    uint32_t cp = a->cp;
    if (is_digit(cp)) {
        begin_word(t, a, NUMBER);
        return;
    }
    if (is_letter(cp)) {
        begin_word(t, a, WORD);
        return;
    }
    if (cp == '.' || (cp == '-' && t->blank_before)) {
        begin_mark(t, a, cp == '.' ? DOT : DASH);
        return;
    }
    if (cp == ':' || cp == ';' || cp == '=' || cp == '<') {
        begin_mark(t, a, FACE);
        return;
    }
    for (size_t i = 0; cp != ' ' && i < ARRAY_LEN(lone_marks); i++)
        if (lone_marks[i].cp == cp) {
            t->start = a->start;
            t->end = a->end;
            emit_token(t, a, lone_marks[i].kind, lone_marks[i].text, 1);
            t->blank_before = cp == '\n';
            return;
        }
    if (cp == '-')
        return;
    t->blank_before = is_blank(cp);
    begin_picture(t, a);
}

/* The pending mark does not begin a face, a number or a dash: it becomes a token of its own, and `a` is read after
 * it. */
static void step_state(struct tokens *t, const struct at *a);

static void
settle_mark(struct tokens *t, const struct at *a, enum token_kind kind)
{
    char first = t->mark[0];
    t->end = t->start + 1;
    if (first == '<' || first == '=')
        t->state = GAP;
    else
        emit_token(t, a, kind, &first, 1);
}

static void
in_face(struct tokens *t, const struct at *a)
{
    uint32_t cp = a->cp;
    char eyes = t->mark[0];
    if (eyes != '<' && (cp == '-' || cp == '\'') && t->mark_len == 1) {
        t->mark[t->mark_len++] = (char)cp;
        return;
    }
    if (eyes == '<' ? cp == '3' : cp == ')' || cp == '(' || cp == '*' || cp == '|') {
        char face[2] = {eyes == '=' ? ':' : eyes, (char)cp};
        t->end = a->end;
        emit_token(t, a, TOKEN_EMOJI, face, 2);
        return;
    }
    if (eyes != '<' && cp < 0x80 && strchr("DPpO", (int)cp) && cp) {
        t->mark[t->mark_len++] = (char)cp;
        t->end = a->end;
        t->state = FACE_LETTER;
        return;
    }
    settle_mark(t, a, TOKEN_CLAUSE);
    step_state(t, a);
}

static void
in_face_letter(struct tokens *t, const struct at *a)
{
    char mouth = t->mark[t->mark_len - 1];
    if (!is_letter(a->cp) && !is_digit(a->cp)) {
        char face[2] = {t->mark[0] == '=' ? ':' : t->mark[0], mouth == 'p' ? 'P' : mouth};
        emit_token(t, a, TOKEN_EMOJI, face, 2);
    } else {
        uint32_t start = t->end - 1;
        settle_mark(t, a, TOKEN_CLAUSE);
        struct at letter = *a;
        letter.cp = (uint32_t)mouth;
        letter.start = start;
        letter.end = start + 1;
        letter.bytes = &mouth;
        begin_word(t, &letter, WORD);
    }
    step_state(t, a);
}

static void
in_word(struct tokens *t, const struct at *a)
{
    uint32_t cp = a->cp;
    if (is_letter(cp)) {
        grow_word(t, a);
    } else if (is_digit(cp)) {
        /* "Rp500": the sign of a currency is a word of its own. */
        if (t->len == 2 && memcmp(t->text, "rp", 2) == 0) {
            end_word(t, a);
            step_state(t, a);
        } else {
            grow_word(t, a);
        }
    } else if (cp == '\'' || cp == CURLY) {
        t->state = WORD_APOSTROPHE;
    } else {
        end_word(t, a);
        step_state(t, a);
    }
}

static void
in_word_apostrophe(struct tokens *t, const struct at *a)
{
    if (is_letter(a->cp) && !elides(t->text, t->len, a->cp)) {
        struct at apostrophe = *a;
        apostrophe.cp = CURLY;
        grow_word(t, &apostrophe);
        t->state = WORD;
        grow_word(t, a);
        return;
    }
    end_word(t, a);
    step_state(t, a);
}

static void
in_number(struct tokens *t, const struct at *a)
{
    uint32_t cp = a->cp;
    if (is_digit(cp) || is_letter(cp)) {
        if (t->state == NUMBER_MARK) {
            if (!is_digit(cp)) {
                char mark = t->mark[0];
                uint32_t start = t->end;
                end_word(t, a);
                t->start = start;
                t->end = start + 1;
                emit_token(t, a, TOKEN_CLAUSE, &mark, 1);
                step_state(t, a);
                return;
            }
            if (t->len < TOKEN_MAX)
                t->text[t->len++] = t->mark[0];
            t->mark_len = 0;
        }
        t->state = NUMBER;
        grow_word(t, a);
        return;
    }
    if (t->state == NUMBER && (cp == '.' || cp == ',' || cp == ':')) {
        t->state = NUMBER_MARK;
        t->mark[0] = (char)cp;
        t->mark_len = 1;
        return;
    }
    if (t->state == NUMBER_MARK) {
        struct at mark = *a;
        char c = t->mark[0];
        mark.cp = (uint32_t)c;
        mark.start = t->end;
        mark.end = t->end + 1;
        mark.bytes = &c;
        end_word(t, a);
        step_state(t, &mark);
    } else {
        end_word(t, a);
    }
    step_state(t, a);
}

static void
in_emoji(struct tokens *t, const struct at *a)
{
    uint32_t cp = a->cp;
    if (cp == ZWJ && t->state == EMOJI) {
        t->state = EMOJI_JOINED;
        t->end = a->end;
        return;
    }
    if (cp == VS16 || cp == KEYCAP || (cp >= 0x1f3fb && cp <= 0x1f3ff)) {
        t->end = a->end;
        return;
    }
    if (t->state == EMOJI_JOINED && utf8_cp_kind(cp) == UTF8_EMOJI) {
        t->end = a->end;
        t->state = EMOJI;
        return;
    }
    bool second = t->state == FLAG && cp >= 0x1f1e6 && cp <= 0x1f1ff;
    if (second) {
        t->len = (uint8_t)(t->len + utf8_encode(cp, t->text + t->len));
        t->end = a->end;
    }
    size_t len = t->len;
    t->len = 0;
    emit_token(t, a, TOKEN_EMOJI, t->text, len);
    if (!second)
        step_state(t, a);
}

static void
step_state(struct tokens *t, const struct at *a)
{
    switch ((enum state)t->state) {
    case GAP:
        in_gap(t, a);
        break;
    case WORD:
        in_word(t, a);
        break;
    case WORD_APOSTROPHE:
        in_word_apostrophe(t, a);
        break;
    case NUMBER:
    case NUMBER_MARK:
        in_number(t, a);
        break;
    case DOT:
        settle_mark(t, a, is_letter(a->cp) || is_digit(a->cp) ? TOKEN_CLAUSE : TOKEN_SENTENCE);
        step_state(t, a);
        break;
    case DASH:
        if (is_blank(a->cp)) {
            emit_token(t, a, TOKEN_CLAUSE, "-", 1);
            t->blank_before = true;
        } else {
            t->state = GAP;
            t->blank_before = false;
            step_state(t, a);
        }
        break;
    case FACE:
        in_face(t, a);
        break;
    case FACE_LETTER:
        in_face_letter(t, a);
        break;
    case EMOJI:
    case EMOJI_JOINED:
    case FLAG:
        in_emoji(t, a);
        break;
    }
}

static void
take_code_point(struct tokens *t, const char *p, size_t len, uint32_t cp, token_sink sink,
                void *ctx)
{
    struct at a = {cp, t->offset, t->offset + (uint32_t)len, p, sink, ctx};
    t->offset = a.end;
    step_state(t, &a);
}

void
tokens_feed(struct tokens *t, const char *p, size_t n, token_sink sink, void *ctx)
{
    size_t i = 0;
    uint32_t cp;
    while (t->partial_len > 0 && i < n) {
        t->partial[t->partial_len++] = p[i++];
        size_t len = utf8_decode(t->partial, t->partial_len, &cp);
        if (len == 0)
            continue;
        /* The new byte does not continue the pending character: each pending byte is invalid, and the new byte is
         * read again. */
        char old[4];
        size_t whole = t->partial_len, olds = len == whole ? 1 : whole - 1;
        memcpy(old, t->partial, whole);
        t->partial_len = 0;
        for (size_t k = 0; k < olds; k++)
            take_code_point(t, old + k, len == whole ? len : 1, cp, sink, ctx);
        if (len != whole)
            i--;
    }
    while (i < n) {
        unsigned char c = (unsigned char)p[i];
        /* The common case, without a look into tables: the next letter of a word. */
        if (t->state == WORD && c >= 'a' && c <= 'z' && t->len < TOKEN_MAX) {
            t->text[t->len++] = (char)c;
            t->letters++;
            t->offset++;
            t->end = t->offset;
            i++;
            continue;
        }
        size_t len = utf8_decode(p + i, n - i, &cp);
        if (len == 0) {
            memcpy(t->partial, p + i, n - i);
            t->partial_len = (uint8_t)(n - i);
            return;
        }
        take_code_point(t, p + i, len, cp, sink, ctx);
        i += len;
    }
}

void
tokens_end(struct tokens *t, token_sink sink, void *ctx)
{
    /* An unfinished character counts as one that is in no word; a blank then ends whatever is pending. */
    struct at a = {' ', t->offset, t->offset, " ", sink, ctx};
    t->partial_len = 0;
    step_state(t, &a);
}
