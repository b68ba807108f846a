/* A brain's breaker as the store has it, for calls that no engine makes. Synchronous.
 * Thread: a worker, or a command's main. */
#ifndef BERDUA_SESSION_STORED_HEALTH_H
#define BERDUA_SESSION_STORED_HEALTH_H

#include "berdua/chat/terms.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct answer;
struct config;

/* true: it is not to be called before *until_us (wall clock), and why says so. */
bool stored_health_open(const struct config *config, enum brain_id b, int64_t *until_us, char *why,
                        size_t size);
/* Counts how a call ended. What cannot be written is only logged. */
void stored_health_report(const struct config *config, const struct answer *a);

#endif
