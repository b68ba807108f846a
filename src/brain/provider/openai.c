
#include "berdua/base/json.h"
#include "providers.h"
#include "request.h"

static void
add_own_fields(struct json *root, const struct call_spec *spec)
{
    struct json *options = json_object(), *schema = request_schema(spec);
    json_add_bool(options, "include_usage", true);
    json_add(root, "stream_options", options);
    if (!schema)
        return;
    struct json *format = json_object(), *named = json_object();
    json_add_str(named, "name", "reply");
    json_add_bool(named, "strict", true);
    json_add(named, "schema", schema);
    json_add_str(format, "type", "json_schema");
    json_add(format, "json_schema", named);
    json_add(root, "response_format", format);
}

const struct brain_ops brain_openai = {
    .provider = PROVIDER_OPENAI,
    .path = "/v1/chat/completions",
    .messages = request_messages,
    .add_fields = add_own_fields,
    .probe_path = "/v1/models",
    .check = request_check_models,
};
