#include "berdua/jiwa/question.h"

#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/embedded.h"
#include "berdua/base/json.h"
#include "berdua/base/utf8.h"
#include "berdua/jiwa/profile.h"

enum {
    MESSAGE_BYTES = 3000,
    ANSWER_BYTES =
        500, /* answers are cut shorter than messages, because only the customer's words count as evidence */
    PROFILE_BYTES = 900,
    LEAST_TURN_BYTES = 600
};

static const char last_words[] =
    "\nEND OF THE CONVERSATION\nNow the JSON object, with quotes copied exactly from lines that "
    "begin with {\"customer\":";

static bool
append_line(struct buf *out, const char *who, const char *text, size_t max)
{
    size_t n = strlen(text), kept = n;
    if (n > max) {
        kept = utf8_whole_prefix(text, max);
        const char *end = text + kept;
        while (end > text + max * 3 / 4 && end[-1] != ' ')
            end--;
        if (end > text + max * 3 / 4)
            kept = (size_t)(end - text);
    }
    return buf_printf(out, "{\"%s\": ", who) && json_quote(out, text, kept) &&
           buf_append_str(out, kept < n ? "} (cut)\n" : "}\n");
}

static bool
append_turn(struct buf *out, const struct jiwa_turn *t, size_t message_bytes)
{
    return append_line(out, "customer", t->message, message_bytes) &&
           (!t->answer || !*t->answer || append_line(out, "company", t->answer, ANSWER_BYTES));
}

static void
known_so_far(const struct jiwa *profile, struct buf *out)
{
    struct buf block;
    if (!profile || !jiwa_count(profile))
        return;
    buf_init(&block, PROFILE_BYTES + 512);
    jiwa_block(profile, &block, PROFILE_BYTES);
    if (block.len) {
        buf_append_str(out, "Inferred from earlier conversations (for comparison: note what is "
                            "new or has changed; it is no evidence):\n");
        json_quote(out, block.p, block.len);
        buf_append_str(out, "\n\n");
    }
    buf_finish(&block);
}

size_t
jiwa_ask(const struct jiwa_question *q, struct buf *system, struct buf *user)
{
    size_t max = q->max_bytes > JIWA_LEAST_BYTES ? q->max_bytes : JIWA_LEAST_BYTES;
    size_t n = 0;
    buf_append_str(system, embedded_text("src/jiwa/prompt.txt"));
    known_so_far(q->profile, user);
    buf_append_str(user, "THE CONVERSATION\n");
    size_t used = system->len + sizeof last_words;
    size_t room = max > used ? max - used : 0;
    for (; n < q->count; n++) {
        size_t before = user->len;
        if (append_turn(user, &q->turns[n], MESSAGE_BYTES) && user->len <= room)
            continue;
        buf_truncate(user, before);
        if (n > 0)
            break;
        /* A first turn that does not fit is cut. Quoting as JSON can make a text six times as long. */
        size_t left = room > before ? room - before : 0;
        append_turn(user, &(struct jiwa_turn){.message = q->turns[0].message},
                    left / 6 > LEAST_TURN_BYTES ? left / 6 : LEAST_TURN_BYTES);
        n++;
        break;
    }
    buf_append_str(user, last_words);
    return n;
}
