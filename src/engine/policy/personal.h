/* Whether a text may hold something personal about the author of a message; such a text is never shared with others. In
 * doubt: yes. Pure. Thread: any. */
#ifndef BERDUA_ENGINE_PERSONAL_H
#define BERDUA_ENGINE_PERSONAL_H

#include <stdbool.h>

/* true: the text has three digits or more in a row (separators do not count), '@', an address of the web, the user's name, a
 * capitalised word inside a sentence that stands in the message too, or four words in the order of the message. */
bool personal_detail(const char *text, const char *message, const char *user);

#endif
