/* What doctor finds, in the order in which it was looked for; printed as lines or as JSON. Thread: main. */
#ifndef BERDUA_CMD_DOCTOR_FINDINGS_H
#define BERDUA_CMD_DOCTOR_FINDINGS_H

#include <stdbool.h>
#include <stddef.h>

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
bool findings_good(const struct findings *f);
void findings_print(const struct findings *f);
void findings_print_json(const struct findings *f);
void findings_finish(struct findings *f);

#endif
