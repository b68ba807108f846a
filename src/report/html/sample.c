/* Some of the counted pairs, for a reader who wants to see what is behind the figures. */
#include <stdio.h>

#include "berdua/base/clock.h"
#include "html_markup.h"
#include "sections.h"

/* So that 24 pairs of three texts stay well below the page's limit, whatever is escaped. */
enum { TEXT_BYTES = 1800 };

static const char *
winner_words(enum verdict_kind k)
{
    return k == VERDICT_LLAMA    ? "LLAMA better"
           : k == VERDICT_CLAUDE ? "Claude better"
           : k == VERDICT_TIE    ? "tie"
                                 : "both bad";
}

static void
put_flags(struct buf *o, unsigned flags)
{
    const char *between = "";
    html_put(o, "<td>");
    for (int f = 0; f < FLAG_COUNT; f++) {
        if (!(flags >> f & 1))
            continue;
        html_putf(o, "%s%s", between, verdict_flag_name((enum verdict_flag)f));
        between = ", ";
    }
    html_put(o, "</td>");
}

static void
put_row(struct buf *o, const struct sample_pair *s)
{
    char when[HTML_FIGURE];
    html_row_begin(o, s->id);
    html_cell(o, clock_format(s->at_us, "%Y-%m-%d %H:%M", when, sizeof when));
    html_cell(o, winner_words(s->kind));
    html_cell(o, s->category < 0 ? "–" : category_title((enum category)s->category));
    html_cell(o, s->language < 0 ? "–" : language_title((enum language)s->language));
    html_cell(o, brain_title(s->left));
    html_cell(o, s->blind ? "yes" : "no");
    put_flags(o, s->flags);
    html_row_end(o);
}

static void
put_texts(struct buf *o, const struct sample_pair *s, size_t number)
{
    html_putf(o, "<article class=\"texts\"><h3>%zu. %s</h3><p class=\"message\">", number,
              winner_words(s->kind));
    html_text_cut(o, s->message, TEXT_BYTES);
    html_put(o, "</p><div class=\"two\">");
    for (int b = 0; b < BRAIN_COUNT; b++) {
        html_putf(o, "<div><h4 class=\"%s\">%s</h4><p>", brain_id_name((enum brain_id)b),
                  brain_title((enum brain_id)b));
        html_text_cut(o, s->answers[b], TEXT_BYTES);
        html_put(o, "</p></div>");
    }
    html_put(o, "</div></article>\n");
}

void
section_sample(struct buf *o, const struct report_page *p)
{
    const struct report_sample *s = p->sample;
    html_section_begin(o, "sample", "Some of the pairs",
                       "Drawn at random from the pairs that count, at least four of each outcome "
                       "where there are so many.");
    html_putf(o,
              "<p>Seed <code id=\"sample-seed\">%llu</code>: the same evidence gives the same "
              "pairs.%s</p>\n",
              (unsigned long long)s->seed,
              p->texts ? "" : " Their texts are left out; --texts shows them.");
    if (s->count == 0) {
        html_put(o, "<p class=\"none\">There are no pairs yet.</p>\n");
        html_section_end(o);
        return;
    }
    html_table_begin(o, "Pairs drawn",
                     "Verdict|Time|Outcome|Category|Language|Left was|Blind|Flags", false);
    for (size_t i = 0; i < s->count; i++)
        put_row(o, &s->pairs[i]);
    html_table_end(o, false);
    for (size_t i = 0; p->texts && i < s->count; i++)
        put_texts(o, &s->pairs[i], i + 1);
    html_section_end(o);
}
