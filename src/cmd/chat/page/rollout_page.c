/* The figures of `berdua route status` as a picture. */
#include "page_source.h"

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/conf/config.h"
#include "cmd/doc/rollout_doc.h"

static void
rollout_load(struct doc *d, const struct page_source *s)
{
    struct err err = {0};
    struct route_now now = {0};
    struct store *store = store_open(s->config->store_url, &err);
    if (store && s->config->demo)
        store_count_simulated(store);
    if (!store || !route_now_load(&now, store, s->config, clock_wall_us(), false, &err) ||
        !rollout_doc(d, &now, store, &err))
        doc_warning(d, "failed", "%s", err.text);
    rollout_destroy(&now.rollout);
    store_close(&store);
}

const struct page_ops page_rollout = {
    .title = "Rollout of LLAMA", .prints = true, .numbered = true, .load = rollout_load};
