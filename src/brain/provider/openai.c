
#include "berdua/base/json.h"
#include "providers.h"
#include "request.h"

static void
add_stream_options(struct json *root, const struct call_spec *spec)
{
    (void)spec;
    struct json *options = json_object();
    json_add_bool(options, "include_usage", true);
    json_add(root, "stream_options", options);
}

const struct brain_ops brain_openai = {
    .provider = PROVIDER_OPENAI,
    .path = "/v1/chat/completions",
    .messages = request_messages,
    .add_fields = add_stream_options,
    .probe_path = "/v1/models",
    .check = request_check_models,
};
