/* A whole call, retries and polls included, against a peer that answers anything: it ends, once; its text is whole
 * characters; a failure has a kind and one line that says why; the key, which the peer may echo, is in nothing that
 * comes out; and no answer changes where a request goes. The first byte chooses provider and limits. */
#include "peer.h"

#include <math.h>

#include "berdua/base/json.h"
#include "berdua/base/utf8.h"
#include "berdua/brain/call.h"

static const char base[] = "http://127.0.0.1:1/v2/ep";
static const char key[] = "sk-0123456789-abcdef";

struct outcome {
    struct buf text;
    int done;
};

static void
check_request(const struct http_request *req)
{
    size_t n = sizeof base - 1;
    assert(strncmp(req->url, base, n) == 0 && req->url[n] == '/');
    assert(
        strspn(req->url + n, "/-_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") ==
        strlen(req->url + n));
    if (req->body) {
        struct json *body = json_parse(req->body, req->body_len, NULL);
        assert(json_is_object(body));
        json_free(body);
    }
}

static void
check_line(const char *s)
{
    size_t n = strlen(s);
    assert(utf8_valid(s, n) && !strstr(s, key));
    for (size_t i = 0; i < n; i++)
        assert((unsigned char)s[i] >= 0x20 && s[i] != 0x7f);
}

static void
check_result(const struct call_result *r)
{
    bool failed = r->status == STATUS_FAILED || r->status == STATUS_TIMEOUT;
    assert(r->status != STATUS_RUNNING && r->status != STATUS_INTERRUPTED);
    assert(failed == (r->error.kind != ERR_NONE) && failed == (r->error.message != NULL));
    if (failed)
        check_line(r->error.message);
    if (r->error.request_id)
        check_line(r->error.request_id);
    assert(!r->model || utf8_valid(r->model, strlen(r->model)));
    assert(!r->stop_reason || utf8_valid(r->stop_reason, strlen(r->stop_reason)));
    assert(r->times.total_us >= 0 && r->times.stall_us >= 0);
    assert(r->times.ttft_us >= UNKNOWN && r->times.ttft_us <= fuzz_now_us);
    assert(r->usage.input >= UNKNOWN && r->usage.output >= UNKNOWN);
    assert(r->usage.thinking >= UNKNOWN);
    assert(r->retries >= 0 && r->retries <= 2);
}

static void
take(void *arg, struct call_event *ev)
{
    struct outcome *o = arg;
    assert(!o->done && ev->call == 7);
    assert(utf8_valid(ev->text.p, ev->text.len) && !memchr(ev->text.p, 0, ev->text.len));
    if (ev->kind == CALL_DELTA)
        buf_append(&o->text, ev->text.p, ev->text.len);
    else
        check_line(ev->text.p);
    if (ev->kind == CALL_RETRY)
        assert(ev->num >= 0 && ev->num <= 60000);
    if (ev->kind != CALL_DONE)
        return;
    o->done++;
    check_result(ev->result);
    call_result_destroy(&ev->result);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum provider providers[] = {PROVIDER_RUNPOD, PROVIDER_RUNPOD, PROVIDER_ANTHROPIC,
                                              PROVIDER_OPENAI};
    static struct model_conf model = {.tier = (char *)"fast", .id = (char *)"m"};
    if (size < 2)
        return 0;
    setenv("FUZZ_KEY", key, 0);
    struct brain_conf conf = {.provider = providers[data[0] % 4],
                              .base_url = (char *)(uintptr_t)base,
                              .api_version = (char *)"2023-06-01",
                              .api_key.env = (char *)"FUZZ_KEY",
                              .models = &model,
                              .model_count = 1,
                              .temperature = NAN,
                              .top_p = NAN,
                              .cold_ms = 5000};
    struct call_spec *spec = xcalloc(1, sizeof *spec);
    *spec = (struct call_spec){.call = 7,
                               .brain = BRAIN_LLAMA,
                               .conf = &conf,
                               .model = &model,
                               .max_tokens = 300,
                               .temperature = NAN,
                               .top_p = NAN,
                               .limits = {2000, 20000, data[0] & 4 ? 3000 : 20000, 60000, 2},
                               .max_bytes = data[0] & 8 ? 40 : 0,
                               .seed = 1};
    prompt_add(&spec->prompt, false, "halo");
    struct http http;
    struct outcome o = {.done = 0};
    struct http_request leave;
    buf_init(&o.text, 64 << 20);
    fuzz_peer_init(&http, (const char *)data + 1, size - 1, check_request);
    int64_t began = fuzz_now_us;
    struct call_sink sink = {.arg = &o, .take = take};
    if (call_execute(&spec, &http, &sink, &leave))
        call_take_leave(&http, &leave);
    assert(o.done == 1 && !strstr(o.text.p, key) && utf8_valid(o.text.p, o.text.len));
    assert(!(data[0] & 8) || o.text.len <= 40 + 3);
    assert(fuzz_now_us - began < (int64_t)150 * US_PER_S);
    buf_finish(&o.text);
    buf_finish(&http.head);
    return 0;
}
