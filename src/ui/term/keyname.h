/* Names of keys, shared by the input decoder and the keymap. Thread: any. */
#ifndef BERDUA_UI_KEYNAME_H
#define BERDUA_UI_KEYNAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KEY_SHIFT = 1, KEY_ALT = 2, KEY_CTRL = 4 }; /* as in xterm's modifier parameter minus 1 */

enum { KEY_NAME_BYTES = 24 };

/* The key's name under modifiers, canonical; base is a named key ("Up"). */
void keyname_named(char out[KEY_NAME_BYTES], unsigned mods, const char *base);
/* The name of a character under modifiers, and the bytes an old terminal sends for it (n = 0: none).
 * false for code points that are no key. */
bool keyname_char(char out[KEY_NAME_BYTES], char bytes[8], size_t *n, unsigned mods, uint32_t cp);
/* The bytes of a canonical name; false for keys that terminals spell differently ("Up"). */
bool keyname_bytes(const char *name, char bytes[8], size_t *n);

#endif
