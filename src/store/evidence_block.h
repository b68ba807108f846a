/* A block of evidence as bytes (store/evidence_store.h): a head, the strings, then the turns, answers and verdicts as
 * arrays. The bytes are of this machine; those of another kind of machine, of another version or damaged ones are not
 * read, and the block is made anew. Pure. Thread: any. */
#ifndef BERDUA_STORE_EVIDENCE_BLOCK_H
#define BERDUA_STORE_EVIDENCE_BLOCK_H

#include "berdua/base/buf.h"
#include "berdua/store/evidence_store.h"

/* Turns of a block: its number is the turn's, without these bits. */
enum { EVIDENCE_BLOCK_BITS = 7 };

/* Strings are numbered from 1, in the order of the list; 0 is none. */
struct packed_turn {
    int64_t at_us;
    uint64_t id, session;       /* numbers for them */
    uint32_t answers, verdicts; /* how many of the arrays are its own */
    uint32_t shown;
    int8_t category, language, mode;
    uint8_t number_simulated; /* the last bits of its number; bit 7 simulated */
};
struct packed_answer {
    double cost_usd;
    uint32_t ttft_us, total_us; /* UINT32_MAX: none */
    uint32_t code_points, headers, lists, bold;
    uint32_t model, score_rules, attempt;
    uint8_t brain, status, shadow, cold_simulated; /* bit 0 cold, bit 1 simulated */
};
struct packed_verdict {
    int64_t n, at_us;
    uint32_t rater, origin, judge, model;
    int32_t attempt;
    uint32_t seen[BRAIN_COUNT]; /* of its turn's answers, from 1; 0: none */
    uint16_t flags;
    int8_t kind, drawn_by, category, language, mode, left, guess, warmer, closer;
    uint8_t acceptable;             /* 4 bits each */
    uint8_t blind, asked, observed; /* 0, 1 */
    uint8_t zero[5];
};

struct evidence_block {
    struct packed_turn *turns;
    struct packed_answer *answers;
    struct packed_verdict *verdicts;
    char **strings;
    size_t turn_count, answer_count, verdict_count, string_count;
    int64_t oldest_us, newest_us; /* of turns and verdicts */
};
void evidence_block_finish(struct evidence_block *b);
/* The string's number; NULL gives 0. */
uint32_t evidence_block_string(struct evidence_block *b, const char *text);
/* Appends it. */
void evidence_block_pack(const struct evidence_block *b, struct buf *out);

/* Can there be turns of a block with this number? A damaged file may name any. */
bool evidence_block_possible(int64_t number);
/* Calls `each` for every turn of the block of that number; *stopped: it returned false. false: these are not the bytes of a
 * block, and it was not called. */
bool evidence_block_read(int64_t number, const char *p, size_t n,
                         bool (*each)(void *arg, const struct evidence_turn *t), void *arg,
                         bool *stopped);

#endif
