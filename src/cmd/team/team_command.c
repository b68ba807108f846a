/* berdua team: a team's PostgreSQL, to which a chat sends and from which it takes in by itself. */
#include <inttypes.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/conf/config.h"
#include "berdua/store/team_store.h"
#include "berdua/team/team.h"
#include "cmd/cmd.h"
#include "cmd/out.h"
#include "team_words.h"

enum { VERB_INIT, VERB_STATUS, VERB_PUSH, VERB_PULL };

static const struct cmd_verb verbs[] = {
    [VERB_INIT] = {"init", .help = "make the table and its views on the server"},
    [VERB_STATUS] = {"status", .help = "what waits to be sent, and when the server was heard"},
    [VERB_PUSH] = {"push", .help = "send what waits, once"},
    [VERB_PULL] = {"pull", .help = "send, and take in what others made, once"}};
enum { OPT_JSON };
static const struct cmd_option options[] = {[OPT_JSON] = {"json", .help = "one JSON document"}};

static bool
make_tables(const struct cmd_args *a, struct err *err)
{
    if (!team_make_tables(a->config, err))
        return false;
    if (!a->globals->quiet)
        out_say("berdua: the tables and views are in the schema berdua. Whoever else is to use "
                "them needs\n"
                "  GRANT USAGE ON SCHEMA berdua TO name;\n"
                "  GRANT SELECT ON ALL TABLES IN SCHEMA berdua TO name;\n"
                "  GRANT INSERT ON berdua.event, berdua.origin TO name;\n");
    return true;
}

static void
print_status(const struct team_state *s, const struct team_counts *n)
{
    char words[TEAM_WORDS_BYTES];
    if (!s->origin[0]) {
        out_print("team: nothing has been sent from this database yet\n");
        return;
    }
    out_print("%s\n",
              team_words(s->seq > s->sent ? s->seq - s->sent : 0, s->heard_us, NULL, words));
    if (!s->filled)
        out_print("what was stored before the team is still being prepared\n");
    out_print("from %" PRId64 " other%s: %" PRId64 " taken in", n->origins,
              n->origins == 1 ? "" : "s", n->taken);
    if (n->waiting)
        out_print(", %" PRId64 " that wait for what they belong to or for a newer berdua",
                  n->waiting);
    if (n->refused)
        out_print(", %" PRId64 " that are no rows here", n->refused);
    out_print("\n");
}

static bool
show_status(const struct cmd_args *a, struct err *err)
{
    struct team_state s;
    struct team_counts n;
    if (!team_store_state(a->store, &s, err) || !team_store_count(a->store, &n, err))
        return false;
    if (!a->values[OPT_JSON]) {
        print_status(&s, &n);
        return true;
    }
    struct json *doc = json_object();
    json_add_str(doc, "origin", s.origin[0] ? s.origin : NULL);
    json_add_int(doc, "seq", s.seq);
    json_add_int(doc, "to_send", s.seq > s.sent ? s.seq - s.sent : 0);
    if (s.heard_us > 0)
        json_add_num(doc, "heard", (double)s.heard_us / US_PER_S);
    else
        json_add_null(doc, "heard");
    json_add_bool(doc, "prepared", s.filled);
    json_add_int(doc, "origins", n.origins);
    json_add_int(doc, "taken", n.taken);
    json_add_int(doc, "waiting", n.waiting);
    json_add_int(doc, "refused", n.refused);
    out_json(stdout, doc);
    return true;
}

static bool
exchange_once(const struct cmd_args *a, struct err *err)
{
    int64_t moved;
    char notice[200];
    bool push = a->verb == VERB_PUSH;
    if (!team_exchange(a->config, a->store, push ? TEAM_PUSH : TEAM_PULL, &moved, notice, err))
        return false;
    if (notice[0])
        out_say("berdua: %s\n", notice);
    if (!a->globals->quiet)
        out_say("berdua: %" PRId64 " %s\n", moved, push ? "sent" : "taken in");
    return true;
}

static int
check_team_args(const struct cmd_args *a)
{
    if (a->values[OPT_JSON] && a->verb != VERB_STATUS)
        return cmd_usage("team", "only status takes --json");
    return 0;
}

static int
work_team(const struct cmd_args *a, struct err *err)
{
    static bool (*const work[])(const struct cmd_args *,
                                struct err *) = {[VERB_INIT] = make_tables,
                                                 [VERB_STATUS] = show_status,
                                                 [VERB_PUSH] = exchange_once,
                                                 [VERB_PULL] = exchange_once};
    bool unset = !a->config->team.url && a->verb != VERB_STATUS;
    if (unset)
        err_set(err, "team.url is not set; see berdua-config(5)");
    if (unset || !team_check(a->config, err))
        return EXIT_CONFIG;
    return work[a->verb](a, err) ? EXIT_DONE : EXIT_FAILED;
}

const struct command command_team = {
    .name = "team",
    CMD_TABLE(verb, verbs),
    CMD_TABLE(option, options),
    .help = "a team's PostgreSQL: its tables, how it stands, send, take in",
    .check = check_team_args,
    .work = work_team,
    .stored = true,
};
