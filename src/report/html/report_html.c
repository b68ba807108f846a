#include "berdua/report/report_html.h"

#include <stdio.h>

#include "berdua/base/clock.h"
#include "berdua/base/embedded.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/safe.h"
#include "berdua/base/sha256.h"
#include "html_markup.h"
#include "sections.h"

static const struct {
    const char *id, *title;
    void (*put)(struct buf *o, const struct report_page *p);
} sections[] = {
    {"glance", "At a glance", section_glance},  {"leads", "Who is better", section_leads},
    {"quality", "Next step", section_quality},  {"time", "Over time", section_time},
    {"flow", "Evidence", section_flow},         {"raters", "Trust", section_raters},
    {"judge", "Judge", section_judge},          {"brains", "Time and cost", section_brains},
    {"expected", "Expected", section_expected}, {"sample", "Pairs", section_sample},
};

static void
put_head(struct buf *o, const char *made)
{
    html_putf(
        o,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<meta name=\"generator\" content=\"berdua %s\">\n<title>berdua report, %s</title>\n"
        "<style>\n%s</style>\n</head>\n",
        BERDUA_VERSION, made, embedded_text("src/report/html/page.css"));
}

static void
put_notices(struct buf *o, const struct report *r)
{
    if (r->flagged[FLAG_SIMULATED])
        html_putf(
            o,
            "<p class=\"notice simulated\"><strong>SIMULATED</strong> %lld of the verdicts are "
            "about recorded answers of the demo. They are left out of every rate.</p>\n",
            (long long)r->flagged[FLAG_SIMULATED]);
    if (r->flow.counted > 0)
        return;
    html_put(o, "<div class=\"notice\"><p><strong>No verdicts yet.</strong> ");
    html_put(o, r->since_us == INT64_MIN
                    ? "Nothing can be said about the two brains until somebody has compared them."
                    : "In this period nobody has compared the two brains.");
    html_put(o,
             "</p><ul><li>Run <code>berdua</code>, send a message and mark the better answer with "
             "Alt-1 to Alt-4.</li><li>Run <code>berdua --blind</code> to compare without names."
             "</li><li>Take a colleague's verdicts in with <code>berdua sessions merge FILE</code>."
             "</li></ul></div>\n");
}

static void
put_top(struct buf *o, const struct report_page *p, const char *made)
{
    const struct report *r = p->report;
    char since[HTML_FIGURE], flow[REPORT_WORDS];
    html_put(o, "<body>\n<a class=\"skip\" href=\"#main\">To the figures</a>\n<header>"
                "<p class=\"brand\">berdua</p><h1>What the verdicts say</h1>\n");
    if (r->since_us == INT64_MIN)
        html_put(o, "<p class=\"lead\">Claude and LLAMA side by side: everything that is stored");
    else
        html_putf(o, "<p class=\"lead\">Claude and LLAMA side by side since %s",
                  html_day(since, r->since_us));
    html_putf(o, ", as of %s. %s; %lld count%s.</p>\n", made, report_say_flow(r, flow),
              (long long)r->flow.counted, r->flow.counted == 1 ? "s" : "");
    put_notices(o, r);
    html_put(o, "</header>\n<nav aria-label=\"Sections\"><ul>");
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        html_putf(o, "<li><a href=\"#%s\">%s</a></li>", sections[i].id, sections[i].title);
    html_put(o, "</ul></nav>\n<main id=\"main\">\n");
}

/* What every figure above was made from, to be checked by its digest. */
static bool
put_json(struct buf *o, const struct report_page *p)
{
    struct json *doc = report_to_json(p->report, p->made);
    struct buf line, safe;
    char digest[SHA256_HEX + 1];
    buf_init(&line, REPORT_HTML_MOST);
    buf_init(&safe, REPORT_HTML_MOST);
    bool ok = json_print(doc, &line) && safe_json(&safe, line.p, line.len);
    sha256_hex(safe.p, safe.len, digest);
    html_section_begin(o, "data", "The same figures for programs",
                       "As <code>berdua report --json</code> prints them.");
    html_putf(o,
              "<p>SHA-256 of the text below: <code id=\"report-sha256\">%s</code></p>\n"
              "<details class=\"data\"><summary>Show the report as JSON</summary>"
              "<pre id=\"report-json\" tabindex=\"0\">",
              digest);
    html_escape(o, safe.p, safe.len);
    html_put(o, "</pre></details>\n");
    html_section_end(o);
    buf_finish(&line);
    buf_finish(&safe);
    json_free(doc);
    return ok;
}

static void
put_bottom(struct buf *o, const struct report_page *p, const char *made)
{
    html_putf(o, "</main>\n<footer><p>Made %s by berdua %s with <code>", made, BERDUA_VERSION);
    for (int i = 0; i < p->made->word_count; i++) {
        html_put(o, i ? " " : "berdua ");
        html_text(o, p->made->words[i]);
    }
    html_put(o, "</code>. Scores: rules ");
    html_text(o, p->report->score_rules ? p->report->score_rules : "–");
    html_put(o, ", heuristic. Intervals and bounds hold with 95 % however often one looks. "
                "This page loads nothing and runs no script.</p></footer>\n</body>\n</html>\n");
}

bool
report_to_html(const struct report_page *p, struct buf *out, struct err *err)
{
    char made[HTML_FIGURE];
    clock_format(p->made->at_us, "%Y-%m-%d %H:%M", made, sizeof made);
    put_head(out, made);
    put_top(out, p, made);
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        sections[i].put(out, p);
    bool ok = put_json(out, p);
    put_bottom(out, p, made);
    return (ok && out->len <= REPORT_HTML_MOST) ||
           err_set(err, "the page would be larger than %d bytes%s", REPORT_HTML_MOST,
                   p->texts ? "; without --texts it is smaller" : "");
}
