/* Pieces of the page. Every text that somebody else wrote goes through html_text: it is escaped, and characters that would be
 * obeyed or not shown (controls, bidi) are made visible. What html_put writes is our own markup. Thread: any. */
#ifndef BERDUA_REPORT_HTML_MARKUP_H
#define BERDUA_REPORT_HTML_MARKUP_H

#include "berdua/base/buf.h"
#include "berdua/stats/mixture.h"

#include <stddef.h>
#include <stdint.h>

#define html_put  buf_append_str
#define html_putf buf_printf

void html_text(struct buf *o, const char *s);
/* The very characters, escaped. */
void html_escape(struct buf *o, const char *p, size_t n);
/* At most max_bytes of it, cut at a character, with "…". */
void html_text_cut(struct buf *o, const char *s, size_t max_bytes);

/* ---- figures as text, "–" for what does not exist ---- */

enum { HTML_FIGURE = 64 };
const char *html_percent(char out[HTML_FIGURE], double share);
/* "61–84 %" */
const char *html_range(char out[HTML_FIGURE], struct interval i);
/* "+3", of a difference of shares */
const char *html_points(char out[HTML_FIGURE], double difference);
const char *html_ms(char out[HTML_FIGURE], double ms);
const char *html_usd(char out[HTML_FIGURE], double usd);
const char *html_decimal(char out[HTML_FIGURE], double v);
const char *html_day(char out[HTML_FIGURE], int64_t at_us);

/* ---- tables, sections ---- */

/* The heads are separated by '|'; the first column names its rows. details: folded away under "Figures of this chart". */
void html_table_begin(struct buf *o, const char *caption, const char *heads, bool details);
void html_row_begin(struct buf *o, const char *name);
void html_cell(struct buf *o, const char *text);
void html_cell_int(struct buf *o, int64_t n);
void html_row_end(struct buf *o);
void html_table_end(struct buf *o, bool details);

void html_section_begin(struct buf *o, const char *id, const char *title, const char *lead);
void html_section_end(struct buf *o);
/* "What is …?", to be opened with the mouse or a key. */
void html_definition(struct buf *o, const char *term, const char *meaning);

#endif
