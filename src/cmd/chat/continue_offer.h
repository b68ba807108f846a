/* `--continue` where the user has no session to go on with. Thread: main, before there is a screen. */
#ifndef BERDUA_CMD_CHAT_CONTINUE_OFFER_H
#define BERDUA_CMD_CHAT_CONTINUE_OFFER_H

#include "berdua/conf/config.h"

#include <stdbool.h>

/* Says whose session is the newest. ask: a person sits there and is asked whether to go on with it. Returns its user,
 * new, when the answer is yes, else NULL. */
char *continue_offer(const struct config *config, bool ask);

#endif
