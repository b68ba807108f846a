#include "berdua/measure/measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/embedded.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/base/random.h"
#include "considerate.h"
#include "measure_private.h"

/* Changes with any change to a lexicon, a weight or a rule that may change any score. */
#define RULES_VERSION "2026-11.12"

enum { USER_FILE_MAX = 4 << 20 };

/* The model embedded as src/measure/weights/NAME.txt into *out; a missing file leaves NULL. False: a broken one. */
static bool
load_weights(const char *name, struct linear **out, struct err *err)
{
    char path[80];
    snprintf(path, sizeof path, "src/measure/weights/%s.txt", name);
    const struct embedded *e = embedded_find(path);
    if (!e)
        return true;
    *out = linear_load(path, e->data, e->size, err);
    return *out != NULL;
}

static bool
load_shipped(struct measure *m, struct err *err)
{
    for (int l = 0; l < LANGUAGE_COUNT; l++) {
        char path[80];
        snprintf(path, sizeof path, "src/measure/lexicon/%s.lex", language_name((enum language)l));
        const struct embedded *e = embedded_find(path);
        if (!e)
            return err_set(err, "%s is not built in", path);
        if (!lexicon_add(m->lexicon, path, e->data, e->size, l, true, err))
            return false;
    }
    if (!load_weights("language", &m->language, err) ||
        !load_weights("politeness", &m->polite, err) || !load_weights("affect", &m->affect, err) ||
        !load_weights("care", &m->care, err) || !load_weights("considerate", &m->considerate, err))
        return false;
    if (!m->language || m->language->classes != LANGUAGE_COUNT)
        return err_set(err, "src/measure/weights/language.txt is not built in");
    if (!m->considerate || m->considerate->classes != LANGUAGE_COUNT)
        return err_set(err, "src/measure/weights/considerate.txt is not built in");
    return true;
}

static bool
load_considerate_mix(struct measure *m, struct err *err)
{
    static const char path[] = "src/measure/weights/considerate_mix.txt";
    const struct embedded *e = embedded_find(path);
    if (!e)
        return err_set(err, "%s is not built in", path);
    m->considerate_mix = considerate_load(path, e->data, e->size, err);
    return m->considerate_mix != NULL;
}

static bool
load_user_file(struct measure *m, const char *path, int language, uint64_t *hash, struct err *err)
{
    struct buf text;
    buf_init(&text, USER_FILE_MAX);
    bool ok = path_read(path, &text, err) &&
              lexicon_add(m->lexicon, path, text.p, text.len, language, false, err);
    *hash = hash_bytes(text.p, text.len, *hash);
    buf_finish(&text);
    return ok;
}

static bool
load_user(struct measure *m, const char *folder, struct err *err)
{
    uint64_t hash = 0;
    bool ok = true;
    for (int l = 0; l < LANGUAGE_COUNT && ok; l++) {
        char *path = xasprintf("%s/%s.lex", folder, language_name((enum language)l));
        if (access(path, F_OK) == 0)
            ok = load_user_file(m, path, l, &hash, err);
        free(path);
    }
    if (hash)
        snprintf(m->rules, sizeof m->rules, RULES_VERSION "+%08x", (unsigned)(hash & 0xffffffffu));
    return ok;
}

static bool
load_category(struct measure *m, struct err *err)
{
    static const char path[] = "src/measure/weights/category_mix.txt";
    const struct embedded *e = embedded_find(path);
    if (!load_weights("category_words", &m->category_words, err))
        return false;
    if (!e || !m->category_words || m->category_words->classes != CATEGORY_COUNT)
        return err_set(err, "the weights of categories are not built in");
    m->mix = mix_load(path, e->data, e->size, err);
    return m->mix != NULL;
}

/* How much of what is trained on other parts is loaded. */
enum upto { HEADS, CATEGORY, EVERYTHING };

static struct measure *
create_measure(const char *folder, enum upto upto, struct err *err)
{
    struct measure *m = xcalloc(1, sizeof *m);
    m->lexicon = lexicon_create();
    snprintf(m->rules, sizeof m->rules, RULES_VERSION);
    if (!load_shipped(m, err) || (upto >= CATEGORY && !load_category(m, err)) ||
        (upto == EVERYTHING && !load_considerate_mix(m, err)) ||
        (folder && !load_user(m, folder, err)))
        measure_destroy(&m);
    else
        category_prepare(m);
    return m;
}

struct measure *
measure_create_untrained(struct err *err)
{
    return create_measure(NULL, HEADS, err);
}

struct measure *
measure_create_unmixed(struct err *err)
{
    return create_measure(NULL, CATEGORY, err);
}

struct measure *
measure_create(const char *folder, struct err *err)
{
    return create_measure(folder, EVERYTHING, err);
}

void
measure_destroy(struct measure **m)
{
    if (!*m)
        return;
    lexicon_destroy(&(*m)->lexicon);
    free((*m)->group_message);
    free((*m)->mix);
    free((*m)->considerate_mix);
    linear_destroy(&(*m)->category_words);
    linear_destroy(&(*m)->language);
    linear_destroy(&(*m)->polite);
    linear_destroy(&(*m)->affect);
    linear_destroy(&(*m)->care);
    linear_destroy(&(*m)->considerate);
    free(*m);
    *m = NULL;
}

const char *
measure_rules(const struct measure *m)
{
    return m->rules;
}
