#include "cmd/cmd.h"
#include "cmd/out.h"
#include "turn_text.h"
#include "sessions.h"
#include "sessions_change.h"
#include "sessions_merge.h"
#include "sessions_search.h"

#include <stdio.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/json.h"
#include "berdua/chat/sight.h"
#include "berdua/chat/turn_json.h"
#include "berdua/store/query.h"

enum { MESSAGE_COLS = 48 };

/* ---- list ---- */

static bool
list_row(void *arg, const struct session_row *row)
{
    int64_t *count = arg;
    char when[OUT_TIME_BYTES];
    ++*count;
    out_print("%s  %s  %5lld %-5s %5lld %-8s  ", row->id, out_time(row->last_wall_us, when),
              (long long)row->turns, row->turns == 1 ? "turn" : "turns", (long long)row->verdicts,
              row->verdicts == 1 ? "verdict" : "verdicts");
    out_safe(row->user, true, 0);
    out_print("%s%s  ", row->simulated ? "  SIMULATED" : "", row->pinned ? "  pinned" : "");
    out_safe(row->title           ? row->title
             : row->first_message ? row->first_message
                                  : "",
             true, MESSAGE_COLS);
    putchar('\n');
    return !ferror(stdout);
}

static bool
json_row(void *arg, const struct session_row *row)
{
    struct json *o = json_object();
    json_add_str(o, "session", row->id);
    json_add_str(o, "user", row->user);
    json_add_str(o, "title", row->title);
    json_add_num(o, "started", (double)row->started_wall_us / US_PER_S);
    json_add_num(o, "last", (double)row->last_wall_us / US_PER_S);
    json_add_int(o, "turns", row->turns);
    json_add_int(o, "verdicts", row->verdicts);
    json_add_str(o, "first_message", row->first_message);
    json_add_bool(o, "simulated", row->simulated);
    json_add_bool(o, "pinned", row->pinned);
    json_push(arg, o);
    return true;
}

static bool
list_sessions(const struct cmd_args *a, struct err *err)
{
    if (!a->values[SESSIONS_JSON]) {
        int64_t count = 0;
        bool ok = query_sessions(a->store, list_row, &count, err);
        if (ok && count == 0 && !a->globals->quiet)
            out_say("berdua: no sessions yet\n");
        return ok;
    }
    struct json *doc = json_object(), *rows = json_array();
    bool ok = query_sessions(a->store, json_row, rows, err);
    json_add(doc, "sessions", rows);
    return out_json_if(ok, doc);
}

/* ---- show ---- */

static void
show_text(const struct conversation *c)
{
    char when[OUT_TIME_BYTES];
    out_print("session %s  %s  user ", c->id, out_time(c->started_wall_us, when));
    out_safe(c->user, true, 0);
    if (c->title) {
        fputs("  ", stdout);
        out_safe(c->title, true, 0);
    }
    putchar('\n');
    for (size_t i = 0; i < c->count && !ferror(stdout); i++)
        turn_text_show(c->turns[i]);
}

/* As ask gives it, but without the answers of a turn that waits for a blind verdict. */
static struct json *
turn_json(const struct conversation *c, const struct turn *t)
{
    if (!turn_veiled(t))
        return turn_to_json(c, t);
    struct turn *mask = turn_mask(t);
    for (int b = 0; b < BRAIN_COUNT; b++)
        mask->asked[b] = false;
    mask->verdict.kind = VERDICT_NONE;
    struct json *o = turn_to_json(c, mask);
    json_add_bool(o, "veiled", true);
    turn_destroy(&mask);
    return o;
}

static void
show_json(const struct conversation *c)
{
    struct json *doc = json_object(), *turns = json_array();
    json_add_str(doc, "session", c->id);
    json_add_str(doc, "user", c->user);
    json_add_str(doc, "title", c->title);
    json_add_num(doc, "started", (double)c->started_wall_us / US_PER_S);
    for (size_t i = 0; i < c->count; i++)
        json_push(turns, turn_json(c, c->turns[i]));
    json_add(doc, "turns", turns);
    out_json(stdout, doc);
}

static bool
show_session(const struct cmd_args *a, struct err *err)
{
    struct conversation *c = query_session(a->store, a->words[0], 0, 0, err);
    if (!c)
        return false;
    if (a->values[SESSIONS_JSON])
        show_json(c);
    else
        show_text(c);
    conversation_destroy(&c);
    return true;
}

/* ---- the command ---- */

static const struct cmd_verb verbs[] = {
    {.name = "list", .work = list_sessions, .help = "what is stored"},
    {"show", "ID", 1, 1, show_session, .help = "a conversation with its answers"},
    {"search", "TEXT", 1, 1, sessions_search, .help = "messages and answers that hold these words"},
    {"rename", "ID TITLE", 2, 2, sessions_rename,
     .help = "give it a title; an empty one takes it away"},
    {"rm", "ID", 1, 1, sessions_remove, .help = "remove it with all that belongs to it"},
    {"pin", "ID", 1, 1, sessions_pin, .help = "list it before the others"},
    {"merge", "FILE", 1, 1, sessions_merge,
     .help = "take verdicts of an export or another database into this one"}};
static const struct cmd_option options[] = {
    [SESSIONS_JSON] = {.name = "json", .help = "one JSON document"},
    [SESSIONS_LIMIT] = {.name = "limit", .value = "N", .help = "search: so many hits at most"},
    [SESSIONS_OFF] = {.name = "off", .help = "pin: take the pin away"}};

static int
check(const struct cmd_args *a)
{
    int64_t limit;
    return sessions_check_limit(a, &limit);
}

const struct command command_sessions = {
    .name = "sessions",
    CMD_TABLE(verb, verbs),
    CMD_TABLE(option, options),
    .help = "what is stored: the conversations",
    .check = check,
    .stored = true,
};
