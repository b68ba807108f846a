#include "proxy.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { ENTRY_MOST = 256 };

static const char *
proxy_variable(const char *lower, const char *upper)
{
    const char *value = getenv(lower);
    if (!value || !*value)
        value = upper ? getenv(upper) : NULL;
    return value && *value ? value : NULL;
}

/* An address as bytes; 4 or 16 of them, 0: the text is a name. */
static int
address_bytes(const char *text, unsigned char out[16])
{
    if (inet_pton(AF_INET, text, out) == 1)
        return 4;
    return inet_pton(AF_INET6, text, out) == 1 ? 16 : 0;
}

static bool
block_holds(const char *address, const char *bits_text, const char *host)
{
    unsigned char net[16], at[16];
    char *end = NULL;
    int n = address_bytes(address, net);
    long bits = bits_text ? strtol(bits_text, &end, 10) : 8L * n;
    if (n == 0 || address_bytes(host, at) != n || (bits_text && (end == bits_text || *end)) ||
        bits < 0 || bits > 8L * n)
        return false;
    size_t whole = (size_t)bits / 8;
    unsigned char mask = (unsigned char)(0xff00 >> (bits % 8));
    return memcmp(net, at, whole) == 0 && (bits % 8 == 0 || ((net[whole] ^ at[whole]) & mask) == 0);
}

static bool
name_covers(const char *name, const char *host)
{
    name += *name == '*';
    name += *name == '.';
    size_t n = strlen(name), have = strlen(host);
    n -= n && name[n - 1] == '.';
    have -= have && host[have - 1] == '.';
    return n && n <= have && strncasecmp(host + have - n, name, n) == 0 &&
           (n == have || host[have - n - 1] == '.');
}

/* Takes ":PORT" off the entry; false: it is another port. */
static bool
port_fits(char *entry, int port)
{
    char *colon = strrchr(entry, ':');
    bool bare_v6 = entry[0] != '[' && colon && strchr(entry, ':') != colon;
    if (!colon || bare_v6 || (entry[0] == '[' && colon[-1] != ']'))
        return true;
    *colon = 0;
    return strtol(colon + 1, NULL, 10) == port;
}

static bool
entry_covers(char *entry, const char *host, int port)
{
    if (strcmp(entry, "*") == 0)
        return true;
    if (!port_fits(entry, port))
        return false;
    char *close = entry[0] == '[' ? strchr(entry, ']') : NULL;
    char *slash = strchr(entry, '/');
    if (slash)
        *slash++ = 0;
    if (close)
        *close = 0;
    return block_holds(entry + (close != NULL), slash, host) ||
           (!slash && name_covers(entry, host));
}

bool
proxy_excused(const char *no_proxy, const char *host, int port)
{
    char bare[ENTRY_MOST];
    size_t n = strlen(host);
    if (host[0] == '[' && n > 2) /* an address of a URL stands in brackets */
        snprintf(bare, sizeof bare, "%.*s", (int)(n - 2), host + 1);
    else
        snprintf(bare, sizeof bare, "%s", host);
    while (no_proxy && *no_proxy) {
        char entry[ENTRY_MOST];
        size_t len = strcspn(no_proxy, ", \t");
        snprintf(entry, sizeof entry, "%.*s", (int)len, no_proxy);
        if (len && len < sizeof entry && entry_covers(entry, bare, port))
            return true;
        no_proxy += len + (no_proxy[len] != 0);
    }
    return false;
}

const char *
proxy_for(bool plain, const char *host, int port)
{
    /* A server sets HTTP_PROXY to the "Proxy" header of a request, so only the lower case counts. */
    const char *proxy =
        plain ? proxy_variable("http_proxy", NULL) : proxy_variable("https_proxy", "HTTPS_PROXY");
    if (!proxy)
        proxy = proxy_variable("all_proxy", "ALL_PROXY");
    return proxy && !proxy_excused(proxy_variable("no_proxy", "NO_PROXY"), host, port) ? proxy
                                                                                       : NULL;
}

const char *
proxy_shown(const char *proxy)
{
    const char *at = strrchr(proxy, '@'), *scheme = strstr(proxy, "://");
    const char *host = at ? at + 1 : scheme ? scheme + 3 : proxy;
    const char *colon = strrchr(host, ':'), *port = colon ? colon + 1 : "";
    size_t digits = strspn(port, "0123456789");
    if (port[digits] && port[digits] != '/' && !strchr(port, ']'))
        return "of the environment"; /* a password without a host, perhaps */
    return at ? host : proxy;
}
