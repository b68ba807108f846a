/* Applies the file, the environment and the flags to the defaults. Private to conf. */
#ifndef BERDUA_CONF_LOAD_H
#define BERDUA_CONF_LOAD_H

#include "berdua/conf/config.h"
#include "settings.h"
#include "yaml.h"

struct err;

struct conf {
    char *path; /* the path that was read, or would be */
    struct setting *root;
    struct config config;
};

/* The config's hash, from the settings. */
void conf_hash(struct conf *c);

/* Each function checks the values that it applies. */
bool load_tree(struct setting *root, const char *file, const struct node *tree, struct err *err);
/* section NULL: every key of the table; else only that key, or those below it. */
bool load_environment(struct setting *root, const char *section, struct err *err);
/* flag is its name on the command line, for errors. */
bool load_flag(struct setting *root, const char *flag, const char *key, const char *value,
               struct err *err);
/* Writes "FILE:LINE:COL: KEY: ", "VARIABLE: " … before the reason. */
bool load_blame(const struct setting *s, const char *file, const char *flag, struct err *err);

#endif
