/* The meaning of one complete sequence ESC [ … or ESC O … from the terminal. Pure; used by the input
 * decoder only. Thread: any. */
#ifndef BERDUA_UI_CSI_H
#define BERDUA_UI_CSI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum csi_meaning {
    CSI_KEY,  /* base and mods; base NULL: a sequence without a name */
    CSI_CHAR, /* cp and mods, from CSI u or modifyOtherKeys */
    CSI_MOUSE,
    CSI_FOCUS,
    CSI_REPLY,
    CSI_PASTE_BEGIN,
    CSI_X10_MOUSE, /* three bytes follow */
    CSI_NOTHING,   /* a key's release, a stray end of a paste */
};

struct input_event;

struct csi {
    const char *base;
    unsigned mods;
    uint32_t cp;
};

/* ev gets what a mouse or focus report says. p: from the first ESC (there may be two) to the final byte. */
enum csi_meaning csi_read(struct csi *out, struct input_event *ev, const char *p, size_t n);
/* Can c follow ESC and the opener in an answer of the terminal? If not, a person pressed Alt and then c. */
bool csi_opens_string(char opener, unsigned char c);

#endif
