/* The insides of a measure: what its files share. */
#ifndef BERDUA_MEASURE_MEASURE_PRIVATE_H
#define BERDUA_MEASURE_MEASURE_PRIVATE_H

#include "berdua/measure/measure.h"
#include "measure/lexicon.h"
#include "measure/linear.h"

struct measure {
    struct lexicon *lexicon;
    struct linear
        *language; /* classes id, en, it and others; NULL when the file was not built in */
    struct linear *polite, *affect, *tone; /* the heads of warmth; NULL likewise */
    char rules[40];
};

/* The model embedded as src/measure/weights/NAME.txt into *out; a missing file leaves NULL. False: a broken one. */
bool measure_load_weights(const char *name, struct linear **out, struct err *err);

#endif
