/* The verdict in force, in SQL: the same as the fold by verdict_apply (chat/verdict.h), of which a test makes sure. */
#ifndef BERDUA_STORE_VERDICT_ROWS_H
#define BERDUA_STORE_VERDICT_ROWS_H

#include <stdbool.h>

struct db;
struct err;
struct stmt;
struct verdict_row;

#define JUDGEMENTS "('claude', 'llama', 'tie', 'both_bad')"

/* A later judgement or undo of the chat follows v about the same turn. */
#define CHAT_VERDICT_REPLACED                                                                      \
    "EXISTS (SELECT 1 FROM verdict w WHERE w.turn = v.turn AND w.n > v.n AND w.origin = 'chat'"    \
    " AND (w.kind = 'undo' OR w.kind IN " JUDGEMENTS "))"
/* v is its turn's verdict. */
#define VERDICT_IN_FORCE                                                                           \
    "v.origin = 'chat' AND v.kind IN " JUDGEMENTS " AND NOT " CHAT_VERDICT_REPLACED

/* The answer that the rater saw (older rows name none: then the newest). */
#define SEEN(brain)                                                                                \
    "coalesce(v." brain "_answer, (SELECT id FROM answer b WHERE b.turn = v.turn"                  \
    " AND b.brain = '" brain "' ORDER BY attempt DESC LIMIT 1))"

/* Most turns have one event: where o, another one about v's turn, is none, nothing else is looked for. o comes by a look
 * for each verdict, or from a list of the turns with several, which costs less and is held in memory: see verdict_list_fits. */
#define OTHER_BY_LOOK                                                                              \
    " LEFT JOIN verdict o ON o.n = (SELECT n FROM verdict w WHERE w.turn = v.turn AND w.n <> v.n"  \
    "  ORDER BY w.n DESC LIMIT 1)"
#define OTHER_BY_LIST                                                                              \
    " LEFT JOIN (SELECT turn, 1 AS n FROM verdict GROUP BY turn HAVING count(*) > 1) o"            \
    " ON o.turn = v.turn"
#define IF_ANY_OTHER(none, some) "CASE WHEN o.n IS NULL THEN " none " ELSE " some " END"

#define SAME_RATER "w.turn = v.turn AND w.try = v.try AND w.rater = v.rater AND w.origin = v.origin"
/* What the verdict says, or what its rater said in a detail before judging the pair again. */
#define SAID(column)                                                                               \
    IF_ANY_OTHER("v." column,                                                                      \
                 "coalesce(v." column ", (SELECT w." column " FROM verdict w WHERE " SAME_RATER    \
                 " AND w.kind = 'detail' AND w.n > v.n AND w." column " IS NOT NULL"               \
                 " AND NOT EXISTS (SELECT 1 FROM verdict x WHERE x.turn = w.turn"                  \
                 "  AND x.try = w.try AND x.rater = w.rater AND x.origin = w.origin"               \
                 "  AND x.n > v.n AND x.n < w.n AND x.kind IN " JUDGEMENTS                         \
                 ") ORDER BY w.n DESC LIMIT 1))")

/* A verdict of a chat is replaced by the next about its turn; a review or an import is withdrawn only by an undo
 * that follows it at once. */
#define UNDONE                                                                                     \
    IF_ANY_OTHER("0", "CASE v.origin WHEN 'chat' THEN " CHAT_VERDICT_REPLACED                      \
                      " ELSE coalesce((SELECT w.kind = 'undo' FROM verdict w WHERE " SAME_RATER    \
                      "  AND w.n > v.n AND (w.kind = 'undo' OR w.kind IN " JUDGEMENTS              \
                      ") ORDER BY w.n LIMIT 1), 0) END")
#define RAISED_LATER "(SELECT group_concat(flag) FROM verdict_flag f WHERE f.verdict = v.id)"

/* A struct verdict_row, as verdict_from_row takes it from the first columns; then the attempts of the answers that were seen, and
 * the turn's number. In VERDICT_ROW_SOURCE v is read first, in the order that is asked for; in VERDICT_TURN_SOURCE t is. */
enum { VERDICT_ROW_ATTEMPTS = 32, VERDICT_ROW_TURN = 34, VERDICT_ROW_WIDTH = 35 };
/* clang-format off */
#define VERDICT_ROW_COLUMNS                                                                        \
    "v.n, v.id, v.turn, v.try, v.at_us, v.kind, v.origin, v.drawn_by, v.blind, t.category,"        \
    " coalesce(v.mode, t.mode), " SAID("claude_acceptable") ", " SAID("llama_acceptable")          \
    ", v.flags, " RAISED_LATER ", l.model, c.status, l.status, l.cold, t.simulated, t.language,"   \
    " " UNDONE ", v.session, v.rater, coalesce(v.left_brain, t.left_brain), " SAID("guess")        \
    ", v.asked, c.warmth, l.warmth, c.cultural, l.cultural, v.judge, c.attempt, l.attempt, t.n"
#define VERDICT_ROW_ANSWERS                                                                        \
    " LEFT JOIN answer c ON c.id = " SEEN("claude")                                                \
    " LEFT JOIN answer l ON l.id = " SEEN("llama")
#define VERDICT_ROW_SOURCE(others)                                                                 \
    " FROM verdict v CROSS JOIN turn t ON t.id = v.turn" VERDICT_ROW_ANSWERS others
#define VERDICT_TURN_SOURCE                                                                        \
    " FROM turn t CROSS JOIN verdict v ON v.turn = t.id" VERDICT_ROW_ANSWERS OTHER_BY_LOOK
/* clang-format on */
/* Turns with several events are so few that their list may be held. false with *fits false: it cannot be read. */
bool verdict_list_fits(struct db *db, bool *fits, struct err *err);
/* Its pointers live until the statement's next step. */
void verdict_from_row(struct stmt *q, struct verdict_row *row);

#define LAST_TRY(a)                                                                                \
    "NOT EXISTS (SELECT 1 FROM answer n WHERE n.turn = " a ".turn AND n.brain = " a ".brain"       \
    " AND n.attempt > " a ".attempt)"
/* Two complete answers c and l of a turn t that were shown together: its newest try, and those that somebody judged. ?1: are
 * they recorded ones? */
#define WHOLE_PAIRS                                                                                \
    " FROM turn t JOIN answer c ON c.turn = t.id AND c.brain = 'claude'"                           \
    " JOIN answer l ON l.turn = t.id AND l.brain = 'llama'"                                        \
    " WHERE t.mode NOT IN ('route', 'full') AND t.simulated = ?1 AND t.category IS NOT NULL"       \
    " AND c.status = 'complete' AND l.status = 'complete' AND c.text <> '' AND l.text <> ''"       \
    " AND ((" LAST_TRY("c") " AND " LAST_TRY(                                                      \
        "l") ") OR EXISTS (SELECT 1 FROM verdict v"                                                \
             "  WHERE v.turn = t.id AND v.claude_answer = c.id AND v.llama_answer = l.id))"
/* The try of the two. */
#define PAIR_TRY "c.attempt + l.attempt - 1"

#endif
