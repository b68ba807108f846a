/* The merged configuration while it is being built: a tree in the table's order whose leaves hold a value as text
 * and its origin. Owner: struct conf. Thread: main. */
#ifndef BERDUA_CONF_SETTINGS_H
#define BERDUA_CONF_SETTINGS_H

#include "options.h"

struct config;

enum from { FROM_DEFAULT, FROM_FILE, FROM_ENV, FROM_FLAG };

struct setting {
    char *key;
    struct setting *parent, *first, *last, *next;
    const struct option *option; /* NULL: a section */
    char *value;                 /* NULL: not set */
    char *used;                  /* the value as struct config holds it, which borrows it */
    enum from from;
    int line, col; /* FROM_FILE */
};

/* A tree with every default and every preset. */
struct setting *settings_create(void);
void settings_free(struct setting *root);
struct setting *setting_child(const struct setting *s, const char *key);
/* The child; created when missing, as a leaf if the table has its path, else as a section. */
struct setting *setting_ensure(struct setting *parent, const char *key);
/* By a dotted key without dots in its names; NULL when there is none. */
struct setting *setting_at(struct setting *root, const char *dotted);
/* Removes everything below. */
void setting_clear(struct setting *s);
/* Creates every option that can be below s, with its pattern's default. */
void setting_instantiate(struct setting *s);
/* value NULL: not set. The origin's line and column are the caller's to fill. */
void setting_put(struct setting *leaf, const char *value, enum from from);
void setting_path(const struct setting *s, struct path *p);
/* "brains.llama.model" into out. */
void setting_name(const struct setting *s, char *out, size_t size);
/* "BERDUA_BRAINS_LLAMA_MODEL" into out. */
void setting_variable(const struct setting *s, char *out, size_t size);
/* Depth first, leaves only; NULL after the last. */
struct setting *setting_next_leaf(const struct setting *root, struct setting *s);

/* conf/build.c: turns the checked settings into a struct and checks the rules between keys. *wrong is the setting at
 * fault. */
bool config_build(struct config *c, struct setting *root, struct setting **wrong,
                  struct err *reason);
void config_finish(struct config *c);

#endif
