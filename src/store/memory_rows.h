/* What the lane and a handle of its own both do with the queue of analyses. Thread: the handle's. */
#ifndef BERDUA_STORE_MEMORY_ROWS_H
#define BERDUA_STORE_MEMORY_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "berdua/store/memory_store.h"

struct db;
struct connection;

struct memory_store {
    struct connection *handle;
    struct writer *writer; /* NULL: it writes itself */
};

#endif
