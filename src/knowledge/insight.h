/* One insight as data: what is accepted, and its form as a line of JSON and in the shipped file.
 * Thread: any; nothing here keeps state. */
#ifndef BERDUA_KNOWLEDGE_INSIGHT_H
#define BERDUA_KNOWLEDGE_INSIGHT_H

#include "berdua/knowledge/knowledge.h"

enum {
    INSIGHT_MAX_ID = 64,
    INSIGHT_MAX_TOPIC = 200,
    INSIGHT_MAX_TEXT = 8000,
    INSIGHT_MAX_TAGS = 4000,
    INSIGHT_MAX_TONE = 100
};

/* false with a reason that names the field. id may be NULL. */
bool insight_check(const struct insight *i, struct err *err);
/* false with a reason; *out is empty then. */
bool insight_from_line(const char *line, size_t n, struct insight *out, struct err *err);
/* "EN, id" → "id,en"; NULL or "": all. NULL with a reason for a language unknown here. */
char *insight_languages(const char *list, struct err *err);
bool insight_speaks(const char *languages, const char *language);
/* Sorts, then drops what is past the limit or less than least_share of the best. */
void insights_keep_best(struct insights *list, size_t limit, double least_share);
/* Takes what i owns. */
void insights_push(struct insights *list, const struct insight *i);

/* The insights that came with the program, in order, until each returns false; a mistake in the file is an
 * error "FILE:LINE: reason". Fields are borrowed for the call. */
bool shipped_each(bool (*each)(void *arg, const struct insight *i), void *arg, struct err *err);
/* The same from any text; name stands for the file in errors. */
bool shipped_parse(const char *name, const char *p, size_t n,
                   bool (*each)(void *arg, const struct insight *i), void *arg, struct err *err);
enum { SHIPPED_VERSION_BYTES = 17 };
/* Changes whenever anything in the file does. */
void shipped_version(char out[SHIPPED_VERSION_BYTES]);

#endif
