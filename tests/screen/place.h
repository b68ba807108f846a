/* A home of its own for one test: a temporary folder with config, data and state beneath it, and the
 * environment that makes the program use nothing else. Owner and thread: the test. */
#ifndef TESTS_SCREEN_PLACE_H
#define TESTS_SCREEN_PLACE_H

#include <stdbool.h>
#include <stddef.h>

/* Keys that the test configuration names; they must appear nowhere. */
#define CLAUDE_KEY "sk-claude-rahasia-0123456789abcdef"
#define LLAMA_KEY  "rp-llama-rahasia-fedcba9876543210"

struct place;

struct place *place_create(void);
/* Removes the folder with all that is in it. */
void place_destroy(struct place **p);
/* "FOLDER/relative" in a new string. */
char *place_path(const struct place *p, const char *relative);
/* Writes a file, making its folders. */
void place_write(const struct place *p, const char *relative, const char *text);
/* Writes config.yaml with two brains at these addresses. The model ids are "claude-test" and
 * "llama-test", connect_ms 2000, first_token_ms and stall_ms 5000, timeout_ms 15000, retries 0.
 * claude_more and llama_more: further "key: value" lines for each brain that replace those, or NULL;
 * more: further lines at the top level, or NULL. */
void place_config(const struct place *p, const char *claude_url, const char *claude_more,
                  const char *llama_url, const char *llama_more, const char *more);
/* NAME=VALUE for the program; replaces one of the same name; NAME alone takes it out. */
void place_setenv(struct place *p, const char *assignment);
/* For execve; borrowed until the next change. */
char **place_environ(struct place *p);
/* true when some file beneath the folder, config.yaml excepted, holds the bytes; says which on stderr. */
bool place_holds(const struct place *p, const char *bytes);

/* The program under test ($BERDUA_BIN), and a folder of the source tree ($BERDUA_SRC). */
const char *program_path(void);
const char *source_path(void);
/* How long to wait for what must come: 20 s, more under a sanitizer; BERDUA_TEST_DEADLINE_S rules. */
int patience_ms(void);

#endif
