#include "berdua/store/exchange_store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/id_set.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "store/sqlite/db.h"
#include "store/write/chat_rows.h"
#include "store_db.h"
#include "verdict_rows.h"

#define OF_CLAUDE(T, kind, column, member, words) "c." #column ", "
#define OF_LLAMA(T, kind, column, member, words)  "l." #column ", "

enum {
    FACTS = VERDICT_ROW_WIDTH, /* the column where they begin */
    SESSION = FACTS,
    USER,
    PAIR,
    NOTE,
    STRENGTH,
    REASONS,
    CONFIG_HASH,
    APP_VERSION,
    CLAUDE_SYSTEM,
    LLAMA_SYSTEM,
    CATEGORIES,
    MESSAGE,
    SEQ,
    PROPENSITY,
    STAGE,
    DECISION_MS,
    BEFORE,
    OWN_SESSION,
    ANSWERS
};

/* clang-format off */
#define EXCHANGES(FIELDS, others)                                                                  \
    "SELECT " VERDICT_ROW_COLUMNS ", coalesce(s.origin_id, s.id), s.user,"                         \
    " coalesce(v.pair, coalesce(s.origin_id, s.id) || ':' || t.seq || ':' || v.try),"              \
    " " IF_ANY_OTHER("v.note", "coalesce(v.note, (SELECT w.note FROM verdict w WHERE " SAME_RATER  \
                     "  AND w.kind = 'note' ORDER BY w.n DESC LIMIT 1))")                          \
    ", " SAID("strength") ", " SAID("reasons") ", t.config_hash, v.app_version, c.system,"         \
    " l.system, t.categories, t.message, t.seq, v.propensity, v.stage, v.decision_ms, t.before,"   \
    " t.session, " FIELDS(OF_CLAUDE, answer) FIELDS(OF_LLAMA, answer) "0"                          \
    VERDICT_ROW_SOURCE(others) " JOIN session s ON s.id = t.session WHERE v.kind IN " JUDGEMENTS
/* clang-format on */
#define ALL(FIELDS, others)                                                                        \
    EXCHANGES(FIELDS, others) " AND v.at_us >= ?1 AND v.at_us < ?2 ORDER BY v.at_us, v.id"
#define ONE(FIELDS) EXCHANGES(FIELDS, OTHER_BY_LOOK) " AND v.n = ?1"

static struct stmt *
query_exchanges(struct db *db, const struct exchange_reader *reader, struct err *err)
{
    static const char *const one[] = {ONE(ANSWER_TEXT_FIELDS), ONE(ANSWER_FIELDS)};
    static const char *const all[][2] = {
        {ALL(ANSWER_TEXT_FIELDS, OTHER_BY_LOOK), ALL(ANSWER_TEXT_FIELDS, OTHER_BY_LIST)},
        {ALL(ANSWER_FIELDS, OTHER_BY_LOOK), ALL(ANSWER_FIELDS, OTHER_BY_LIST)}};
    bool list;
    if (reader->only)
        return db_query(db, one[reader->figures], SQL_ARGS(SQL_INT(reader->only)), err);
    if (!verdict_list_fits(db, &list, err))
        return NULL;
    return db_query(db, all[reader->figures][list],
                    SQL_ARGS(SQL_INT(reader->since_us), SQL_INT(reader->until_us)), err);
}

/* ---- the conversation before a turn ---- */

/* The turns before the newest one that was asked for, of one session: mostly the next verdict is about it, too, and needs
 * only what was said since. A turn without an answer that continued it leaves no hole. */
struct past_turn {
    int64_t seq;
    char *message, *answer;
    size_t message_len, answer_len;
};
struct past_turns {
    char session[27];
    int64_t read_to; /* turns before this one are here */
    struct past_turn *turns;
    size_t count;
    struct exchange_message *messages;
    size_t message_count;
    struct json *given;
};

static void
forget_turns(struct past_turns *p)
{
    for (size_t i = 0; i < p->count; i++) {
        free(p->turns[i].message);
        free(p->turns[i].answer);
    }
    free(p->turns);
    p->turns = NULL;
    p->count = 0;
    p->read_to = 0;
    p->session[0] = 0;
}

static char *
dup_bytes(struct stmt *q, int col, size_t *len)
{
    const char *p = stmt_bytes(q, col, len);
    char *copy = xmalloc(*len + 1);
    memcpy(copy, p, *len + 1);
    return copy;
}

static bool
read_past_turns(struct past_turns *p, struct db *db, const char *session, int64_t seq,
                struct err *err)
{
    if (strncmp(p->session, session, sizeof p->session - 1) != 0) {
        forget_turns(p);
        strncat(p->session, session, sizeof p->session - 1);
    }
    if (seq <= p->read_to)
        return true;
    struct stmt *q =
        db_query(db,
                 "SELECT p.seq, p.message, a.text FROM turn p JOIN answer a ON a.id ="
                 " (SELECT id FROM answer b WHERE b.turn = p.id AND b.brain = p.canonical"
                 "  ORDER BY attempt DESC LIMIT 1)"
                 " WHERE p.session = ?1 AND p.seq >= ?2 AND p.seq < ?3 ORDER BY p.seq",
                 SQL_ARGS(SQL_TEXT(session), SQL_INT(p->read_to), SQL_INT(seq)), err);
    while (stmt_next(q, err)) {
        p->turns = xgrow(p->turns, p->count, sizeof *p->turns);
        struct past_turn *t = &p->turns[p->count++];
        t->seq = stmt_int(q, 0);
        t->message = dup_bytes(q, 1, &t->message_len);
        t->answer = dup_bytes(q, 2, &t->answer_len);
    }
    p->read_to = seq;
    return stmt_finish(q);
}

static void
add_message(struct past_turns *p, const char *role, const char *text, size_t len)
{
    p->messages = xgrow(p->messages, p->message_count, sizeof *p->messages);
    p->messages[p->message_count++] = (struct exchange_message){role, text, len};
}

static void
take_given(struct past_turns *p, const char *before)
{
    p->given = json_parse(before, strlen(before), NULL);
    for (const struct json *v = json_first(p->given); v; v = json_next(v)) {
        const char *role = json_get_str(v, "role"), *text = json_get_str(v, "content");
        if (role && text)
            add_message(p, role, text, strlen(text));
    }
}

static bool
read_history(struct past_turns *p, struct db *db, struct stmt *q, struct exchange *x, bool as_text,
             struct err *err)
{
    size_t len;
    const char *before = stmt_is_null(q, BEFORE) ? NULL : stmt_bytes(q, BEFORE, &len);
    p->message_count = 0;
    json_free(p->given);
    p->given = NULL;
    if (before && as_text && json_is_printed(before, len)) {
        x->history_text = before;
        x->history_text_len = len;
        return true;
    }
    if (before)
        take_given(p, before);
    else if (!read_past_turns(p, db, stmt_str(q, OWN_SESSION), x->seq, err))
        return false;
    for (size_t i = 0; !before && i < p->count && p->turns[i].seq < x->seq; i++) {
        add_message(p, "user", p->turns[i].message, p->turns[i].message_len);
        add_message(p, "assistant", p->turns[i].answer, p->turns[i].answer_len);
    }
    x->history = p->messages;
    x->history_count = p->message_count;
    x->history_given = p->given;
    return true;
}

/* ---- one exchange ---- */

static void
read_answers(struct stmt *q, bool figures, struct exchange *x)
{
    const struct row_type *type = figures ? &answer_row_type : &answer_text_row_type;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        int first = ANSWERS + b * (int)type->count;
        struct answer *a = &x->answers[b];
        x->answered[b] = !stmt_is_null(q, first);
        answer_init(a, (enum brain_id)b);
        if (!x->answered[b])
            continue;
        row_read(type, a, q, first);
        a->phase = PHASE_ENDED;
        if (a->status == STATUS_RUNNING)
            a->status = STATUS_INTERRUPTED;
    }
}

static void
read_facts(struct stmt *q, bool figures, const struct verdict_row *row, struct exchange *x)
{
    *x = (struct exchange){
        .row = row,
        .session = stmt_str(q, SESSION),
        .user = stmt_str(q, USER),
        .pair = stmt_str(q, PAIR),
        .note = stmt_str(q, NOTE),
        .strength = stmt_str(q, STRENGTH),
        .config_hash = stmt_str(q, CONFIG_HASH),
        .app_version = stmt_str(q, APP_VERSION),
        .reasons = stmt_str(q, REASONS),
        .categories = stmt_str(q, CATEGORIES),
        .system = {[BRAIN_CLAUDE] = stmt_str(q, CLAUDE_SYSTEM),
                   [BRAIN_LLAMA] = stmt_str(q, LLAMA_SYSTEM)},
        .seq = stmt_int(q, SEQ),
        .propensity = stmt_real(q, PROPENSITY),
        .asked = row->asked,
        .stage = stmt_real(q, STAGE),
        .decision_ms = stmt_is_null(q, DECISION_MS) ? UNKNOWN : stmt_int(q, DECISION_MS),
    };
    x->message = stmt_bytes(q, MESSAGE, &x->message_len);
    read_answers(q, figures, x);
}

bool
exchange_store_read(struct store *s, const struct exchange_reader *reader, struct err *err)
{
    struct past_turns past = {0};
    struct id_set observed = {NULL};
    bool ok = true, go_on = true;
    if (!store_db(s))
        return true;
    /* Ids lead to turns and answers through indexes, in any order: where these stay in memory, a page is read once. */
    if (!db_exec(store_db(s), "PRAGMA cache_size = -38000", err))
        return false;
    struct stmt *q = query_exchanges(store_db(s), reader, err);
    while (ok && go_on && stmt_next(q, err)) {
        struct verdict_row row;
        struct exchange x;
        verdict_from_row(q, &row);
        row.observed = !reader->only && observation_may_be(&row) && id_set_add(&observed, row.pair);
        if (reader->wanted && !reader->wanted(reader->arg, &row))
            continue;
        read_facts(q, reader->figures, &row, &x);
        ok = !reader->history || read_history(&past, store_db(s), q, &x, reader->history_text, err);
        go_on = ok && reader->each(reader->arg, &x);
        for (int b = 0; b < BRAIN_COUNT; b++)
            answer_finish(&x.answers[b]);
    }
    id_set_finish(&observed);
    forget_turns(&past);
    free(past.messages);
    json_free(past.given);
    return stmt_finish(q) && ok;
}

bool
exchange_store_has_strength(struct store *s, bool *any, struct err *err)
{
    int64_t found = 0;
    if (store_db(s) &&
        !db_int(store_db(s), "SELECT EXISTS (SELECT 1 FROM verdict WHERE strength IS NOT NULL)",
                &found, err))
        return false;
    *any = found != 0;
    return true;
}
