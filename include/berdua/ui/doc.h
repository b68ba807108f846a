/* The content of a page over the conversation: headings, text, figures with their names. Put together by
 * whoever knows it, in any thread, and given to the screen, which lays it out for its width. Every text may
 * hold anything: it is made harmless when it is shown. Owner: whoever holds it. */
#ifndef BERDUA_UI_DOC_H
#define BERDUA_UI_DOC_H

#include "berdua/conf/theme.h"

#include <stddef.h>

struct doc;

enum doc_kind {
    DOC_HEADING,
    DOC_TEXT,    /* a paragraph */
    DOC_REMARK,  /* the same, of less weight */
    DOC_ROW,     /* "label   value"; a long value goes on beneath itself */
    DOC_WARNING, /* something that went wrong or is no good news, beneath a label, which may be "" */
    DOC_BLANK,
    DOC_CELLS,
    DOC_WORD,
    DOC_PICTURE,
    DOC_ITEM
};

struct doc *doc_create(void);
void doc_destroy(struct doc **d);
/* label NULL: none. */
void doc_add(struct doc *d, enum doc_kind kind, const char *label, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
#define doc_heading(d, text)       doc_add(d, DOC_HEADING, NULL, "%s", text)
#define doc_remark(d, ...)         doc_add(d, DOC_REMARK, NULL, __VA_ARGS__)
#define doc_row(d, label, ...)     doc_add(d, DOC_ROW, label, __VA_ARGS__)
#define doc_warning(d, label, ...) doc_add(d, DOC_WARNING, label, __VA_ARGS__)
void doc_text(struct doc *d, const char *text, size_t n);
void doc_blank(struct doc *d);
/* A table: the widths of its columns but the last one, 0 ends; then its rows. NULL cells are blank. */
enum { DOC_COLUMNS = 4 };
void doc_columns(struct doc *d, const int *widths);
void doc_cells(struct doc *d, const enum ink *inks, const char *const *cells, int count);
/* A paragraph word by word, each with its ink; anything else ends it. */
void doc_word(struct doc *d, enum ink ink, const char *word, size_t n);

/* A row with a picture between a label and notes. Rows that follow one another share their columns; what does not fit of the
 * notes is left out from the last on, but where the screen is narrow all stand beneath. */
enum doc_picture_kind {
    PICTURE_INTERVAL, /* low, value, high and mark on a line from 0 to 1 with a dot at one half */
    PICTURE_SCALE,    /* what that line means: 0, ½, 1; the notes are heads of their columns */
    PICTURE_AMOUNT,   /* value, a share of 1, as a bar */
    PICTURE_LINE      /* values as columns side by side; value: their top, NAN: the greatest */
};
enum { DOC_NOTES = 7 };
struct doc_picture {
    enum doc_picture_kind kind;
    enum ink ink; /* of the picture and its first note */
    const char *label;
    double low, value, high, mark; /* NAN: none */
    const double *values;
    size_t count;
    const char *notes[DOC_NOTES]; /* the most important first; NULL: none */
};
void doc_picture(struct doc *d, const struct doc_picture *p);

/* An entry that can be chosen: what it is known by, then a time or the like, its name, and what is said of it. */
void doc_item(struct doc *d, const char *key, const char *when, const char *label,
              const char *detail);
/* All that follows is no part of the page: it is shown beside the entry of that key while this is marked. */
void doc_preview(struct doc *d, const char *key);

/* The doc as lines of plain text, made harmless, this wide. */
struct buf;
void doc_print(const struct doc *d, int cols, struct buf *out);

#endif
