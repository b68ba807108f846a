/* Whether a program has nothing to do: a machine that is busy with other work may let it wait for long. */
#ifndef BERDUA_TESTS_ASLEEP_H
#define BERDUA_TESTS_ASLEEP_H

#include <stdbool.h>
#include <sys/types.h>

/* Every thread of the process sleeps, and nothing that was typed at its terminal is unread. A process that has
 * ended is asleep. */
bool asleep(pid_t pid, int terminal);

#endif
