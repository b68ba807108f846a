/* TRL's KTOTrainer: one answer a row and whether it is wanted. Of two that are both bad neither is; a tie says of neither
 * whether it is good. */
#include "format.h"

static void
write_label(struct json_writer *w, const struct exchange *x, enum brain_id b, bool good)
{
    write_prompt(w, "prompt", x);
    write_completion(w, "completion", &x->answers[b]);
    json_write_bool(w, "label", good);
}

static void
write_kto(struct export_run *e, const struct exchange *x)
{
    write_each_label(e, x, write_label);
}

const struct export_format format_kto = {
    .name = "kto",
    .about = "TRL's KTO: each answer alone, wanted or not",
    .extension = "jsonl",
    .form = FORM_LINES,
    .takes = TAKES_BOTH_BAD | TAKES_HISTORY | NEEDS_TURNS | TRAINS_ON_TEXT,
    .row = write_kto,
};
