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

#endif
