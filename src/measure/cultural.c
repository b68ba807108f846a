#include <math.h>

#include "scorer_private.h"

/* Score of a part without evidence. Good evidence raises the score above it, bad evidence lowers it. */
#define SILENT 0.6
/* A text without marks of a register or of a place disturbs nobody. */
#define NO_MARKS 0.75

/* What a reply to a message loses when nothing but decoration is in it. */
#define HOLLOW 0.6

/* How much of face-saving is how considerate the reply is. */
#define CONSIDERATE 0.22

enum { FORMAL, CASUAL, SLANG, NO_REGISTER };

/* How well an answer's register [column] matches the user's [row]. */
static const double meets[4][3] = {
    [FORMAL] = {1, 0.3, 0},
    [CASUAL] = {0.5, 1, 0.45},
    [SLANG] = {0.35, 0.9, 1},
    [NO_REGISTER] = {0.9, 0.9, 0.3},
};

static int
leading(double formal, double casual, double slang)
{
    if (formal + casual + slang < 0.3)
        return NO_REGISTER;
    if (slang >= 0.6 && slang >= 0.5 * formal)
        return SLANG;
    return casual > formal ? CASUAL : FORMAL;
}

/* A pet name, which nobody asked for, the title of another, and "Mas" to somebody who bears a title: all cost. */
static double
title_of(const struct shown *s, const struct asked *asked)
{
    const uint16_t pet = 1 << TITLE_PET, young = 1 << TITLE_YOUNG,
                   only = (uint16_t) ~(pet | young | 1);
    if ((s->titles & pet) && !(asked->titles & pet))
        return 0.1;
    uint16_t theirs = asked->titles & only, own = s->titles & only;
    if (theirs && (s->titles & young) && !(asked->titles & young))
        return 0.2;
    if (!theirs || !own)
        return NAN;
    return theirs & own ? 1 : 0.1;
}

static double
register_of(const struct shown *s, const struct asked *asked)
{
    double formal = s->sum[SIGN_REGISTER_FORMAL], casual = s->sum[SIGN_REGISTER_CASUAL];
    double slang = s->sum[SIGN_REGISTER_SLANG], address = s->sum[SIGN_ADDRESS];
    int user = asked->kind.any ? leading(asked->formal, asked->casual, asked->slang) : NO_REGISTER;
    int own = leading(formal, casual, slang);
    if (own == NO_REGISTER)
        return address > 0.3 ? 0.85 : NAN;
    /* Slang and casual words are at home together. */
    double informal = fmax(casual, slang) + 0.7 * fmin(casual, slang);
    double steady = fmax(formal, informal) / (formal + informal);
    double fit = 0.45 * steady * steady + 0.55 * meets[user][own];
    if (address > 0.3 && own != SLANG)
        fit = fit + 0.15 * (1 - fit);
    if (user != FORMAL)
        fit *= exp(-0.5 * s->sum[SIGN_FORMAL]);
    return fit;
}

static double
face_of(const struct shown *s)
{
    const double *x = s->sum;
    double soft = x[SIGN_FACE_SOFT] + 0.8 * x[SIGN_APOLOGY] + 0.5 * x[SIGN_REQUEST] +
                  0.6 * x[SIGN_REASSURANCE] + 0.5 * x[SIGN_PARTICLE] + 0.5 * x[SIGN_OFFER] +
                  0.5 * x[SIGN_VALIDATION] + 0.5 * x[SIGN_EMPATHY] + 0.4 * x[SIGN_GRATITUDE] +
                  0.3 * x[SIGN_ADDRESS] + 0.3 * x[SIGN_QUESTION];
    double blunt = x[SIGN_FACE_BLUNT] + x[SIGN_BLAME] + x[SIGN_CONTEMPT] + x[SIGN_DISMISSAL] +
                   0.7 * x[SIGN_REFUSAL] + 0.4 * x[SIGN_ORDER] + x[SIGN_THREAT] + x[SIGN_SARCASM] +
                   0.2 * x[SIGN_BUREAUCRATIC] + 2 * x[SIGN_TACTLESS] + 2 * x[SIGN_PRESS];
    if (soft < 0.1 && blunt < 0.1)
        return NAN;
    double z = 0.4 + 3.0 * (soft - 1.3 * blunt) / (s->sentences + 1.0);
    return 1 / (1 + exp(-z));
}

/* 1 for the greeting that the user used, less for another one, little for none. */
static double
greeting_of(uint32_t asked, uint32_t shown)
{
    if (asked == shown)
        return 1;
    if (shown == 0)
        return 0.3;
    if (asked == 1)
        return 0.8;
    return shown == 1 ? 0.6 : 0.2;
}

static double
locale_of(const struct shown *s, const struct asked *asked)
{
    double total = 0, parts = 0;
    if (asked->kind.any && asked->greeting) {
        total += greeting_of(asked->greeting, s->greeting);
        parts++;
    }
    double local = s->sum[SIGN_LOCAL] + s->rupiah + 0.5 * s->dotted;
    double foreign = s->sum[SIGN_FOREIGN] + s->dollars + s->euros;
    if (asked->foreign_money)
        foreign = 0;
    if (asked->kind.any && asked->language != LANGUAGE_EN)
        foreign += 0.5 * s->comma_grouped;
    else
        foreign += 0.5 * s->slashed; /* 7/8 is read in two ways */
    if (asked->kind.any && asked->language != LANGUAGE_ID)
        foreign *= 0.5;
    if (local + foreign > 0) {
        total += (local + 0.1) / (local + foreign + 0.1);
        parts++;
    }
    if (asked->feasts && s->feasts) {
        total += asked->feasts & s->feasts ? 1 : 0;
        parts++;
    }
    return parts > 0 ? total / parts : NAN;
}

void
cultural_of(const struct shown *s, const struct asked *asked, struct scores *out)
{
    out->cultural = out->language_match = out->register_fit = out->face_saving = out->grounding =
        out->locale = NAN;
    if (s->words == 0)
        return;
    if (asked->kind.any)
        out->language_match = s->in_asked / s->words;
    out->register_fit = register_of(s, asked);
    double title = title_of(s, asked);
    if (!isnan(title))
        out->register_fit = isnan(out->register_fit) ? title : 0.5 * (out->register_fit + title);
    out->face_saving = face_of(s);
    /* A reply that is short with people costs them face without any word of the lists. */
    if (asked->kind.any)
        out->face_saving =
            (1 - CONSIDERATE) * (isnan(out->face_saving) ? SILENT : out->face_saving) +
            CONSIDERATE * out->considerate;
    out->locale = locale_of(s, asked);
    if (asked->kind.cultural)
        out->grounding = 0.15 - 0.85 * expm1(-1.2 * s->sum[SIGN_GROUND]);
    const struct {
        double value, weight, silent; /* silent: what it counts for without evidence; 0: not */
    } part[] = {
        {out->language_match, 0.35, 0},   {out->register_fit, 0.20, NO_MARKS},
        {out->face_saving, 0.25, SILENT}, {out->grounding, 0.20, 0},
        {out->locale, 0.12, NO_MARKS},
    };
    double total = 0, weight = 0;
    bool any = false;
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        bool silent = isnan(part[i].value);
        any |= !silent;
        if (silent && part[i].silent == 0)
            continue;
        total += part[i].weight * (silent ? part[i].silent : part[i].value);
        weight += part[i].weight;
    }
    /* One cultural term may belong to the topic; more of them that nobody asked for are decoration. */
    double dropping = s->dropped < 2 ? 0.02 * s->dropped : 0.08 * fmin(s->dropped - 1, 5);
    if (any)
        out->cultural =
            total / weight * (1 - dropping) * (1 - HOLLOW * sense_adorned(&s->sense, asked->kind));
}
