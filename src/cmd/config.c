#include "cmd.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/conf/conf.h"

static int
config_check(const struct globals *g)
{
    struct conf *c = cmd_open_conf(g);
    if (!c)
        return EXIT_CONFIG;
    if (!g->quiet && access(conf_path(c), F_OK) == 0)
        printf("%s: good\n", conf_path(c));
    else if (!g->quiet)
        printf("%s: no file; defaults in use\n", conf_path(c));
    conf_destroy(&c);
    return EXIT_DONE;
}

static int
config_show(const struct globals *g, bool origin)
{
    struct conf *c = cmd_open_conf(g);
    if (!c)
        return EXIT_CONFIG;
    conf_show(c, origin, stdout);
    conf_destroy(&c);
    return EXIT_DONE;
}

/* Writes the example into a new file. O_EXCL: an existing file, even a dangling link, is never touched. */
static bool
write_new(const char *path, struct err *err)
{
    if (!path_make_parent(path, err))
        return false;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EEXIST)
        return err_set(err, "%s: is there already and stays as it is", path);
    FILE *f = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (!f)
        return err_set(err, "%s: %s", path, strerror(errno));
    conf_example(f);
    bool ok = fflush(f) == 0 && fsync(fd) == 0;
    int why = errno;
    if (fclose(f) != 0 && ok) {
        ok = false;
        why = errno;
    }
    if (ok)
        return true;
    unlink(path);
    return err_set(err, "%s: %s", path, strerror(why));
}

static int
config_init(const struct globals *g)
{
    struct err err = {""};
    char *path = conf_where(g->config_file);
    bool ok = write_new(path, &err);
    if (!ok)
        fprintf(stderr, "%s\n", err.text);
    else if (!g->quiet)
        printf("%s\n", path);
    free(path);
    return ok ? EXIT_DONE : EXIT_FAILED;
}

static int
path(const struct globals *g)
{
    char *where = conf_where(g->config_file);
    printf("%s\n", where);
    free(where);
    return EXIT_DONE;
}

enum { VERB_INIT, VERB_CHECK, VERB_SHOW, VERB_PATH };

static const struct cmd_verb verbs[] = {[VERB_INIT] = {"init"},
                                        [VERB_CHECK] = {"check"},
                                        [VERB_SHOW] = {"show"},
                                        [VERB_PATH] = {"path"}};
static const struct cmd_option options[] = {{.name = "origin"}};

static int
run_config(const struct globals *g, const struct cmd_args *args)
{
    bool origin = args->values[0] != NULL;
    if (origin && args->verb != VERB_SHOW)
        return cmd_usage("config", "only show takes --origin");
    switch (args->verb) {
    case VERB_INIT:
        return config_init(g);
    case VERB_CHECK:
        return config_check(g);
    case VERB_SHOW:
        return config_show(g, origin);
    default:
        return path(g);
    }
}

const struct command command_config = {
    .name = "config",
    CMD_TABLE(verb, verbs),
    CMD_TABLE(option, options),
    .help = "the configuration",
    .run = run_config,
};
