/* Rows of the memory tables, written in a transaction of the writer or of a command. Thread: the connection's. */
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
