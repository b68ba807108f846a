/* TRL's DPOTrainer and RewardTrainer: conversational preferences with an explicit prompt. Its trainers take the same keys in
 * every row and no nulls; `margin` is looked for in a batch's first row only. */
#include <string.h>

#include "format.h"

static double
margin_of(const char *strength)
{
    if (!strength)
        return 0;
    return strcmp(strength, "clear") == 0 ? 1 : strcmp(strength, "slight") == 0 ? .5 : 0;
}

static void
write_trl(struct export_run *e, const struct exchange *x)
{
    enum brain_id winner = exchange_winner(x);
    struct json_writer w = row_begin(e);
    write_prompt(&w, "prompt", x);
    write_completion(&w, "chosen", &x->answers[winner]);
    write_completion(&w, "rejected", &x->answers[brain_other(winner)]);
    if (e->strength)
        json_write_float(&w, "margin", margin_of(x->strength));
    row_end(e, &w);
}

const struct export_format format_trl = {
    .name = "trl",
    .about = "TRL, axolotl: preferences for DPO and reward models",
    .extension = "jsonl",
    .form = FORM_LINES,
    .takes = TAKES_HISTORY | NEEDS_TURNS | TRAINS_ON_TEXT | TAKES_STRENGTH,
    .row = write_trl,
};
