#include "berdua/brain/tape.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/base/random.h"
#include "brain/provider/decoder.h"
#include "cassette.h"

enum { FILE_BYTES = 256 << 20, ERROR_BODY_BYTES = 1 << 20 };

struct reading {
    struct tape_answer *to;
    struct decoder *decoder;
    int status; /* of HTTP */
    struct buf error_body;
};

/* Text that the decoder has ready. */
static void
take_text(struct reading *r, int64_t at_us)
{
    struct decoder_output *out = decoder_output(r->decoder);
    struct answer *a = &r->to->answer;
    if (out->taken_back) {
        buf_clear(&a->text);
        a->delta_count = 0;
        a->times.ttft_us = UNKNOWN;
        r->to->count = 0;
        out->taken_back = false;
    }
    if (out->text.len == 0)
        return;
    buf_append(&a->text, out->text.p, out->text.len);
    a->delta_count += out->deltas;
    if (a->times.ttft_us < 0)
        a->times.ttft_us = at_us;
    buf_clear(&out->text);
    out->deltas = 0;
    r->to->pieces = xgrow(r->to->pieces, r->to->count, sizeof *r->to->pieces);
    r->to->pieces[r->to->count++] = (struct tape_piece){at_us, a->text.len};
}

static void
fail(struct answer *a, const char *kind)
{
    int k = error_kind_parse(kind);
    a->status = STATUS_FAILED;
    a->error.kind = k < 0 ? ERR_PROTOCOL : (enum error_kind)k;
    a->error.message = xasprintf("as recorded: %s", kind);
}

/* false: the answer is over. */
static bool
read_step(struct reading *r, const struct cassette *c, size_t i)
{
    const struct cassette_step *s = &c->steps[i];
    struct answer *a = &r->to->answer;
    bool bad = r->status >= 300, more = true;
    switch (s->kind) {
    case TAPE_CONNECTED:
        a->times.connect_us = s->t_us;
        break;
    case TAPE_STATUS:
        r->status = s->status;
        buf_clear(&r->error_body);
        break;
    case TAPE_BYTES:
        if (bad)
            buf_append(&r->error_body, s->bytes, s->len);
        else
            more = decoder_feed(r->decoder, s->bytes, s->len);
        break;
    case TAPE_END:
        if (!bad)
            decoder_end_body(r->decoder);
        break;
    case TAPE_FAIL:
        if (cassette_goes_on(c, i))
            break;
        fail(a, s->bytes);
        return false;
    }
    take_text(r, s->t_us);
    a->times.total_us = s->t_us;
    return more;
}

static void
end_answer(struct reading *r)
{
    struct answer *a = &r->to->answer;
    const struct decoded *d = decoder_finish(r->decoder);
    bool loading;
    take_text(r, a->times.total_us < 0 ? 0 : a->times.total_us);
    a->phase = PHASE_ENDED;
    a->usage = d->usage;
    a->stop_reason = xstrdup(d->stop_reason);
    if (d->model) {
        free(a->model);
        a->model = xstrdup(d->model);
    }
    if (a->status == STATUS_FAILED)
        return;
    if (r->status >= 300) {
        decode_http_error(r->status, r->error_body.p, r->error_body.len, &a->error, &loading);
        a->error.http_status = r->status;
        a->status = STATUS_FAILED;
    } else if (d->finish == FINISH_ERROR || d->finish == FINISH_NONE) {
        a->status = STATUS_FAILED;
        a->error.kind = d->finish == FINISH_NONE ? ERR_STREAM_CUT : d->error;
        a->error.message = xstrdup(d->error_message ? d->error_message : "as recorded");
    } else {
        a->status = d->finish == FINISH_REFUSED  ? STATUS_REFUSED
                    : d->finish == FINISH_LENGTH ? STATUS_CUT
                                                 : STATUS_COMPLETE;
    }
}

bool
tape_answer_read(struct tape_answer *t, const char *file, struct err *err)
{
    struct buf text;
    *t = (struct tape_answer){.message = NULL};
    answer_init(&t->answer, BRAIN_CLAUDE);
    buf_init(&text, FILE_BYTES);
    struct cassette *c =
        path_read(file, &text, err) ? cassette_parse(file, text.p, text.len, err) : NULL;
    buf_finish(&text);
    if (!c)
        return false;
    struct reading r = {.to = t, .decoder = decoder_create(c->provider), .status = 200};
    struct answer *a = &t->answer;
    buf_init(&r.error_body, ERROR_BODY_BYTES);
    id_make(a->id);
    a->brain = c->brain;
    a->provider = xstrdup(provider_name(c->provider));
    a->model = xstrdup(c->model);
    a->simulated = true;
    t->message = xstrdup(c->message);
    for (size_t i = 0; i < c->count && read_step(&r, c, i); i++)
        ;
    end_answer(&r);
    buf_finish(&r.error_body);
    decoder_destroy(&r.decoder);
    cassette_destroy(&c);
    return true;
}

void
tape_answer_finish(struct tape_answer *t)
{
    answer_finish(&t->answer);
    free(t->message);
    free(t->pieces);
    *t = (struct tape_answer){.message = NULL};
}
