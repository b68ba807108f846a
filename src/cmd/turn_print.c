#include "turn_print.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/json.h"
#include "berdua/base/clock.h"
#include "berdua/chat/turn_json.h"
#include "cmd.h"
#include "out.h"

void
print_answer_error(const struct answer *a)
{
    struct buf line;
    buf_init(&line, 4096);
    buf_printf(&line, "%s: %s", brain_id_name(a->brain), answer_status_name(a->status));
    if (a->error.kind != ERR_NONE && a->status != STATUS_CANCELLED) {
        buf_printf(&line, ": %s", error_kind_name(a->error.kind));
        if (a->error.http_status)
            buf_printf(&line, " (HTTP %d)", a->error.http_status);
        if (a->error.message)
            buf_printf(&line, ": %.1000s", a->error.message);
    }
    out_say("berdua: %s\n", line.p);
    buf_finish(&line);
}

static struct json *
event_object(const char *name, const struct job *job)
{
    struct json *o = json_object();
    json_add_str(o, "event", name);
    if (job->brain != BRAIN_NONE)
        json_add_str(o, "brain", brain_id_name(job->brain));
    return o;
}

void
print_event_json(FILE *out, const struct conversation *c, const struct job *job)
{
    struct json *o = NULL;
    const struct answer *a = job->answer;
    switch (job->notice) {
    case NOTIFY_TURN:
        o = event_object("turn", job);
        json_add_int(o, "turn", job->turn->seq);
        json_add_str(o, "session", c->id);
        json_add_str(o, "message", job->turn->message);
        json_add_str(o, "mode", chat_mode_name(job->turn->mode));
        break;
    case NOTIFY_CONTEXT:
        o = event_object("context", job);
        json_add(o, "context", context_to_json(&job->turn->context));
        break;
    case NOTIFY_CONNECTED:
        o = event_object("connected", job);
        json_add_num(o, "connect_ms", (double)a->times.connect_us / US_PER_MS);
        break;
    case NOTIFY_WAITING:
        o = event_object("waiting", job);
        json_add_str(o, "reason", job->own_text);
        break;
    case NOTIFY_FIRST_TOKEN:
        o = event_object("first_token", job);
        json_add_num(o, "ttft_ms", (double)a->times.ttft_us / US_PER_MS);
        break;
    case NOTIFY_DELTA:
        o = event_object("delta", job);
        json_add_strn(o, "text", job->text, job->len);
        break;
    case NOTIFY_TAKEN_BACK:
        o = event_object("taken_back", job);
        break;
    case NOTIFY_RETRY:
        o = event_object("retry", job);
        json_add_int(o, "retries", a->retries);
        json_add_str(o, "reason", a->retry_why);
        break;
    case NOTIFY_ANSWER:
        o = event_object("done", job);
        json_add(o, "answer", answer_to_json(a));
        break;
    default:
        return;
    }
    out_json(out, o);
}

void
print_turn_json(FILE *out, const struct conversation *c, const struct turn *t, bool stored,
                bool as_event)
{
    struct json *o = turn_to_json(c, t), *event = NULL;
    json_add_bool(o, "stored", stored);
    if (as_event) {
        event = json_object();
        json_add_str(event, "event", "result");
        json_add(event, "result", o);
    }
    out_json(out, event ? event : o);
}

int
turn_exit_code(const struct turn *t)
{
    if (t->served == BRAIN_NONE)
        return EXIT_NONE_SERVED;
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (t->asked[b] && t->answers[b].role != ROLE_SHADOW && !answer_valid(&t->answers[b]) &&
            !turn_hedge_stopped(t, (enum brain_id)b))
            return EXIT_PARTLY;
    return EXIT_DONE;
}
