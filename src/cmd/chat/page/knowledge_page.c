/* What the knowledge base says to a message. */
#include "page_source.h"

#include <stdio.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/knowledge/knowledge.h"

enum { LOOK_UP_US = 3000000, INSIGHTS_SHOWN = 8 };

static void
found_rows(struct doc *d, const struct insights *found)
{
    bool chroma = found->source == KNOWLEDGE_CHROMA;
    doc_row(d, "source", "%s%s%s", chroma ? "Chroma" : "built-in look-up",
            found->embedding ? ", embedding " : "", found->embedding ? found->embedding : "");
    if (found->why_not_chroma)
        doc_warning(d, "not Chroma", "%s", found->why_not_chroma);
    doc_row(d, "took", "%.1f ms", (double)found->took_us / US_PER_MS);
    if (found->count == 0)
        doc_remark(d, "Nothing in the knowledge base fits.");
    for (size_t i = 0; i < found->count; i++) {
        const struct insight *in = &found->v[i];
        char score[16];
        snprintf(score, sizeof score, "%.2f", in->score);
        doc_blank(d);
        doc_row(d, score, "%s (%s)", in->topic, in->id);
        doc_row(d, "", "%s", in->text);
    }
}

static void
knowledge_load(struct doc *d, const struct page_source *s)
{
    struct err err = {0};
    struct insights found;
    if (!s->about) {
        doc_remark(d, "No message yet. Try /knowledge TEXT");
        return;
    }
    struct knowledge *k = knowledge_open_reading(s->config, s->keyring, &err);
    struct knowledge_query query = {.text = s->about,
                                    .text_len = strlen(s->about),
                                    .limit = INSIGHTS_SHOWN,
                                    .deadline_us = clock_us() + LOOK_UP_US,
                                    .cancel = s->cancel};
    doc_row(d, "asked", "%s", s->about);
    if (k && knowledge_search(k, &query, &found, &err)) {
        found_rows(d, &found);
        insights_finish(&found);
    } else {
        doc_warning(d, "failed", "%s", err.text);
    }
    knowledge_close(&k);
}

const struct page_ops page_knowledge = {
    .title = "Knowledge", .plain = true, .of_message = true, .load = knowledge_load};
