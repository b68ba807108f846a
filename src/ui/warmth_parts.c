#include "warmth_parts.h"

#include <stdio.h>
#include <string.h>

#include "berdua/measure/measure.h"

/* Measuring takes .1 µs a byte: 20 ms. */
enum { LONGEST_BYTES = 200000 };

static bool
is_measurable(const struct turn *t, enum brain_id b, const struct measure *m)
{
    const struct answer *a = &t->answers[b];
    return t->asked[b] && !t->blind.masked && !turn_hides(t, b) && a->status != STATUS_RUNNING &&
           a->words > 0 && a->text.len <= LONGEST_BYTES && a->score_rules &&
           strcmp(a->score_rules, measure_rules(m)) == 0;
}

static void
measure_parts(const struct turn *t, const struct answer *a, const struct measure *m,
              struct panel_parts *out)
{
    struct scorer *s = scorer_create(m, t->message, strlen(t->message));
    struct scores got;
    scorer_feed(s, a->text.p, a->text.len);
    scorer_get(s, &got);
    scorer_destroy(&s);
    *out = (struct panel_parts){.known = true,
                                .of = {[PART_POLITE] = got.polite,
                                       [PART_EMPATHIC] = got.empathic,
                                       [PART_AFFECTIONATE] = got.affectionate,
                                       [PART_CONSIDERATE] = got.considerate}};
}

void
warmth_parts_look(struct warmth_parts *w, const struct turn *t, const struct measure *m,
                  struct panel_parts out[BRAIN_COUNT])
{
    for (int b = 0; b < BRAIN_COUNT; b++) {
        out[b] = (struct panel_parts){.known = false};
        if (!t || !m || !is_measurable(t, (enum brain_id)b, m))
            continue;
        const struct answer *a = &t->answers[b];
        if (strcmp(w->of[b].answer, a->id) != 0 || w->of[b].revision != a->revision ||
            !w->of[b].parts.known) {
            measure_parts(t, a, m, &w->of[b].parts);
            snprintf(w->of[b].answer, sizeof w->of[b].answer, "%s", a->id);
            w->of[b].revision = a->revision;
        }
        out[b] = w->of[b].parts;
    }
}
