#include "judge_task.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/brain/complete.h"
#include "berdua/core/cancel.h"
#include "berdua/engine/cost.h"
#include "berdua/judge/judge_reply.h"
#include "berdua/net/http.h"

enum { WHY_BYTES = 2000 };

/* ---- a worker's own: a connection to the server, and one to the store ---- */

struct judge_worker {
    const struct judge_setting *setting;
    struct http *http;
    struct store *store;
};

static void *
open_judge_worker(void *arg)
{
    struct judge_worker *w = xcalloc(1, sizeof *w);
    w->setting = arg;
    return w;
}

static void
close_judge_worker(void *local)
{
    struct judge_worker *w = local;
    store_close(&w->store);
    http_destroy(&w->http);
    free(w);
}

const struct pool_ops judge_worker_ops = {.open = open_judge_worker, .close = close_judge_worker};

/* ---- the question ---- */

static bool
read_texts(struct judge_task *t, struct judge_worker *w, struct judge_texts *texts)
{
    if (!w->store)
        w->store = store_open(t->setting->config->store_url, &t->why);
    bool there = w->store && judge_store_texts(w->store, &t->pair, texts, &t->why);
    if (!there)
        t->end = t->why.text[0] ? JUDGE_END_STORE : JUDGE_END_GONE;
    return there;
}

static struct call_spec *
make_spec(const struct judge_task *t, const struct judge_texts *texts, const char *system,
          const char *user)
{
    const struct judge_choice *c = t->setting->choice;
    /* Newer models refuse every sampling parameter; who has configured one knows that this one takes it. */
    double set = config_temperature(c->conf, c->model, NULL);
    bool sent = c->conf->provider == PROVIDER_ANTHROPIC ? set >= 0 : !(set < 0);
    struct call_spec *spec = xcalloc(1, sizeof *spec);
    *spec = (struct call_spec){.call = 1,
                               .brain = c->brain,
                               .conf = c->conf,
                               .model = c->model,
                               .max_tokens = judge_max_tokens(c),
                               .temperature = sent ? 0 : NAN,
                               .top_p = NAN,
                               .limits = c->conf->limits,
                               .schema = t->with_schema ? judge_schema() : NULL,
                               .max_bytes = JUDGE_REPLY_BYTES,
                               .seed = (uint64_t)clock_us(),
                               .purpose = CALL_JUDGE,
                               .keyring = t->setting->keyring,
                               .cancel = cancel_ref(t->cancel)};
    spec->about = xstrdup(texts->message);
    spec->prompt.system = xstrdup(system);
    prompt_add(&spec->prompt, false, user);
    return spec;
}

/* ---- the answer ---- */

static char *
why_json(const char *why, const char *said, size_t n)
{
    struct json *o = json_object();
    struct buf text;
    json_add_str(o, "why", why);
    json_add_strn(o, "said", said, n < WHY_BYTES ? n : WHY_BYTES);
    buf_init(&text, 16 * WHY_BYTES);
    json_print(o, &text);
    json_free(o);
    return buf_take(&text);
}

/* Some failures are answers, too: the same question would fail again, and cost again. */
static bool
is_answer(const struct answer *a)
{
    return a->status == STATUS_COMPLETE || a->status == STATUS_CUT || a->status == STATUS_REFUSED ||
           a->error.kind == ERR_EMPTY || a->error.kind == ERR_CONTEXT_LENGTH;
}

static void
read_reply(struct judge_task *t)
{
    const struct answer *a = &t->call;
    struct judge_reply reply;
    struct err why = {""};
    if (!is_answer(a)) {
        t->end = JUDGE_END_FAILED;
        return;
    }
    t->end = JUDGE_END_ANSWERED;
    t->state = a->status == STATUS_REFUSED           ? JUDGE_REFUSED
               : a->error.kind == ERR_CONTEXT_LENGTH ? JUDGE_TOO_LONG
                                                     : JUDGE_UNUSABLE;
    if (t->state == JUDGE_UNUSABLE && a->error.kind == ERR_NONE &&
        judge_read(&reply, t->first, a->text.p, a->text.len, &why)) {
        t->state = JUDGE_VOTED;
        t->winner = reply.winner;
        t->reply = judge_reply_print(&reply);
        judge_reply_finish(&reply);
        return;
    }
    const char *cause = a->error.message ? a->error.message : why.text;
    t->reply = why_json(a->status == STATUS_CUT ? "the token limit cut the reply" : cause,
                        a->text.len ? a->text.p : "", a->text.len);
}

static void
ask_judge(struct judge_task *t, struct judge_worker *w, const struct judge_texts *texts)
{
    const struct judge_choice *c = t->setting->choice;
    struct judge_question q = {.history = texts->history, .message = texts->message};
    struct buf system, user;
    buf_init(&system, JUDGE_QUESTION_BYTES);
    buf_init(&user, JUDGE_QUESTION_BYTES);
    for (int b = 0; b < BRAIN_COUNT; b++) {
        q.answers[b] = texts->answers[b];
        q.models[b] = texts->models[b];
    }
    if (!judge_ask(&q, t->first, &system, &user)) {
        t->end = JUDGE_END_ANSWERED;
        t->state = JUDGE_TOO_LONG;
    } else {
        struct call_spec *spec = make_spec(t, texts, system.p, user.p);
        t->bytes = (int64_t)(system.len + user.len + (spec->schema ? strlen(spec->schema) : 0));
        complete(&spec, w->http, &t->call);
        t->called = true;
        t->call.cost_usd = cost_usd(&c->model->price, &t->call);
        t->call.saved_usd = cost_saved_usd(&c->model->price, &t->call);
        read_reply(t);
    }
    buf_finish(&system);
    buf_finish(&user);
}

void
judge_task_run(struct task *task, void *local)
{
    struct judge_task *t = (struct judge_task *)task;
    struct judge_worker *w = local;
    struct judge_texts texts;
    if (!read_texts(t, w, &texts))
        return;
    if (!w->http && !t->setting->choice->simulated)
        w->http = http_create(&t->why);
    ask_judge(t, w, &texts); /* without a library for the network the call says so */
    judge_texts_finish(&texts);
}

void
judge_task_destroy(struct judge_task **tp)
{
    struct judge_task *t = *tp;
    *tp = NULL;
    if (!t)
        return;
    if (t->called)
        answer_finish(&t->call);
    cancel_unref(&t->cancel);
    free(t->reply);
    free(t);
}
