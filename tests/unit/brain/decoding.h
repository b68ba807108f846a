/* What the decoder tests share: everything that was decoded, and the property that any chunking of the
 * bytes gives the same answer. Include after unit.h. */
#ifndef TESTS_UNIT_DECODING_H
#define TESTS_UNIT_DECODING_H

#include "berdua/base/buf.h"
#include "berdua/base/random.h"
#include "berdua/base/utf8.h"
#include "brain/provider/decoder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct heard {
    struct decoder *d; /* owns the strings of `end` */
    const struct decoded *end;
    struct buf text;
    int64_t thinking;
    int warmings;
    int64_t warming_ms;
};

/* Takes what the decoder has yielded. */
static inline void
heard_take(struct heard *h)
{
    struct decoder_output *o = decoder_output(h->d);
    assert_true(o->deltas > 0 || o->text.len <= 9); /* half a character that nothing followed */
    assert_true(utf8_valid(o->text.p, o->text.len));
    if (o->taken_back)
        buf_clear(&h->text);
    o->taken_back = false;
    assert_true(buf_append(&h->text, o->text.p, o->text.len));
    if (o->thoughts)
        h->thinking = o->thinking_bytes;
    if (o->warmings)
        h->warming_ms = o->warming_ms;
    h->warmings += (int)o->warmings;
    buf_clear(&o->text);
    o->deltas = o->thoughts = o->warmings = 0;
}

static inline void
heard_init(struct heard *h, enum provider provider)
{
    *h = (struct heard){.thinking = -1};
    buf_init(&h->text, 64 << 20);
    h->d = decoder_create(provider);
}

/* The whole answer has ended. */
static inline void
heard_end(struct heard *h)
{
    h->end = decoder_finish(h->d);
    heard_take(h);
}

static inline void
heard_finish(struct heard *h)
{
    decoder_destroy(&h->d);
    buf_finish(&h->text);
}

/* Feeds one body in chunks: whole (0), of `chunk` bytes, or of random sizes (seed != 0). Each chunk is
 * an allocation of its own, so that a read past its end is found. */
static inline void
heard_feed(struct heard *h, const char *p, size_t n, size_t chunk, uint64_t seed)
{
    struct rng r = {seed};
    for (size_t i = 0; i < n;) {
        size_t len = seed ? 1 + rng_below(&r, rng_below(&r, 4) ? 40 : 2000) : chunk ? chunk : n;
        len = len < n - i ? len : n - i;
        char *copy = malloc(len);
        memcpy(copy, p + i, len);
        decoder_feed(h->d, copy, len);
        heard_take(h);
        free(copy);
        i += len;
    }
    decoder_end_body(h->d);
    heard_take(h);
}

static inline void
assert_same_string(const char *a, const char *b)
{
    assert_true(!a == !b);
    if (a)
        assert_string_equal(a, b);
}

static inline void
assert_same_answer(const struct heard *a, const struct heard *b)
{
    const struct decoded *x = a->end;
    const struct decoded *y = b->end;
    assert_int_equal(a->text.len, b->text.len);
    assert_memory_equal(a->text.p, b->text.p, a->text.len);
    assert_int_equal(a->thinking, b->thinking);
    assert_int_equal(a->warmings, b->warmings);
    assert_int_equal(x->finish, y->finish);
    assert_int_equal(x->error, y->error);
    assert_int_equal(x->text_seen, y->text_seen);
    assert_int_equal(x->queue_us, y->queue_us);
    assert_int_equal(x->execution_us, y->execution_us);
    assert_memory_equal(&x->usage, &y->usage, offsetof(struct answer_usage, estimated));
    assert_same_string(x->stop_reason, y->stop_reason);
    assert_same_string(x->model, y->model);
    assert_same_string(x->request_id, y->request_id);
    assert_same_string(x->error_message, y->error_message);
}

/* Bodies end with NULL. Asserts the property; the answer of the whole chunks is left in *h. */
static inline void
hear_bodies(struct heard *h, enum provider provider, const char *const *bodies, const size_t *sizes)
{
    heard_init(h, provider);
    for (size_t i = 0; bodies[i]; i++)
        heard_feed(h, bodies[i], sizes ? sizes[i] : strlen(bodies[i]), 0, 0);
    heard_end(h);
    for (int round = 0; round < 6; round++) {
        struct heard again;
        heard_init(&again, provider);
        for (size_t i = 0; bodies[i]; i++)
            heard_feed(&again, bodies[i], sizes ? sizes[i] : strlen(bodies[i]), round == 0 ? 1 : 7,
                       round < 2 ? 0 : (uint64_t)round * 977);
        heard_end(&again);
        assert_same_answer(h, &again);
        heard_finish(&again);
    }
}

static inline void
hear(struct heard *h, enum provider provider, const char *body)
{
    const char *const bodies[] = {body, NULL};
    hear_bodies(h, provider, bodies, NULL);
}

/* Whole answers in which only text and end matter. */
static inline void
assert_hears(enum provider provider, const char *body, const char *text, enum finish finish)
{
    struct heard h;
    hear(&h, provider, body);
    assert_string_equal(h.text.p, text);
    assert_int_equal(h.end->finish, finish);
    heard_finish(&h);
}

static inline void
assert_fails(enum provider provider, const char *body, enum error_kind kind, const char *message)
{
    struct heard h;
    hear(&h, provider, body);
    assert_int_equal(h.end->finish, FINISH_ERROR);
    assert_int_equal(h.end->error, kind);
    assert_non_null(h.end->error_message);
    assert_non_null(strstr(h.end->error_message, message));
    heard_finish(&h);
}

static inline void
read_data(const char *name, struct buf *out)
{
    const char *root = getenv("BERDUA_SRC");
    char path[512];
    snprintf(path, sizeof path, "%s/tests/data/%s", root ? root : ".", name);
    char block[4096];
    buf_init(out, 16 << 20);
    FILE *f = fopen(path, "rb");
    if (!f)
        fail_msg("cannot read %s", path);
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;)
        buf_append(out, block, n);
    fclose(f);
}

/* A captured answer and what it must give; -1: not told. */
struct capture {
    const char *file, *text_file;
    enum finish finish;
    const char *stop_reason, *model;
    int64_t input, output, cache_read, thinking_bytes;
};

static inline void
assert_capture(enum provider provider, const struct capture *c)
{
    char name[128];
    struct buf body, text;
    struct heard h;
    print_message("%s\n", c->file);
    snprintf(name, sizeof name, "captures/%s", c->file);
    read_data(name, &body);
    snprintf(name, sizeof name, "captures/%s", c->text_file);
    read_data(name, &text);
    const char *const bodies[] = {body.p, NULL};
    hear_bodies(&h, provider, bodies, &body.len);
    assert_int_equal(h.text.len, text.len);
    assert_memory_equal(h.text.p, text.p, text.len);
    assert_int_equal(h.end->finish, c->finish);
    assert_same_string(h.end->stop_reason, c->stop_reason);
    assert_same_string(h.end->model, c->model);
    assert_int_equal(h.end->usage.input, c->input);
    assert_int_equal(h.end->usage.output, c->output);
    assert_int_equal(h.end->usage.cache_read, c->cache_read);
    assert_int_equal(h.thinking, c->thinking_bytes);
    assert_int_equal(h.end->text_seen, text.len > 0);
    heard_finish(&h);
    buf_finish(&body);
    buf_finish(&text);
}

#endif
