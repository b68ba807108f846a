/* The one door to libpq, PostgreSQL's client library, which is loaded when a team is first used and not linked: few have one,
 * and it brings Kerberos and LDAP along. The program says what it loads in an ELF note (net/libcurl.h). Private to team.
 * Thread: any. */
#ifndef BERDUA_TEAM_LIBPQ_H
#define BERDUA_TEAM_LIBPQ_H

#include <libpq-fe.h>

/* clang-format off */
#define LIBPQ_FUNCTIONS(X) \
    X(conninfoParse) X(conninfoFree) X(freemem) X(connectStartParams) X(connectPoll) X(status) \
    X(errorMessage) X(socket) X(finish) X(setnonblocking) X(setNoticeProcessor) X(sendQuery) \
    X(sendQueryParams) X(flush) X(consumeInput) X(isBusy) X(getResult) X(resultStatus) \
    X(resultErrorField) X(resultErrorMessage) X(ntuples) X(nfields) X(getvalue) X(getisnull) \
    X(clear) X(notifies)
/* clang-format on */

struct libpq {
#define X(name) __typeof__(PQ##name) *name;
    LIBPQ_FUNCTIONS(X)
#undef X
};

/* Filled by the first libpq_load that succeeds, read-only afterwards. */
extern struct libpq pq;

/* NULL once the library is loaded, else why it is not. */
const char *libpq_load(void);

#endif
