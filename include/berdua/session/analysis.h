/* Pattern 5, the analysis of a conversation that is over: LLAMA is asked what it shows about the customer, the reply
 * is read and proven, and what is left goes into the store. One conversation at a time, synchronous.
 * Thread: a worker, or a command's main. */
#ifndef BERDUA_SESSION_ANALYSIS_H
#define BERDUA_SESSION_ANALYSIS_H

#include "berdua/chat/answer.h"
#include "berdua/conf/config.h"
#include "berdua/jiwa/record.h"

struct cancel;
struct http;
struct keyring;
struct writer;

struct analysis_opts {
    const struct config *config;
    struct keyring *keyring;
    struct http *http;     /* NULL: only for playback */
    struct cancel *cancel; /* NULL: it cannot be stopped */
    struct writer *writer; /* of the chat; NULL: a command, which writes itself */
    bool counts; /* the call's end goes into LLAMA's stored breaker; false: an engine sees to it */
};

enum analysis_end {
    ANALYSIS_DONE,
    ANALYSIS_NOTHING, /* no turn is new */
    ANALYSIS_REFUSED, /* not now: not enabled, the user is out or anonymous, another instance is at it, LLAMA is down */
    ANALYSIS_FAILED,   /* the call, its reply, or the store; the session stays in the queue */
    ANALYSIS_CANCELLED /* likewise, and it is nobody's fault */
};

struct analysis {
    enum analysis_end end;
    char why[512]; /* of a refusal or failure */
    char session[27];
    char *user;         /* NULL: the session is unknown */
    size_t turns;       /* analysed now */
    int64_t dropped;    /* items without evidence */
    bool more;          /* of its turns are still to be analysed */
    struct jiwa record; /* what was inferred */
    bool called;
    struct answer call; /* valid where called; its cost is filled in */
    int64_t next_us; /* without a session, wall clock: when more is due; INT64_MAX: nothing waits */
};
void analysis_finish(struct analysis *a);

/* Is anything inferred about this user at all, as far as the configuration says? */
bool analysis_wanted(const struct config *config, const char *user);
/* Why nothing is, and what would change that; NULL: it is. */
const char *analysis_missing(const struct config *config, const char *user);
/* What is older has expired. */
int64_t analysis_cutoff_us(const struct config *config, int64_t wall_us);
/* The session (whole id) now, whether it is queued or not; as many of its turns as fit into one question. session NULL:
 * the oldest one that is due, if any, otherwise ANALYSIS_NOTHING; removes what has expired, too. */
void analysis_run(const struct analysis_opts *opts, const char *session, struct analysis *out);

#endif
