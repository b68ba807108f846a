/* The pieces that several formats share. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/json.h"
#include "berdua/base/random.h"
#include "berdua/base/utf8.h"
#include "format.h"

#define HASHED "user-"

/* Who came hashed stays as he is, so that what is exported, merged and exported again is the same. */
const char *
person_name(const struct export_run *e, const char *name, char store[PERSON_BYTES])
{
    size_t lead = strlen(HASHED);
    bool hashed = strncmp(name, HASHED, lead) == 0 &&
                  strspn(name + lead, "0123456789abcdef") == 16 && strlen(name) == lead + 16;
    if (e->choice->plain_users || hashed)
        return name;
    snprintf(store, PERSON_BYTES, HASHED "%016llx",
             (unsigned long long)hash_bytes(name, strlen(name), 0));
    return store;
}

const char *
person_number(const char *name)
{
    return strncmp(name, HASHED, strlen(HASHED)) == 0 ? name + strlen(HASHED) : name;
}

double
exchange_ts(const struct exchange *x)
{
    return (double)x->row->at_us / US_PER_S;
}

enum brain_id
exchange_winner(const struct exchange *x)
{
    return x->row->kind == VERDICT_LLAMA ? BRAIN_LLAMA : BRAIN_CLAUDE;
}

enum brain_id
exchange_side(const struct exchange *x, int side)
{
    return side == 0 ? x->row->left : brain_other(x->row->left);
}

const char *
exchange_side_winner(const struct exchange *x, const char *tie, const char *both_bad)
{
    if (x->row->kind == VERDICT_TIE)
        return tie;
    if (x->row->kind == VERDICT_BOTH_BAD)
        return both_bad;
    return exchange_winner(x) == x->row->left ? "model_a" : "model_b";
}

const char *
exchange_model(const struct exchange *x, enum brain_id b)
{
    const char *model = x->answers[b].model;
    return model && *model ? model : brain_id_name(b);
}

/* ---- messages ---- */

void
write_message(struct json_writer *w, const char *key, const char *role, const char *text, size_t n)
{
    json_write_object(w, key);
    json_write_str(w, "role", role);
    json_write_strn(w, "content", text, n);
    json_write_end(w);
}

void
write_prompt(struct json_writer *w, const char *key, const struct exchange *x)
{
    const char *system = x->system[BRAIN_LLAMA];
    json_write_list(w, key);
    if (system && *system)
        write_message(w, NULL, "system", system, strlen(system));
    for (size_t i = 0; i < x->history_count; i++)
        write_message(w, NULL, x->history[i].role, x->history[i].text, x->history[i].len);
    write_message(w, NULL, "user", x->message, x->message_len);
    json_write_end(w);
}

void
write_completion(struct json_writer *w, const char *key, const struct answer *a)
{
    json_write_list(w, key);
    write_message(w, NULL, "assistant", a->text.p, a->text.len);
    json_write_end(w);
}

void
write_spoken(struct json_writer *w, const char *key, const char *from, const char *text, size_t n)
{
    json_write_object(w, key);
    json_write_str(w, "from", from);
    json_write_strn(w, "value", text, n);
    json_write_end(w);
}

void
write_conversations(struct json_writer *w, const struct exchange *x, const struct answer *a)
{
    const char *system = x->system[BRAIN_LLAMA];
    json_write_list(w, "conversations");
    if (system && *system)
        write_spoken(w, NULL, "system", system, strlen(system));
    for (size_t i = 0; i < x->history_count; i++)
        write_spoken(w, NULL, i % 2 ? "gpt" : "human", x->history[i].text, x->history[i].len);
    write_spoken(w, NULL, "human", x->message, x->message_len);
    if (a)
        write_spoken(w, NULL, "gpt", a->text.p, a->text.len);
    json_write_end(w);
}

/* ---- labels of single answers ---- */

void
write_each_label(struct export_run *e, const struct exchange *x,
                 void (*write)(struct json_writer *w, const struct exchange *x, enum brain_id b,
                               bool good))
{
    bool bad = x->row->kind == VERDICT_BOTH_BAD;
    enum brain_id first = bad ? x->row->left : exchange_winner(x);
    for (int i = 0; i < BRAIN_COUNT; i++) {
        struct json_writer w = row_begin(e);
        write(&w, x, i == 0 ? first : brain_other(first), !bad && i == 0);
        row_end(e, &w);
    }
}

/* ---- CSV (RFC 4180) ---- */

static void
next_field(struct export_run *e)
{
    if (e->fields++ > 0)
        row_put(e, ",", 1);
}

/* The same repairs as in JSON: what loads it wants UTF-8 without NUL. */
static void
mend(struct buf *out, const char *p, size_t n)
{
    for (size_t i = 0, run; i < n; i += run + 1) {
        run = strnlen(p + i, n - i);
        utf8_repair(out, p + i, run);
        if (i + run < n)
            buf_append_str(out, "\xEF\xBF\xBD");
    }
}

void
csv_text(struct export_run *e, const char *p, size_t n)
{
    struct buf mended;
    buf_init(&mended, 3 * n);
    if (memchr(p, 0, n) || !utf8_valid(p, n)) {
        mend(&mended, p, n);
        p = mended.p;
        n = mended.len;
    }
    next_field(e);
    row_put(e, "\"", 1);
    for (const char *quote; n > 0 && (quote = memchr(p, '"', n)) != NULL;) {
        size_t upto = (size_t)(quote + 1 - p);
        row_put(e, p, upto);
        row_put(e, "\"", 1);
        p += upto;
        n -= upto;
    }
    row_put(e, p, n);
    row_put(e, "\"", 1);
    buf_finish(&mended);
}

void
csv_word(struct export_run *e, const char *word)
{
    if (word)
        csv_text(e, word, strlen(word));
    else
        next_field(e);
}

void
csv_number(struct export_run *e, double v)
{
    next_field(e);
    if (!isnan(v) && !json_print_number(e->out, v))
        e->full = true;
}

void
csv_end(struct export_run *e)
{
    row_put(e, "\n", 1);
    e->fields = 0;
    e->rows++;
}
