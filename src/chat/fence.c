#include "berdua/chat/fence.h"

#include <string.h>
#include <strings.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"

static const char ellipsis[] = "…";

size_t
fence_role(const char *p, size_t n)
{
    static const char *const roles[] = {"user",     "assistant", "system", "human",  "ai",
                                        "pengguna", "asisten",   "sistem", "utente", "assistente",
                                        "sistema",  "customer",  "bot",    "llama",  "claude"};
    for (size_t i = 0; i < ARRAY_LEN(roles); i++) {
        size_t len = strlen(roles[i]);
        if (n <= len || strncasecmp(p, roles[i], len) != 0)
            continue;
        while (len < n && p[len] == ' ')
            len++;
        if (len < n && p[len] == ':')
            return len + 1;
    }
    return 0;
}

static bool
blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/* Ends a sentence at i, seen together with what follows. "1." of a list does not. */
static bool
ends_sentence(const char *p, size_t i, size_t n)
{
    if (i + 1 < n && !blank(p[i + 1]))
        return false;
    if (p[i] == '.')
        return i == 0 || p[i - 1] < '0' || p[i - 1] > '9';
    return p[i] == '!' || p[i] == '?' || (i >= 2 && memcmp(p + i - 2, ellipsis, 3) == 0);
}

static void
trim_end(struct buf *b)
{
    size_t len = b->len;
    while (len > 0 && blank(b->p[len - 1]))
        len--;
    buf_truncate(b, len);
}

void
fence_cut(struct buf *text, size_t max_bytes)
{
    trim_end(text);
    if (text->len <= max_bytes)
        return;
    for (size_t i = max_bytes; i-- > max_bytes / 2;)
        if (ends_sentence(text->p, i, text->len)) {
            buf_truncate(text, i + 1);
            return;
        }
    size_t mark = sizeof ellipsis - 1;
    size_t room = max_bytes > mark ? max_bytes - mark : 0;
    size_t word = room;
    while (word > 0 && !blank(text->p[word]))
        word--;
    size_t len = word > room / 2 ? word : utf8_whole_prefix(text->p, room);
    buf_truncate(text, len);
    trim_end(text);
    if (room > 0)
        buf_append(text, ellipsis, mark);
}

/* Bytes of an instruction mark such as "[INST]" or "[/SYS]" at p; 0: none. */
static size_t
bracket_mark(const char *p, size_t n)
{
    size_t i = 1;
    if (n < 3 || p[0] != '[')
        return 0;
    if (p[i] == '/')
        i++;
    size_t from = i;
    while (i < n && ((p[i] >= 'A' && p[i] <= 'Z') || p[i] == '_'))
        i++;
    return i - from >= 2 && i < n && p[i] == ']' ? i + 1 : 0;
}

/* Marks at the start of a line that would make a heading, a rule or a fence of it. */
static size_t
line_marks(const char *p, size_t n)
{
    size_t i = 0;
    while (i < n && (p[i] == '#' || blank(p[i])))
        i++;
    static const char *const rules[] = {"---", "===", "```", "***", "~~~"};
    for (size_t k = 0; k < ARRAY_LEN(rules); k++)
        if (n - i >= 3 && memcmp(p + i, rules[k], 3) == 0) {
            char c = p[i];
            while (i < n && p[i] == c)
                i++;
        }
    return i;
}

/* The plain character that a reader may take cp for, where that could make structure: full-width forms are their
 * ASCII; brackets of every kind are round or square ones. cp itself where it is neither. */
static uint32_t
plain_form(uint32_t cp)
{
    /* Pairs, the opening one first. */
    static const uint16_t angles[] = {
        '<',    '>',    0x2039, 0x203a, 0x2329, 0x232a, 0x27e8, 0x27e9, 0x27ea, 0x27eb, 0x276c,
        0x276d, 0x276e, 0x276f, 0x2770, 0x2771, 0x2991, 0x2992, 0x2989, 0x298a, 0x29fc, 0x29fd,
        0x3008, 0x3009, 0x300a, 0x300b, 0xfe3d, 0xfe3e, 0xfe3f, 0xfe40, 0xfe64, 0xfe65, 0x02c2,
        0x02c3, 0x226a, 0x226b, 0x22d8, 0x22d9, 0x2aa1, 0x2aa2, 0x227a, 0x227b, 0x1438, 0x1433,
    };
    static const uint16_t squares[] = {0x27e6, 0x27e7, 0x3010, 0x3011, 0x3014, 0x3015,
                                       0x3016, 0x3017, 0x3018, 0x3019, 0x301a, 0x301b};
    if (cp >= 0xff01 && cp <= 0xff5e)
        cp -= 0xff01 - '!';
    for (size_t i = 0; i < ARRAY_LEN(angles); i++)
        if (angles[i] == cp)
            return i % 2 ? ')' : '(';
    for (size_t i = 0; i < ARRAY_LEN(squares); i++)
        if (squares[i] == cp)
            return i % 2 ? ']' : '[';
    return cp == 0xfe55 || cp == 0xa789 || cp == 0x2236 ? ':' : cp;
}

/* Only characters that show, in their plain form, into out until it is full; blank lines go. */
static void
keep_visible(struct buf *out, const char *p, size_t n)
{
    bool room = true;
    uint32_t cp;
    for (size_t i = 0, used; room && (used = utf8_decode(p + i, n - i, &cp)) > 0; i += used) {
        enum utf8_kind kind = utf8_cp_kind(cp);
        char bytes[4];
        if (cp == '\n')
            room = out->len == 0 || out->p[out->len - 1] == '\n' || buf_append_char(out, '\n');
        else if (cp == '\t' || cp == '\r')
            room = buf_append_char(out, ' ');
        else if (cp != 0xFFFD && (kind == UTF8_VISIBLE || kind == UTF8_EMOJI || kind == UTF8_MARK))
            room = buf_append(out, bytes, utf8_encode(plain_form(cp), bytes));
    }
}

/* Marks that a model may take for structure become plain words. */
static void
disarm(struct buf *out, const char *p, size_t n)
{
    bool word_starts = true, room = true;
    size_t used;
    for (size_t i = 0; i < n && room; i += used) {
        bool line_starts = out->len == 0 || out->p[out->len - 1] == '\n';
        used = line_starts ? line_marks(p + i, n - i) : 0;
        if (used)
            continue;
        size_t role = word_starts || line_starts ? fence_role(p + i, n - i) : 0;
        uint32_t cp = 0;
        used = role ? role : utf8_decode(p + i, n - i, &cp);
        if (role)
            room = buf_append(out, p + i, role - 1) && buf_append_str(out, " -");
        else if (bracket_mark(p + i, n - i))
            room = buf_append_char(out, '(');
        else
            room = buf_append(out, p + i, used);
        word_starts = role > 0 || !utf8_cp_in_word(cp);
    }
}

static bool
has_word(const struct buf *b)
{
    uint32_t cp;
    for (size_t i = 0, used; (used = utf8_decode(b->p + i, b->len - i, &cp)) > 0; i += used)
        if (utf8_cp_in_word(cp))
            return true;
    return false;
}

bool
fence_append(struct buf *out, const char *name, const char *intro, const char *text,
             size_t max_bytes)
{
    enum { SLACK_BYTES = 64 }; /* so that the cut sees what follows the last sentence */
    struct buf visible, body;
    buf_init(&visible, max_bytes * 2 + SLACK_BYTES); /* disarming takes away, too */
    buf_init(&body, max_bytes + SLACK_BYTES);
    keep_visible(&visible, text, strlen(text));
    disarm(&body, visible.p, visible.len);
    buf_finish(&visible);
    fence_cut(&body, max_bytes);
    bool ok =
        has_word(&body) && buf_printf(out, "%s<%s>\n%s%s%s\n</%s>", out->len ? "\n\n" : "", name,
                                      intro ? intro : "", intro ? "\n" : "", body.p, name);
    buf_finish(&body);
    return ok;
}
