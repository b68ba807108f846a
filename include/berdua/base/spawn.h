/* Starting another program: the user's editor or pager, a key command. The child inherits the descriptors
 * named here and no other, and no variable of the environment that holds an API key.
 * Thread: any, except spawn_hide_variable. */
#ifndef BERDUA_BASE_SPAWN_H
#define BERDUA_BASE_SPAWN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct err;

enum { SPAWN_SAME = -1, SPAWN_NOWHERE = -2 };

struct spawn {
    const char *const
        *argv;           /* NULL-terminated; argv[0] is the program's path, never searched for */
    int in, out, errors; /* SPAWN_SAME: as ours; SPAWN_NOWHERE: /dev/null; else a descriptor >= 3 */
    bool own_group;      /* a process group of its own, which spawn_kill ends as a whole */
};

/* The path of a program, new; it is looked for in PATH unless the name holds a slash. NULL: none can be started. */
char *spawn_find(const char *name);
/* No signal is blocked or ignored in the child. */
bool spawn_start(const struct spawn *s, pid_t *pid, struct err *err);
/* true: the child has ended and *status is what waitpid gave. Does not wait. */
bool spawn_ended(pid_t pid, int *status);
/* Ends the child's whole process group (own_group) at once and collects the child. */
void spawn_kill(pid_t pid);
/* "exit status 3" or "signal 9", for a message. */
const char *spawn_status_text(int status, char *text, size_t size);

/* Both ends are closed on exec and numbered 3 or more, as struct spawn wants them. */
bool spawn_pipe(int fds[2], struct err *err);
/* No child shall get this variable, because it holds a key. Called while the configuration is read,
 * before threads start. Well-known names of keys are hidden without a call. */
void spawn_hide_variable(const char *name);

#endif
