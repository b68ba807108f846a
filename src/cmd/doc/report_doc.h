/* The report as a page of a terminal: for `berdua report`, the chat's page and text mode. Thread: any. */
#ifndef BERDUA_CMD_REPORT_DOC_H
#define BERDUA_CMD_REPORT_DOC_H

#include "berdua/report/report.h"
#include "berdua/ui/doc.h"

struct rollout_limits;

/* category: of the cells only this one; -1: all. */
void report_doc(struct doc *d, const struct report *r, const struct rollout_limits *limits,
                int category);

/* How a figure is written: ".74", "–" for what does not exist. */
enum { DOC_FIGURE = 48 };
const char *doc_share(char out[DOC_FIGURE], double share);
/* "310 ms", "1.75 s" */
const char *doc_ms(char out[DOC_FIGURE], double ms);
/* How many verdicts are still needed is an estimate: "~33 more", "~4600 more". */
const char *doc_more(char out[DOC_FIGURE], int64_t needed);
const char *doc_lead(enum lead lead);

#endif
