/* The report as one page (schemas.md, `--html FILE`): self-contained, no script, nothing is loaded. Thread: any. */
#ifndef BERDUA_REPORT_REPORT_HTML_H
#define BERDUA_REPORT_REPORT_HTML_H

#include "berdua/report/report_json.h"
#include "berdua/report/report_sample.h"

struct buf;
struct err;
struct rollout_limits;

enum { REPORT_HTML_MOST = 1000000 }; /* bytes */

struct report_page {
    const struct report *report;
    const struct report_made *made;
    const struct report_sample *sample;
    const struct rollout_limits *limits;
    bool texts; /* the sample has them */
};
/* false: it would be longer than REPORT_HTML_MOST. out has no cap of its own. */
bool report_to_html(const struct report_page *p, struct buf *out, struct err *err);

#endif
