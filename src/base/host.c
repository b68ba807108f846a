#include "berdua/base/host.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

bool
host_is_loopback(const char *host)
{
    static const char name[] = "localhost";
    struct in_addr v4;
    struct in6_addr v6;
    char bare[64];
    size_t n = strlen(host), len = strlen(name);
    if (n >= len && strcasecmp(host + n - len, name) == 0 && (n == len || host[n - len - 1] == '.'))
        return true;
    if (inet_pton(AF_INET, host, &v4) == 1)
        return ntohl(v4.s_addr) >> 24 == 127 || v4.s_addr == htonl(INADDR_ANY);
    if (n < 3 || n > sizeof bare || host[0] != '[' || host[n - 1] != ']')
        return false;
    memcpy(bare, host + 1, n - 2);
    bare[n - 2] = 0;
    return inet_pton(AF_INET6, bare, &v6) == 1 &&
           (IN6_IS_ADDR_LOOPBACK(&v6) || IN6_IS_ADDR_UNSPECIFIED(&v6));
}
