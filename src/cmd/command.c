/* What all commands have in common: their tables read against argv, usage, help, the configuration. */
#include "cmd.h"
#include "out.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/conf/conf.h"
#include "berdua/conf/config.h"
#include "berdua/measure/measure.h"
#include "berdua/store/store.h"
#include "berdua/ui/ui.h"

struct conf *
cmd_open_conf(const struct globals *g)
{
    struct err err = {""};
    struct conf_flags flags = {.file = g->config_file, .db = g->db};
    struct conf *conf = conf_load(&flags, &err);
    if (!conf)
        out_say("%s\n", err.text);
    return conf;
}

bool
cmd_screen_good(const struct conf *conf, struct err *err)
{
    struct err why = {""};
    return conf_theme_good(conf, err) && (ui_keys_good(conf_get(conf), &why) ||
                                          err_set(err, "%s: %s", conf_path(conf), why.text));
}

void
cmd_open_log(const struct globals *g)
{
    char *file = path_state("log");
    if (path_make_parent(file, NULL))
        log_open(file, g->verbose > 1 ? LOG_DEBUG : g->verbose ? LOG_INFO : LOG_WARN);
    free(file);
}

struct measure *
cmd_open_measure(struct err *err)
{
    char *folder = path_config("lexicon");
    struct measure *m = measure_create(folder, err);
    free(folder);
    return m;
}

int
cmd_usage(const char *command, const char *fmt, ...)
{
    struct buf text;
    va_list ap;
    buf_init(&text, SIZE_MAX);
    va_start(ap, fmt);
    buf_vprintf(&text, fmt, ap);
    va_end(ap);
    out_say("berdua%s%s: %s\nTry: berdua%s%s --help\n", *command ? " " : "", command, text.p,
            *command ? " " : "", command);
    buf_finish(&text);
    return EXIT_USAGE;
}

static void
print_verbs(void (*print)(const char *fmt, ...), const struct command *c)
{
    for (int i = 0; i < c->verb_count; i++) {
        const struct cmd_verb *v = &c->verbs[i];
        print("%s%s%s%s", i ? " | " : "", v->name, v->words ? " " : "", v->words ? v->words : "");
    }
}

/* On one line: how the command is called. */
static void
print_usage(const struct command *c)
{
    out_print("  berdua %s%s", c->name, c->verb_count ? " " : "");
    print_verbs(out_print, c);
    for (int i = 0; i < c->option_count; i++) {
        const struct cmd_option *o = &c->options[i];
        fputs(" [", stdout);
        if (o->letter)
            out_print("-%c|", o->letter);
        out_print("--%s%s%s]", o->name, o->value ? " " : "", o->value ? o->value : "");
    }
    if (c->alone.words && *c->alone.words)
        out_print(" %s", c->alone.words);
    out_print("\n");
}

/* Names in a column, what they are for beside it. Takes name. */
static void
print_row(char *take_name, const char *help)
{
    enum { NAME_COLS = 26 };
    bool fits = strlen(take_name) <= NAME_COLS;
    if (help && fits)
        out_print("  %-*s  %s\n", NAME_COLS, take_name, help);
    else if (help)
        out_print("  %s\n  %*s  %s\n", take_name, NAME_COLS, "", help);
    else
        out_print("  %s\n", take_name);
    free(take_name);
}

static void
print_verb_rows(const struct command *c)
{
    if (c->verb_count)
        out_print("\nWays:\n");
    for (int i = 0; i < c->verb_count; i++) {
        const struct cmd_verb *v = &c->verbs[i];
        print_row(xasprintf("%s%s%s", v->name, v->words ? " " : "", v->words ? v->words : ""),
                  v->help);
    }
}

static void
print_option_rows(const struct command *c)
{
    out_print(c->option_count ? "\nOptions:\n" : "");
    for (int i = 0; i < c->option_count; i++) {
        const struct cmd_option *o = &c->options[i];
        char letter[5] = "    ";
        if (o->letter)
            snprintf(letter, sizeof letter, "-%c, ", o->letter);
        print_row(
            xasprintf("%s--%s%s%s", letter, o->name, o->value ? " " : "", o->value ? o->value : ""),
            o->help);
    }
}

void
cmd_print_help(const struct command *c, bool whole)
{
    print_usage(c);
    out_print("      %s\n", c->help);
    if (!whole)
        return;
    print_verb_rows(c);
    print_option_rows(c);
    out_print("\nOptions of every command: -c FILE, --db FILE, --no-color, -q, -v. See "
              "berdua-%s(1).\n",
              c->name);
}

/* The index of what getopt_long returned: an index already, or a letter; -1: neither. */
static int
option_of(const struct command *c, int got)
{
    if (got < c->option_count)
        return got;
    for (int i = 0; i < c->option_count; i++)
        if (c->options[i].letter == got)
            return i;
    return -1;
}

static void
join_values(struct cmd_args *args, int option, const char *more)
{
    char *joined = xasprintf("%s,%s", args->values[option], more);
    free(args->joined);
    args->values[option] = args->joined = joined;
}

static int
parse_options(const struct command *c, int argc, char **argv, struct cmd_args *args)
{
    struct option longs[CMD_OPTIONS_MOST + 1] = {{0}};
    char letters[2 * CMD_OPTIONS_MOST + 1] = "";
    size_t n = 0;
    for (int i = 0; i < c->option_count; i++) {
        const struct cmd_option *o = &c->options[i];
        longs[i] = (struct option){o->name, o->value ? required_argument : no_argument, NULL, i};
        if (o->letter)
            letters[n++] = o->letter;
        if (o->letter && o->value)
            letters[n++] = ':';
    }
    optind = 1;
    opterr = 0;
    for (int got; (got = getopt_long(argc, argv, letters, longs, NULL)) != -1;) {
        int i = option_of(c, got);
        if (i < 0)
            return cmd_usage(c->name, "%s is no option of this command, or lacks its value",
                             argv[optind - 1]);
        if (c->options[i].repeats && args->values[i])
            join_values(args, i, optarg);
        else
            args->values[i] = optarg ? optarg : "";
    }
    args->words = argv + optind;
    args->word_count = argc - optind;
    return 0;
}

static int
refuse_verb(const struct command *c, const char *word)
{
    out_say("berdua %s: %s%s%sexpected one of: ", c->name, word ? "\"" : "", word ? word : "",
            word ? "\" is none of its commands; " : "");
    print_verbs(out_say, c);
    out_say("\nTry: berdua %s --help\n", c->name);
    return EXIT_USAGE;
}

static int
check_words(const struct command *c, const struct cmd_verb *v, const struct cmd_args *args)
{
    const char *name = v->name ? v->name : "";
    const char *space = v->name ? " " : "";
    if (args->word_count >= v->least && args->word_count <= v->most)
        return 0;
    if (!v->words)
        return cmd_usage(c->name, "%s%s\"%s\" is not expected", name, space, args->words[0]);
    return cmd_usage(c->name, "%s%stakes %s%s", name, space, v->words,
                     args->word_count > v->most ? "; put a text of several words in quotes" : "");
}

static int
work_with_conf(const struct command *c, const struct cmd_verb *verb, struct cmd_args *args)
{
    struct err err = {""};
    struct conf *conf = cmd_open_conf(args->globals);
    if (!conf)
        return EXIT_CONFIG;
    args->conf = conf;
    args->config = conf_get(conf);
    args->store = c->stored ? store_open(args->config->store_url, &err) : NULL;
    int code = EXIT_FAILED;
    if (verb->work && (args->store || !c->stored))
        code = verb->work(args, &err) ? EXIT_DONE : EXIT_FAILED;
    else if (args->store || !c->stored)
        code = c->work(args, &err);
    store_close(&args->store);
    if (code != EXIT_DONE && err.text[0])
        out_say("berdua: %s\n", err.text);
    conf_destroy(&conf);
    return code;
}

static int
execute_given(const struct command *c, struct cmd_args *args)
{
    const struct cmd_verb *verb = &c->alone;
    if (c->verb_count) {
        const char *word = args->word_count ? args->words[0] : NULL;
        while (word && args->verb < c->verb_count && strcmp(c->verbs[args->verb].name, word) != 0)
            args->verb++;
        if (!word || args->verb == c->verb_count)
            return refuse_verb(c, word);
        verb = &c->verbs[args->verb];
        args->words++;
        args->word_count--;
    }
    int code = check_words(c, verb, args);
    if (!code && c->check)
        code = c->check(args);
    if (code)
        return code;
    return c->run ? c->run(args->globals, args) : work_with_conf(c, verb, args);
}

int
cmd_execute(const struct command *c, const struct globals *g, int argc, char **argv)
{
    struct cmd_args args = {.globals = g};
    int code = parse_options(c, argc, argv, &args);
    if (!code)
        code = execute_given(c, &args);
    free(args.joined);
    return code;
}
