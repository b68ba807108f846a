/* berdua report: what the evidence says. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/when.h"
#include "berdua/report/report_json.h"
#include "berdua/report/report_text.h"
#include "berdua/route/rollout.h"
#include "cmd.h"
#include "out.h"

enum { OPT_JSON, OPT_SINCE, OPT_CATEGORY, OPT_REQUIRE, OPT_COUNT };
static const struct cmd_option options[] = {[OPT_JSON] = {"json"},
                                            [OPT_SINCE] = {"since", "TIME"},
                                            [OPT_CATEGORY] = {"category", "CATEGORY"},
                                            [OPT_REQUIRE] = {"require-quality", "X"}};

struct wish {
    int64_t since_us;
    int category;    /* -1: all */
    double required; /* NAN: nothing */
};

static int
read_wish(const struct cmd_args *a, struct wish *w)
{
    const char *since = a->values[OPT_SINCE], *category = a->values[OPT_CATEGORY],
               *required = a->values[OPT_REQUIRE];
    char *end = NULL;
    *w = (struct wish){.since_us = INT64_MIN, .category = -1, .required = NAN};
    if (since && !when_parse(since, clock_wall_us(), &w->since_us))
        return cmd_usage("report", "--since \"%s\" is no time: 2026-01-31, yesterday", since);
    if (category && (w->category = category_parse(category)) < 0)
        return cmd_usage("report", "no category \"%s\"", category);
    if (required)
        w->required = strtod(required, &end);
    if (required && (end == required || *end || !(w->required >= 0 && w->required <= 1)))
        return cmd_usage("report", "--require-quality takes a number from 0 to 1, not \"%s\"",
                         required);
    return 0;
}

static int
check_report(const struct cmd_args *a)
{
    struct wish w;
    return read_wish(a, &w);
}

static int
judge_quality(const struct report *r, const struct wish *w)
{
    const struct report_cell *c = w->category < 0 ? &r->overall : &r->categories[w->category];
    if (isnan(w->required) || c->quality.score >= w->required)
        return EXIT_DONE;
    if (isnan(c->quality.score))
        out_say("berdua: quality is not known: there are no verdicts; %g is required\n",
                w->required);
    else
        out_say("berdua: quality is %.3f, below the required %g\n", c->quality.score, w->required);
    return EXIT_THRESHOLD;
}

static int
given_words(const struct cmd_args *a, const char *words[2 * OPT_COUNT + 1])
{
    static const char *const names[OPT_COUNT] = {"--json", "--since", "--category",
                                                 "--require-quality"};
    int n = 0;
    words[n++] = "report";
    for (int i = 0; i < OPT_COUNT; i++) {
        if (a->values[i])
            words[n++] = names[i];
        if (a->values[i] && *a->values[i])
            words[n++] = a->values[i];
    }
    return n;
}

static int
work_report(const struct cmd_args *a, struct err *err)
{
    struct wish w;
    struct report r;
    if (read_wish(a, &w))
        return EXIT_USAGE;
    if (!report_read(&r, a->store, w.since_us, rollout_limits(a->config).min_verdicts, err))
        return EXIT_FAILED;
    if (a->values[OPT_JSON]) {
        const char *words[2 * OPT_COUNT + 1];
        struct report_made made = {clock_wall_us(), words, given_words(a, words)};
        out_json(stdout, report_to_json(&r, &made));
    } else {
        struct buf text;
        buf_init(&text, 1 << 20);
        report_to_text(&r, w.category, &text);
        out_block(text.p, text.len);
        buf_finish(&text);
    }
    int code = judge_quality(&r, &w);
    report_clear(&r);
    return code;
}

const struct command command_report = {
    .name = "report",
    CMD_TABLE(option, options),
    .help = "what the verdicts say: who is better at what, how sure that is, and what it cost",
    .check = check_report,
    .work = work_report,
    .stored = true,
};
