/* The profile in words: for Claude, and for whoever runs the program. */
#include "berdua/jiwa/profile.h"

#include "berdua/base/buf.h"
#include "berdua/base/random.h"

/* Items of a lower confidence are not passed to Claude. */
#define LEAST_CERTAIN 0.4

/* Fields in the order of their use to the reader. */
static const struct {
    enum jiwa_field field;
    const char *label; /* for Claude */
    size_t items;
} told[] = {
    {JIWA_RELATIONSHIP_PHASE, "Relationship so far", 1},
    {JIWA_TRUST_LEVEL, "Trust in us, 1 to 5", 1},
    {JIWA_EMOTIONAL_STATE, "Mood, the latest first", 3},
    {JIWA_NEXT_TIME, "Advice for this conversation", 3},
    {JIWA_UNDERLYING_NEEDS, "What they seem to need", 3},
    {JIWA_COMMUNICATION_STYLE, "How they like to talk", 3},
    {JIWA_LIFE_SITUATION, "Their situation", 4},
    {JIWA_DREAMS, "What they dream of", 3},
    {JIWA_ANXIETIES, "What worries them", 3},
    {JIWA_CULTURAL_SIGNALS, "Cultural signals", 3},
};

static const char *const headings[JIWA_FIELD_COUNT] = {
    [JIWA_EMOTIONAL_STATE] = "Emotional state, the latest first",
    [JIWA_CULTURAL_SIGNALS] = "Cultural signals",
    [JIWA_COMMUNICATION_STYLE] = "Communication style",
    [JIWA_TRUST_LEVEL] = "Trust level, 1 to 5",
    [JIWA_LIFE_SITUATION] = "Life situation",
    [JIWA_DREAMS] = "Dreams",
    [JIWA_ANXIETIES] = "Anxieties",
    [JIWA_UNDERLYING_NEEDS] = "Underlying needs",
    [JIWA_RELATIONSHIP_PHASE] = "Relationship phase",
    [JIWA_NEXT_TIME] = "Next time",
};

void
jiwa_block(const struct jiwa *profile, struct buf *out, size_t max_bytes)
{
    size_t limit = out->len + max_bytes;
    for (size_t k = 0; k < sizeof told / sizeof told[0]; k++) {
        const struct jiwa_list *l = &profile->fields[told[k].field];
        size_t n = 0;
        for (size_t i = 0; i < l->count && n < told[k].items; i++) {
            size_t before = out->len;
            if (l->v[i].removed || !(l->v[i].edited || l->v[i].confidence >= LEAST_CERTAIN))
                continue;
            bool ok = (n ? buf_append_str(out, "; ") : buf_printf(out, "%s: ", told[k].label)) &&
                      buf_append_str(out, l->v[i].value) && out->len < limit;
            if (!ok) {
                buf_truncate(out, before);
                break;
            }
            n++;
        }
        if (n)
            buf_append_char(out, '\n');
    }
}

static void
print_origin(struct buf *out, const struct jiwa_item *i)
{
    char date[32];
    jiwa_item_date(i, date);
    buf_append_str(out, i->at_us > 0 && date[0] ? date : "no date");
    if (i->edited)
        buf_append_str(out, ", edited by hand");
    else if (i->session[0])
        buf_printf(out, ", session %.*s", ID_SHOWN, i->session);
}

void
jiwa_lines(const struct jiwa *profile, const char *user, struct buf *out)
{
    if (!jiwa_count(profile)) {
        buf_printf(out, "Nothing is inferred about %s yet.\n", user);
        return;
    }
    buf_printf(out, "About %s: inferred by a small model from conversations; it may be wrong.\n",
               user);
    for (int f = 0; f < JIWA_FIELD_COUNT; f++) {
        const struct jiwa_list *l = &profile->fields[f];
        bool any = false;
        for (size_t i = 0; i < l->count; i++) {
            if (l->v[i].removed)
                continue;
            if (!any)
                buf_printf(out, "\n%s\n", headings[f]);
            any = true;
            buf_printf(out, "  %s\n", l->v[i].value);
            buf_printf(out, "    %s, confidence %.2f, ", l->v[i].edited ? "edited" : "inferred",
                       l->v[i].confidence);
            print_origin(out, &l->v[i]);
            buf_append_char(out, '\n');
            if (l->v[i].quote)
                buf_printf(out, "    \"%s\"\n", l->v[i].quote);
        }
    }
}
