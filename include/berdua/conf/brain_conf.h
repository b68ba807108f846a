/* A brain as it is configured: where it is reached, how, with what, and what it is asked for. Owner: struct config.
 * Thread: any may read. */
#ifndef BERDUA_CONF_BRAIN_CONF_H
#define BERDUA_CONF_BRAIN_CONF_H

#include <stdbool.h>
#include <stddef.h>

enum provider {
    PROVIDER_ANTHROPIC,
    PROVIDER_OPENAI,
    PROVIDER_RUNPOD,
    PROVIDER_PLAYBACK,
    PROVIDER_COUNT
};
/* "anthropic" and so on; parse returns -1 for an unknown word. */
const char *provider_name(enum provider p);
int provider_parse(const char *name);

/* USD per million tokens, or per second of execution; NAN where not configured. */
struct price_conf {
    double input, output, cache_read, cache_write, per_second_usd;
};

struct model_conf {
    char *tier;         /* key in `models`, e.g. "fast" */
    char *id;           /* what the peer is asked for */
    int context_tokens; /* most tokens of prompt and answer together; 0: not limited here */
    struct price_conf price;
    char *extra_json;          /* object merged into the request body, NULL: none */
    double temperature, top_p; /* NAN: the brain's */
    int max_tokens;            /* 0: the brain's */
};

/* A number written as null: the field is left out of the request. */
#define CONFIG_LEFT_OUT (-1)

/* A style of answering: santai, pikiran, or the operator's own. */
struct style_conf {
    char *name;
    char *system;              /* NULL: none but the brain's */
    int max_tokens;            /* 0: the brain's */
    int greeting_max_tokens;   /* max_tokens for a message that only greets; 0: max_tokens */
    double temperature, top_p; /* NAN: the model's */
};

/* A header of every request: a value, or the variable that holds it, which is then a secret. */
struct header_conf {
    char *name;
    char *value, *env; /* one of them */
};

/* Exactly one of env, file, command is set, or none. Resolved by secret_resolve. */
struct secret_conf {
    char *env, *file, *command;
    const char *section; /* where it is configured, for errors: "team.password"; NULL: nowhere */
    enum secret_kind { SECRET_KEY, SECRET_TOKEN, SECRET_PASSWORD } kind;
};

struct call_limits {
    int connect_ms, first_token_ms, stall_ms;
    int timeout_ms; /* the whole answer, retries included */
    int retries;
};

struct brain_conf {
    enum provider provider;
    char *base_url; /* see net/endpoint.h */
    struct header_conf *headers;
    size_t header_count;
    enum { AUTH_AUTO, AUTH_BEARER, AUTH_X_API_KEY } auth; /* AUTH_AUTO: as the provider has it */
    char *ca_file;     /* NULL: the environment's, else the system's */
    char *api_version; /* anthropic-version header */
    struct secret_conf api_key;
    struct model_conf *models;
    size_t model_count; /* at least one */
    char *model;        /* tier used when no rule names one; a tier of `models` */
    struct style_conf *styles;
    size_t style_count;
    char *system;     /* system prompt; NULL or "": none */
    char *extra_json; /* object merged into every request body, NULL: none */
    char *cassettes;  /* provider playback: folder, or "" for the shipped ones */
    /* of the demo: a message without a recording is refused with this hint, NULL: it is sent, and fails; how many times as
     * fast tapes play, 0: as recorded */
    const char *unrecorded;
    double pace;
    double temperature, top_p;            /* NAN: not sent */
    enum { CACHE_AUTO, CACHE_OFF } cache; /* of prompts, at the server */
    bool thinks_first;                    /* an answer begins inside a thought, without its tag */
    enum warm_up { WARM_UP_OFF, WARM_UP_ON_START, WARM_UP_WHILE_TYPING } warm_up;
    int max_tokens; /* CONFIG_LEFT_OUT: not sent */
    struct call_limits limits;
    int cold_ms; /* a first token later than this was a cold start */
    bool allow_http;
};

/* The tier's model, or the first when tier is NULL or unknown. */
const struct model_conf *config_model(const struct brain_conf *b, const char *tier);
/* NULL when the brain has no style of that name. */
const struct style_conf *config_style(const struct brain_conf *b, const char *name);
/* What is sent: the style's, else the model's, else the brain's. style may be NULL. NAN, and below 0: the field is
 * left out. */
double config_temperature(const struct brain_conf *b, const struct model_conf *m,
                          const struct style_conf *style);
double config_top_p(const struct brain_conf *b, const struct model_conf *m,
                    const struct style_conf *style);
int config_max_tokens(const struct brain_conf *b, const struct model_conf *m,
                      const struct style_conf *style);

#endif
