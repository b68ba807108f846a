/* The one table of every configuration key: what it accepts, its default, and why one would set it.
 * Parsing, defaults, checks, `config show`, `config init` and the manual's reference all read it.
 * Thread: any. */
#ifndef BERDUA_CONF_OPTIONS_H
#define BERDUA_CONF_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

struct err;

enum option_type {
    OPT_BOOL,
    OPT_INT,
    OPT_REAL,
    OPT_WORD,  /* one of `words`; stored as the index + least */
    OPT_TEXT,  /* one line */
    OPT_PROSE, /* several lines allowed */
    OPT_TOKEN, /* printable ASCII without blanks */
    OPT_ENV,   /* name of an environment variable */
    OPT_URL,   /* http or https */
    OPT_STORE, /* sqlite: or postgresql: */
    OPT_PATH,  /* ~/ is expanded; relative to the file that names it */
    OPT_JSON,  /* any mapping, kept as JSON text; null in it leaves a field out */
    OPT_LIST,  /* short texts in square brackets, kept as a JSON list of strings */
};

/* The structure that `offset` is relative to. */
enum option_owner {
    OWNER_CONFIG,
    OWNER_BRAIN,
    OWNER_MODEL,
    OWNER_MANNER,
    OWNER_HEADER,
    OWNER_RULE,
    OWNER_KEY,
    OWNER_MACRO
};

struct option {
    const char *key; /* dotted; "*" stands for any name */
    enum option_type type;
    enum option_owner owner;
    size_t offset;
    double least, most;       /* numbers: accepted range */
    const char *const *words; /* OPT_INT: a word that is taken too, stored as 0 */
    const char *value;        /* default as text; NULL: not set */
    const char *why;
    bool required; /* must be set in every instance */
    /* null is a value, CONFIG_LEFT_OUT; a line without a value is still as if it were not there. */
    bool nullable;
    /* OPT_LIST: one text stands for a list of it, and texts may be as long as a message. */
    bool lone;
    bool short_form; /* its section may be written as this value alone */
};

/* Ends with an entry whose key is NULL. */
extern const struct option option_table[];
/* Defaults of named instances, which differ from the pattern's. Ends with {NULL, NULL}. */
struct preset {
    const char *key, *value;
};
extern const struct preset option_presets[];

enum { NAME_SIZE = 64 };
/* The i-th name that `*` has by default below prefix ("brains.claude.models": fast, deep). */
bool preset_name(const char *prefix, int i, char out[NAME_SIZE]);
/* The preset of a whole key, else NULL. */
const struct preset *preset_find(const char *key);

enum { PATH_SEGMENTS_MOST = 8 };

/* A dotted key, split into names; key bindings may contain dots, so paths stay split. */
struct path {
    const char *at[PATH_SEGMENTS_MOST];
    int count;
};

/* The first n names with dots between them; a long name is cut. */
void path_text(const struct path *p, int n, char *out, size_t size);
/* What is left of the option's key after the names of the path: "" when nothing; NULL when they do not fit. */
const char *option_rest(const struct option *o, const struct path *p, int n);
/* The option that this path names, or NULL. */
const struct option *option_find(const struct path *p);
/* The option meant by a single value where a section named by this path could stand, or NULL. */
const struct option *option_short_form(const struct path *p);
/* Is the path a section, that is, the beginning of some option's key? */
bool option_is_section(const struct path *p);
/* Does a mapping here replace the default instead of being merged into it? */
bool option_replaces(const struct path *p);
/* The nearest known key for a path that is not one, into out; false when nothing is near. */
bool option_nearest(const struct path *p, char *out, size_t size);
/* The nearest of the words, or NULL. */
const char *nearest_word(const char *const *words, const char *word);

/* Checks a text (not NULL). false: *reason says what is accepted. */
bool option_check(const struct option *o, const char *text, struct err *reason);
/* Writes a checked text (NULL: not set) to *(base + offset). A string is borrowed. */
void option_store(const struct option *o, char *text, void *base);
/* "whole number, 1 to 64" and the like. */
void option_describe(const struct option *o, char *out, size_t size);

bool url_is_plain_http(const char *url);

#endif
