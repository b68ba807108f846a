/* The stand-in server's state, shared by its interface (standin.c) and its thread (server.c).
 * Private to tests/standin. */
#ifndef TESTS_STANDIN_STATE_H
#define TESTS_STANDIN_STATE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct conn;
struct jobs;
struct rule;
struct standin_request;

enum { MAX_URLS = 64 };

struct standin {
    int listen_fd;
    int port;
    int wake[2];
    pthread_t thread;
    pthread_mutex_t lock; /* guards what follows up to the next comment */
    pthread_cond_t changed;
    bool stopping;
    struct rule **rules;
    size_t rule_count, rule_from;
    struct rule *ordinary; /* when none fits; fixed */
    struct standin_request **requests;
    size_t request_count;
    char *urls[MAX_URLS];
    size_t url_count;
    /* the server thread's own */
    struct conn **conns;
    size_t conn_count;
    int accepted;
    struct jobs *jobs;
};

/* The thread's body; arg is the struct standin. */
void *serve(void *arg);
/* The server's side of every connection is closed; called when the thread has ended. */
void serve_finish(struct standin *s);
/* Sets a time of a request once and tells who waits. Call with the lock held. */
void note_time(struct standin *s, int64_t *field);
void set_nonblocking(int fd);
/* Says what could not be done, and aborts. */
void die(const char *what);

#endif
