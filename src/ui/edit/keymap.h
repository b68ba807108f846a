/* Which key does what in which focus: the default keys, and the user's. Thread: main. */
#ifndef BERDUA_UI_KEYMAP_H
#define BERDUA_UI_KEYMAP_H

#include "berdua/conf/config.h"
#include "berdua/ui/action.h"

#include <stddef.h>

struct err;

enum focus { FOCUS_COMPOSE, FOCUS_BROWSE, FOCUS_COUNT };

struct keymap;
/* A key is one key ("A-1") or a sequence ("C-x C-e"), names as in input.h; sequences work in the compose
 * focus only, through editor_use_keymap. In the compose focus the owner asks editor_wants first.
 * Default keys plus the user's. A bad key or action name is an error naming keys.FOCUS."KEY". */
struct keymap *keymap_create(const struct config *config, struct err *err);
void keymap_destroy(struct keymap **k);
/* ACT_NONE when the key is not bound in this focus (compose: it goes to the editor). */
enum action keymap_lookup(const struct keymap *k, enum focus focus, const char *key_name);
/* All keys bound to it in this focus, joined by ", ", into out (may be ""). */
void keymap_keys_for(const struct keymap *k, enum focus focus, enum action a, char *out,
                     size_t cap);
/* The bytes of the i-th key sequence and its action; 0 past the last. */
enum { KEYMAP_SEQUENCE_BYTES = 24 };
size_t keymap_sequence(const struct keymap *k, size_t i, char bytes[KEYMAP_SEQUENCE_BYTES],
                       enum action *a);
/* Reports what the user's keys take away, in one text each: an action is left without a key, a sequence or a character can
 * no longer be typed; and each key that is bound twice. */
void keymap_clashes(const struct keymap *k, const struct config *config,
                    void (*add)(void *arg, const char *text), void *arg);
/* The text of a key or of joined keys for people: "Alt-1", "Ctrl-X Ctrl-E", "F1". */
void keymap_spell(const char *key, char *out, size_t cap);

#endif
