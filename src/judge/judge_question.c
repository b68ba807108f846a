#include "berdua/judge/judge_question.h"

#include <stdio.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/embedded.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/base/utf8.h"
#include "berdua/chat/blind.h"

/* What stands around the texts. It is part of the version. */
enum piece { BEFORE, CUSTOMER, ASSISTANT, MESSAGE, ANSWER_A, ANSWER_B, LAST, PIECE_COUNT };
static const char *const pieces[PIECE_COUNT] = {
    [BEFORE] = "THE CONVERSATION BEFORE, for understanding only\n",
    [CUSTOMER] = "customer: ",
    [ASSISTANT] = "assistant: ",
    [MESSAGE] = "\nTHE MESSAGE\n",
    [ANSWER_A] = "\nANSWER A\n",
    [ANSWER_B] = "\nANSWER B\n",
    [LAST] = "\nEND OF THE MATERIAL\nNow the JSON object: evidence, scores, winner.",
};

static bool
append_piece(struct buf *out, enum piece p)
{
    return buf_append_str(out, pieces[p]);
}

/* As one JSON string, so that no text can pass for the frame around it. most: of its bytes. */
static bool
append_text(struct buf *out, const char *const models[BRAIN_COUNT], const char *text, size_t most)
{
    size_t n = strlen(text), kept = n > most ? utf8_whole_prefix(text, most) : n;
    struct buf stripped;
    buf_init(&stripped, JUDGE_QUESTION_BYTES);
    bool ok = blind_strip(models, text, kept, &stripped) &&
              json_quote(out, stripped.p, stripped.len) &&
              buf_append_str(out, kept < n ? " (cut)\n" : "\n");
    buf_finish(&stripped);
    return ok;
}

static bool
append_history(struct buf *out, const struct judge_question *q)
{
    struct json *list = q->history ? json_parse(q->history, strlen(q->history), NULL) : NULL;
    size_t n = json_is_array(list) ? json_count(list) : 0, i = 0;
    bool ok = n == 0 || append_piece(out, BEFORE);
    for (const struct json *m = n ? json_first(list) : NULL; ok && m; m = json_next(m), i++) {
        const char *role = json_get_str(m, "role"), *text = json_get_str(m, "content");
        if (i + JUDGE_HISTORY_MESSAGES < n || !role || !text)
            continue;
        ok = append_piece(out, strcmp(role, "user") == 0 ? CUSTOMER : ASSISTANT) &&
             append_text(out, q->models, text, JUDGE_HISTORY_BYTES);
    }
    json_free(list);
    return ok;
}

bool
judge_ask(const struct judge_question *q, enum brain_id first, struct buf *system, struct buf *user)
{
    const char *a = q->answers[first], *b = q->answers[brain_other(first)];
    if (strlen(q->message) > JUDGE_TEXT_BYTES || strlen(a) > JUDGE_TEXT_BYTES ||
        strlen(b) > JUDGE_TEXT_BYTES)
        return false;
    return buf_append_str(system, embedded_text("src/judge/rubric.txt")) &&
           append_history(user, q) && append_piece(user, MESSAGE) &&
           append_text(user, q->models, q->message, SIZE_MAX) && append_piece(user, ANSWER_A) &&
           append_text(user, q->models, a, SIZE_MAX) && append_piece(user, ANSWER_B) &&
           append_text(user, q->models, b, SIZE_MAX) && append_piece(user, LAST);
}

const char *
judge_schema(void)
{
    return embedded_text("src/judge/reply_schema.json");
}

void
judge_version(char out[JUDGE_VERSION_BYTES])
{
    const char *rubric = embedded_text("src/judge/rubric.txt"), *schema = judge_schema();
    uint64_t h = hash_bytes(rubric, strlen(rubric), hash_bytes(schema, strlen(schema), 1));
    for (int i = 0; i < PIECE_COUNT; i++)
        h = hash_bytes(pieces[i], strlen(pieces[i]), h);
    snprintf(out, JUDGE_VERSION_BYTES, "rubric-%08x", (unsigned)(h & 0xffffffffu));
}
