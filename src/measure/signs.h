/* The signs that an answer is scored by. */
#ifndef BERDUA_MEASURE_SIGNS_H
#define BERDUA_MEASURE_SIGNS_H

/* The kinds of cues, with the section and category of the lexicons that hold their words ("": none does): warm ones,
 * cold ones, signs of the form, signs of cultural fit. Greetings whose weights are the same number answer each other. */
#define WARMTH_SIGNS(X)                                                                            \
    X(VALIDATION, "warmth", "validation")                                                          \
    X(EMPATHY, "warmth", "empathy")                                                                \
    X(REASSURANCE, "warmth", "reassurance")                                                        \
    X(AFFECTION, "warmth", "affection")                                                            \
    X(GRATITUDE, "warmth", "gratitude")                                                            \
    X(OFFER, "warmth", "offer")                                                                    \
    X(APOLOGY, "warmth", "apology")                                                                \
    X(REQUEST, "warmth", "request")                                                                \
    X(KIN, "warmth", "kin")                                                                        \
    X(PARTICLE, "warmth", "particle")                                                              \
    X(BLAME, "warmth", "cold_blame")                                                               \
    X(CONTEMPT, "warmth", "cold_contempt")                                                         \
    X(DISMISSAL, "warmth", "cold_dismissal")                                                       \
    X(REFUSAL, "warmth", "cold_refusal")                                                           \
    X(ORDER, "warmth", "cold_order")                                                               \
    X(BUREAUCRATIC, "warmth", "cold_bureaucratic")                                                 \
    X(THREAT, "warmth", "cold_threat")                                                             \
    X(FORMAL, "warmth", "cold_formal")                                                             \
    X(SARCASM, "warmth", "cold_sarcasm")                                                           \
    X(QUESTION, "", "question")                                                                    \
    X(LIVELY, "", "lively")                                                                        \
    X(TERSE, "", "cold_terse")                                                                     \
    X(MANNER, "", "manner")
#define SIGNS(X)                                                                                   \
    WARMTH_SIGNS(X)                                                                                \
    X(REGISTER_FORMAL, "culture", "register_formal")                                               \
    X(REGISTER_CASUAL, "culture", "register_casual")                                               \
    X(REGISTER_SLANG, "culture", "register_slang")                                                 \
    X(ADDRESS, "culture", "address")                                                               \
    X(FACE_SOFT, "culture", "face_soft")                                                           \
    X(FACE_BLUNT, "culture", "face_blunt")                                                         \
    X(TACTLESS, "culture", "tactless")                                                             \
    X(PRESS, "culture", "press")                                                                   \
    X(PRIVATE, "culture", "private")                                                               \
    X(PEOPLE, "culture", "people")                                                                 \
    X(TYPIFY, "culture", "typify")                                                                 \
    X(GROUND, "culture", "ground")                                                                 \
    X(LOCAL, "culture", "locale_local")                                                            \
    X(FOREIGN, "culture", "locale_foreign")                                                        \
    X(GREETING, "culture", "locale_greeting")                                                      \
    X(TITLE, "culture", "title")                                                                   \
    X(FEAST, "culture", "feast")                                                                   \
    X(GRIEF, "culture", "grief")

enum sign {
#define X(name, section, category) SIGN_##name,
    SIGNS(X)
#undef X
        SIGN_COUNT,
    SIGN_FIRST_COLD = SIGN_BLAME,
    SIGN_LAST_COLD = SIGN_SARCASM,
    SIGN_WARMTH_COUNT = SIGN_REGISTER_FORMAL
};

/* The numbers of titles: 1 a man's, 2 a woman's, 3 to 8 of a profession or a rank, 9 a pet name; and ten more when one
 * says it to the young only. */
enum { TITLE_PET = 9, TITLE_YOUNG };

#endif
