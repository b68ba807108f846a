#include "berdua/brain/brain.h"

#include <assert.h>

#include "berdua/base/mem.h"
#include "providers.h"
#include "request.h"

static const struct brain_ops *const table[] = {
    [PROVIDER_ANTHROPIC] = &brain_anthropic,
    [PROVIDER_OPENAI] = &brain_openai,
    [PROVIDER_RUNPOD] = &brain_runpod,
    [PROVIDER_PLAYBACK] = &brain_playback,
};
static_assert(ARRAY_LEN(table) == PROVIDER_COUNT, "every provider has its table");

const struct brain_ops *
brain_ops_for(enum provider provider)
{
    return table[provider];
}

bool
brain_probe(const struct brain_conf *conf, struct http *http, const char *key,
            const struct model_conf *model, struct answer_error *error, struct buf *names)
{
    const struct brain_ops *ops = table[conf->provider];
    if (ops->probe)
        return ops->probe(conf, model, error, names);
    struct buf body;
    buf_init(&body, 4 << 20);
    struct http_request req = request_open(conf, "GET", ops->probe_path, key);
    bool ok = request_probe(http, &req, conf, key, &body, error) &&
              ops->check(&body, model, error, names);
    buf_finish(&body);
    return ok;
}
