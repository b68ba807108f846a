/* The verdict in force, in SQL: the same as the fold by verdict_apply (chat/verdict.h), of which a test makes sure. */
#ifndef BERDUA_STORE_VERDICT_ROWS_H
#define BERDUA_STORE_VERDICT_ROWS_H

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

#define SAME_RATER "w.turn = v.turn AND w.try = v.try AND w.rater = v.rater AND w.origin = v.origin"
/* What the verdict says, or what its rater said in a detail before judging the pair again. */
#define SAID(column)                                                                               \
    "coalesce(v." column ", (SELECT w." column " FROM verdict w WHERE " SAME_RATER                 \
    " AND w.kind = 'detail' AND w.n > v.n AND w." column " IS NOT NULL"                            \
    " AND NOT EXISTS (SELECT 1 FROM verdict x WHERE x.turn = w.turn AND x.try = w.try"             \
    "  AND x.rater = w.rater AND x.origin = w.origin AND x.n > v.n AND x.n < w.n"                  \
    "  AND x.kind IN " JUDGEMENTS ") ORDER BY w.n DESC LIMIT 1))"

#endif
