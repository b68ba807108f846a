#include "decoding.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    compare(PROVIDER_RUNPOD, data, size, true);
    return 0;
}
