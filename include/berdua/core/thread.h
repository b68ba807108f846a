/* Starting a thread that no signal reaches but those a fault raises in it: blocked, they would kill the
 * process before its handler has put the terminal right. Thread: main. */
#ifndef BERDUA_CORE_THREAD_H
#define BERDUA_CORE_THREAD_H

#include <pthread.h>

/* 0, or the error number of pthread_create. */
int thread_start(pthread_t *thread, void *(*run)(void *arg), void *arg);

#endif
