#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "berdua/base/mem.h"
#include "berdua/base/suspend.h"
#include "cmd/cmd.h"
#include "cmd/out.h"

static void
print_help(void)
{
    puts("berdua: two brains answer side by side; you say which was better.\n\nUsage:");
    for (int i = 0; i < cmd_count; i++)
        cmd_print_help(cmd_all[i], false);
    puts("\nGlobal options:\n"
         "  -c, --config FILE   another configuration file\n"
         "      --db FILE       another database\n"
         "      --no-color      no colours (also NO_COLOR)\n"
         "  -q, -v              less, more on stderr or in the log\n"
         "      --version, -h, --help\n\n"
         "Try it without a key: berdua --demo\n"
         "Exit status: 0 done, 1 failed, 2 usage, 3 configuration, 4 a brain failed but one "
         "served,\n"
         "5 none served, 6 a required quality is missed, 130 interrupted. See berdua(1) and "
         "berdua-config(5).");
}

/* Removes the global options from argv, wherever they are, up to "--". Returns the new argc, or -1. */
static int
take_globals(struct globals *g, int argc, char **argv)
{
    int kept = 1;
    for (int i = 1; i < argc; i++) {
        const char *a = argv[i];
        const char **value = NULL;
        if (strcmp(a, "--") == 0) {
            while (i < argc)
                argv[kept++] = argv[i++];
            break;
        }
        if (strcmp(a, "-c") == 0 || strcmp(a, "--config") == 0)
            value = &g->config_file;
        else if (strcmp(a, "--db") == 0)
            value = &g->db;
        if (value) {
            if (i + 1 == argc) {
                out_say("berdua: %s needs a file\n", a);
                return -1;
            }
            *value = argv[++i];
        } else if (strncmp(a, "--config=", 9) == 0) {
            g->config_file = a + 9;
        } else if (strncmp(a, "--db=", 5) == 0) {
            g->db = a + 5;
        } else if (strcmp(a, "--no-color") == 0) {
            g->no_color = true;
        } else if (strcmp(a, "-q") == 0) {
            g->quiet = true;
        } else if (a[0] == '-' && a[1] == 'v' && strspn(a + 1, "v") == strlen(a + 1)) {
            g->verbose += (int)strlen(a + 1);
        } else {
            argv[kept++] = argv[i];
        }
    }
    argv[kept] = NULL;
    return kept;
}

static const struct command *
find_command(const char *name)
{
    for (int i = 0; i < cmd_count; i++)
        if (strcmp(cmd_all[i]->name, name) == 0)
            return cmd_all[i];
    return NULL;
}

/* Output that could not be written is a failure, reported once. A reader that closed the pipe is none. */
static int
close_output(int code)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
    if (poll(&out, 1, 0) == 1 && (out.revents & (POLLERR | POLLHUP | POLLNVAL)))
        return code;
    fputs("berdua: the output could not be written whole; is the disk full?\n", stderr);
    return code == EXIT_DONE ? EXIT_FAILED : code;
}

static int
run_command(struct globals *g, int argc, char **argv)
{
    argc = take_globals(g, argc, argv);
    if (argc < 0)
        return EXIT_USAGE;
    bool named = argc > 1 && argv[1][0] != '-';
    const struct command *c = named ? find_command(argv[1]) : &command_chat;
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--version") == 0) {
            puts("berdua " BERDUA_VERSION);
            return EXIT_DONE;
        }
        if (strcmp(argv[i], "-h") != 0 && strcmp(argv[i], "--help") != 0)
            continue;
        if (named && c)
            cmd_print_help(c, true);
        else
            print_help();
        return EXIT_DONE;
    }
    if (!c)
        return cmd_usage("", "unknown command \"%s\"", argv[1]);
    return cmd_execute(c, g, argc - named, argv + named);
}

/* Opens /dev/null for each of the first three descriptors that is closed; otherwise the next file opened would get
 * its number, and output would be written into that file. It is opened for reading, so that output into a closed stdout
 * fails as into a full disk. */
static void
fill_standard_files(void)
{
    int fd;
    do
        fd = open("/dev/null", O_RDONLY);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd > STDERR_FILENO)
        close(fd);
}

/* A memory image of the program holds the API keys that it uses: none is ever written to a disk, handed to a crash
 * reporter or shown to a debugger. The processes that it starts leave no core either. */
static void
forbid_memory_image(void)
{
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
#if defined(__linux__) &&                                                                          \
    !defined(__SANITIZE_ADDRESS__) /* whose search for leaks reads the memory */
    prctl(PR_SET_DUMPABLE, 0);
#endif
}

int
main(int argc, char **argv)
{
    struct globals g = {0};
    forbid_memory_image();
    fill_standard_files();
    const char *no_color = getenv("NO_COLOR");
    g.no_color = no_color && *no_color;
    setlocale(LC_CTYPE, ""); /* only LC_CTYPE: numbers and messages look the same everywhere */
    tzset();                 /* before there are threads, which would do it each by itself */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is told like a full disk */
    suspend_watch();
    return close_output(run_command(&g, argc, argv));
}
