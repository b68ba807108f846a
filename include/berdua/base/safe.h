/* Model output, server errors and pasted text are hostile. This makes them harmless for a terminal:
 * C0 controls and DEL become pictures (U+2400..), C1, bidi embeddings, overrides and isolates and the
 * separators U+2028/9 become <9B>, <202E>; zero-width and tag characters, soft hyphens and other
 * default-ignorables are removed; invalid bytes become U+FFFD; more than SAFE_MARKS_MAX combining marks
 * on one base are dropped; a mark without a base gets U+25CC. CR before LF is removed; LF stays; TAB
 * becomes spaces by the caller. Thread: any. */
#ifndef BERDUA_BASE_SAFE_H
#define BERDUA_BASE_SAFE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

enum { SAFE_MARKS_MAX = 8 };

enum safe_class { SAFE_KEEP, SAFE_PICTURE, SAFE_DROP };
/* Judges the code point alone, without its neighbours: a ZWJ is SAFE_DROP. */
enum safe_class safe_classify(uint32_t cp);
/* Appends the harmless form of p; one_line turns LF and TAB into a space. ZWJ, skin tones and variation
 * selectors survive inside an emoji cluster. false when out is full, which is then unchanged. */
bool safe_text(struct buf *out, const char *p, size_t n, bool one_line);
/* The same JSON document (valid UTF-8), each character that would be obeyed or not shown as \uXXXX. false when out is full,
 * which is then unchanged. */
bool safe_json(struct buf *out, const char *p, size_t n);

/* safe_text piece by piece, for a caller that marks the stand-ins. */
struct safe {
    /* Emoji sequences are reduced to code points whose own widths add up to what is seen, because
     * terminals disagree about the rest: no ZWJ (the parts stand side by side), no selectors, no skin
     * tones; unassigned code points become U+FFFD. */
    bool for_cells;
    /* private: what the last code point was; zero at the start */
    uint32_t prev;
    int marks;
    bool emoji;
};
struct safe_piece {
    const char *p; /* into the source, or into store; empty when something was dropped */
    size_t n;
    size_t used; /* bytes of the source it stands for */
    bool stand_in;
    char store[16];
};
/* The next piece of the n > 0 bytes at p: either a run of harmless bytes (LF and TAB among them) or one
 * stand-in. Call again at p + used; each byte of an incomplete end is U+FFFD. */
void safe_next(struct safe *s, const char *p, size_t n, struct safe_piece *piece);

#endif
