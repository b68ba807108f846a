/* Answers that nobody writes any more. Thread: the connection's. */
#ifndef BERDUA_STORE_RECOVER_H
#define BERDUA_STORE_RECOVER_H

#include <stdbool.h>

struct db;
struct err;

/* Every answer in state running whose owner is dead becomes interrupted, with the text that arrived.
 * Answers of living instances are left alone. */
bool recover_dead(struct db *db, const char *self, struct err *err);
/* The same for this instance's own, when it ends. */
bool recover_own(struct db *db, const char *self, struct err *err);

#endif
