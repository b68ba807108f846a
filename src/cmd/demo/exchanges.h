/* The demo's exchanges, as src/demo/exchanges.txt has them: what can be asked, and what is answered. The first
 * DEMO_MENU of them are offered by number. Pure. Owner: the caller. Thread: any. */
#ifndef BERDUA_CMD_EXCHANGES_H
#define BERDUA_CMD_EXCHANGES_H

#include "berdua/chat/terms.h"

#include <stdbool.h>
#include <stddef.h>

enum { DEMO_MENU = 5 };

struct demo_side {
    char *text; /* never NULL */
    long first_ms, status;
    double rate; /* tokens a second */
};

struct demo_exchange {
    char *message;
    int category, language; /* -1: not known */
    struct demo_side sides[BRAIN_COUNT];
    char *analysis; /* what LLAMA makes of a person who says this; NULL: nothing */
};

struct demo_exchanges {
    struct demo_exchange *all;
    size_t count;
};

void demo_exchanges_read(struct demo_exchanges *x, const char *text);
void demo_exchanges_finish(struct demo_exchanges *x);
/* One word for the menu: the category, the language where it is Italian, "a failure". */
const char *demo_exchange_label(const struct demo_exchange *x);

#endif
