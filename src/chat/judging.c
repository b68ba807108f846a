#include "berdua/chat/judging.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/chat/blind.h"
#include "berdua/chat/sight.h"

/* ---- rules ---- */

static bool
is_free(const struct judging_rules *r, char letter)
{
    if (!islower((unsigned char)letter) || letter == 'u' || letter == 'i')
        return false;
    for (size_t i = 0; i < r->reason_count; i++)
        if (r->letters[i][0] == letter)
            return false;
    return true;
}

/* 0: none is left. */
static char
letter_for(const struct judging_rules *r, const char *text)
{
    const char *last = strrchr(text, ' ');
    const char *tries[] = {last ? last + 1 : text, text};
    for (size_t i = 0; i < ARRAY_LEN(tries); i++)
        for (const char *p = tries[i]; *p; p++) {
            char letter = (char)tolower((unsigned char)*p);
            if (is_free(r, letter))
                return letter;
        }
    return 0;
}

void
judging_rules_init(struct judging_rules *r, double ask_acceptable, double ask_identity,
                   const char *reasons)
{
    *r = (struct judging_rules){.ask_acceptable = ask_acceptable, .ask_identity = ask_identity};
    struct json *list = reasons ? json_parse(reasons, strlen(reasons), NULL) : NULL;
    for (const struct json *v = json_first(list); v && r->reason_count < JUDGING_REASONS;
         v = json_next(v)) {
        const char *text = json_str(v);
        char letter = text ? letter_for(r, text) : 0;
        if (!letter)
            continue;
        r->reasons[r->reason_count] = xstrdup(text);
        r->letters[r->reason_count++][0] = letter;
    }
    json_free(list);
}

void
judging_rules_finish(struct judging_rules *r)
{
    for (size_t i = 0; i < r->reason_count; i++)
        free(r->reasons[i]);
    *r = (struct judging_rules){0};
}

/* ---- the stage ---- */

void
judging_init(struct judging *j, const struct judging_rules *rules)
{
    *j = (struct judging){.rules = rules};
}

void
judging_finish(struct judging *j)
{
    verdict_finish(&j->said);
}

static void
begin(struct judging *j, const struct turn *t)
{
    verdict_finish(&j->said);
    *j = (struct judging){.rules = j->rules, .judged = t->verdict.kind};
    memcpy(j->turn, t->id, sizeof j->turn);
    j->said.kind = VERDICT_REVEAL;
    j->acceptable_over = t->verdict.kind == VERDICT_BOTH_BAD; /* nobody would send two bad ones */
}

static enum judging_stage
question_due(const struct judging *j)
{
    if (!j->acceptable_over && blind_asks(j->turn, BLIND_ACCEPTABLE, j->rules->ask_acceptable))
        return JUDGING_ACCEPTABLE;
    if (!j->identity_over && blind_asks(j->turn, BLIND_IDENTITY, j->rules->ask_identity))
        return JUDGING_IDENTITY;
    return JUDGING_ENDED;
}

void
judging_look(struct judging *j, const struct turn *t)
{
    if (!t || !turn_veiled(t) || t->blind.set_aside) {
        j->stage = JUDGING_OFF;
        return;
    }
    if (strcmp(j->turn, t->id) != 0 || j->judged != t->verdict.kind)
        begin(j, t);
    if (!t->blind.side_drawn || turn_answering(t))
        j->stage = JUDGING_BOTH_RUN;
    else if (t->verdict.kind == VERDICT_NONE)
        j->stage = JUDGING_PAIR;
    else
        j->stage = question_due(j);
}

/* ---- keys ---- */

static enum judging_act
pair_key(const char *key, struct verdict *v)
{
    static const struct {
        const char *key;
        struct verdict verdict;
    } keys[] = {
        {"1", {.kind = VERDICT_CLAUDE}}, /* the left one */
        {"2", {.kind = VERDICT_LLAMA}},
        {"3", {.kind = VERDICT_TIE}},
        {"4", {.kind = VERDICT_BOTH_BAD}},
        {"!", {.kind = VERDICT_CLAUDE, .strength = STRENGTH_CLEAR}},
        {"@", {.kind = VERDICT_LLAMA, .strength = STRENGTH_CLEAR}},
        {"S-1", {.kind = VERDICT_CLAUDE, .strength = STRENGTH_CLEAR}},
        {"S-2", {.kind = VERDICT_LLAMA, .strength = STRENGTH_CLEAR}},
    };
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if (strcmp(keys[i].key, key) == 0) {
            *v = keys[i].verdict;
            return JUDGING_GIVE;
        }
    if (strcmp(key, "u") == 0) {
        *v = (struct verdict){.kind = VERDICT_UNDO};
        return JUDGING_GIVE;
    }
    if (strcmp(key, "0") == 0)
        return JUDGING_ASIDE;
    if (strcmp(key, "Space") == 0)
        return JUDGING_DIFFERENCE;
    return strcmp(key, "i") == 0 ? JUDGING_WRITE : JUDGING_NOT_MINE;
}

static void
answer_acceptable(struct judging *j, char key)
{
    bool tie = j->judged == VERDICT_TIE;
    int better = j->judged == VERDICT_LLAMA ? MASK_RIGHT : MASK_LEFT;
    for (int side = 0; side < BRAIN_COUNT; side++) {
        bool yes = key == '1' || (key == '2' && !tie && side == better);
        j->said.acceptable[side] = yes ? OPINION_YES : OPINION_NO;
    }
    j->acceptable_over = true;
}

static enum judging_act
toggle_reason(struct judging *j, char key)
{
    for (size_t i = 0; i < j->rules->reason_count; i++)
        if (j->rules->letters[i][0] == key) {
            j->reasons ^= 1u << i;
            return JUDGING_TAKEN;
        }
    return JUDGING_UNKNOWN;
}

static enum judging_act
question_key(struct judging *j, const char *key, struct verdict *v)
{
    bool tie = j->judged == VERDICT_TIE;
    char c = key[0] && !key[1] ? key[0] : 0;
    if (c == 'u') {
        *v = (struct verdict){.kind = VERDICT_UNDO};
        return JUDGING_GIVE;
    }
    if (c == 'i') {
        judging_skip(j);
        return JUDGING_WRITE;
    }
    if (strcmp(key, "Space") == 0)
        return JUDGING_DIFFERENCE;
    if (j->stage == JUDGING_ACCEPTABLE && (c == '1' || c == '3' || (c == '2' && !tie)))
        answer_acceptable(j, c);
    else if (j->stage == JUDGING_ACCEPTABLE && strcmp(key, "Enter") == 0)
        j->acceptable_over = true;
    else if (j->stage == JUDGING_IDENTITY && c >= '1' && c <= '3')
        j->said.guess = c == '1' ? GUESS_LEFT : c == '2' ? GUESS_RIGHT : GUESS_DONT_KNOW;
    else if (j->stage != JUDGING_IDENTITY || strcmp(key, "Enter") != 0)
        return c >= 'a' && c <= 'z' ? toggle_reason(j, c) : c ? JUDGING_UNKNOWN : JUDGING_NOT_MINE;
    j->identity_over = j->identity_over || j->stage == JUDGING_IDENTITY;
    j->stage = question_due(j);
    return JUDGING_TAKEN;
}

/* JSON list, new. */
static char *
reasons_text(const struct judging *j)
{
    struct buf text;
    struct json *list = json_array();
    for (size_t i = 0; i < j->rules->reason_count; i++)
        if (j->reasons & 1u << i)
            json_push_str(list, j->rules->reasons[i]);
    buf_init(&text, 4096);
    json_print(list, &text);
    json_free(list);
    return buf_take(&text);
}

bool
judging_over(struct judging *j, struct verdict *said)
{
    if (j->stage != JUDGING_ENDED)
        return false;
    free(j->said.reasons);
    j->said.reasons = j->reasons ? reasons_text(j) : NULL;
    *said = j->said;
    return true;
}

enum judging_act
judging_key(struct judging *j, const char *key, struct verdict *verdict)
{
    switch (j->stage) {
    case JUDGING_PAIR:
        return pair_key(key, verdict);
    case JUDGING_ACCEPTABLE:
    case JUDGING_IDENTITY:
        return question_key(j, key, verdict);
    default:
        return JUDGING_NOT_MINE;
    }
}

void
judging_skip(struct judging *j)
{
    if (j->stage == JUDGING_ACCEPTABLE || j->stage == JUDGING_IDENTITY) {
        j->acceptable_over = j->identity_over = true;
        j->stage = JUDGING_ENDED;
    }
}

/* ---- what is said ---- */

void
judging_question(const struct judging *j, char *out, size_t cap)
{
    static const char *const names[VERDICT_KIND_COUNT] = {
        [VERDICT_CLAUDE] = "A", [VERDICT_LLAMA] = "B", [VERDICT_TIE] = "Tie"};
    out[0] = 0;
    if (j->stage == JUDGING_IDENTITY)
        snprintf(out, cap, "Which is Claude?");
    else if (j->stage == JUDGING_ACCEPTABLE)
        snprintf(out, cap, "%s. Send as they are?", names[j->judged] ? names[j->judged] : "");
}

static const struct judging_hint pair_hints[] = {
    {"1", "A better", "A", false},        {"2", "B better", "B", false},
    {"3", "tie", "tie", false},           {"4", "both bad", "bad", false},
    {"0", "can't judge", "can't", false}, {"Space", "difference", "diff", false},
    {"u", "undo last", "undo", false},    {"! @", "much better", "much", false},
};
static const struct judging_hint identity_hints[] = {
    {"1", "A", "A", false},
    {"2", "B", "B", false},
    {"3", "don't know", "don't know", false},
    {"Enter", "skip", "skip", false},
};

static size_t
acceptable_hints(const struct judging *j, struct judging_hint out[JUDGING_HINTS])
{
    size_t n = 0;
    const char *only = j->judged == VERDICT_LLAMA ? "only B" : "only A";
    out[n++] = (struct judging_hint){"1", "both", "both", false};
    if (j->judged != VERDICT_TIE)
        out[n++] = (struct judging_hint){"2", only, only, false};
    out[n++] = (struct judging_hint){"3", "neither", "neither", false};
    out[n++] = (struct judging_hint){"Enter", "skip", "skip", false};
    return n;
}

size_t
judging_hints(const struct judging *j, struct judging_hint out[JUDGING_HINTS], size_t *must)
{
    size_t n = 0;
    if (j->stage == JUDGING_PAIR) {
        *must = 4;
        memcpy(out, pair_hints, sizeof pair_hints);
        return ARRAY_LEN(pair_hints);
    }
    if (j->stage == JUDGING_ACCEPTABLE) {
        n = acceptable_hints(j, out);
    } else if (j->stage == JUDGING_IDENTITY) {
        memcpy(out, identity_hints, sizeof identity_hints);
        n = ARRAY_LEN(identity_hints);
    }
    *must = n;
    for (size_t i = 0; n && i < j->rules->reason_count && n < JUDGING_HINTS; i++)
        out[n++] = (struct judging_hint){j->rules->letters[i], j->rules->reasons[i],
                                         j->rules->reasons[i], (j->reasons & 1u << i) != 0};
    return n;
}
