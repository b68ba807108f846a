#include "team_address.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/host.h"
#include "berdua/base/mem.h"
#include "libpq.h"

static const char *
given(const PQconninfoOption *options, const char *name, const char *variable)
{
    for (const PQconninfoOption *o = options; o && o->keyword; o++)
        if (strcmp(o->keyword, name) == 0 && o->val && *o->val)
            return o->val;
    const char *v = variable ? getenv(variable) : NULL;
    return v && *v ? v : NULL;
}

/* Each of a list of hosts: a path is a socket, and so is none at all. */
static bool
all_local(const char *hosts)
{
    char *copy = xstrdup(hosts ? hosts : ""), *rest = copy;
    bool local = true;
    while (rest) {
        char *host = rest, *comma = strchr(rest, ',');
        rest = comma ? comma + 1 : NULL;
        if (comma)
            *comma = 0;
        char *bracketed = strchr(host, ':') ? xasprintf("[%s]", host) : xstrdup(host);
        local = local && (!*host || *host == '/' || *host == '@' || host_is_loopback(bracketed));
        free(bracketed);
    }
    free(copy);
    return local;
}

static bool
check_options(const PQconninfoOption *options, struct address *out, struct err *err)
{
    const char *address = given(options, "hostaddr", "PGHOSTADDR"),
               *mode = given(options, "sslmode", NULL);
    /* What a service's file says is not known here. */
    out->local = !given(options, "service", "PGSERVICE") &&
                 all_local(address ? address : given(options, "host", "PGHOST"));
    if (given(options, "password", NULL))
        return err_set(err, "team.url: holds a password; put it into the file that PGPASSFILE "
                            "names, or name its source in team.password");
    if (!out->local && mode && strcmp(mode, "verify-full") != 0)
        return err_set(err,
                       "team.url: sslmode=%.20s beyond this machine; only verify-full, which "
                       "is the default there, keeps others from reading along",
                       mode);
    return true;
}

bool
address_read(const char *url, const char *ca_file, struct address *out, struct err *err)
{
    char *why = NULL;
    *out = (struct address){.url = url, .ca_file = ca_file};
    const char *missing = libpq_load();
    if (missing)
        return err_set(err, "team.url: %s", missing);
    if (strncmp(url, "postgresql://", 13) != 0 && strncmp(url, "postgres://", 11) != 0)
        return err_set(err, "team.url: not an address that begins with postgresql://");
    PQconninfoOption *options = pq.conninfoParse(url, &why);
    bool ok = options ? check_options(options, out, err)
                      : err_set(err, "team.url: not an address that PostgreSQL's library can read");
    pq.conninfoFree(options);
    if (why)
        pq.freemem(why);
    return ok;
}
