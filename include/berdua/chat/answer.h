/* One brain's answer to one turn: text, status and every figure that is shown about it.
 * Plain data, no I/O. Owner: its turn. Thread: main. */
#ifndef BERDUA_CHAT_ANSWER_H
#define BERDUA_CHAT_ANSWER_H

#include "berdua/base/buf.h"
#include "berdua/chat/answer_error.h"
#include "berdua/chat/terms.h"

#include <stdbool.h>
#include <stdint.h>

enum answer_role { ROLE_SERVED, ROLE_COMPARED, ROLE_SHADOW, ROLE_FALLBACK, ROLE_COUNT };

/* How it ended; the contract's `status`. */
enum answer_status {
    STATUS_RUNNING,
    STATUS_COMPLETE,
    STATUS_CUT, /* the token limit was reached */
    STATUS_REFUSED,
    STATUS_FAILED,
    STATUS_TIMEOUT,
    STATUS_CANCELLED,
    STATUS_INTERRUPTED, /* the program ended while it ran */
    STATUS_COUNT
};

/* The state of a running answer, as the panel shows it. */
enum answer_phase {
    PHASE_QUEUED,
    PHASE_CONTEXT, /* Claude is asked when the cultural context is there */
    PHASE_CONNECTING,
    PHASE_WARMING, /* the peer says it is starting up */
    PHASE_WAITING, /* request sent, nothing visible yet */
    PHASE_THINKING,
    PHASE_STREAMING,
    PHASE_RETRYING, /* waiting before the next try */
    PHASE_ENDED,
    PHASE_COUNT
};

enum { UNKNOWN = -1 };
/* Scores of fewer words say little: they are not shown as scores. */
enum { SCORE_MIN_WORDS = 40 };
/* Tokens in so many bytes of text that came in so many deltas, where nobody counted them. */
int64_t tokens_estimate(int64_t bytes, int64_t deltas);
/* No answer's text grows past this. */
enum { ANSWER_MAX_BYTES = 16 << 20 };

/* Times count from the moment the request was handed to the transport (measure.md, Latency). */
struct answer_times {
    int64_t connect_us;    /* UNKNOWN until connected; 0 when reused */
    int64_t first_byte_us; /* UNKNOWN until seen */
    int64_t ttft_us;       /* time to first visible token */
    int64_t total_us;      /* UNKNOWN while running */
    int64_t stall_us;      /* longest gap between visible deltas; 0 with fewer than two */
    int64_t queue_us;      /* runpod delayTime; UNKNOWN otherwise */
    int64_t execution_us;  /* runpod executionTime; UNKNOWN otherwise */
};

struct answer_usage {
    int64_t input; /* cache reads and writes included; UNKNOWN until told */
    int64_t output;
    int64_t cache_read, cache_write;
    int64_t thinking;
    bool estimated;          /* counted here, not told by the peer: shown with ~ */
    bool thinking_estimated; /* the peer counts thinking and text together */
};

struct answer {
    char id[27];
    enum brain_id brain;
    char *provider;
    char *model; /* as asked for; replaced by what the peer names */
    char *tier;  /* name of the model tier in the configuration */
    enum answer_role role;
    enum answer_status status;
    enum answer_phase phase;
    struct buf text;   /* exact bytes as the brain sent them */
    uint32_t revision; /* rises with every change of anything here; views compare it */
    char *stop_reason; /* the peer's own word, NULL while unknown */
    struct answer_error error;
    struct answer_times times;
    struct answer_usage usage;
    double cost_usd;   /* NAN while unknown */
    double saved_usd;  /* by the server's cache; NAN: nothing was read from it */
    double warmth;     /* NAN: not measured */
    double cultural;   /* NAN: not measured or not defined */
    uint32_t words;    /* of the text so far; scores are shown grey below 40 */
    char *score_rules; /* version of the rules behind warmth and cultural, NULL: not measured */
    int retries;
    char *retry_why; /* cause of the last retry, NULL: none */
    bool truncated;  /* older turns were left out of its prompt */
    bool late;       /* given up because its first token missed the time of the route */
    bool cold;       /* the peer was starting up */
    bool simulated;
    int64_t started_us;    /* monotonic, when handed to the transport; 0: not yet */
    int64_t last_delta_us; /* monotonic */
    int64_t delta_count;
    uint32_t call; /* running call, 0 when none */
};

/* Running and queued, everything unknown. */
void answer_init(struct answer *a, enum brain_id brain);
void answer_finish(struct answer *a);
/* Complete or cut at the token limit, with something other than blanks. */
bool answer_valid(const struct answer *a);
/* Visible tokens a second after the first, or NAN. now_us is used while it runs. */
double answer_tokens_per_s(const struct answer *a, int64_t now_us);
/* How long nothing has come of an answer that has begun and runs; 0: that is not worth a word. */
int64_t answer_stalled_us(const struct answer *a, int64_t now_us);
bool answer_speed_estimated(const struct answer *a); /* shown with ~ */
/* Output tokens as told, else the estimate (about four bytes a token, never below delta_count). */
int64_t answer_tokens_out(const struct answer *a);

/* The contract's words, e.g. "complete"; parse returns -1 for an unknown word. */
const char *answer_role_name(enum answer_role r);
int answer_role_parse(const char *name);
const char *answer_status_name(enum answer_status s);
int answer_status_parse(const char *name);
const char *answer_phase_name(enum answer_phase p);

#endif
