/* The form of arena-human-preference-55k, which RouteLLM's ranking reads: each text is a JSON list of turns. */
#include "berdua/base/buf.h"
#include "format.h"

enum { LIST_MAX_BYTES = 256 << 20 };

/* The user's turns (first 0) or the assistant's (1) before, then the last one. */
static void
put_turns(struct export_run *e, const struct exchange *x, size_t first, const char *last, size_t n)
{
    struct buf list;
    buf_init(&list, LIST_MAX_BYTES);
    struct json_writer w = json_writer_on(&list);
    json_write_list(&w, NULL);
    for (size_t i = first; i < x->history_count; i += 2)
        json_write_strn(&w, NULL, x->history[i].text, x->history[i].len);
    json_write_strn(&w, NULL, last, n);
    json_write_end(&w);
    e->full = e->full || w.full;
    csv_text(e, list.p, list.len);
    buf_finish(&list);
}

static void
write_arena_55k(struct export_run *e, const struct exchange *x)
{
    enum verdict_kind kind = x->row->kind;
    bool tie = kind == VERDICT_TIE || kind == VERDICT_BOTH_BAD;
    bool left = !tie && exchange_winner(x) == exchange_side(x, 0);
    csv_word(e, x->row->id);
    csv_word(e, exchange_model(x, exchange_side(x, 0)));
    csv_word(e, exchange_model(x, exchange_side(x, 1)));
    put_turns(e, x, 0, x->message, x->message_len);
    for (int side = 0; side < 2; side++) {
        const struct buf *text = &x->answers[exchange_side(x, side)].text;
        put_turns(e, x, 1, text->p, text->len);
    }
    csv_number(e, left);
    csv_number(e, !tie && !left);
    csv_number(e, tie);
    csv_end(e);
}

const struct export_format format_arena_55k = {
    .name = "arena-55k",
    .about = "the form of arena-human-preference-55k, RouteLLM's ranking",
    .extension = "csv",
    .form = FORM_TEXT,
    .takes = TAKES_TIES | TAKES_BOTH_BAD | TAKES_HISTORY | NEEDS_TURNS,
    .head = "id,model_a,model_b,prompt,response_a,response_b,winner_model_a,winner_model_b,"
            "winner_tie\n",
    .row = write_arena_55k,
};
