#include "server.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/embedded.h"
#include "berdua/base/err.h"
#include "link.h"

enum { ARRAY_MAX_BYTES = 256 << 20, PULL_EVENTS = 200 };

bool
server_init(struct link *l, struct err *err)
{
    return link_script(l, embedded_text("src/team/server.sql"), err);
}

static bool
explain(const struct link *l, struct err *err)
{
    const char *said = link_said(l);
    if (strcmp(said, "42P01") == 0 || strcmp(said, "3F000") == 0)
        return err_set(err, "team: the server has no tables for berdua yet; "
                            "`berdua team init` makes them");
    return false;
}

bool
server_begin(struct link *l, const char *origin, struct err *err)
{
    /* A strange search path or a date style changes nothing of what is asked, and who may only read is told so here. The
     * server compiles nothing: that takes a hundred times as long as to run it. One before 11 has no such setting. */
    return (link_run(l,
                     "SELECT pg_catalog.set_config(name, 'off', false) FROM pg_catalog.pg_settings"
                     " WHERE name = 'jit'",
                     NULL, 0, NULL, NULL, err) &&
            link_run(l, "LISTEN berdua", NULL, 0, NULL, NULL, err) &&
            link_run(l,
                     "INSERT INTO berdua.origin (origin) VALUES ($1::uuid) ON CONFLICT DO NOTHING",
                     (const char *const[]){origin}, 1, NULL, NULL, err)) ||
           explain(l, err);
}

/* ---- what it has of an origin ---- */

static int64_t
number(const char *text)
{
    return text ? strtoll(text, NULL, 10) : 0;
}

static bool
take_head(void *arg, const struct row *row)
{
    struct server_head *h = arg;
    h->seq = number(row->values[0]);
    snprintf(h->sha256, sizeof h->sha256, "%s", row->values[1] ? row->values[1] : "");
    return false;
}

bool
server_head(struct link *l, const char *origin, struct server_head *out, struct err *err)
{
    *out = (struct server_head){.seq = 0};
    return link_run(l,
                    "SELECT seq, sha256 FROM berdua.event WHERE origin = $1::uuid"
                    " ORDER BY seq DESC LIMIT 1",
                    (const char *const[]){origin}, 1, take_head, out, err) ||
           explain(l, err);
}

struct digest_reader {
    bool (*each)(void *arg, int64_t seq, const char *sha256);
    void *arg;
};

static bool
read_digest(void *arg, const struct row *row)
{
    struct digest_reader *r = arg;
    return r->each(r->arg, number(row->values[0]), row->values[1] ? row->values[1] : "");
}

bool
server_digests(struct link *l, const char *origin, int64_t after,
               bool (*each)(void *arg, int64_t seq, const char *sha256), void *arg, struct err *err)
{
    char from[24];
    struct digest_reader r = {each, arg};
    snprintf(from, sizeof from, "%" PRId64, after);
    return link_run(
        l,
        "SELECT seq, sha256 FROM berdua.event WHERE origin = $1::uuid AND seq > $2::bigint"
        " ORDER BY seq LIMIT 10000",
        (const char *const[]){origin, from}, 2, read_digest, &r, err);
}

/* ---- arrays, as PostgreSQL reads them ---- */

static void
begin_array(struct buf *b)
{
    buf_init(b, ARRAY_MAX_BYTES);
    buf_append_char(b, '{');
}

static void
add_text(struct buf *b, const char *text)
{
    buf_append_str(b, b->len > 1 ? "," : "");
    if (!text) {
        buf_append_str(b, "NULL");
        return;
    }
    buf_append_char(b, '"');
    for (const char *p = text; *p;) {
        size_t plain = strcspn(p, "\"\\");
        buf_append(b, p, plain);
        p += plain;
        if (*p) {
            buf_append_char(b, '\\');
            buf_append_char(b, *p++);
        }
    }
    buf_append_char(b, '"');
}

static void
add_number(struct buf *b, int64_t n)
{
    buf_printf(b, "%s%" PRId64, b->len > 1 ? "," : "", n);
}

/* ---- there and back ---- */

bool
server_push(struct link *l, const struct team_event *events, size_t count, struct err *err)
{
    struct buf seq, kind, version, payload, sha256;
    struct buf *const all[] = {&seq, &kind, &version, &payload, &sha256};
    bool whole = true;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        begin_array(all[i]);
    for (size_t i = 0; i < count; i++) {
        add_number(&seq, events[i].seq);
        add_text(&kind, events[i].kind);
        add_number(&version, events[i].version);
        add_text(&payload, events[i].payload);
        add_text(&sha256, events[i].sha256);
    }
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        whole = buf_append_char(all[i], '}') && whole;
    bool ok =
        whole ? link_run(l,
                         "INSERT INTO berdua.event (origin, seq, kind, version, payload, sha256)"
                         " SELECT $1::uuid, s, k, v, p, h FROM unnest($2::bigint[], $3::text[],"
                         " $4::integer[], $5::text[], $6::text[]) AS e (s, k, v, p, h) ORDER BY s"
                         " ON CONFLICT (origin, seq) DO NOTHING",
                         (const char *const[]){events[0].origin, seq.p, kind.p, version.p,
                                               payload.p, sha256.p},
                         6, NULL, NULL, err) ||
                    explain(l, err)
              : err_set(err, "team: events larger than %d MiB", ARRAY_MAX_BYTES >> 20);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        buf_finish(all[i]);
    return ok;
}

struct event_reader {
    bool (*each)(void *arg, const struct team_event *e);
    void *arg;
};

static bool
read_event(void *arg, const struct row *row)
{
    struct event_reader *r = arg;
    const char *const *v = row->values;
    struct team_event e = {v[0], number(v[1]), v[2], number(v[3]), v[4], v[5]};
    return r->each(r->arg, &e);
}

bool
server_pull(struct link *l, const char *own, const struct known_origin *known, size_t count,
            bool (*each)(void *arg, const struct team_event *e), void *arg, struct err *err)
{
    struct buf origins, seqs;
    char most[8];
    struct event_reader r = {each, arg};
    begin_array(&origins);
    begin_array(&seqs);
    for (size_t i = 0; i < count; i++) {
        add_text(&origins, known[i].origin);
        add_number(&seqs, known[i].seq);
    }
    buf_append_char(&origins, '}');
    buf_append_char(&seqs, '}');
    snprintf(most, sizeof most, "%d", PULL_EVENTS);
    bool ok =
        link_run(
            l,
            "SELECT e.origin, e.seq, e.kind, e.version, e.payload, e.sha256"
            " FROM berdua.origin o LEFT JOIN unnest($1::uuid[], $2::bigint[]) AS k (origin, seq)"
            " ON k.origin = o.origin CROSS JOIN LATERAL (SELECT * FROM berdua.event f"
            " WHERE f.origin = o.origin AND f.seq > coalesce(k.seq, 0) ORDER BY f.seq"
            " LIMIT $4::bigint) e WHERE o.origin <> $3::uuid ORDER BY e.origin, e.seq"
            " LIMIT $4::bigint",
            (const char *const[]){origins.p, seqs.p, own, most}, 4, read_event, &r, err) ||
        explain(l, err);
    buf_finish(&origins);
    buf_finish(&seqs);
    return ok;
}
