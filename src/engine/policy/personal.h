/* Could a text tell something about the person whose message it was written for? Such a text is never shared. Errs
 * on the side of yes. Pure. Thread: any. */
#ifndef BERDUA_ENGINE_PERSONAL_H
#define BERDUA_ENGINE_PERSONAL_H

#include <stdbool.h>

/* Yes: three digits or more in a row (separators do not count), '@', an address of the web, the user's name, a
 * capitalised word inside a sentence that stands in the message too, or four words in the order of the message. */
bool personal_detail(const char *text, const char *message, const char *user);

#endif
