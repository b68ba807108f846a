#include "berdua/net/endpoint.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "berdua/base/mem.h"

/* What a pasted address may end with. */
static const char *const endings[] = {"/chat/completions", "/completions", "/messages",
                                      "/responses",        "/embeddings",  "/models",
                                      "/runsync",          "/run"};
/* Routes of a server's own, beside which it has the API. */
static const char *const own_routes[] = {"/api/chat", "/api/generate", "/api/tags", "/completion",
                                         "/generate", "/health",       "/props"};

static bool
is_version(const char *s, size_t n)
{
    return n >= 2 && s[0] == 'v' && isdigit((unsigned char)s[1]);
}

/* Where the last part of the n bytes begins, behind its slash. */
static size_t
last_part(const char *s, size_t n)
{
    while (n && s[n - 1] != '/')
        n--;
    return n;
}

static bool
ends_with_version(const char *s, size_t n)
{
    size_t at = last_part(s, n);
    if (n - at == 6 && at && strncmp(s + at, "openai", 6) == 0) { /* …/v1beta/openai */
        n = at - 1;
        at = last_part(s, n);
    }
    return is_version(s + at, n - at);
}

static size_t
ending_len(const char *s, size_t n, const char *const *ends, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(ends[i]);
        if (n > len && strncmp(s + n - len, ends[i], len) == 0)
            return len;
    }
    return 0;
}

/* Azure's addresses have the version in the query. */
static bool
is_deployment(const char *s, size_t n)
{
    const char *at = strstr(s, "/openai/deployments/");
    return at && at < s + n;
}

char *
endpoint_url(const char *base, const char *path)
{
    size_t n = strcspn(base, "?#");
    const char *query = base[n] == '?' && base[n + 1] ? base + n : "";
    while (n && base[n - 1] == '/')
        n--;
    const char *rest = strchr(path + 1, '/');
    size_t first = rest ? (size_t)(rest - path - 1) : strlen(path + 1);
    bool versioned = is_version(path + 1, first);
    const char *tail = versioned ? rest ? rest : "" : path; /* of path, without its version */
    n -= ending_len(base, n, own_routes, ARRAY_LEN(own_routes));
    size_t pasted = ending_len(base, n, endings, ARRAY_LEN(endings));
    n -= pasted;
    if (versioned && (pasted || ends_with_version(base, n) || is_deployment(base, n)))
        path = tail;
    bool joined = *query && strchr(path, '?');
    return xasprintf("%.*s%s%s%s", (int)n, base, path, joined ? "&" : "",
                     joined ? query + 1 : query);
}
