#include "sitting_words.h"

#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "berdua/chat/sight.h"

char *
words_nothing_left(const struct review_opts *o, bool began)
{
    static const char *const first[REVIEW_DRAW_COUNT] = {
        [REVIEW_REPEAT] = "You have judged no pair that could be repeated; judge some first:"
                          " berdua review",
        [REVIEW_DISPUTE] = "There is no pair about which two others differ.",
    };
    if (began)
        return xstrdup("No pair is left. Every pair that could be drawn was in sight.");
    if (first[o->draw])
        return xstrdup(first[o->draw]);
    return xasprintf(
        "There is no pair to judge%s%s. Pairs are made by a chat that shows both answers"
        " (berdua), or come from a colleague: berdua sessions merge FILE",
        o->category < 0 ? "" : " of the category ",
        o->category < 0 ? "" : category_name((enum category)o->category));
}

char *
words_saved(const struct shown *s, enum verdict_kind kind)
{
    static const char *const by_side[VERDICT_KIND_COUNT] = {
        [VERDICT_CLAUDE] = "A better",      [VERDICT_LLAMA] = "B better", [VERDICT_TIE] = "tie",
        [VERDICT_BOTH_BAD] = "both bad",    [VERDICT_UNDO] = "withdrawn", [VERDICT_NOTE] = "note",
        [VERDICT_DETAIL] = "what was asked"};
    const char *words = by_side[turn_unmask_kind(s->conversation->turns[0], kind)];
    return xstrdup(words ? words : verdict_kind_name(kind));
}

char *
words_earlier(const struct shown *s, int64_t at_us)
{
    enum { QUOTED = 30 };
    char when[32];
    if (!s)
        return xstrdup("there is no verdict of this sitting to undo, nor one of an earlier");
    const char *message = s->conversation->turns[0]->message;
    size_t n = strlen(message), kept = n > QUOTED ? utf8_whole_prefix(message, QUOTED) : n;
    return xasprintf("no verdict of this sitting: u again withdraws that of %s, \"%.*s%s\"",
                     clock_format(at_us, "%m-%d %H:%M", when, sizeof when), (int)kept, message,
                     kept < n ? "…" : "");
}
