/* What the verdicts say, as `berdua report` does. */
#include "page_source.h"

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/when.h"
#include "berdua/conf/config.h"
#include "berdua/route/rollout.h"
#include "berdua/store/store.h"
#include "cmd/doc/report_doc.h"

static void
report_load(struct doc *d, const struct page_source *s)
{
    struct err err = {0};
    struct report r;
    struct rollout_limits limits = rollout_limits(s->config);
    int64_t since_us = INT64_MIN;
    if (s->about && !when_parse(s->about, clock_wall_us(), &since_us)) {
        doc_warning(d, "", "/report takes a time: 2026-01-31, yesterday");
        return;
    }
    struct store *store = store_open(s->config->store_url, &err);
    if (store && s->config->demo)
        store_count_simulated(store);
    if (store && report_read(&r, store, since_us, limits.min_verdicts, &err)) {
        report_doc(d, &r, &limits, -1);
        report_clear(&r);
    } else {
        doc_warning(d, "failed", "%s", err.text);
    }
    store_close(&store);
}

const struct page_ops page_report = {
    .title = "What the verdicts say", .prints = true, .numbered = true, .load = report_load};
