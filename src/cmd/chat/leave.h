/* What a chat leaves in the terminal: how it went, and the command that goes on with it. Thread: main. */
#ifndef BERDUA_CMD_CHAT_LEAVE_H
#define BERDUA_CMD_CHAT_LEAVE_H

#include "berdua/base/buf.h"
#include "berdua/conf/config.h"
#include "berdua/ui/ui.h"

struct leave {
    const struct conversation *conversation; /* as it may be seen */
    const struct ui_facts *facts;
    const struct config *config;
    const char *user, *db,
        *config_file; /* what the command must name to find the session; NULL: not needed */
    int64_t lasted_us;
};

/* Appends nothing when nothing was said, or ui.leave wants nothing. */
void leave_text(struct buf *out, const struct leave *l);

#endif
