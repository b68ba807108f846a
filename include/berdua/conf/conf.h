/* Loads and shows the configuration. The option table (conf/options.c) drives parsing, defaults, checks, `config
 * show --origin`, `config init` and the reference part of berdua-config(5). Thread: main, before others start. */
#ifndef BERDUA_CONF_CONF_H
#define BERDUA_CONF_CONF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct buf;
struct config;
struct conf; /* a config together with where each value came from */
struct err;

/* Precedence: flag > environment (BERDUA_MODE, BERDUA_BRAINS_LLAMA_BASE_URL, …) > file > default. */
struct conf_flags {
    const char *
        file; /* -c; a missing file is an error. NULL: $BERDUA_CONFIG, else the XDG place, which may be missing */
    const char *mode, *user, *db, *rater; /* NULL: not given */
    bool blind;
    /* of the demo, as in struct brain_conf */
    const char *unrecorded;
    double pace;
};

/* NULL on any wrong input, with err = "FILE:LINE:COL: key.path: reason (did you mean …?)". A brain on this machine
 * needs no key: when the variable that the defaults name is not set, the brain is called without one. */
struct conf *conf_load(const struct conf_flags *flags, struct err *err);
/* A configuration from text in memory, with the defaults under it; neither the environment nor a file is
 * read. name stands for the file in errors. */
struct conf *conf_load_text(const char *name, const char *text, size_t n, struct err *err);
/* The built-in demo: both brains on playback, SIMULATED, a database of its own. Reads no file; of
 * the environment only what concerns the screen. */
struct conf *conf_demo(const struct conf_flags *flags, struct err *err);
void conf_destroy(struct conf **c);
/* Whether the theme can be loaded, which conf_load leaves to who needs it; else err names the place and the themes. */
bool conf_theme_good(const struct conf *c, struct err *err);
const struct config *conf_get(const struct conf *c);
/* The path that was read, or that would be read if the file existed. */
const char *conf_path(const struct conf *c);
/* The path that conf_load would read, for `config path` and `config init`; a new string. */
char *conf_where(const char *flag_file);

/* Is the host of this address this machine? */
bool url_is_loopback(const char *url);
/* Appends s as a YAML text, quoted where it would be read as something else. */
void conf_append_text(struct buf *out, const char *s);
/* Every key with its value, as YAML; with origin, "# default", "# FILE:LINE", "# BERDUA_MODE", "# flag"
 * beside each. Secrets show their source, never their value. */
void conf_show(const struct conf *c, bool origin, FILE *out);
/* The text of config.yaml.example, made from the table. */
void conf_example(FILE *out);
/* The mdoc reference section of berdua-config(5), made from the table. */
void conf_reference_mdoc(FILE *out);

#endif
