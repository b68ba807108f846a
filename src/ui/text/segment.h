/* Where Markdown may be cut into segments that are laid out by themselves, so that only the last one is
 * made again while text arrives. A cut is decided by the bytes before it and the first bytes after it,
 * never taken back, and the same whatever chunks the text came in. Private to flow. Thread: main. */
#ifndef BERDUA_UI_SEGMENT_H
#define BERDUA_UI_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>

/* Long lists and paragraphs are cut at a line that begins unindented once they are this long. */
enum { SEGMENT_SOFT_MAX_BYTES = 16 * 1024 };

struct segmenter {
    size_t begin;    /* of the open segment */
    size_t line;     /* of the first line not yet whole */
    size_t searched; /* no LF in [line, searched) */
    bool after_blank;
    bool asked; /* whether to cut before this line has been answered: no */
    bool list;  /* a list marker was seen in this segment */
    char fence; /* '`' or '~' inside a fence of the top level, else 0 */
    size_t fence_len;
};

struct cut {
    size_t begin; /* of the segment that ends */
    size_t at;    /* where it ends and the next begins */
    bool gap;     /* an empty row belongs between them */
};

/* Reads on in the n bytes of text so far; true: *cut is the end of the open segment, call again.
 * false: all is read, the open segment reaches n. Blank lines in front of a segment are skipped. */
bool segment_next(struct segmenter *s, const char *text, size_t n, struct cut *cut);

/* A line that opens a fence: its indent, character, length; false: it does not. The line is whole
 * unless it is the last; an unfinished line counts as what it is so far. */
struct fence {
    size_t indent, len;
    char c;
};
bool segment_opens_fence(const char *line, size_t n, struct fence *fence);
/* Behind a fence: how long the first word is, which names a language; 0 when it is too long to be shown, or has other
 * characters than such names. */
size_t segment_language(const char *word, size_t n);
bool segment_closes_fence(const char *line, size_t n, char c, size_t len);

#endif
