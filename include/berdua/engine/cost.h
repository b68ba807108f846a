/* What an answer cost: tokens times price, or seconds times rate. Pure. */
#ifndef BERDUA_ENGINE_COST_H
#define BERDUA_ENGINE_COST_H

#include "berdua/chat/answer.h"
#include "berdua/conf/config.h"

/* USD; NAN when no price is configured or the usage is unknown. Cache reads and writes are part of usage.input and are priced apart where a price is given, else as input. */
double cost_usd(const struct price_conf *price, const struct answer *a);
/* What the answer's input would have cost more without the server's cache: what reading saved less what writing added.
 * NAN: nothing was read from it, or there is no price. */
double cost_saved_usd(const struct price_conf *price, const struct answer *a);

#endif
