/* Names of hosts. Pure. Thread: any. */
#ifndef BERDUA_BASE_HOST_H
#define BERDUA_BASE_HOST_H

#include <stdbool.h>

/* Does it lead to this machine? As it stands in a URL, an IPv6 address in brackets. 0.0.0.0, which servers print as their
 * own address, does; a name such as 127.0.0.1.example.com does not. */
bool host_is_loopback(const char *host);

#endif
