/* One pass over the text that writes strict JSON as it reads: a stack of open brackets, and for each string a
 * look ahead at whether a quotation mark ends it. */
#include "repair.h"

#include <string.h>
#include <strings.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"

enum {
    MAX_DEPTH = 12,
    LOOK_AHEAD_BYTES = 64, /* for what follows a quotation mark */
};

enum expect { WANT_KEY, WANT_COLON, WANT_VALUE, WANT_COMMA };

struct repair {
    const char *p, *end;
    struct buf *out;
    char open[MAX_DEPTH]; /* '{' or '[' */
    int depth;
    enum expect expect;
    bool first; /* the innermost bracket has no member yet */
    bool full;  /* out is full, or the brackets are nested too deeply: the result is of no use */
};

static void
put_bytes(struct repair *r, const char *p, size_t n)
{
    r->full = r->full || !buf_append(r->out, p, n);
}

/* ---- quotation marks ---- */

static const struct mark {
    const char *open;
    const char *close[3]; /* NULL: none more */
} marks[] = {
    {"\"", {"\"", NULL, NULL}},
    {"'", {"'", NULL, NULL}},
    {"`", {"`", NULL, NULL}},
    {"\xE2\x80\x9C", {"\xE2\x80\x9D", "\"", "\xE2\x80\x9C"}}, /* “ ” */
    {"\xE2\x80\x9E", {"\xE2\x80\x9D", "\xE2\x80\x9C", "\""}}, /* „ “ */
    {"\xE2\x80\x9D", {"\xE2\x80\x9D", "\"", NULL}},
    {"\xE2\x80\x98", {"\xE2\x80\x99", "'", NULL}}, /* ‘ ’ */
    {"\xE2\x80\x99", {"\xE2\x80\x99", "'", NULL}},
    {"\xC2\xAB", {"\xC2\xBB", NULL, NULL}}, /* « » */
};

static size_t
starts_with(const struct repair *r, const char *what)
{
    size_t n = strlen(what);
    return (size_t)(r->end - r->p) >= n && memcmp(r->p, what, n) == 0 ? n : 0;
}

static const struct mark *
opening(const struct repair *r)
{
    for (size_t i = 0; i < ARRAY_LEN(marks); i++)
        if (starts_with(r, marks[i].open))
            return &marks[i];
    return NULL;
}

static bool
is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* true: a quoted key with its colon follows at p, so that the comma before it was forgotten. */
static bool
before_key(const char *p, const char *limit)
{
    char mark = *p;
    if (mark != '"' && mark != '\'')
        return false;
    for (p++; p < limit && ((*p >= 'a' && *p <= 'z') || *p == '_'); p++)
        ;
    if (p == limit || *p != mark)
        return false;
    for (p++; p < limit && is_blank(*p); p++)
        ;
    return p < limit && *p == ':';
}

/* true: the text at p can follow the end of a string: a bracket, comma or colon, or a line break and a further
 * string. */
static bool
after_string(const struct repair *r, const char *p)
{
    const char *limit = r->end - p > LOOK_AHEAD_BYTES ? p + LOOK_AHEAD_BYTES : r->end;
    bool line = false;
    while (p < limit && is_blank(*p))
        line = *p++ == '\n' || line;
    if (p == r->end)
        return true;
    if (p == limit)
        return line;
    return *p == ':' || *p == '}' || *p == ']' || *p == ',' ||
           (line && (*p == '"' || *p == '\'' || *p == '/' || *p == '#' || (*p & 0x80))) ||
           before_key(p, limit);
}

/* The length of the closing quotation mark at r->p; 0: the string goes on. */
static size_t
closing(const struct repair *r, const struct mark *m)
{
    for (int i = 0; i < 3 && m->close[i]; i++) {
        size_t n = starts_with(r, m->close[i]);
        if (n && after_string(r, r->p + n))
            return n;
    }
    return 0;
}

/* ---- strings ---- */

static int
hex_digits(const char *p, const char *end)
{
    int n = 0;
    while (n < 4 && p + n < end && strchr("0123456789abcdefABCDEF", p[n]) && p[n])
        n++;
    return n;
}

/* Writes the escape at r->p. A backslash that begins no escape of JSON is written as a character; before a single
 * quotation mark or a backtick it is dropped. */
static void
take_escape(struct repair *r)
{
    if (++r->p == r->end) {
        put_bytes(r, "\\\\", 2);
        return;
    }
    char c = *r->p;
    if (c == 'u' && hex_digits(r->p + 1, r->end) == 4) {
        put_bytes(r, r->p - 1, 6);
        r->p += 5;
    } else if (strchr("\"\\/bfnrt", c) && c) {
        put_bytes(r, r->p - 1, 2);
        r->p++;
    } else if (c == '\n') { /* a backslash at the end of a line joins it with the next */
        r->p++;
    } else if (c != '\'' && c != '`') {
        put_bytes(r, "\\\\", 2);
    }
}

/* Writes one byte of the content of a string. */
static void
put_inside(struct repair *r, char c)
{
    static const char hex[] = "0123456789abcdef";
    if (c == '"')
        put_bytes(r, "\\\"", 2);
    else if (c == '\n')
        put_bytes(r, "\\n", 2);
    else if (c == '\t')
        put_bytes(r, "\\t", 2);
    else if ((unsigned char)c < 0x20)
        put_bytes(r, (char[]){'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]}, 6);
    else
        put_bytes(r, &c, 1);
}

static void
take_string(struct repair *r, const struct mark *m)
{
    r->p += strlen(m->open);
    put_bytes(r, "\"", 1);
    while (r->p < r->end && !r->full) {
        size_t n = closing(r, m);
        if (n) {
            r->p += n;
            break;
        }
        if (*r->p == '\\')
            take_escape(r);
        else
            put_inside(r, *r->p++);
    }
    put_bytes(r, "\"", 1);
}

/* ---- words without quotation marks ---- */

/* JSON's literal for a word that other languages use; NULL: it is a text. */
static const char *
literal_of(const char *p, size_t n)
{
    static const char *const words[][2] = {
        {"null", "null"},   {"none", "null"}, {"nil", "null"},  {"undefined", "null"},
        {"nan", "null"},    {"n/a", "null"},  {"true", "true"}, {"yes", "true"},
        {"false", "false"}, {"no", "false"}};
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (strlen(words[i][0]) == n && strncasecmp(p, words[i][0], n) == 0)
            return words[i][1];
    return NULL;
}

static bool
is_number(const char *p, size_t n)
{
    size_t i = n && *p == '-' ? 1 : 0, digits = 0, dots = 0;
    if (i + 1 < n && p[i] == '0' && p[i + 1] != '.')
        return false; /* JSON has no leading zeros */
    for (; i < n; i++) {
        if (p[i] >= '0' && p[i] <= '9')
            digits++;
        else if (p[i] == '.' && dots == 0 && digits && i + 1 < n)
            dots++;
        else
            return false;
    }
    return digits > 0 && digits < 18;
}

static void
take_word(struct repair *r, bool key)
{
    const char *begin = r->p;
    while (r->p < r->end && !strchr(key ? ":,{}[]\n\"" : ",{}[]\n\"", *r->p) && *r->p)
        r->p++;
    if (r->p == begin) { /* a character that can begin nothing here is skipped */
        r->p++;
        return;
    }
    size_t n = (size_t)(r->p - begin);
    while (n && is_blank(begin[n - 1]))
        n--;
    const char *literal = key ? NULL : literal_of(begin, n);
    if (literal) {
        put_bytes(r, literal, strlen(literal));
    } else if (!key && is_number(begin, n)) {
        put_bytes(r, begin, n);
    } else {
        put_bytes(r, "\"", 1);
        for (size_t i = 0; i < n; i++)
            put_inside(r, begin[i] == '\\' ? '/' : begin[i]);
        put_bytes(r, "\"", 1);
    }
    r->expect = key ? WANT_COLON : WANT_COMMA;
}

/* ---- brackets ---- */

static void
skip_blanks(struct repair *r)
{
    for (;;) {
        while (r->p < r->end && is_blank(*r->p))
            r->p++;
        if (starts_with(r, "//") || starts_with(r, "#")) {
            while (r->p < r->end && *r->p != '\n')
                r->p++;
        } else if (starts_with(r, "/*")) {
            r->p += 2;
            while (r->p < r->end && !starts_with(r, "*/"))
                r->p++;
            r->p += starts_with(r, "*/");
        } else {
            return;
        }
    }
}

static void
open_bracket(struct repair *r, char c)
{
    r->p++;
    if (r->depth == MAX_DEPTH) {
        r->full = true;
        return;
    }
    r->open[r->depth++] = c;
    put_bytes(r, &c, 1);
    r->first = true;
    r->expect = c == '{' ? WANT_KEY : WANT_VALUE;
}

static void
close_innermost(struct repair *r)
{
    char c = r->open[--r->depth];
    /* A key that has no value is given null. */
    if (c == '{' && r->expect == WANT_COLON)
        put_bytes(r, ":null", 5);
    else if (c == '{' && r->expect == WANT_VALUE)
        put_bytes(r, "null", 4);
    put_bytes(r, c == '{' ? "}" : "]", 1);
    r->first = false;
    r->expect = WANT_COMMA;
}

/* A closing bracket also closes brackets of the other kind that were left open inside. One that has no opening
 * bracket is skipped. */
static void
close_bracket(struct repair *r, char c)
{
    char opened = c == '}' ? '{' : '[';
    int i = r->depth;
    r->p++;
    while (i > 0 && r->open[i - 1] != opened)
        i--;
    while (i > 0 && r->depth >= i)
        close_innermost(r);
}

/* The comma between members is written when the next member begins, so that none is missing and none is left
 * over. */
static void
begin_member(struct repair *r)
{
    bool in_object = r->open[r->depth - 1] == '{';
    if (r->expect == WANT_COMMA)
        r->expect = in_object ? WANT_KEY : WANT_VALUE;
    bool member = in_object ? r->expect == WANT_KEY : r->expect == WANT_VALUE;
    if (member && !r->first)
        put_bytes(r, ",", 1);
    if (member)
        r->first = false;
    if (r->expect == WANT_COLON) { /* the colon was forgotten */
        put_bytes(r, ":", 1);
        r->expect = WANT_VALUE;
    }
}

static void
take_token(struct repair *r)
{
    char c = *r->p;
    if (c == '}' || c == ']') {
        close_bracket(r, c);
        return;
    }
    if (c == ',' || (c == ':' && r->expect != WANT_COLON) || c == 0) {
        /* "key": , has no value */
        if (c == ',' && r->open[r->depth - 1] == '{' && r->expect == WANT_VALUE) {
            put_bytes(r, "null", 4);
            r->expect = WANT_COMMA;
        }
        r->p++;
        return;
    }
    if (c == ':') {
        put_bytes(r, ":", 1);
        r->expect = WANT_VALUE;
        r->p++;
        return;
    }
    bool in_object = r->open[r->depth - 1] == '{';
    bool key = in_object && (r->expect == WANT_KEY || r->expect == WANT_COMMA);
    if (key && (c == '{' || c == '[')) { /* an object cannot be a key: it is skipped */
        r->p++;
        return;
    }
    begin_member(r);
    const struct mark *m = opening(r);
    if (c == '{' || c == '[') {
        open_bracket(r, c);
    } else if (m) {
        take_string(r, m);
        r->expect = key ? WANT_COLON : WANT_COMMA;
    } else {
        take_word(r, key);
    }
}

bool
jiwa_repair(const char *p, size_t n, struct buf *out)
{
    struct repair r = {.p = p, .end = p + n, .out = out};
    open_bracket(&r, '{');
    while (r.depth > 0 && !r.full) {
        skip_blanks(&r);
        if (r.p == r.end)
            close_innermost(&r);
        else
            take_token(&r);
    }
    return !r.full;
}
