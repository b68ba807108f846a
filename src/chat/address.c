#include "berdua/chat/address.h"

#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/chat/terms.h"

static const struct {
    const char *name;
    unsigned brains;
} names[] = {
    {"@claude", 1u << BRAIN_CLAUDE},
    {"@llama", 1u << BRAIN_LLAMA},
    {"@both", 1u << BRAIN_CLAUDE | 1u << BRAIN_LLAMA},
};

const char *
address_strip(const char *message, unsigned *brains)
{
    size_t ats = strspn(message, "@");
    for (size_t i = 0; ats && i < ARRAY_LEN(names); i++) {
        const char *name = message + ats - 1;
        size_t n = strlen(names[i].name);
        if (strncmp(name, names[i].name, n) != 0 || (name[n] != ' ' && name[n] != '\n'))
            continue;
        if (ats > 1)
            return message + 1;
        *brains = names[i].brains;
        return name + n + strspn(name + n, " \n");
    }
    return message;
}

bool
address_changes(const char *message)
{
    unsigned brains;
    return address_strip(message, &brains) != message;
}
