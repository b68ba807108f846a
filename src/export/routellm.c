/* RouteLLM's matrix factorization: names and the winner, of which it wants one. */
#include "format.h"

static void
write_routellm(struct export_run *e, const struct exchange *x)
{
    struct json_writer w = row_begin(e);
    json_write_int(&w, "idx", e->rows);
    json_write_str(&w, "model_a", exchange_model(x, exchange_side(x, 0)));
    json_write_str(&w, "model_b", exchange_model(x, exchange_side(x, 1)));
    json_write_str(&w, "winner", exchange_side_winner(x, NULL, NULL));
    row_end(e, &w);
}

const struct export_format format_routellm = {
    .name = "routellm",
    .about = "RouteLLM's matrix factorization: who won, without texts",
    .extension = "json",
    .form = FORM_ARRAY,
    .row = write_routellm,
};
