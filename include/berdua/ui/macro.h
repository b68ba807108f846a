/* Macros of the configuration: `/name` stands for lines, each as if it had been typed. Pure. Thread: main. */
#ifndef BERDUA_UI_MACRO_H
#define BERDUA_UI_MACRO_H

#include <stdbool.h>
#include <stddef.h>

struct config;
struct err;

struct macro_lines {
    char **line;
    size_t count;
};

/* The lines that "/name text" stands for, macros in them too, `{}` being the text. false: it is no macro, and err is as it
 * was; or with the reason: it runs itself, or takes no text. */
bool macro_expand(const struct config *c, const char *typed, struct macro_lines *out,
                  struct err *err);
void macro_lines_finish(struct macro_lines *m);
/* Its lines in one, for a list. The caller's. */
struct macro_conf;
char *macro_words(const struct macro_conf *m);
/* Whether each has a name that can be typed and that no command has, and none runs itself. */
bool macros_good(const struct config *c, struct err *err);

#endif
