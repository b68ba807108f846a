#include "cmd.h"
#include "out.h"
#include "sessions_merge.h"

#include <stdio.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/json.h"
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
    fputs(row->simulated ? "  SIMULATED  " : "  ", stdout);
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
    json_push(arg, o);
    return true;
}

static bool
list_sessions(const struct cmd_args *a, struct err *err)
{
    if (!a->values[0]) {
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
show_answer(const struct turn *t, const struct answer *a)
{
    out_print("\n%s", brain_id_name(a->brain));
    if (a->model) {
        fputs(" (", stdout);
        out_safe(a->model, true, 0);
        putchar(')');
    }
    out_print("  %s", answer_status_name(a->status));
    if (a->times.ttft_us >= 0)
        out_print(", first token %lld ms", (long long)(a->times.ttft_us / US_PER_MS));
    if (a->times.total_us >= 0)
        out_print(", total %lld ms", (long long)(a->times.total_us / US_PER_MS));
    if (t->served == a->brain)
        fputs(", served", stdout);
    putchar('\n');
    if (a->error.kind != ERR_NONE) {
        out_print("%s: ", error_kind_name(a->error.kind));
        out_safe(a->error.message ? a->error.message : "", true, 0);
        putchar('\n');
    }
    if (a->text.len)
        out_block(a->text.p, a->text.len);
}

static void
show_turn(const struct turn *t)
{
    char when[OUT_TIME_BYTES];
    out_print("\n[%lld] %s  %s%s\n", (long long)t->seq, out_time(t->at_wall_us, when),
              chat_mode_name(t->mode), t->simulated ? "  SIMULATED" : "");
    fputs("> ", stdout);
    out_block(t->message, strlen(t->message));
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (t->asked[b])
            show_answer(t, &t->answers[b]);
    if (t->verdict.kind != VERDICT_NONE)
        out_print("\nverdict: %s\n", verdict_kind_name(t->verdict.kind));
    if (t->verdict.note) {
        fputs("note: ", stdout);
        out_safe(t->verdict.note, true, 0);
        putchar('\n');
    }
}

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
        show_turn(c->turns[i]);
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
        json_push(turns, turn_to_json(c, c->turns[i]));
    json_add(doc, "turns", turns);
    out_json(stdout, doc);
}

static bool
show_session(const struct cmd_args *a, struct err *err)
{
    struct conversation *c = query_session(a->store, a->words[0], 0, 0, err);
    if (!c)
        return false;
    if (a->values[0])
        show_json(c);
    else
        show_text(c);
    conversation_destroy(&c);
    return true;
}

/* ---- the command ---- */

static const struct cmd_verb verbs[] = {{.name = "list", .work = list_sessions},
                                        {"show", "ID", 1, 1, show_session},
                                        {"merge", "FILE", 1, 1, sessions_merge}};
static const struct cmd_option options[] = {{.name = "json"}};

const struct command command_sessions = {
    .name = "sessions",
    CMD_TABLE(verb, verbs),
    CMD_TABLE(option, options),
    .help = "what is stored",
    .stored = true,
};
