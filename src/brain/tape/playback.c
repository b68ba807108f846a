#include "berdua/brain/call.h"
#include "brain/exchange.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/brain/cassette.h"
#include "brain/provider/providers.h"

enum { ERROR_BODY_BYTES = 1 << 20 };

static const char *
last_message(const struct prompt *p)
{
    for (size_t i = p->count; i > 0; i--)
        if (!p->messages[i - 1].assistant)
            return p->messages[i - 1].text;
    return "";
}

/* Does another try follow on the tape? Then what failed before it was not how the call ended. */
static bool
goes_on(const struct cassette *c, size_t after)
{
    for (size_t i = after + 1; i < c->count; i++)
        if (c->steps[i].kind != TAPE_END)
            return true;
    return false;
}

/* One step at its time. false: the try is over. */
static bool
play_step(struct call_run *run, const struct cassette *c, size_t i, int *status, struct buf *error)
{
    const struct cassette_step *s = &c->steps[i];
    bool bad = *status >= 300;
    switch (s->kind) {
    case TAPE_CONNECTED:
        call_run_connected(run, s->t_us);
        break;
    case TAPE_STATUS:
        *status = s->status;
        buf_clear(error);
        break;
    case TAPE_BYTES:
        if (!bad)
            return call_run_feed(run, s->bytes, s->len);
        buf_append(error, s->bytes, s->len);
        break;
    case TAPE_END:
        if (!bad)
            call_run_end_body(run);
        break;
    case TAPE_FAIL:
        if (goes_on(c, i))
            break;
        call_run_fail(run, (enum error_kind)error_kind_parse(s->bytes), "as recorded: %s",
                      s->bytes);
        return false;
    }
    if (bad && i + 1 == c->count) {
        call_run_http_error(run, *status, error->p, error->len);
        return false;
    }
    return true;
}

static void
play(struct call_run *run, const struct cassette *c)
{
    int64_t start = clock_us();
    int status = 200;
    struct buf error;
    buf_init(&error, ERROR_BODY_BYTES);
    decoder_become(call_run_decoder(run), c->provider, c->simulated);
    for (size_t i = 0; i < c->count; i++) {
        if (!call_run_sleep_until(run, start + c->steps[i].t_us) ||
            !play_step(run, c, i, &status, &error))
            break;
    }
    buf_finish(&error);
}

static void
exchange(struct call_run *run)
{
    const struct call_spec *spec = call_run_spec(run);
    const char *message = spec->about ? spec->about : last_message(&spec->prompt);
    struct err err = {""};
    struct cassette_library *shelf = cassette_library_open(spec->conf->cassettes, &err);
    if (!shelf) {
        call_run_fail(run, ERR_NOT_FOUND, "%s", err.text);
        return;
    }
    const struct cassette *c = cassette_library_pick(shelf, spec->brain, spec->purpose, message,
                                                     spec->category, spec->seed);
    if (c)
        play(run, c);
    else
        call_run_fail(run, ERR_NOT_FOUND, "no cassette with the purpose %s for %s",
                      call_purpose_name(spec->purpose), brain_id_name(spec->brain));
    cassette_library_close(&shelf);
}

static bool
probe(struct http *http, const struct brain_conf *conf, const char *key,
      const struct model_conf *model, struct answer_error *error, struct buf *names)
{
    (void)http;
    (void)key;
    struct err err = {""};
    struct cassette_library *shelf = cassette_library_open(conf->cassettes, &err);
    if (shelf && !cassette_library_count(shelf))
        err_set(&err, "%s: no cassette there",
                conf->cassettes && *conf->cassettes ? conf->cassettes : "shipped cassettes");
    bool ok = !err.text[0];
    if (!ok)
        *error = (struct answer_error){.kind = ERR_NOT_FOUND, .message = xstrdup(err.text)};
    else if (names && model && model->id)
        buf_printf(names, "%s\n", model->id);
    cassette_library_close(&shelf);
    return ok;
}

const struct brain_ops brain_playback = {
    .provider = PROVIDER_PLAYBACK,
    .exchange = exchange,
    .probe = probe,
};
