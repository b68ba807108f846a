#include "leave.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"

enum { UNJUDGED_NAMED = 5 };

/* A word of a shell command. */
static void
append_word(struct buf *out, const char *word)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:@%+-";
    if (word[0] && !word[strspn(word, plain)]) {
        buf_append_str(out, word);
        return;
    }
    buf_append_char(out, '\'');
    for (const char *p = word; *p; p++)
        if (*p == '\'')
            buf_append_str(out, "'\\''");
        else
            buf_append_char(out, *p);
    buf_append_char(out, '\'');
}

static void
append_command(struct buf *out, const struct leave *l)
{
    const struct {
        const char *option, *value;
    } options[] = {{"--db", l->db}, {"-c", l->config_file}, {"-u", l->user}};
    buf_append_str(out, l->facts->simulated ? "berdua --demo" : "berdua");
    for (size_t i = 0; i < ARRAY_LEN(options); i++)
        if (options[i].value) {
            buf_printf(out, " %s ", options[i].option);
            append_word(out, options[i].value);
        }
    buf_printf(out, " --session %.*s\n", ID_SHOWN, l->conversation->id);
}

static void
append_count(struct buf *out, int64_t n, const char *word)
{
    buf_printf(out, "%" PRId64 " %s%s", n, word, n == 1 ? "" : "s");
}

/* Two answers with text could have been compared. */
static bool
could_be_judged(const struct turn *t)
{
    bool both = true;
    for (int b = 0; b < BRAIN_COUNT; b++)
        both =
            both && t->asked[b] && !turn_hides(t, (enum brain_id)b) && t->answers[b].text.len > 0;
    return both && t->verdict.kind == VERDICT_NONE;
}

/* "not judged 2 (turns 4, 7)" */
static void
append_unjudged(struct buf *out, const struct conversation *c, const char *between)
{
    int64_t n = 0;
    for (size_t i = 0; i < c->count; i++)
        n += could_be_judged(c->turns[i]);
    if (n == 0)
        return;
    buf_printf(out, "%snot judged %" PRId64 " (turn%s", between, n, n == 1 ? "" : "s");
    int64_t named = 0;
    for (size_t i = 0; i < c->count && named < UNJUDGED_NAMED; i++)
        if (could_be_judged(c->turns[i]))
            buf_printf(out, "%s %" PRId64, named++ ? "," : "", c->turns[i]->seq);
    buf_printf(out, "%s)", n > named ? ", …" : "");
}

/* Who leads is not said to a rater who goes on judging blind. */
static void
append_verdicts(struct buf *out, const struct leave *l)
{
    const int64_t *tally = l->facts->tally;
    size_t before = out->len;
    buf_append_str(out, "  ");
    if (!l->facts->blind.on)
        buf_printf(out, "LLAMA better %" PRId64 " · Claude better %" PRId64 " · tie %" PRId64,
                   tally[VERDICT_LLAMA], tally[VERDICT_CLAUDE], tally[VERDICT_TIE]);
    if (!l->facts->blind.on && tally[VERDICT_BOTH_BAD])
        buf_printf(out, " · both bad %" PRId64, tally[VERDICT_BOTH_BAD]);
    append_unjudged(out, l->conversation, l->facts->blind.on ? "" : " · ");
    if (out->len == before + 2)
        buf_truncate(out, before);
    else
        buf_append_str(out, "\n");
}

static void
append_figures(struct buf *out, const struct leave *l)
{
    const struct ui_facts *f = l->facts;
    const char *between = "  ";
    if (f->blind.on)
        return;
    size_t before = out->len;
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (f->brain[b].p50_us >= 0) {
            buf_printf(out, "%s%s %" PRId64 " ms (n=%" PRId64 ")",
                       out->len == before ? "  first token, median: " : ", ",
                       brain_title((enum brain_id)b), (f->brain[b].p50_us + 500) / US_PER_MS,
                       f->brain[b].n);
            between = " · ";
        }
    if (f->cost.session_usd > 0)
        buf_printf(out, "%scost %s$%.*f%s", between, f->cost.session_gaps ? "~" : "",
                   f->cost.session_usd < .01 ? 5 : 4, f->cost.session_usd,
                   f->simulated ? " (simulated)" : "");
    if (f->cost.session_usd > 0 && !f->simulated && !isnan(f->cost.month_usd) &&
        !isnan(f->cost.cap_usd))
        buf_printf(out, " ($%.2f of $%.2f this month)", f->cost.month_usd, f->cost.cap_usd);
    if (out->len > before)
        buf_append_str(out, "\n");
}

static void
append_turn(struct buf *out, const struct turn *t)
{
    buf_printf(out, "\n> %s\n", t->message);
    for (int side = 0; side < BRAIN_COUNT; side++) {
        enum brain_id b = turn_side(t, side);
        const struct buf *text = &t->answers[b].text;
        if (!t->asked[b] || turn_hides(t, b) || text->len == 0)
            continue;
        buf_printf(out, "\n%s\n", turn_name(t, b));
        buf_append(out, text->p, text->len);
        if (text->p[text->len - 1] != '\n')
            buf_append_str(out, "\n");
    }
    buf_append_str(out, "\n");
}

void
leave_text(struct buf *out, const struct leave *l)
{
    const struct conversation *c = l->conversation;
    const struct turn *last = conversation_last(c);
    int64_t verdicts = 0, minutes = l->lasted_us / US_PER_S / 60;
    if (!last || l->config->ui.leave == LEAVE_NOTHING)
        return;
    for (size_t i = 0; i < c->count; i++)
        verdicts += c->turns[i]->verdict.kind != VERDICT_NONE;
    if (l->config->ui.leave == LEAVE_TURN)
        append_turn(out, last);
    buf_printf(out, "berdua%s  %s · ", l->facts->simulated ? " (SIMULATED)" : "", l->facts->user);
    append_count(out, last->seq > 0 ? last->seq : (int64_t)c->count, "turn");
    buf_append_str(out, " · ");
    append_count(out, verdicts, "verdict");
    if (minutes > 0)
        buf_printf(out, " in %" PRId64 " min", minutes);
    buf_append_str(out, "\n");
    append_verdicts(out, l);
    append_figures(out, l);
    buf_append_str(out, "  go on:  ");
    append_command(out, l);
}
