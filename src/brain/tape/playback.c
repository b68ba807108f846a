#include "berdua/brain/call.h"

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/brain/tape.h"
#include "brain/call_run.h"
#include "brain/provider/providers.h"
#include "cassette.h"

enum { ERROR_BODY_BYTES = 1 << 20 };

static const char *
last_message(const struct prompt *p)
{
    for (size_t i = p->count; i > 0; i--)
        if (!p->messages[i - 1].assistant)
            return p->messages[i - 1].text;
    return "";
}

/* One step at its time. false: the try is over. */
static bool
play_step(struct call_run *run, const struct cassette *c, size_t i, int *status, struct buf *error)
{
    const struct cassette_step *s = &c->steps[i];
    bool bad = *status >= 300;
    switch (s->kind) {
    case TAPE_CONNECTED:
        run_connected(run, s->t_us);
        break;
    case TAPE_STATUS:
        *status = s->status;
        buf_clear(error);
        break;
    case TAPE_BYTES:
        if (!bad)
            return run_feed(run, s->bytes, s->len);
        buf_append(error, s->bytes, s->len);
        break;
    case TAPE_END:
        if (!bad)
            run_end_body(run);
        break;
    case TAPE_FAIL:
        if (cassette_goes_on(c, i))
            break;
        run_fail(run, (enum error_kind)error_kind_parse(s->bytes), "as recorded: %s", s->bytes);
        return false;
    }
    if (bad && i + 1 == c->count) {
        run_http_error(run, *status, error->p, error->len);
        return false;
    }
    return true;
}

static void
play(struct call_run *run, const struct cassette *c)
{
    int64_t start = clock_us();
    double pace = run->spec->conf->pace > 0 ? run->spec->conf->pace : 1;
    int status = 200;
    struct buf error;
    buf_init(&error, ERROR_BODY_BYTES);
    decoder_become(run->decoder, c->provider, c->simulated);
    for (size_t i = 0; i < c->count; i++) {
        if (!run_sleep_until(run, start + (int64_t)((double)c->steps[i].t_us / pace)) ||
            !play_step(run, c, i, &status, &error))
            break;
    }
    buf_finish(&error);
}

static void
play_cassette(struct call_run *run)
{
    const struct call_spec *spec = run->spec;
    const char *message = spec->about ? spec->about : last_message(&spec->prompt);
    struct err err = {""};
    struct cassette_library *library = cassette_library_open(spec->conf->cassettes, &err);
    if (!library) {
        run_fail(run, ERR_NOT_FOUND, "%s", err.text);
        return;
    }
    const struct cassette *c =
        cassette_library_pick(library, spec->brain, spec->purpose, message, spec->seed);
    if (c)
        play(run, c);
    else if (*cassette_library_why(library))
        run_fail(run, ERR_NOT_FOUND, "%s", cassette_library_why(library));
    else
        run_fail(run, ERR_NOT_FOUND, "No recording for this message.");
    cassette_library_close(&library);
}

bool
tape_missing(const struct brain_conf *conf, enum brain_id brain, const char *message)
{
    struct cassette_library *library =
        conf->provider == PROVIDER_PLAYBACK ? cassette_library_open(conf->cassettes, NULL) : NULL;
    bool missing = library && !cassette_library_pick(library, brain, CALL_ANSWER, message, 0) &&
                   !*cassette_library_why(library);
    cassette_library_close(&library);
    return missing;
}

static bool
probe_cassettes(const struct brain_conf *conf, const struct model_conf *model,
                struct answer_error *error, struct buf *names)
{
    struct err err = {""};
    struct cassette_library *library = cassette_library_open(conf->cassettes, &err);
    if (library && !cassette_library_count(library))
        err_set(&err, "%s: no cassette there",
                conf->cassettes && *conf->cassettes ? conf->cassettes : "shipped cassettes");
    bool ok = !err.text[0];
    if (!ok)
        *error = (struct answer_error){.kind = ERR_NOT_FOUND, .message = xstrdup(err.text)};
    else if (names && model && model->id)
        buf_printf(names, "%s\n", model->id);
    cassette_library_close(&library);
    return ok;
}

const struct brain_ops brain_playback = {
    .provider = PROVIDER_PLAYBACK,
    .exchange = play_cassette,
    .probe = probe_cassettes,
};
