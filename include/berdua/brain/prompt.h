/* What a brain is asked: plain data, built by the engine from history. Owner: the call. */
#ifndef BERDUA_BRAIN_PROMPT_H
#define BERDUA_BRAIN_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

struct prompt_message {
    bool assistant; /* else user */
    char *text;
};

/* Roles alternate, the first and the last message are the user's. */
struct prompt {
    char *system; /* NULL or "": none */
    struct prompt_message *messages;
    size_t count;
    /* Background to the last message, told with it; NULL: none. All before that message is sent again, unchanged, with the
     * next one, so that a peer can keep it in a cache. */
    char *aside;
    bool truncated; /* older turns were left out */
};

void prompt_finish(struct prompt *p);
/* Copies text. */
void prompt_add(struct prompt *p, bool assistant, const char *text);

#endif
