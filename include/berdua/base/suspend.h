/* Stopping by job control (Ctrl-Z, a read or write of the terminal from the background) while the clock stands still:
 * what the operator does with the program is no delay of a peer. (SIGSTOP cannot be caught; see clock_watch.)
 * Thread: main; other threads block these signals. */
#ifndef BERDUA_BASE_SUSPEND_H
#define BERDUA_BASE_SUSPEND_H

/* From now on, SIGTSTP, SIGTTIN and SIGTTOU stop the program that way. What is ignored stays so. */
void suspend_watch(void);
/* Stops the program as this one of them would, and returns when it has been continued: at once where nobody could
 * continue it, or where the signal is ignored. The SIGCONT that ends it reaches no handler. */
void suspend_now(int signo);

#endif
