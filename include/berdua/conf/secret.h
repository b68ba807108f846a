/* API keys, tokens and passwords: looked up when first needed, kept only in memory, wiped when freed, never printed.
 * Thread: any. */
#ifndef BERDUA_CONF_SECRET_H
#define BERDUA_CONF_SECRET_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct err;
struct secret_conf;

/* *key: a new string (secret_free), or NULL when none is configured. A missing variable, a file that is
 * readable by group or others, or a failing command is an error that says what is missing, where it is configured, and the
 * remedy. `command` runs with /bin/sh, at most 10 s, output at most 64 KiB, first line; it is killed with its children as
 * soon as one of the two descriptors enders can be read (-1: none; NULL: nobody ends it). */
bool secret_resolve(const struct secret_conf *s, const int enders[2], char **key, struct err *err);
void secret_free(char **key);

/* Keys that a command gave, so that it runs once a session and not once a call, nor twice at a time. They
 * are wiped when destroyed. Variables and files are read anew each time. Thread: any. */
struct keyring;
struct keyring *keyring_create(void);
void keyring_destroy(struct keyring **k);
/* The program ends: commands that run are killed, and no new one is started. */
void keyring_stop(struct keyring *k);
/* As secret_resolve; k may be NULL. While another thread runs the same command, it waits for the result.
 * cancel_fd (core/cancel.h; -1: none) ends a command and a wait as soon as it can be read. */
bool keyring_get(struct keyring *k, const struct secret_conf *s, int cancel_fd, char **key,
                 struct err *err);
/* The peer refused the key: ask the command again next time. */
void keyring_forget(struct keyring *k, const struct secret_conf *s);
/* Replaces every occurrence of a secret in s (and of any part of it of 12 or more characters), also in the forms that
 * conf/redactor.h knows, by "…". secrets: one or several, one a line; NULL: none. */
void secret_redact(char *s, const char *secrets);
/* The same for a word that may hold a placeholder such as "llama": only secrets of 12 or more characters count. */
void secret_redact_word(char *s, const char *secrets);

#endif
