/* OpenAI's preference fine-tuning; Together, Fireworks and Azure load the same. */
#include "format.h"

static void
write_openai_dpo(struct export_run *e, const struct exchange *x)
{
    enum brain_id winner = exchange_winner(x);
    struct json_writer w = row_begin(e);
    json_write_object(&w, "input");
    write_prompt(&w, "messages", x);
    json_write_list(&w, "tools");
    json_write_end(&w);
    json_write_bool(&w, "parallel_tool_calls", true);
    json_write_end(&w);
    write_completion(&w, "preferred_output", &x->answers[winner]);
    write_completion(&w, "non_preferred_output", &x->answers[brain_other(winner)]);
    row_end(e, &w);
}

const struct export_format format_openai_dpo = {
    .name = "openai-dpo",
    .about = "OpenAI, Together, Fireworks, Azure: preferences",
    .extension = "jsonl",
    .form = FORM_LINES,
    .takes = TAKES_HISTORY | NEEDS_TURNS | TRAINS_ON_TEXT,
    .row = write_openai_dpo,
};
