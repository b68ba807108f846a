#include "decoding.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    compare(PROVIDER_ANTHROPIC, data, size, false);
    return 0;
}
