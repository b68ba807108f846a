#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/random.h"
#include "berdua/chat/turn_json.h"
#include "berdua/export/export.h"
#include "berdua/store/native_store.h"
#include "berdua/store/verdict_store.h"

enum { LINE_MAX_BYTES = 256 << 20 };
#define HASHED "user-"

/* A user who came hashed stays as he is, so that what is exported, merged and exported again is the same. */
static void
add_user(struct json *o, const char *user, bool plain)
{
    char name[sizeof HASHED + 16];
    size_t lead = strlen(HASHED);
    bool hashed = strncmp(user, HASHED, lead) == 0 &&
                  strspn(user + lead, "0123456789abcdef") == 16 && strlen(user) == lead + 16;
    snprintf(name, sizeof name, HASHED "%016llx",
             (unsigned long long)hash_bytes(user, strlen(user), 0));
    json_add_str(o, "user", plain || hashed ? user : name);
}

static struct json *
parsed(const char *text)
{
    return text ? json_parse(text, strlen(text), NULL) : NULL;
}

static struct json *
list_or_empty(const char *text)
{
    struct json *list = parsed(text);
    return list ? list : json_array();
}

static struct json *
acceptable_json(const struct verdict_row *row)
{
    const enum opinion *o = row->acceptable;
    if (o[BRAIN_CLAUDE] == OPINION_NONE && o[BRAIN_LLAMA] == OPINION_NONE)
        return NULL;
    struct json *j = json_object();
    for (int b = 0; b < BRAIN_COUNT; b++) {
        const char *brain = brain_id_name((enum brain_id)b);
        if (o[b] == OPINION_NONE)
            json_add_null(j, brain);
        else
            json_add_bool(j, brain, o[b] == OPINION_YES);
    }
    return j;
}

static struct json *
guess_json(const struct native_facts *f)
{
    if (f->guess == GUESS_NONE)
        return NULL;
    struct json *j = json_object();
    json_add_str(j, "guess", guess_name(f->guess));
    if (f->guess == GUESS_DONT_KNOW)
        json_add_null(j, "right");
    else
        json_add_bool(j, "right", (f->guess == GUESS_LEFT) == (f->left == BRAIN_CLAUDE));
    return j;
}

static struct json *
flags_json(unsigned flags)
{
    struct json *list = json_array();
    for (int f = 0; f < FLAG_COUNT; f++)
        if (flags >> f & 1)
            json_push_str(list, verdict_flag_name((enum verdict_flag)f));
    return list;
}

static struct json *
categories_json(const struct turn *t)
{
    struct json *o = json_object();
    for (int c = 0; c < CATEGORY_COUNT; c++)
        if (t->kind.weights[c] > 0)
            json_add_num(o, category_name((enum category)c), t->kind.weights[c]);
    return o;
}

static void
add_what_was_asked(struct json *o, const struct native_facts *f, bool plain_users)
{
    struct json *system = json_object();
    json_add_str(o, "session", f->session);
    json_add_int(o, "turn", f->turn->seq);
    add_user(o, f->user ? f->user : "anonymous", plain_users);
    json_add_str(o, "rater", f->rater);
    json_add_str(o, "message", f->turn->message);
    json_add(o, "history", list_or_empty(f->history));
    for (int b = 0; b < BRAIN_COUNT; b++)
        json_add_str(system, brain_id_name((enum brain_id)b), f->system[b]);
    json_add(o, "system", system);
}

static void
add_judgement(struct json *o, const struct verdict_row *row, const struct native_facts *f)
{
    json_add_str(o, "winner", verdict_kind_name(row->kind));
    json_add_str(o, "strength", f->strength);
    json_add(o, "acceptable", acceptable_json(row));
    json_add_num(o, "asked", f->asked);
    json_add_num(o, "decision_ms", f->decision_ms < 0 ? NAN : (double)f->decision_ms);
    json_add_num(o, "stage", f->stage);
    json_add(o, "identity_guess", guess_json(f));
    json_add(o, "reasons", list_or_empty(f->reasons));
    json_add_str(o, "note", f->note);
    json_add(o, "flags", flags_json(row->flags));
}

/* One record. */
static struct json *
native_to_json(const struct verdict_row *row, const struct native_facts *f, bool plain_users)
{
    const struct turn *t = f->turn;
    bool judged = row->drawn_by == DRAW_NONE;
    struct json *o = json_object(), *answers = json_object();
    json_add_str(o, "id", row->id);
    json_add_num(o, "ts", (double)row->at_us / US_PER_S);
    add_what_was_asked(o, f, plain_users);
    json_add_str(o, "pair", f->pair);
    json_add_str(o, "drawn_by",
                 judged ? NULL : verdict_draw_name((enum verdict_draw)row->drawn_by));
    json_add_num(o, "propensity", f->propensity);
    json_add_str(o, "category",
                 t->kind.category < 0 ? NULL : category_name((enum category)t->kind.category));
    json_add(o, "categories", categories_json(t));
    json_add_str(o, "language",
                 t->kind.language < 0 ? NULL : language_name((enum language)t->kind.language));
    json_add_str(o, "mode",
                 judged          ? "judge"
                 : row->mode < 0 ? NULL
                                 : chat_mode_name((enum chat_mode)row->mode));
    json_add_bool(o, "blind", row->blind);
    json_add_str(o, "left", brain_id_name(f->left));
    add_judgement(o, row, f);
    for (int b = 0; b < BRAIN_COUNT; b++)
        json_add(answers, brain_id_name((enum brain_id)b),
                 t->asked[b] ? answer_to_json(&t->answers[b]) : NULL);
    json_add(o, "answers", answers);
    json_add(o, "judge", parsed(f->judge));
    const char *rules = t->answers[BRAIN_CLAUDE].score_rules;
    json_add_str(o, "score_rules", rules ? rules : t->answers[BRAIN_LLAMA].score_rules);
    json_add_str(o, "config_hash", f->config_hash);
    json_add_str(o, "app_version", f->app_version);
    return o;
}

/* ---- all of them ---- */

struct native_export {
    struct store *store;
    const struct export_choice *choice;
    bool (*write)(void *arg, const char *line, size_t n, struct err *err);
    void *arg;
    struct export_summary *summary;
    struct err *err;
    bool failed;
};

static bool
chosen(const struct export_choice *c, const struct verdict_row *row)
{
    return row->at_us >= c->since_us && row->at_us < c->until_us &&
           (c->category < 0 || row->category == c->category) &&
           (c->language < 0 || row->language == c->language);
}

static bool
export_row(void *arg, const struct verdict_row *row)
{
    struct native_export *e = arg;
    struct native_facts facts;
    struct buf line;
    if (!chosen(e->choice, row))
        return true;
    unsigned out = row->flags & FLAGS_LEFT_OUT & ~e->choice->include;
    for (int f = 0; f < FLAG_COUNT; f++)
        e->summary->flagged[f] += out >> f & 1;
    e->summary->left_out += out != 0;
    if (out)
        return true;
    e->failed = true;
    if (!native_store_read(e->store, row, &facts, e->err))
        return false;
    struct json *record = native_to_json(row, &facts, e->choice->plain_users);
    buf_init(&line, LINE_MAX_BYTES);
    if (!json_print(record, &line) || !buf_append_char(&line, '\n'))
        err_set(e->err, "verdict %s: longer than %d MiB", row->id, LINE_MAX_BYTES >> 20);
    else
        e->failed = !e->write(e->arg, line.p, line.len, e->err);
    e->summary->written += !e->failed;
    buf_finish(&line);
    json_free(record);
    native_facts_finish(&facts);
    return !e->failed;
}

bool
export_native(struct store *s, const struct export_choice *choice,
              bool (*write)(void *arg, const char *line, size_t n, struct err *err), void *arg,
              struct export_summary *summary, struct err *err)
{
    *summary = (struct export_summary){0};
    struct native_export e = {s, choice, write, arg, summary, err, false};
    return verdict_store_rows(s, export_row, &e, err) && !e.failed;
}
