/* What doctor looks at: the brains and their servers (doctor_brain.c), and this machine (doctor_place.c). Thread: main. */
#ifndef BERDUA_CMD_DOCTOR_CHECKS_H
#define BERDUA_CMD_DOCTOR_CHECKS_H

#include "berdua/chat/terms.h"

struct config;
struct findings;
struct http;
struct keyring;

/* Asks the brain for one token, just as `ask` would call it, and so says of it what `ask` will meet. http NULL: nobody
 * is asked. */
void doctor_check_brain(struct findings *f, struct http *http, struct keyring *keyring,
                        const struct config *config, enum brain_id id);
/* Servers on the usual ports of this machine, with the lines of configuration for each. */
void doctor_look_around(struct findings *f, struct http *http, const struct config *config);
void doctor_check_store(struct findings *f, const struct config *config);
void doctor_check_budget(struct findings *f, const struct config *config);
void doctor_check_terminal(struct findings *f);
void doctor_check_libcurl(struct findings *f);

#endif
