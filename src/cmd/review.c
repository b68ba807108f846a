/* berdua review: stored pairs again, blind, one rater at a time. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/base/random.h"
#include "berdua/conf/conf.h"
#include "berdua/ui/terminal.h"
#include "cmd.h"
#include "out.h"
#include "review/review_ways.h"
#include "values.h"

enum { OPT_DRAW, OPT_CATEGORY, OPT_SINCE, OPT_RATER, OPT_TARGET, OPT_SEED, OPT_DEMO, OPT_LINEAR };

static const struct cmd_option options[] = {
    [OPT_DRAW] = {"draw", "mix|random|active|repeat|dispute", .help = "which pairs come"},
    [OPT_CATEGORY] = {"category", "CATEGORY", .help = "only pairs of this category"},
    [OPT_SINCE] = {"since", "TIME", .help = "only messages since then"},
    [OPT_RATER] = {"rater", "NAME", .help = "who judges"},
    [OPT_TARGET] = {"target", "N", .help = "end after so many verdicts"},
    [OPT_SEED] = {"seed", "N", .help = "draw the same pairs and sides again"},
    [OPT_DEMO] = {"demo", .help = "the pairs of the demo's database"},
    [OPT_LINEAR] = {"linear", .help = "no screen"},
};

enum { TARGET_MOST = 1000000 };

static int
read_wish(const struct cmd_args *a, struct review_opts *o)
{
    const char *const *v = a->values;
    int64_t seed = 0;
    *o = (struct review_opts){.draw = REVIEW_MIX, .category = -1, .since_us = INT64_MIN};
    int draw = v[OPT_DRAW] ? review_draw_parse(v[OPT_DRAW]) : REVIEW_MIX;
    if (draw < 0)
        return cmd_usage("review",
                         "--draw takes mix, random, active, repeat or dispute, not \"%s\"",
                         v[OPT_DRAW]);
    o->draw = (enum review_draw)draw;
    const struct command *own = &command_review;
    int code = value_word(own, a, OPT_CATEGORY, category_parse, &o->category);
    code = code ? code : value_time(own, a, OPT_SINCE, &o->since_us);
    code = code ? code : value_number(own, a, OPT_TARGET, 1, TARGET_MOST, &o->target);
    code = code ? code : value_number(own, a, OPT_SEED, 0, INT64_MAX, &seed);
    if (code)
        return code;
    if (v[OPT_RATER] && !*v[OPT_RATER])
        return cmd_usage("review", "--rater needs a name");
    o->seed = (uint64_t)seed;
    if (!v[OPT_SEED])
        random_fill(&o->seed, sizeof o->seed);
    return 0;
}

static int
check_review(const struct cmd_args *a)
{
    struct review_opts o;
    return read_wish(a, &o);
}

static int
run_review(const struct globals *g, const struct cmd_args *a)
{
    const char *const *v = a->values;
    struct err err = {0};
    struct review_opts o;
    struct conf_flags flags = {.file = g->config_file, .db = g->db, .rater = v[OPT_RATER]};
    if (read_wish(a, &o))
        return EXIT_USAGE;
    struct conf *conf = v[OPT_DEMO] ? conf_demo(&flags, &err) : conf_load(&flags, &err);
    if (!conf) {
        out_say("%s\n", err.text);
        return EXIT_CONFIG;
    }
    o.config = conf_get(conf);
    o.rater = config_rater(o.config);
    o.simulated = v[OPT_DEMO] != NULL;
    const struct ui_terminal driven = ui_terminal();
    bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    if (terminal && !driven.described && !v[OPT_LINEAR] && !g->quiet)
        out_say("berdua: %s, so the review is linear; for a screen: %s\n", driven.why,
                driven.remedy);
    int code;
    if (v[OPT_LINEAR] || !terminal || !driven.described) {
        code = review_linear(o.config, g, &o);
    } else {
        cmd_open_log(g);
        code = review_screen(o.config, g, &o);
    }
    log_close();
    conf_destroy(&conf);
    return code;
}

const struct command command_review = {
    .name = "review",
    CMD_TABLE(option, options),
    .help = "stored pairs again, blind: keys judge, names are shown at the end",
    .check = check_review,
    .run = run_review,
};
