/* The checked configuration: all values are in range, all names are known. Read-only after loading. Owner: main.
 * Thread: any may read. */
#ifndef BERDUA_CONF_CONFIG_H
#define BERDUA_CONF_CONFIG_H

#include "berdua/chat/terms.h"
#include "berdua/conf/brain_conf.h"

#include <stdbool.h>
#include <stddef.h>

/* What routing does with a category of messages. */
struct rule_conf {
    char *category;
    enum brain_id brain;
    char *style;            /* "auto": chosen by category; NULL: none */
    char *model;            /* tier, NULL: the brain's */
    enum brain_id fallback; /* BRAIN_NONE: no other is asked */
    char *fallback_model;   /* tier, NULL: the brain's */
};

/* Which observations move the rollout. */
enum evidence { EVIDENCE_ALL, EVIDENCE_BLIND };

enum { CONFIG_HASH = 16 }; /* digits */
struct config {
    /* Of every key that has to do with what is asked and how it is judged: not of the screen's, the user's, nor of where
     * things are stored. Tells turns and reports of one configuration from those of another. */
    char hash[CONFIG_HASH + 1];
    struct brain_conf brains[BRAIN_COUNT];
    enum chat_mode mode;
    enum history_policy history;
    int workers;
    int background_ms;
    /* The built-in demo in its own database: nothing is real, and what is simulated counts there. */
    bool demo;
    char *user;
    char *theme;
    char *store_url; /* "sqlite:" (default place), "sqlite:/path" or "postgresql://…" */
    struct {
        bool mouse;
        enum { SYNC_AUTO, SYNC_ON, SYNC_OFF } sync_output;
        enum { BORDERS_UNICODE, BORDERS_ASCII, BORDERS_NONE } borders;
        enum { LEAVE_SUMMARY, LEAVE_TURN, LEAVE_NOTHING } leave;
        bool theme_by_background;
        enum { NOTIFY_UNFOCUSED, NOTIFY_ALWAYS, NOTIFY_OFF } notify;
        int escape_ms;   /* 0: auto */
        char *clipboard; /* "auto", "osc52", or a command */
    } ui;
    struct key_binding {
        char *focus;  /* "compose" or "browse" */
        char *key;    /* "A-1", "C-l", "F1", "g" */
        char *action; /* a name of the key table; "" unbinds */
    } * keys;
    size_t key_count;
    struct macro_conf {
        char *name;
        char *lines; /* JSON list of texts */
    } * macros;
    size_t macro_count;
    struct {
        int failures, cool_s;
    } breaker;
    struct {
        double usd_per_month; /* NAN: no cap */
    } budget;
    struct {
        int grace_ms, ttl_days, max_tokens;
    } context;
    struct {
        double percent;
    } shadow;
    struct {
        int timeout_ms; /* to the first visible token */
        bool hedge;
        struct rule_conf *rules;
        size_t rule_count;
        struct {
            bool automatic; /* key `auto` */
            int min_verdicts;
            double dwell_h, gate_10, gate_25, gate_50, guard;
            int evidence; /* enum evidence */
        } rollout;
    } route;
    struct {
        bool blind;
        char *rater;                         /* NULL: config_rater says who */
        double ask_acceptable, ask_identity; /* shares, 0..1 */
        char *reasons;                       /* JSON list of texts */
    } evaluate;
    struct {
        enum brain_id brain;
        char *model; /* tier; NULL: the brain's */
        double max_usd;
    } judge;
    struct {
        bool enabled;
        int idle_s, ttl_days;
    } memory;
    struct {
        char *url, *ca_file; /* NULL: no team; the system's authorities */
        struct secret_conf password;
    } team;
    struct {
        char *chroma_url; /* NULL: the built-in look-up only */
        char *chroma_collection;
        struct secret_conf chroma_key;
        bool chroma_allow_http;
        char *embeddings_url; /* NULL: built-in hashed embedding */
        char *embeddings_model;
        struct secret_conf embeddings_key;
        bool embeddings_allow_http;
    } knowledge;
};

/* Who judges: evaluate.rater, else $USER, else "anonymous". */
const char *config_rater(const struct config *c);

#endif
