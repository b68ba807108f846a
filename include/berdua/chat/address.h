/* Whom a message is for, when it begins with "@claude", "@llama" or "@both" and a blank. With one more @ before it, it is
 * text: "@@claude" is sent as "@claude". Pure. Thread: any. */
#ifndef BERDUA_CHAT_ADDRESS_H
#define BERDUA_CHAT_ADDRESS_H

#include <stdbool.h>

/* What is sent: the rest behind such a name, which sets *brains; else the text, without the further @. Borrowed. */
const char *address_strip(const char *message, unsigned *brains);
/* Whether the message as it stands would be sent as another text. */
bool address_changes(const char *message);

#endif
