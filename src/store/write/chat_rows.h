/* A turn's and an answer's columns: what is written of them is what is read. */
#ifndef BERDUA_STORE_CHAT_ROWS_H
#define BERDUA_STORE_CHAT_ROWS_H

#include "berdua/chat/conversation.h"
#include "row.h"

#define TURN_FIELDS(X, T)                                                                          \
    X(T, ID, id, id, NULL)                                                                         \
    X(T, INT, at_us, at_wall_us, NULL)                                                             \
    X(T, STR, message, message, NULL)                                                              \
    X(T, WORD, mode, mode, &chat_mode_words)                                                       \
    X(T, WORD, history, history, &history_policy_words)                                            \
    X(T, WORD, served, served, &brain_id_words)                                                    \
    X(T, WORD, canonical, canonical, &brain_id_words)                                              \
    X(T, WORD, left_brain, left, &left_brain_words)                                                \
    X(T, BOOL, blind, blind.on, NULL)                                                              \
    X(T, STR, rater, blind.rater, NULL)                                                            \
    X(T, BOOL, simulated, simulated, NULL)                                                         \
    X(T, WORD, category, kind.category, &category_words)                                           \
    X(T, WORD, language, kind.language, &language_words)                                           \
    X(T, REAL, language_confidence, kind.language_confidence, NULL)                                \
    X(T, STR, classify_rules, kind.rules, NULL)                                                    \
    X(T, STR, config_hash, config_hash, NULL)

/* What an answer says, and by whom. */
#define ANSWER_TEXT_FIELDS(X, T)                                                                   \
    X(T, ID, id, id, NULL)                                                                         \
    X(T, WORD, brain, brain, &brain_id_words)                                                      \
    X(T, STR, model, model, NULL)                                                                  \
    X(T, WORD, status, status, &answer_status_words)                                               \
    X(T, BYTES, text, text, NULL)                                                                  \
    X(T, KNOWN, tokens_out, usage.output, NULL)                                                    \
    X(T, INT, deltas, delta_count, NULL)

/* The whole; one that is running is owned by the instance that writes it. */
#define ANSWER_FIELDS(X, T)                                                                        \
    ANSWER_TEXT_FIELDS(X, T)                                                                       \
    X(T, STR, provider, provider, NULL)                                                            \
    X(T, STR, tier, tier, NULL)                                                                    \
    X(T, WORD, role, role, &answer_role_words)                                                     \
    X(T, STR, stop_reason, stop_reason, NULL)                                                      \
    X(T, WORD, error_kind, error.kind, &answer_error_words)                                        \
    X(T, STR, error_message, error.message, NULL)                                                  \
    X(T, CODE, http_status, error.http_status, NULL)                                               \
    X(T, STR, request_id, error.request_id, NULL)                                                  \
    X(T, KNOWN, connect_us, times.connect_us, NULL)                                                \
    X(T, KNOWN, first_byte_us, times.first_byte_us, NULL)                                          \
    X(T, KNOWN, ttft_us, times.ttft_us, NULL)                                                      \
    X(T, KNOWN, total_us, times.total_us, NULL)                                                    \
    X(T, INT, stall_us, times.stall_us, NULL)                                                      \
    X(T, KNOWN, queue_us, times.queue_us, NULL)                                                    \
    X(T, KNOWN, execution_us, times.execution_us, NULL)                                            \
    X(T, KNOWN, tokens_in, usage.input, NULL)                                                      \
    X(T, KNOWN, tokens_cache_read, usage.cache_read, NULL)                                         \
    X(T, KNOWN, tokens_cache_write, usage.cache_write, NULL)                                       \
    X(T, KNOWN, tokens_thinking, usage.thinking, NULL)                                             \
    X(T, BOOL, tokens_estimated, usage.estimated, NULL)                                            \
    X(T, REAL, cost_usd, cost_usd, NULL)                                                           \
    X(T, REAL, warmth, warmth, NULL)                                                               \
    X(T, REAL, cultural, cultural, NULL)                                                           \
    X(T, SMALL, retries, retries, NULL)                                                            \
    X(T, STR, retry_why, retry_why, NULL)                                                          \
    X(T, BOOL, truncated, truncated, NULL)                                                         \
    X(T, BOOL, cold, cold, NULL)                                                                   \
    X(T, BOOL, simulated, simulated, NULL)                                                         \
    X(T, STR, score_rules, score_rules, NULL)                                                      \
    X(T, REAL, saved_usd, saved_usd, NULL)

enum { TURN_COLUMNS = 16, ANSWER_TEXT_COLUMNS = 7, ANSWER_COLUMNS = 37 };
extern const struct words answer_error_words;
extern const struct row_type turn_row_type, answer_row_type, answer_text_row_type;

#endif
