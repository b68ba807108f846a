/* The end of a sitting: what was judged, with its names, on the normal screen. */
#include "review_ways.h"

#include <math.h>
#include <stdio.h>

#include "berdua/chat/sight.h"
#include "cmd/out.h"

struct end {
    int64_t n, tally[VERDICT_KIND_COUNT];
};

static const char *
by_side(const struct turn *t)
{
    static const char *const words[VERDICT_KIND_COUNT] = {[VERDICT_CLAUDE] = "A better",
                                                          [VERDICT_LLAMA] = "B better",
                                                          [VERDICT_TIE] = "tie",
                                                          [VERDICT_BOTH_BAD] = "both bad"};
    return words[turn_unmask_kind(t, t->verdict.kind)];
}

static void
print_pair(void *arg, const struct turn *t)
{
    struct end *e = arg;
    if (e->n++ == 0)
        out_print("What you judged, with the names:\n");
    e->tally[t->verdict.kind]++;
    out_print("%4lld  A %-6s  B %-6s  %-8s  %-16s ", (long long)e->n, brain_title(t->left),
              brain_title(brain_other(t->left)), by_side(t), category_name(turn_category(t)));
    out_safe(t->message ? t->message : "", true, 40);
    out_print("\n");
}

static void
print_tally(const struct end *e, const struct review_now *now)
{
    if (e->n == 0)
        return;
    out_print("LLAMA better %lld, Claude better %lld, tie %lld, both bad %lld",
              (long long)e->tally[VERDICT_LLAMA], (long long)e->tally[VERDICT_CLAUDE],
              (long long)e->tally[VERDICT_TIE], (long long)e->tally[VERDICT_BOTH_BAD]);
    if (!isnan(now->kappa))
        out_print("; agreement with yourself: Cohen's kappa %.2f of %lld pairs", now->kappa,
                  (long long)now->kappa_n);
    out_print("\n");
}

int
review_end(struct review **r, int code)
{
    struct end e = {0};
    struct review_now now;
    if (!*r)
        return code;
    bool saved = review_save(*r);
    review_look(*r, &now);
    review_each(*r, print_pair, &e);
    print_tally(&e, &now);
    fflush(stdout);
    review_destroy(r);
    return !saved && code == EXIT_DONE ? EXIT_FAILED : code;
}
