/* Where the team's server is, checked: beyond this machine only with TLS that verifies the server's name, and never with a
 * password in the configuration. No message repeats the address, which may hold one. Thread: any. */
#ifndef BERDUA_TEAM_TEAM_ADDRESS_H
#define BERDUA_TEAM_TEAM_ADDRESS_H

#include <stdbool.h>

struct err;

struct address {
    const char *url, *ca_file; /* ca_file NULL: the system's */
    bool local;                /* loopback or a socket of this machine */
};
bool address_read(const char *url, const char *ca_file, struct address *out, struct err *err);

#endif
