/* A provider: how a request is built and how the exchange with the peer goes. One file each:
 * anthropic, openai, runpod (native queue), playback (cassettes); each ends in one const table.
 * Thread: everything here runs in a worker. */
#ifndef BERDUA_BRAIN_BRAIN_H
#define BERDUA_BRAIN_BRAIN_H

#include "berdua/brain/decoder.h"
#include "berdua/brain/prompt.h"
#include "berdua/net/http.h"

struct call_spec;
struct call_run;
struct err;

struct brain_ops {
    enum provider provider;
    /* One try. Uses call_run_* (brain/call.h) to send requests and feed the decoder; reports nothing
     * itself. Returns when the answer has ended, failed, or was cancelled. */
    void (*exchange)(struct call_run *run);
    /* Cheap question for doctor: is the peer there, is the key good, does it have the model?
     * true: yes. false: *error says what is wrong. names: models the peer offers, one a line. */
    bool (*probe)(struct http *http, const struct brain_conf *conf, const char *key,
                  const struct model_conf *model, struct answer_error *error, struct buf *names);
};

const struct brain_ops *brain_ops_for(enum provider provider);

/* "base/path" where base may already end with the path's first part ("…/v1" + "/v1/messages"). */
char *brain_url(const char *base_url, const char *path);

#endif
