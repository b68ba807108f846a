/* What is said when an export is done. */
#include <string.h>

#include "berdua/base/buf.h"
#include "format.h"

enum { SUMMARY_MAX = 4096 };

static const char *const gap_words[GAP_COUNT] = {
    [GAP_LATER] = "later ones of the same pairs",
    [GAP_TIE] = "ties",
    [GAP_BOTH_BAD] = "both bad",
    [GAP_JUDGE] = "votes of a judge",
    [GAP_ROUTED] = "of routed turns",
    [GAP_UNANSWERED] = "without two answers",
    [GAP_HISTORY] = "whose history does not alternate",
};

static void
add_part(struct buf *out, const char **between, const char *what, int64_t n)
{
    buf_printf(out, "%s%s %lld", *between, what, (long long)n);
    *between = ", ";
}

char *
export_summary_text(const struct export_choice *choice, const struct export_summary *s)
{
    unsigned takes = choice->format->takes;
    struct buf out;
    bool flagged = false;
    buf_init(&out, SUMMARY_MAX);
    buf_printf(&out, "%lld %s exported", (long long)s->verdicts,
               s->verdicts == 1 ? "verdict" : "verdicts");
    if (s->rows != s->verdicts)
        buf_printf(&out, " in %lld rows", (long long)s->rows);
    if (s->left_out || !(takes & TAKES_TIES))
        buf_printf(&out, ", %lld left out", (long long)s->left_out);
    const char *between = ": ";
    for (int f = 0; f < FLAG_COUNT; f++) {
        flagged = flagged || s->flagged[f];
        if (s->flagged[f])
            add_part(&out, &between, verdict_flag_name((enum verdict_flag)f), s->flagged[f]);
    }
    for (int g = 0; g < GAP_COUNT; g++)
        if (s->gaps[g] || (g == GAP_TIE && !(takes & TAKES_TIES)))
            add_part(&out, &between, gap_words[g], s->gaps[g]);
    if (flagged)
        buf_append_str(&out, " (--include FLAG takes them in)");
    return buf_take(&out);
}

const char *
export_reminder(const struct export_choice *choice, const struct export_summary *s)
{
    if (!(choice->format->takes & TRAINS_ON_TEXT) || !s->claude_texts)
        return NULL;
    return "this file holds answers that Claude wrote. Read Anthropic's terms of service about "
           "training "
           "other models on them before LLAMA is trained with it";
}
