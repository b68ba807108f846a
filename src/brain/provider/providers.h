/* The providers' tables, one per file of this folder; brain_ops_for looks them up. */
#ifndef BERDUA_BRAIN_PROVIDERS_H
#define BERDUA_BRAIN_PROVIDERS_H

#include "berdua/brain/brain.h"

extern const struct brain_ops brain_anthropic, brain_openai, brain_runpod, brain_playback;

#endif
