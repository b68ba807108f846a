/* The stand-in server as a program: standin_server [-p PORT] [RULE...]
 * Prints its address, serves until stdin ends or TERM, then lists what it was asked. */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "standin.h"

static volatile sig_atomic_t told_to_stop;

static void
stop(int signo)
{
    (void)signo;
    told_to_stop = 1;
}

static void
wait_for_the_end(void)
{
    char part[256];
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
    while (!told_to_stop && poll(&in, 1, -1) > 0 && read(STDIN_FILENO, part, sizeof(part)) > 0)
        ;
}

int
main(int argc, char **argv)
{
    int first = 1;
    int port = 0;
    char why[512];
    if (argc > 2 && strcmp(argv[1], "-p") == 0) {
        port = (int)strtol(argv[2], NULL, 10);
        first = 3;
    }
    struct sigaction act = {.sa_handler = stop};
    sigaction(SIGTERM, &act, NULL);
    sigaction(SIGINT, &act, NULL);
    struct standin *s = standin_start(port);
    for (int i = first; i < argc; i++) {
        if (!standin_try_rule(s, argv[i], why, sizeof(why))) {
            fprintf(stderr, "%s\n", why);
            return 2;
        }
    }
    printf("%s\n", standin_url(s, ""));
    fflush(stdout);
    wait_for_the_end();
    for (size_t i = 0; i < standin_count(s); i++) {
        struct standin_request *r = standin_request(s, i);
        printf("%s %s connection %d.%d tokens %d%s\n", r->method, r->path, r->connection, r->nth,
               r->tokens, r->client_close_us != 0 ? " closed by the client" : "");
        standin_request_free(&r);
    }
    standin_stop(&s);
    return 0;
}
