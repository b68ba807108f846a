/* API keys: looked up when first needed, kept only in memory, wiped when freed, never printed.
 * Thread: any. */
#ifndef BERDUA_CONF_SECRET_H
#define BERDUA_CONF_SECRET_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct err;
struct secret_conf;

/* *key: a new string (secret_free), or NULL when none is configured. A missing variable, a file that is
 * readable by group or others, or a failing command is an error that names the remedy. `command` runs
 * with /bin/sh, at most 10 s, output at most 64 KiB, first line. */
bool secret_resolve(const struct secret_conf *s, char **key, struct err *err);
void secret_free(char **key);
/* Replaces every occurrence of key in s (and of any part of it of 12 or more characters) by "…". */
void secret_redact(char *s, const char *key);

#endif
