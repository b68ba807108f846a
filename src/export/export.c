#include "berdua/export/export.h"

#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "format.h"
#include "selection.h"
#include "tally.h"

enum { OUT_MAX_BYTES = 512 << 20, CHUNK_BYTES = 1 << 16 };

static const struct export_format *const formats[] = {
    &format_native,     &format_arena,    &format_arena_140k,
    &format_arena_55k,  &format_trl,      &format_kto,
    &format_openai_dpo, &format_sharegpt, &format_llamafactory_kto,
    &format_routellm,   &format_csv,      &format_markdown,
};

const struct export_format *
export_format_at(size_t i)
{
    return i < ARRAY_LEN(formats) ? formats[i] : NULL;
}

const struct export_format *
export_format_find(const char *name)
{
    size_t i = 0;
    while (i < ARRAY_LEN(formats) && strcmp(formats[i]->name, name) != 0)
        i++;
    return export_format_at(i);
}

const char *
export_format_name(const struct export_format *f)
{
    return f->name;
}

const char *
export_format_about(const struct export_format *f)
{
    return f->about;
}

const char *
export_format_extension(const struct export_format *f)
{
    return f->extension;
}

/* ---- rows ---- */

void
row_put(struct export_run *e, const char *p, size_t n)
{
    if (!buf_append(e->out, p, n))
        e->full = true;
}

void
row_put_str(struct export_run *e, const char *s)
{
    row_put(e, s, strlen(s));
}

struct json_writer
row_begin(struct export_run *e)
{
    if (e->choice->format->form == FORM_ARRAY && e->rows > 0)
        row_put(e, ",\n", 2);
    struct json_writer w = json_writer_on(e->out);
    json_write_object(&w, NULL);
    return w;
}

void
row_end(struct export_run *e, struct json_writer *w)
{
    json_write_end(w);
    if (e->choice->format->form == FORM_LINES)
        row_put(e, "\n", 1);
    e->full = e->full || w->full;
    e->rows++;
}

/* ---- a run ---- */

struct run {
    struct export_run rows;
    struct selection *selection;
    struct export_summary *summary;
    export_write_fn *write;
    void *arg;
    struct err *err;
    bool failed;
};

static bool
takes_row(void *arg, const struct verdict_row *row)
{
    struct run *r = arg;
    return selection_takes(r->selection, row, r->summary);
}

static bool
flush(struct run *r, size_t at_least)
{
    struct buf *out = r->rows.out;
    if (out->len < at_least)
        return true;
    bool ok = r->write(r->arg, out->p, out->len, r->err);
    if (out->len > 4 * CHUNK_BYTES) /* a giant among the rows */
        buf_finish(out);
    buf_clear(out);
    return ok;
}

/* After an optional system prompt, user and assistant by turns. */
static bool
alternates(const struct exchange *x)
{
    size_t i = 0;
    while (i < x->history_count && strcmp(x->history[i].role, i % 2 ? "assistant" : "user") == 0)
        i++;
    return i == x->history_count && i % 2 == 0;
}

/* -1: none */
static int
gap_of(const struct export_format *f, const struct exchange *x)
{
    if (!(f->takes & TAKES_GAPS) && !(x->answered[BRAIN_CLAUDE] && x->answered[BRAIN_LLAMA]))
        return GAP_UNANSWERED;
    return f->takes & NEEDS_TURNS && !alternates(x) ? GAP_HISTORY : -1;
}

static bool
write_exchange(void *arg, const struct exchange *x)
{
    struct run *r = arg;
    const struct export_format *f = r->rows.choice->format;
    int gap = gap_of(f, x);
    if (gap >= 0) {
        r->summary->gaps[gap]++;
        r->summary->left_out++;
        return true;
    }
    int64_t before = r->rows.rows;
    f->row(&r->rows, x);
    r->summary->verdicts++;
    if (f->takes & TRAINS_ON_TEXT) /* of two rows of a verdict one is LLAMA's */
        r->summary->claude_texts += r->rows.rows > before;
    r->failed = r->rows.full ? !err_set(r->err, "verdict %s: longer than %d MiB", x->row->id,
                                        OUT_MAX_BYTES >> 20)
                             : !flush(r, CHUNK_BYTES);
    return !r->failed;
}

static bool
note_strength(void *arg, const struct exchange *x)
{
    struct run *r = arg;
    r->rows.strength = gap_of(r->rows.choice->format, x) < 0 && x->strength != NULL;
    return !r->rows.strength;
}

static bool
read_through(struct run *r, struct store *s, bool (*each)(void *arg, const struct exchange *x))
{
    const struct export_choice *c = r->rows.choice;
    unsigned takes = c->format->takes;
    r->selection = selection_create(s, c, r->err);
    if (!r->selection)
        return false;
    /* A pair's observation may be older than what is chosen. */
    struct exchange_reader reader = {.since_us =
                                         takes & TAKES_EVERY_VERDICT ? c->since_us : INT64_MIN,
                                     .until_us = c->until_us,
                                     .figures = takes & TAKES_FIGURES,
                                     .history = takes & TAKES_HISTORY,
                                     .history_text = takes & TAKES_TEXT,
                                     .wanted = takes_row,
                                     .each = each,
                                     .arg = r};
    bool ok = exchange_store_read(s, &reader, r->err);
    selection_destroy(&r->selection);
    return ok && !r->failed;
}

static bool
look_for_strength(struct run *r, struct store *s)
{
    bool any = false;
    if (!(r->rows.choice->format->takes & TAKES_STRENGTH))
        return true;
    if (!exchange_store_has_strength(s, &any, r->err))
        return false;
    bool ok = !any || read_through(r, s, note_strength);
    *r->summary = (struct export_summary){0};
    return ok;
}

bool
export_run(struct store *s, const struct export_choice *choice, export_write_fn *write, void *arg,
           struct export_summary *summary, struct err *err)
{
    const struct export_format *f = choice->format;
    struct buf out;
    *summary = (struct export_summary){0};
    buf_init(&out, OUT_MAX_BYTES);
    struct run r = {.rows = {.choice = choice, .out = &out, .orders = tally_create()},
                    .summary = summary,
                    .write = write,
                    .arg = arg,
                    .err = err};
    if (f->form == FORM_ARRAY)
        buf_append_str(&out, "[\n");
    else if (f->head)
        buf_append_str(&out, f->head);
    bool ok = look_for_strength(&r, s) && read_through(&r, s, write_exchange);
    if (f->form == FORM_ARRAY)
        buf_append_str(&out, r.rows.rows ? "\n]\n" : "]\n");
    ok = ok && flush(&r, 1);
    summary->rows = r.rows.rows;
    tally_destroy(&r.rows.orders);
    buf_finish(&out);
    return ok;
}
