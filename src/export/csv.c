/* For spreadsheets and analysts: every verdict, one line each. */
#include <math.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "format.h"

static void
put_flags(struct export_run *e, unsigned flags)
{
    char words[256] = "";
    for (int f = 0; f < FLAG_COUNT; f++) {
        if (!(flags >> f & 1))
            continue;
        if (*words)
            strncat(words, " ", sizeof words - strlen(words) - 1);
        strncat(words, verdict_flag_name((enum verdict_flag)f), sizeof words - strlen(words) - 1);
    }
    csv_word(e, words);
}

static double
known(int64_t n, double unit)
{
    return n < 0 ? NAN : (double)n / unit;
}

static void
put_answer(struct export_run *e, const struct exchange *x, enum brain_id b)
{
    const struct answer *a = &x->answers[b];
    bool there = x->answered[b];
    csv_word(e, a->model);
    if (there)
        csv_text(e, a->text.p, a->text.len);
    else
        csv_word(e, NULL);
    csv_word(e, there ? answer_status_name(a->status) : NULL);
    csv_number(e, known(a->times.ttft_us, US_PER_MS));
    csv_number(e, known(a->times.total_us, US_PER_MS));
    csv_number(e, known(a->usage.input, 1));
    csv_number(e, there ? (double)answer_tokens_out(a) : NAN);
    csv_number(e, a->cost_usd);
    csv_number(e, a->warmth);
    csv_number(e, a->cultural);
}

static void
put_opinion(struct export_run *e, enum opinion o)
{
    csv_word(e, o == OPINION_NONE ? NULL : o == OPINION_YES ? "yes" : "no");
}

static void
write_csv(struct export_run *e, const struct exchange *x)
{
    const struct verdict_row *row = x->row;
    char hashed[PERSON_BYTES];
    csv_word(e, row->id);
    csv_number(e, exchange_ts(x));
    csv_word(e, x->session);
    csv_number(e, (double)x->seq);
    csv_word(e, x->pair);
    csv_word(e, person_name(e, x->user ? x->user : "anonymous", hashed));
    csv_word(e, row->rater);
    csv_word(e, verdict_draw_name((enum verdict_draw)row->drawn_by));
    csv_word(e, category_name((enum category)row->category));
    csv_word(e, language_name((enum language)row->language));
    csv_word(e, chat_mode_name((enum chat_mode)row->mode));
    csv_word(e, row->blind ? "yes" : "no");
    csv_word(e, brain_id_name(row->left));
    csv_word(e, verdict_kind_name(row->kind));
    csv_word(e, x->strength);
    put_opinion(e, row->acceptable[BRAIN_CLAUDE]);
    put_opinion(e, row->acceptable[BRAIN_LLAMA]);
    csv_number(e, known(x->decision_ms, 1));
    csv_word(e, x->note);
    csv_text(e, x->message, x->message_len);
    put_answer(e, x, BRAIN_CLAUDE);
    put_answer(e, x, BRAIN_LLAMA);
    put_flags(e, row->flags);
    csv_end(e);
}

#define ANSWER_HEAD(b)                                                                             \
    b "_model," b "_text," b "_status," b "_ttft_ms," b "_total_ms," b "_tokens_in," b             \
      "_tokens_out," b "_cost_usd," b "_warmth," b "_cultural,"

const struct export_format format_csv = {
    .name = "csv",
    .about = "spreadsheets, pandas, DuckDB: every verdict, one line each",
    .extension = "csv",
    .form = FORM_TEXT,
    .takes = TAKES_EVERY_VERDICT | TAKES_TIES | TAKES_BOTH_BAD | TAKES_GAPS | TAKES_FIGURES,
    .head = "id,ts,session,turn,pair,user,rater,drawn_by,category,language,mode,blind,left,winner,"
            "strength,claude_acceptable,llama_acceptable,decision_ms,note,message," ANSWER_HEAD(
                "claude") ANSWER_HEAD("llama") "flags\n",
    .row = write_csv,
};
