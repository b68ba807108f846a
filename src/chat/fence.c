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

/* Only characters that show, into out until it is full; blank lines go. */
static void
keep_visible(struct buf *out, const char *p, size_t n)
{
    bool room = true;
    uint32_t cp;
    for (size_t i = 0, used; room && (used = utf8_decode(p + i, n - i, &cp)) > 0; i += used) {
        enum utf8_kind kind = utf8_cp_kind(cp);
        if (cp == '\n')
            room = out->len == 0 || out->p[out->len - 1] == '\n' || buf_append_char(out, '\n');
        else if (cp == '\t' || cp == '\r')
            room = buf_append_char(out, ' ');
        else if (cp == '<' || cp == '>')
            room = buf_append_str(out, cp == '<' ? "‹" : "›");
        else if (cp != 0xFFFD && (kind == UTF8_VISIBLE || kind == UTF8_EMOJI || kind == UTF8_MARK))
            room = buf_append(out, p + i, used);
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
    bool ok = has_word(&body) && buf_printf(out, "%s<%s>\n%s\n%s\n</%s>", out->len ? "\n\n" : "",
                                            name, intro, body.p, name);
    buf_finish(&body);
    return ok;
}
