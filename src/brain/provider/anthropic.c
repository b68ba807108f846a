
#include "berdua/base/json.h"
#include "providers.h"
#include "request.h"

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
    .check = request_check_models,
};
