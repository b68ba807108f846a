/* A cheap question to a brain's server, for doctor. Thread: any that may block. */
#ifndef BERDUA_BRAIN_BRAIN_H
#define BERDUA_BRAIN_BRAIN_H

#include "berdua/chat/answer.h"
#include "berdua/conf/brain_conf.h"

struct buf;
struct http;

/* Is the peer there, is the key good, does it have the model? true: yes. false: *error says what is wrong.
 * names: models the peer offers, one a line; may be NULL. http may be NULL for playback. */
bool brain_probe(const struct brain_conf *conf, struct http *http, const char *key,
                 const struct model_conf *model, struct answer_error *error, struct buf *names);

#endif
