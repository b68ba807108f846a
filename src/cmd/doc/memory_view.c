#include "memory_view.h"

#include <stdlib.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/conf/config.h"
#include "berdua/session/analysis.h"
#include "berdua/store/memory_store.h"

/* Leaves out the values removed by hand, which are stored, marked, only so that an analysis does not add them again. */
static void
leave_out_removed(struct jiwa *j)
{
    for (int f = 0; f < JIWA_FIELD_COUNT; f++)
        for (size_t i = j->fields[f].count; i-- > 0;)
            if (j->fields[f].v[i].removed)
                jiwa_list_drop(&j->fields[f], i);
}

bool
memory_view_load(struct store *m, const struct config *config, const char *user,
                 struct memory_view *view, struct err *err)
{
    struct memory_look look = {0};
    *view = (struct memory_view){.since_us = analysis_cutoff_us(config, clock_wall_us())};
    bool ok = m && memory_store_look(m, user, view->since_us, &look, err) &&
              jiwa_parse(&view->profile, look.profile, err);
    jiwa_expire(&view->profile, view->since_us);
    leave_out_removed(&view->profile);
    view->out = look.out;
    view->at_us = look.profile ? look.at_us : UNKNOWN;
    view->state = analysis_missing(config, user);
    if (!view->state && look.out)
        view->state = "this user has been taken out: nothing more is noted or told to a brain; "
                      "/memory on lets them in again";
    free(look.profile);
    return ok;
}

bool
memory_lines(const struct config *config, const char *user, struct buf *out, struct err *err)
{
    struct memory_view view;
    struct store *m = store_open(config->store_url, err);
    bool ok = memory_view_load(m, config, user, &view, err);
    if (ok)
        jiwa_lines(&view.profile, user, out);
    if (ok && view.state)
        buf_printf(out, "%s\n", view.state);
    jiwa_finish(&view.profile);
    store_close(&m);
    return ok;
}
