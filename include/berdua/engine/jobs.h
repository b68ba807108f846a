/* What follows from an input: calls to start and stop, rows to write, and notices for the front end. Plain data; pointers
 * into the conversation are valid until the next input. Thread: main. */
#ifndef BERDUA_ENGINE_JOBS_H
#define BERDUA_ENGINE_JOBS_H

#include "berdua/brain/call.h"
#include "berdua/chat/conversation.h"

#include <stddef.h>
#include <stdint.h>

enum job_kind {
    JOB_CALL,    /* start `spec` (the runner takes it), for `purpose` */
    JOB_CANCEL,  /* fire the token of call `call` */
    JOB_LOOK_UP, /* find a saved context and insights for `turn` until at_us; answered by engine_looked_up with `call` */
    JOB_PUT_SESSION,
    JOB_PUT_TURN,    /* with its answers in state running */
    JOB_PUT_ANSWER,  /* the whole row */
    JOB_CHECKPOINT,  /* text of `answer` from `offset` on */
    JOB_PUT_OUTCOME, /* served and canonical of `turn` */
    JOB_PUT_VERDICT, /* `verdict` about `turn`; its note is own_text */
    JOB_PUT_CONTEXT, /* own_text is a context for later messages about own_topic, of the user or of everybody */
    JOB_PUT_SIDE_CALL, /* the cost of `answer`, a call for `purpose` that the operator does not see */
    JOB_QUEUE_ANALYSIS, /* queue the session own_text for analysis */
    JOB_NOTIFY          /* `notice`, to the front end */
};

enum notice_kind {
    NOTIFY_TURN,  /* a turn was submitted */
    NOTIFY_PHASE, /* an answer's phase changed */
    NOTIFY_CONNECTED,
    NOTIFY_WAITING,     /* the first report that the server is still starting up; own_text: why */
    NOTIFY_FIRST_TOKEN, /* precedes its delta */
    NOTIFY_DELTA,       /* text, len */
    NOTIFY_TAKEN_BACK,  /* all text so far was reasoning: the answer begins with the next */
    NOTIFY_RETRY,
    NOTIFY_WARM_UP, /* a server is being woken, starts up, or this has ended: engine_warming(brain) */
    NOTIFY_ANSWER,     /* an answer ended */
    NOTIFY_SERVED,     /* the turn has a served answer now */
    NOTIFY_TURN_ENDED, /* nothing of the turn runs any more */
    NOTIFY_CONTEXT,    /* the turn's cultural context was chosen, or LLAMA's came late */
    NOTIFY_VERDICT,    /* a verdict was given; its write is on its way */
    NOTIFY_SAVED,      /* a verdict is durable; text says which */
    NOTIFY_NOTICE,     /* text: a line for the operator */
    NOTIFY_ERROR       /* text: something went wrong outside an answer */
};

struct job {
    enum job_kind kind;
    enum notice_kind notice;
    uint64_t request_id; /* JOB_PUT_VERDICT, JOB_PUT_TURN: acknowledged by engine_stored; 0: none */
    struct turn *turn;
    enum brain_id brain;
    struct answer *answer;
    struct call_spec *spec;
    enum call_purpose purpose;
    uint32_t call;
    uint32_t generation; /* JOB_LOOK_UP */
    int64_t at_us;
    bool plain;                /* NOTIFY_NOTICE, _ERROR: it tells nothing that a blind pair hides */
    bool provisional;          /* JOB_QUEUE_ANALYSIS: the session goes on, but may be killed */
    bool for_everybody;        /* JOB_PUT_CONTEXT */
    char *own_topic;           /* freed with the job */
    struct answer *own_answer; /* freed with the job: a try that has been replaced by a newer one */
    size_t offset;
    struct verdict verdict; /* freed with the job */
    char *own_text;         /* freed with the job: a notice, an error */
    const char *text;       /* NOTIFY_*: own_text, or borrowed from the event */
    size_t len;
};

/* All zero: none. */
struct jobs {
    struct job *v;
    size_t count;
};

/* Frees what was not taken. */
void jobs_finish(struct jobs *j);
void jobs_clear(struct jobs *j);
/* The new job, zeroed but for kind; valid until the next jobs_add. */
struct job *jobs_add(struct jobs *j, enum job_kind kind);
struct job *jobs_notify(struct jobs *j, enum notice_kind notice, struct turn *turn,
                        enum brain_id brain);
/* The answer's row, or served and canonical, as they are once the input has been taken: once an input. */
void jobs_put_answer(struct jobs *j, struct turn *turn, struct answer *a);
void jobs_put_outcome(struct jobs *j, struct turn *turn);
/* A new try is about to fill `a`: rows about it keep the old one, and notices of it say that its phase has changed. */
void jobs_keep_answer(struct jobs *j, struct answer *a);
struct job *jobs_notice(struct jobs *j, enum notice_kind notice, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#endif
