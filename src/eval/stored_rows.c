#include "stored_rows.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/log.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/base/utf8.h"
#include "berdua/chat/conversation.h"
#include "berdua/conf/config.h"
#include "berdua/eval/eval_rows.h"
#include "berdua/store/query.h"

enum { TIME_CHARS = 10, ID_BYTES = 27, KEY_BYTES = 8 << 20, TITLE_BYTES = 200 };

/* What the end of the id stands for. It never changes, or stored rows are asked again. */
static uint64_t
key_of(const struct eval_row *row, const struct config *config, const char *user)
{
    struct buf key;
    buf_init(&key, KEY_BYTES);
    buf_printf(&key, "eval\n%s\n%s\n%s\n", row->id, user, chat_mode_name(config->mode));
    for (int b = 0; b < BRAIN_COUNT; b++) {
        const struct brain_conf *brain = &config->brains[b];
        bool played = brain->provider == PROVIDER_PLAYBACK;
        buf_printf(&key, "%s%s\n", played ? "played " : "", config_model(brain, brain->model)->id);
    }
    buf_append_str(&key, row->message);
    uint64_t hash = hash_bytes(key.p, key.len, 0);
    buf_finish(&key);
    return hash;
}

struct conversation *
eval_session(const struct eval_row *row, const struct config *config, const char *user)
{
    struct rng rng = {.state = key_of(row, config, user)};
    struct conversation *c = conversation_create_at(user, clock_wall_us(), &rng);
    bool text = row->id[0] == '"'; /* the title has it without its quotes */
    size_t n = strlen(row->id) - (text ? 2 : 0);
    n = n < TITLE_BYTES ? n : utf8_whole_prefix(row->id + text, TITLE_BYTES);
    c->title = xasprintf("eval %.*s", (int)n, row->id + text);
    return c;
}

/* ---- the ones that are there ---- */

static int
by_end(const void *a, const void *b)
{
    const char *x = a, *y = b;
    int end = strcmp(x + TIME_CHARS, y + TIME_CHARS);
    return end ? end : strcmp(x, y);
}

static bool
note_id(void *arg, const char *id)
{
    struct stored_rows *s = arg;
    if (strlen(id) != ID_BYTES - 1)
        return true; /* of an import */
    s->ids = xgrow(s->ids, s->count, sizeof *s->ids);
    memcpy(s->ids[s->count++], id, ID_BYTES);
    return true;
}

bool
stored_rows_open(struct stored_rows *s, struct store *take_store, struct err *err)
{
    *s = (struct stored_rows){.store = take_store};
    if (!query_session_ids(s->store, note_id, s, err))
        return false;
    if (s->count)
        qsort(s->ids, s->count, sizeof *s->ids, by_end);
    return true;
}

void
stored_rows_close(struct stored_rows *s)
{
    store_close(&s->store);
    free(s->ids);
    *s = (struct stored_rows){0};
}

/* How many ids come before this end, or up to it. */
static size_t
rank_of(const struct stored_rows *s, const char *end, bool with_it)
{
    size_t low = 0, high = s->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int cmp = strcmp(s->ids[mid] + TIME_CHARS, end);
        if (cmp < 0 || (with_it && cmp == 0))
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static bool
is_whole(const struct answer *a)
{
    return a->status == STATUS_COMPLETE || a->status == STATUS_CUT || a->status == STATUS_REFUSED;
}

/* Side by side, one brain can be asked again. In any other mode what one brain does depends on the other: the turn is over,
 * or asked anew. */
static bool
look_at_turn(const struct turn *t, const struct eval_row *row, unsigned *missing)
{
    bool over = t->served != BRAIN_NONE;
    *missing = 0;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        const struct answer *a = &t->answers[b];
        if (t->asked[b] && !is_whole(a))
            *missing |= 1u << b;
        over = over &&
               (!t->asked[b] || (a->status != STATUS_RUNNING && a->status != STATUS_INTERRUPTED));
    }
    if (strcmp(t->message, row->message) != 0 || t->verdict.kind != VERDICT_NONE)
        return *missing == 0 && strcmp(t->message, row->message) == 0;
    if (t->mode != MODE_PARALLEL)
        *missing = 0;
    return t->mode == MODE_PARALLEL || over;
}

static int
bits(unsigned set)
{
    int n = 0;
    for (; set; set &= set - 1)
        n++;
    return n;
}

struct conversation *
stored_rows_find(const struct stored_rows *s, const struct eval_row *row,
                 const struct config *config, const char *user, unsigned *missing)
{
    struct conversation *like = eval_session(row, config, user), *best = NULL;
    size_t from = rank_of(s, like->id + TIME_CHARS, false);
    size_t to = rank_of(s, like->id + TIME_CHARS, true);
    conversation_destroy(&like);
    for (size_t i = to; i > from && (!best || *missing); i--) { /* the newest first */
        struct err err = {0};
        struct conversation *c = query_session(s->store, s->ids[i - 1], 0, 2, &err);
        unsigned lacks = 0;
        bool good = c && c->count == 1 && look_at_turn(c->turns[0], row, &lacks) &&
                    (!best || bits(lacks) < bits(*missing));
        if (!c)
            log_msg(LOG_WARN, "a stored row cannot be read: %s", err.text);
        if (good) {
            conversation_destroy(&best);
            best = c;
            *missing = lacks;
        } else {
            conversation_destroy(&c);
        }
    }
    return best;
}
