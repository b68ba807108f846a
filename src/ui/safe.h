/* Model output, server errors and pasted text are hostile. This makes them harmless for a terminal:
 * C0 and C1 controls, ESC, DEL become visible stand-ins (U+2400 pictures, or <9B> for C1); bidi
 * overrides and isolates, zero-width and tag characters, soft hyphens and other default-ignorables are
 * removed or shown as <202E>; invalid bytes become U+FFFD; TAB becomes spaces by the caller; LF stays.
 * ZWJ and variation selectors survive inside an emoji cluster. Thread: any. */
#ifndef BERDUA_UI_SAFE_H
#define BERDUA_UI_SAFE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

enum safe_class { SAFE_KEEP, SAFE_PICTURE, SAFE_DROP };
enum safe_class safe_classify(uint32_t cp);
/* Appends the harmless form of p; one_line turns LF and TAB into a space. */
bool safe_text(struct buf *out, const char *p, size_t n, bool one_line);

#endif
