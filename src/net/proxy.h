/* Which proxy the environment names for a host. Private to net. Thread: any. */
#ifndef BERDUA_NET_PROXY_H
#define BERDUA_NET_PROXY_H

#include <stdbool.h>

/* The value of https_proxy, http_proxy or all_proxy; NULL: none, or no_proxy names the host. plain: http. */
const char *proxy_for(bool plain, const char *host, int port);
/* Its name for messages, without a user and password before it. */
const char *proxy_shown(const char *proxy);
/* Does a value of no_proxy name the host? Its entries, divided by commas or blanks: "*"; a name, which also means the
 * names below it (.NAME and *.NAME are the same); an address or a block of them (10.0.0.0/8); each may end with :PORT,
 * an IPv6 address then stands in brackets. */
bool proxy_excused(const char *no_proxy, const char *host, int port);

#endif
