/* The engine's state and the steps that its files and the patterns share. */
#ifndef BERDUA_ENGINE_STATE_H
#define BERDUA_ENGINE_STATE_H

#include "berdua/base/random.h"
#include "berdua/route/breaker.h"
#include "berdua/chat/spend.h"
#include "berdua/engine/engine.h"
#include "berdua/engine/context_lookup.h"

enum { MAX_RUNNING = 16, MAX_CONTEXTS = 4, CHECKPOINT_US = 1000000 };

struct running {
    uint32_t call;
    struct turn *turn;
    enum brain_id brain;
    enum call_purpose purpose;
    int64_t begun_us; /* when its turn was submitted; CALL_CONTEXT */
    size_t stored;    /* bytes of the text that the store has been given */
    bool capped;      /* stopped at the most that is read of a reply; CALL_CONTEXT */
};

/* A write that is not acknowledged yet, and the turn it is about. */
struct pending {
    uint64_t request_id;
    char turn_id[27];
    enum verdict_kind verdict; /* VERDICT_NONE: the turn's own row */
};

/* How a rule wants a brain asked. tier NULL: the brain's `model`. style NULL: the style of the message's category, unless
 * the brain has a system prompt of its own. */
struct choice {
    const char *tier, *style;
};

struct engine {
    const struct config *config;
    struct conversation *conversation;
    char *user;
    struct engine_settings settings;
    uint32_t generation;
    const struct turn *submitting; /* while its pattern starts it; NULL otherwise */
    uint32_t last_call;
    uint64_t last_request_id;
    struct rng rng;
    struct running running[MAX_RUNNING];
    int running_count;
    struct pending *pending;
    size_t pending_count;
    int64_t checkpoint_at_us; /* NEVER_US while nothing runs */
    bool session_stored;
    char *queued_message; /* sent when the turn before it is served; NULL: none */
    unsigned queued_brains;
    struct breaker breakers[BRAIN_COUNT];
    struct {
        struct spend spend; /* of the month that began at month_us */
        int64_t month_us;
        bool known; /* the store has said what was spent before */
        bool warned;
    } budget;
    const struct crisis *crisis;
    struct {                    /* who serves the last turn (serve.h) */
        struct turn *turn;      /* NULL: there is none, or its pattern shows both brains */
        enum brain_id first;    /* the one that is shown unless it fails */
        struct choice fallback; /* how the other is asked then */
        bool may_fall_back;     /* the other may serve at all */
        bool called_off;        /* by the operator: nobody is asked any more */
        bool fell_back;         /* the other serves, or nobody */
        bool hedge_stopped;     /* the other was asked, too, until the first spoke in time */
        int64_t deadline_us;    /* for the first's visible text; NEVER_US: none */
    } serving;
    struct { /* the cultural context of the last turn that wanted one (policy/context_wait.h) */
        struct turn *waiting_turn; /* Claude's call in it awaits the context; NULL: none */
        int64_t deadline_us;       /* end of the grace; NEVER_US: Claude has started */
        int64_t begun_us;          /* when the turn was submitted */
        struct choice choice;      /* how Claude is asked */
        bool shadow;               /* LLAMA is asked with it, as its shadow */
        struct turn *lookup_turn;  /* its look-up runs; NULL: none */
        uint32_t lookup_id;
        struct turn *result_turn; /* the turn that `result` is about */
        struct lookup_result result;
        struct turn *deferred_turn; /* LLAMA's text for it came late, and awaits its topic */
        char *deferred_text;
        bool opted_out; /* the user is taken out of memory, as the last look-up said */
    } context;
    struct {                /* what is inferred about the user (policy/memory.h) */
        bool enabled;       /* for this user */
        char *text;         /* what Claude is told of it; NULL: nothing */
        bool unanalysed;    /* something was said since the conversation was last queued */
        int64_t idle_at_us; /* when the conversation counts as ended; NEVER_US: it does not */
    } memory;
    struct {
        uint32_t call;        /* 0: none runs */
        struct answer answer; /* of the last one (policy/warm_up.h); provider NULL: none */
    } warm_up;
    uint64_t thinks_first[BRAIN_COUNT]; /* a bit a model whose prompt opens a thought */
    int64_t called_us[BRAIN_COUNT];     /* when a call of each brain last ended; 0: never */
    int64_t ended_at_us[BRAIN_COUNT];   /* when each brain's newest answer ended, for ties */
};

/* The answer, or the side call's, that a running call fills. */
struct answer *running_answer(const struct running *r);
/* Of the tier's model, in thinks_first; 0: it has none. */
uint64_t engine_model_bit(const struct engine *e, enum brain_id b, const char *tier);
/* What a call has ended with: into its answer, with what it cost. */
void engine_take_result(struct engine *e, struct answer *a, struct call_result *r);
/* The brain's answer begins in PHASE_CONTEXT; engine_start_call asks it later. */
void engine_await_call(struct engine *e, struct turn *t, enum brain_id b,
                       const struct choice *choice, struct moment at, struct jobs *out);
/* The brain's answer ends without a call. */
void engine_end_unasked(struct engine *e, struct turn *t, enum brain_id b,
                        enum answer_status status, enum error_kind kind, char *take_message,
                        struct moment at, struct jobs *out);
/* LLAMA's call for the turn's cultural context. false, and *why (new): it cannot be asked. */
bool engine_start_context(struct engine *e, struct turn *t, struct moment at, struct jobs *out,
                          char **why);
/* The turn before it in the conversation; NULL: it is the first. */
const struct turn *engine_turn_before(const struct engine *e, const struct turn *t);
/* After an input that may have ended the turn: closes it, and sends the message that is queued behind it. */
void engine_finish_turn(struct engine *e, struct turn *t, struct moment at, struct jobs *out);
/* Builds the prompt and the spec, marks the answer running, adds JOB_CALL. An answer that cannot be
 * asked (its breaker is open, the message alone does not fit) ends at once as failed; then false. */
bool engine_start_call(struct engine *e, struct turn *t, enum brain_id b,
                       const struct choice *choice, struct moment at, struct jobs *out);
/* Cancels this brain's call in the turn, if it runs. */
void engine_stop_call(struct engine *e, const struct turn *t, enum brain_id b, struct jobs *out);
/* A blind turn was stopped by the operator: it is judged no more, and its names are shown. */
void engine_show_names(struct engine *e, struct turn *t, struct moment at, struct jobs *out);
/* NULL: there is none of that id. */
struct turn *engine_turn(const struct engine *e, const char *turn_id);
/* A new id for a write about the turn, to be acknowledged by engine_stored. */
uint64_t engine_request_id(struct engine *e, const struct turn *t, enum verdict_kind verdict);

#endif
