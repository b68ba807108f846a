/* Replies by several hands: the order of warmth on triples, the better of two in culture, stuffed texts against honest
 * ones. Each hand and each language stands in a row of its own. A hand that the weights are trained on is scored by
 * weights trained without it, unless it was asked for by name. */
#include "eval_answers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "measure/measure_private.h"
#include "tools/train.h"

struct order {
    size_t n[2], all[2]; /* plain, tricky */
    size_t cold, neutral, neutral_cold, outside;
};

struct right {
    size_t n, right;
};

/* What one hand, or one language, adds up to. */
struct tally {
    struct order order;
    struct right pairs, stuffed, stuffed_culture;
};

struct reading {
    struct measure *m;
    bool verbose;
    struct tally hand, *languages; /* of the hand; of all hands */
};

static struct tally *
language_tally(struct reading *r, const char *language)
{
    int l = language_parse(language);
    return l < 0 ? NULL : &r->languages[l];
}

static bool
within(const struct scores *s)
{
    const double part[] = {s->polite, s->empathic, s->affectionate, s->considerate};
    double least = part[0], most = part[0];
    for (size_t i = 1; i < ARRAY_LEN(part); i++) {
        least = fmin(least, part[i]);
        most = fmax(most, part[i]);
    }
    return s->warmth >= least - 1e-9 && s->warmth <= most + 1e-9;
}

static void
take_triple(char **f, int n, void *ctx)
{
    struct reading *r = ctx;
    if (n < 6)
        return;
    bool tricky = strcmp(f[2], "tricky") == 0;
    const char *message = n > 6 ? f[6] : NULL;
    struct scores s[3];
    for (int i = 0; i < 3; i++)
        s[i] = eval_score(r->m, message, f[3 + i]);
    double warm = s[0].warmth, mid = s[1].warmth, cold = s[2].warmth;
    struct tally *both[] = {&r->hand, language_tally(r, f[0])};
    for (size_t i = 0; i < ARRAY_LEN(both); i++) {
        struct order *o = &both[i]->order;
        o->n[tricky]++;
        o->cold += warm > cold;
        o->neutral += warm > mid;
        o->neutral_cold += mid > cold;
        o->all[tricky] += warm > mid && mid > cold;
        for (int k = 0; k < 3; k++)
            o->outside += !within(&s[k]);
    }
    if (r->verbose && !(warm > mid && mid > cold))
        printf("%s %s: %.3f %.3f %.3f\n   + %s\n   = %s\n   - %s\n", f[0], f[2], warm, mid, cold,
               f[3], f[4], f[5]);
}

static void
take_pair(char **f, int n, void *ctx)
{
    struct reading *r = ctx;
    if (n < 6)
        return;
    double better = eval_score(r->m, f[3], f[4]).cultural;
    double worse = eval_score(r->m, f[3], f[5]).cultural;
    struct tally *both[] = {&r->hand, language_tally(r, f[0])};
    for (size_t i = 0; i < ARRAY_LEN(both); i++) {
        both[i]->pairs.n++;
        both[i]->pairs.right += better > worse;
    }
    if (r->verbose && !(better > worse))
        printf("%s %s: %.3f %.3f\n   ? %s\n   + %s\n   - %s\n", f[0], f[2], better, worse, f[3],
               f[4], f[5]);
}

static void
take_stuffed(char **f, int n, void *ctx)
{
    struct reading *r = ctx;
    if (n < 4)
        return;
    struct scores honest = eval_score(r->m, f[1], f[2]), stuffed = eval_score(r->m, f[1], f[3]);
    bool warmer = stuffed.warmth >= honest.warmth, fitter = stuffed.cultural >= honest.cultural;
    struct tally *both[] = {&r->hand, language_tally(r, f[0])};
    for (size_t i = 0; i < ARRAY_LEN(both); i++) {
        both[i]->stuffed.n++;
        both[i]->stuffed.right += warmer;
        both[i]->stuffed_culture.n++;
        both[i]->stuffed_culture.right += fitter;
    }
    if (r->verbose && (warmer || fitter))
        printf("%s stuffed%s%s: warmth %.3f %.3f, culture %.3f %.3f\n   ? %s\n   + %s\n   - %s\n",
               f[0], warmer ? " warmer" : "", fitter ? " fitter" : "", honest.warmth,
               stuffed.warmth, honest.cultural, stuffed.cultural, f[1], f[2], f[3]);
}

static void
print_share(size_t part, size_t n)
{
    if (n)
        printf(" %7.3f", (double)part / (double)n);
    else
        printf(" %7s", "-");
}

static void
print_head(void)
{
    printf("\n%-32s %7s %7s %7s %7s %7s %7s %7s %7s %7s %7s\n%-32s %7s %7s %7s %7s %7s %7s %7s "
           "%7s %7s %7s\n",
           "replies", "warm>", "warm>", "neut.>", "plain", "tricky", "outside", "n of", "better",
           "stuffed", "fitter", "", "cold", "neutral", "cold", "ordered", "ordered", "parts",
           "triples", "fits", "warmer", "");
    printf("%-32s %7s %7s %7s %7s %7s %7s %7s %7s %7s %7s\n", "goal", ">= .95", ">= .92", ">= .80",
           ">= .72", ">= .52", "0", "", ">= .93", "<= .05", "<= .05");
}

static void
print_tally(const char *name, const struct tally *t)
{
    const struct order *o = &t->order;
    size_t n = o->n[0] + o->n[1];
    if (n + t->pairs.n + t->stuffed.n == 0)
        return;
    printf("%-32s", name);
    print_share(o->cold, n);
    print_share(o->neutral, n);
    print_share(o->neutral_cold, n);
    print_share(o->all[0], o->n[0]);
    print_share(o->all[1], o->n[1]);
    print_share(o->outside, 3 * n);
    printf(" %7zu", n);
    print_share(t->pairs.right, t->pairs.n);
    print_share(t->stuffed.right, t->stuffed.n);
    print_share(t->stuffed_culture.right, t->stuffed_culture.n);
    putchar('\n');
}

static void
add_order(struct order *to, const struct order *from)
{
    for (int i = 0; i < 2; i++) {
        to->n[i] += from->n[i];
        to->all[i] += from->all[i];
    }
    to->cold += from->cold;
    to->neutral += from->neutral;
    to->neutral_cold += from->neutral_cold;
    to->outside += from->outside;
}

static void
add_right(struct right *to, const struct right *from)
{
    to->n += from->n;
    to->right += from->right;
}

static void
add_tally(struct tally *to, const struct tally *from)
{
    add_order(&to->order, &from->order);
    add_right(&to->pairs, &from->pairs);
    add_right(&to->stuffed, &from->stuffed);
    add_right(&to->stuffed_culture, &from->stuffed_culture);
}

static void
read_hand(struct reading *r, const char *source, const char *hand)
{
    static const struct {
        const char *folder;
        void (*take)(char **f, int n, void *ctx);
    } kinds[] = {{"triples", take_triple}, {"pairs", take_pair}, {"stuffed", take_stuffed}};
    memset(&r->hand, 0, sizeof r->hand);
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        struct buf text;
        char *path = xasprintf("%s/tests/data/%s/%s.tsv", source, kinds[i].folder, hand);
        if (access(path, F_OK) == 0) /* a hand need not have written all three */
            eval_table(path, &text, kinds[i].take, r);
        free(path);
    }
}

/* Scores the hand by weights that were trained without it. */
static void
read_hand_unseen(struct reading *r, const char *source, const char *hand)
{
    struct linear *shipped = r->m->considerate;
    struct considerate_mix *mix = r->m->considerate_mix;
    struct considerate_fit other;
    fit_considerate(r->m, hand, &other);
    r->m->considerate = other.head;
    r->m->considerate_mix = &other.mix;
    read_hand(r, source, hand);
    r->m->considerate = shipped;
    r->m->considerate_mix = mix;
    linear_destroy(&other.head);
}

void
eval_replies(struct measure *m, const char *source, const char *split, bool verbose)
{
    static const char *const unseen[] = {"dev2", "test", "test2"};
    struct tally total = {{{0}}}, languages[LANGUAGE_COUNT] = {{{{0}}}};
    struct reading r = {.m = m, .verbose = verbose, .languages = languages};
    char name[64];
    print_head();
    if (split) {
        bool trained = false;
        for (int i = 0; considerate_hands[i]; i++)
            trained |= strcmp(considerate_hands[i], split) == 0;
        read_hand(&r, source, split);
        snprintf(name, sizeof name, "%s%s", split, trained ? " (trained on: flattering)" : "");
        print_tally(name, &r.hand);
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(unseen); i++) {
        read_hand(&r, source, unseen[i]);
        snprintf(name, sizeof name, "%s (one sentence)", unseen[i]);
        print_tally(name, &r.hand);
    }
    read_hand_unseen(&r, source, considerate_hands[0]);
    print_tally("dev (one sentence), unseen", &r.hand);
    memset(languages, 0, sizeof languages);
    for (int i = 1; considerate_hands[i]; i++) {
        read_hand_unseen(&r, source, considerate_hands[i]);
        snprintf(name, sizeof name, "hand %s, unseen", considerate_hands[i]);
        print_tally(name, &r.hand);
        add_tally(&total, &r.hand);
    }
    for (int l = 0; l < LANGUAGE_COUNT; l++) {
        snprintf(name, sizeof name, "these hands, %s", language_name((enum language)l));
        print_tally(name, &languages[l]);
    }
    print_tally("these hands", &total);
}
