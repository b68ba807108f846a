/* berdua report: what the evidence says. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/path.h"
#include "berdua/base/random.h"
#include "berdua/conf/config.h"
#include "berdua/report/report_html.h"
#include "berdua/route/rollout.h"
#include "cmd.h"
#include "out.h"
#include "values.h"
#include "cmd/doc/report_doc.h"

enum { OPT_JSON, OPT_HTML, OPT_TEXTS, OPT_SINCE, OPT_CATEGORY, OPT_REQUIRE, OPT_COUNT };
static const struct cmd_option options[] = {
    [OPT_JSON] = {"json", .help = "one JSON document"},
    [OPT_HTML] = {"html", "FILE", .help = "a page with charts, into this file"},
    [OPT_TEXTS] = {"texts", .help = "in the page, the texts of the sample"},
    [OPT_SINCE] = {"since", "TIME", .help = "only verdicts since then"},
    [OPT_CATEGORY] = {"category", "CATEGORY", .help = "only this category"},
    [OPT_REQUIRE] = {"require-quality", "X", .help = "exit status 6 below this quality"}};

struct wish {
    int64_t since_us;
    int category;    /* -1: all */
    double required; /* NAN: nothing */
};

static int
read_wish(const struct cmd_args *a, struct wish *w)
{
    const char *required = a->values[OPT_REQUIRE];
    char *end = NULL;
    if (a->values[OPT_JSON] && a->values[OPT_HTML])
        return cmd_usage("report", "--json prints, --html FILE writes a page: one of them");
    if (a->values[OPT_HTML] && !*a->values[OPT_HTML])
        return cmd_usage("report", "--html needs the name of a file");
    if (a->values[OPT_TEXTS] && !a->values[OPT_HTML])
        return cmd_usage("report", "--texts is of --html FILE");
    *w = (struct wish){.since_us = INT64_MIN, .category = -1, .required = NAN};
    int code = value_time(&command_report, a, OPT_SINCE, &w->since_us);
    code = code ? code : value_word(&command_report, a, OPT_CATEGORY, category_parse, &w->category);
    if (code)
        return code;
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
    static const char *const names[OPT_COUNT] = {
        [OPT_JSON] = "--json",         [OPT_HTML] = "--html",
        [OPT_TEXTS] = "--texts",       [OPT_SINCE] = "--since",
        [OPT_CATEGORY] = "--category", [OPT_REQUIRE] = "--require-quality"};
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

static bool
write_page(const struct cmd_args *a, const struct report *r, const struct report_made *made,
           struct err *err)
{
    struct report_sample sample;
    struct rollout_limits limits = rollout_limits(a->config);
    struct report_page page = {.report = r,
                               .made = made,
                               .sample = &sample,
                               .limits = &limits,
                               .texts = a->values[OPT_TEXTS] != NULL};
    /* The same evidence gives the same pairs. */
    uint64_t seed = hash_bytes(&r->flow.counted, sizeof r->flow.counted, (uint64_t)r->since_us);
    if (!report_sample_read(&sample, a->store, r->since_us, seed, page.texts, err))
        return false;
    struct buf out;
    buf_init(&out, SIZE_MAX);
    bool ok = report_to_html(&page, &out, err);
    ok = ok && path_write_atomic(a->values[OPT_HTML], out.p, out.len, err);
    buf_finish(&out);
    report_sample_clear(&sample);
    if (ok && !a->globals->quiet)
        out_say("berdua: the report is in %s\n", a->values[OPT_HTML]);
    return ok;
}

static bool
show_report(const struct cmd_args *a, const struct report *r, int category, struct err *err)
{
    const char *words[2 * OPT_COUNT + 1];
    struct report_made made = {clock_wall_us(), a->config->hash, words, given_words(a, words)};
    if (a->values[OPT_HTML])
        return write_page(a, r, &made, err);
    if (a->values[OPT_JSON]) {
        out_json(stdout, report_to_json(r, &made));
        return true;
    }
    struct rollout_limits limits = rollout_limits(a->config);
    struct doc *d = doc_create();
    report_doc(d, r, &limits, category);
    out_doc(d);
    doc_destroy(&d);
    return true;
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
    bool ok = show_report(a, &r, w.category, err);
    int code = ok ? judge_quality(&r, &w) : EXIT_FAILED;
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
