/* What a model replies as judge. What is read is a whole verdict, and with the order swapped it is the other brain's. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/utf8.h"
#include "berdua/judge/judge_reply.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_whole(const struct judge_reply *r)
{
    assert(r->winner >= VERDICT_CLAUDE && r->winner <= VERDICT_BOTH_BAD);
    for (int b = 0; b < BRAIN_COUNT; b++)
        for (int s = 0; s < SCALE_COUNT; s++)
            assert(r->scores[b][s] >= 1 && r->scores[b][s] <= 5);
    assert(strlen(r->evidence) <= JUDGE_EVIDENCE_BYTES);
    assert(utf8_valid(r->evidence, strlen(r->evidence)));
    char *printed = judge_reply_print(r);
    struct json *o = json_parse(printed, strlen(printed), NULL);
    assert(json_is_object(json_get(o, "scores")));
    json_free(o);
    free(printed);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct judge_reply one, other;
    struct err err = {""}, again = {""};
    bool ok = judge_read(&one, BRAIN_CLAUDE, (const char *)data, size, &err);
    bool swapped = judge_read(&other, BRAIN_LLAMA, (const char *)data, size, &again);
    assert(ok == swapped);
    assert(ok || err.text[0]);
    if (!ok)
        return 0;
    check_whole(&one);
    check_whole(&other);
    assert((one.winner == other.winner) ==
           (one.winner == VERDICT_TIE || one.winner == VERDICT_BOTH_BAD));
    assert(memcmp(one.scores[BRAIN_CLAUDE], other.scores[BRAIN_LLAMA], sizeof one.scores[0]) == 0);
    judge_reply_finish(&one);
    judge_reply_finish(&other);
    return 0;
}
