#include <stdlib.h>

#include "berdua/base/buf.h"
#include "berdua/base/json.h"
#include "providers.h"
#include "request.h"

static void
build_completion(const struct call_spec *spec, const char *key, struct http_request *req)
{
    struct json *options = json_object();
    json_add_bool(options, "include_usage", true);
    struct json *root = json_object();
    json_add_str(root, "model", spec->model->id);
    json_add_int(root, "max_tokens", spec->max_tokens);
    json_add_bool(root, "stream", true);
    json_add(root, "stream_options", options);
    request_add_sampling(root, spec);
    json_add(root, "messages", request_messages(&spec->prompt, true));
    req->url = brain_url(spec->conf->base_url, "/v1/chat/completions");
    request_take_body(req, root, spec);
    request_add_bearer(req, spec->conf, key);
}

const struct brain_ops brain_openai = {
    .provider = PROVIDER_OPENAI,
    .build = build_completion,
    .probe_path = "/v1/models",
    .add_headers = request_add_bearer,
    .check = request_check_models,
};
