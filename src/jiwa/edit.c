/* The profile as a text with one line an item:
 *   [dreams]
 *   - a small eco-business in Ubud (0.80)
 *       # "mimpi saya …", 2026-11-24
 * Comments are ignored when the text is read back. */
#include "berdua/jiwa/profile.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"

enum { MAX_EDIT_ITEMS = 40 }; /* of a field */

#define CONFIDENCE "%.2f" /* as it is shown */

void
jiwa_edit_text(const struct jiwa *profile, const char *user, struct buf *out)
{
    buf_printf(
        out,
        "# What is inferred about %s. It comes from a small model and may be wrong.\n"
        "# One item a line, below its heading:   - VALUE (CONFIDENCE)\n"
        "# The confidence, from 0 to 1, may be left out of a line of your own.\n"
        "# What you change or add stays as you write it; a line that you delete does not come "
        "back.\n"
        "# trust_level takes a number from 1 to 5; relationship_phase is one of first_contact,\n"
        "# returning, established, family. Lines that begin with # are ignored.\n",
        user);
    for (int f = 0; f < JIWA_FIELD_COUNT; f++) {
        const struct jiwa_list *l = &profile->fields[f];
        buf_printf(out, "\n[%s]\n", jiwa_field_name((enum jiwa_field)f));
        for (size_t i = 0; i < l->count; i++) {
            char date[32];
            if (l->v[i].removed)
                continue;
            jiwa_item_date(&l->v[i], date);
            buf_printf(out, "- %s (" CONFIDENCE ")\n", l->v[i].value, l->v[i].confidence);
            if (l->v[i].quote)
                buf_printf(out, "    # \"%s\", %s\n", l->v[i].quote, date);
            else if (l->v[i].edited)
                buf_printf(out, "    # edited by hand, %s\n", date);
        }
    }
}

/* ---- reading it back ---- */

struct reader {
    const struct jiwa *before;
    struct jiwa *out;
    int64_t now_us;
    int field; /* -1: no heading yet */
    int line;
    struct err *err;
};

static const struct jiwa_item *
find_item(const struct jiwa_list *l, const char *value)
{
    for (size_t i = 0; i < l->count; i++)
        if (!l->v[i].removed && strcmp(l->v[i].value, value) == 0)
            return &l->v[i];
    return NULL;
}

static bool
read_heading(struct reader *r, char *line)
{
    char *end = strchr(line, ']');
    if (!end || end[1 + strspn(end + 1, " \t")])
        return err_set(r->err, "line %d: a heading is a word in brackets, such as [dreams]",
                       r->line);
    *end = 0;
    r->field = jiwa_field_parse(line + 1);
    return r->field >= 0 || err_set(r->err, "line %d: unknown heading [%.40s]", r->line, line + 1);
}

/* Takes "(0.80)" off the end of the value. NAN: there is none. */
static bool
split_confidence(struct reader *r, char *value, double *confidence)
{
    size_t n = strlen(value);
    char *open = strrchr(value, '('), *end;
    *confidence = NAN;
    if (!open || value[n - 1] != ')')
        return true;
    double v = strtod(open + 1, &end);
    if (end == open + 1 || end != value + n - 1)
        return true; /* brackets that hold no number belong to the value */
    if (!(v >= 0 && v <= 1))
        return err_set(r->err, "line %d: the confidence is a number from 0 to 1, not %.20s",
                       r->line, open + 1);
    *confidence = v;
    while (open > value && (open[-1] == ' ' || open[-1] == '\t'))
        open--;
    *open = 0;
    return true;
}

static bool
refuse_value(struct reader *r, const char *value)
{
    if (r->field == JIWA_TRUST_LEVEL)
        return err_set(r->err, "line %d: trust_level is a number from 1 to 5, not \"%.40s\"",
                       r->line, value);
    if (r->field == JIWA_RELATIONSHIP_PHASE)
        return err_set(r->err,
                       "line %d: relationship_phase is first_contact, returning, established or "
                       "family, not \"%.40s\"",
                       r->line, value);
    return err_set(r->err, "line %d: the item is empty", r->line);
}

static bool
shown_alike(double a, double b)
{
    char shown[2][16];
    snprintf(shown[0], sizeof shown[0], CONFIDENCE, a);
    snprintf(shown[1], sizeof shown[1], CONFIDENCE, b);
    return strcmp(shown[0], shown[1]) == 0;
}

static bool
read_item(struct reader *r, char *value)
{
    double confidence;
    if (r->field < 0)
        return err_set(r->err, "line %d: an item before the first heading", r->line);
    if (!split_confidence(r, value, &confidence))
        return false;
    if (strlen(value) > JIWA_VALUE_BYTES)
        return err_set(r->err, "line %d: longer than %d bytes", r->line, JIWA_VALUE_BYTES);
    if (r->out->fields[r->field].count >= MAX_EDIT_ITEMS)
        return err_set(r->err, "line %d: more than %d items under one heading", r->line,
                       MAX_EDIT_ITEMS);
    struct jiwa_list *l = &r->out->fields[r->field];
    struct jiwa_item *i = jiwa_add(r->out, (enum jiwa_field)r->field, value, 0, NULL);
    if (!i)
        return refuse_value(r, value);
    const struct jiwa_item *was = find_item(&r->before->fields[r->field], i->value);
    bool kept = was && (isnan(confidence) || shown_alike(confidence, was->confidence));
    i->confidence = kept ? was->confidence : isnan(confidence) ? 1 : confidence;
    i->quote = was && was->quote ? xstrdup(was->quote) : NULL;
    if (was)
        memcpy(i->session, was->session, sizeof i->session);
    i->at_us = kept ? was->at_us : r->now_us;
    i->edited = kept ? was->edited : true;
    const struct jiwa_item *twin = find_item(l, i->value);
    if (twin != i) /* a line that is there twice: the last one counts */
        jiwa_list_drop(l, (size_t)(twin - l->v));
    return true;
}

static bool
read_line(struct reader *r, char *line)
{
    size_t n = strlen(line);
    while (n && strchr(" \t\r", line[n - 1]))
        line[--n] = 0;
    line += strspn(line, " \t");
    if (!*line || *line == '#')
        return true;
    if (*line == '[')
        return read_heading(r, line);
    if (*line == '-')
        return read_item(r, line + 1 + strspn(line + 1, " \t"));
    return err_set(r->err,
                   "line %d: neither a heading [NAME], nor an item (- VALUE), nor a # comment",
                   r->line);
}

/* Items whose line is gone, and those removed earlier, are kept and marked as removed, unless the text holds them
 * again. */
static void
keep_removed(struct reader *r)
{
    for (int f = 0; f < JIWA_FIELD_COUNT; f++) {
        const struct jiwa_list *l = &r->before->fields[f];
        for (size_t i = 0; i < l->count; i++) {
            if (jiwa_list_find(&r->out->fields[f], l->v[i].value))
                continue;
            struct jiwa_item *gone = jiwa_add(r->out, (enum jiwa_field)f, l->v[i].value, 0, NULL);
            if (!gone)
                continue;
            gone->removed = true;
            gone->at_us = l->v[i].removed ? l->v[i].at_us : r->now_us;
        }
    }
}

void
jiwa_edit_keep(struct jiwa *edited, const struct jiwa *before, const struct jiwa *now)
{
    for (int f = 0; f < JIWA_FIELD_COUNT; f++)
        for (size_t i = 0; i < now->fields[f].count; i++) {
            const struct jiwa_item *is = &now->fields[f].v[i];
            if (is->removed || jiwa_list_find(&before->fields[f], is->value) ||
                jiwa_list_find(&edited->fields[f], is->value))
                continue;
            struct jiwa_item *kept =
                jiwa_add(edited, (enum jiwa_field)f, is->value, is->confidence, is->quote);
            if (!kept)
                continue;
            memcpy(kept->session, is->session, sizeof kept->session);
            kept->at_us = is->at_us;
            kept->edited = is->edited;
        }
}

bool
jiwa_edit_read(const char *text, const struct jiwa *before, int64_t now_us, struct jiwa *out,
               struct err *err)
{
    struct reader r = {.before = before, .out = out, .now_us = now_us, .field = -1, .err = err};
    char *copy = xstrdup(text);
    bool ok = true;
    *out = (struct jiwa){0};
    for (char *rest = copy, *line; ok && (line = strsep(&rest, "\n"));) {
        r.line++;
        ok = utf8_valid(line, strlen(line)) ? read_line(&r, line)
                                            : err_set(err, "line %d: not valid UTF-8", r.line);
    }
    free(copy);
    if (ok)
        keep_removed(&r);
    else
        jiwa_finish(out);
    return ok;
}
