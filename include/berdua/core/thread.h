/* Threads: starting them, waiting, and which of them may wait for the disk. Thread: any. */
#ifndef BERDUA_CORE_THREAD_H
#define BERDUA_CORE_THREAD_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* No signal reaches the thread but those a fault raises in it: blocked, they would kill the process before its handler has
 * put the terminal right. 0, or the error number of pthread_create. */
int thread_start(pthread_t *thread, void *(*run)(void *arg), void *arg);

/* A condition to wait for until a monotonic time, which no change of the wall clock moves. */
void thread_cond_init(pthread_cond_t *c);
/* Under the lock, until it is signalled or the time has come (NEVER_US: none), or for less. */
void thread_cond_wait(pthread_cond_t *c, pthread_mutex_t *lock, int64_t until_us);

/* The thread that runs the event loop must not wait for the disk meanwhile: loop_run forbids it to its thread. Whatever
 * opens or reads a database asserts thread_may_wait. */
void thread_forbid_waiting(bool forbidden);
bool thread_may_wait(void);

#endif
