#include <string.h>

#include "berdua/base/json.h"
#include "providers.h"
#include "request.h"

/* ---- the prompt, and how much of it the server keeps ----
 * A cache_control mark says that the prompt up to there is worth keeping for some minutes. Reading it again costs a tenth,
 * writing it a quarter more, so only what is sent again is marked: the system prompt, and, once the conversation goes on,
 * the last message. The aside comes after the mark, as it is another one in each turn.
 * From a mark the server looks back over 20 blocks for what was marked before. A model that is asked rarely has been left
 * further behind: messages before the last are marked, too, so that the three marks together look back over 55 blocks. */

enum { BYTES_PER_TOKEN = 3, MARKED_MESSAGES = 3, MARK_EVERY = 18 };

/* A shorter prompt is not kept (platform.claude.com, prompt caching: by model). */
static size_t
least_kept_tokens(const char *model)
{
    return strstr(model, "haiku-4-5") ? 4096 : strstr(model, "-5-5") ? 512 : 1024;
}

static bool
worth_keeping(const struct call_spec *spec, size_t bytes)
{
    return spec->conf->cache == CACHE_AUTO &&
           bytes / BYTES_PER_TOKEN >= least_kept_tokens(spec->model->id);
}

static struct json *
text_block(const char *text, bool keep)
{
    struct json *block = json_object();
    json_add_str(block, "type", "text");
    json_add_str(block, "text", text);
    if (keep) {
        struct json *mark = json_object();
        json_add_str(mark, "type", "ephemeral");
        json_add(block, "cache_control", mark);
    }
    return block;
}

static void
add_system(struct json *root, const struct call_spec *spec)
{
    const char *system = spec->prompt.system;
    if (!system || !*system)
        return;
    struct json *blocks = json_array();
    json_push(blocks, text_block(system, worth_keeping(spec, strlen(system))));
    json_add(root, "system", blocks);
}

static bool
marked(const struct call_spec *spec, size_t message)
{
    size_t back = spec->prompt.count - 1 - message;
    return message > 0 && back % MARK_EVERY == 0 && back / MARK_EVERY < MARKED_MESSAGES;
}

static void
add_format(struct json *root, const struct call_spec *spec)
{
    struct json *schema = request_schema(spec);
    if (!schema)
        return;
    struct json *format = json_object(), *config = json_object();
    json_add_str(format, "type", "json_schema");
    json_add(format, "schema", schema);
    json_add(config, "format", format);
    json_add(root, "output_config", config);
}

static void
add_own_fields(struct json *root, const struct call_spec *spec)
{
    add_system(root, spec);
    add_format(root, spec);
}

static struct json *
make_messages(const struct call_spec *spec)
{
    const struct prompt *p = &spec->prompt;
    struct json *list = json_array();
    size_t bytes = p->system ? strlen(p->system) : 0;
    for (size_t i = 0; i < p->count; i++) {
        bool last = i + 1 == p->count;
        struct json *m = json_object(), *content = json_array();
        bytes += strlen(p->messages[i].text);
        json_push(content,
                  text_block(p->messages[i].text, marked(spec, i) && worth_keeping(spec, bytes)));
        if (last && p->aside)
            json_push(content, text_block(p->aside, false));
        json_add_str(m, "role", p->messages[i].assistant ? "assistant" : "user");
        json_add(m, "content", content);
        json_push(list, m);
    }
    return list;
}

const struct brain_ops brain_anthropic = {
    .provider = PROVIDER_ANTHROPIC,
    .path = "/v1/messages",
    .messages = make_messages,
    .add_fields = add_own_fields,
    .probe_path = "/v1/models?limit=1000",
    .check = request_check_models,
};
