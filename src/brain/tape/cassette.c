#include "cassette.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/base64.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/chat/answer.h"

#define DAY_US (INT64_C(86400) * 1000000)

static bool
parse_header(struct cassette *c, const char *line, size_t n, struct err *err)
{
    struct json *root = json_parse(line, n, err);
    if (!root)
        return false;
    int64_t version = 0;
    int provider = provider_parse(json_get_str(root, "provider"));
    const char *brain_name = json_get_str(root, "brain");
    const char *purpose_name = json_get_str(root, "purpose");
    int purpose = purpose_name ? call_purpose_parse(purpose_name) : CALL_ANSWER;
    int brain = brain_name ? brain_id_parse(brain_name) : -1;
    bool ok = false;
    if (!json_get_int(root, "berdua_cassette", &version))
        err_set(err, "not a cassette: the first line has no \"berdua_cassette\"");
    else if (version != 1)
        err_set(err, "berdua_cassette: version %lld is newer than this program",
                (long long)version);
    else if (brain < 0)
        err_set(err, "brain: must be claude or llama");
    else if (provider < 0 || provider == PROVIDER_PLAYBACK)
        err_set(err, "provider: must be anthropic, openai or runpod");
    else if (purpose < 0)
        err_set(err, "purpose: must be answer, context, analysis, warm_up or judge");
    else
        ok = true;
    if (ok) {
        c->purpose = (enum call_purpose)purpose;
        c->brain = (enum brain_id)brain;
        c->provider = (enum provider)provider;
        c->model = xstrdup(json_get_str(root, "model"));
        c->category = xstrdup(json_get_str(root, "category"));
        c->language = xstrdup(json_get_str(root, "language"));
        const char *message = json_get_str(root, "message");
        c->message = xstrdup(message ? message : "");
        json_get_bool(root, "simulated", &c->simulated);
    }
    json_free(root);
    return ok;
}

static bool
step_kind(const struct json *root, struct cassette_step *s, struct err *err)
{
    const char *text = json_get_str(root, "bytes");
    const char *coded = json_get_str(root, "base64");
    const char *fail = json_get_str(root, "fail");
    int64_t status;
    bool yes;
    if (text) {
        s->kind = TAPE_BYTES;
        s->bytes = xstrdup(text);
        s->len = strlen(text);
    } else if (coded) {
        s->kind = TAPE_BYTES;
        s->bytes = base64_decode(coded, &s->len);
        return s->bytes || err_set(err, "base64: not valid");
    } else if (fail) {
        int kind = error_kind_parse(fail);
        if (kind <= ERR_NONE)
            return err_set(err, "fail: \"%.40s\" is not an error kind", fail);
        s->kind = TAPE_FAIL;
        s->bytes = xstrdup(fail);
        s->len = strlen(fail);
    } else if (json_get_int(root, "status", &status)) {
        if (status < 100 || status > 599)
            return err_set(err, "status: must be 100 to 599");
        s->kind = TAPE_STATUS;
        s->status = (int)status;
    } else if (json_get_bool(root, "connected", &yes)) {
        s->kind = TAPE_CONNECTED;
    } else if (json_get_bool(root, "end", &yes)) {
        s->kind = TAPE_END;
    } else {
        return err_set(err, "no connected, status, bytes, base64, end or fail");
    }
    return true;
}

static bool
parse_step(struct cassette *c, const char *line, size_t n, struct err *err)
{
    struct json *root = json_parse(line, n, err);
    if (!root)
        return false;
    struct cassette_step s = {.t_us = 0};
    int64_t before = c->count ? c->steps[c->count - 1].t_us : 0;
    bool ok;
    if (!json_get_int(root, "t_us", &s.t_us))
        ok = err_set(err, "t_us: missing");
    else if (s.t_us < before)
        ok = err_set(err, "t_us: %lld is before the line above", (long long)s.t_us);
    else if (s.t_us > DAY_US)
        ok = err_set(err, "t_us: more than a day");
    else
        ok = step_kind(root, &s, err);
    json_free(root);
    if (!ok)
        return false;
    c->steps = xgrow(c->steps, c->count, sizeof *c->steps);
    c->steps[c->count++] = s;
    return true;
}

static bool
all_blank(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i] != ' ' && p[i] != '\t' && p[i] != '\r')
            return false;
    return true;
}

static struct cassette *
parse_cassette(const char *name, const char *p, size_t n, bool header_only, struct err *err)
{
    struct cassette *c = xcalloc(1, sizeof *c);
    bool header = false;
    size_t at = 0;
    for (int line = 1; at < n; line++) {
        const char *end = memchr(p + at, '\n', n - at);
        if (!end && header)
            break;
        size_t len = end ? (size_t)(end - (p + at)) : n - at;
        bool blank = all_blank(p + at, len);
        if (!blank &&
            !(header ? parse_step(c, p + at, len, err) : parse_header(c, p + at, len, err))) {
            err_prefix(err, "%s:%d", name, line);
            cassette_destroy(&c);
            return NULL;
        }
        header = header || !blank;
        if (header && header_only)
            break;
        at += len + 1;
    }
    if (!header) {
        err_set(err, "%s:1: empty, not a cassette", name);
        cassette_destroy(&c);
    }
    return c;
}

struct cassette *
cassette_parse(const char *name, const char *p, size_t n, struct err *err)
{
    return parse_cassette(name, p, n, false, err);
}

struct cassette *
cassette_parse_header(const char *name, const char *p, size_t n, struct err *err)
{
    return parse_cassette(name, p, n, true, err);
}

void
cassette_destroy(struct cassette **cp)
{
    struct cassette *c = *cp;
    if (!c)
        return;
    for (size_t i = 0; i < c->count; i++)
        free(c->steps[i].bytes);
    free(c->steps);
    free(c->model);
    free(c->category);
    free(c->language);
    free(c->message);
    free(c);
    *cp = NULL;
}

bool
cassette_goes_on(const struct cassette *c, size_t after)
{
    for (size_t i = after + 1; i < c->count; i++)
        if (c->steps[i].kind != TAPE_END)
            return true;
    return false;
}
