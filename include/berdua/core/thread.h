/* Threads: starting them, and which of them may wait for the disk. Thread: any. */
#ifndef BERDUA_CORE_THREAD_H
#define BERDUA_CORE_THREAD_H

#include <pthread.h>
#include <stdbool.h>

/* No signal reaches the thread but those a fault raises in it: blocked, they would kill the process before its handler has
 * put the terminal right. 0, or the error number of pthread_create. */
int thread_start(pthread_t *thread, void *(*run)(void *arg), void *arg);

/* The thread that runs the event loop must not wait for the disk meanwhile: loop_run forbids it to its thread. Whatever
 * opens or reads a database asserts thread_may_wait. */
void thread_forbid_waiting(bool forbidden);
bool thread_may_wait(void);

#endif
