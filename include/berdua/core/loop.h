/* The main thread's event loop: file descriptors, one-shot timers, signals through a self-pipe.
 * Waits with microsecond resolution; with nothing due it does not wake at all.
 * A SIGHUP that a running loop watches and does not reach within 5 s ends the process by SIGALRM: nobody is left to see
 * that a callback does not return.
 * Thread: main only (the signal handler only writes to the pipe, and sets that alarm). */
#ifndef BERDUA_CORE_LOOP_H
#define BERDUA_CORE_LOOP_H

#include <stdbool.h>
#include <stdint.h>

struct err;
struct loop;
struct loop_timer;

struct loop *loop_create(struct err *err);
void loop_destroy(struct loop **l);

/* ready(arg) when fd is readable. Adding or removing inside a callback is allowed. */
void loop_add_fd(struct loop *l, int fd, void (*ready)(void *arg), void *arg);
void loop_remove_fd(struct loop *l, int fd);

/* The timer exists until destroyed; it fires once per arming. NEVER_US disarms. */
struct loop_timer *loop_timer_create(struct loop *l, void (*fire)(void *arg), void *arg);
void loop_timer_arm(struct loop_timer *t, int64_t at_us);
int64_t loop_timer_at(const struct loop_timer *t);
void loop_timer_destroy(struct loop_timer **t);

/* caught(signo, arg) on the main thread, outside the handler. Restores the old action at destroy. */
bool loop_add_signal(struct loop *l, int signo, void (*caught)(int signo, void *arg), void *arg,
                     struct err *err);

/* before(arg) is called each pass, after callbacks and before waiting (painting happens here); it
 * returns the time at which it wants to be called again at the latest, or NEVER_US. */
void loop_set_before_wait(struct loop *l, int64_t (*before)(void *arg), void *arg);

/* Runs until loop_stop; returns the value given to it. */
int loop_run(struct loop *l);
void loop_stop(struct loop *l, int value);

#endif
