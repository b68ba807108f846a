#include "berdua/conf/redactor.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/base64.h"
#include "berdua/base/buf.h"
#include "berdua/base/mem.h"

enum {
    PART_LETTERS = 12,   /* so many of a secret in a row are hidden */
    HELD_LETTERS = 4,    /* so many may be the beginning of one */
    APART_BYTES = 16,    /* between two letters of one secret, at most */
    TEXT_MOST = 64 << 20 /* of an answer */
};

/* Secrets and text are compared by their letters and digits alone, all in lower case. */
struct redactor {
    struct buf forms; /* of all secrets, each between line breaks */
    struct buf run;   /* the last letters of the text, as long as they are a part of one form */
    struct buf held;  /* the text that is kept back; its beginning may have been shown */
    size_t *at;       /* where in held each letter of the run stands; SHOWN: it was shown already */
    bool found;       /* the run is to be hidden */
};

#define SHOWN SIZE_MAX

static int
plain_letter(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A' + 'a';
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : 0;
}

static void
add_form(struct redactor *r, const char *p, size_t n)
{
    size_t before = r->forms.len;
    for (size_t i = 0; i < n; i++)
        if (plain_letter(p[i]))
            buf_append_char(&r->forms, (char)plain_letter(p[i]));
    if (r->forms.len - before < PART_LETTERS)
        buf_truncate(&r->forms, before);
    else
        buf_append_char(&r->forms, '\n');
}

/* The secret may stand anywhere in what was encoded, so its first byte is the first, second or third of a group. Letters
 * that depend on a neighbour are left out. */
static void
add_base64(struct redactor *r, const char *p, size_t n)
{
    for (size_t ahead = 0; ahead < 3; ahead++) {
        struct buf bytes, code;
        buf_init(&bytes, SIZE_MAX);
        buf_init(&code, SIZE_MAX);
        buf_append(&bytes, "\0\0", ahead);
        buf_append(&bytes, p, n);
        base64_encode(&code, bytes.p, bytes.len);
        size_t from = ahead ? ahead + 1 : 0;
        size_t to = bytes.len * 8 / 6;
        add_form(r, code.p + from, to - from);
        mem_wipe(bytes.p, bytes.len);
        mem_wipe(code.p, code.len);
        buf_finish(&bytes);
        buf_finish(&code);
    }
}

static void
add_reversed(struct redactor *r, const char *p, size_t n)
{
    struct buf back;
    buf_init(&back, SIZE_MAX);
    for (size_t i = n; i-- > 0;)
        buf_append_char(&back, p[i]);
    add_form(r, back.p, back.len);
    mem_wipe(back.p, back.len);
    buf_finish(&back);
}

/* Which bytes stand there as numbers: all, signs, or the signs that have a meaning in a URL. */
enum numbered { NUMBERED_ALL, NUMBERED_SIGNS, NUMBERED_RESERVED, NUMBERED_COUNT };

static bool
is_numbered(enum numbered which, char c)
{
    bool sign = !plain_letter(c);
    return which == NUMBERED_ALL || (sign && (which == NUMBERED_SIGNS || !strchr("-_.~", c)));
}

/* Bytes as numbers: in hex (also "%72"), once more encoded ("%252D"), and as the escapes of C, JSON and HTML ("\\x72",
 * "\\u0072", "&#114;"). */
static void
add_numbers(struct redactor *r, const char *p, size_t n, enum numbered which)
{
    static const char *const formats[] = {"%02x", "25%02x", "x%02x", "u%04x", "%d"};
    for (size_t f = 0; f < ARRAY_LEN(formats); f++) {
        struct buf form;
        bool some = false;
        buf_init(&form, SIZE_MAX);
        for (size_t i = 0; i < n; i++) {
            char number[16];
            /* NOLINTNEXTLINE(*-format-nonliteral) */
            snprintf(number, sizeof number, formats[f], (unsigned char)p[i]);
            bool numbered = is_numbered(which, p[i]);
            buf_append(&form, numbered ? number : p + i, numbered ? strlen(number) : 1);
            some = some || numbered;
        }
        if (some)
            add_form(r, form.p, form.len);
        mem_wipe(form.p, form.len);
        buf_finish(&form);
    }
}

struct redactor *
redactor_create(const char *secrets)
{
    struct redactor *r = xcalloc(1, sizeof *r);
    buf_init(&r->forms, SIZE_MAX);
    buf_init(&r->run, SIZE_MAX);
    buf_init(&r->held, TEXT_MOST);
    for (const char *s = secrets; s && *s;) {
        size_t n = strcspn(s, "\n"), before = r->forms.len;
        add_form(r, s, n);
        if (r->forms.len > before) {
            add_base64(r, s, n);
            add_reversed(r, s, n);
            for (enum numbered which = 0; which < NUMBERED_COUNT; which++)
                add_numbers(r, s, n, which);
        }
        s += n + (s[n] == '\n');
    }
    if (r->forms.len)
        r->at = xcalloc(r->forms.len, sizeof *r->at);
    else
        redactor_destroy(&r);
    return r;
}

void
redactor_destroy(struct redactor **r)
{
    if (!*r)
        return;
    if ((*r)->forms.len)
        mem_wipe((*r)->forms.p, (*r)->forms.len);
    if ((*r)->held.len)
        mem_wipe((*r)->held.p, (*r)->held.len);
    buf_finish(&(*r)->forms);
    buf_finish(&(*r)->run);
    buf_finish(&(*r)->held);
    free((*r)->at);
    free(*r);
    *r = NULL;
}

/* Shows the first n bytes of what is held. */
static void
show_held(struct redactor *r, size_t n, struct buf *out)
{
    if (!n)
        return;
    buf_append(out, r->held.p, n);
    buf_consume(&r->held, n);
    for (size_t i = 0; i < r->run.len; i++)
        r->at[i] = r->at[i] == SHOWN || r->at[i] < n ? SHOWN : r->at[i] - n;
}

/* The run is over: a secret is hidden, its letters that were not shown yet and what stands between them. */
static void
end_run(struct redactor *r, struct buf *out)
{
    if (r->found) {
        size_t first = 0, last = r->at[r->run.len - 1];
        while (r->at[first] == SHOWN)
            first++;
        buf_append(out, r->held.p, r->at[first]);
        buf_append_str(out, "…");
        buf_consume(&r->held, last + 1);
    }
    buf_clear(&r->run);
    r->found = false;
    show_held(r, r->held.len, out);
}

/* Letters leave the front of the run until it is a part of a form; the rest of it may be none. */
static void
shorten_run(struct redactor *r)
{
    size_t drop = 0;
    while (drop < r->run.len && !strstr(r->forms.p, r->run.p + drop))
        drop++;
    buf_consume(&r->run, drop);
    memmove(r->at, r->at + drop, r->run.len * sizeof *r->at);
}

static void
push_letter(struct redactor *r, int letter)
{
    buf_append_char(&r->run, (char)letter);
    r->at[r->run.len - 1] = r->held.len - 1;
}

/* One letter more, which stands at the end of held. */
static void
extend_run(struct redactor *r, int letter, struct buf *out)
{
    size_t here = r->held.len - 1, last = r->run.len ? r->at[r->run.len - 1] : here;
    bool apart = here - (last == SHOWN ? 0 : last) > APART_BYTES;
    push_letter(r, letter);
    if ((r->found || apart) && (apart || !strstr(r->forms.p, r->run.p))) {
        char own = r->held.p[here];
        buf_truncate(&r->run, r->run.len - 1);
        buf_truncate(&r->held, here);
        end_run(r, out);
        buf_append_char(&r->held, own);
        push_letter(r, letter);
    }
    shorten_run(r);
    r->found = r->found || r->run.len >= PART_LETTERS;
}

/* May the run be the beginning of a secret's part? One letter over and over tells nothing of it, and is common in text. */
static bool
is_beginning(const struct redactor *r)
{
    const char *run = r->run.p;
    return r->run.len >= HELD_LETTERS && memcmp(run, run + 1, r->run.len - 1) != 0;
}

void
redactor_forget(struct redactor *r)
{
    if (!r)
        return;
    if (r->held.len)
        mem_wipe(r->held.p, r->held.len);
    buf_clear(&r->held);
    buf_clear(&r->run);
    r->found = false;
}

void
redactor_pass(struct redactor *r, struct buf *text, bool ended)
{
    struct buf out;
    if (!r)
        return;
    buf_init(&out, text->max);
    for (size_t i = 0; i < text->len; i++) {
        int letter = plain_letter(text->p[i]);
        buf_append_char(&r->held, text->p[i]);
        if (letter)
            extend_run(r, letter, &out);
        if (r->run.len == 0)
            show_held(r, r->held.len, &out);
    }
    if (ended)
        end_run(r, &out);
    else if (!r->found && !is_beginning(r))
        show_held(r, r->held.len, &out);
    buf_finish(text);
    *text = out;
}
