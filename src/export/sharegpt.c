/* LLaMA-Factory's preferences; dataset_info.json: "ranking": true, "formatting": "sharegpt", "columns": {"messages":
 * "conversations", "chosen": "chosen", "rejected": "rejected"}. */
#include "format.h"

static void
write_sharegpt(struct export_run *e, const struct exchange *x)
{
    enum brain_id winner = exchange_winner(x);
    const struct buf *chosen = &x->answers[winner].text,
                     *rejected = &x->answers[brain_other(winner)].text;
    struct json_writer w = row_begin(e);
    write_conversations(&w, x, NULL);
    write_spoken(&w, "chosen", "gpt", chosen->p, chosen->len);
    write_spoken(&w, "rejected", "gpt", rejected->p, rejected->len);
    row_end(e, &w);
}

const struct export_format format_sharegpt = {
    .name = "sharegpt",
    .about = "LLaMA-Factory: preferences",
    .extension = "jsonl",
    .form = FORM_LINES,
    .takes = TAKES_HISTORY | NEEDS_TURNS | TRAINS_ON_TEXT,
    .row = write_sharegpt,
};
