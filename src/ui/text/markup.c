#include "markup.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"

static const struct {
    const char *name;
    unsigned short cp;
} entities[] = {
    {"amp", '&'},      {"lt", '<'},        {"gt", '>'},       {"quot", '"'},     {"apos", '\''},
    {"nbsp", 0xa0},    {"hellip", 0x2026}, {"mdash", 0x2014}, {"ndash", 0x2013}, {"lsquo", 0x2018},
    {"rsquo", 0x2019}, {"ldquo", 0x201c},  {"rdquo", 0x201d}, {"copy", 0xa9},    {"reg", 0xae},
    {"trade", 0x2122}, {"euro", 0x20ac},   {"deg", 0xb0},     {"times", 0xd7},   {"divide", 0xf7},
    {"plusmn", 0xb1},  {"rarr", 0x2192},   {"larr", 0x2190},  {"bull", 0x2022},  {"middot", 0xb7},
    {"le", 0x2264},    {"ge", 0x2265},     {"ne", 0x2260},    {"agrave", 0xe0},  {"egrave", 0xe8},
    {"eacute", 0xe9},  {"igrave", 0xec},   {"ograve", 0xf2},  {"ugrave", 0xf9},  {"Egrave", 0xc8},
};

size_t
markup_entity(const char *p, size_t n, char out[4])
{
    if (n < 4 || p[0] != '&' || p[n - 1] != ';')
        return 0;
    if (p[1] == '#' && n < 12) {
        bool hex = p[2] == 'x' || p[2] == 'X';
        size_t skip = hex ? 3 : 2;
        char digits[12] = "";
        memcpy(digits, p + skip, n - skip - 1);
        unsigned long cp = strtoul(digits, NULL, hex ? 16 : 10);
        return utf8_encode(cp == 0 || cp > 0x10ffff ? 0xfffd : (uint32_t)cp, out);
    }
    for (size_t i = 0; i < ARRAY_LEN(entities); i++)
        if (strlen(entities[i].name) == n - 2 && memcmp(entities[i].name, p + 1, n - 2) == 0)
            return utf8_encode(entities[i].cp, out);
    return 0;
}

/* Where the '[' of a link reference definition stands in the line, or n. */
static size_t
definition(const char *p, size_t n)
{
    size_t i = 0;
    while (i < n && (p[i] == ' ' || p[i] == '>' || p[i] == '\t'))
        i++;
    if (i == n || p[i] != '[')
        return n;
    for (size_t k = i; k + 1 < n; k++)
        if (p[k] == ']' && p[k + 1] == ':')
            return i;
    return n;
}

static bool
too_many_columns(const char *p, size_t n)
{
    size_t pipes = 0;
    for (size_t i = 0; i < n; i++)
        if (p[i] == '|' && ++pipes >= MARKUP_COLS_MAX)
            return true;
    return false;
}

/* ---- signs that mean themselves ---- */

/* A line, and the sign at `at` with its run of equal signs. */
struct sign {
    const char *line;
    size_t n, at, run;
    char before, after; /* of the run; ' ' at the line's ends */
    bool quoted;        /* the line before was of a quotation */
    bool address;       /* "://" stands before it in its word */
};

/* The character at i as a letter, a quotation mark or itself: what is beyond ASCII is one of the first two. */
static char
neighbour(const char *line, size_t n, size_t i)
{
    uint32_t cp = 0;
    if (i >= n)
        return ' ';
    while (i > 0 && ((unsigned char)line[i] & 0xc0) == 0x80)
        i--;
    utf8_decode(line + i, n - i, &cp);
    return cp < 0x80 ? line[i] : utf8_cp_in_word(cp) ? 'x' : '"';
}

static bool
is_word(char c)
{
    return isalnum((unsigned char)c);
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_one_of(char c, const char *set)
{
    return c && strchr(set, c);
}

/* Nothing but blanks and the markers of containers before it. */
static bool
begins_line(const struct sign *s)
{
    for (size_t i = 0; i < s->at; i++)
        if (!is_one_of(s->line[i], " \t>"))
            return false;
    return true;
}

/* Emphasis stands around words: before its opening sign is a blank or what may stand before a word, and so behind its
 * closing sign. */
static bool
opens(const struct sign *s)
{
    return is_one_of(s->before, " \t([\"'*_~>|:,-") && s->after != ' ' &&
           !is_one_of(s->after, ").,;:!?]}/");
}

static bool
closes(const struct sign *s)
{
    return is_one_of(s->after, " \t)]\"'*_~<|:;,.!?-") && s->before != ' ' &&
           !is_one_of(s->before, "([{/\\");
}

static bool
star_means_itself(const struct sign *s)
{
    if (begins_line(s) && (s->after == ' ' || s->run > 2))
        return false; /* an item of a list, or a rule */
    if (is_word(s->before) && is_word(s->after))
        return s->run == 1 || is_digit(s->before) || is_digit(s->after);
    return s->run == 1 && !opens(s) && !closes(s);
}

/* Is the word up to here a path of Windows? */
static bool
in_windows_path(const struct sign *s)
{
    size_t i = s->at;
    while (i > 0 && s->line[i - 1] != ' ' && s->line[i - 1] != '\t')
        i--;
    for (; i + 1 <= s->at; i++)
        if (s->line[i + 1] == '\\' && is_one_of(s->line[i], ":\\"))
            return true;
    return s->run > 1;
}

/* Inside an address of the web: some of it follows. */
static bool
in_address(const struct sign *s)
{
    enum { MOST_SIGNS = 16 };
    size_t next = s->at + s->run, most = next + MOST_SIGNS;
    while (next < s->n && next < most && is_one_of(s->line[next], "*_~.,;:!?\"'"))
        next++;
    return s->address && next < s->n && !is_one_of(s->line[next], " \t|)>]");
}

/* "\*" is an escape, "C:\_x" and "\[" are not. */
static bool
backslash_means_itself(const struct sign *s)
{
    if (s->at + 1 >= s->n || !ispunct((unsigned char)s->line[s->at + 1]))
        return false;
    return in_windows_path(s) || !is_one_of(s->line[s->at + 1], "*_`#~|>");
}

/* "[text](address)" where the address looks like one, or anything else that is no link. */
static bool
bracket_means_itself(const struct sign *s)
{
    const char *end = memchr(s->line + s->at, ']', s->n - s->at);
    size_t to = end ? (size_t)(end - s->line) + 1 : s->n;
    if (to >= s->n || s->line[to] != '(')
        return false;
    const char *stop = memchr(s->line + to, ')', s->n - to);
    for (const char *p = s->line + to; stop && p < stop; p++)
        if (is_one_of(*p, "./:#@"))
            return false;
    return stop != NULL;
}

/* Behind the number of an item of a list; i: there is none. */
static size_t
behind_item(const char *line, size_t n, size_t i)
{
    size_t k = i;
    while (k < n && is_digit(line[k]))
        k++;
    return k > i && k + 1 < n && is_one_of(line[k], ".)") && line[k + 1] == ' ' ? k + 2 : i;
}

/* Does a quotation begin in the line, or go on? */
static bool
is_quote(const char *line, size_t n)
{
    size_t i = 0;
    for (size_t next = 0; i < n; i = next) {
        next = is_one_of(line[i], " \t-*+") ? i + 1 : behind_item(line, n, i);
        if (next == i)
            break;
    }
    return i < n && line[i] == '>';
}

/* "> 5 juta" is an amount, unless it goes on with a quotation; "> 1. satu" is a list in one. */
static bool
greater_means_itself(const struct sign *s)
{
    size_t next = s->at + 1;
    next += next < s->n && s->line[next] == ' ';
    return !s->quoted && begins_line(s) && next < s->n &&
           is_one_of(s->line[next], "0123456789=$") && behind_item(s->line, s->n, next) == next;
}

static bool
means_itself(const struct sign *s)
{
    switch (s->line[s->at]) {
    case '~':
        return s->run == 1 || in_address(s);
    case '*':
        return star_means_itself(s) || in_address(s);
    case '_':
        return in_address(s) || (s->run == 2 && !begins_line(s)) ||
               (s->run == 1 && !opens(s) && !closes(s));
    case '\\':
        return backslash_means_itself(s);
    case '[':
        return bracket_means_itself(s);
    case '>':
        return greater_means_itself(s);
    default:
        return false;
    }
}

/* ---- the text for the parser ---- */

static void
put_escape(struct markup *m)
{
    m->escapes = xgrow(m->escapes, m->escape_count, sizeof *m->escapes);
    m->escapes[m->escape_count++] = (uint32_t)m->n;
    m->p[m->n++] = '\\';
}

/* quoted: the line before was of a quotation. Returns whether this one is. */
static bool
put_line(struct markup *m, const char *line, size_t n, bool quoted)
{
    size_t bracket = definition(line, n);
    bool quote = is_quote(line, n), address = false;
    for (size_t i = 0; i < n;) {
        struct sign s = {line, n, i, 1, i ? neighbour(line, n, i - 1) : ' ', ' ', quoted, address};
        while (i + s.run < n && line[i + s.run] == line[i])
            s.run++;
        s.after = neighbour(line, n, i + s.run);
        bool itself = i == bracket || means_itself(&s);
        quote = quote && !(itself && line[i] == '>' && begins_line(&s));
        /* An escape that stays takes the sign behind it along. */
        size_t take = !itself && line[i] == '\\' && i + 1 < n ? 2 : s.run;
        for (size_t k = 0; k < take; k++) {
            if (itself)
                put_escape(m);
            m->p[m->n++] = line[i + k];
        }
        address = address ? !is_one_of(line[i], " \t|(<[")
                          : i + 3 <= n && memcmp(line + i, "://", 3) == 0;
        i += take;
    }
    m->p[m->n++] = '\n';
    return quote;
}

void
markup_finish(struct markup *m)
{
    free(m->p);
    free(m->escapes);
    *m = (struct markup){0};
}

bool
markup_prepare(struct markup *m, const char *text, size_t n)
{
    enum { ZEROS = 16 };
    size_t need = n * 2 + ZEROS + 2; /* every sign escaped */
    if (need > m->cap) {
        m->cap = need;
        m->p = xrealloc(m->p, need);
    }
    bool quoted = false;
    m->n = m->escape_count = 0;
    for (size_t line = 0; line < n;) {
        const char *nl = memchr(text + line, '\n', n - line);
        size_t len = nl ? (size_t)(nl - text) - line : n - line;
        if (too_many_columns(text + line, len))
            return false;
        quoted = put_line(m, text + line, len, quoted);
        line += len + 1;
    }
    memset(m->p + m->n, 0, ZEROS);
    return true;
}

size_t
markup_escapes_before(const struct markup *m, size_t at)
{
    size_t low = 0, high = m->escape_count;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (m->escapes[mid] < at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}
