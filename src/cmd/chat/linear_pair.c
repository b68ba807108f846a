#include "linear_pair.h"

#include <stdio.h>
#include <string.h>

#include "berdua/chat/sight.h"
#include "cmd/out.h"

void
linear_pair_init(struct linear_pair *p, const struct config *config)
{
    *p = (struct linear_pair){.sight = sight_create()};
    judging_rules_init(&p->rules, config->evaluate.ask_acceptable, config->evaluate.ask_identity,
                       config->evaluate.reasons);
    judging_init(&p->judging, &p->rules);
}

void
linear_pair_finish(struct linear_pair *p)
{
    sight_destroy(&p->sight);
    judging_finish(&p->judging);
    judging_rules_finish(&p->rules);
}

/* A side as its mask has it: no figure, and a failure without its reason. */
static void
print_side(const struct turn *mask, enum brain_id side)
{
    const struct answer *a = &mask->answers[side];
    out_print("\n%s\n", turn_name(mask, side));
    if (a->text.len) {
        out_text(stdout, a->text.p, a->text.len);
        if (a->text.p[a->text.len - 1] != '\n')
            out_print("\n");
    }
    if (a->status != STATUS_COMPLETE)
        out_print("%s\n", a->text.len ? "(incomplete)" : "(no answer)");
}

bool
linear_pair_look(struct linear_pair *p, const struct conversation *real)
{
    enum judging_stage before = p->told;
    sight_look(p->sight, real);
    judging_look(&p->judging, conversation_last(sight_conversation(p->sight)));
    p->told = p->judging.stage;
    return p->told != before && p->judging.stage > JUDGING_BOTH_RUN;
}

void
linear_pair_print(struct linear_pair *p)
{
    char question[64];
    const struct turn *last = conversation_last(sight_conversation(p->sight));
    if (p->judging.stage == JUDGING_PAIR && strcmp(p->printed, last->id) != 0) {
        memcpy(p->printed, last->id, sizeof p->printed);
        print_side(last, MASK_LEFT);
        print_side(last, MASK_RIGHT);
        out_print("\nWhich is better? /left /right /tie /bad, or /skip\n");
    }
    judging_question(&p->judging, question, sizeof question);
    if (question[0]) {
        struct judging_hint hints[JUDGING_HINTS];
        size_t must, n = judging_hints(&p->judging, hints, &must);
        out_print("%s", question);
        for (size_t i = 0; i < n && i + 1 < must; i++) /* Enter is the last of them */
            out_print("  %s %s", hints[i].key, hints[i].text);
        out_print("  (an empty line skips it)\n");
    }
    fflush(stdout);
}

bool
linear_pair_answer(struct linear_pair *p, const char *line)
{
    struct verdict v;
    if (p->judging.stage != JUDGING_ACCEPTABLE && p->judging.stage != JUDGING_IDENTITY)
        return false;
    bool is_answer = !line[0] || (line[0] >= '1' && line[0] <= '3' && !line[1]);
    if (!is_answer || judging_key(&p->judging, line[0] ? line : "Enter", &v) != JUDGING_TAKEN)
        judging_skip(&p->judging);
    return is_answer;
}

const char *
linear_pair_given(const struct turn *t)
{
    enum verdict_kind kind =
        turn_veiled(t) ? turn_unmask_kind(t, t->verdict.kind) : t->verdict.kind;
    switch (kind) {
    case VERDICT_CLAUDE:
        return turn_veiled(t) ? "A better" : "Claude better";
    case VERDICT_LLAMA:
        return turn_veiled(t) ? "B better" : "LLAMA better";
    case VERDICT_NONE:
        return "verdict withdrawn";
    case VERDICT_BOTH_BAD:
        return "both bad";
    default:
        return verdict_kind_name(kind);
    }
}
