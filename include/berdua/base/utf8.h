/* UTF-8, grapheme clusters and their width in terminal columns. The only door to utf8proc.
 * Thread: any; nothing here keeps state. */
#ifndef BERDUA_BASE_UTF8_H
#define BERDUA_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* Decodes one code point of the n bytes at p. Returns its length in bytes (1..4) and sets *cp;
 * an invalid byte gives length 1 and *cp = 0xFFFD (maximal subpart practice is not needed: each bad
 * byte is one U+FFFD). Returns 0 when the bytes are a valid but incomplete beginning (or n is 0). */
size_t utf8_decode(const char *p, size_t n, uint32_t *cp);
/* Writes 1..4 bytes, returns how many. */
size_t utf8_encode(uint32_t cp, char out[4]);
/* Length of the longest prefix that does not end inside a code point: what may be shown now. */
size_t utf8_whole_prefix(const char *p, size_t n);
/* Appends p with each invalid byte as U+FFFD (an incomplete end too). */
bool utf8_repair(struct buf *out, const char *p, size_t n);
bool utf8_valid(const char *p, size_t n);
/* The text shows nothing: only spaces, controls and characters beyond ASCII without a glyph. */
bool utf8_blank(const char *p, size_t n);

/* The next grapheme cluster of valid UTF-8: its length in bytes (0 only for n == 0) and its width in
 * columns (0, 1 or 2). Width comes from one override table and utf8proc: emoji presentation is 2,
 * a regional-indicator pair is one cluster of 2, combining-only clusters are 0.
 * A joined emoji (ZWJ, skin tone), an emoji with VS16 and a keycap are one cluster of 2. A cluster that
 * would be wider than 2 ends before the code point that widens it.
 * Bytes 0x20..0x7e take a fast path. Bytes that are not valid count as U+FFFD. */
size_t utf8_cluster(const char *p, size_t n, int *width_cols);
/* Sum over the string. */
int utf8_width(const char *p, size_t n);
/* Bytes of the longest prefix of whole clusters that fits into cols columns. */
size_t utf8_fit(const char *p, size_t n, int cols);
/* The width of one code point by itself, as wcwidth would say: 0, 1 or 2. */
int utf8_cp_width(uint32_t cp);
enum utf8_kind {
    UTF8_VISIBLE,
    UTF8_EMOJI,     /* pictographic: may join by ZWJ */
    UTF8_MARK,      /* combining, no column of its own */
    UTF8_CONTROL,   /* C0, C1, U+2028, U+2029 */
    UTF8_INVISIBLE, /* bidi, zero-width, tags, selectors, fillers */
    UTF8_UNASSIGNED,
};
enum utf8_kind utf8_cp_kind(uint32_t cp);
/* Lower case for matching, NFC; appended. */
bool utf8_fold(struct buf *out, const char *p, size_t n);
/* The same for one word, into out[cap], without allocating. Returns the length, or 0 when it does not fit. */
size_t utf8_fold_word(const char *p, size_t n, char *out, size_t cap);
/* The text holds the part, whatever their case. */
bool utf8_holds(const char *text, const char *part);
/* A letter, digit, or mark of any script: what words are made of. */
bool utf8_cp_in_word(uint32_t cp);
/* A decimal digit, a blank or line break, of any script. */
bool utf8_cp_digit(uint32_t cp);
bool utf8_cp_space(uint32_t cp);
uint32_t utf8_cp_lower(uint32_t cp);
uint32_t utf8_cp_upper(uint32_t cp);

#endif
