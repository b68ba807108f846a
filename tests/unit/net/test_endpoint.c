#include "unit/unit.h"

#include <stdlib.h>

#include "berdua/base/mem.h"
#include "berdua/net/endpoint.h"

static void
an_address_is_taken_in_every_form_it_is_pasted_in(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"https://a.b", "/v1/messages", "https://a.b/v1/messages"},
        {"https://a.b/", "/v1/messages", "https://a.b/v1/messages"},
        {"https://a.b/v1", "/v1/messages", "https://a.b/v1/messages"},
        {"https://a.b/v1/", "/v1/messages", "https://a.b/v1/messages"},
        {"https://a.b/api", "/v1/chat/completions", "https://a.b/api/v1/chat/completions"},
        {"https://a.b/api/v4", "/v1/chat/completions", "https://a.b/api/v4/chat/completions"},
        {"https://a.b/v1beta/openai/", "/v1/models", "https://a.b/v1beta/openai/models"},
        {"https://a.b/v2/abc", "/run", "https://a.b/v2/abc/run"},
        {"https://a.b/v2/abc/run", "/run", "https://a.b/v2/abc/run"},
        {"https://a.b/v2/abc/runsync", "/status/7", "https://a.b/v2/abc/status/7"},
        {"https://a.b/v2/abc/openai", "/v1/models", "https://a.b/v2/abc/openai/v1/models"},
        {"https://a.b/v2/abc/openai/v1", "/v1/models", "https://a.b/v2/abc/openai/v1/models"},
        {"https://a.b/vienna", "/v1/models", "https://a.b/vienna/v1/models"},
        {"https://a.b/v1/messages", "/v1/messages", "https://a.b/v1/messages"},
        {"https://a.b/v1/messages/", "/v1/messages", "https://a.b/v1/messages"},
        {"https://a.b/v1/messages", "/v1/models?limit=9", "https://a.b/v1/models?limit=9"},
        {"https://a.b/x/chat/completions", "/v1/chat/completions",
         "https://a.b/x/chat/completions"},
        {"https://a.b/v1/embeddings", "/v1/embeddings", "https://a.b/v1/embeddings"},
        {"https://a.b/x/chat/completions?api-version=2024-06-01", "/v1/chat/completions",
         "https://a.b/x/chat/completions?api-version=2024-06-01"},
        {"https://a.b/v1/?q=1/", "/v1/models", "https://a.b/v1/models?q=1/"},
        {"https://a.b?q=1", "/v1/models?limit=9", "https://a.b/v1/models?limit=9&q=1"},
        {"https://a.b/v1?", "/v1/models", "https://a.b/v1/models"},
        {"https://a.b/api/chat", "/v1/chat/completions", "https://a.b/v1/chat/completions"},
        {"https://a.b/x/api/tags/", "/v1/models", "https://a.b/x/v1/models"},
        {"https://a.b/completion", "/v1/chat/completions", "https://a.b/v1/chat/completions"},
        {"https://a.b/health", "/v1/messages", "https://a.b/v1/messages"},
        {"https://a.b/v1/health", "/v1/models", "https://a.b/v1/models"},
        {"https://a.b/v2/abc/health", "/run", "https://a.b/v2/abc/run"},
        {"https://a.b/openai/deployments/g?api-version=1", "/v1/chat/completions",
         "https://a.b/openai/deployments/g/chat/completions?api-version=1"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char *url = endpoint_url(cases[i][0], cases[i][1]);
        assert_string_equal(url, cases[i][2]);
        free(url);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_is_taken_in_every_form_it_is_pasted_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
