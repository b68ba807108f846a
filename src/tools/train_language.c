/* The language model: trained on sentences, tweets, small talk and short requests, and on pieces of one to four
 * words of each, because messages are short. */
#include <string.h>
#include <strings.h>

#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/chat/terms.h"
#include "fit.h"
#include "measure/linear_model.h"
#include "train.h"

static const char notes_text[] =
    "Which language a text is in: hashed words and pieces of words (src/measure/linear_model.c).\n"
    "Made by `make train` from rows of these sets; no row stands in this file:\n"
    "lingua-py sentences (pemistahl/lingua-py, Apache-2.0); STIF-Indonesia (haryoa/stif-indonesia, "
    "MIT);\n"
    "EmoT of IndoNLU (IndoNLP/indonlu, Apache-2.0); GoEmotions (monologg/GoEmotions-pytorch, "
    "Apache-2.0);\n"
    "BANKING77 (PolyAI-LDN/task-specific-datasets, CC BY 4.0); CLINC150 (clinc/oos-eval, CC BY "
    "3.0);\n"
    "chatterbot-corpus (gunthercox, BSD-3-Clause); and this project's "
    "tests/data/messages (dev, dev2).\n";

struct source {
    struct fit *fit;
    struct rng rng;
    int language; /* -1: the row's label says it */
    double weight;
    unsigned every,
        row; /* one row in `every`, and of the lingua sets the tenth is kept for checks */
    bool keep_tenth;
};

/* Placeholders such as [USERNAME] and xxxuserxxx are evidence of no language. */
static bool
is_placeholder(const char *w, size_t n)
{
    return w[0] == '[' || w[0] == '@' || w[0] == '#' || (n > 6 && memcmp(w, "xxx", 3) == 0) ||
           (n > 4 && memcmp(w, "http", 4) == 0);
}

/* English greetings that other languages use too: a row of nothing else would teach the wrong language. */
static bool
is_borrowed(const char *word, size_t n)
{
    static const char *const borrowed[] = {"hey", "hi",     "hello", "ok", "okay",
                                           "bye", "thanks", "sorry", "wow"};
    while (n > 0 && strchr("!?. ", word[n - 1]))
        n--;
    for (size_t i = 0; i < ARRAY_LEN(borrowed); i++)
        if (strlen(borrowed[i]) == n && strncasecmp(borrowed[i], word, n) == 0)
            return true;
    return false;
}

static void
take_row(void *ctx, const char *text, size_t n, const char *label)
{
    struct source *s = ctx;
    char clean[1200];
    size_t starts[256], words = 0, len = 0;
    unsigned row = s->row++;
    if (row % s->every != 0 || (s->keep_tenth && row % 10 == 9))
        return;
    int language = s->language >= 0 ? s->language : language_parse(label);
    if (language < 0)
        return;
    for (size_t i = 0; i < n && words < 255;) {
        size_t w = 0;
        while (i + w < n && text[i + w] != ' ')
            w++;
        if (w > 0 && !is_placeholder(text + i, w)) {
            if (len + w + 1 > sizeof clean)
                break;
            starts[words++] = len;
            memcpy(clean + len, text + i, w);
            len += w;
            clean[len++] = ' ';
        }
        i += w + 1;
    }
    starts[words] = len;
    if (words == 0 || (words == 1 && language != LANGUAGE_EN && is_borrowed(clean, len)))
        return;
    fit_add(s->fit, clean, len, language, s->weight);
    /* The project's own messages are not cut: their single words are often borrowed. */
    for (int cuts = 0; cuts < 3 && words > 2 && s->language >= 0; cuts++) {
        size_t k = 1 + rng_below(&s->rng, 4);
        k = k > words ? words : k;
        size_t first = rng_below(&s->rng, (uint32_t)(words - k + 1));
        fit_add(s->fit, clean + starts[first], starts[first + k] - starts[first], language,
                s->weight / 4);
    }
}

struct linear *
train_language(const char *data, const char **notes)
{
    static const char *const names[] = {"id", "en", "it"};
    struct fit_options o = {.classes = 3,
                            .names = names,
                            .features = FEATURE_WORD | FEATURE_GRAMS,
                            .epochs = 6,
                            .rate = 2,
                            .l2 = 1e-5,
                            .seed = 3};
    struct source s = {.fit = fit_create(&o), .rng = {11}};
#define SOURCE(which, times, nth, tenth)                                                           \
    (s.language = (which), s.weight = (times), s.every = (nth), s.row = 0, s.keep_tenth = (tenth))
    SOURCE(LANGUAGE_ID, 1, 1, true);
    read_lines(data, "language/lingua_sentences_id.txt", take_row, &s);
    SOURCE(LANGUAGE_ID, 1, 1, false);
    read_lines(data, "formality/train.inf", take_row, &s);
    SOURCE(LANGUAGE_ID, 1, 2, false);
    read_lines(data, "formality/train.for", take_row, &s);
    read_csv(data, "queries/indonlu_emot_train.csv", 1, 0, take_row, &s);
    SOURCE(LANGUAGE_ID, 2, 1, false);
    read_turns(data, "queries/chatterbot/indonesian_greetings.yml", take_row, &s);
    read_turns(data, "queries/chatterbot/indonesian_conversations.yml", take_row, &s);
    SOURCE(LANGUAGE_EN, 1, 1, true);
    read_lines(data, "language/lingua_sentences_en.txt", take_row, &s);
    SOURCE(LANGUAGE_EN, 1, 15, false);
    read_tsv(data, "affect/train.tsv", 0, -1, take_row, &s);
    SOURCE(LANGUAGE_EN, 1, 8, false);
    read_csv(data, "queries/banking77_train.csv", 0, 1, take_row, &s);
    read_clinc(data, "queries/clinc150_train.json", "train", take_row, &s);
    SOURCE(LANGUAGE_EN, 2, 1, false);
    read_turns(data, "queries/chatterbot/english_greetings.yml", take_row, &s);
    read_turns(data, "queries/chatterbot/english_conversations.yml", take_row, &s);
    read_turns(data, "queries/chatterbot/english_emotion.yml", take_row, &s);
    SOURCE(LANGUAGE_IT, 1, 1, true);
    read_lines(data, "language/lingua_sentences_it.txt", take_row, &s);
    SOURCE(LANGUAGE_IT, 2, 1, false);
    read_turns(data, "queries/chatterbot/italian_greetings.yml", take_row, &s);
    read_turns(data, "queries/chatterbot/italian_conversations.yml", take_row, &s);
    read_turns(data, "queries/chatterbot/italian_emotion.yml", take_row, &s);
    SOURCE(-1, 0.7, 1, false);
    read_messages(1, take_row, &s);
#undef SOURCE
    fit_balance(s.fit);
    struct linear *l = fit_run(s.fit);
    fit_destroy(&s.fit);
    *notes = notes_text;
    return l;
}
