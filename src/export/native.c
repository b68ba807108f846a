/* What `sessions merge` reads: everything that is known about a verdict (formats.md, "The native record"). */
#include <math.h>
#include <string.h>

#include "berdua/base/json.h"
#include "berdua/chat/turn_json.h"
#include "format.h"

static void
write_opinions(struct json_writer *w, const enum opinion *o)
{
    if (o[BRAIN_CLAUDE] == OPINION_NONE && o[BRAIN_LLAMA] == OPINION_NONE) {
        json_write_null(w, "acceptable");
        return;
    }
    json_write_object(w, "acceptable");
    for (int b = 0; b < BRAIN_COUNT; b++) {
        const char *brain = brain_id_name((enum brain_id)b);
        if (o[b] == OPINION_NONE)
            json_write_null(w, brain);
        else
            json_write_bool(w, brain, o[b] == OPINION_YES);
    }
    json_write_end(w);
}

static void
write_guess(struct json_writer *w, const struct verdict_row *row)
{
    if (row->guess == GUESS_NONE) {
        json_write_null(w, "identity_guess");
        return;
    }
    json_write_object(w, "identity_guess");
    json_write_str(w, "guess", guess_name(row->guess));
    if (row->guess == GUESS_DONT_KNOW)
        json_write_null(w, "right");
    else
        json_write_bool(w, "right", (row->guess == GUESS_LEFT) == (row->left == BRAIN_CLAUDE));
    json_write_end(w);
}

static void
write_flags(struct json_writer *w, unsigned flags)
{
    json_write_list(w, "flags");
    for (int f = 0; f < FLAG_COUNT; f++)
        if (flags >> f & 1)
            json_write_str(w, NULL, verdict_flag_name((enum verdict_flag)f));
    json_write_end(w);
}

/* Of stored text; a list where that is none. */
static void
write_stored(struct json_writer *w, const char *key, const char *text, bool list)
{
    struct json *v = text ? json_parse(text, strlen(text), NULL) : NULL;
    if (v || !list) {
        json_write_tree(w, key, v);
    } else {
        json_write_list(w, key);
        json_write_end(w);
    }
    json_free(v);
}

static void
write_categories(struct json_writer *w, const char *stored)
{
    struct json *weights = stored ? json_parse(stored, strlen(stored), NULL) : NULL;
    json_write_object(w, "categories");
    for (int c = 0; c < CATEGORY_COUNT; c++) {
        double weight = 0;
        json_get_num(weights, category_name((enum category)c), &weight);
        if (weight > 0)
            json_write_num(w, category_name((enum category)c), weight);
    }
    json_write_end(w);
    json_free(weights);
}

static void
write_history(struct json_writer *w, const struct exchange *x)
{
    if (x->history_text) {
        json_write_printed(w, "history", x->history_text, x->history_text_len);
        return;
    }
    if (x->history_given) {
        json_write_tree(w, "history", x->history_given);
        return;
    }
    json_write_list(w, "history");
    for (size_t i = 0; i < x->history_count; i++)
        write_message(w, NULL, x->history[i].role, x->history[i].text, x->history[i].len);
    json_write_end(w);
}

static void
write_what_was_asked(struct json_writer *w, const struct export_run *e, const struct exchange *x)
{
    char hashed[PERSON_BYTES];
    json_write_str(w, "session", x->session);
    json_write_int(w, "turn", x->seq);
    json_write_str(w, "user", person_name(e, x->user ? x->user : "anonymous", hashed));
    json_write_str(w, "rater", x->row->rater);
    json_write_strn(w, "message", x->message, strnlen(x->message, x->message_len));
    write_history(w, x);
    json_write_object(w, "system");
    for (int b = 0; b < BRAIN_COUNT; b++)
        json_write_str(w, brain_id_name((enum brain_id)b), x->system[b]);
    json_write_end(w);
}

static void
write_kind(struct json_writer *w, const struct exchange *x)
{
    const struct verdict_row *row = x->row;
    bool judged = row->drawn_by == DRAW_NONE;
    json_write_str(w, "pair", x->pair);
    json_write_str(w, "drawn_by",
                   judged ? NULL : verdict_draw_name((enum verdict_draw)row->drawn_by));
    json_write_num(w, "propensity", x->propensity);
    json_write_str(w, "category", category_name((enum category)row->category));
    write_categories(w, x->categories);
    json_write_str(w, "language", language_name((enum language)row->language));
    json_write_str(w, "mode", judged ? "judge" : chat_mode_name((enum chat_mode)row->mode));
    json_write_bool(w, "blind", row->blind);
    json_write_str(w, "left", brain_id_name(row->left));
}

static void
write_judgement(struct json_writer *w, const struct exchange *x)
{
    json_write_str(w, "winner", verdict_kind_name(x->row->kind));
    json_write_str(w, "strength", x->strength);
    write_opinions(w, x->row->acceptable);
    json_write_num(w, "asked", x->row->asked);
    json_write_num(w, "decision_ms", x->decision_ms < 0 ? NAN : (double)x->decision_ms);
    json_write_num(w, "stage", x->stage);
    write_guess(w, x->row);
    write_stored(w, "reasons", x->reasons, true);
    json_write_str(w, "note", x->note);
    write_flags(w, x->row->flags);
}

static void
write_native(struct export_run *e, const struct exchange *x)
{
    struct json_writer w = row_begin(e);
    json_write_str(&w, "id", x->row->id);
    json_write_num(&w, "ts", exchange_ts(x));
    write_what_was_asked(&w, e, x);
    write_kind(&w, x);
    write_judgement(&w, x);
    json_write_object(&w, "answers");
    for (int b = 0; b < BRAIN_COUNT; b++) {
        const char *brain = brain_id_name((enum brain_id)b);
        if (x->answered[b])
            answer_write_json(&w, brain, &x->answers[b]);
        else
            json_write_null(&w, brain);
    }
    json_write_end(&w);
    write_stored(&w, "judge", x->row->judge, false);
    const char *rules = x->answers[BRAIN_CLAUDE].score_rules;
    json_write_str(&w, "score_rules", rules ? rules : x->answers[BRAIN_LLAMA].score_rules);
    json_write_str(&w, "config_hash", x->config_hash);
    json_write_str(&w, "app_version", x->app_version);
    row_end(e, &w);
}

const struct export_format format_native = {
    .name = "native",
    .about = "all that is known of every verdict; for `berdua sessions merge`",
    .extension = "jsonl",
    .form = FORM_LINES,
    .takes = TAKES_EVERY_VERDICT | TAKES_JUDGES | TAKES_TIES | TAKES_BOTH_BAD | TAKES_GAPS |
             TAKES_HISTORY | TAKES_TEXT | TAKES_FIGURES,
    .row = write_native,
};
