/* LLaMA-Factory's KTO; dataset_info.json: "formatting": "sharegpt", "columns": {"messages": "conversations", "kto_tag":
 * "kto_tag"}. */
#include "format.h"

static void
write_tagged(struct json_writer *w, const struct exchange *x, enum brain_id b, bool good)
{
    write_conversations(w, x, &x->answers[b]);
    json_write_bool(w, "kto_tag", good);
}

static void
write_llamafactory_kto(struct export_run *e, const struct exchange *x)
{
    write_each_label(e, x, write_tagged);
}

const struct export_format format_llamafactory_kto = {
    .name = "llamafactory-kto",
    .about = "LLaMA-Factory's KTO: each answer alone, wanted or not",
    .extension = "jsonl",
    .form = FORM_LINES,
    .takes = TAKES_BOTH_BAD | TAKES_HISTORY | NEEDS_TURNS | TRAINS_ON_TEXT,
    .row = write_llamafactory_kto,
};
