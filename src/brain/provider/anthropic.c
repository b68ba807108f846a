
#include "berdua/base/json.h"
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
add_system(struct json *root, const struct prompt *prompt)
{
    if (prompt->system && *prompt->system)
        json_add_str(root, "system", prompt->system);
}

const struct brain_ops brain_anthropic = {
    .provider = PROVIDER_ANTHROPIC,
    .path = "/v1/messages",
    .add_fields = add_system,
    .probe_path = "/v1/models?limit=1000",
    .add_headers = add_headers,
    .check = request_check_models,
};
