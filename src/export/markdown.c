/* For people: each pair with its verdict, to read or to print. What a model wrote stays inside its fence, so that none of it
 * is rendered or fetched. */
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/safe.h"
#include "berdua/base/when.h"
#include "format.h"

enum { LEAST_FENCE = 3, SAFE_MAX_BYTES = 256 << 20 };

/* Of tildes, longer than any run of them inside. */
static void
put_fence(struct export_run *e, const struct buf *text)
{
    size_t longest = LEAST_FENCE - 1;
    for (size_t i = 0, run = 0; i < text->len; i++) {
        run = text->p[i] == '~' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    for (size_t i = 0; i <= longest; i++)
        row_put(e, "~", 1);
    row_put(e, "\n", 1);
}

static void
put_text(struct export_run *e, const char *p, size_t n)
{
    struct buf safe;
    buf_init(&safe, SAFE_MAX_BYTES);
    if (!safe_text(&safe, p, n, false))
        e->full = true;
    put_fence(e, &safe);
    row_put(e, safe.p, safe.len);
    if (!safe.len || safe.p[safe.len - 1] != '\n')
        row_put(e, "\n", 1);
    put_fence(e, &safe);
    row_put(e, "\n", 1);
    buf_finish(&safe);
}

/* A few words outside a fence: no line break, and nothing that Markdown or HTML would read. */
static void
put_words(struct export_run *e, const char *p)
{
    struct buf safe;
    buf_init(&safe, SAFE_MAX_BYTES);
    safe_text(&safe, p, strlen(p), true);
    for (size_t i = 0; i < safe.len; i++) {
        if (strchr("\\`*_{}[]<>()#+!|~&", safe.p[i]))
            row_put(e, "\\", 1);
        row_put(e, safe.p + i, 1);
    }
    buf_finish(&safe);
}

static void
put_verdict(struct export_run *e, const struct exchange *x)
{
    static const char *const words[] = {[VERDICT_CLAUDE] = "Claude is better",
                                        [VERDICT_LLAMA] = "LLAMA is better",
                                        [VERDICT_TIE] = "A tie",
                                        [VERDICT_BOTH_BAD] = "Both are bad"};
    row_put_str(e, "**");
    row_put_str(e, words[x->row->kind]);
    row_put_str(e, "**");
    if (x->strength) {
        row_put_str(e, ", ");
        put_words(e, x->strength);
    }
    row_put_str(e, ", says ");
    put_words(e, x->row->rater ? x->row->rater : "somebody");
    if (x->note) {
        row_put_str(e, ": ");
        put_words(e, x->note);
    }
    row_put_str(e, "\n\n");
}

static void
write_markdown(struct export_run *e, const struct exchange *x)
{
    char hashed[PERSON_BYTES], time[WHEN_BYTES];
    row_put_str(e, "## ");
    row_put_str(e, when_rfc3339(x->row->at_us, time));
    row_put_str(e, ", ");
    const char *category = category_name((enum category)x->row->category);
    row_put_str(e, category ? category : "not classified");
    row_put_str(e, "\n\n");
    put_words(e, person_name(e, x->user ? x->user : "anonymous", hashed));
    row_put_str(e, ":\n\n");
    put_text(e, x->message, x->message_len);
    for (int side = 0; side < 2; side++) {
        enum brain_id b = exchange_side(x, side);
        row_put_str(e, brain_title(b));
        row_put_str(e, " (");
        put_words(e, exchange_model(x, b));
        row_put_str(e, "):\n\n");
        put_text(e, x->answers[b].text.p, x->answers[b].text.len);
    }
    put_verdict(e, x);
    e->rows++;
}

const struct export_format format_markdown = {
    .name = "markdown",
    .about = "people: each pair with its verdict, to read",
    .extension = "md",
    .form = FORM_TEXT,
    .takes = TAKES_TIES | TAKES_BOTH_BAD,
    .head = "# Answers and verdicts\n\n",
    .row = write_markdown,
};
