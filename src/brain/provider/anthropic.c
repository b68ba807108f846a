#include <stdlib.h>

#include "berdua/base/buf.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "providers.h"
#include "request.h"

/* One of x-api-key and Authorization may be sent, not both. */
static void
add_headers(struct http_request *req, const struct brain_conf *conf, const char *key)
{
    if (key)
        http_request_add_header(req, "x-api-key", key);
    http_request_add_header(req, "anthropic-version",
                            conf->api_version ? conf->api_version : "2023-06-01");
}

static void
build_messages(const struct call_spec *spec, const char *key, struct http_request *req)
{
    struct json *root = json_object();
    json_add_str(root, "model", spec->model->id);
    json_add_int(root, "max_tokens", spec->max_tokens);
    json_add_bool(root, "stream", true);
    if (spec->prompt.system && *spec->prompt.system)
        json_add_str(root, "system", spec->prompt.system);
    request_add_sampling(root, spec);
    json_add(root, "messages", request_messages(&spec->prompt, false));
    req->url = brain_url(spec->conf->base_url, "/v1/messages");
    request_take_body(req, root, spec);
    add_headers(req, spec->conf, key);
}

const struct brain_ops brain_anthropic = {
    .provider = PROVIDER_ANTHROPIC,
    .build = build_messages,
    .probe_path = "/v1/models?limit=1000",
    .add_headers = add_headers,
    .check = request_check_models,
};
