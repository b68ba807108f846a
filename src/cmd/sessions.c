#include "cmd.h"
#include "out.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/utf8.h"
#include "berdua/chat/turn_json.h"
#include "berdua/conf/conf.h"
#include "berdua/conf/config.h"
#include "berdua/store/query.h"
#include "berdua/base/safe.h"

enum { TIME_BYTES = 32, MESSAGE_COLS = 48 };

static const char *
local_time(int64_t wall_us, char out[TIME_BYTES])
{
    time_t s = (time_t)(wall_us / US_PER_S);
    struct tm tm;
    if (!localtime_r(&s, &tm) || strftime(out, TIME_BYTES, "%Y-%m-%d %H:%M", &tm) == 0)
        snprintf(out, TIME_BYTES, "?");
    return out;
}

/* Prints text on one line without control characters, at most cols wide (0: whole). */
static void
print_line(const char *text, int cols)
{
    struct buf safe;
    buf_init(&safe, SIZE_MAX);
    safe_text(&safe, text, strlen(text), true);
    size_t n = cols > 0 ? utf8_fit(safe.p, safe.len, cols) : safe.len;
    fwrite(safe.p, 1, n, stdout);
    if (n < safe.len)
        fputs("…", stdout);
    buf_finish(&safe);
}

/* Prints several lines; a terminal gets them without control characters, a pipe or a file gets the exact bytes. */
static void
print_block(const char *p, size_t n)
{
    out_text(stdout, p, n);
    if (n == 0 || p[n - 1] != '\n')
        putchar('\n');
}

/* ---- list ---- */

static bool
list_row(void *arg, const struct session_row *row)
{
    int64_t *count = arg;
    char when[TIME_BYTES];
    ++*count;
    printf("%s  %s  %5lld %-5s %5lld %-8s  ", row->id, local_time(row->last_wall_us, when),
           (long long)row->turns, row->turns == 1 ? "turn" : "turns", (long long)row->verdicts,
           row->verdicts == 1 ? "verdict" : "verdicts");
    print_line(row->user, 0);
    fputs(row->simulated ? "  SIMULATED  " : "  ", stdout);
    print_line(row->title           ? row->title
               : row->first_message ? row->first_message
                                    : "",
               MESSAGE_COLS);
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
list_sessions(struct query *q, bool as_json, bool quiet, struct err *err)
{
    if (!as_json) {
        int64_t count = 0;
        bool ok = query_sessions(q, list_row, &count, err);
        if (ok && count == 0 && !quiet)
            fprintf(stderr, "berdua: no sessions yet\n");
        return ok;
    }
    struct json *doc = json_object(), *rows = json_array();
    bool ok = query_sessions(q, json_row, rows, err);
    json_add(doc, "sessions", rows);
    if (ok)
        out_json(stdout, doc);
    json_free(doc);
    return ok;
}

/* ---- show ---- */

static void
show_answer(const struct turn *t, const struct answer *a)
{
    printf("\n%s", brain_id_name(a->brain));
    if (a->model) {
        fputs(" (", stdout);
        print_line(a->model, 0);
        putchar(')');
    }
    printf("  %s", answer_status_name(a->status));
    if (a->times.ttft_us >= 0)
        printf(", first token %lld ms", (long long)(a->times.ttft_us / US_PER_MS));
    if (a->times.total_us >= 0)
        printf(", total %lld ms", (long long)(a->times.total_us / US_PER_MS));
    if (t->served == a->brain)
        fputs(", served", stdout);
    putchar('\n');
    if (a->error.kind != ERR_NONE) {
        printf("%s: ", error_kind_name(a->error.kind));
        print_line(a->error.message ? a->error.message : "", 0);
        putchar('\n');
    }
    if (a->text.len)
        print_block(a->text.p, a->text.len);
}

static void
show_turn(const struct turn *t)
{
    char when[TIME_BYTES];
    printf("\n[%lld] %s  %s%s\n", (long long)t->seq, local_time(t->at_wall_us, when),
           chat_mode_name(t->mode), t->simulated ? "  SIMULATED" : "");
    fputs("> ", stdout);
    print_block(t->message, strlen(t->message));
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (t->asked[b])
            show_answer(t, &t->answers[b]);
    if (t->verdict.kind != VERDICT_NONE)
        printf("\nverdict: %s\n", verdict_kind_name(t->verdict.kind));
    if (t->verdict.note) {
        fputs("note: ", stdout);
        print_line(t->verdict.note, 0);
        putchar('\n');
    }
}

static void
show_text(const struct conversation *c)
{
    char when[TIME_BYTES];
    printf("session %s  %s  user ", c->id, local_time(c->started_wall_us, when));
    print_line(c->user, 0);
    if (c->title) {
        fputs("  ", stdout);
        print_line(c->title, 0);
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
    json_free(doc);
}

static bool
show_session(struct query *q, const char *id, bool as_json, struct err *err)
{
    struct conversation *c = query_session(q, id, 0, 0, err);
    if (!c)
        return false;
    if (as_json)
        show_json(c);
    else
        show_text(c);
    conversation_destroy(&c);
    return true;
}

/* ---- the command ---- */

enum { VERB_LIST, VERB_SHOW };

static const struct cmd_verb verbs[] = {[VERB_LIST] = {"list"}, [VERB_SHOW] = {"show", "ID", 1, 1}};
static const struct cmd_option options[] = {{.name = "json"}};

static int
run_sessions(const struct globals *g, const struct cmd_args *args)
{
    bool json = args->values[0] != NULL;
    struct err err = {{0}};
    struct conf *conf = cmd_open_conf(g);
    if (!conf)
        return EXIT_CONFIG;
    struct query *q = query_open(conf_get(conf)->store_url, &err);
    bool ok = q && (args->verb == VERB_SHOW ? show_session(q, args->words[0], json, &err)
                                            : list_sessions(q, json, g->quiet, &err));
    query_close(&q);
    conf_destroy(&conf);
    if (!ok)
        fprintf(stderr, "berdua: %s\n", err.text);
    return ok ? EXIT_DONE : EXIT_FAILED;
}

const struct command command_sessions = {
    .name = "sessions",
    CMD_TABLE(verb, verbs),
    CMD_TABLE(option, options),
    .help = "what is stored",
    .run = run_sessions,
};
