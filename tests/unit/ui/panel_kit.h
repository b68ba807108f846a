/* An answer and its panel, for tests of src/ui/panel. */
#ifndef TESTS_UNIT_PANEL_KIT_H
#define TESTS_UNIT_PANEL_KIT_H

#include "unit/unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "ui/panel/panel_parts.h"
#include "ui/text/words.h"

struct scene {
    struct turn *turn;
    struct ui_facts facts;
    struct panel panel;
    struct panel_view view;
};

static inline int
setup(void **state)
{
    struct scene *s = xcalloc(1, sizeof *s);
    s->turn = turn_create("halo");
    s->turn->asked[BRAIN_CLAUDE] = s->turn->asked[BRAIN_LLAMA] = true;
    struct answer *a = &s->turn->answers[BRAIN_CLAUDE];
    a->model = xstrdup("claude-haiku");
    a->phase = PHASE_STREAMING;
    a->started_us = 1000000;
    a->times.connect_us = 12000;
    a->times.ttft_us = 212000;
    buf_append_str(&a->text, "Tidak apa-apa, Kak, silakan bertanya.");
    for (int b = 0; b < BRAIN_COUNT; b++)
        s->facts.brain[b].p50_us = s->facts.brain[b].p95_us = UNKNOWN;
    s->facts.cost.month_usd = s->facts.cost.cap_usd = NAN;
    s->view = (struct panel_view){.turn = s->turn,
                                  .last = true,
                                  .facts = &s->facts,
                                  .glyphs = &glyphs_unicode,
                                  .now_us = 2310000};
    *state = s;
    return 0;
}

static inline int
teardown(void **state)
{
    struct scene *s = *state;
    panel_finish(&s->panel);
    turn_destroy(&s->turn);
    free(s);
    return 0;
}

static inline const char *
row_with(struct scene *s, const char *part)
{
    for (int i = 0; i < s->panel.count; i++)
        if (strstr(s->panel.lines[i].text.p, part))
            return s->panel.lines[i].text.p;
    return NULL;
}

static inline void
make_full(struct scene *s)
{
    struct turn *t = s->turn;
    t->mode = MODE_FULL;
    t->kind.category = CATEGORY_EMOTIONAL;
    t->kind.language = LANGUAGE_ID;
    t->kind.weights[CATEGORY_EMOTIONAL] = .87;
    t->route.rule = xstrdup("emotional");
    t->route.brain = BRAIN_CLAUDE;
    t->route.percent = 25;
    t->route.bucket = 6617;
    t->route.fallback = BRAIN_NONE;
    t->at_wall_us = 5000000;
    t->context.wanted = t->context.asked = true;
    t->context.grace_ms = 200;
    t->answers[BRAIN_LLAMA].role = ROLE_SHADOW;
    s->view.reveal_key = "Alt-s";
    s->view.wall_us = 5120000;
}

#define PANEL_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

#endif
