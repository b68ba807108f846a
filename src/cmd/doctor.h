/* What doctor finds; its parts are doctor.c (the command), doctor_brain.c (the brains and their servers) and
 * doctor_place.c (this machine). Private to cmd. Thread: main. */
#ifndef BERDUA_CMD_DOCTOR_H
#define BERDUA_CMD_DOCTOR_H

#include <stdbool.h>
#include <stddef.h>

#include "berdua/chat/terms.h"

struct config;
struct http;
struct keyring;

struct finding {
    /* "config", "store", "budget", "terminal", "libcurl", "claude", "llama", "embeddings", "chroma", "local" */
    char *what;
    bool ok;
    char *text;
    char *remedy; /* NULL: none needed */
};

struct findings {
    struct finding *v;
    size_t count;
};

void finding_add(struct findings *f, const char *what, bool ok, char *take_text, char *take_remedy);

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
