/* What an EV_LOADED that no store sent brings back: its num. The store's own tickets count from 0. Here together, so
 * that no two are the same. */
#ifndef BERDUA_SESSION_TICKET_H
#define BERDUA_SESSION_TICKET_H

enum runner_ticket {
    MEASURE_LOADED = -2,      /* lexicons and weights (prepare.h) */
    SPEND_SYNC_READ = -3,     /* what the month has cost (purse.h) */
    ROUTING_STATE_OPEN = -4,  /* the opened store (standing.h) */
    ROLLOUT_WATCHED = -5,     /* a step of the rollout (progress.h) */
    ROUTING_STATE_SAVED = -6, /* a breaker is written (standing.h) */
    ANALYSED = -7             /* how an analysis ended (analyst.h) */
};

#endif
