#include "berdua/core/event.h"

#include <math.h>
#include <stdlib.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"

enum { EVENT_MAX_TEXT_BYTES = 64 << 20 };

struct event *
event_create(enum event_kind kind, uint32_t call, uint32_t generation)
{
    struct event *ev = xcalloc(1, sizeof *ev);
    ev->kind = kind;
    ev->call = call;
    ev->generation = generation;
    ev->at_us = clock_us();
    ev->merged = kind == EV_DELTA ? 1 : 0;
    ev->warmth = ev->cultural = NAN;
    buf_init(&ev->text, EVENT_MAX_TEXT_BYTES);
    return ev;
}

void
event_destroy(struct event **evp)
{
    struct event *ev = *evp;
    *evp = NULL;
    if (!ev)
        return;
    if (ev->data && ev->free_data)
        ev->free_data(ev->data);
    buf_finish(&ev->text);
    free(ev);
}
