/* What is expected of the answers to a message: words they hold, a pattern, a language, a length; and of the message, its
 * category. Pure. Thread: any; one expectation belongs to one thread. */
#ifndef BERDUA_EVAL_EXPECTATION_H
#define BERDUA_EVAL_EXPECTATION_H

#include <stdbool.h>
#include <stddef.h>

struct err;
struct expectation;
struct json;
struct measure;
struct turn;
struct answer;

enum expect_kind {
    EXPECT_CONTAINS,
    EXPECT_REGEX,
    EXPECT_LANGUAGE,
    EXPECT_CATEGORY,
    EXPECT_MAX_WORDS,
    EXPECT_COUNT
};
/* The key of a row's `expect`. */
const char *expect_kind_name(enum expect_kind k);

/* {"contains": TEXT or [TEXT, …], "regex": likewise (POSIX extended), "language": id|en|it, "category": NAME,
 * "max_words": N}. NULL and a reason: it is something else. */
struct expectation *expectation_parse(const struct json *o, struct err *err);
void expectation_destroy(struct expectation **e);
bool expectation_has(const struct expectation *e, enum expect_kind k);
/* a: an answer of t with text. EXPECT_CATEGORY looks at the message alone. */
bool expectation_met(const struct expectation *e, enum expect_kind k, const struct measure *m,
                     const struct turn *t, const struct answer *a);

#endif
