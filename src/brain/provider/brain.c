#include "berdua/brain/brain.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

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
    struct http_request req = {.url = brain_url(conf->base_url, ops->probe_path)};
    ops->add_headers(&req, conf, key);
    bool ok = request_probe(http, &req, conf, key, &body, error) &&
              ops->check(&body, model, error, names);
    buf_finish(&body);
    return ok;
}

/* Is the n bytes at s a version of an interface: "v1", "v1beta", "v4"? */
static bool
is_version(const char *s, size_t n)
{
    return n >= 2 && s[0] == 'v' && isdigit((unsigned char)s[1]);
}

char *
brain_url(const char *base_url, const char *path)
{
    size_t n = strlen(base_url);
    while (n && base_url[n - 1] == '/')
        n--;
    size_t last = n;
    while (last && base_url[last - 1] != '/')
        last--;
    const char *rest = strchr(path + 1, '/');
    size_t first = rest ? (size_t)(rest - path - 1) : strlen(path + 1);
    if (is_version(path + 1, first) && is_version(base_url + last, n - last))
        path = rest ? rest : "";
    return xasprintf("%.*s%s", (int)n, base_url, path);
}
