#include "sessions_change.h"

#include "berdua/base/json.h"
#include "berdua/store/session_store.h"
#include "cmd/cmd.h"
#include "cmd/out.h"
#include "sessions.h"

/* What was done is said on stderr, or as a document. */
static bool
tell(const struct cmd_args *a, const char *id, const char *what)
{
    if (a->values[SESSIONS_JSON]) {
        struct json *o = json_object();
        json_add_str(o, "session", id);
        json_add_bool(o, what, true);
        out_json(stdout, o);
    } else if (!a->globals->quiet) {
        out_say("berdua: session %s is %s\n", id, what);
    }
    return true;
}

bool
sessions_rename(const struct cmd_args *a, struct err *err)
{
    char id[SESSION_ID_BYTES];
    return session_store_rename(a->store, a->words[0], a->words[1], id, err) &&
           tell(a, id, "renamed");
}

bool
sessions_pin(const struct cmd_args *a, struct err *err)
{
    char id[SESSION_ID_BYTES];
    bool pinned = !a->values[SESSIONS_OFF];
    return session_store_pin(a->store, a->words[0], pinned, id, err) &&
           tell(a, id, pinned ? "pinned" : "unpinned");
}

bool
sessions_remove(const struct cmd_args *a, struct err *err)
{
    struct session_removed gone;
    if (!session_store_remove(a->store, a->words[0], &gone, err))
        return false;
    if (a->values[SESSIONS_JSON]) {
        struct json *o = json_object();
        json_add_str(o, "session", gone.id);
        json_add_bool(o, "removed", true);
        json_add_int(o, "turns", gone.turns);
        json_add_int(o, "verdicts", gone.verdicts);
        out_json(stdout, o);
    } else if (!a->globals->quiet) {
        out_say("berdua: session %s is removed: %lld %s, %lld %s\n", gone.id, (long long)gone.turns,
                gone.turns == 1 ? "turn" : "turns", (long long)gone.verdicts,
                gone.verdicts == 1 ? "verdict" : "verdicts");
    }
    return true;
}
