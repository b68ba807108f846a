#include "make_session.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/core/mailbox.h"
#include "berdua/store/writer.h"

enum { MAILBOX_BYTES = 1 << 20, PATIENCE_MS = 60000, FLIGHT = 256 };

static void
die(const char *why)
{
    fprintf(stderr, "make_session: %s\n", why);
    abort();
}

/* arg is the newest request that was answered. */
static void
take_ack(void *arg, const struct write_ack *ack)
{
    uint64_t *seen = arg;
    if (ack->refused)
        die(ack->refused);
    *seen = ack->request;
}

static void
take_unsaved(void *arg, const struct unsaved *now)
{
    (void)arg;
    if (now->cause)
        die(now->reason);
}

static void
take_line(void *arg, const char *line)
{
    (void)arg;
    die(line);
}

/* Takes what the store has answered, until this request is among it. */
static void
wait_for(struct mailbox *mb, const uint64_t *seen, uint64_t request_id)
{
    while (*seen < request_id) {
        struct pollfd p = {.fd = mailbox_fd(mb), .events = POLLIN};
        if (poll(&p, 1, PATIENCE_MS) != 1)
            die("the store does not answer");
        mailbox_deliver(mb);
    }
}

static void
fill_answer(struct answer *a, enum brain_id brain, int n, size_t bytes)
{
    static const char *const words[] = {"tentu",    "**visa**", "kak",    "boleh", "dokumen",
                                        "imigrasi", "hari",     "kantor", "biaya", "Bali"};
    struct rng rng = {.state = (uint64_t)n * BRAIN_COUNT + brain};
    answer_finish(a);
    answer_init(a, brain);
    id_make(a->id);
    a->provider = xstrdup(brain == BRAIN_CLAUDE ? "anthropic" : "openai");
    a->model = xstrdup(brain == BRAIN_CLAUDE ? "claude-haiku-5-5" : "zantara-llama-3.1-8b");
    a->role = brain == BRAIN_CLAUDE ? ROLE_SERVED : ROLE_COMPARED;
    a->status = STATUS_COMPLETE;
    a->phase = PHASE_ENDED;
    a->stop_reason = xstrdup("stop");
    a->times.connect_us = 0;
    a->times.ttft_us = 200000 + (int64_t)rng_below(&rng, 400000);
    a->times.total_us = a->times.ttft_us + 2000000;
    a->usage.input = 100;
    a->usage.output = (int64_t)bytes / 4;
    for (int k = 0; a->text.len < bytes; k++)
        buf_printf(&a->text, "%s%s",
                   k % 60 == 59 ? "\n\n"
                   : k          ? " "
                                : "",
                   words[rng_below(&rng, ARRAY_LEN(words))]);
}

static uint64_t
put_turn(struct writer *s, const char *session, const char *user, int n, size_t bytes)
{
    char *message = xasprintf("pesan %d", n);
    struct turn *t = turn_create(message);
    id_make(t->id);
    t->seq = n;
    t->at_wall_us = clock_wall_us();
    t->mode = MODE_PARALLEL;
    t->served = t->canonical = BRAIN_CLAUDE;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        t->asked[b] = true;
        fill_answer(&t->answers[b], (enum brain_id)b, n, bytes);
    }
    uint64_t request_id = writer_put_turn(s, session, t, 0);
    for (int b = 0; b < BRAIN_COUNT; b++)
        request_id = writer_put_answer(s, t->id, &t->answers[b], 0);
    request_id = writer_put_turn_outcome(s, t, 0);
    if (n % 10 == 0) {
        struct verdict v = {.kind = n % 20 ? VERDICT_CLAUDE : VERDICT_LLAMA,
                            .at_wall_us = t->at_wall_us};
        request_id = writer_put_verdict(s, session, t->id, &v, user, 0);
    }
    turn_destroy(&t);
    free(message);
    return request_id;
}

void
make_session(const char *database, const char *user, int turns, size_t answer_bytes)
{
    struct err err = {{0}};
    uint64_t seen = 0;
    struct mailbox *mb = mailbox_create(MAILBOX_BYTES, &err);
    static const struct writer_ops ops = {take_ack, take_unsaved, take_line, take_line};
    struct writer *s = mb ? writer_open(database, mb, &ops, &seen, &err) : NULL;
    if (!s)
        die(err.text);
    struct conversation *c = conversation_create(user);
    uint64_t request_id = writer_put_session(s, c, 0);
    for (int i = 1; i <= turns; i++) {
        request_id = put_turn(s, c->id, user, i, answer_bytes);
        if (i % FLIGHT == 0) /* what waits to be written stays bounded */
            wait_for(mb, &seen, request_id);
    }
    wait_for(mb, &seen, request_id);
    writer_close(&s, NULL, NULL);
    mailbox_destroy(&mb);
    conversation_destroy(&c);
}
