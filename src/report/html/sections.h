/* The sections of the page, in its order. Each stands whether or not there is evidence, and says what is missing. */
#ifndef BERDUA_REPORT_SECTIONS_H
#define BERDUA_REPORT_SECTIONS_H

#include "berdua/report/report_html.h"

struct buf;

const char *category_title(enum category c);
const char *language_title(enum language l);

void section_glance(struct buf *o, const struct report_page *p);
void section_leads(struct buf *o, const struct report_page *p);
void section_quality(struct buf *o, const struct report_page *p);
void section_time(struct buf *o, const struct report_page *p);
void section_flow(struct buf *o, const struct report_page *p);
void section_raters(struct buf *o, const struct report_page *p);
void section_judge(struct buf *o, const struct report_page *p);
void section_brains(struct buf *o, const struct report_page *p);
void section_expected(struct buf *o, const struct report_page *p);
void section_sample(struct buf *o, const struct report_page *p);

#endif
