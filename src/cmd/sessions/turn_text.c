#include "turn_text.h"

#include <stdio.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/chat/sight.h"
#include "cmd/out.h"

void
turn_text_message(const struct turn *t)
{
    char when[OUT_TIME_BYTES];
    out_print("\n[%lld] %s  %s%s\n", (long long)t->seq, out_time(t->at_wall_us, when),
              chat_mode_name(t->mode), t->simulated ? "  SIMULATED" : "");
    fputs("> ", stdout);
    out_block(t->message, strlen(t->message));
}

void
turn_text_answer(const struct turn *t, enum brain_id b)
{
    const struct answer *a = &t->answers[b];
    out_print("\n%s", turn_veiled(t) ? turn_name(t, b) : brain_id_name(b));
    if (a->model) {
        fputs(" (", stdout);
        out_safe(a->model, true, 0);
        putchar(')');
    }
    out_print("  %s", answer_status_name(a->status));
    if (a->times.ttft_us >= 0)
        out_print(", first token %lld ms", (long long)(a->times.ttft_us / US_PER_MS));
    if (a->times.total_us >= 0)
        out_print(", total %lld ms", (long long)(a->times.total_us / US_PER_MS));
    if (t->served == b)
        fputs(", served", stdout);
    putchar('\n');
    if (a->error.kind != ERR_NONE) {
        out_print("%s: ", error_kind_name(a->error.kind));
        out_safe(a->error.message ? a->error.message : "", true, 0);
        putchar('\n');
    }
    if (a->text.len)
        out_block(a->text.p, a->text.len);
}

void
turn_text_verdict(const struct turn *t)
{
    if (turn_veiled(t))
        fputs("\nblind: the names are shown in the chat once it is judged\n", stdout);
    else if (t->verdict.kind != VERDICT_NONE)
        out_print("\nverdict: %s\n", verdict_kind_name(t->verdict.kind));
    if (t->verdict.note) {
        fputs("note: ", stdout);
        out_safe(t->verdict.note, true, 0);
        putchar('\n');
    }
}

void
turn_text_show(const struct turn *t)
{
    struct turn *mask = turn_veiled(t) ? turn_mask(t) : NULL;
    const struct turn *seen = mask ? mask : t;
    turn_text_message(seen);
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (seen->asked[b])
            turn_text_answer(seen, (enum brain_id)b);
    turn_text_verdict(seen);
    turn_destroy(&mask);
}
