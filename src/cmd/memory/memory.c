/* berdua memory: shows, corrects and deletes what is inferred about people. */
#include "memory_edit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/conf/config.h"
#include "berdua/conf/secret.h"
#include "berdua/session/analysis.h"
#include "berdua/jiwa/profile.h"
#include "berdua/net/http.h"
#include "berdua/store/memory_store.h"
#include "berdua/store/query.h"
#include "cmd/cmd.h"
#include "cmd/doc/memory_view.h"
#include "cmd/out.h"

enum { MOST_PASSES = 100 };

/* ---- show ---- */

static bool
add_record(void *arg, const struct memory_record *r)
{
    struct json *o = json_object();
    struct jiwa j;
    jiwa_parse(&j, r->record, NULL);
    json_add_str(o, "session", r->session);
    json_add_num(o, "ts", (double)r->at_us / US_PER_S);
    json_add_int(o, "through_turn", r->through_seq);
    json_add_str(o, "model", r->model);
    json_add_int(o, "dropped", r->dropped);
    json_add(o, "record", jiwa_to_json(&j, false));
    json_push(arg, o);
    jiwa_finish(&j);
    return true;
}

static bool
add_pending(void *arg, const char *session, int64_t next_us, int attempts, const char *error)
{
    struct json *o = json_object();
    json_add_str(o, "session", session);
    json_add_num(o, "next", (double)next_us / US_PER_S);
    json_add_int(o, "attempts", attempts);
    json_add_str(o, "error", error);
    json_push(arg, o);
    return true;
}

static bool
show_json(const struct cmd_args *a, const struct memory_view *view, struct err *err)
{
    const char *user = a->words[0];
    struct json *doc = json_object(), *records = json_array(), *pending = json_array();
    json_add_str(doc, "user", user);
    json_add_bool(doc, "inferred", true);
    json_add_bool(doc, "enabled", analysis_wanted(a->config, user));
    json_add_bool(doc, "out", view->out);
    if (view->at_us != UNKNOWN)
        json_add_num(doc, "updated", (double)view->at_us / US_PER_S);
    else
        json_add_null(doc, "updated");
    json_add(doc, "profile", jiwa_to_json(&view->profile, true));
    bool ok = memory_store_records(a->store, user, view->since_us, add_record, records, err) &&
              memory_store_pending(a->store, user, add_pending, pending, err);
    json_add(doc, "records", records);
    json_add(doc, "pending", pending);
    return out_json_if(ok, doc);
}

static bool
tell_pending(void *arg, const char *session, int64_t next_us, int attempts, const char *error)
{
    (void)arg;
    (void)next_us;
    out_say("berdua: session %s waits to be analysed", session);
    if (attempts && error)
        out_say(" (%d %s; %s)", attempts, attempts == 1 ? "try" : "tries", error);
    fputc('\n', stderr);
    return true;
}

static bool
show_text(const struct cmd_args *a, const struct memory_view *view, struct err *err)
{
    struct buf text;
    buf_init(&text, SIZE_MAX);
    jiwa_lines(&view->profile, a->words[0], &text);
    out_text(stdout, text.p, text.len);
    buf_finish(&text);
    if (view->out && !a->globals->quiet)
        out_say("berdua: %s has been taken out: nothing more is inferred, and no brain is "
                "told of it; /memory on in their chat lets them in again\n",
                a->words[0]);
    return a->globals->quiet ||
           memory_store_pending(a->store, a->words[0], tell_pending, NULL, err);
}

static bool
show_memory(const struct cmd_args *a, struct err *err)
{
    struct memory_view view;
    bool ok = memory_view_load(a->store, a->config, a->words[0], &view, err) &&
              (a->values[0] ? show_json : show_text)(a, &view, err);
    if (ok && !a->config->memory.enabled && !a->globals->quiet)
        fputs("berdua: memory is not enabled (memory.enabled), so nothing new is inferred\n",
              stderr);
    jiwa_finish(&view.profile);
    return ok;
}

/* ---- forget ---- */

static bool
forget_user(const struct cmd_args *a, struct err *err)
{
    bool ok = memory_store_forget(a->store, a->words[0], clock_wall_us(), err);
    if (ok && a->values[0]) {
        struct json *doc = json_object();
        json_add_str(doc, "user", a->words[0]);
        json_add_bool(doc, "forgotten", true);
        out_json(stdout, doc);
    } else if (ok && !a->globals->quiet) {
        out_text(stdout, a->words[0], strlen(a->words[0]));
        puts(": forgotten, and taken out of memory");
    }
    return ok;
}

/* ---- analyse ---- */

struct sums {
    size_t turns;
    int64_t dropped;
    struct jiwa record; /* of all passes */
    struct json *calls;
};

static void
add_call(struct json *calls, const struct answer *a)
{
    struct json *o = json_object();
    json_add_str(o, "model", a->model);
    json_add_str(o, "status", answer_status_name(a->status));
    json_add_num(o, "total_ms", (double)a->times.total_us / US_PER_MS);
    json_add_int(o, "tokens_in", a->usage.input);
    json_add_int(o, "tokens_out", a->usage.output);
    json_add_num(o, "cost_usd", a->cost_usd);
    json_push(calls, o);
}

static bool
analyse_all(const struct analysis_opts *opts, const char *session, struct sums *sums,
            struct err *err)
{
    struct analysis a = {.more = true};
    bool ok = true;
    for (int i = 0; ok && a.more && i < MOST_PASSES; i++) {
        analysis_finish(&a);
        analysis_run(opts, session, &a);
        if (a.called)
            add_call(sums->calls, &a.call);
        ok = a.end == ANALYSIS_DONE || a.end == ANALYSIS_NOTHING;
        if (!ok) {
            err_set(err, "%s", a.why);
            break;
        }
        sums->turns += a.turns;
        sums->dropped += a.dropped;
        jiwa_merge(&sums->record, &a.record, session, 1 + i);
    }
    analysis_finish(&a);
    return ok;
}

static void
print_analysed(const struct cmd_args *a, const char *session, struct sums *sums)
{
    if (a->values[0]) {
        struct json *doc = json_object();
        json_add_str(doc, "session", session);
        json_add_bool(doc, "inferred", true);
        json_add_int(doc, "turns", (int64_t)sums->turns);
        json_add_int(doc, "kept", (int64_t)jiwa_count(&sums->record));
        json_add_int(doc, "dropped", sums->dropped);
        json_add(doc, "record", jiwa_to_json(&sums->record, false));
        json_add(doc, "calls", sums->calls);
        sums->calls = NULL;
        out_json(stdout, doc);
    } else if (!sums->turns) {
        puts("No turn is new; everything has been analysed.");
    } else {
        size_t n = jiwa_count(&sums->record);
        out_print("%zu turn%s analysed: %zu item%s inferred, %lld left out without evidence\n",
                  sums->turns, sums->turns == 1 ? "" : "s", n, n == 1 ? "" : "s",
                  (long long)sums->dropped);
    }
}

static bool
analyse_session(const struct cmd_args *a, struct err *err)
{
    struct conversation *c = query_session(a->store, a->words[0], 0, 1, err);
    if (!c)
        return false;
    struct keyring *keyring = keyring_create();
    bool played = a->config->brains[BRAIN_LLAMA].provider == PROVIDER_PLAYBACK;
    struct http *http = played ? NULL : http_create(err);
    struct analysis_opts opts = {
        .config = a->config, .keyring = keyring, .http = http, .counts = true};
    struct sums sums = {.calls = json_array()};
    bool ok = (http || played) && analyse_all(&opts, c->id, &sums, err);
    if (ok)
        print_analysed(a, c->id, &sums);
    json_free(sums.calls);
    jiwa_finish(&sums.record);
    http_destroy(&http);
    keyring_destroy(&keyring);
    conversation_destroy(&c);
    return ok;
}

/* ---- the command ---- */

static bool
edit_memory(const struct cmd_args *a, struct err *err)
{
    if (strcmp(a->words[0], "anonymous") == 0)
        return err_set(err, "nothing is kept about anonymous users");
    return memory_edit(a->store, a->config, a->words[0], a->globals->quiet, err);
}

enum { VERB_SHOW, VERB_EDIT, VERB_FORGET, VERB_ANALYSE };

static const struct cmd_verb verbs[] = {
    [VERB_SHOW] = {"show", "USER", 1, 1, show_memory, .help = "what is inferred about a user"},
    [VERB_EDIT] = {"edit", "USER", 1, 1, edit_memory, .help = "change it in your editor"},
    [VERB_FORGET] = {"forget", "USER", 1, 1, forget_user,
                     .help = "delete it and infer nothing more"},
    [VERB_ANALYSE] = {"analyse", "SESSION", 1, 1, analyse_session,
                      .help = "analyse a session now"}};
static const struct cmd_option options[] = {{.name = "json", .help = "one JSON document"}};

static int
check_memory_args(const struct cmd_args *a)
{
    if (!*a->words[0])
        return cmd_usage("memory", "%s takes %s", verbs[a->verb].name, verbs[a->verb].words);
    if (a->verb == VERB_EDIT && a->values[0])
        return cmd_usage("memory", "edit has no --json");
    return 0;
}

const struct command command_memory = {
    .name = "memory",
    CMD_TABLE(verb, verbs),
    CMD_TABLE(option, options),
    .help = "what is inferred about people after a conversation",
    .check = check_memory_args,
    .stored = true,
};
