#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/mem.h"
#include "cmd/cmd.h"

struct command {
    const char *name;
    int (*run)(const struct globals *g, int argc, char **argv);
    const char *usage; /* what follows the name */
    const char *help;
};

static const struct command commands[] = {
#define X(name, usage, help) {#name, cmd_##name, usage, help},
    COMMANDS(X)
#undef X
};

int
cmd_usage(const char *command, const char *fmt, ...)
{
    va_list ap;
    fprintf(stderr, "berdua%s%s: ", *command ? " " : "", command);
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputs("\nTry: berdua --help\n", stderr);
    return EXIT_USAGE;
}

/* Of one command, or of all. */
static void
print_help(const struct command *one)
{
    if (one) {
        printf("Usage: berdua %s %s\n%s\n", one->name, one->usage, one->help);
        puts("Global options and exit status: berdua --help. See berdua(1).");
        return;
    }
    puts("berdua: two brains answer side by side; you say which was better.\n\nUsage:");
    for (size_t i = 0; i < ARRAY_LEN(commands); i++)
        printf("  berdua %s %s\n      %s\n", commands[i].name, commands[i].usage, commands[i].help);
    puts("\nGlobal options:\n"
         "  -c, --config FILE   another configuration file\n"
         "      --db FILE       another database\n"
         "      --no-color      no colours (also NO_COLOR)\n"
         "  -q, -v              less, more on stderr or in the log\n"
         "      --version, -h, --help\n\n"
         "Try it without a key: berdua --demo\n"
         "Exit status: 0 done, 1 failed, 2 usage, 3 configuration, 4 a brain failed but one "
         "served,\n"
         "5 none served, 130 interrupted. See berdua(1) and berdua-config(5).");
}

/* Takes global options out of argv, wherever they stand, up to "--". Returns the new argc, or -1. */
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
                fprintf(stderr, "berdua: %s needs a file\n", a);
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
    for (size_t i = 0; i < ARRAY_LEN(commands); i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

/* Output that could not be written is a failure, told once. A reader that has gone is none. */
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
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--version") == 0) {
            puts("berdua " BERDUA_VERSION);
            return EXIT_DONE;
        }
        if (strcmp(argv[i], "-h") == 0 || strcmp(argv[i], "--help") == 0) {
            print_help(find_command(argv[1]));
            return EXIT_DONE;
        }
    }
    if (argc < 2 || argv[1][0] == '-')
        return cmd_chat(g, argc, argv);
    const struct command *c = find_command(argv[1]);
    if (!c)
        return cmd_usage("", "unknown command \"%s\"", argv[1]);
    return c->run(g, argc - 1, argv + 1);
}

/* A descriptor of the first three that is closed would be given to the next file opened, and what is
 * printed would go into it. */
static void
fill_standard_files(void)
{
    int fd;
    do
        fd = open("/dev/null", O_RDWR);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd > STDERR_FILENO)
        close(fd);
}

int
main(int argc, char **argv)
{
    struct globals g = {0};
    fill_standard_files();
    const char *no_color = getenv("NO_COLOR");
    g.no_color = no_color && *no_color;
    setlocale(LC_CTYPE, ""); /* nothing else: figures and messages look the same everywhere */
    signal(SIGPIPE, SIG_IGN);
    return close_output(run_command(&g, argc, argv));
}
