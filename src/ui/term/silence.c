#include "silence.h"

#include <fcntl.h>
#include <unistd.h>

int
silence_begin(FILE *nowhere)
{
    fflush(stderr);
    int kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (kept >= 0)
        dup2(fileno(nowhere), STDERR_FILENO);
    return kept;
}

void
silence_end(int kept)
{
    fflush(stderr);
    if (kept >= 0) {
        dup2(kept, STDERR_FILENO);
        close(kept);
    }
}
