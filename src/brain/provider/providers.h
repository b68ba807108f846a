/* A provider: how a request is built and how the exchange with the peer goes. One file each: anthropic, openai,
 * runpod (native queue), tape/playback (cassettes); each ends in one const table.
 * Thread: everything here runs in a worker. */
#ifndef BERDUA_BRAIN_PROVIDERS_H
#define BERDUA_BRAIN_PROVIDERS_H

#include "berdua/brain/brain.h"

struct call_run;
struct call_spec;
struct json;

struct brain_ops {
    enum provider provider;
    /* Where a streamed answer is asked for (NULL: the provider has an exchange of its own), the messages of the
     * request, and the fields that only this provider has. */
    const char *path;
    struct json *(*messages)(const struct call_spec *spec);
    void (*add_fields)(struct json *root, const struct call_spec *spec);
    /* One try of several requests, or of none, by the functions of brain/call_run.h. Returns when the answer
     * has ended, failed, or was cancelled. */
    void (*exchange)(struct call_run *run);
    /* See brain_probe: what is asked by GET, and how the answer is judged. */
    const char *probe_path;
    bool (*check)(const struct buf *body, const struct model_conf *model,
                  struct answer_error *error, struct buf *names);
    /* Instead of these: a provider that asks no server. */
    bool (*probe)(const struct brain_conf *conf, const struct model_conf *model,
                  struct answer_error *error, struct buf *names);
};

const struct brain_ops *brain_ops_for(enum provider provider);

extern const struct brain_ops brain_anthropic, brain_openai, brain_runpod, brain_playback;

#endif
