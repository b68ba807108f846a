/* What the tests of answers' scores share: one measure and a way to score a string. */
#ifndef TESTS_UNIT_ANSWERS_H
#define TESTS_UNIT_ANSWERS_H

#include "unit/unit.h"

#include <math.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/measure/measure.h"

static struct measure *measure;

static int
load_measure(void **state)
{
    struct err err;
    (void)state;
    measure = measure_create(NULL, &err);
    return measure ? 0 : -1;
}

static int
unload_measure(void **state)
{
    (void)state;
    measure_destroy(&measure);
    return 0;
}

static struct scores
score_reply(const char *prompt, const char *text)
{
    struct scorer *s = scorer_create(measure, prompt, prompt ? strlen(prompt) : 0);
    struct scores out;
    scorer_feed(s, text, strlen(text));
    scorer_get(s, &out);
    scorer_destroy(&s);
    return out;
}

#endif
