/* Key sequences ("C-x C-e") and what they do: as bytes, and as readline's bindings spell them. Pure. Thread: any. */
#ifndef BERDUA_UI_SEQUENCE_H
#define BERDUA_UI_SEQUENCE_H

#include "berdua/ui/action.h"

#include <stddef.h>

enum { MAX_SEQUENCES = 32, MAX_SEQUENCE_BYTES = 32 };

struct sequence {
    char bytes[MAX_SEQUENCE_BYTES];
    size_t n;
    char written[4 * MAX_SEQUENCE_BYTES + 1];
    enum action action;
};

struct sequences {
    struct sequence list[MAX_SEQUENCES];
    size_t count;
};

/* The one that was added; NULL when a key of it has no bytes of its own, or there are too many. */
const struct sequence *sequences_add(struct sequences *s, const char *names, enum action a);
/* ACT_NONE when these bytes are no sequence. */
enum action sequences_find(const struct sequences *s, const char *bytes, size_t n);

#endif
