/* The providers' tables, one per file of this folder; brain_ops_for looks them up. */
#ifndef BERDUA_SRC_BRAIN_OPS_H
#define BERDUA_SRC_BRAIN_OPS_H

#include "berdua/brain/brain.h"

extern const struct brain_ops brain_anthropic, brain_openai, brain_runpod, brain_playback;

#endif
