/* What a model answered when it was asked to judge a pair in one order (first: whose answer was A), so that it is never asked
 * again: a vote, or why it is none. The verdict is written with the second of two votes. Thread: any. */
#ifndef BERDUA_STORE_JUDGE_TABLES_H
#define BERDUA_STORE_JUDGE_TABLES_H

static const char judge_tables[] =
    "CREATE TABLE judge_call ("
    " turn TEXT NOT NULL REFERENCES turn (id) ON DELETE CASCADE,"
    " claude_answer TEXT NOT NULL,"
    " llama_answer TEXT NOT NULL,"
    " try INTEGER NOT NULL,"
    " judge TEXT NOT NULL," /* the brain that was asked */
    " model TEXT NOT NULL,"
    " prompt TEXT NOT NULL,"
    " first TEXT NOT NULL,"
    " state TEXT NOT NULL," /* voted, unusable, refused, too_long */
    " winner TEXT,"
    " reply TEXT,"
    " at_us INTEGER NOT NULL,"
    " bytes INTEGER,"
    " tokens_in INTEGER,"
    " tokens_out INTEGER,"
    " cost_usd REAL,"
    " simulated INTEGER NOT NULL DEFAULT 0,"
    " PRIMARY KEY (claude_answer, llama_answer, model, prompt, first)"
    ");"
    "CREATE INDEX judge_call_turn ON judge_call (turn);"
    "CREATE INDEX judge_call_model ON judge_call (model, prompt);";

#endif
