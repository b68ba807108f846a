/* Lexicons and weights, read in a worker while the operator types the first message. Private. Thread: main. */
#ifndef BERDUA_SESSION_MEASURE_LOADER_H
#define BERDUA_SESSION_MEASURE_LOADER_H

#include "session_env.h"

#include <stdbool.h>

struct err;
struct measure;
struct measure_loader;

/* The engine gets the measure as soon as it is there. */
struct measure_loader *measure_loader_create(const struct session_env *env);
void measure_loader_destroy(struct measure_loader **p);
/* The operator's own lexicons are checked before anything is asked; the built-in ones wait. */
bool measure_loader_check(struct measure_loader *p, struct err *err);
/* In a worker, unless it has been done or is being done. */
void measure_loader_begin(struct measure_loader *p);
bool measure_loader_reading(const struct measure_loader *p);
/* NULL: not read yet. */
const struct measure *measure_loader_measure(const struct measure_loader *p);

#endif
