/* A text cut into its sentences; a line ends one, too. Pure. Thread: any. */
#ifndef BERDUA_UI_SENTENCES_H
#define BERDUA_UI_SENTENCES_H

#include <stddef.h>

struct sentence {
    const char *p; /* borrowed from the text, without blanks around it; NULL: none */
    size_t n;
};

struct sentences {
    struct sentence *v;
    size_t count;
};

/* *s is new. Of a very long text the rest is one sentence. */
void sentences_cut(struct sentences *s, const char *p, size_t n);
void sentences_finish(struct sentences *s);

#endif
