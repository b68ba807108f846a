/* FastChat's cleaned battles (clean_battle_data.py), which arena-rank and its like read. */
#include <stdio.h>

#include "format.h"

static const char *const language_names[LANGUAGE_COUNT] = {
    [LANGUAGE_ID] = "Indonesian", [LANGUAGE_EN] = "English", [LANGUAGE_IT] = "Italian"};

static void
write_counted(struct json_writer *w, const char *role, const char *text, size_t n, int64_t tokens)
{
    json_write_object(w, NULL);
    json_write_str(w, "role", role);
    json_write_strn(w, "content", text, n);
    json_write_int(w, "num_tokens", tokens);
    json_write_end(w);
}

static void
write_conversation(struct json_writer *w, const char *key, const struct exchange *x,
                   enum brain_id b)
{
    const struct answer *a = &x->answers[b];
    json_write_list(w, key);
    for (size_t i = 0; i < x->history_count; i++)
        write_counted(w, x->history[i].role, x->history[i].text, x->history[i].len,
                      tokens_estimate((int64_t)x->history[i].len, 0));
    write_counted(w, "user", x->message, x->message_len,
                  tokens_estimate((int64_t)x->message_len, 0));
    write_counted(w, "assistant", a->text.p, a->text.len, answer_tokens_out(a));
    json_write_end(w);
}

static void
write_arena(struct export_run *e, const struct exchange *x)
{
    char hashed[PERSON_BYTES], judge[PERSON_BYTES + 256];
    const char *rater = x->row->rater ? x->row->rater : "anonymous";
    struct json_writer w = row_begin(e);
    json_write_str(&w, "question_id", x->row->id);
    json_write_str(&w, "model_a", exchange_model(x, exchange_side(x, 0)));
    json_write_str(&w, "model_b", exchange_model(x, exchange_side(x, 1)));
    json_write_str(&w, "winner", exchange_side_winner(x, "tie", "tie (bothbad)"));
    snprintf(judge, sizeof judge, "arena_user_%s", person_number(person_name(e, rater, hashed)));
    json_write_str(&w, "judge", judge);
    write_conversation(&w, "conversation_a", x, exchange_side(x, 0));
    write_conversation(&w, "conversation_b", x, exchange_side(x, 1));
    json_write_int(&w, "turn", (int64_t)x->history_count / 2 + 1);
    json_write_bool(&w, "anony", x->row->blind);
    int language = x->row->language;
    json_write_str(&w, "language", language < 0 ? "unknown" : language_names[language]);
    json_write_num(&w, "tstamp", exchange_ts(x));
    row_end(e, &w);
}

const struct export_format format_arena = {
    .name = "arena",
    .about = "FastChat's cleaned battles, arena-rank",
    .extension = "json",
    .form = FORM_ARRAY,
    .takes = TAKES_TIES | TAKES_BOTH_BAD | TAKES_HISTORY | NEEDS_TURNS,
    .row = write_arena,
};
