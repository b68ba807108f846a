#include "cmd.h"
#include "out.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/err.h"
#include "berdua/base/path.h"
#include "berdua/conf/conf.h"
#include "berdua/ui/ui.h"
#include "berdua/team/team.h"

static void
show_conf(const struct conf *c, bool origin)
{
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);
    if (f) {
        conf_show(c, origin, f);
        fclose(f);
        out_text(stdout, text, n);
    }
    free(text);
}

static void
say_clash(void *arg, const char *text)
{
    out_say("%s: %s\n", conf_path(arg), text);
}

static int
with_config(const struct globals *g, bool show, bool origin)
{
    struct conf *c = cmd_open_conf(g);
    if (!c)
        return EXIT_CONFIG;
    struct err err = {""};
    bool good = show || (cmd_screen_good(c, &err) && team_check(conf_get(c), &err));
    if (show)
        show_conf(c, origin);
    else if (!good)
        out_say("%s\n", err.text);
    else if (!g->quiet)
        out_print("%s: %s\n", conf_path(c),
                  access(conf_path(c), F_OK) == 0 ? "good" : "no file; defaults in use");
    if (good && !show)
        ui_key_clashes(conf_get(c), say_clash, c);
    conf_destroy(&c);
    return good ? EXIT_DONE : EXIT_CONFIG;
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
        return err_set(err, "%s: %s", path, path_unwritable(errno));
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
    return err_set(err, "%s: %s", path, path_unwritable(why));
}

static int
config_init(const struct globals *g)
{
    struct err err = {""};
    char *path = conf_where(g->config_file);
    bool ok = write_new(path, &err);
    if (!ok)
        out_say("%s\n", err.text);
    else if (!g->quiet)
        out_print("%s\n", path);
    free(path);
    return ok ? EXIT_DONE : EXIT_FAILED;
}

static int
config_path(const struct globals *g)
{
    char *path = conf_where(g->config_file);
    out_print("%s\n", path);
    free(path);
    return EXIT_DONE;
}

enum { VERB_INIT, VERB_CHECK, VERB_SHOW, VERB_PATH };

static const struct cmd_verb verbs[] = {
    [VERB_INIT] = {"init", .help = "write a configuration with every key explained"},
    [VERB_CHECK] = {"check", .help = "is it good?"},
    [VERB_SHOW] = {"show", .help = "the values in force"},
    [VERB_PATH] = {"path", .help = "where it is"}};
static const struct cmd_option options[] = {
    {.name = "origin", .help = "show: where each value comes from"}};

static int
run_config(const struct globals *g, const struct cmd_args *args)
{
    bool origin = args->values[0] != NULL;
    if (origin && args->verb != VERB_SHOW)
        return cmd_usage("config", "only show takes --origin");
    if (args->verb == VERB_CHECK || args->verb == VERB_SHOW)
        return with_config(g, args->verb == VERB_SHOW, origin);
    return args->verb == VERB_INIT ? config_init(g) : config_path(g);
}

const struct command command_config = {
    .name = "config",
    CMD_TABLE(verb, verbs),
    CMD_TABLE(option, options),
    .help = "the configuration",
    .run = run_config,
};
