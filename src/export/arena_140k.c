/* The form of arena-human-preference-140k. */
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/json.h"
#include "berdua/base/random.h"
#include "berdua/base/when.h"
#include "berdua/stats/markdown_counts.h"
#include "format.h"
#include "tally.h"

/* Content is a list of parts there; ours have one, a text. */
static void
write_parts(struct json_writer *w, const char *key, const char *role, const char *text, size_t n)
{
    json_write_object(w, key);
    json_write_str(w, "role", role);
    json_write_list(w, "content");
    json_write_object(w, NULL);
    json_write_str(w, "type", "text");
    json_write_strn(w, "text", text, n);
    json_write_null(w, "image");
    json_write_null(w, "mimeType");
    json_write_end(w);
    json_write_end(w);
    json_write_end(w);
}

static void
write_answer_parts(struct json_writer *w, const char *key, const struct answer *a)
{
    write_parts(w, key, "assistant", a->text.p, a->text.len);
}

static void
write_conversation(struct json_writer *w, const char *key, const struct exchange *x,
                   enum brain_id b)
{
    json_write_list(w, key);
    for (size_t i = 0; i < x->history_count; i++)
        write_parts(w, NULL, x->history[i].role, x->history[i].text, x->history[i].len);
    write_parts(w, NULL, "user", x->message, x->message_len);
    write_answer_parts(w, NULL, &x->answers[b]);
    json_write_end(w);
}

/* A turn before this one had one answer, which both sides go on from. */
static void
write_turns(struct json_writer *w, const struct exchange *x)
{
    json_write_list(w, "full_conversation");
    for (size_t i = 0; i + 1 < x->history_count; i += 2) {
        const struct exchange_message *said = &x->history[i], *answer = &x->history[i + 1];
        json_write_object(w, NULL);
        write_parts(w, "user", "user", said->text, said->len);
        write_parts(w, "model_side_a", "assistant", answer->text, answer->len);
        write_parts(w, "model_side_b", "assistant", answer->text, answer->len);
        json_write_end(w);
    }
    json_write_object(w, NULL);
    write_parts(w, "user", "user", x->message, x->message_len);
    write_answer_parts(w, "model_side_a", &x->answers[exchange_side(x, 0)]);
    write_answer_parts(w, "model_side_b", &x->answers[exchange_side(x, 1)]);
    json_write_end(w);
    json_write_end(w);
}

/* All assistant turns of a side, a line break between two. */
static void
join_assistant(struct buf *out, const struct exchange *x, const struct answer *a)
{
    for (size_t i = 1; i < x->history_count; i += 2) {
        buf_append(out, x->history[i].text, x->history[i].len);
        buf_append_char(out, '\n');
    }
    buf_append(out, a->text.p, a->text.len);
}

static void
write_side_metadata(struct json_writer *w, const struct exchange *x, int side)
{
    static const char *const keys[][2] = {
        {"header_count_a", "header_count_b"},
        {"list_count_a", "list_count_b"},
        {"bold_count_a", "bold_count_b"},
        {"sum_assistant_a_tokens", "sum_assistant_b_tokens"},
        {"context_a_tokens", "context_b_tokens"},
    };
    static const char *const levels[] = {"h1", "h2", "h3", "h4", "h5", "h6"};
    const struct answer *a = &x->answers[exchange_side(x, side)];
    int64_t said = tokens_estimate((int64_t)x->message_len, 0), answered = 0;
    for (size_t i = 0; i < x->history_count; i++)
        *(i % 2 ? &answered : &said) += tokens_estimate((int64_t)x->history[i].len, 0);
    struct buf text;
    buf_init(&text, SIZE_MAX);
    join_assistant(&text, x, a);
    struct markdown_counts c = markdown_count(text.p, text.len);
    buf_finish(&text);
    json_write_object(w, keys[0][side]);
    for (int i = 0; i < 6; i++)
        json_write_int(w, levels[i], c.headers[i]);
    json_write_end(w);
    json_write_object(w, keys[1][side]);
    json_write_int(w, "ordered", c.ordered);
    json_write_int(w, "unordered", c.unordered);
    json_write_end(w);
    json_write_object(w, keys[2][side]);
    json_write_int(w, "**", c.stars);
    json_write_int(w, "__", c.underscores);
    json_write_end(w);
    json_write_int(w, keys[3][side], answered + answer_tokens_out(a));
    json_write_int(w, keys[4][side], said + answered);
    if (side == 1)
        json_write_int(w, "sum_user_tokens", said);
}

/* Its own classifiers did not look at our messages, so their tags are not there; ours stands in a place of its own. */
static void
write_category(struct json_writer *w, const struct exchange *x)
{
    struct json *weights =
        x->categories ? json_parse(x->categories, strlen(x->categories), NULL) : NULL;
    json_write_object(w, "category_tag");
    json_write_object(w, "berdua");
    for (int c = 0; c < CATEGORY_COUNT; c++) {
        double weight = 0;
        json_get_num(weights, category_name((enum category)c), &weight);
        json_write_num(w, category_name((enum category)c), weight);
    }
    json_write_end(w);
    json_write_end(w);
    json_free(weights);
}

static bool
holds_fence(const char *p, size_t n)
{
    const char *end = p + n;
    while ((p = memchr(p, '`', (size_t)(end - p))) != NULL && end - p >= 3)
        if (memcmp(p++, "```", 3) == 0)
            return true;
    return false;
}

static bool
is_code(const struct exchange *x)
{
    bool found = holds_fence(x->message, x->message_len);
    for (size_t i = 0; i < x->history_count; i++)
        found = found || holds_fence(x->history[i].text, x->history[i].len);
    for (int b = 0; b < BRAIN_COUNT; b++)
        found = found || holds_fence(x->answers[b].text.p, x->answers[b].text.len);
    return found;
}

static void
write_arena_140k(struct export_run *e, const struct exchange *x)
{
    char time[WHEN_BYTES];
    uint64_t session = hash_bytes(x->session, strlen(x->session), 1);
    struct json_writer w = row_begin(e);
    json_write_str(&w, "id", x->row->id);
    json_write_str(&w, "model_a", exchange_model(x, exchange_side(x, 0)));
    json_write_str(&w, "model_b", exchange_model(x, exchange_side(x, 1)));
    json_write_str(&w, "winner", exchange_side_winner(x, "tie", "both_bad"));
    json_write_str(&w, "evaluation_session_id", x->session);
    json_write_int(&w, "evaluation_order", ++*tally_at(e->orders, session ? session : 1));
    write_conversation(&w, "conversation_a", x, exchange_side(x, 0));
    write_conversation(&w, "conversation_b", x, exchange_side(x, 1));
    write_turns(&w, x);
    json_write_object(&w, "conv_metadata");
    for (int side = 0; side < 2; side++)
        write_side_metadata(&w, x, side);
    json_write_int(&w, "turns", (int64_t)x->history_count / 2 + 1);
    json_write_end(&w);
    write_category(&w, x);
    int language = x->row->language;
    json_write_str(&w, "language", language < 0 ? "und" : language_name((enum language)language));
    json_write_bool(&w, "is_code", is_code(x));
    json_write_str(&w, "timestamp", when_rfc3339(x->row->at_us, time));
    row_end(e, &w);
}

const struct export_format format_arena_140k = {
    .name = "arena-140k",
    .about = "the form of arena-human-preference-140k",
    .extension = "jsonl",
    .form = FORM_LINES,
    .takes = TAKES_TIES | TAKES_BOTH_BAD | TAKES_HISTORY | NEEDS_TURNS,
    .row = write_arena_140k,
};
